"""The body of a report: each block of the tree becomes paragraphs, tables and charts, in the looks of the house."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from lxml import etree

from coding.formats.word import charts, looks, tables, text
from coding.formats.word.names import add, q
from coding.summaries import wording
from coding.summaries.blocks import (
    Block,
    Box,
    Bullets,
    Caution,
    Chart,
    Facts,
    Heading,
    Landscape,
    Numbered,
    PageBreak,
    Paragraph,
    Quote,
    SideBySide,
    Table,
    Transcript,
    WritingLines,
    plain,
)
from coding.summaries.tree import Summary

_FIRST_LIST = 3


class Body:
    """Writes blocks into a `w:body`.

    `add_chart` stores a chart and returns the relationship that leads to it; `footers` holds the relationships of the
    footer for upright and for landscape pages; `pages` holds the page number of each heading for the contents.
    """

    def __init__(
        self,
        body: etree._Element,
        summary: Summary,
        *,
        add_chart: Callable[[Chart], str],
        footers: Mapping[bool, str],
        pages: Mapping[int, int],
    ) -> None:
        self._body = body
        self._summary = summary
        self._add_chart = add_chart
        self._footers = footers
        self._pages = pages
        self._headings = 0
        self._drawings = 0
        self._wide = False
        self._first_section = True
        self._break_before_next = False
        self.ordered_lists = 0

    def write(self) -> None:
        """Write the cover, the contents when asked for, every block, and the page set-up."""
        self._cover()
        if self._summary.contents:
            self._contents()
        for block in self._summary.blocks:
            self._outer(block)
        self._body.append(self._section(self._wide))

    # -------------------------------------------------------------- cover and contents

    def _cover(self) -> None:
        cover, body, summary = self._summary.cover, self._body, self._summary
        opening = text.paragraph(body, "Streep")
        if cover.full_page:
            add(text.properties(opening), "spacing", before="3200", after="420", line="240", lineRule="auto")
        text.line(body, "Title", summary.title)
        if summary.subtitle:
            text.line(body, "Subtitle", summary.subtitle)
        if cover.question:
            text.line(body, "Onderzoeksvraag", cover.question)
        if not cover.full_page:
            if cover.lines:
                text.line(body, "OmslagRegel", " · ".join(cover.lines))
            return
        for index, words in enumerate(cover.lines):
            written = text.line(body, "OmslagRegel", words)
            if not index:
                add(text.properties(written), "spacing", before="900", after="30", line="288", lineRule="auto")
        self._break_before_next = True

    def _contents(self) -> None:
        """Write the table of contents as Word makes it, filled in, so that it reads well before any field is updated."""
        say = wording.say
        holder = add(self._body, "sdt")
        gallery = add(add(holder, "sdtPr"), "docPartObj")
        add(gallery, "docPartGallery", val="Table of Contents")
        add(gallery, "docPartUnique")
        content = add(holder, "sdtContent")
        self._start(text.line(content, "TOCHeading", say("contents", self._summary.language)))
        number = 0
        entry: etree._Element | None = None
        for block in _headings(self._summary.blocks):
            number += 1
            if block.level > 2:
                continue
            first = entry is None
            entry = text.paragraph(content, f"TOC{block.level}")
            if first:
                _open_field(entry, 'TOC \\o "1-2" \\h \\z \\u')
            link = add(entry, "hyperlink", anchor=_bookmark(number), history="1")
            text.words(link, block.text)
            text.tab(link)
            text.field(link, f"PAGEREF {_bookmark(number)} \\h", str(self._pages.get(number, 1)))
        if entry is not None:
            add(add(entry, "r"), "fldChar", fldCharType="end")
        self._break_before_next = True

    # -------------------------------------------------------------- blocks

    def _outer(self, block: Block) -> None:
        if isinstance(block, Landscape):
            self._turn(wide=True)
            for inner in block.blocks:
                self._outer(inner)
        elif isinstance(block, PageBreak):
            self._break_before_next = True
        else:
            if self._wide and isinstance(block, Heading) and block.level == 1 and not self._inside(block):
                self._turn(wide=False)
            self._block(block)

    def _inside(self, heading: Heading) -> bool:
        """Tell whether a heading belongs to a landscape section: everything else turns the page upright again."""
        return any(
            heading is inner for block in self._summary.blocks if isinstance(block, Landscape) for inner in block.blocks
        )

    def _turn(self, *, wide: bool) -> None:
        if wide is self._wide:
            return
        last = self._body[-1]
        if last.tag != q("p"):
            last = text.paragraph(self._body, "NaTabel")
        text.properties(last).append(self._section(self._wide))
        self._wide = wide
        self._break_before_next = False

    def _block(self, block: Block) -> None:
        if self._break_before_next and not isinstance(block, Heading | Paragraph):
            self._start(text.paragraph(self._body, "NaTabel"))
        if not self._break_before_next:
            self._write(block)
            return
        # Asked from the end: counting the children of a long body takes as long as writing them.
        last = next(self._body.iterchildren(reversed=True), None)
        self._write(block)
        first = self._body[0] if last is None else last.getnext()
        if first is not None:
            self._start(first)

    def _start(self, first: etree._Element) -> None:
        """Let a paragraph start on a new page when a page break was asked for."""
        if not self._break_before_next:
            return
        properties = text.properties(first)
        properties.insert(1, properties.makeelement(q("pageBreakBefore"), {}))
        self._break_before_next = False

    def _write(self, block: Block) -> None:
        width = looks.WIDE_TEXT_WIDTH if self._wide else looks.TEXT_WIDTH
        match block:
            case Heading():
                self._heading(block)
            case Numbered():
                self._numbered(block)
            case Table():
                tables.table(self._body, block, width)
            case SideBySide():
                tables.side_by_side(self._body, block, width)
            case Chart():
                self._chart(block, width)
            case WritingLines():
                self._writing_lines(block)
            case _:
                _plain_block(self._body, block)

    def _heading(self, block: Heading) -> None:
        self._headings += 1
        made = text.paragraph(self._body, f"Heading{block.level}")
        number = str(self._headings)
        add(made, "bookmarkStart", id=number, name=_bookmark(self._headings))
        text.words(made, block.text)
        add(made, "bookmarkEnd", id=number)

    def _numbered(self, block: Numbered) -> None:
        number = str(_FIRST_LIST + self.ordered_lists)
        self.ordered_lists += 1
        for item in block.items:
            made = text.running(self._body, "ListNumber", item)
            numbers = add(text.properties(made), "numPr")
            add(numbers, "ilvl", val="0")
            add(numbers, "numId", val=number)

    def _chart(self, block: Chart, width: int) -> None:
        text.line(self._body, "Bijschrift", block.title)
        self._drawings += 1
        holder = text.paragraph(self._body, "Figuur")
        charts.drawing(holder, block, self._add_chart(block), self._drawings, width)
        tables.table(self._body, block.table, width)

    def _writing_lines(self, block: WritingLines) -> None:
        text.line(self._body, "BodyText", block.prompt)
        for _ in range(block.count):
            text.paragraph(self._body, "Schrijflijn")
        text.paragraph(self._body, "NaTabel")

    # -------------------------------------------------------------- page set-up

    def _section(self, wide: bool) -> etree._Element:
        made = self._body.makeelement(q("sectPr"), {})
        add(made, "footerReference", type="default").set(q("r:id"), self._footers[wide])
        add(made, "type", val="nextPage")
        if wide:
            width, height, side = looks.PAGE_HEIGHT, looks.PAGE_WIDTH, looks.WIDE_MARGIN
            add(made, "pgSz", w=str(width), h=str(height), orient="landscape")
        else:
            width, height, side = looks.PAGE_WIDTH, looks.PAGE_HEIGHT, looks.MARGIN_SIDE
            add(made, "pgSz", w=str(width), h=str(height))
        add(
            made,
            "pgMar",
            top=str(looks.MARGIN_TOP),
            right=str(side),
            bottom=str(looks.MARGIN_BOTTOM),
            left=str(side),
            header="709",
            footer="680",
            gutter="0",
        )
        if self._first_section and self._summary.cover.full_page:
            add(made, "titlePg")
        self._first_section = False
        return made


def _headings(blocks: tuple[Block, ...]) -> list[Heading]:
    found: list[Heading] = []
    for block in blocks:
        if isinstance(block, Heading):
            found.append(block)
        elif isinstance(block, Landscape):
            found += _headings(block.blocks)
    return found


def _bookmark(number: int) -> str:
    return f"_Toc{number:08}"


def _open_field(at: etree._Element, instruction: str) -> None:
    add(add(at, "r"), "fldChar", fldCharType="begin")
    add(add(at, "r"), "instrText").text = f" {instruction} "
    add(add(at, "r"), "fldChar", fldCharType="separate")


def _plain_block(body: etree._Element, block: Block) -> None:
    """Write a block that needs nothing but paragraphs."""
    match block:
        case Paragraph():
            style = "Inleiding" if block.lead else "Klein" if block.small else "BodyText"
            text.running(body, style, block.runs)
        case Quote():
            _quote(body, block)
        case Bullets():
            for item in block.items:
                text.running(body, "ListBullet", item)
        case Facts():
            _facts(body, block)
        case Box():
            _framed(body, block, "Kader")
        case Caution():
            _framed(body, block, "LetOp")
        case Transcript():
            _transcript(body, block)
        case _:
            raise AssertionError(f"{type(block).__name__} is written elsewhere")


def _quote(body: etree._Element, block: Quote) -> None:
    quoted = text.line(body, "CitaatGroot" if block.featured else "Citaat", block.text)
    source = text.line(body, "Citaatbron", block.source_line)
    if block.note:
        text.line_break(source)
        text.words(source, block.note, italic=True)
    before = quoted.getprevious()
    if before is not None and _style(before) == "Citaatbron" and len(text.properties(before)) == 1:
        # Word joins the rules of neighbours with equal indents; a hair's difference keeps two quotes apart.
        for made in (quoted, source):
            add(text.properties(made), "ind", left=str(looks.BY_KEY["Citaat"].left + 1), right="340")


def _style(made: etree._Element) -> str | None:
    found = made.find(f"{q('pPr')}/{q('pStyle')}")
    return None if found is None else found.get(q("val"))


def _facts(body: etree._Element, block: Facts) -> None:
    for number, (label, value) in enumerate(block.rows, start=1):
        made = text.paragraph(body, "Gegevens")
        if number == len(block.rows):
            # Air under the list, so that the next paragraph does not look like one of its rows.
            add(text.properties(made), "spacing", before="0", after="200", line="288", lineRule="auto")
        text.words(made, label, bold=True)
        text.tab(made)
        text.words(made, plain(value))


def _framed(body: etree._Element, block: Box | Caution, style: str) -> None:
    text.line(body, f"{style}Titel", block.title)
    for runs in block.paragraphs:
        text.running(body, style, runs)
    text.paragraph(body, "NaTabel")


_NUMBER, _VOICE, _LETTER = 420, 600, 125


def _transcript(body: etree._Element, block: Transcript) -> None:
    """Write the lines with a hanging column for the number and one for the voice, wide enough for its name."""
    longest = max(len(line.speaker) for line in block.lines)
    start = _VOICE + min(2600, max(700, longest * _LETTER + 200))
    for line in block.lines:
        made = text.paragraph(body, "Transcript")
        properties = text.properties(made)
        stops = add(properties, "tabs")
        add(stops, "tab", val="right", pos=str(_NUMBER))
        add(stops, "tab", val="left", pos=str(_VOICE))
        add(stops, "tab", val="left", pos=str(start))
        add(properties, "ind", left=str(start), hanging=str(start))
        text.tab(made)
        text.words(made, str(line.number), style="Regelnummer")
        text.tab(made)
        text.words(made, line.speaker, style="SprekerInterviewer" if line.interviewer else "Spreker")
        text.tab(made)
        if line.time:
            text.words(made, f"{line.time}  ", style="Tijd")
        text.words(made, line.text)
