"""One interview from consent to text, on a small phone that loses its network three times and twice dies.

The microphone is Chromium's own: it beeps once a second. All words were made up for this test.
"""

from __future__ import annotations

import os
import re
import shutil
import time
import uuid
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, Playwright, ViewportSize, expect
from sqlalchemy import func, select

from coding.starter import start_guide_text
from interviews import guides, interviews, talks, transcripts
from interviews.access import actor_for
from interviews.models import (
    ConsentTalk,
    Interview,
    Person,
    QuestionNote,
    Recording,
    RecordingPiece,
    Transcript,
)
from interviews.models.interview import InterviewKind, Perspective, Status
from interviews.models.recording import RecordingState
from interviews.scopes import Scope
from tests import factories
from tests.browser.conftest import shoot, sign_in
from tests.browser.house import House, served
from tests.browser.pocket import PROGRAMS, everything_kept, packs_kept
from tests.factories import passphrase_of

SMALL: ViewportSize = {"width": 360, "height": 640}
MOST_LOST_S = 5
FIRST_NOTE = "Zei: ‘eerst bellen’ 🙂"
SECOND_NOTE = "Zonder bereik: coördinatie, één brief."
QUESTION = "Hoe ging het?"
ANSWER = "Één zus: ñ, ô, ü — ’k zei 👩‍👧 «nee» 🙂"
UNDER_WAY = "Toen viel het net weg… naïef, hè?"
ELSEWHERE = "Łódź, in het tweede tabblad"


@dataclass(frozen=True)
class Appointment:
    """A house, and the interview in it that Carla is about to hold."""

    house: House
    project: uuid.UUID
    interview: uuid.UUID

    def at(self, screen: str) -> str:
        """The address of one of its screens."""
        return f"/gesprekken/{self.interview}/{screen}"


@pytest.fixture
def appointment(tmp_path_factory: pytest.TempPathFactory, cheap_passphrases: None) -> Iterator[Appointment]:
    """A planned interview: nobody has been asked anything yet."""
    with served(tmp_path_factory.mktemp("whole")) as house:
        with house.arranging() as session:
            cast = factories.cast(session)
            guides.adopt(session, cast.project, start_guide_text())
            row = interviews.plan(
                session,
                actor_for(session, cast.carla.id),
                cast.project,
                perspective=Perspective.CLIENT,
                kind=InterviewKind.INDIVIDUAL,
                people=1,
            )
            made = Appointment(house, cast.project.id, row.id)
        yield made


@pytest.fixture
def phone(playing: Playwright, chromium: Browser, appointment: Appointment) -> Iterator[BrowserContext]:
    """Carla's phone, with a microphone. Where there is no Chromium, `chromium` has skipped the test."""
    names = (os.environ.get("DICHTERBIJ_CHROMIUM"), *PROGRAMS)
    program = next(found for name in names if name and (found := shutil.which(name)))
    args = ["--disable-gpu", "--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream"]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        args.append("--no-sandbox")
    browser = playing.chromium.launch(executable_path=program, args=args)
    context = browser.new_context(
        base_url=appointment.house.url,
        viewport=SMALL,
        locale="nl-NL",
        timezone_id="Europe/Amsterdam",
        has_touch=True,
        is_mobile=True,
    )
    context.set_default_timeout(20_000)
    yield context
    context.close()
    browser.close()


def opened(phone: BrowserContext, address: str) -> Page:
    """Open a screen in a tab of its own."""
    page = phone.new_page()
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(address)
    return page


def killed(page: Page) -> None:
    """The tab dies, as on a phone without memory."""
    with suppress(Error):
        page.goto("chrome://crash", timeout=5_000)
    page.close()


def everything_sent(page: Page) -> None:
    """The page says that nothing waits to be sent."""
    expect(page.locator("[data-net]")).to_have_attribute("data-state", "sent", timeout=30_000)


def test_a_whole_interview_on_a_phone_that_dies_and_loses_its_network(
    appointment: Appointment, phone: BrowserContext
) -> None:
    page = phone.new_page()
    sign_in(page, "carla", passphrase_of("carla"))
    packs_kept(page)
    page.goto(f"/p/{appointment.project}/gesprekken")
    everything_kept(page)
    page.close()
    she_asks_for_consent(appointment, phone)
    spoken = she_holds_the_talk(appointment, phone)
    the_server_has_the_talk_once(appointment, spoken)
    typed = she_types_it_out(appointment, phone)
    the_server_has_the_text_letter_by_letter(appointment, typed)


