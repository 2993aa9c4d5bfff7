"""OpenDocument text (.odt, .ott, flat .fodt), as LibreOffice writes it: only what can be seen."""

from __future__ import annotations

import re
from collections import Counter

from lxml import etree

from interviews.errors import Unreadable
from interviews.formats import xml
from interviews.formats.archive import Archive
from interviews.formats.assembly import assemble
from interviews.formats.draft import Note, TranscriptDraft
from interviews.formats.grid import spoken_rows
from interviews.formats.paragraphs import Kind, Paragraph, has_words
from interviews.formats.word_styles import child, local, value
from interviews.text import one_line

_SPACES = re.compile(r"[ \t\r\n]+")
_NEVER = frozenset(
    "tracked-changes forms sequence-decls variable-decls user-field-decls dde-connection-decls script note-citation "
    "bookmark soft-page-break change change-start change-end image object object-ole event-listeners "
    "alphabetical-index-mark toc-mark user-index-mark table-column table-columns table-header-columns "
    "table-of-content-source alphabetical-index-source illustration-index-source user-index-source bibliography-source".split()
)
_FRAMES = frozenset("text-box custom-shape rect ellipse circle line path polygon polyline caption connector".split())


def read(data: bytes, name: str = "") -> TranscriptDraft:
    """Return the draft of an OpenDocument text; notes come after the text, headers and footers are notes.

    Raises Unreadable: `unreadable.broken`, `unreadable.too_heavy`, `unreadable.password`, `unreadable.doctype`.
    """
    content, styles, meta = _parts(data)
    text = child(child(content, "body"), "text")
    if text is None:
        raise Unreadable("unreadable.broken")
    walk = Walk(_Styles([root for root in (styles, content) if root is not None]))
    walk.blocks(text)
    paragraphs = walk.finish()
    notes: list[Note] = []
    if walk.hidden:
        notes.append(Note("read.hidden_left_out", {"count": len("".join(walk.hidden).split())}))
    changes = Counter(local(change) for change in text.iterfind("{*}tracked-changes/{*}changed-region/*"))
    if changes["insertion"] or changes["deletion"]:
        notes.append(Note("read.changes_accepted", {"inserted": changes["insertion"], "deleted": changes["deletion"]}))
    if walk.seen["comments"]:
        notes.append(Note("read.comments_left_out", {"count": walk.seen["comments"]}))
    if walk.seen["notes"]:
        notes.append(Note("read.footnotes", {"count": walk.seen["notes"]}))
    notes.extend(_page_texts(styles if styles is not None else content, walk.styles))
    title = child(child(meta, "meta"), "title")
    metadata: dict[str, object] = {}
    if title is not None and one_line(title.text or ""):
        metadata["title"] = one_line(title.text or "")
    return assemble(paragraphs, format="odt", notes=notes, metadata=metadata)


def _parts(data: bytes) -> tuple[etree._Element, etree._Element | None, etree._Element | None]:
    """Return content, styles and properties; a flat file is all three at once."""
    if not data.startswith(b"PK"):
        root = xml.parse(data)
        return root, root, root
    archive = Archive(data)
    manifest = archive.read("META-INF/manifest.xml")
    if manifest is not None and b"encryption-data" in manifest:
        raise Unreadable("unreadable.password")
    content, styles, meta = (archive.read(part) for part in ("content.xml", "styles.xml", "meta.xml"))
    if content is None:
        raise Unreadable("unreadable.broken")
    return xml.parse(content), xml.parse(styles) if styles else None, xml.parse(meta) if meta else None


class _Styles:
    """Which styles hide their text, and which are titles."""

    def __init__(self, roots: list[etree._Element]) -> None:
        self._parents: dict[str, str | None] = {}
        self._display: dict[str, str] = {}
        for root in roots:
            for style in root.iter("{*}style"):
                name = value(style, "name") or ""
                self._parents[name] = value(style, "parent-style-name")
                display = value(child(style, "text-properties"), "display") or value(
                    child(style, "section-properties"), "display"
                )
                if display:
                    self._display[name] = display

    def hides(self, name: str | None) -> bool:
        """Tell whether a style hides text, by itself or by the style it is based on."""
        return next((self._display[one] == "none" for one in self._chain(name) if one in self._display), False)

    def is_title(self, name: str | None) -> bool:
        """Tell whether a style is a title or is based on one."""
        return any(one in ("Title", "Subtitle") or one.startswith("Heading") for one in self._chain(name))

    def _chain(self, name: str | None) -> list[str]:
        chain: list[str] = []
        while name is not None and len(chain) < 20:
            chain.append(name)
            name = self._parents.get(name)
        return chain


