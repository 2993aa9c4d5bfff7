"""Asking for consent on a small phone: by touch and by keyboard, with the network gone half-way, and everything once."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from playwright.sync_api import Browser, Page, ViewportSize, expect

from interviews import consents, interviews
from interviews.access import actor_for
from interviews.models import ConsentChoice, ConsentTalk, Interview, Person, Project
from interviews.models.interview import Address, How, InterviewKind, Perspective, Representative, TeachBack
from interviews.scopes import COMPANION_SCOPES, Scope
from tests import factories
from tests.browser.conftest import shoot, sign_in, watched
from tests.browser.house import House, served
from tests.browser.inspection import axe_violations, cut_off_at_double_size, lost_focus, small_targets, wider_than
from tests.browser.pocket import everything_kept
from tests.factories import passphrase_of

SMALL: ViewportSize = {"width": 360, "height": 640}


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, cheap_passphrases: None) -> Iterator[House]:
    """An installation where Carla holds interviews."""
    with served(tmp_path_factory.mktemp("consent")) as found:
        with found.arranging() as db:
            factories.cast(db)
        yield found


@pytest.fixture
def phone(chromium: Browser, house: House) -> Iterator[Page]:
    """Carla's phone, signed in."""
    with watched(chromium, house, SMALL, has_touch=True, is_mobile=True) as context:
        page = context.new_page()
        sign_in(page, "carla", passphrase_of("carla"))
        yield page


def planned(house: House, *, people: int = 1, informal: bool = False, company: bool = False) -> uuid.UUID:
    """An interview of Carla; with `company` somebody sits in and the first one has a parent who decides too."""
    with house.arranging() as db:
        person = db.scalars(sa.select(Person).where(Person.login_word == "carla")).one()
        actor = actor_for(db, person.id)
        project = db.scalars(sa.select(Project).where(Project.id.in_(actor.roles))).one()
        row = interviews.plan(
            db,
            actor,
            project,
            perspective=Perspective.CLIENT,
            kind=InterviewKind.GROUP if people > 1 else InterviewKind.INDIVIDUAL,
            people=people,
        )
        row.address = Address.JE if informal else Address.U
        if company:
            consents.add_representative(db, actor, row, row.interviewees[0], Representative.PARENT)
            consents.add_companion(db, actor, row, pseudonym="Tante Bea")
        return row.id


def faults(page: Page, axe: str, name: str) -> list[str]:
    """What is wrong with the screen that is open."""
    shoot(page, f"consent/{name}")
    found = [f"axe: {one}" for one in axe_violations(page, axe)] + [f"320 px: {one}" for one in wider_than(page)]
    found += [f"large letters: {one}" for one in cut_off_at_double_size(page)]
    found += [f"focus: {one}" for one in lost_focus(page)] + [f"hard to touch: {one}" for one in small_targets(page)]
    return [f"{name}: {one}" for one in found]


def sentence(page: Page) -> str:
    return page.locator(".consent__screen h2").first.inner_text()


def tap(page: Page, name: str) -> None:
    """Touch a button, and wait until what was said is kept and another screen is there."""
    before = page.locator(".consent__screen").element_handle()
    page.locator(".consent__screen").get_by_role("button", name=name, exact=True).tap()
    page.wait_for_function("(old) => !old.isConnected", arg=before)


def press(page: Page, name: str) -> None:
    """Go to a button with Tab only, and press Enter."""
    before = page.locator(".consent__screen").element_handle()
    wanted = page.locator(".consent__screen").get_by_role("button", name=name, exact=True)
    for _ in range(60):
        page.keyboard.press("Tab")
        if wanted.evaluate("(one) => one === document.activeElement"):
            break
    page.keyboard.press("Enter")
    page.wait_for_function("(old) => !old.isConnected", arg=before)


