"""Where each heading lands: a careful count of lines, so that the contents can be read before Word counts pages itself.

Word and LibreOffice know page numbers only when they lay a document out. Asking them to do that at opening puts a
question on the reader's screen; a contents without numbers does not help on paper. So the numbers are estimated from
the looks themselves and the widths of the letters. Updating the field in Word replaces them by its own.
"""

from __future__ import annotations

from collections.abc import Iterable

from coding.formats.word import charts, tables
from coding.formats.word.looks import (
    BY_KEY,
    SERIF,
    TEXT_HEIGHT,
    TEXT_WIDTH,
    WIDE_TEXT_HEIGHT,
    WIDE_TEXT_WIDTH,
    Look,
)
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

# Widths of the printable ASCII letters in thousandths of the size, of the sans (measured from its metric twin).
_WIDTHS = tuple(
    int(width)
    for width in (
        "226 326 401 498 507 715 682 221 303 303 498 498 250 306 252 386 507 507 507 507 507 507 507 507 507 507 268 268"
        " 498 498 498 463 894 579 544 533 615 488 459 631 623 252 319 520 420 855 646 662 517 673 543 459 487 642 567"
        " 890 519 487 468 307 386 307 498 498 291 479 525 423 525 498 305 471 525 229 239 455 229 799 525 527 525 525"
        " 349 391 335 525 452 715 433 453 395 314 460 314 498"
    ).split()
)
_OTHER = 500
_SERIF_WIDER = 1.12
_BOLD_WIDER = 1.02
_SANS_HEIGHT, _SERIF_HEIGHT = 1.22, 1.136


def of(summary: Summary) -> dict[int, int]:
    """Return the estimated page of each heading, by its number in reading order (from 1)."""
    ruler = _Ruler()
    if summary.cover.full_page:
        ruler.new_page()
    else:
        ruler.masthead(summary)
    if summary.contents:
        ruler.contents(summary.blocks)
    ruler.blocks(summary.blocks)
    return ruler.pages


def line_count(text: str, look: Look, width: int) -> int:
    """Return the number of lines a text takes in `width` twips, broken at spaces."""
    size = look.size * 10 / 1000
    factor = size * (_SERIF_WIDER if look.font == SERIF else 1.0) * (_BOLD_WIDER if look.bold else 1.0)
    lines = 0
    for piece in text.split("\n"):
        lines += 1
        room = width / factor
        used = 0.0
        for word in piece.split(" "):
            needed = sum(_WIDTHS[ord(c) - 32] if 32 <= ord(c) < 127 else _OTHER for c in word)
            if used and used + needed > room:
                lines += 1
                used = 0.0
            used += needed + _WIDTHS[0]
    return lines


def height(text: str, key: str, width: int) -> float:
    """Return the height of a paragraph in twips, its space before and after included."""
    look = BY_KEY[key]
    lines = line_count(text, look, width - look.left - look.right)
    natural = look.size * 10 * (_SERIF_HEIGHT if look.font == SERIF else _SANS_HEIGHT)
    return look.before + look.after + lines * natural * look.line / 240


