"""The visible text of one story of a Word document: the body, a note, a header, a text box, in reading order.

Shown: insertions, moved-to text, field results, content controls, smart tags, text boxes (once), symbols, diagrams.
Not shown: deletions, moved-from text, field codes, comments, hidden text. Why our own walk: `safety.md` section 0.2.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

from lxml import etree

from interviews.formats.grid import spoken_rows
from interviews.formats.paragraphs import Kind, Paragraph, has_words
from interviews.formats.word_styles import Styles, child, local, switch, value

_WRAPPERS = frozenset({"ins", "moveTo", "customXml", "smartTag", "sdtContent", "hyperlink", "fldSimple", "dir", "bdo"})
_GONE = frozenset({"del", "moveFrom"})
_IGNORED = frozenset(
    {"delText", "delInstrText", "instrText", "softHyphen", "annotationRef", "footnoteRef", "endnoteRef"}
)
_COUNTED = {"commentReference": "comments", "subDoc": "altchunk"}
_SPECIAL = frozenset(
    "fldChar sym footnoteReference endnoteReference ruby AlternateContent drawing pict object".split()
) | frozenset(_COUNTED)
_HIDING = re.compile(r"visibility\s*:\s*hidden|display\s*:\s*none", re.IGNORECASE)
_KNOWN_CHOICES = frozenset("wps wpg wpc wpi wp14 w14 w15 w16 a14 v cx cx1 aink am3d".split())
_MARKS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_TEXT_BEARERS = ("{*}t", "{*}textpath", "{*}relIds", "{*}chart")
_WINGDINGS = {
    0x4A: "☺",
    0x4B: "😐",
    0x4C: "☹",
    0x6C: "●",
    0x6F: "☐",
    0x71: "☐",
    0xA7: "▪",
    0xA8: "☐",
    0xDF: "←",
    0xE0: "→",
    0xE8: "➔",
    0xF3: "⇔",
    0xFB: "✗",
    0xFC: "✓",
    0xFD: "☒",
    0xFE: "☒",
}


class Story:
    """Collects `paragraphs` (for `Paragraph.kind` see there), what was `seen` and left out, and `notes` referred to.

    `hidden` holds the hidden text, only to count its words. `parts` maps a relationship id to the element of that part.
    """

    def __init__(self, styles: Styles, parts: Callable[[str], etree._Element | None], kind: Kind = Kind.BODY) -> None:
        self.paragraphs: list[Paragraph] = []
        self.seen: Counter[str] = Counter()
        self.references: list[tuple[str, str]] = []
        self.sections: list[etree._Element] = []
        self.hidden: list[str] = []
        self._styles = styles
        self._parts = parts
        self._kind = kind
        self._pieces: list[str] = []
        self._asides: list[Paragraph] = []
        self._paragraph_style: str | None = None
        self._begins: set[etree._Element] = set()
        self._fields: list[bool] = []
        self._hiding = False
        self._shown: set[str] = set()

    def read(self, root: etree._Element) -> None:
        """Walk a story from its root. Raises RecursionError on absurd nesting only."""
        self._begins.update(_matched_begins(root))
        self._blocks(root)
        self._close_paragraph(self._kind)

    def _blocks(self, parent: etree._Element) -> None:
        for element in parent:
            name = local(element)
            if name == "p":
                self._paragraph(element)
            elif name == "tbl":
                self._table(element)
            elif name == "sdt" or name in _WRAPPERS:
                self._blocks(element)
            elif name in _GONE:
                self.seen["deleted"] += 1
            elif name == "AlternateContent":
                branch = _branch(element)
                if branch is not None:
                    self._blocks(branch)
            elif name == "altChunk":
                self.seen["altchunk"] += 1
            elif name == "sectPr":
                self.sections.append(element)
            elif name in ("r", "oMathPara", "oMath"):
                self._inline(element)

    def _paragraph(self, paragraph: etree._Element) -> None:
        properties = child(paragraph, "pPr")
        style = value(child(properties, "pStyle"))
        self._paragraph_style = style
        for element in paragraph:
            self._inline(element)
        mark = child(properties, "rPr")
        section = child(properties, "sectPr")
        if section is not None:
            self.sections.append(section)
        if child(mark, "del") is not None or child(mark, "moveFrom") is not None or switch(mark, "vanish"):
            # The end of this paragraph is deleted or hidden: on screen the next one goes on in the same line.
            return
        level = value(child(properties, "outlineLvl"))
        heading = self._styles.is_heading(style) or (level is not None and level.isdigit() and int(level) < 9)
        self._close_paragraph(Kind.HEADING if heading and self._kind is Kind.BODY else self._kind)

    def _close_paragraph(self, kind: Kind) -> None:
        text, self._pieces = "".join(self._pieces).strip("\n "), []
        if has_words(text):
            parts = re.split(r"\n[^\S\n]*\n\s*", text) if "\n" in text else [text]
            self.paragraphs.extend(Paragraph(part, kind) for part in parts)
        self.paragraphs.extend(self._asides)
        self._asides = []
        if self.hidden and self.hidden[-1] != "\n":
            self.hidden.append("\n")

    def _table(self, table: etree._Element) -> None:
        self._close_paragraph(self._kind)
        outer, self.paragraphs = self.paragraphs, []
        rows: list[list[str]] = []
        everything: list[Paragraph] = []
        for row in _inside(table, "tr"):
            properties = child(row, "trPr")
            if child(properties, "del") is not None:
                self.seen["deleted"] += 1
                continue
            was_hiding = self._hiding
            self._hiding = was_hiding or bool(switch(properties, "hidden"))
            rows.append([])
            for cell in _inside(row, "tc"):
                if child(child(cell, "tcPr"), "cellDel") is not None:
                    self.seen["deleted"] += 1
                    continue
                self.paragraphs = []
                self._blocks(cell)
                self._close_paragraph(self._kind)
                rows[-1].append("\n".join(paragraph.text for paragraph in self.paragraphs))
                everything.extend(self.paragraphs)
            self._hiding = was_hiding
        self.paragraphs = outer
        spoken = spoken_rows(rows)
        self.paragraphs.extend(everything if spoken is None else spoken)

    def _inline(self, element: etree._Element) -> None:
        name = local(element)
        if name == "t":
            self._say(element.text or "")
        elif name == "r":
            self._run(element)
        elif name in _MARKS:
            self._say(_MARKS[name])
        elif name in _GONE:
            self.seen["deleted"] += 1
        elif name in _SPECIAL:
            self._special(name, element)
        elif name not in _IGNORED and not name.endswith("Pr"):
            # Content controls, links, formulas, and wrappers nobody knows yet: what is inside is shown.
            self.seen["inserted"] += name in ("ins", "moveTo")
            self._inlines(element)

    def _special(self, name: str, element: etree._Element) -> None:
        if name == "fldChar":
            self._field(element)
        elif name == "sym":
            self._say(_symbol(element))
        elif name in ("footnoteReference", "endnoteReference"):
            if not self._hiding:
                self.references.append((name, value(element, "id") or ""))
        elif name == "ruby":
            self._ruby(element)
        elif name == "AlternateContent":
            branch = _branch(element)
            if branch is not None:
                self._inlines(branch)
        elif name in ("drawing", "pict", "object"):
            self._drawing(element)
        else:
            self.seen[_COUNTED[name]] += 1

    def _inlines(self, parent: etree._Element) -> None:
        for element in parent:
            self._inline(element)

    def _run(self, run: etree._Element) -> None:
        outer = self._hiding
        self._hiding = outer or self._is_hidden(child(run, "rPr"))
        self._inlines(run)
        self._hiding = outer

    def _is_hidden(self, properties: etree._Element | None) -> bool:
        direct = switch(properties, "vanish") if properties is not None else None
        if direct is not None:
            return direct
        return self._styles.hides(self._paragraph_style, value(child(properties, "rStyle")))

    def _say(self, text: str) -> None:
        if any(self._fields):
            return
        (self.hidden if self._hiding else self._pieces).append(text)

    def _field(self, element: etree._Element) -> None:
        kind = value(element, "fldCharType")
        if kind == "begin":
            self._fields.append(element in self._begins)
            chosen = child(child(element, "ffData"), "ddList")
            if chosen is not None:
                number = value(child(chosen, "result")) or value(child(chosen, "default")) or "0"
                entries = [value(entry) or "" for entry in chosen if local(entry) == "listEntry"]
                if number.isdecimal() and int(number) < len(entries):
                    self._fields[-1] = False
                    self._say(entries[int(number)])
                    self._fields[-1] = element in self._begins
        elif kind == "separate" and self._fields:
            self._fields[-1] = False
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _ruby(self, element: etree._Element) -> None:
        base, reading = child(element, "rubyBase"), child(element, "rt")
        if base is not None:
            self._inlines(base)
        if reading is not None and any(text.strip() for text in reading.itertext()):
            self._say(" (")
            self._inlines(reading)
            self._say(") ")

    def _drawing(self, element: etree._Element) -> None:
        """Text inside a picture's frame comes after the paragraph it hangs on."""
        outer = self._hiding
        for inner in element:
            name = local(inner)
            if name == "docPr" and (value(inner, "hidden") or "0") not in ("0", "false"):
                self._hiding = True
            style = inner.get("style")
            was_hiding, self._hiding = self._hiding, self._hiding or bool(style and _HIDING.search(style))
            if name in ("txbxContent", "txBody"):
                self._aside(inner)
            elif name == "textpath":
                self._aside_text(inner.get("string") or "")
            elif name == "AlternateContent":
                branch = _branch(inner)
                if branch is not None:
                    self._drawing(branch)
            elif name in ("relIds", "chart"):
                self._diagram(inner)
            else:
                self._drawing(inner)
            self._hiding = was_hiding
        self._hiding = outer

    def _aside(self, root: etree._Element) -> None:
        box = Story(self._styles, self._parts, Kind.ASIDE)
        box._hiding = self._hiding
        box._shown = self._shown
        box.read(root)
        self._asides.extend(box.paragraphs)
        self.seen.update(box.seen)
        self.references.extend(box.references)
        self.hidden.extend(box.hidden)

    def _aside_text(self, text: str) -> None:
        if has_words(text) and self._hiding:
            self.hidden.append(f"{text}\n")
        elif has_words(text):
            self._asides.append(Paragraph(text, Kind.ASIDE))

    def _diagram(self, element: etree._Element) -> None:
        """SmartArt and charts keep their words in a part of their own."""
        relation = value(element, "dm") or value(element, "id") or ""
        root = None if relation in self._shown else self._parts(relation)
        if root is None:
            return
        self._shown.add(relation)
        for inner in root.iter("{*}p", "{*}strCache"):
            if local(inner) == "p":
                self._aside_text("".join(text.text or "" for text in inner.iter("{*}t")))
            else:
                self._aside_text(" ".join(text.text or "" for text in inner.iter("{*}v")))


