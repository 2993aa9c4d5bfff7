"""Generated afternoons on a phone on which all kinds of things go wrong: nothing kept is lost, nothing is there twice.

The seeds are fixed. Eight sequences each day; with DICHTERBIJ_FULL=1 fifteen times as many.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, ViewportSize
from sqlalchemy import select

from coding.starter import start_guide_text
from interviews import guides
from interviews.access import actor_for
from interviews.models import Guide, Person, Project
from tests import factories
from tests.browser.conftest import sign_in
from tests.browser.house import House, served
from tests.browser.playing_out import MICROPHONE, Line, Phone, Talk, Typing
from tests.browser.pocket import everything_kept
from tests.browser.sequences import generated, seeds
from tests.factories import passphrase_of

IN_FULL = bool(os.environ.get("DICHTERBIJ_FULL"))
SMALL: ViewportSize = {"width": 360, "height": 640}


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, cheap_passphrases: None) -> Iterator[House]:
    """A project with its people and a guide."""
    with served(tmp_path_factory.mktemp("sequences")) as made:
        with made.arranging() as session:
            guides.adopt(session, factories.cast(session).project, start_guide_text())
        yield made


@pytest.fixture(scope="module")
def context(chromium: Browser, house: House) -> Iterator[BrowserContext]:
    """Carla's phone, which has what it needs without network. It stays the same phone over all sequences."""
    made = chromium.new_context(
        base_url=house.url,
        viewport=SMALL,
        locale="nl-NL",
        timezone_id="Europe/Amsterdam",
        has_touch=True,
        is_mobile=True,
    )
    made.set_default_timeout(20_000)
    made.add_init_script(MICROPHONE)
    page = made.new_page()
    sign_in(page, "carla", passphrase_of("carla"))
    everything_kept(page)
    page.close()
    yield made
    made.close()


@pytest.fixture(scope="module")
def line(context: BrowserContext) -> Line:
    """The line between the phone and the server."""
    return Line(context)


@pytest.fixture
def phone(house: House, context: BrowserContext, line: Line) -> Iterator[Phone]:
    """The phone with a new interview; whatever happened before, it begins with network and without tabs."""
    with house.arranging() as session:
        carla = session.scalars(select(Person).where(Person.login_word == "carla")).one()
        project = session.get_one(Project, session.scalars(select(Guide.project_id)).one())
        interview = factories.interview(session, actor_for(session, carla.id), project).id
    line.well()
    yield Phone(house, context, line, interview)
    line.well()
    for page in context.pages:
        page.close()


@pytest.mark.parametrize("seed", seeds(IN_FULL))
def test_whatever_happens_what_was_kept_is_there_once(seed: int, phone: Phone) -> None:
    sequence = generated(seed)
    player = Typing(phone) if sequence.kind == "typing" else Talk(phone)
    try:
        player.play(sequence.steps)
    except BaseException as error:
        error.add_note(f"{sequence}: " + " | ".join(str(step) for step in sequence.steps))
        raise
    # Words that were never called kept may go with a killed tab; sound, never more than what was being written.
    assert player.lost_sound <= 4
