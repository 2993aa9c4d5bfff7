"""What goes through the pipes between the child that understands sound and its parent.

From child to parent: frames of one byte kind, four bytes length, and content. From parent to child: one line of JSON,
and then only answers to `WANT` (four bytes length, and content). The parent believes nothing of it: lengths have a
limit, kinds are known, numbers are checked.
"""

from __future__ import annotations

import struct
from typing import IO

PEAK_MS = 100
"""Milliseconds of sound per byte of a waveform."""
HEARD_RATE = 16_000
"""Samples per second of what `hear` gives: what speech recognisers listen to."""
MOST_BYTES = 1024 * 1024
"""Longest content of one frame."""

WANT = b"R"
"""Bytes, please: part, place, number of bytes."""
AT = b"P"
"""How far, in thousandths."""
OUT = b"B"
"""The next bytes of the file that was made."""
PEAKS = b"K"
"""The next bytes of the waveform."""
SAMPLES = b"S"
"""The next samples: signed 16 bits, little end first, one voice."""
DONE = b"D"
"""All is said: facts as JSON."""
NO = b"X"
"""It cannot be done: the key of a sentence, as JSON."""
KINDS = frozenset({WANT, AT, OUT, PEAKS, SAMPLES, DONE, NO})

WANTED = struct.Struct("<IQI")
PLACE = struct.Struct("<H")
_HEAD = struct.Struct("<cI")
_LENGTH = struct.Struct("<I")


class Broken(ValueError):
    """The other side said something that makes no sense, or stopped half-way."""


def say(stream: IO[bytes], kind: bytes, content: bytes | bytearray | memoryview = b"") -> None:
    """Send one frame. Content longer than a frame is sent as several of the same kind."""
    view = memoryview(content)
    start = 0
    while True:
        part = view[start : start + MOST_BYTES]
        stream.write(_HEAD.pack(kind, len(part)))
        stream.write(part)
        start += MOST_BYTES
        if start >= len(view):
            break
    stream.flush()


def listen(stream: IO[bytes]) -> tuple[bytes, bytes]:
    """Return the kind and content of the next frame. Raises Broken."""
    kind, length = _HEAD.unpack(_exactly(stream, _HEAD.size))
    if kind not in KINDS or length > MOST_BYTES:
        raise Broken
    return kind, _exactly(stream, length)


def answer(stream: IO[bytes], content: bytes) -> None:
    """Give the bytes that were wanted."""
    stream.write(_LENGTH.pack(len(content)))
    stream.write(content)
    stream.flush()


def answered(stream: IO[bytes]) -> bytes:
    """Return the bytes that were wanted. Raises Broken."""
    (length,) = _LENGTH.unpack(_exactly(stream, _LENGTH.size))
    return _exactly(stream, length)


def _exactly(stream: IO[bytes], count: int) -> bytes:
    content = stream.read(count)
    if len(content) != count:
        raise Broken
    return content
