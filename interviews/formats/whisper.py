"""JSON of Whisper and its relatives (whisperX, faster-whisper): a list of `segments` with start, end and text."""

from __future__ import annotations

from collections.abc import Mapping

from interviews.errors import Unreadable
from interviews.formats.assembly import assemble
from interviews.formats.draft import TranscriptDraft
from interviews.formats.encodings import decoded
from interviews.formats.json import parse
from interviews.formats.paragraphs import Paragraph
from interviews.formats.times import from_seconds
from interviews.text import one_line


def read(data: bytes, name: str = "") -> TranscriptDraft:
    """Return the draft of a speech recogniser's JSON; segments are joined as the cues of subtitles are.

    Raises Unreadable `unreadable.json` when it is other JSON.
    """
    text, notes = decoded(data)
    content = parse(text)
    segments = content.get("segments")
    if not is_whisper(content) or not isinstance(segments, list):
        raise Unreadable("unreadable.json")
    language = content.get("language")
    metadata: dict[str, object] = {"language": one_line(language)} if isinstance(language, str) else {}
    paragraphs = [_paragraph(segment) for segment in segments]
    return assemble(paragraphs, format="whisper", notes=notes, metadata=metadata, cues=True)


def is_whisper(content: Mapping[str, object]) -> bool:
    """Tell whether parsed JSON has segments that all hold text."""
    segments = content.get("segments")
    if not isinstance(segments, list) or not segments:
        return False
    return all(isinstance(segment, dict) and isinstance(segment.get("text"), str) for segment in segments)


def _paragraph(segment: Mapping[str, object]) -> Paragraph:
    speaker = segment.get("speaker")
    label = one_line(speaker) if isinstance(speaker, str) else ""
    start, end = from_seconds(segment.get("start")), from_seconds(segment.get("end"))
    return Paragraph(str(segment["text"]), speaker=label or None, start_ms=start, end_ms=end)
