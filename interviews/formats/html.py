"""HTML transcripts: noScribe's, those of web services, and pages saved from a word processor. Only what can be seen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from interviews.formats import times, xml
from interviews.formats.assembly import assemble
from interviews.formats.draft import Note, TranscriptDraft
from interviews.formats.encodings import decoded
from interviews.formats.grid import spoken_rows
from interviews.formats.paragraphs import Kind, Paragraph, has_words, split
from interviews.text import clean, one_line

_NEVER_SEEN = frozenset(
    "script style head title meta link template noscript object embed audio video iframe svg".split()
)
_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol option p pre section select summary "
    "table tbody td textarea tfoot th thead tr ul".split()
)
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|mso-hide\s*:\s*all", re.IGNORECASE)
_RULE = re.compile(r"([^{}]{1,500})\{([^{}]{0,2000})\}")
_CLASS = re.compile(r"\s*[a-z0-9]*\.([\w-]+)\s*$", re.IGNORECASE)
_NOSCRIBE = re.compile(r"ts_(\d{1,10})_(\d{1,10})_")
_MOST_LINES = 8
_SPACES = re.compile(r"[ \t\r\n\f]+")


@dataclass(slots=True)
class _Block:
    """The paragraph being filled."""

    heading: bool = False
    preformatted: bool = False
    paragraph: bool = False
    pieces: list[str] = field(default_factory=list)
    start_ms: int | None = None
    end_ms: int | None = None


def read(data: bytes, name: str = "") -> TranscriptDraft:
    """Return the draft of an HTML page. Notes tell how many words were hidden and so left out."""
    text, notes = decoded(data)
    page = Page(text)
    paragraphs = page.paragraphs()
    metadata: dict[str, object] = {"title": page.title} if page.title else {}
    if page.noscribe and paragraphs and paragraphs[0].start_ms is None and "\n" not in paragraphs[0].text:
        metadata["title"] = one_line(paragraphs[0].text)
        paragraphs[0] = Paragraph(paragraphs[0].text, kind=Kind.HEADING)
    if page.hidden_words:
        notes = (*notes, Note("read.hidden_left_out", {"count": page.hidden_words}))
    return assemble(paragraphs, format="html", notes=notes, metadata=metadata)


class Page:
    """The visible paragraphs of an HTML text, in reading order. `paragraphs` is to be called once."""

    def __init__(self, text: str) -> None:
        self._root = xml.parse_html(clean(text))
        self._hidden_classes = self._classes_that_hide()
        self._finished: list[Paragraph] = []
        self._block = _Block()
        self.hidden_words = 0
        self.noscribe = False
        self.title = ""

    def paragraphs(self) -> list[Paragraph]:
        """Return the visible paragraphs; a table in which people talk row by row is read by its columns."""
        if self._root is None:
            return []
        title = self._root.find(".//title")
        self.title = one_line(_words(title)) if title is not None else ""
        self._walk(self._root)
        self._finish()
        return self._finished

    def _classes_that_hide(self) -> frozenset[str]:
        if self._root is None:
            return frozenset()
        found: set[str] = set()
        for sheet in self._root.iter("style"):
            for selectors, rule in _RULE.findall(sheet.text or ""):
                if _HIDING.search(rule):
                    found.update(match[1] for part in selectors.split(",") if (match := _CLASS.match(part)))
        return frozenset(found)

    def _walk(self, element: etree._Element) -> None:
        tag = str(element.tag)
        if tag in _NEVER_SEEN:
            return
        if self._is_hidden(element):
            self.hidden_words += len(_words(element).split())
            return
        if tag == "br":
            self._block.pieces.append("\n")
            return
        if tag == "table":
            self._table(element)
            return
        if tag in _BLOCKS:
            self._finish()
            self._block.heading = tag in _HEADINGS
            self._block.preformatted = tag in ("pre", "textarea")
            self._block.paragraph = tag in ("p", "li") or tag in _HEADINGS
        self._note_times(element, tag)
        if tag == "span" and element.get("data-timestamp") is not None:
            self._otranscribe_stamp(element)
        else:
            self._say(element.text)
            for child in element:
                self._walk(child)
                self._say(child.tail)
        if tag in _BLOCKS:
            self._finish()

    def _is_hidden(self, element: etree._Element) -> bool:
        if element.get("hidden") is not None or _HIDING.search(element.get("style") or ""):
            return True
        if not self._hidden_classes:
            return False
        return not self._hidden_classes.isdisjoint((element.get("class") or "").split())

    def _note_times(self, element: etree._Element, tag: str) -> None:
        """Take over noScribe's times: it puts from and to, in milliseconds, into the name of an anchor round every piece."""
        match = _NOSCRIBE.match(element.get("name") or "") if tag == "a" else None
        if match:
            self.noscribe = True
            if self._block.start_ms is None:
                self._block.start_ms = int(match[1])
            self._block.end_ms = max(self._block.end_ms or 0, int(match[2]))

    def _otranscribe_stamp(self, element: etree._Element) -> None:
        words = one_line(_words(element))
        at_start = not has_words("".join(self._block.pieces))
        if at_start and self._block.start_ms is None:
            try:
                self._block.start_ms = times.from_seconds(float(element.get("data-timestamp") or ""))
            except ValueError:
                self._block.start_ms = None
        bracketed = times.milliseconds(words) is not None
        self._block.pieces.append(f"[{words}] " if bracketed else f"{words} ")

    def _table(self, table: etree._Element) -> None:
        self._finish()
        outer = self._finished
        rows: list[list[str]] = []
        cells: list[Paragraph] = []
        for row in _rows(table):
            if self._is_hidden(row):
                self.hidden_words += len(_words(row).split())
                continue
            rows.append([])
            for cell in row:
                self._finished = []
                self._walk(cell)
                self._finish()
                rows[-1].append("\n".join(paragraph.text for paragraph in self._finished))
                cells.extend(self._finished)
        self._finished = outer
        for caption in table.iterchildren("caption"):
            self._walk(caption)
        spoken = spoken_rows(rows)
        self._finished.extend(cells if spoken is None else spoken)

    def _say(self, text: str | None) -> None:
        if text:
            self._block.pieces.append(text if self._block.preformatted else _SPACES.sub(" ", text))

    def _finish(self) -> None:
        block, self._block = self._block, _Block()
        text = clean("".join(block.pieces))
        if not has_words(text):
            return
        kind = Kind.HEADING if block.heading else Kind.BODY
        if block.start_ms is not None:
            self._finished.append(Paragraph(text.strip(), kind, None, block.start_ms, block.end_ms))
            return
        lines = text.strip().split("\n")
        if block.paragraph and len(lines) <= _MOST_LINES and all(has_words(line) for line in lines):
            self._finished.append(Paragraph(text.strip(), kind))
        else:
            # One element round the whole talk, cut by line breaks: as plain text.
            self._finished.extend(Paragraph(part.strip(), kind) for part in split(text))


def _words(element: etree._Element) -> str:
    return "".join(str(piece) for piece in element.itertext())


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in ("thead", "tbody", "tfoot"):
            yield from child.iterchildren("tr")