def she_asks_for_consent(appointment: Appointment, phone: BrowserContext) -> None:
    """Ten choices by touch; half-way the network is gone."""
    page = opened(phone, appointment.at("toestemming"))
    tap(page, "Beginnen")
    for number in range(len(Scope)):
        if number == 5:
            phone.set_offline(True)
        tap(page, "Ja, dat mag")
    for answer in ("Klopt", "Zo is het goed", "Hardop zeggen", "Ja, dat zei de ander"):
        tap(page, answer)
    expect(page.get_by_text("De keuzes staan op deze telefoon. We sturen ze later.")).to_be_visible()
    shoot(page, "whole-consent", whole=False)
    phone.set_offline(False)
    everything_sent(page)
    page.close()
    with appointment.house.arranging() as session:
        asked = select(func.count()).select_from(ConsentTalk).where(ConsentTalk.interview_id == appointment.interview)
        assert session.scalar(asked) == 1
        assert session.get_one(Interview, appointment.interview).allows(Scope.RECORD)


def tap(page: Page, name: str) -> None:
    """Touch an answer, and wait for the next screen."""
    before = page.locator(".consent__screen").element_handle()
    page.locator(".consent__screen").get_by_role("button", name=name, exact=True).tap()
    page.wait_for_function("(old) => !old.isConnected", arg=before)


def she_holds_the_talk(appointment: Appointment, phone: BrowserContext) -> float:
    """She records and notes; the network goes, the tab dies, and she goes on. Returns how many seconds were spoken."""
    page = opened(phone, appointment.at("gesprek"))
    page.get_by_role("button", name="Opnemen", exact=True).tap()
    expect(page.locator("#recorder")).to_have_attribute("data-state", "recording")
    began = time.monotonic()
    page.locator("#talk-note").fill(FIRST_NOTE)
    page.get_by_role("button", name="Gevraagd").click()
    expect(page.get_by_role("button", name="Gevraagd")).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_text(re.compile(r"Opgeslagen om \d"))).to_be_visible()
    phone.set_offline(True)
    page.get_by_role("button", name="Volgende").click()
    page.locator("#talk-note").fill(SECOND_NOTE)
    expect(page.get_by_text("Bewaard op deze telefoon.")).to_be_visible()
    shoot(page, "whole-talk", whole=False)
    page.wait_for_timeout(max(0.0, 8 - (time.monotonic() - began)) * 1000)
    spoken = time.monotonic() - began
    killed(page)
    page = opened(phone, appointment.at("gesprek"))
    expect(page.locator("#talk-note")).to_have_value(SECOND_NOTE)
    page.get_by_role("button", name="Verder opnemen").tap()
    expect(page.locator("#recorder")).to_have_attribute("data-state", "recording")
    began = time.monotonic()
    page.wait_for_timeout(4_000)
    spoken += time.monotonic() - began
    page.locator("[data-part=stop]").tap()
    expect(page.locator("#recorder")).to_have_attribute("data-state", "stopped")
    page.get_by_role("button", name="Naar het einde").click()
    page.get_by_role("button", name="Het gesprek is klaar").click()
    expect(page.get_by_text("Je hebt nu geen internet. We sturen het later, dat gaat vanzelf.")).to_be_visible()
    phone.set_offline(False)
    everything_sent(page)
    page.close()
    return spoken


def the_server_has_the_talk_once(appointment: Appointment, spoken: float) -> None:
    """One recording, at most five seconds shorter than what was said; each note once."""
    appointment.house.do_waiting_jobs()
    with appointment.house.arranging() as session:
        row = session.get_one(Interview, appointment.interview)
        recording = session.scalars(select(Recording).where(Recording.interview_id == row.id)).one()
        sizes = session.scalars(select(RecordingPiece.size).where(RecordingPiece.recording_id == recording.id)).all()
        assert (recording.state, sum(sizes)) == (RecordingState.READY, recording.size)
        assert recording.duration_ms is not None
        lost = spoken - recording.duration_ms / 1000
        assert -1 <= lost <= MOST_LOST_S
        assert row.status is Status.HELD
        carla = session.scalars(select(Person).where(Person.login_word == "carla")).one()
        notes = talks.notes_of(session, actor_for(session, carla.id), row, keys=appointment.house.place.keys)
        assert sorted(note.text for note in notes.values()) == sorted([FIRST_NOTE, SECOND_NOTE])
        assert sum(note.asked for note in notes.values()) == 1
        rows = select(func.count()).select_from(QuestionNote).where(QuestionNote.interview_id == row.id)
        assert session.scalar(rows) == 2


