"""A phone without network: the list and the screens open after a restart, and what was made is sent once."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import sqlalchemy as sa
from playwright.sync_api import Browser, Page, Playwright, Response, Route, expect

from coding.starter import start_guide_text
from interviews import guides, talks
from interviews.access import actor_for
from interviews.models import Device, Interview, LoginSession, Person, Received
from tests import factories
from tests.browser.conftest import shoot, sign_in
from tests.browser.house import House, served
from tests.browser.pocket import bytes_on, everything_kept, nothing_kept, packs_kept, switched_on
from tests.factories import passphrase_of

# Words that stand nowhere else: what is found of them on the disk is theirs.
NOTE = "Ze zei: kwartelhuppel, en de brief bleef dicht."
NAME = "Zilverspriet"
CANARIES = ("kwartelhuppel", NAME)


@dataclass(frozen=True)
class Field:
    """A house with an interview of Carla's that is planned, and the profile of her phone."""

    house: House
    profile: Path
    interview: uuid.UUID
    project: uuid.UUID

    @property
    def talk(self) -> str:
        """The address of the interview itself."""
        return f"/gesprekken/{self.interview}/gesprek"

    def notes(self) -> list[str]:
        """The notes that reached the server."""
        with self.house.arranging() as session:
            row = session.get_one(Interview, self.interview)
            assert row.interviewer_id is not None
            actor = actor_for(session, row.interviewer_id)
            found = talks.notes_of(session, actor, row, keys=self.house.place.keys)
            return [note.text for note in found.values() if note.text]

    def received(self) -> int:
        """How many things of a phone were done."""
        with self.house.arranging() as session:
            return session.scalar(sa.select(sa.func.count()).select_from(Received)) or 0


@pytest.fixture
def field(tmp_path: Path, cheap_passphrases: None) -> Iterator[Field]:
    """Carla, who is about to go."""
    with served(tmp_path / "house") as house:
        with house.arranging() as session:
            cast = factories.cast(session)
            guides.adopt(session, cast.project, start_guide_text())
            carla = actor_for(session, cast.carla.id)
            row = factories.interview(session, carla, cast.project, pseudonyms=[NAME])
            found = Field(house, tmp_path / "profile", row.id, cast.project.id)
        yield found


def taken_along(page: Page, field: Field) -> None:
    """Sign in, open the list, and wait until the phone has what it needs."""
    sign_in(page, "carla", passphrase_of("carla"))
    # Before going on: a page that is left while it registers the phone makes another device of it.
    packs_kept(page)
    page.goto(f"/p/{field.project}/gesprekken")
    everything_kept(page)


def becomes(page: Page, state: str) -> None:
    """Wait until the page says this about sending: "sent", "waiting", "offline" or "trouble"."""
    expect(page.locator("[data-net]")).to_have_attribute("data-state", state)


def write(page: Page, field: Field) -> None:
    """Write a note at the first question."""
    page.goto(field.talk)
    box = page.locator("[data-slot=note]").first
    expect(box).to_be_visible()
    box.fill(NOTE)
    box.blur()
    expect(page.get_by_text("Bewaard op deze telefoon.").first).to_be_visible()


def gives_something(answer: Response) -> bool:
    """Tell whether the server itself answered with a page or with data of the field."""
    path = urlsplit(answer.url).path
    return (
        answer.status == 200 and not answer.from_service_worker and path.startswith(("/gesprekken", "/p/", "/meegaan"))
    )


def test_an_interviewer_goes_on_without_network_and_after_a_restart(
    chromium: Browser, playing: Playwright, field: Field
) -> None:
    with switched_on(playing, field.profile, field.house) as phone:
        page = phone.pages[0]
        taken_along(page, field)
        becomes(page, "sent")
    with switched_on(playing, field.profile, field.house, offline=True) as phone:
        page = phone.pages[0]
        page.goto(f"/p/{field.project}/gesprekken")
        expect(page.get_by_role("heading", name=NAME)).to_be_visible()
        expect(page.get_by_role("link", name="Gesprek", exact=True)).to_have_attribute("href", field.talk)
        expect(page.get_by_text("Hulp nodig? Bel Hanna.")).to_be_visible()
        page.locator(".net__summary").click()
        expect(page.get_by_text("Je tekst blijft op deze telefoon staan. We sturen hem later.")).to_be_visible()
        shoot(page, "offline-list")
        assert NAME not in page.title()
        write(page, field)
        becomes(page, "offline")
        page.goto("/hulp")
        expect(page.get_by_role("heading", name="Deze bladzijde heeft internet nodig")).to_be_visible()
    assert (field.notes(), field.received()) == ([], 0)
    with switched_on(playing, field.profile, field.house) as phone:
        page = phone.pages[0]
        page.goto(f"/p/{field.project}/gesprekken")
        becomes(page, "sent")
        assert field.notes() == [NOTE]
        once = field.received()
        page.goto(field.talk)
        becomes(page, "sent")
        expect(page.locator("[data-slot=note]").first).to_have_value(NOTE)
    assert field.notes() == [NOTE]
    assert field.received() == once
    assert bytes_on(field.profile, *CANARIES) == []


