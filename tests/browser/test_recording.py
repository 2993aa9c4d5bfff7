"""Sound in a real browser: a phone records, dies, goes on and loses its network; a file comes in piece by piece.

The microphone is Chromium's own: it beeps once a second.
"""

from __future__ import annotations

import io
import os
import re
import shutil
import uuid
import wave
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Error,
    FilePayload,
    Page,
    Playwright,
    Route,
    ViewportSize,
    expect,
)
from sqlalchemy import select

from interviews.access import actor_for
from interviews.models import Interview, Person, Project, Recording, RecordingPiece, TimeMark
from interviews.models.recording import RecordingState
from interviews.scopes import Scope
from tests import factories
from tests.browser.conftest import sign_in, watched
from tests.browser.house import House, served
from tests.browser.pocket import IN_STORE, battery_dies, everything_kept, switched_on
from tests.browser.watching import until
from tests.factories import passphrase_of

SMALL: ViewportSize = {"width": 360, "height": 640}
MOST_LOST_S = 4


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, cheap_passphrases: None) -> Iterator[House]:
    """A project with its people."""
    with served(tmp_path_factory.mktemp("sound")) as made:
        with made.arranging() as session:
            factories.cast(session)
        yield made


@pytest.fixture(scope="module")
def listening(playing: Playwright, chromium: Browser) -> Iterator[Browser]:
    """A browser with a microphone that beeps. Where there is no Chromium, `chromium` has skipped the test."""
    names = (os.environ.get("DICHTERBIJ_CHROMIUM"), "chromium", "chromium-browser", "google-chrome")
    program = next(found for name in names if name and (found := shutil.which(name)))
    args = ["--disable-gpu", "--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream"]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        args.append("--no-sandbox")
    browser = playing.chromium.launch(executable_path=program, args=args)
    yield browser
    browser.close()


@pytest.fixture
def interview_id(house: House, request: pytest.FixtureRequest) -> uuid.UUID:
    """An interview that Carla holds; with a yes to a recording unless the test says otherwise."""
    scopes = getattr(request, "param", factories.ALL_SCOPES)
    with house.arranging() as session:
        carla = session.scalars(select(Person).where(Person.login_word == "carla")).one()
        project = session.scalars(select(Project).order_by(Project.created_at)).first()
        assert project is not None
        return factories.interview(session, actor_for(session, carla.id), project, scopes=scopes).id


def phone(browser: Browser, house: House) -> BrowserContext:
    """A small phone without cookies. Not `watched`: a phone without network is meant to miss things."""
    context = browser.new_context(
        base_url=house.url, viewport=SMALL, locale="nl-NL", timezone_id="Europe/Amsterdam", has_touch=True
    )
    context.set_default_timeout(15_000)
    return context


def talk(context: BrowserContext, interview_id: uuid.UUID) -> Page:
    """Open the talk page and wait until the recorder says something."""
    page = context.new_page()
    page.goto(f"/gesprekken/{interview_id}/gesprek")
    expect(
        page.locator("#recorder :is([data-part=start], [data-part=found-go], [data-part=no])").locator("visible=true")
    ).to_be_visible()
    return page


def seconds(page: Page) -> int:
    """What the recorder's clock says."""
    minutes, rest = page.locator("[data-part=time]").inner_text().split(":")
    return int(minutes) * 60 + int(rest)


def wait_until_recorded(page: Page, length: int) -> None:
    """Wait until the recorder's clock is at `length` seconds."""
    expect(page.locator("[data-part=time]")).to_have_text(f"0:{length:02}", timeout=(length + 10) * 1000)


def pieces(house: House, interview_id: uuid.UUID) -> list[tuple[int, int, int]]:
    """What the server has: part, number and bytes of each piece."""
    with house.arranging() as session:
        rows = session.scalars(
            select(RecordingPiece)
            .join(Recording)
            .where(Recording.interview_id == interview_id)
            .order_by(RecordingPiece.part, RecordingPiece.number)
        )
        return [(row.part, row.number, row.size) for row in rows]


def wait_for_state(page: Page, house: House, interview_id: uuid.UUID, state: RecordingState) -> Recording:
    """Wait until the server has a recording in `state`, and return it."""
    for _ in range(150):
        with house.arranging() as session:
            found = session.scalar(
                select(Recording).where(Recording.interview_id == interview_id, Recording.state == state)
            )
            if found is not None:
                session.expunge(found)
                return found
        page.wait_for_timeout(100)
    raise AssertionError(f"no recording is {state}")


def crash(page: Page) -> None:
    """Kill the tab, as a phone without memory does."""
    with suppress(Error):
        page.goto("chrome://crash", timeout=5_000)
    page.close()