def test_ten_choices_by_touch_with_the_network_gone_half_way_a_reload_and_a_signature(
    house: House, phone: Page, axe: str
) -> None:
    row = planned(house)
    wrong: list[str] = []
    phone.goto(f"/gesprekken/{row}/toestemming")
    everything_kept(phone)
    wrong += faults(phone, axe, "begin")
    tap(phone, "Beginnen")
    wrong += faults(phone, axe, "keuze")
    no_bias = phone.locator("button[name=answer]").evaluate_all(
        "(all) => all.map((one) => { const style = getComputedStyle(one); const box = one.getBoundingClientRect();"
        " return [style.backgroundColor, style.borderColor, style.color, Math.round(box.width), Math.round(box.height)] })"
    )
    assert no_bias[0] == no_bias[1]
    heard = []
    for number in range(len(Scope)):
        heard.append(sentence(phone))
        if number == 4:
            phone.context.set_offline(True)
        if number == 6:
            phone.reload()
            expect(phone.get_by_text("Keuze 7 van 10")).to_be_visible()
            assert sentence(phone) == heard[-1]
        tap(phone, "Nee, liever niet" if number in (5, 6) else "Ja, dat mag")
    assert len(set(heard)) == len(Scope)
    wrong += faults(phone, axe, "in eigen woorden")
    tap(phone, "Klopt")
    wrong += faults(phone, axe, "overzicht")
    expect(phone.locator(".consent__row")).to_have_count(len(Scope))
    tap(phone, "Zo is het goed")
    wrong += faults(phone, axe, "hoe")
    tap(phone, "Handtekening zetten")
    phone.get_by_role("button", name="Opslaan").tap()
    expect(phone.get_by_text("Het vak is nog leeg. Laat de ander eerst tekenen.")).to_be_visible()
    draw(phone)
    wrong += faults(phone, axe, "handtekening")
    draw(phone)
    tap(phone, "Opslaan")
    expect(phone.get_by_text("De keuzes staan op deze telefoon. We sturen ze later.")).to_be_visible()
    phone.reload()
    expect(phone.locator(".consent__screen")).to_be_visible()
    expect(phone.locator("[data-net]")).to_have_attribute("data-state", "offline")
    phone.context.set_offline(False)
    # It is sent by itself; a page asked for in the meantime may still be the one of before.
    wait_for_talks(house, phone, row, 1)
    phone.reload()
    expect(phone.get_by_text("Dit is gekozen.")).to_be_visible()
    wrong += faults(phone, axe, "gekozen")
    with house.arranging() as db:
        (talk,) = db.scalars(sa.select(ConsentTalk).where(ConsentTalk.interview_id == row)).all()
        assert (talk.how, talk.teach_back) == (How.SIGNED, TeachBack.RIGHT)
        assert talk.signature_sealed is not None
        person = db.get_one(Interview, row).interviewees[0]
        assert [scope for scope in Scope if not person.allows(scope)] == [Scope.PORTRAIT, Scope.OWN_NAME]
        assert len(db.scalars(sa.select(ConsentChoice).where(ConsentChoice.talk_id == talk.id)).all()) == len(Scope)
    assert not wrong, "\n".join(wrong)


def draw(page: Page) -> None:
    """Draw something with a finger."""
    box = page.locator(".consent__board svg").bounding_box()
    assert box is not None
    client = page.context.new_cdp_session(page)
    spots = [{"x": box["x"] + 30 + 20 * step, "y": box["y"] + 20 + 25 * (step % 4)} for step in range(10)]
    client.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [spots[0]]})
    for spot in spots[1:]:
        client.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [spot]})
    client.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    expect(page.get_by_text("Er staat iets in het vak.")).to_be_visible()


def wait_for_talks(house: House, page: Page, row: uuid.UUID, count: int) -> None:
    """Wait until the server has this many talks, and the phone knows that it has."""
    found: list[ConsentTalk] = []
    for _ in range(60):
        with house.arranging() as db:
            found = list(db.scalars(sa.select(ConsentTalk).where(ConsentTalk.interview_id == row)))
        if len(found) >= count:
            break
        page.wait_for_timeout(250)
    assert len(found) == count
    expect(page.locator("[data-net]")).to_have_attribute("data-state", "sent")


def test_a_minor_with_a_parent_and_a_companion_by_keyboard_only(house: House, phone: Page, axe: str) -> None:
    row = planned(house, informal=True, company=True)
    wrong: list[str] = []
    phone.goto(f"/gesprekken/{row}/toestemming")
    expect(phone.get_by_text("Je beslist samen met de ander.")).to_be_visible()
    press(phone, "Beginnen")
    for _ in Scope:
        press(phone, "Ja, dat mag")
        # Where one is, is where reading goes on.
        expect(phone.locator(".consent__screen h2").first).to_be_focused()
    press(phone, "Nog eens uitgelegd")
    press(phone, "Zo is het goed")
    expect(phone.get_by_text("Wil je dit zelf ook?")).to_be_visible()
    wrong += faults(phone, axe, "ook zelf")
    press(phone, "Ja, dat mag")
    press(phone, "Kruisje zetten")
    phone.get_by_role("button", name="Kruisje neerzetten").press("Enter")
    press(phone, "Opslaan")
    expect(phone.get_by_text("De keuzes zijn opgeslagen.")).to_be_visible()
    press(phone, "Nu Tante Bea vragen")
    expect(phone.get_by_text("Je zit erbij.")).to_be_visible()
    press(phone, "Beginnen")
    for _ in COMPANION_SCOPES:
        press(phone, "Ja, dat mag")
    press(phone, "Klopt")
    press(phone, "Zo is het goed")
    press(phone, "Hardop zeggen")
    press(phone, "Ja, dat zei de ander")
    expect(phone.get_by_text("Je mag het gesprek opnemen.")).to_be_visible()
    wrong += faults(phone, axe, "klaar")
    wait_for_talks(house, phone, row, 2)
    with house.arranging() as db:
        interview = db.get_one(Interview, row)
        assert interview.allows(Scope.RECORD)
        young = consents.talks_of(db, interview.interviewees[0])[0]
        assert (young.how, young.by_representative, young.agrees) == (How.CROSS, True, True)
        assert young.teach_back is TeachBack.EXPLAINED_AGAIN
    assert not wrong, "\n".join(wrong)