def test_signing_out_takes_the_key_and_asks_first_while_something_waits(
    chromium: Browser, playing: Playwright, field: Field
) -> None:
    with switched_on(playing, field.profile, field.house, refusals=True) as phone:
        page = phone.pages[0]
        taken_along(page, field)
        page.route("**/vragen/*", lambda route: route.abort())
        write(page, field)
        becomes(page, "offline")
        page.locator(".who > summary").click()
        page.get_by_role("button", name="Uitloggen").click()
        expect(page.get_by_role("heading", name="Er is nog niet alles verstuurd")).to_be_visible()
        shoot(page, "offline-sign-out", whole=False)
        page.get_by_role("button", name="Blijf ingelogd").click()
        page.locator(".who > summary").click()
        page.get_by_role("button", name="Uitloggen").click()
        page.get_by_role("button", name="Toch uitloggen").click()
        page.wait_for_url("**/inloggen")
        phone.set_offline(True)
        page.goto(f"/p/{field.project}/gesprekken")
        expect(page.get_by_role("heading", name="Log eerst in")).to_be_visible()
        assert NAME not in page.locator("body").inner_text()
        phone.set_offline(False)
        page.unroute("**/vragen/*")
        sign_in(page, "carla", passphrase_of("carla"))
        becomes(page, "sent")
    assert field.notes() == [NOTE]


def test_a_revoked_phone_asks_in_vain_and_holds_no_word(chromium: Browser, playing: Playwright, field: Field) -> None:
    """B24: access ended in mid-session; requests after it 0, plaintext bytes 0."""
    from interviews import people
    from interviews.models import Project

    with switched_on(playing, field.profile, field.house, refusals=True) as phone:
        page = phone.pages[0]
        taken_along(page, field)
        phone.set_offline(True)
        write(page, field)
        becomes(page, "offline")
    # While she is away; the phone is switched off and holds what was not sent.
    assert bytes_on(field.profile, *CANARIES) == []
    with field.house.arranging() as session:
        carla = session.scalars(sa.select(Person).where(Person.login_word == "carla")).one()
        alice = session.scalars(sa.select(Person).where(Person.login_word == "alice")).one()
        project = session.get_one(Project, field.project)
        people.end_access(session, actor_for(session, alice.id), project, carla)
    with switched_on(playing, field.profile, field.house, refusals=True) as phone:
        page = phone.pages[0]
        granted: list[str] = []
        phone.on("response", lambda answer: granted.append(answer.url) if gives_something(answer) else None)
        with page.expect_response(lambda answer: answer.url.endswith("/apparaat.json") and answer.status == 410):
            page.goto(field.talk)
        assert "/inloggen" in page.url
        nothing_kept(page)
        phone.set_offline(True)
        page.goto(field.talk)
        expect(page.get_by_text("Je kunt op deze telefoon nu niet bij je gesprekken. Log opnieuw in.")).to_be_visible()
        assert not [word for word in CANARIES if word in page.locator("body").inner_text()]
        assert granted == []
    assert field.received() == 0
    assert bytes_on(field.profile, *CANARIES) == []
    with field.house.arranging() as session:
        assert session.scalars(sa.select(Device.salt)).all() == [None]
        assert session.scalars(sa.select(LoginSession.id).where(LoginSession.ended_at.is_(None))).all() == []


def test_who_leaves_before_the_phone_has_wiped_is_told_again(
    chromium: Browser, playing: Playwright, field: Field
) -> None:
    from interviews import people
    from interviews.models import Project

    with switched_on(playing, field.profile, field.house) as phone:
        taken_along(phone.pages[0], field)
    with field.house.arranging() as session:
        carla = session.scalars(sa.select(Person).where(Person.login_word == "carla")).one()
        alice = session.scalars(sa.select(Person).where(Person.login_word == "alice")).one()
        people.end_access(session, actor_for(session, alice.id), session.get_one(Project, field.project), carla)
    with switched_on(playing, field.profile, field.house, refusals=True) as phone:
        page = phone.pages[0]
        page.route("**/apparaat.json", answered_to_nobody)
        with page.expect_event("requestfailed", lambda asked: asked.url.endswith("/apparaat.json")):
            page.goto(field.talk)
        page.unroute("**/apparaat.json")
        page.goto("/inloggen")
        nothing_kept(page)


def answered_to_nobody(route: Route) -> None:
    """Let the server answer, cookies and all, to a page that is gone before it hears it."""
    route.fetch()
    route.abort()
