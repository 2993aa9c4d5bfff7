"""The guide runner on a small phone: question by question, with the network gone in between, and nothing lost or doubled."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect
from sqlalchemy import select

from coding.starter import start_guide_text
from interviews import guides, talks
from interviews.access import actor_for
from interviews.models import Guide, Interview, Person, Project, Question, QuestionNote
from interviews.models.interview import Status
from interviews.scopes import Scope
from interviews.talks import Note
from tests import factories
from tests.browser.conftest import shoot, sign_in
from tests.browser.house import House, served
from tests.factories import passphrase_of

SMALL: ViewportSize = {"width": 360, "height": 640}
SAID = "Zei: ‘eerst bellen’ 🙂"
UNDER_WAY = "In de trein geschreven, zonder bereik."


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, cheap_passphrases: None) -> Iterator[House]:
    """A project with its people and a guide."""
    with served(tmp_path_factory.mktemp("talk")) as made:
        with made.arranging() as session:
            guides.adopt(session, factories.cast(session).project, start_guide_text())
        yield made


@pytest.fixture
def interview_id(house: House) -> uuid.UUID:
    """An interview that Carla holds, without a recording."""
    with house.arranging() as session:
        carla = session.scalars(select(Person).where(Person.login_word == "carla")).one()
        guide = session.scalars(select(Guide)).one()
        project = session.get_one(Project, guide.project_id)
        scopes = factories.ALL_SCOPES - {Scope.RECORD}
        return factories.interview(session, actor_for(session, carla.id), project, scopes=scopes).id


@contextmanager
def phone(chromium: Browser, house: House) -> Iterator[BrowserContext]:
    """A small phone without cookies. Not `watched`: a phone without network is meant to miss things."""
    context = chromium.new_context(
        base_url=house.url,
        viewport=SMALL,
        locale="nl-NL",
        timezone_id="Europe/Amsterdam",
        has_touch=True,
        is_mobile=True,
    )
    context.set_default_timeout(15_000)
    yield context
    context.close()


def opened(context: BrowserContext, interview_id: uuid.UUID) -> Page:
    """Carla opens the talk."""
    page = context.new_page()
    sign_in(page, "carla", passphrase_of("carla"))
    page.goto(f"/gesprekken/{interview_id}/gesprek")
    expect(page.get_by_role("button", name="Volgende")).to_be_visible()
    return page


def asked(page: Page) -> str:
    """The question on the screen."""
    return page.locator(".talk__question h2").inner_text()


def noted(house: House, interview_id: uuid.UUID) -> dict[str, Note]:
    """What the server has, by the key of the question."""
    with house.arranging() as session:
        interview = session.get_one(Interview, interview_id)
        assert interview.interviewer_id is not None
        actor = actor_for(session, interview.interviewer_id)
        notes = talks.notes_of(session, actor, interview, keys=house.place.keys)
        return {session.get_one(Question, question).key: note for question, note in notes.items()}


def rows(house: House, interview_id: uuid.UUID) -> int:
    """How many notes the server has."""
    with house.arranging() as session:
        return len(session.scalars(select(QuestionNote).where(QuestionNote.interview_id == interview_id)).all())


def swipe(page: Page, by: int) -> None:
    """Draw a finger over the question."""
    box = page.locator(".talk__question").bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + 20
    client = page.context.new_cdp_session(page)
    client.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    client.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [{"x": x + by, "y": y + 4}]})
    client.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def test_a_talk_on_a_small_phone_with_the_network_gone_in_between(
    chromium: Browser, house: House, interview_id: uuid.UUID
) -> None:
    with phone(chromium, house) as context:
        page = opened(context, interview_id)
        carla_goes_from_question_to_question(page)
        page.locator("#talk-note").fill(SAID)
        page.get_by_role("button", name="Gevraagd").click()
        expect(page.get_by_role("button", name="Gevraagd")).to_have_attribute("aria-pressed", "true")
        expect(page.get_by_text(re.compile(r"Opgeslagen om \d"))).to_be_visible()
        context.set_offline(True)
        page.get_by_role("button", name="Volgende").click()
        page.locator("#talk-note").fill(UNDER_WAY)
        here = asked(page)
        page.get_by_role("button", name="Overslaan").click()
        # It goes on by itself once that is written down.
        expect(page.locator(".talk__question h2")).not_to_have_text(here)
        page.get_by_role("button", name="Vorige").click()
        expect(page.locator("#talk-note")).to_have_value(UNDER_WAY)
        expect(page.get_by_role("button", name="Overslaan")).to_have_attribute("aria-pressed", "true")
        expect(page.locator("[data-net]")).to_have_attribute("data-state", "offline")
        assert rows(house, interview_id) == 1
        context.set_offline(False)
        expect(page.get_by_text(re.compile(r"Opgeslagen om \d"))).to_be_visible(timeout=20_000)
        # The chip of the phone says when nothing waits any more.
        expect(page.locator("[data-net]")).to_have_attribute("data-state", "sent")
        assert rows(house, interview_id) == 2
        notes = noted(house, interview_id)
        assert (notes["c.start"].text, notes["c.start"].asked) == (SAID, True)
        assert (notes["c.eerste_gesprek"].text, notes["c.eerste_gesprek"].skipped) == (UNDER_WAY, True)
        page.reload()
        expect(page.locator("#talk-note")).to_have_value(UNDER_WAY)
        she_says_that_it_is_done(page)
    with house.arranging() as session:
        assert session.get_one(Interview, interview_id).status is Status.HELD
    assert rows(house, interview_id) == 2


def carla_goes_from_question_to_question(page: Page) -> None:
    """By button, by finger, and from the list of all questions; never told how far she is."""
    first = asked(page)
    assert first.startswith("Fijn dat u er bent")
    page.get_by_role("button", name="Volgende").click()
    second = asked(page)
    swipe(page, 150)
    expect(page.locator(".talk__question h2")).to_have_text(first)
    swipe(page, -150)
    expect(page.locator(".talk__question h2")).to_have_text(second)
    assert page.evaluate("document.documentElement.scrollWidth") <= SMALL["width"]
    assert not re.search(r"\d+ van \d+|\d ?%", page.locator("main").inner_text())
    page.get_by_text("Alle vragen").click()
    page.get_by_role("button", name="Hoe bent u in de bijstand gekomen?").click()
    expect(page.locator(".talk__question h2")).to_contain_text("Hoe bent u in de bijstand gekomen?")
    expect(page.locator(".talk__question h2")).to_be_focused()
    shoot(page, "talk-question", whole=False)


def she_says_that_it_is_done(page: Page) -> None:
    """What was never asked is told calmly; then the talk is closed."""
    page.get_by_role("button", name="Naar het einde").click()
    expect(page.get_by_text("Deze vragen zijn nog niet geweest.")).to_be_visible()
    missing = page.locator(".talk__item")
    expect(missing.filter(has_text="Hoe is het contact met uw consulent nu?")).to_have_count(1)
    expect(missing.filter(has_text="Hoe bent u in de bijstand gekomen?")).to_have_count(0)
    expect(missing.filter(has_text="Hoe ging uw eerste gesprek")).to_have_count(0)
    shoot(page, "talk-end", whole=False)
    page.get_by_role("button", name="Het gesprek is klaar").click()
    expect(page.get_by_text("Het gesprek is klaar. Alles is bewaard.")).to_be_visible()
    page.wait_for_function(
        "() => performance.getEntriesByType('resource').some((one) => one.name.endsWith('/gehouden'))"
    )
    page.get_by_role("link", name="Naar dit gesprek").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_two_devices_that_note_at_one_question_keep_both_texts(
    chromium: Browser, house: House, interview_id: uuid.UUID
) -> None:
    with phone(chromium, house) as own, phone(chromium, house) as tablet:
        here, there = opened(own, interview_id), opened(tablet, interview_id)
        own.set_offline(True)
        here.locator("#talk-note").fill("Van de telefoon")
        here.get_by_role("button", name="Volgende").click()
        here.get_by_role("button", name="Vorige").click()
        expect(here.locator("[data-net]")).to_have_attribute("data-state", "offline")
        there.locator("#talk-note").fill("Van de tablet")
        there.locator("#talk-note").blur()
        expect(there.get_by_text(re.compile(r"Opgeslagen om \d"))).to_be_visible()
        own.set_offline(False)
        expect(here.locator("#talk-note")).to_have_value(talks.both("Van de telefoon", "Van de tablet"), timeout=20_000)
        expect(here.get_by_text(re.compile(r"Opgeslagen om \d|allebei"))).to_be_visible()
        expect(here.locator("[data-net]")).to_have_attribute("data-state", "sent")
    assert noted(house, interview_id)["open.welkom"].text == talks.both("Van de telefoon", "Van de tablet")