def test_one_choice_is_changed_and_who_stops_is_asked_nothing_more(house: House, phone: Page) -> None:
    row = planned(house)
    with house.arranging() as db:
        interview = db.get_one(Interview, row)
        actor = actor_for(db, interview.interviewer_id or uuid.uuid4())
        consents.talk(
            db, actor, interview.interviewees[0], interview, id=uuid.uuid4(), choices=dict.fromkeys(Scope, True),
            how=How.SPOKEN, keys=house.place.keys,
        )  # fmt: skip
    phone.goto(f"/gesprekken/{row}/toestemming")
    tap(phone, "Veranderen: Het geluid mag worden opgenomen.")
    expect(phone.get_by_text("Nu gekozen: Ja, dat mag.")).to_be_visible()
    tap(phone, "Nee, liever niet")
    tap(phone, "Zo is het goed")
    tap(phone, "Hardop zeggen")
    tap(phone, "Ja, dat zei de ander")
    expect(phone.get_by_text("Niet iedereen wil een opname.")).to_be_visible()
    wait_for_talks(house, phone, row, 2)
    phone.goto(f"/gesprekken/{row}/toestemming")
    phone.get_by_text("Wat er eerder is gekozen").tap()
    expect(phone.locator("[data-slot=moments] > li")).to_have_count(2)
    tap(phone, "Veranderen: Ik doe mee. Mijn antwoorden mogen in het onderzoek, zonder mijn naam.")
    tap(phone, "Nee, liever niet")
    expect(phone.locator(".consent__row")).to_have_count(1)
    tap(phone, "Zo is het goed")
    tap(phone, "Hardop zeggen")
    tap(phone, "Ja, dat zei de ander")
    expect(phone.get_by_text("Je neemt niets op en je typt niets uit.")).to_be_visible()
    wait_for_talks(house, phone, row, 3)
    with house.arranging() as db:
        assert not any(db.get_one(Interview, row).allows(scope) for scope in Scope)


def test_a_browser_with_a_dutch_voice_reads_aloud_and_stops_when_one_goes_on(house: House, phone: Page) -> None:
    row = planned(house)
    phone.add_init_script(
        """window.spoken = []; window.hushed = 0;
        const voices = [{ lang: "en-US", voiceURI: "en", localService: true }, { lang: "nl-NL", voiceURI: "nl", localService: true }];
        Object.defineProperty(window, "speechSynthesis", { value: Object.assign(new EventTarget(), {
          getVoices: () => voices, speak: (one) => window.spoken.push(one.text), cancel: () => { window.hushed += 1; } }) });
        window.SpeechSynthesisUtterance = class extends EventTarget { constructor(text) { super(); this.text = text; } };"""
    )
    phone.goto(f"/gesprekken/{row}/toestemming")
    tap(phone, "Beginnen")
    phone.get_by_role("button", name="Lees voor").tap()
    expect(phone.get_by_role("button", name="Stop met voorlezen")).to_be_visible()
    assert " ".join(phone.evaluate("spoken")) == (
        "Ik doe mee. Mijn antwoorden mogen in het onderzoek, zonder mijn naam. "
        "We halen namen, adressen en nummers weg. U krijgt een andere naam."
    )
    before = phone.evaluate("hushed")
    tap(phone, "Ja, dat mag")
    assert phone.evaluate("hushed") > before
    expect(phone.get_by_role("button", name="Lees voor")).to_be_visible()


def test_without_script_every_choice_is_one_page_away(chromium: Browser, house: House) -> None:
    row = planned(house)
    with watched(chromium, house, SMALL, java_script_enabled=False) as context:
        page = context.new_page()
        sign_in(page, "carla", passphrase_of("carla"))
        page.goto(f"/gesprekken/{row}/toestemming")
        page.get_by_role("link", name="Alle keuzes op één bladzijde").click()
        for scope in Scope:
            page.locator(f"input[name={scope}][value=yes]").check()
        page.get_by_label("De ander zei het hardop").check()
        page.get_by_role("button", name="Keuzes opslaan").click()
        page.wait_for_url(re.compile(rf"/gesprekken/{row}$"))
    with house.arranging() as db:
        assert all(db.get_one(Interview, row).allows(scope) for scope in Scope)
