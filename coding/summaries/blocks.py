"""The blocks a report is made of: what is said, free of how it looks.

Pure, frozen. The rules a whole document keeps are in `coding.summaries.tree`.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias


class Hue(enum.StrEnum):
    """The two hues of charts, and a neutral one. A hue never carries meaning alone: each bar has its label."""

    HELPFUL = "helpful"
    HINDERING = "hindering"
    NEUTRAL = "neutral"


@dataclass(frozen=True, slots=True)
class Run:
    """Words in one typeface.

    `given` says that a person typed these words (a memo, a definition): they may hold anything, so they are not
    searched for leftover placeholders.
    """

    text: str
    bold: bool = False
    italic: bool = False
    given: bool = False


Runs: TypeAlias = tuple[Run, ...]


def runs(*parts: str | Run) -> Runs:
    """Return `parts` as runs; a plain string becomes a plain run of our own prose."""
    return tuple(part if isinstance(part, Run) else Run(part) for part in parts)


def given(text: str) -> Run:
    """Return words that a person typed, as they are."""
    return Run(text, given=True)


@dataclass(frozen=True, slots=True)
class Heading:
    """The start of a chapter (1), section (2) or part (3). `given` as in `Run`."""

    level: int
    text: str
    given: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text. A `lead` paragraph opens a chapter and is a little larger; a `small` one is a remark."""

    runs: Runs
    lead: bool = False
    small: bool = False


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list without order; each item is one paragraph."""

    items: tuple[Runs, ...]


@dataclass(frozen=True, slots=True)
class Numbered:
    """A list with an order, counted from 1."""

    items: tuple[Runs, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """Short labels with their value, one per line (a list of particulars, not a table)."""

    rows: tuple[tuple[str, Runs], ...]


@dataclass(frozen=True, slots=True)
class Quote:
    """Somebody's own words and where they come from. `text` holds its own quotation marks (`summaries.quotes`).

    `note` is a remark of the one who chose the words, shown under the source; `featured` makes the quote large.
    """

    text: str
    source_line: str
    featured: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Box:
    """A boxed remark (Kader)."""

    title: str
    paragraphs: tuple[Runs, ...]


@dataclass(frozen=True, slots=True)
class Caution:
    """A warning the reader must not miss (Let op). The first words are the title, never colour alone."""

    title: str
    paragraphs: tuple[Runs, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a header row that repeats on each page; no merged cells.

    `widths` are relative column widths; `numeric` holds the column numbers (from 0) whose cells are aligned right.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str = ""
    widths: tuple[int, ...] = ()
    numeric: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a chart: its label, how long it is (a count) and its hue."""

    label: str
    value: int
    hue: Hue = Hue.NEUTRAL


@dataclass(frozen=True, slots=True)
class Chart:
    """A bar chart. It cannot exist without its table and its text for people who do not see it."""

    title: str
    bars: tuple[Bar, ...]
    alt_text: str
    table: Table


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Two columns that belong together (what helps, what hinders), each row one pair of cells.

    A cell holds paragraphs and quotes only, so that it reads the same aloud as on paper.
    """

    header: tuple[str, str]
    rows: tuple[tuple[tuple[Paragraph | Quote, ...], tuple[Paragraph | Quote, ...]], ...]


@dataclass(frozen=True, slots=True)
class TranscriptLine:
    """One numbered line of a transcript. `time` is written as it should be read, or empty."""

    number: int
    speaker: str
    text: str
    time: str = ""
    interviewer: bool = False


@dataclass(frozen=True, slots=True)
class Transcript:
    """The lines of an interview, numbered as the source lines of quotes count them."""

    lines: tuple[TranscriptLine, ...]


@dataclass(frozen=True, slots=True)
class WritingLines:
    """Empty ruled lines to write on by hand, with the question they answer."""

    prompt: str
    count: int


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows starts on a new page."""


@dataclass(frozen=True, slots=True)
class Landscape:
    """Pages turned on their side, for wide tables."""

    blocks: tuple[Block, ...]


Block: TypeAlias = (
    Heading
    | Paragraph
    | Bullets
    | Numbered
    | Facts
    | Quote
    | Box
    | Caution
    | Table
    | Chart
    | SideBySide
    | Transcript
    | WritingLines
    | PageBreak
    | Landscape
)


def flat(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield the blocks in reading order, those of a landscape section in their place."""
    for block in blocks:
        if isinstance(block, Landscape):
            yield from flat(block.blocks)
        else:
            yield block


def words(blocks: Iterable[Block]) -> Iterator[str]:
    """Yield every text the blocks show, in reading order."""
    for block in flat(blocks):
        yield from texts(block)


def plain(items: Runs) -> str:
    """Return the words of `items` without their typeface."""
    return "".join(run.text for run in items)


def texts(block: Block) -> Iterator[str]:
    """Yield every text one block shows, in reading order."""
    match block:
        case Table():
            yield from filter(None, (block.caption, *block.header))
            for row in block.rows:
                yield from row
        case Chart():
            yield block.title
            yield from texts(block.table)
        case SideBySide():
            yield from block.header
            for pair in block.rows:
                for cell in pair:
                    yield from words(cell)
        case Transcript():
            for line in block.lines:
                yield from (line.speaker, line.text)
        case _:
            yield from _short_texts(block)


def _short_texts(block: Block) -> Iterator[str]:
    match block:
        case Heading():
            yield block.text
        case Paragraph():
            yield plain(block.runs)
        case Bullets() | Numbered():
            yield from map(plain, block.items)
        case Facts():
            for label, value in block.rows:
                yield from (label, plain(value))
        case Quote():
            yield from filter(None, (block.text, block.source_line, block.note))
        case Box() | Caution():
            yield block.title
            yield from map(plain, block.paragraphs)
        case WritingLines():
            yield block.prompt
        case _:
            return


def own_prose(block: Block) -> Iterator[str]:
    """Yield the texts of a block that we wrote ourselves: people's own words may hold anything."""
    match block:
        case Heading():
            if not block.given:
                yield block.text
        case Paragraph():
            yield from _ours(block.runs)
        case Bullets() | Numbered():
            for item in block.items:
                yield from _ours(item)
        case Facts():
            for label, value in block.rows:
                yield label
                yield from _ours(value)
        case Box() | Caution():
            yield block.title
            for paragraph in block.paragraphs:
                yield from _ours(paragraph)
        case Table():
            yield from (block.caption, *block.header)
        case Chart():
            yield from (block.title, block.alt_text, *own_prose(block.table))
        case WritingLines():
            yield block.prompt
        case SideBySide():
            yield from block.header
        case _:
            return


def _ours(items: Runs) -> Iterator[str]:
    return (run.text for run in items if not run.given)