def she_types_it_out(appointment: Appointment, phone: BrowserContext) -> list[str]:
    """With dead keys and emoji; the network goes, the tab dies, and a second tab types too. Returns what was typed."""
    page = opened(phone, appointment.at("uittypen"))
    here = page.locator("[data-turns] .typed__text")
    here.first.tap()
    page.keyboard.type(QUESTION)
    page.keyboard.press("Enter")
    keys = phone.new_cdp_session(page)
    for letter in ("´", "é"):
        keys.send("Input.imeSetComposition", {"text": letter, "selectionStart": 1, "selectionEnd": 1})
    keys.send("Input.insertText", {"text": "é"})
    page.keyboard.insert_text("én. " + ANSWER)
    expect(page.locator("[data-status]")).to_have_text(re.compile("^Opgeslagen om"))
    phone.set_offline(True)
    page.keyboard.press("Enter")
    page.keyboard.insert_text(UNDER_WAY)
    expect(page.locator("[data-status]")).to_contain_text("Op deze telefoon bewaard om")
    killed(page)

    own = [QUESTION, f"één. {ANSWER}", UNDER_WAY]
    page = opened(phone, appointment.at("uittypen"))
    expect(page.get_by_text("Je tekst van daarnet staat er weer.")).to_be_visible()
    expect(page.locator("[data-turns] .typed__text")).to_have_count(len(own))
    assert typed(page) == own
    other = opened(phone, appointment.at("uittypen"))
    expect(other.locator("[data-turns] .typed__text").first).to_be_visible()
    seen = typed(other)
    other.locator("[data-turns] .typed__text").last.tap()
    other.keyboard.press("Control+End")
    other.keyboard.press("Enter")
    other.keyboard.insert_text(ELSEWHERE)
    theirs = typed(other)
    assert theirs == [*[one for one in seen if one], ELSEWHERE] or theirs == [*seen, ELSEWHERE]
    expect(other.locator("[data-status]")).to_contain_text("Op deze telefoon bewaard om")
    phone.set_offline(False)
    return both_are_kept(page, other, own, theirs)


def both_are_kept(page: Page, other: Page, own: list[str], theirs: list[str]) -> list[str]:
    """Who was later is shown both texts, keeps both, and hands them in. Returns the turns."""
    for tab in (page, other) * 60:
        if tab.get_by_role("button", name="Twee teksten bekijken").count():
            break
        tab.wait_for_timeout(250)
    tab.bring_to_front()
    tab.get_by_role("button", name="Twee teksten bekijken").first.tap()
    panel = tab.locator("[data-conflict]")
    expect(panel).to_be_visible()
    for text in (own[-1], theirs[-1]):
        expect(panel).to_contain_text(text)
    shoot(tab, "whole-two-texts", whole=False)
    panel.get_by_role("button", name="Zet allebei onder elkaar").tap()
    chosen = typed(tab)
    assert chosen in (own + theirs, theirs + own)
    everything_sent(tab)
    (other if tab is page else page).close()
    tab.get_by_role("button", name="Tekst inleveren").tap()
    expect(tab.get_by_role("heading", level=1)).to_have_text("Namen weghalen")
    tab.close()
    return chosen


def typed(page: Page) -> list[str]:
    """What stands in the editor, turn by turn."""
    texts: list[str] = page.locator("[data-turns] .typed__text").evaluate_all("all => all.map((one) => one.value)")
    return texts


def the_server_has_the_text_letter_by_letter(appointment: Appointment, typed: list[str]) -> None:
    """The transcript is what was typed: not a character less, not a character twice."""
    with appointment.house.arranging() as session:
        transcript = session.scalars(select(Transcript)).one()
        carla = session.scalars(select(Person).where(Person.login_word == "carla")).one()
        actor = actor_for(session, carla.id)
        _revision, turns = transcripts.read_raw(session, actor, transcript, keys=appointment.house.place.keys)
        assert [turn.text for turn in turns] == [text for text in typed if text]