def test_a_phone_that_dies_and_loses_its_network_loses_at_most_a_few_seconds(
    house: House, listening: Browser, interview_id: uuid.UUID
) -> None:
    context = phone(listening, house)
    with context:
        page = context.new_page()
        sign_in(page, "carla", passphrase_of("carla"))
        page.close()
        page = talk(context, interview_id)
        page.get_by_role("button", name="Opnemen", exact=True).tap()
        expect(
            page.locator("main").get_by_text("Je kunt je telefoon vergrendelen. De opname gaat door.")
        ).to_be_visible()
        wait_until_recorded(page, 3)
        page.get_by_role("button", name="Markeer").tap()
        page.get_by_label(re.compile("Waarom")).fill("de brief")
        page.locator("[data-part=mark-form] button").tap()
        wait_until_recorded(page, 6)
        before = seconds(page)
        crash(page)

        page = talk(context, interview_id)
        found = page.locator("[data-part=found-text]").inner_text()
        kept = int(re.findall(r"(\d+) second", found)[0])
        assert before - MOST_LOST_S <= kept <= before + 2, found
        page.get_by_role("button", name="Verder opnemen").tap()
        wait_until_recorded(page, kept + 2)
        context.set_offline(True)
        wait_until_recorded(page, kept + 5)
        page.locator("[data-part=pause]").tap()
        expect(page.locator("[data-part=state]")).to_have_text("Pauze")
        page.locator("[data-part=go-on]").tap()
        page.locator("[data-part=stop]").tap()
        expect(page.locator("main").get_by_text("De opname is bewaard op deze telefoon")).to_be_visible()
        recorded = int(re.findall(r"(\d+) second", page.locator("[data-part=said]").inner_text())[0])
        context.set_offline(False)

        row = wait_for_state(page, house, interview_id, RecordingState.WHOLE)
        arrived = pieces(house, interview_id)
        assert sum(size for _, _, size in arrived) == row.size
        assert {part for part, _, _ in arrived} == {0, 1}
        for part in (0, 1):
            numbers = [number for each, number, _ in arrived if each == part]
            assert numbers == list(range(len(numbers)))
        # What the server has is not kept on the phone.
        until(page, f"async () => !(await ({IN_STORE})()).some((one) => /^(chunk|piece|recording) /.test(one))")
        house.do_waiting_jobs()
        ready = wait_for_state(page, house, interview_id, RecordingState.READY)
        assert ready.duration_ms is not None
        assert abs(ready.duration_ms / 1000 - recorded) <= 2
        with house.arranging() as session:
            mark = session.scalars(select(TimeMark).where(TimeMark.recording_id == row.id)).one()
            assert 2_000 <= mark.at_ms <= 6_000
            assert mark.note_sealed is not None
        listen(page, interview_id)


def test_an_empty_battery_without_network_costs_at_most_a_few_seconds(
    house: House, chromium: Browser, playing: Playwright, interview_id: uuid.UUID, tmp_path: Path
) -> None:
    profile = tmp_path / "phone"
    with switched_on(playing, profile, house, microphone=True) as context:
        page = context.new_page()
        sign_in(page, "carla", passphrase_of("carla"))
        everything_kept(page)
    # A browser writes down after half a minute who is signed in: she did that earlier.
    with switched_on(playing, profile, house, microphone=True) as context:
        page = talk(context, interview_id)
        context.set_offline(True)
        page.get_by_role("button", name="Opnemen", exact=True).tap()
        wait_until_recorded(page, 7)
        battery_dies(profile)
    assert pieces(house, interview_id) == [], "the phone had no network"

    with switched_on(playing, profile, house, microphone=True, offline=True) as context:
        page = talk(context, interview_id)
        found = page.locator("[data-part=found-text]").inner_text()
        assert int(re.findall(r"(\d+) second", found)[0]) >= 7 - MOST_LOST_S, found
        page.get_by_role("button", name="Verder opnemen").tap()
        expect(page.locator("[data-part=pause]")).to_be_visible()
        page.locator("[data-part=stop]").tap()
        expect(page.locator("main").get_by_text("De opname is bewaard op deze telefoon")).to_be_visible()
        context.set_offline(False)
        wait_for_state(page, house, interview_id, RecordingState.WHOLE)


