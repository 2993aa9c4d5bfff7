"""oTranscribe's .otr: JSON round a piece of HTML, with time stamps as spans."""

from __future__ import annotations

from interviews.errors import Unreadable
from interviews.formats.assembly import assemble
from interviews.formats.draft import Note, TranscriptDraft
from interviews.formats.encodings import decoded
from interviews.formats.html import Page
from interviews.formats.json import parse
from interviews.text import one_line


def read(data: bytes, name: str = "") -> TranscriptDraft:
    """Return the draft of an .otr file. Raises Unreadable `unreadable.json` when it is other JSON."""
    text, notes = decoded(data)
    content = parse(text)
    if not is_otr(content):
        raise Unreadable("unreadable.json")
    page = Page(str(content["text"]))
    paragraphs = page.paragraphs()
    if page.hidden_words:
        notes = (*notes, Note("read.hidden_left_out", {"count": page.hidden_words}))
    media = content.get("media")
    metadata: dict[str, object] = {"audio": one_line(media)} if isinstance(media, str) and media else {}
    return assemble(paragraphs, format="otr", notes=notes, metadata=metadata)


def is_otr(content: dict[str, object]) -> bool:
    """Tell whether parsed JSON has the shape oTranscribe writes."""
    return isinstance(content.get("text"), str) and ("media" in content or "media-time" in content)