class _Ruler:
    def __init__(self) -> None:
        self.page = 1
        self.used = 0.0
        self.wide = False
        self.pages: dict[int, int] = {}
        self._headings = 0
        self._held = 0.0
        self._held_before = 0
        self._waiting: list[int] = []

    @property
    def _width(self) -> int:
        return WIDE_TEXT_WIDTH if self.wide else TEXT_WIDTH

    @property
    def _room(self) -> int:
        return WIDE_TEXT_HEIGHT if self.wide else TEXT_HEIGHT

    def new_page(self) -> None:
        self._flush()
        self.page += 1
        self.used = 0.0

    def masthead(self, summary: Summary) -> None:
        self.used = 300 + height(summary.title, "Title", TEXT_WIDTH) + height(summary.subtitle, "Subtitle", TEXT_WIDTH)
        self.used += height(summary.cover.question, "Onderzoeksvraag", TEXT_WIDTH) if summary.cover.question else 0
        self.used += height(" · ".join(summary.cover.lines), "OmslagRegel", TEXT_WIDTH)

    def contents(self, blocks: Iterable[Block]) -> None:
        self._place(height("Inhoud", "TOCHeading", self._width))
        for block in blocks:
            if isinstance(block, Landscape):
                self.contents_of(block.blocks)
            else:
                self.contents_of((block,))
        self.new_page()

    def contents_of(self, blocks: Iterable[Block]) -> None:
        for block in blocks:
            if isinstance(block, Heading) and block.level <= 2:
                self._place(height(block.text, f"TOC{block.level}", self._width))

    def blocks(self, blocks: Iterable[Block]) -> None:
        fresh = False
        for block in blocks:
            if isinstance(block, Landscape):
                self.new_page()
                self.wide = True
                self.blocks(block.blocks)
                self._flush()
                fresh = True
                continue
            if fresh:
                self.new_page()
                self.wide = fresh = False
            self._block(block)
        self._flush()

    def _block(self, block: Block) -> None:
        width = self._width
        match block:
            case PageBreak():
                self.new_page()
            case Heading():
                self._headings += 1
                self._waiting.append(self._headings)
                self._hold(height(block.text, f"Heading{block.level}", width), BY_KEY[f"Heading{block.level}"].before)
            case Chart():
                self._hold(height(block.title, "Bijschrift", width), BY_KEY["Bijschrift"].before)
                self._place(charts.height(block) + BY_KEY["Figuur"].after + 100)
                self._table(block.table)
            case Table():
                if block.caption:
                    self._hold(height(block.caption, "Bijschrift", width), BY_KEY["Bijschrift"].before)
                self._table(block)
            case SideBySide():
                self._pairs(block)
            case WritingLines():
                self._place(height(block.prompt, "BodyText", width))
                for _ in range(block.count):
                    self._place(BY_KEY["Schrijflijn"].size * 10 * _SANS_HEIGHT * 2)
            case _:
                self._words(block, width)

    def _words(self, block: Block, width: int) -> None:
        match block:
            case Paragraph():
                key = "Inleiding" if block.lead else "Klein" if block.small else "BodyText"
                self._flow(height(plain(block.runs), key, width), key)
            case Quote():
                source = height(block.source_line, "Citaatbron", width)
                if block.note:
                    source += height(block.note, "Citaatbron", width) - BY_KEY["Citaatbron"].after
                key = "CitaatGroot" if block.featured else "Citaat"
                after = BY_KEY["Citaatbron"].after
                self._place(height(block.text, key, width) + source, before=BY_KEY[key].before, after=after)
            case Bullets() | Numbered():
                key = "ListBullet" if isinstance(block, Bullets) else "ListNumber"
                for item in block.items:
                    self._flow(height(plain(item), key, width), key)
            case Facts():
                for _, value in block.rows:
                    self._flow(height(plain(value), "Gegevens", width), "Gegevens")
            case Box() | Caution():
                key = "Kader" if isinstance(block, Box) else "LetOp"
                whole = height(block.title, f"{key}Titel", width)
                self._place(whole + sum(height(plain(one), key, width) for one in block.paragraphs) + 380)
            case Transcript():
                for line in block.lines:
                    self._flow(height(line.text, "Transcript", width - 1900), "Transcript")
            case _:
                return

    def _table(self, table: Table) -> None:
        widths = tables.columns(table.widths, len(table.header), self._width)
        rows = [
            max(height(cell, "TabelTekst", size - 160) for cell, size in zip(row, widths, strict=True))
            for row in table.rows
        ]
        head = max(height(cell, "TabelKop", size - 160) for cell, size in zip(table.header, widths, strict=True))
        if len(rows) <= tables.SMALL:
            self._place(head + sum(rows))
        else:
            self._hold(head, 0)
            for row in rows:
                self._place(row)
        self._place(height("", "NaTabel", self._width))

    def _pairs(self, block: SideBySide) -> None:
        width = self._width // 2 - 160
        self._hold(height(block.header[0], "TabelKop", width), 0)
        for pair in block.rows:
            self._place(max(sum(self._cell(one, width) for one in cell) for cell in pair))
        self._place(height("", "NaTabel", self._width))

    def _cell(self, block: Paragraph | Quote, width: int) -> float:
        if isinstance(block, Quote):
            source = height(block.source_line + ("\n" + block.note if block.note else ""), "CitaatbronSmal", width)
            return height(block.text, "CitaatSmal", width) + source
        return height(plain(block.runs), "Klein" if block.small else "TabelTekst", width)

    def _flow(self, size: float, key: str) -> None:
        """Place a paragraph that may run on to the next page; two lines at least stay together."""
        look = BY_KEY[key]
        one = look.size * 10 * _SANS_HEIGHT * look.line / 240
        first = min(size - look.after, look.before + 2 * one)
        if self.used + self._held + first > self._room:
            self._turn(look.before)
        self._settle()
        self.used += size
        while self.used - look.after > self._room:
            self.page += 1
            self.used -= self._room

    def _place(self, size: float, *, before: int = 0, after: int = 0) -> None:
        """Place something that stays in one piece, together with what is kept with it; its last space may hang over."""
        if self.used and self.used + self._held + size - after > self._room:
            self._turn(before)
        self._settle()
        self.used += size

    def _hold(self, size: float, before: int) -> None:
        """Keep something with what follows it."""
        if not self._held:
            self._held_before = before
        self._held += size

    def _turn(self, before: int) -> None:
        """Go to the next page, where the space before the first paragraph falls away."""
        self.page += 1
        self.used = -float(self._held_before if self._held else before)

    def _settle(self) -> None:
        for number in self._waiting:
            self.pages[number] = self.page
        self._waiting.clear()
        self.used += self._held
        self._held = 0.0

    def _flush(self) -> None:
        if self._waiting or self._held:
            self._settle()
