"""Tables with horizontal rules only, a header row that repeats, and no merged cells."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from lxml import etree

from coding.formats.word import text
from coding.formats.word.names import add, q
from coding.formats.word.styles import TABLE_STYLE
from coding.summaries.blocks import Paragraph, Quote, SideBySide, Table, plain
from interviews.text import clean

_KEEP_NEXT = q("keepNext")
SMALL = 8


def columns(relative: Sequence[int], count: int, width: int) -> list[int]:
    """Return the column widths in twips; together they are exactly `width`."""
    shares = list(relative) or [1] * count
    total = sum(shares)
    edges = [width * sum(shares[:index]) // total for index in range(count + 1)]
    return [right - left for left, right in itertools.pairwise(edges)]


def table(parent: etree._Element, block: Table, width: int) -> None:
    """Append a table; its caption stands above it and is also its text for a screen reader."""
    if block.caption:
        text.line(parent, "Bijschrift", block.caption)
    widths = columns(block.widths, len(block.header), width)
    made = _frame(parent, widths, block.caption)
    row = _row(made, header=True)
    for index, title in enumerate(block.header):
        cell = _cell(row, widths[index])
        _align(text.line(cell, "TabelKop", title), index in block.numeric, keep=True)
    last = len(block.rows) - 1
    for number, values in enumerate(block.rows):
        row = _row(made)
        for index, value in enumerate(values):
            written = text.line(_cell(row, widths[index]), "TabelTekst", value)
            # A small table stays on one page.
            _align(written, index in block.numeric, keep=last < SMALL and number < last)
    text.paragraph(parent, "NaTabel")


def side_by_side(parent: etree._Element, block: SideBySide, width: int) -> None:
    """Append two columns as a table of two cells a row; a pair stays on one page."""
    widths = columns((), 2, width)
    made = _frame(parent, widths, " | ".join(block.header))
    row = _row(made, header=True)
    for title, size in zip(block.header, widths, strict=True):
        text.line(_cell(row, size), "TabelKop", title)
    for pair in block.rows:
        row = _row(made)
        for content, size in zip(pair, widths, strict=True):
            _content(_cell(row, size), content)
    text.paragraph(parent, "NaTabel")


def _content(cell: etree._Element, content: Sequence[Paragraph | Quote]) -> None:
    for block in content:
        if isinstance(block, Quote):
            text.line(cell, "CitaatSmal", block.text)
            source = text.line(cell, "CitaatbronSmal", block.source_line)
            if block.note:
                text.line_break(source)
                text.words(source, block.note)
        elif plain(block.runs):
            text.running(cell, "Klein" if block.small else "TabelTekst", block.runs)


def _frame(parent: etree._Element, widths: Sequence[int], caption: str) -> etree._Element:
    made = add(parent, "tbl")
    properties = add(made, "tblPr")
    add(properties, "tblStyle", val=TABLE_STYLE)
    add(properties, "tblW", w=str(sum(widths)), type="dxa")
    add(properties, "tblLayout", type="fixed")
    add(
        properties, "tblLook", val="0020", firstRow="1", lastRow="0", firstColumn="0", lastColumn="0", noHBand="1",
        noVBand="1",
    )  # fmt: skip
    if caption:
        add(properties, "tblCaption", val=clean(caption).replace("\n", " "))
    grid = add(made, "tblGrid")
    for width in widths:
        add(grid, "gridCol", w=str(width))
    return made


def _row(made: etree._Element, *, header: bool = False) -> etree._Element:
    row = add(made, "tr")
    properties = add(row, "trPr")
    add(properties, "cantSplit")
    if header:
        add(properties, "tblHeader")
    return row


def _cell(row: etree._Element, width: int) -> etree._Element:
    cell = add(row, "tc")
    add(add(cell, "tcPr"), "tcW", w=str(width), type="dxa")
    return cell


def _align(written: etree._Element, numeric: bool, *, keep: bool) -> None:
    if keep:
        text.properties(written).insert(1, written.makeelement(_KEEP_NEXT, {}))
    if numeric:
        add(text.properties(written), "jc", val="right")
