"""The names review in a real browser: a whole text by keyboard, by touch, and without any script."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect
from sqlalchemy import select

from interviews import names
from interviews.access import actor_for
from interviews.detect.finder import default_finder
from interviews.models import NameMention, Revision, Transcript
from interviews.models.name import MentionStatus
from interviews.models.transcript import Layer
from tests import factories
from tests.browser.conftest import PHONE, shoot, sign_in, watched
from tests.browser.house import House, served
from tests.factories import passphrase_of

Opening = Callable[[House], AbstractContextManager[BrowserContext]]

TALK = (
    ("I", "Hoe gaat het met je?"),
    ("R", "Goed. Mijn zus Annelies hielp me. Annelies belde mevrouw Terpstra in Zwolle."),
    ("I", "En toen?"),
    ("R", "Mevrouw Terpstra luisterde. Ik ben de enige torenwachter van het land."),
)


@pytest.fixture
def house(tmp_path_factory: pytest.TempPathFactory, cheap_passphrases: None) -> Iterator[House]:
    """A house of one's own, as these tests change things."""
    with served(tmp_path_factory.mktemp("names")) as made:
        yield made


@pytest.fixture
def review(house: House) -> str:
    """The address of the names review of a text with names in it."""
    with house.arranging() as session:
        cast = factories.cast(session)
        carla = actor_for(session, cast.carla.id)
        row = factories.interview(session, carla, cast.project, pseudonyms=["Merel"])
        text = factories.transcript(session, carla, row, keys=house.place.keys, talk=TALK)
        names.propose(session, text, keys=house.place.keys, finder=default_finder())
        return f"/gesprekken/{row.id}/namen"


def statuses(house: House) -> list[MentionStatus]:
    """What was decided about each place, in order."""
    with house.arranging() as session:
        return list(session.scalars(select(NameMention.status).order_by(NameMention.turn, NameMention.start)))


def research(house: House) -> str:
    """The text as it is read from then on."""
    with house.arranging() as session:
        return session.scalars(select(Revision).where(Revision.layer == Layer.RESEARCH)).one().text or ""


def enter(page: Page, word: str) -> None:
    """Sign in as one of the cast."""
    sign_in(page, word, passphrase_of(word))


def test_a_whole_text_is_reviewed_by_keyboard_alone(house: House, review: str, desk_on: Opening) -> None:
    with desk_on(house) as desk:
        page = desk.new_page()
        enter(page, "carla")
        page.goto(review)
        progress = page.locator("[data-progress] p")
        total = page.locator("[data-thing]").count()
        assert total == 3
        expect(progress).to_have_text("Nog 5 stukken niet bekeken.")
        page.keyboard.press("j")
        first = page.locator("[data-thing]").first
        expect(first).to_be_focused()
        page.keyboard.press("y")
        expect(first).to_have_attribute("data-state", "yes")
        # The next one that is open has the focus: Annelies, Terpstra, Zwolle.
        expect(page.locator("[data-thing]").nth(1)).to_be_focused()
        expect(page.locator("[data-mention][data-status=accepted]")).to_have_count(2)
        expect(progress).to_have_text("Nog 3 stukken niet bekeken.")
        page.keyboard.press("n")
        expect(progress).to_have_text("Nog 1 stuk niet bekeken.")
        page.keyboard.press("u")
        expect(progress).to_have_text("Nog 3 stukken niet bekeken.")
        expect(page.locator("[data-thing]").nth(1)).to_be_focused()
        page.keyboard.press("y")
        expect(progress).to_have_text("Nog 1 stuk niet bekeken.")
        the_keys_are_explained(page)
        page.keyboard.press("k")
        page.keyboard.press("j")
        page.keyboard.press("y")
        expect(progress).to_have_text("Alle stukken zijn bekeken.")
        shoot(page, "names-keyboard")
        page.keyboard.press("o")
        page.wait_for_url("**/namen/wie?*")
        assert set(statuses(house)) == {MentionStatus.ACCEPTED}
        another_place_is_chosen_and_the_rest_done(page)
        expect(page.get_by_text("Ingeleverd. Een ander kijkt de namen na.")).to_be_visible()
    with desk_on(house) as desk:
        page = desk.new_page()
        enter(page, "bob")
        page.goto(f"{review}/klaar")
        expect(page.locator(".turn__text del").first).to_have_text("Annelies")
        press_on(page, page.get_by_label("Middel"), "Space")
        page.get_by_label("Waarom denk je dat?").focus()
        page.keyboard.type("Torens zijn er weinig.")
        press_on(page, page.get_by_role("button", name="Goedkeuren: de namen zijn weg"))
        expect(page.get_by_text("De namen zijn weg. Het gesprek is klaar om te lezen.")).to_be_visible()
    text = research(house)
    assert "[een stad in Overijssel]" in text
    assert "Ik ben [iemand met een bijzonder beroep] van het land." in text
    assert not any(name in text for name in ("Annelies", "Terpstra", "Zwolle", "torenwachter"))


def press_on(page: Page, control: Locator, key: str = "Enter") -> None:
    """Use a control with the keyboard."""
    control.focus()
    page.keyboard.press(key)


def the_keys_are_explained(page: Page) -> None:
    """One key shows all keys, and Escape puts them away."""
    page.keyboard.press("?")
    expect(page.locator("dialog[data-shortcuts]")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("dialog[data-shortcuts]")).to_be_hidden()


