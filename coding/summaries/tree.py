"""The Summary tree: what a document says, and the house rules it keeps.

Pure, frozen. A tree checks itself when it is made, so that no writer ever has to ask whether a heading skips a level,
a chapter is empty, a chart has no text for people who do not see it or a placeholder was left behind. Source of the
rules: the house conventions for reports (real headings without gaps, a header row, a table beside each chart).
"""

from __future__ import annotations

import datetime as dt
import enum
import re
from collections.abc import Iterator
from dataclasses import dataclass

from coding.summaries.blocks import (
    Block,
    Bullets,
    Chart,
    Facts,
    Heading,
    Numbered,
    PageBreak,
    Quote,
    SideBySide,
    Table,
    Transcript,
    WritingLines,
    flat,
    own_prose,
    plain,
    texts,
)

_PLACEHOLDER = re.compile(r"\{\w*\}|\bTODO\b|\b[Ll]orem ipsum\b")


class Kind(enum.StrEnum):
    """The kinds of document; the value is the first word of the file name (see `coding.formats.word.file_name`)."""

    TEAM = "team"
    CODEBOOK = "codeboek"
    TRANSCRIPT = "gesprek"
    OVERVIEW = "overzicht"
    ANALYSIS = "analyse"
    BREACH = "datalek"
    CONSENT = "keuzes"
    LETTER = "brief"
    RECOVERY = "herstelblad"


@dataclass(frozen=True, slots=True)
class Cover:
    """The first thing a reader sees.

    A `full_page` cover is followed by the contents; otherwise the same words stand as a masthead above the text.
    `question` is the research question; `lines` are short lines of particulars (municipality, date, for whom).
    """

    lines: tuple[str, ...] = ()
    question: str = ""
    full_page: bool = False


@dataclass(frozen=True, slots=True)
class Summary:
    """A whole document. Raises ValueError when it breaks a house rule (see `faults`).

    `project` is the author named in the file's properties: never a person. `language` is "nl" or "en". `created` is
    aware. `name_parts` are the words of the file name after the kind: codes and municipality, never a person's name.
    `contents` says whether a table of contents is made.
    """

    kind: Kind
    title: str
    subtitle: str
    project: str
    language: str
    created: dt.datetime
    cover: Cover
    blocks: tuple[Block, ...]
    name_parts: tuple[str, ...] = ()
    contents: bool = False

    def __post_init__(self) -> None:
        found = next(faults(self), None)
        if found is not None:
            raise ValueError(found)


def faults(summary: Summary) -> Iterator[str]:
    """Yield, in English for the developer, each house rule that `summary` breaks."""
    if summary.created.tzinfo is None:
        yield "created has no time zone"
    if summary.language not in ("nl", "en"):
        yield f"unknown language {summary.language!r}"
    if not summary.title.strip() or not summary.project.strip():
        yield "a title or project without words"
    if not summary.blocks:
        yield "a document that says nothing"
    blocks = tuple(flat(summary.blocks))
    yield from _heading_faults(blocks)
    for block in blocks:
        yield from _block_faults(block)
        for text in own_prose(block):
            if _PLACEHOLDER.search(text):
                yield f"a placeholder was left in {text[:60]!r}"


def _heading_faults(blocks: tuple[Block, ...]) -> Iterator[str]:
    level = 0
    open_heading: Heading | None = None
    for block in blocks:
        if isinstance(block, Heading):
            if not 1 <= block.level <= 3 or block.level > level + 1:
                yield f"heading {block.text!r} jumps from level {level} to {block.level}"
            if open_heading is not None and block.level <= open_heading.level:
                yield f"chapter {open_heading.text!r} is empty"
            level, open_heading = block.level, block
        elif not isinstance(block, PageBreak):
            open_heading = None
    if open_heading is not None:
        yield f"chapter {open_heading.text!r} is empty"


def _block_faults(block: Block) -> Iterator[str]:
    match block:
        case Table():
            yield from _table_faults(block)
        case Chart():
            yield from _chart_faults(block)
        case Transcript() if not block.lines:
            yield "a transcript without lines"
        case WritingLines() if block.count < 1:
            yield "writing lines without a line"
        case SideBySide() if not block.rows or not all(left and right for left, right in block.rows):
            yield "a column without words"
        case Facts() if not block.rows or not all(label.strip() for label, _ in block.rows):
            yield "particulars without a label"
        case PageBreak() | Transcript() | SideBySide() | Facts():
            return
        case _:
            yield from _wordless(block)


def _chart_faults(chart: Chart) -> Iterator[str]:
    if not chart.alt_text.strip():
        yield f"chart {chart.title!r} has no alternative text"
    if not chart.bars or any(bar.value < 0 for bar in chart.bars):
        yield f"chart {chart.title!r} has no bars or a negative one"
    yield from _table_faults(chart.table)


def _wordless(block: Block) -> Iterator[str]:
    if not any(text.strip() for text in texts(block)):
        yield f"an empty {type(block).__name__.lower()}"
    if isinstance(block, Bullets | Numbered) and not all(plain(item).strip() for item in block.items):
        yield "an empty item in a list"
    if isinstance(block, Quote) and not (block.text.strip() and block.source_line.strip()):
        yield "a quote without words or without a source"


def _table_faults(table: Table) -> Iterator[str]:
    width = len(table.header)
    if not width or not table.rows:
        yield f"table {table.caption!r} has no columns or no rows"
    if not all(title.strip() for title in table.header):
        yield f"table {table.caption!r} has a column without a title"
    if any(len(row) != width for row in table.rows) or (table.widths and len(table.widths) != width):
        yield f"table {table.caption!r} has rows of different length"
    if any(relative <= 0 for relative in table.widths) or any(not 0 <= n < width for n in table.numeric):
        yield f"table {table.caption!r} has an impossible column"
