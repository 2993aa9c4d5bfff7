"""The main job from start to end, in a browser: a conversation comes in, names go, people choose themes, Word comes out.

Everything that is said here was made up for this test.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import docx
import pytest
from playwright.sync_api import BrowserContext, Locator, Page, Response, expect
from sqlalchemy import select

from coding import codebooks
from coding.models import Memo, Segment, SuggestionAnswer
from coding.models.segment import Origin
from coding.models.suggestion import Answer
from coding.starter import start_guide_text, start_lexicon
from interviews import guides
from interviews.models import Interview
from interviews.models.interview import Status
from tests import factories
from tests.browser.conftest import press_long, shoot, sign_in
from tests.browser.house import House, served
from tests.factories import passphrase_of

Opening = Callable[[House], AbstractContextManager[BrowserContext]]

TALK = """\
Interviewer: Fijn dat je er bent. Hoe begon het bij jou?
Respondent: Ik ben Wietske, en mijn zoon Jorrit is negen. Wij wonen sinds kort in Overmeer.
Interviewer: En het eerste gesprek met de gemeente?
Respondent: Elke keer moest ik opnieuw mijn verhaal doen. Weer een nieuwe consulent, en die wist van niks.
Interviewer: Wat deed dat met je?
Respondent: Ik sliep slecht van de stress. Ik voelde me een nummer, niet een mens.
Interviewer: Was er ook iemand die hielp?
Respondent: Ja. Mevrouw Hazelhof luisterde echt naar mij. Ze nam de tijd en belde terug toen ze het beloofde.
Interviewer: Wat zou je de gemeente willen zeggen?
Respondent: Geef mensen één vast gezicht. En bel eerst, voor je een brief stuurt. Je krijgt me op nul zes twaalf vierendertig zesenvijftig achtenzeventig.
"""
GONE = ("Wietske", "Jorrit", "Overmeer", "Hazelhof", "achtenzeventig")


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, cheap_passphrases: None) -> Iterator[House]:
    """A new project with a list of themes and nothing else yet."""
    with served(tmp_path_factory.mktemp("new")) as made:
        with made.arranging() as session:
            cast = factories.cast(session)
            codebooks.adopt(session, cast.project, start_lexicon())
            guides.adopt(session, cast.project, start_guide_text())
        yield made


def enter(page: Page, word: str) -> None:
    """Sign in as one of the cast."""
    sign_in(page, word, passphrase_of(word))


def test_the_main_job(house: House, phone_on: Opening, desk_on: Opening) -> None:
    with phone_on(house) as phone:
        carla_brings_a_conversation_in(phone.new_page())
    with phone_on(house) as phone:
        alice_checks_that_the_names_are_away(phone.new_page())
    assert house.do_waiting_jobs() == 1, "the worker finds the approved text"
    with desk_on(house) as desk:
        bob_reads_at_his_desk_and_makes_a_word_file(desk.new_page())
    with phone_on(house) as phone:
        bob_reads_on_in_the_train(phone.new_page())
    with house.arranging() as session:
        assert session.scalars(select(Interview)).one().status is Status.NAMES_AWAY
        by_hand = session.scalars(select(Segment).where(Segment.origin == Origin.SELF)).all()
        accepted = session.scalars(select(SuggestionAnswer).where(SuggestionAnswer.answer == Answer.YES)).all()
        assert (len(by_hand), len(accepted)) == (2, 3)
        assert [memo.text for memo in session.scalars(select(Memo))] == ["Eén gezicht: dat zeggen meer mensen."]


def carla_brings_a_conversation_in(page: Page) -> None:
    """On her phone: a new conversation, what may be done with it, the text, the names in it."""
    enter(page, "carla")
    page.get_by_role("navigation", name="Hoofdmenu").get_by_role("link", name="Gesprekken").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mijn gesprekken")
    page.get_by_role("link", name="Nieuw gesprek").click()
    page.get_by_label("cliënt").check()
    page.get_by_label("Welke andere naam wil de ander?").fill("Loes")
    page.get_by_role("button", name="Gesprek maken").click()
    page.wait_for_url("**/toestemming")
    she_asks_what_may_be_done_with_the_story(page)
    page.get_by_role("link", name="Tekst toevoegen").first.click()
    page.get_by_label("Plak hier het uitgetypte gesprek").fill(TALK)
    page.get_by_role("button", name="Tekst bekijken").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Klopt de tekst?")
    expect(page.get_by_text("Er is nog niets opgeslagen.")).to_be_visible()
    expect(page.locator(".turn__text")).to_have_count(10)
    shoot(page, "story-1-preview")
    page.get_by_role("button", name="Klopt, tekst opslaan").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Namen weghalen")
    she_says_what_is_a_name(page)
    page.get_by_role("link", name="Inleveren", exact=True).click()
    page.get_by_role("button", name="Inleveren").click()
    expect(page.get_by_text("Ingeleverd. Een ander kijkt de namen na.")).to_be_visible()
    shoot(page, "story-3-handed-in")


def she_asks_what_may_be_done_with_the_story(page: Page) -> None:
    """Every choice is asked; nothing is chosen beforehand."""
    # By the form that works without a script; the screens of `tests/browser/test_consent.py` lead to the same.
    page.goto(page.url.partition("?")[0] + "/lijst")
    expect(page.locator("main input[type=radio]:checked")).to_have_count(0)
    for choice in page.get_by_label("Ja, dat mag", exact=True).all():
        choice.check()
    page.get_by_label("De ander zei het hardop").check()
    page.get_by_role("button", name="Keuzes opslaan").click()
    page.wait_for_url(re.compile(r"/gesprekken/[0-9a-f-]{36}$"))


def she_says_what_is_a_name(page: Page) -> None:
    """Each thing that was found gets an answer; what the computer missed she adds."""
    shoot(page, "story-2-names")
    first = page.locator("main article").first
    first.get_by_role("button", name="Klopt, weghalen").first.click()
    expect(page.locator("main article").first.get_by_text("gaat weg")).to_be_visible()
    found = page.locator("main article h3").all_inner_texts()
    for words in GONE[:4]:
        if not any(words in title for title in found):
            page.get_by_label("Welke woorden moeten weg?").fill(words)
            page.get_by_role("button", name="Woorden weghalen").click()
            expect(page.locator("main article h3", has_text=words)).to_have_count(1)
    # Hidden once nothing is open: the first answer was one of several.
    page.get_by_role("button", name="Alles wat nog open staat klopt").click()
    expect(page.get_by_text("Alle stukken zijn bekeken.").first).to_be_visible()


def alice_checks_that_the_names_are_away(page: Page) -> None:
    """A second person reads along, sees what goes, and approves."""
    enter(page, "alice")
    page.get_by_role("navigation", name="Hoofdmenu").get_by_role("link", name="Gesprekken").click()
    page.get_by_role("link", name="Namen nakijken").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Namen nakijken")
    page.get_by_role("link", name="Goedkeuren", exact=True).click()
    page.get_by_label("Klein").check()
    page.get_by_label("Waarom denk je dat?").fill("Er staat niets meer in dat iemand herkent.")
    page.get_by_role("button", name="Goedkeuren: de namen zijn weg").click()
    expect(page.get_by_text("De namen zijn weg. Het gesprek is klaar om te lezen.")).to_be_visible()
    shoot(page, "story-4-approved")


def bob_reads_at_his_desk_and_makes_a_word_file(page: Page) -> None:
    """With the keyboard alone: a passage, a theme, a memo; then three suggestions; then the Word file."""
    enter(page, "bob")
    page.get_by_role("navigation", name="Hoofdmenu").get_by_role("link", name="Lezen").click()
    page.get_by_role("link", name=re.compile("(Lezen|Openen): Loes")).click()
    text = live(page)
    for gone in GONE:
        expect(text).not_to_contain_text(gone)
    expect(page.get_by_role("tab", name="Voorstellen")).to_have_count(0)
    he_codes_with_the_keyboard(page)
    he_writes_down_what_strikes_him(page)
    page.get_by_role("tab", name="Thema's").click()
    page.get_by_role("button", name="Ik heb het helemaal gelezen").click()
    page.get_by_role("tab", name="Voorstellen").click()
    live(page)
    expect(page.locator(".suggestion").first).to_be_visible()
    shoot(page, "story-6-suggestions")
    for _ in range(3):
        waiting = page.locator(".suggestion").count()
        with page.expect_response(changes):
            page.locator(".suggestion").first.get_by_role("button", name="Past wel").click()
        expect(page.locator(".suggestion")).to_have_count(waiting - 1)
    he_makes_a_word_file(page)


def live(page: Page) -> Locator:
    """Wait until the text hears keys and fingers; return it."""
    expect(page.locator("[data-desk].is-live")).to_be_visible()
    return page.locator("[data-desk-text]")


def changes(answer: Response) -> bool:
    """Tell whether the server answered to a change: before that, going on would take it along."""
    return answer.request.method == "POST" and answer.ok


def he_codes_with_the_keyboard(page: Page) -> None:
    """Tab to the text, walk to a sentence, Enter, type a theme, Enter. No mouse."""
    for _ in range(40):
        if page.evaluate("document.activeElement.matches('[data-desk-text]')"):
            break
        page.keyboard.press("Tab")
    else:
        pytest.fail("the text cannot be reached with Tab")
    for _ in range(9):
        page.keyboard.press("j")
    page.keyboard.press("s")
    page.keyboard.press("Enter")
    box = page.get_by_role("combobox", name="Welk thema past hier?")
    expect(box).to_be_focused()
    page.keyboard.type("ander verbeter")
    shoot(page, "story-5-theme-box", whole=False)
    page.keyboard.press("Enter")
    expect(page.locator(".label")).to_have_count(1)
    expect(page.get_by_text("Je koos 1 stuk.")).to_be_visible()


def he_writes_down_what_strikes_him(page: Page) -> None:
    """A memo on the passage that was just chosen."""
    page.get_by_role("tab", name="Wat mij opvalt").click()
    page.get_by_label("Wat valt je op?").fill("Eén gezicht: dat zeggen meer mensen.")
    page.get_by_label("Waar gaat het over?").select_option(index=1)
    with page.expect_navigation():
        page.get_by_role("button", name="Opschrijven").click()
    page.get_by_role("tab", name="Wat mij opvalt").click()
    expect(page.get_by_text("Eén gezicht: dat zeggen meer mensen.").first).to_be_visible()


def he_makes_a_word_file(page: Page) -> None:
    """The report opens, holds what was chosen, and no name."""
    page.get_by_role("navigation", name="Hoofdmenu").get_by_role("link", name="Verslagen").click()
    page.get_by_role("link", name="Verslag kiezen").click()
    with page.expect_download() as coming:
        page.get_by_role("button", name="Verslag maken").first.click()
    name = coming.value.suggested_filename
    assert name.endswith(".docx")
    written = docx.Document(io.BytesIO(Path(coming.value.path()).read_bytes()))
    words = "\n".join(paragraph.text for paragraph in written.paragraphs)
    for gone in GONE:
        assert gone not in words
    assert "één vast gezicht" in words
    assert any(paragraph.style is not None and paragraph.style.name == "Citaat" for paragraph in written.paragraphs)


def bob_reads_on_in_the_train(page: Page) -> None:
    """On his phone: what he chose is there; a long press on a sentence chooses another theme."""
    enter(page, "bob")
    page.get_by_role("navigation", name="Hoofdmenu").get_by_role("link", name="Lezen").click()
    page.get_by_role("link", name=re.compile("(Lezen|Openen): Loes")).click()
    text = live(page)
    expect(text).to_contain_text("Elke keer moest ik opnieuw mijn verhaal doen.")
    sentence = page.locator(".turn__text", has_text="Ik sliep slecht van de stress.")
    sentence.scroll_into_view_if_needed()
    box = sentence.bounding_box()
    assert box is not None
    press_long(page, box["x"] + 30, box["y"] + 12)
    dialog = page.get_by_role("dialog", name="Thema kiezen")
    expect(dialog).to_be_visible()
    shoot(page, "story-7-phone-sheet", whole=False)
    before = page.locator(".label").count()
    with page.expect_response(changes):
        dialog.get_by_role("option").first.click()
    expect(page.locator(".desk-status")).to_contain_text("staat bij regel")
    assert page.locator(".label").count() >= before
    shoot(page, "story-8-phone-coded", whole=False)
