"""How a report looks: every paragraph style as a value, from which both the styles part and the page counting are made.

Measures are Word's own: twentieths of a point (twips) for space, half points for type, 240ths for line spacing. The
look follows the project's own screens: one ink, one teal accent, a serif for people's own words.
"""

from __future__ import annotations

from dataclasses import dataclass

# Calibri is in every Word and has a metric twin (Carlito) in LibreOffice; Aptos is in the newest Word only.
SANS = "Calibri"
SERIF = "Georgia"
INK = "1C1B1A"
SOFT = "5B5751"
TEAL = "0B5D66"
BRICK = "9A3B26"
AMBER = "7A4B00"
LINE = "D8D2C5"
SHADE = "F1F6F5"
AMBER_SHADE = "FDF5E4"

PAGE_WIDTH, PAGE_HEIGHT = 11906, 16838
MARGIN_SIDE, MARGIN_TOP, MARGIN_BOTTOM = 1701, 1531, 1531
TEXT_WIDTH = PAGE_WIDTH - 2 * MARGIN_SIDE
TEXT_HEIGHT = PAGE_HEIGHT - MARGIN_TOP - MARGIN_BOTTOM
WIDE_MARGIN = 1304
WIDE_TEXT_WIDTH = PAGE_HEIGHT - 2 * WIDE_MARGIN
WIDE_TEXT_HEIGHT = PAGE_WIDTH - MARGIN_TOP - MARGIN_BOTTOM


@dataclass(frozen=True, slots=True)
class Border:
    """A line beside a paragraph: on which side, how thick (eighths of a point), how far (points), which colour."""

    side: str
    thickness: int
    distance: int
    colour: str


@dataclass(frozen=True, slots=True)
class Look:
    """One paragraph style. `name` is what Word shows (built-in names are English there); `key` is its id."""

    key: str
    name: str
    based_on: str = "Normal"
    following: str = ""
    font: str = SANS
    size: int = 24
    bold: bool = False
    italic: bool = False
    colour: str = INK
    before: int = 0
    after: int = 140
    line: int = 312
    left: int = 0
    right: int = 0
    hanging: int = 0
    keep_next: bool = False
    keep_lines: bool = False
    outline: int | None = None
    borders: tuple[Border, ...] = ()
    shade: str = ""
    number: int = 0
    tabs: tuple[tuple[str, int, str], ...] = ()
    contextual: bool = False
    spacing: int = 0


_QUOTE_RULE = (Border("left", 18, 12, TEAL),)
_FRAME = tuple(Border(side, 6, 10, LINE) for side in ("top", "left", "bottom", "right"))
_WARN = (
    Border("top", 4, 5, AMBER_SHADE),
    Border("left", 24, 10, "C98A1B"),
    Border("bottom", 4, 5, AMBER_SHADE),
    Border("right", 4, 10, AMBER_SHADE),
)
_TOC_TAB = (("right", TEXT_WIDTH, "dot"),)