class Walk:
    """Collects visible paragraphs; `hidden` holds hidden text only to count its words."""

    def __init__(self, styles: _Styles) -> None:
        self.styles = styles
        self.hidden: list[str] = []
        self.seen: Counter[str] = Counter()
        self._paragraphs: list[Paragraph] = []
        self._notes: list[Paragraph] = []
        self._asides: list[Paragraph] = []
        self._pieces: list[str] = []
        self._hiding = False
        self._kind = Kind.BODY

    def finish(self) -> list[Paragraph]:
        """Return all paragraphs, foot- and endnotes last."""
        return [*self._paragraphs, *self._asides, *self._notes]

    def blocks(self, parent: etree._Element) -> None:
        """Walk what stands between paragraphs: lists, tables, sections, frames, and the paragraphs."""
        for element in parent:
            name = local(element)
            if name in ("p", "h"):
                self._paragraph(element, heading=name == "h")
            elif name == "table":
                self._table(element)
            elif name == "annotation":
                self.seen["comments"] += 1
            elif name in _FRAMES:
                self._aside(element)
            elif not _is_never_seen(element):
                was_hiding = self._hiding
                self._hiding = was_hiding or (name == "section" and self._is_hidden_section(element))
                self.blocks(element)
                self._hiding = was_hiding

    def _is_hidden_section(self, section: etree._Element) -> bool:
        return value(section, "display") == "none" or value(section, "is-hidden") == "true"

    def _paragraph(self, element: etree._Element, *, heading: bool) -> None:
        style = value(element, "style-name")
        was_hiding, outer = self._hiding, self._pieces
        marked = any(value(inner, "is-hidden") == "true" for inner in element.iter("{*}hidden-paragraph"))
        self._hiding = was_hiding or marked or self.styles.hides(style)
        self._pieces = []
        self._inline(element)
        text, self._pieces = "".join(self._pieces).strip(), outer
        self._hiding = was_hiding
        if self.hidden and not self.hidden[-1].endswith("\n"):
            self.hidden.append("\n")
        if has_words(text):
            is_heading = self._kind is Kind.BODY and (heading or self.styles.is_title(style))
            kind = Kind.HEADING if is_heading else self._kind
            self._paragraphs.extend(Paragraph(part, kind) for part in re.split(r"\n[^\S\n]*\n\s*", text))
        if self._kind is Kind.BODY:
            self._paragraphs.extend(self._asides)
            self._asides = []

    def _inline(self, element: etree._Element) -> None:
        self._say(_SPACES.sub(" ", element.text or ""))
        for inner in element:
            self._inside(inner)
            self._say(_SPACES.sub(" ", inner.tail or ""))

    def _inside(self, element: etree._Element) -> None:
        name = local(element)
        if name == "s":
            count = value(element, "c") or "1"
            # Two digits are space enough; a number of thousands of digits is no number to Python either.
            self._say(" " * (min(int(count[:3]), 99) if count.isdecimal() else 1))
        elif name == "tab":
            self._say("\t")
        elif name == "line-break":
            self._say("\n")
        elif name == "note":
            self._note(element)
        elif name == "annotation":
            self.seen["comments"] += 1
        elif name in ("p", "h", "list") or name in _FRAMES:
            self._aside(element)
        elif name == "hidden-text":
            self._hidden_text(element)
        elif name == "ruby-text":
            self._say(" (")
            self._inline(element)
            self._say(") ")
        elif not _is_never_seen(element):
            was_hiding = self._hiding
            self._hiding = was_hiding or (name == "span" and self.styles.hides(value(element, "style-name")))
            self._inline(element)
            self._hiding = was_hiding

    def _hidden_text(self, element: etree._Element) -> None:
        words = value(element, "string-value") or element.text or ""
        if value(element, "is-hidden") == "false":
            self._say(words)
        else:
            self.hidden.append(words)

    def _note(self, element: etree._Element) -> None:
        body = child(element, "note-body")
        if body is None:
            return
        self.seen["notes"] += not self._hiding
        self._beside(body, self._notes)

    def _aside(self, element: etree._Element) -> None:
        self._beside(element, self._asides)

    def _beside(self, element: etree._Element, target: list[Paragraph]) -> None:
        """Read blocks that do not stand in the running text, and put them at `target`."""
        outer = self._paragraphs, self._kind, self._pieces
        self._paragraphs, self._kind, self._pieces = [], Kind.ASIDE, []
        if local(element) in ("p", "h"):
            self._paragraph(element, heading=False)
        else:
            self.blocks(element)
        target.extend(self._paragraphs)
        self._paragraphs, self._kind, self._pieces = outer

    def _say(self, text: str) -> None:
        if text:
            (self.hidden if self._hiding else self._pieces).append(text)

    def _table(self, table: etree._Element) -> None:
        outer = self._paragraphs
        rows: list[list[str]] = []
        everything: list[Paragraph] = []
        for row in _inside(table, "table-row"):
            was_hiding = self._hiding
            self._hiding = was_hiding or value(row, "visibility") in ("collapse", "filter")
            rows.append([])
            for cell in row:
                if local(cell) not in ("table-cell", "covered-table-cell"):
                    continue
                self._paragraphs = []
                self.blocks(cell)
                rows[-1].append("\n".join(paragraph.text for paragraph in self._paragraphs))
                everything.extend(self._paragraphs)
            self._hiding = was_hiding
        self._paragraphs = outer
        spoken = spoken_rows(rows)
        self._paragraphs.extend(everything if spoken is None else spoken)


def _is_never_seen(element: etree._Element) -> bool:
    # The title of a picture is for screen readers; the field "title" is on the page.
    name = local(element)
    return name in _NEVER or (name in ("title", "desc") and "svg-compatible" in str(element.tag))


def _inside(parent: etree._Element, name: str) -> list[etree._Element]:
    found: list[etree._Element] = []
    for element in parent:
        if local(element) == name:
            found.append(element)
        elif local(element) in ("table-header-rows", "table-rows", "table-row-group"):
            found.extend(_inside(element, name))
    return found


def _page_texts(styles: etree._Element, known: _Styles) -> list[Note]:
    """Return one note per different header or footer."""
    texts: dict[str, None] = {}
    for page in styles.iter("{*}master-page"):
        for part in page:
            if not local(part).startswith(("header", "footer")) or value(part, "display") == "false":
                continue
            walk = Walk(known)
            walk.blocks(part)
            text = one_line(" ".join(paragraph.text for paragraph in walk.finish()))
            if text:
                texts[text] = None
    return [Note("read.page_text", {"text": text}) for text in texts]
