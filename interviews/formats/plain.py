"""Plain text: a .txt file, or what somebody pasted out of a mail, a chat, a word processor or a web page."""

from __future__ import annotations

from interviews.formats.assembly import assemble
from interviews.formats.draft import Note, TranscriptDraft
from interviews.formats.encodings import decoded
from interviews.formats.paragraphs import Paragraph, split


def read(data: bytes, name: str = "") -> TranscriptDraft:
    """Return the draft of a plain text file. Its encoding is read from the bytes, never from `name`."""
    text, notes = decoded(data)
    return read_text(text, format="txt", notes=notes)


def read_text(text: str, *, format: str, notes: tuple[Note, ...] = ()) -> TranscriptDraft:
    """Return the draft of a clean text: labels and stamps are believed only when they explain the text."""
    return assemble([Paragraph(part) for part in split(text)], format=format, notes=notes)
