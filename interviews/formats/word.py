"""Word documents (.docx, .docm, .dotx): our own walk over all story parts. Never opened with a writing library."""

from __future__ import annotations

import posixpath

from lxml import etree

from interviews.errors import Unreadable
from interviews.formats import xml
from interviews.formats.archive import Archive
from interviews.formats.assembly import assemble
from interviews.formats.draft import Note, TranscriptDraft
from interviews.formats.paragraphs import Kind
from interviews.formats.word_story import Story
from interviews.formats.word_styles import Styles, child, local, switch, value
from interviews.text import one_line


def read(data: bytes, name: str = "") -> TranscriptDraft:
    """Return the draft of a Word document.

    Footnotes and endnotes follow the body in the order of their marks; text boxes follow their paragraph; headers and
    footers are notes. Raises Unreadable: `unreadable.broken`, `unreadable.too_heavy`, `unreadable.password`,
    `unreadable.doctype`.
    """
    package = _Package(Archive(data))
    styles = Styles(package.related("styles"))
    story = Story(styles, package.by_id)
    body = child(package.document, "body")
    if body is None:
        raise Unreadable("unreadable.broken")
    story.read(body)
    body_paragraphs = list(story.paragraphs)
    referred = _referred_notes(story, styles, package)
    page_texts = _page_texts(story, styles, package)
    metadata: dict[str, object] = {}
    title = package.title()
    if title:
        metadata["title"] = title
    return assemble(
        [*body_paragraphs, *referred.paragraphs],
        format="docx",
        notes=[*_left_out(story, referred), *page_texts],
        metadata=metadata,
    )


class _Package:
    """The parts of a document, found by their relations, not by their names."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        main = next((target for kind, target in self._relations("").values() if kind == "officeDocument"), None)
        self._main = main or "word/document.xml"
        content = archive.read(self._main)
        if content is None:
            raise Unreadable("unreadable.broken")
        self.document = xml.parse(content)
        self._of_main = self._relations(self._main)

    def related(self, kind: str) -> etree._Element | None:
        """Return the part the document names for a purpose ("styles", "footnotes")."""
        return next((self._part(target) for name, target in self._of_main.values() if name == kind), None)

    def by_id(self, relation: str) -> etree._Element | None:
        """Return the part behind a relation id of the main document."""
        found = self._of_main.get(relation)
        return self._part(found[1]) if found else None

    def title(self) -> str:
        """Return the title in the document's properties, or nothing. The author is never read."""
        core = next((target for kind, target in self._relations("").values() if kind == "core-properties"), None)
        root = self._part(core) if core else None
        found = child(root, "title")
        return one_line(found.text or "") if found is not None else ""

    def _part(self, name: str) -> etree._Element | None:
        content = self._archive.read(name)
        return None if content is None else xml.parse(content)

    def _relations(self, part: str) -> dict[str, tuple[str, str]]:
        """Return kind and target by relation id; relations that lead out of the file are not followed."""
        folder, base = posixpath.split(part)
        content = self._archive.read(posixpath.join(folder, "_rels", f"{base}.rels"))
        if content is None:
            return {}
        relations: dict[str, tuple[str, str]] = {}
        for element in xml.parse(content):
            if local(element) != "Relationship" or (element.get("TargetMode") or "").lower() == "external":
                continue
            target = element.get("Target") or ""
            path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            relations[element.get("Id") or ""] = ((element.get("Type") or "").rpartition("/")[2], path)
        return relations


def _referred_notes(story: Story, styles: Styles, package: _Package) -> Story:
    """Return the story of all foot- and endnotes that a visible mark refers to."""
    notes = Story(styles, package.by_id, Kind.ASIDE)
    roots = {
        "footnoteReference": package.related("footnotes"),
        "endnoteReference": package.related("endnotes"),
    }
    by_id = {
        kind: {value(note, "id") or "": note for note in root if value(note, "type") in (None, "normal")}
        for kind, root in roots.items()
        if root is not None
    }
    for kind, number in dict.fromkeys(story.references):
        note = by_id.get(kind, {}).get(number)
        if note is not None:
            notes.seen["notes"] += 1
            notes.read(note)
    return notes


def _page_texts(story: Story, styles: Styles, package: _Package) -> list[Note]:
    """Return one note per different header or footer that is shown on some page."""
    even = bool(switch(package.related("settings"), "evenAndOddHeaders"))
    texts: dict[str, None] = {}
    done: set[str] = set()
    for section in story.sections:
        for reference in section:
            if local(reference) not in ("headerReference", "footerReference"):
                continue
            kind = value(reference, "type")
            if (kind == "first" and not switch(section, "titlePg")) or (kind == "even" and not even):
                continue
            relation = value(reference, "id") or ""
            root = None if relation in done else package.by_id(relation)
            done.add(relation)
            if root is None:
                continue
            page = Story(styles, package.by_id, Kind.ASIDE)
            page.read(root)
            text = one_line(" ".join(paragraph.text for paragraph in page.paragraphs))
            if text:
                texts[text] = None
    return [Note("read.page_text", {"text": text}) for text in texts]


def _left_out(*stories: Story) -> list[Note]:
    """Return the notes on what is in the file and not in the turns, and on changes shown as accepted."""
    seen = sum((story.seen for story in stories), start=type(stories[0].seen)())
    hidden = sum(len("".join(story.hidden).split()) for story in stories)
    notes = []
    if hidden:
        notes.append(Note("read.hidden_left_out", {"count": hidden}))
    if seen["inserted"] or seen["deleted"]:
        notes.append(Note("read.changes_accepted", {"inserted": seen["inserted"], "deleted": seen["deleted"]}))
    if seen["altchunk"]:
        notes.append(Note("read.altchunk_left_out", {"count": seen["altchunk"]}))
    if seen["comments"]:
        notes.append(Note("read.comments_left_out", {"count": seen["comments"]}))
    if seen["notes"]:
        notes.append(Note("read.footnotes", {"count": seen["notes"]}))
    return notes
