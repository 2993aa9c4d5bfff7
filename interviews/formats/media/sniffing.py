"""Which kind of sound file it is, by its first bytes.

The kind is said to the library, so that it never guesses: among what it would guess are play lists, which open other
files and addresses.
"""

from __future__ import annotations

HEAD_BYTES = 4096
_ID3 = b"ID3"
_STARTS = {
    b"\x1aE\xdf\xa3": "matroska",
    b"OggS": "ogg",
    b"fLaC": "flac",
    b"#!AMR": "amr",
    b"FORM": "aiff",
    b"caff": "caf",
    b"0&\xb2u\x8ef\xcf\x11": "asf",
}
_BOXES = (b"ftyp", b"moov", b"mdat", b"free", b"wide", b"skip", b"styp", b"moof")


def container_of(head: bytes) -> str | None:
    """Return what the library calls this kind of file, None when it is no sound file that we know."""
    for start, name in _STARTS.items():
        if head.startswith(start):
            return name
    if head[:4] in (b"RIFF", b"RF64") and head[8:12] == b"WAVE":
        return "wav"
    if head[4:8] in _BOXES:
        return "mov"
    return _of_frames(head)


def _of_frames(head: bytes) -> str | None:
    """Tell mp3 from bare AAC: both are frames that start with twelve ones, after a tag perhaps."""
    if head.startswith(_ID3) and len(head) >= 10:
        size = (head[6] & 0x7F) << 21 | (head[7] & 0x7F) << 14 | (head[8] & 0x7F) << 7 | head[9] & 0x7F
        frames = head[10 + size :]
        # A picture of the cover may be longer than what was read; such tags are on mp3.
        return (_of_frames(frames) or "mp3") if frames else "mp3"
    for start in range(min(len(head) - 1, 2048)):
        if head[start] == 0xFF and head[start + 1] & 0xE0 == 0xE0:
            layer = head[start + 1] >> 1 & 3
            return "aac" if layer == 0 and head[start + 1] & 0xF0 == 0xF0 else "mp3" if layer else None
        if head[start]:
            return None
    return None
