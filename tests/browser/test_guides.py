"""The guides say what the pages do, in plain Dutch, with pictures of the pages as they are."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, ViewportSize, expect

from interviews.plainlanguage import Kind, check
from tests.browser.conftest import (
    HEAVIEST,
    PHONE,
    PICTURE_DESK,
    PICTURES,
    picture,
    press_long,
    sign_in,
    watched,
)
from tests.browser.house import House
from tests.browser.visits import Sights
from tests.browser.watching import settle
from webapp.example import PASSPHRASE
from webapp.i18n import extracted

GUIDES = sorted(PICTURES.parent.glob("*.md"))
MOST_WORDS, MEAN_WORDS = 20, 12

Steps = Callable[[Page, Sights], object]


def sign_in_form(page: Page, see: Sights) -> None:
    """Show the form; only the example has doors to choose from above it."""
    page.goto("/inloggen")
    page.locator("form[action='/inloggen']").evaluate("(one) => scrollTo(0, one.getBoundingClientRect().top - 60)")


def found_name(page: Page, address: str) -> None:
    """Bring the first thing that was found to the top."""
    page.goto(address)
    to_top(page, "main article")


def to_top(page: Page, what: str) -> None:
    """Bring the first of `what` to the top of the screen."""
    page.locator(what).first.evaluate("(one) => scrollTo(0, one.getBoundingClientRect().top - 12)")


def choice(page: Page, see: Sights) -> None:
    """Begin to ask consent; the first sentence is on the screen and nothing was answered."""
    page.goto(f"/gesprekken/{see.invited}/toestemming")
    page.get_by_role("button", name="Beginnen").tap()
    expect(page.get_by_role("button", name="Ja, dat mag")).to_be_visible()


SOFT_HUM = """
navigator.mediaDevices.getUserMedia = async () => {
  const air = new AudioContext();
  const hum = new OscillatorNode(air, { frequency: 220 });
  const out = air.createMediaStreamDestination();
  hum.connect(new GainNode(air, { gain: 0.4 })).connect(out);
  hum.start();
  return out.stream;
};
"""


def recording(page: Page, see: Sights) -> None:
    """Hold a talk with the recorder on. The sound goes nowhere: it would stay in the example."""

    def kept(route: Route) -> None:
        route.fulfill(json={"state": "receiving"}) if route.request.method != "GET" else route.fallback()

    page.add_init_script(SOFT_HUM)
    page.route("**/opnames", kept)
    page.route("**/opnames/**", kept)
    page.goto(f"/gesprekken/{see.agreed}/gesprek")
    page.locator("summary", has_text="Alle vragen").tap()
    page.locator(".talk__item", has_text="Hoe ging").first.tap()
    page.get_by_role("button", name="Opnemen", exact=True).tap()
    expect(page.get_by_text("Opname loopt", exact=True)).to_be_visible()
    expect(page.locator("[data-part=time]")).to_have_text(re.compile("^0:0[2-9]$"))
    page.evaluate("scrollTo(0, 0)")


def typing(page: Page, see: Sights) -> None:
    """Open a text that is half typed out, with its recording below."""
    page.goto(f"/gesprekken/{see.worried}/uittypen")
    expect(page.locator(".typed").first).to_be_visible()
    expect(page.get_by_role("button", name="Luister", exact=True)).to_be_visible()


def hints(page: Page, see: Sights) -> None:
    """Ask how a question reads that is too hard; nothing is stored."""
    page.goto(f"/vragen/{see.questions[0]}/aanpassen")
    page.get_by_label("Dezelfde vraag, met u").fill("Wat vindt uw consulent met betrekking tot werk belangrijk?")
    page.get_by_role("button", name="Zinnen nakijken").click()
    expect(page.locator(".guide__hints li").first).to_be_visible()
    page.evaluate("scrollTo(0, 0)")


def wish(page: Page, see: Sights) -> None:
    """Look at what an interviewee wants otherwise."""
    page.goto(f"/gesprekken/{see.wished}/nakijken")
    to_top(page, "main section.card")


def guest(page: Page, see: Sights) -> None:
    """Open a link as an interviewee does, by its spoken code."""
    page.goto(f"/mee/{see.guest}")
    page.get_by_label("De 6 cijfers").fill(see.guest_code)
    page.get_by_role("button", name="Verder").tap()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ons gesprek")
    # The page says which name somebody chose; that is for nobody else's eyes.
    to_top(page, "[data-passage]")


def theme_sheet(page: Page, see: Sights) -> None:
    """Rest a finger on a sentence."""
    page.goto(f"/lezen/{see.text}")
    # The themes that are there come a moment after the text, and listening to fingers begins with them.
    expect(page.locator("[data-desk].is-live")).to_be_visible()
    sentence = page.locator(".turn:not(.turn--interviewer) .turn__text").nth(2)
    sentence.evaluate("(one) => scrollTo(0, one.getBoundingClientRect().top - 150)")
    settle(page)
    box = sentence.bounding_box()
    assert box is not None
    press_long(page, box["x"] + 60, box["y"] + 12)
    expect(page.get_by_role("dialog", name="Thema kiezen")).to_be_visible()


def suggestions(page: Page, see: Sights) -> None:
    """Open what the computer proposes."""
    page.goto(f"/lezen/{see.text}")
    expect(page.locator("[data-desk].is-live")).to_be_visible()
    tab = page.get_by_role("tab", name="Voorstellen")
    if tab.count():
        tab.click()
    page.locator("#voorstellen .suggestion").first.scroll_into_view_if_needed()
    page.locator("#voorstellen").evaluate(
        "(one) => innerWidth < 600 && scrollBy(0, one.getBoundingClientRect().top - 12)"
    )


def card(page: Page, see: Sights) -> None:
    """Invite somebody and see the card."""
    page.goto(f"/p/{see.project}/mensen/uitnodigen")
    page.get_by_label("Hoe noemen we deze persoon?").fill("Noor")
    page.get_by_label("Interviewer").check()
    page.get_by_role("button", name="Uitnodiging maken").click()
    expect(page.get_by_text("Typ deze code:")).to_be_visible()
    # The address of this test's server is not what people see on their card.
    page.evaluate(
        "(own) => { for (const one of document.querySelectorAll('main *')) for (const text of one.childNodes)"
        " if (text.nodeType === 3) text.data = text.data.replace(/http:..127.0.0.1:[0-9]+/, own) }",
        "https://dichterbij.example.nl",
    )
    page.locator("h1").evaluate("(one) => scrollTo(0, one.getBoundingClientRect().top - 24)")


def at(address: Callable[[Sights], str], top: str | None = None) -> Steps:
    """Return the steps to an address, with the first of `top` at the top of the screen."""

    def go(page: Page, see: Sights) -> None:
        page.goto(address(see))
        if top is not None:
            to_top(page, top)

    return go


SHOWN: dict[str, tuple[str | None, ViewportSize, Steps]] = {
    "inloggen": (None, PHONE, sign_in_form),
    "geinterviewde-nakijken": (None, PHONE, guest),
    "interviewer-mijn-gesprekken": ("interviewer", PHONE, at(lambda see: f"/p/{see.project}/gesprekken")),
    "interviewer-toestemming": ("interviewer", PHONE, choice),
    "interviewer-gesprek": ("interviewer", PHONE, recording),
    "interviewer-na-het-gesprek": ("interviewer", PHONE, at(lambda see: f"/gesprekken/{see.recorded}/daarna")),
    "interviewer-uittypen": ("interviewer", PHONE, typing),
    "interviewer-namen-weghalen": (
        "interviewer",
        PHONE,
        lambda page, see: found_name(page, f"/gesprekken/{see.typed}/namen"),
    ),
    "interviewer-nakijken": ("interviewer", PHONE, wish),
    "ervaringsdeskundige-lezen": ("ervaring", PHONE, at(lambda see: f"/p/{see.project}/lezen")),
    "ervaringsdeskundige-thema": ("ervaring", PHONE, theme_sheet),
    "ervaringsdeskundige-voorstellen": ("ervaring", PHONE, suggestions),
    "onderzoeker-vragenlijst": (
        "onderzoeker",
        PICTURE_DESK,
        hints,
    ),
    "onderzoeker-namen-nakijken": (
        "onderzoeker",
        PICTURE_DESK,
        lambda page, see: found_name(page, f"/gesprekken/{see.handed_in}/namen"),
    ),
    "onderzoeker-lezen": ("onderzoeker", PICTURE_DESK, at(lambda see: f"/lezen/{see.text}")),
    "onderzoeker-voorstellen": ("onderzoeker", PICTURE_DESK, suggestions),
    "onderzoeker-verslagen": ("onderzoeker", PICTURE_DESK, at(lambda see: f"/p/{see.project}/verslagen")),
    "projectleider-gesprekken": ("leider", PICTURE_DESK, at(lambda see: f"/p/{see.project}/gesprekken")),
    "projectleider-zorgen": ("leider", PICTURE_DESK, at(lambda see: f"/p/{see.project}/zorgen")),
    "projectleider-kaartje": ("leider", PICTURE_DESK, card),
    "sleutelhouder-contacten": ("sleutel", PICTURE_DESK, at(lambda see: f"/p/{see.project}/contacten")),
    "gemeente-begin": ("gemeente", PHONE, at(lambda see: f"/p/{see.project}")),
}
"""Per picture who looks, on what size of screen, and how one gets there."""


Browsers = Callable[[str | None, ViewportSize], BrowserContext]


@pytest.fixture(scope="module")
def signed_in(chromium: Browser, example_house: House) -> Iterator[Browsers]:
    """Return a way to a browser in which somebody is signed in; who comes again finds it open."""
    opened: dict[tuple[str | None, bool], BrowserContext] = {}
    with ExitStack() as held:

        def browser_of(who: str | None, size: ViewportSize) -> BrowserContext:
            touch = size is PHONE
            if (who, touch) not in opened:
                watching = watched(chromium, example_house, size, has_touch=touch, is_mobile=touch)
                opened[who, touch] = held.enter_context(watching)
                if who is not None:
                    sign_in(opened[who, touch].new_page(), who, PASSPHRASE)
            return opened[who, touch]

        yield browser_of


@pytest.mark.parametrize("name", SHOWN)
def test_what_a_picture_shows_is_there(name: str, signed_in: Browsers, seen: Sights) -> None:
    who, size, steps = SHOWN[name]
    page = signed_in(who, size).new_page()
    steps(page, seen)
    expect(page.locator("h1")).to_be_visible()
    picture(page, name)
    page.close()


def pictures_in(guide: Path) -> list[str]:
    """Return the pictures that a guide shows."""
    return re.findall(r"!\[[^\]]+\]\((beelden/[^)]+)\)", guide.read_text(encoding="utf-8"))


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.stem)
def test_a_guide_shows_pictures_that_are_there(guide: Path) -> None:
    assert pictures_in(guide), "a guide without a picture"
    for one in pictures_in(guide):
        assert (guide.parent / one).stat().st_size <= HEAVIEST, one


def test_no_picture_is_kept_that_no_guide_shows() -> None:
    shown = {Path(one).stem for guide in GUIDES for one in pictures_in(guide)}
    assert shown == set(SHOWN)
    assert {file.stem for file in PICTURES.iterdir()} == shown


def sentences(text: str) -> Iterator[str]:
    """Return the sentences of a guide: no headings, tables, pictures or marks."""
    text = re.sub(r"!\[[^\]]*\]\([^)]*\)", "", text)
    text = re.sub(r"^(#.*|\|.*)$", "", text, flags=re.MULTILINE)
    text = re.sub(r"^(\d+\.|-)\s+", ". ", text, flags=re.MULTILINE)
    text = re.sub(r"[*`]", "", text)
    for part in re.split(r"\n\s*\n", text):
        for sentence in re.split(r"(?<=[.?!:;])\s+", " ".join(part.split())):
            if re.search(r"\w", sentence):
                yield sentence


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.stem)
def test_a_guide_is_written_in_short_sentences(guide: Path) -> None:
    lengths = {one: len(re.findall(r"[\w'’-]+", one)) for one in sentences(guide.read_text(encoding="utf-8"))}
    assert [one for one, words in lengths.items() if words > MOST_WORDS] == []
    assert sum(lengths.values()) / len(lengths) <= MEAN_WORDS


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.stem)
def test_a_guide_uses_the_words_of_the_pages(guide: Path) -> None:
    hard = {Kind.AVOID, Kind.HARD_WORD, Kind.ENGLISH}
    # What stands on a button is judged with the pages.
    text = " ".join(sentences(re.sub(r"\*\*[^*]+\*\*", "Dit", guide.read_text(encoding="utf-8"))))
    assert [(one.words, one.better) for one in check(text) if one.kind in hard] == []


@pytest.fixture(scope="module")
def said() -> set[str]:
    """Everything that pages say, in Dutch."""
    return {text for message in extracted() for text in ([message.id] if isinstance(message.id, str) else message.id)}


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.stem)
def test_what_a_guide_says_to_press_is_said_on_a_page(guide: Path, said: set[str]) -> None:
    pressed = set(re.findall(r"\*\*([^*]+?)\.?\*\*", guide.read_text(encoding="utf-8")))
    assert sorted(words for words in pressed if words not in said and words.rstrip("?") not in said) == []
