"""Subtitles: WebVTT (.vtt) and SubRip (.srt), as speech recognition and video programs write them."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from interviews.errors import Unreadable
from interviews.formats import times
from interviews.formats.assembly import assemble
from interviews.formats.draft import Note, TranscriptDraft
from interviews.formats.encodings import decoded
from interviews.formats.paragraphs import Paragraph
from interviews.text import one_line

_ARROW = re.compile(
    r"^[ \t]*(?P<start>\d{1,3}:[0-5]?\d(?::[0-5]?\d)?(?:[.,]\d{1,3})?)[ \t]*--?>[ \t]*"
    r"(?P<end>\d{1,3}:[0-5]?\d(?::[0-5]?\d)?(?:[.,]\d{1,3})?)(?P<settings>[ \t][^\n]*)?$"
)
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?[ \t]+([^>]{0,200})>|<v(?:\.[^\s>]*)?>|</v>", re.IGNORECASE)
_TAG = re.compile(
    r"</?(?:c|i|b|u|s|em|strong|span|font|lang|ruby|rt|p|div|br)(?:[.\s/][^<>]*)?>|<\d{1,3}:\d{2}(?::\d{2})?\.\d{1,3}>"
    r"|\{\\[^{}]*\}",
    re.IGNORECASE,
)
_CUE_NUMBER = re.compile(r"\s*\d{1,6}\s*")


@dataclass(slots=True)
class _Cue:
    start_ms: int | None
    end_ms: int | None
    lines: list[str]


def read(data: bytes, name: str = "") -> TranscriptDraft:
    """Return the draft of a .vtt or .srt file; which of the two is read from its first line.

    Cues of one speaker are joined while a sentence goes on and less than 1.5 s passes between them. Raises Unreadable
    `unreadable.empty` when there is no cue with words.
    """
    text, notes = decoded(data)
    lines = text.split("\n")
    is_vtt = lines[0].startswith("WEBVTT")
    cues, remarks = _cues(lines[1:] if is_vtt else lines)
    metadata: dict[str, object] = {}
    title = one_line(lines[0][len("WEBVTT") :]).lstrip("-–: ") if is_vtt else ""
    if title:
        metadata["title"] = title
        notes = (*notes, Note("read.heading", {"text": title}))
    paragraphs = [paragraph for cue in cues for paragraph in _voices(cue)]
    notes = (*notes, *(Note("read.remark", {"text": remark}) for remark in remarks))
    if not paragraphs and not remarks:
        raise Unreadable("unreadable.empty")
    return assemble(paragraphs, format="vtt" if is_vtt else "srt", notes=notes, metadata=metadata, cues=True)


def _cues(lines: list[str]) -> tuple[list[_Cue], list[str]]:
    """Return the cues and the remarks (NOTE blocks, and whatever words stand outside a cue)."""
    cues: list[_Cue] = []
    remarks: list[str] = []
    for block in _blocks(lines):
        arrow = next((i for i, line in enumerate(block) if _ARROW.match(line)), None)
        if arrow is None:
            first = block[0].strip()
            if first.startswith(("STYLE", "REGION")) and (len(block) > 1 or first in ("STYLE", "REGION")):
                continue
            if cues and not first.startswith("NOTE"):
                # A blank line inside a cue: its words go on.
                cues[-1].lines.extend(block)
                continue
            remark = one_line(" ".join(block)).removeprefix("NOTE").strip()
            if remark and not remark.startswith("X-TIMESTAMP-MAP"):
                remarks.append(remark)
            continue
        if arrow > 1 and cues:
            # Only the line above the arrow can be a cue's name; words above that belong to the cue before.
            cues[-1].lines.extend(block[: arrow - 1])
        cues.extend(_of_block(block, arrow))
    return cues, remarks


def _of_block(block: list[str], arrow: int) -> Iterator[_Cue]:
    """Return the cues of one block; a file without blank lines between cues is one block."""
    starts = [i for i in range(arrow, len(block)) if _ARROW.match(block[i])]
    for position, here in enumerate(starts):
        after = starts[position + 1] if position + 1 < len(starts) else len(block)
        body = block[here + 1 : after]
        if after < len(block) and body and _CUE_NUMBER.fullmatch(body[-1]):
            body = body[:-1]
        match = _ARROW.match(block[here])
        if match:
            yield _Cue(_clock(match["start"]), _clock(match["end"]), body)


def _clock(text: str) -> int | None:
    clock, _, fraction = text.replace(",", ".").partition(".")
    whole = times.milliseconds(":".join(part.zfill(2) for part in clock.split(":")))
    return None if whole is None else whole + (round(float(f"0.{fraction}") * 1000) if fraction else 0)


def _blocks(lines: list[str]) -> Iterator[list[str]]:
    block: list[str] = []
    for line in [*lines, ""]:
        if line.strip():
            block.append(line)
        elif block:
            yield block
            block = []


def _voices(cue: _Cue) -> Iterator[Paragraph]:
    """Return the paragraphs of a cue: one per voice tag, else one for all its lines."""
    text = "\n".join(cue.lines)
    speaker: str | None = None
    position = 0
    for match in _VOICE.finditer(text):
        yield _paragraph(text[position : match.start()], speaker, cue)
        # noScribe writes "//S02" for somebody who talks through another: the same person.
        speaker = one_line(html.unescape(match[1])).removeprefix("//") or None if match[1] else None
        position = match.end()
    yield _paragraph(text[position:], speaker, cue)


def _paragraph(text: str, speaker: str | None, cue: _Cue) -> Paragraph:
    words = html.unescape(_TAG.sub(lambda tag: " " if "br" in tag[0].lower() else "", text))
    return Paragraph(words, speaker=speaker, start_ms=cue.start_ms, end_ms=cue.end_ms)