def _matched_begins(root: etree._Element) -> list[etree._Element]:
    """Return the field starts that have an end: text after one without would otherwise never be shown again."""
    matched: list[etree._Element] = []
    begun: list[etree._Element] = []
    for element in root.iter("{*}fldChar"):
        if any(local(ancestor) in _GONE for ancestor in element.iterancestors()):
            continue
        kind = value(element, "fldCharType")
        if kind == "begin":
            begun.append(element)
        elif kind == "end" and begun:
            matched.append(begun.pop())
    return matched


def _inside(parent: etree._Element, name: str) -> list[etree._Element]:
    """Return the rows or cells of a table, also those in content controls and insertions."""
    found: list[etree._Element] = []
    for element in parent:
        if local(element) == name:
            found.append(element)
        elif local(element) == "sdt" or local(element) in _WRAPPERS:
            found.extend(_inside(element, name))
    return found


def _branch(element: etree._Element) -> etree._Element | None:
    """Return the one alternative Word shows: the first choice it understands, else the fallback; never two."""
    choices = [inner for inner in element if local(inner) == "Choice"]
    fallback = child(element, "Fallback")
    known = [c for c in choices if set((c.get("Requires") or "").split()) <= _KNOWN_CHOICES]
    ordered = [*known, *([fallback] if fallback is not None else []), *choices]
    with_text = (branch for branch in ordered if next(branch.iter(*_TEXT_BEARERS), None) is not None)
    return next(with_text, ordered[0] if ordered else None)


def _symbol(element: etree._Element) -> str:
    """Return a symbol as a character everybody has; Word keeps those of symbol fonts in the private area U+F000."""
    try:
        code = int(value(element, "char") or "", 16)
    except ValueError:
        return ""
    if 0xF000 <= code <= 0xF0FF:
        font = (value(element, "font") or "").lower()
        if font.startswith(("wingdings", "webdings")):
            return _WINGDINGS.get(code - 0xF000, "□")
        return chr(code - 0xF000) if code >= 0xF020 else ""
    return chr(code) if 0x20 <= code < 0xD800 or 0xE000 <= code <= 0x10FFFF else ""
