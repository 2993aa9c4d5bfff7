"""Typing out on a small phone: dead keys and emoji, a tab that is killed, two tabs, no network; not a character is lost.

Everything that is typed here was made up for this test.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from sqlalchemy import select

from interviews import drafts
from interviews.access import actor_for
from interviews.models import Interview, Person, Transcript, TypingVersion
from tests import factories
from tests.browser.conftest import DESK, PHONE, shoot, sign_in, watched
from tests.browser.house import House, served
from tests.factories import Cast, passphrase_of

DEAD = "Één zus: ñ, ô, ü — ’k zei 👩‍👧 «nee» 🙂"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, cheap_passphrases: None) -> Iterator[House]:
    """A project of its own, served: these tests change things."""
    with served(tmp_path_factory.mktemp("typing")) as made:
        yield made


@pytest.fixture(scope="module")
def cast(house: House) -> Cast:
    """The people of the project."""
    with house.arranging() as session:
        return factories.cast(session)


@pytest.fixture
def address(house: House, cast: Cast) -> str:
    """Where an interview of Carla is typed out; there is no text yet."""
    with house.arranging() as session:
        row = factories.interview(session, actor_for(session, cast.carla.id), cast.project)
        return f"/gesprekken/{row.id}/uittypen"


@pytest.fixture
def phone(chromium: Browser, house: House, cast: Cast) -> Iterator[BrowserContext]:
    """Carla's phone, signed in."""
    with watched(chromium, house, PHONE, has_touch=True, is_mobile=True) as context:
        page = context.new_page()
        sign_in(page, "carla", passphrase_of("carla"))
        page.close()
        yield context


def begin(context: BrowserContext, address: str) -> Page:
    """Open the editor and wait until it can be typed in."""
    page = context.new_page()
    page.goto(address)
    expect(page.locator(".typed__text").first).to_be_visible()
    return page


def typed(page: Page) -> list[str]:
    """What stands in the editor, turn by turn."""
    return page.locator(".typed__text").evaluate_all("areas => areas.map((area) => area.value)")


def saved(page: Page) -> None:
    expect(page.locator("[data-status]")).to_have_text(re.compile(r"^Opgeslagen om"))


def every_text(house: House, cast: Cast, address: str) -> set[str]:
    """Every turn of every version that the server keeps."""
    interview_id = re.findall(r"[0-9a-f-]{36}", address)[0]
    with house.arranging() as session:
        actor = actor_for(session, session.get_one(Person, cast.carla.id).id)
        talk = session.get_one(Interview, uuid.UUID(interview_id))
        return {
            turn.text
            for line in drafts.versions(session, actor, talk)
            for turn in drafts.read_version(
                session, actor, session.get_one(TypingVersion, line.id), keys=house.place.keys
            ).turns
        }


def test_what_is_typed_with_every_key_a_phone_has_arrives_letter_by_letter(
    house: House, cast: Cast, phone: BrowserContext, address: str
) -> None:
    page = begin(phone, address)
    first = page.locator(".typed__text").first
    first.click()
    page.keyboard.type("Hoe gaat het?")
    page.keyboard.press("Enter")
    # A dead key and an emoji come in as a composition, as a keyboard on a phone does it.
    keys = phone.new_cdp_session(page)
    for letter in ("´", "é"):
        keys.send("Input.imeSetComposition", {"text": letter, "selectionStart": 1, "selectionEnd": 1})
    keys.send("Input.insertText", {"text": "é"})
    page.keyboard.insert_text("én " + DEAD)
    page.get_by_role("button", name="Zet [lacht] in de tekst").click()
    saved(page)
    assert typed(page) == ["Hoe gaat het?", f"één {DEAD} [lacht]"]
    assert page.locator(".typed__who").all_inner_texts() == ["I", "R"]
    assert f"één {DEAD} [lacht]" in every_text(house, cast, address)
    shoot(page, "typing-phone", whole=False)


def test_one_cuts_joins_moves_takes_away_and_takes_everything_back(phone: BrowserContext, address: str) -> None:
    page = begin(phone, address)
    page.locator(".typed__text").first.click()
    page.keyboard.type("Eerste zin. Tweede zin.")
    for _ in range(len(" Tweede zin.")):
        page.keyboard.press("ArrowLeft")
    page.keyboard.press("Control+Enter")
    assert typed(page) == ["Eerste zin.", " Tweede zin."]
    page.keyboard.press("Alt+ArrowUp")
    assert typed(page) == [" Tweede zin.", "Eerste zin."]
    page.keyboard.press("Alt+2")
    assert page.locator(".typed__who").all_inner_texts() == ["R", "I"]
    page.get_by_role("button", name="Weghalen").click()
    assert typed(page) == ["Eerste zin."]
    page.get_by_role("button", name="Toch terugzetten").click()
    assert typed(page) == [" Tweede zin.", "Eerste zin."]
    for _ in range(3):
        page.locator(".typed__text").first.press("Control+z")
    assert "".join(typed(page)) == "Eerste zin. Tweede zin."
    page.locator(".typed__text").first.press("Control+f")
    page.get_by_label("Zoeken naar").fill("ZIN")
    expect(page.locator("[data-found]")).to_have_text("2 keer gevonden.")
    page.get_by_label("Vervangen door").fill("regel")
    page.get_by_role("button", name="Alles vervangen").click()
    assert "".join(typed(page)) == "Eerste regel. Tweede regel."