def another_place_is_chosen_and_the_rest_done(page: Page) -> None:
    """From the page of Zwolle on: a kind of place, what tells who it is without a name, handing in."""
    press_on(page, page.get_by_label("[een stad]"), "Space")
    page.get_by_label("In welke provincie?").select_option("Overijssel")
    press_on(page, page.get_by_role("button", name="Andere naam opslaan"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Namen weghalen")
    press_on(page, page.get_by_role("link", name="Verder: ook zonder naam"))
    press_on(page, page.locator("summary", has_text="Ja, dit vertelt wie het is"))
    page.get_by_label("Om welke woorden gaat het?").focus()
    page.keyboard.type("de enige torenwachter")
    press_on(page, page.get_by_label("een bijzonder beroep"), "Space")
    press_on(page, page.get_by_label("Minder precies zeggen"), "Space")
    page.get_by_label("Hoe zeg je het minder precies?").focus()
    page.keyboard.type("iemand met een bijzonder beroep")
    press_on(page, page.get_by_role("button", name="Opslaan", exact=True))
    expect(page.get_by_role("heading", name="Hier aangewezen")).to_be_visible()
    shoot(page, "names-indirect")
    press_on(page, page.get_by_role("button", name="Nee, niets meer. Klaar"))
    expect(page.get_by_text("Bij elk deel is gevraagd of iemand ook zonder naam te herkennen is.")).to_be_visible()
    press_on(page, page.get_by_role("button", name="Inleveren"))


def test_a_whole_text_is_reviewed_by_touch(house: House, review: str, phone_on: Opening) -> None:
    with phone_on(house) as phone:
        page = phone.new_page()
        enter(page, "carla")
        page.goto(review)
        progress = page.locator("[data-progress] p")
        things = page.locator("[data-thing]")
        things.nth(0).get_by_role("button", name="Klopt, weghalen").tap()
        expect(progress).to_have_text("Nog 3 stukken niet bekeken.")
        # One place in the text is answered right there; the other of the same person waits.
        page.locator("[data-mention]", has_text="Terpstra").last.tap()
        sheet = page.locator("[data-name-sheet]")
        expect(sheet).to_be_visible()
        for button in sheet.get_by_role("button").all():
            box = button.bounding_box()
            assert box is not None
            assert box["height"] >= 44
        shoot(page, "names-touch")
        sheet.get_by_role("button", name="Nee, laten staan").tap()
        expect(progress).to_have_text("Nog 2 stukken niet bekeken.")
        expect(things.nth(1)).to_have_attribute("data-state", "open")
        page.get_by_role("button", name="Terugzetten").tap()
        expect(progress).to_have_text("Nog 3 stukken niet bekeken.")
        things.nth(1).get_by_role("button", name="Klopt, weghalen").tap()
        things.nth(2).get_by_role("button", name="Nee, laten staan").tap()
        expect(progress).to_have_text("Alle stukken zijn bekeken.")
        for control in page.locator("[data-thing] button, [data-thing] a.chip").all():
            box = control.bounding_box()
            assert box is not None
            assert box["height"] >= 44
    accepted, rejected = MentionStatus.ACCEPTED, MentionStatus.REJECTED
    assert statuses(house) == [accepted, accepted, accepted, rejected, accepted]


def test_words_chosen_in_the_text_come_into_the_question(house: House, review: str, desk_on: Opening) -> None:
    with desk_on(house) as desk:
        page = desk.new_page()
        enter(page, "carla")
        page.goto(f"{review}/stukken")
        # A name in it is taken as it was said, not with what comes in its place.
        page.locator("#turn-2 .turn__text").evaluate(
            "(turn) => document.getSelection().selectAllChildren(turn.querySelector('[data-mention]').parentElement)"
        )
        expect(page.get_by_label("Om welke woorden gaat het?")).to_have_value(TALK[1][1])


def test_a_whole_text_is_reviewed_without_any_script(house: House, review: str, chromium: Browser) -> None:
    with watched(chromium, house, PHONE, java_script_enabled=False) as phone:
        page = phone.new_page()
        enter(page, "carla")
        page.goto(review)
        for number in range(3):
            with page.expect_navigation():
                page.locator("article.thing").nth(number).get_by_role("button", name="Klopt, weghalen").click()
        expect(page.get_by_text("Alle stukken zijn bekeken.").first).to_be_visible()
        page.get_by_role("button", name="Terugzetten").first.click()
        expect(page.get_by_text("Nog 1 stuk niet bekeken.").first).to_be_visible()
        page.get_by_role("button", name="Alles wat nog open staat klopt").click()
        expect(page.get_by_text("Alle stukken zijn bekeken.").first).to_be_visible()
        page.get_by_role("link", name="Verder: ook zonder naam").click()
        page.get_by_role("button", name="Nee, niets meer. Klaar").click()
        expect(page.get_by_text("Bij elk deel is gevraagd of iemand ook zonder naam te herkennen is.")).to_be_visible()
        page.get_by_role("button", name="Inleveren").click()
        expect(page.get_by_text("Ingeleverd. Een ander kijkt de namen na.")).to_be_visible()
    with house.arranging() as session:
        assert session.scalars(select(Transcript)).one().handed_in_at is not None