def listen(page: Page, interview_id: uuid.UUID) -> None:
    """Play it, jump in it by keyboard, and hear the speed change."""
    page.goto(f"/gesprekken/{interview_id}/opnames")
    page.get_by_role("button", name="Luister", exact=True).tap()
    expect(page.locator("[data-part=now]")).to_have_text(re.compile("^0:0[1-9]$"))
    page.get_by_role("slider", name="Plaats in de opname").press("ArrowRight")
    page.locator("[data-part=back]").tap()
    page.get_by_label("Snelheid").select_option("2")
    assert page.locator("audio").evaluate("(sound) => [sound.playbackRate, sound.preservesPitch]") == [2, True]
    page.locator("[data-part=toggle]").tap()
    assert page.locator("audio").evaluate("(sound) => sound.paused")


@pytest.mark.parametrize("interview_id", [factories.ALL_SCOPES - {Scope.RECORD}], indirect=True)
def test_who_wants_no_recording_is_not_recorded(house: House, listening: Browser, interview_id: uuid.UUID) -> None:
    with phone(listening, house) as context:
        page = context.new_page()
        sign_in(page, "carla", passphrase_of("carla"))
        page = talk(context, interview_id)
        expect(page.locator("#recorder")).to_contain_text("Deze persoon wil geen opname.")
        expect(page.get_by_role("button", name="Opnemen", exact=True)).to_have_count(0)


def beeps(minutes: float) -> bytes:
    """A WAV file of silence with a tick each second."""
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(16_000)
        second = b"\x00\x40" * 200 + b"\x00\x00" * 15_800
        file.writeframes(second * round(minutes * 60))
    return out.getvalue()


def test_a_file_comes_in_over_a_bad_line_and_goes_on_after_a_reload(
    house: House, listening: Browser, interview_id: uuid.UUID
) -> None:
    content = beeps(2)
    chosen = FilePayload(name="gesprek.wav", mimeType="audio/wav", buffer=content)
    context = listening.new_context(base_url=house.url, viewport=SMALL, locale="nl-NL", service_workers="block")
    context.set_default_timeout(15_000)
    sent: list[str] = []
    cut = {"left": 1}

    def line(route: Route) -> None:
        if cut["left"] > 0 and route.request.url.endswith("/1"):
            cut["left"] -= 1
            route.abort("internetdisconnected")
            return
        sent.append(route.request.url.rsplit("/", 1)[1])
        route.continue_()

    with context:
        page = context.new_page()
        sign_in(page, "carla", passphrase_of("carla"))
        page.goto(f"/gesprekken/{interview_id}/opnames")
        expect(page.get_by_label("Kies een opname")).to_be_visible()
        letter = FilePayload(name="brief.m4a", mimeType="audio/mp4", buffer=b"%PDF-1.7")
        page.get_by_label("Kies een opname").set_input_files(letter)
        expect(page.locator("main").get_by_text("Dit soort bestand kan ik niet openen.")).to_have_count(1)
        context.route("**/stukken/0/*", line)
        cut["left"] = 99
        page.get_by_label("Kies een opname").set_input_files(chosen)
        expect(page.locator("main").get_by_text("Je hebt nu geen internet.")).to_be_visible()
        page.on("dialog", lambda dialog: dialog.accept())
        page.reload()
        expect(page.locator("main").get_by_text("Kies hetzelfde bestand om verder te gaan.")).to_be_visible()
        expect(page.locator("[data-left]")).to_contain_text("gesprek.wav")
        cut["left"] = 1
        page.get_by_label("Kies een opname").set_input_files(chosen)
        expect(page.locator("main").get_by_text("De opname is binnen.")).to_be_visible(timeout=20_000)
        assert sorted(sent) == ["0", "1", "2", "3"], "no piece was sent twice"
        assert sum(size for _, _, size in pieces(house, interview_id)) == len(content)
        expect(page.get_by_role("heading", name="Alle opnames")).to_be_visible()
        house.do_waiting_jobs()
        row = wait_for_state(page, house, interview_id, RecordingState.READY)
        assert row.duration_ms == pytest.approx(120_000, abs=200)
        expect(page.get_by_role("heading", name="Luisteren")).to_be_visible()


def test_the_page_asks_before_it_erases(house: House, listening: Browser, interview_id: uuid.UUID) -> None:
    with house.arranging() as session:
        interview = session.get_one(Interview, interview_id)
        session.add(
            Recording(id=uuid.uuid4(), interview_id=interview.id, origin="added", media_type="audio/wav", size=10)
        )
    with watched(listening, house, SMALL) as context:
        page = context.new_page()
        sign_in(page, "carla", passphrase_of("carla"))
        page.goto(f"/gesprekken/{interview_id}/opnames")
        page.get_by_role("button", name="Opname wissen").click()
        expect(page.locator("main").get_by_text("Je haalt deze opname voor altijd weg.")).to_be_visible()
        page.get_by_role("button", name="Ja, opname wissen").click()
        expect(page.locator("main").get_by_text("Gewist op")).to_be_visible()