def test_a_tab_that_is_killed_while_typing_gives_everything_back(
    house: House, cast: Cast, phone: BrowserContext, address: str
) -> None:
    page = begin(phone, address)
    phone.set_offline(True)
    page.locator(".typed__text").first.click()
    page.keyboard.insert_text(DEAD)
    page.keyboard.press("Enter")
    page.keyboard.type("net voor het eind")
    expect(page.locator("[data-status]")).to_contain_text("Op deze telefoon bewaard om")
    page.close(run_before_unload=False)
    phone.set_offline(False)
    again = begin(phone, address)
    expect(again.get_by_text("Je tekst van daarnet staat er weer.")).to_be_visible()
    assert typed(again) == [DEAD, "net voor het eind"]
    saved(again)
    assert {DEAD, "net voor het eind"} <= every_text(house, cast, address)


def test_without_network_one_types_on_and_it_is_sent_later(
    house: House, cast: Cast, phone: BrowserContext, address: str
) -> None:
    page = begin(phone, address)
    page.locator(".typed__text").first.click()
    for cut in range(3):
        page.keyboard.type(f"met net {cut}. ")
        saved(page)
        phone.set_offline(True)
        page.keyboard.type(f"zonder net {cut}. ")
        expect(page.locator("[data-status]")).to_contain_text("Op deze telefoon bewaard om")
        phone.set_offline(False)
        saved(page)
    whole = "".join(f"met net {cut}. zonder net {cut}. " for cut in range(3))
    assert typed(page) == [whole]
    assert whole in every_text(house, cast, address)


def test_two_tabs_on_one_text_show_both_and_lose_nothing(
    chromium: Browser, house: House, cast: Cast, address: str
) -> None:
    # A browser that nobody watches: the server's "somebody was first" is what this is about.
    context = chromium.new_context(base_url=house.url, viewport=PHONE, locale="nl-NL", has_touch=True, is_mobile=True)
    sign_in(context.new_page(), "carla", passphrase_of("carla"))
    one, two = begin(context, address), begin(context, address)
    two.locator(".typed__text").first.click()
    two.keyboard.type("uit tabblad twee")
    saved(two)
    expect(one.get_by_text("Je typt ook in een ander tabblad.")).to_be_visible()
    one.bring_to_front()
    one.locator(".typed__text").first.click()
    one.keyboard.type("uit tabblad een")
    one.get_by_role("button", name="Twee teksten bekijken").click()
    panel = one.locator("[data-conflict]")
    expect(panel).to_contain_text("uit tabblad twee")
    expect(panel).to_contain_text("uit tabblad een")
    shoot(one, "typing-two-texts", whole=False)
    panel.get_by_role("button", name="Zet allebei onder elkaar").click()
    assert typed(one) == ["uit tabblad twee", "uit tabblad een"]
    saved(one)
    assert {"uit tabblad twee", "uit tabblad een"} <= every_text(house, cast, address)
    context.close()


def test_a_long_talk_types_like_a_short_one_and_is_handed_in(
    chromium: Browser, house: House, cast: Cast, address: str
) -> None:
    lines = "\n".join(f"{'IR'[n % 2]}: {'en toen zei ze dat ik moest wachten op de brief ' * 2}{n}" for n in range(700))
    with watched(chromium, house, DESK) as context:
        first = context.new_page()
        sign_in(first, "carla", passphrase_of("carla"))
        page = begin(context, address)
        page.evaluate(
            """(lines) => {
                const area = document.querySelector(".typed__text");
                area.focus();
                const data = new DataTransfer();
                data.setData("text/plain", lines);
                area.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
            }""",
            lines,
        )
        expect(page.locator(".typed__text")).to_have_count(700)
        page.locator(".typed__text").nth(350).click()
        page.keyboard.press("End")
        # Per key the page itself spends little: the rest of the text is not drawn again.
        touched = page.evaluate(
            """async () => {
                const list = document.querySelector("[data-turns]");
                let touched = 0;
                new MutationObserver((all) => { touched += all.length; }).observe(list, {subtree: true, childList: true, attributes: true});
                const area = document.activeElement;
                for (const letter of "twintig letters erbij") {
                    area.setRangeText(letter, area.selectionStart, area.selectionEnd, "end");
                    area.dispatchEvent(new InputEvent("input", {bubbles: true, data: letter}));
                }
                await new Promise((done) => setTimeout(done, 50));
                return touched;
            }"""
        )
        assert touched <= 21
        saved(page)
        shoot(page, "typing-desk", whole=False)
        page.get_by_role("button", name="Tekst inleveren").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Namen weghalen")
    with house.arranging() as session:
        assert session.scalars(select(Transcript)).one().source_format == "typed"