LOOKS: tuple[Look, ...] = (
    Look("Normal", "Normal", based_on=""),
    Look("BodyText", "Body Text"),
    Look("Inleiding", "Inleiding", following="BodyText", size=28, colour=SOFT, after=200, line=300),
    Look("Klein", "Klein", size=20, colour=SOFT, after=120, line=276),
    Look("Title", "Title", following="Subtitle", size=60, bold=True, after=100, line=240, keep_next=True, spacing=-6),
    Look("Subtitle", "Subtitle", size=30, colour=SOFT, after=280, line=264, keep_next=True),
    Look(
        "Streep",
        "Streep",
        size=4,
        after=260,
        line=240,
        right=TEXT_WIDTH - 1300,
        keep_next=True,
        borders=(Border("bottom", 36, 1, TEAL),),
    ),
    Look("Onderzoeksvraag", "Onderzoeksvraag", font=SERIF, size=28, italic=True, after=320, line=324, right=900),
    Look("OmslagRegel", "Omslagregel", size=22, colour=SOFT, after=30, line=288),
    Look(
        "Heading1",
        "heading 1",
        following="BodyText",
        size=40,
        bold=True,
        colour=TEAL,
        before=500,
        after=140,
        line=252,
        keep_next=True,
        keep_lines=True,
        outline=0,
    ),
    Look(
        "Heading2",
        "heading 2",
        following="BodyText",
        size=29,
        bold=True,
        before=420,
        after=90,
        line=252,
        keep_next=True,
        keep_lines=True,
        outline=1,
    ),
    Look(
        "Heading3",
        "heading 3",
        following="BodyText",
        size=24,
        bold=True,
        colour=SOFT,
        before=280,
        after=60,
        line=264,
        keep_next=True,
        keep_lines=True,
        outline=2,
    ),
    Look("ListBullet", "List Bullet", after=70, left=397, hanging=397, number=1),
    Look("ListNumber", "List Number", after=70, left=454, hanging=454, number=2),
    Look("Gegevens", "Gegevens", size=22, after=70, line=288, left=2500, hanging=2500, tabs=(("left", 2500, "none"),)),
    Look(
        "Citaat",
        "Citaat",
        following="Citaatbron",
        font=SERIF,
        size=23,
        before=140,
        after=0,
        line=324,
        left=454,
        right=340,
        keep_next=True,
        keep_lines=True,
        borders=_QUOTE_RULE,
    ),
    Look(
        "CitaatGroot",
        "Citaat groot",
        based_on="Citaat",
        following="Citaatbron",
        font=SERIF,
        size=34,
        colour=TEAL,
        before=280,
        after=0,
        line=312,
        left=454,
        right=340,
        keep_next=True,
        keep_lines=True,
        borders=_QUOTE_RULE,
    ),
    Look(
        "Citaatbron",
        "Citaatbron",
        following="BodyText",
        size=19,
        colour=SOFT,
        after=240,
        line=276,
        left=454,
        right=340,
        keep_lines=True,
        borders=_QUOTE_RULE,
    ),
    Look(
        "CitaatSmal",
        "Citaat smal",
        based_on="Citaat",
        following="CitaatbronSmal",
        font=SERIF,
        size=20,
        before=40,
        after=0,
        line=300,
        left=240,
        keep_next=True,
        keep_lines=True,
        borders=(Border("left", 12, 7, TEAL),),
    ),
    Look(
        "CitaatbronSmal",
        "Citaatbron smal",
        based_on="Citaatbron",
        size=17,
        colour=SOFT,
        after=140,
        line=264,
        left=240,
        keep_lines=True,
        borders=(Border("left", 12, 7, TEAL),),
    ),
    Look(
        "KaderTitel",
        "Kader titel",
        based_on="Kader",
        following="Kader",
        size=25,
        bold=True,
        colour=TEAL,
        before=200,
        after=60,
        line=276,
        left=220,
        right=220,
        keep_next=True,
        keep_lines=True,
        borders=_FRAME,
        shade=SHADE,
    ),
    Look(
        "Kader", "Kader", size=23, after=60, line=300, left=220, right=220, keep_lines=True, borders=_FRAME, shade=SHADE
    ),
    Look(
        "LetOpTitel",
        "Let op titel",
        based_on="LetOp",
        following="LetOp",
        size=23,
        bold=True,
        colour=AMBER,
        before=200,
        after=0,
        line=276,
        left=220,
        right=220,
        keep_next=True,
        keep_lines=True,
        borders=_WARN,
        shade=AMBER_SHADE,
    ),
    Look(
        "LetOp",
        "Let op",
        size=22,
        after=0,
        line=290,
        left=220,
        right=220,
        keep_lines=True,
        borders=_WARN,
        shade=AMBER_SHADE,
    ),
    Look(
        "Bijschrift",
        "caption",
        following="BodyText",
        size=21,
        bold=True,
        before=200,
        after=80,
        line=264,
        keep_next=True,
    ),
    Look("Figuur", "Figuur", after=60, line=240),
    Look("TabelKop", "Tabelkop", size=18, bold=True, colour=SOFT, before=50, after=50, line=252),
    Look("TabelTekst", "Tabeltekst", size=21, before=50, after=50, line=259),
    Look("NaTabel", "Na tabel", size=16, after=60, line=240),
    Look("Transcript", "Transcriptregel", font=SERIF, size=21, after=110, line=307),
    Look(
        "Schrijflijn",
        "Schrijflijn",
        size=24,
        before=0,
        after=0,
        line=480,
        borders=(Border("bottom", 4, 1, "A8A092"), Border("between", 4, 1, "A8A092")),
    ),
    Look(
        "TOCHeading",
        "TOC Heading",
        following="BodyText",
        size=40,
        bold=True,
        colour=TEAL,
        after=200,
        line=252,
        keep_next=True,
    ),
    Look("TOC1", "toc 1", size=23, bold=True, before=130, after=20, line=264, tabs=_TOC_TAB),
    Look("TOC2", "toc 2", size=21, before=0, after=10, line=264, left=340, tabs=_TOC_TAB),
    Look("Footer", "footer", size=18, colour=SOFT, after=0, line=240, tabs=(("right", TEXT_WIDTH, "none"),)),
)
BY_KEY = {look.key: look for look in LOOKS}
