"""From bytes to clean text, with what a person should know about it."""

from __future__ import annotations

import codecs
import re

from interviews.formats.draft import Note
from interviews.text import clean, decode

_BINARY_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\f\x0b\x1a\x1b"))
_SAMPLE = 65536
_OLDER = ("mac_roman", "cp850")
"""Before Windows: the Macs and the DOS of the nineties, of which texts and programs are still about."""
_DUTCH = re.compile(
    r"(?<=[a-z])[éèëêïîöôüûáàâäóñç]|[éèëïöüáà](?=[a-z])|(?<!\w)[‘“](?=\w)|(?<=[\w.,!?])[’”]|[–…€]", re.ASCII
)
"""What Dutch has beyond plain letters, in the places where it has it."""


def decoded(data: bytes) -> tuple[str, tuple[Note, ...]]:
    """Return the clean text of `data` and, when the bytes did not say their encoding, `read.encoding_guessed`."""
    hidden = _utf16_without_mark(data)
    result = decode((hidden or b"") + data)
    if result.guessed:
        encoding = _older(data) or result.encoding
        text = result.text if encoding == result.encoding else clean(data.decode(encoding))
        return text, (Note("read.encoding_guessed", {"encoding": encoding}),)
    return result.text, (Note("read.encoding_guessed", {"encoding": result.encoding}),) if hidden else ()


def is_text(data: bytes) -> bool:
    """Tell whether bytes look like text at all: hardly any control characters, or UTF-16."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or _utf16_without_mark(data):
        return True
    sample = data[:_SAMPLE]
    controls = len(sample) - len(sample.translate(None, _BINARY_CONTROLS))
    return controls <= 0.02 * len(sample) + 2


def _older(data: bytes) -> str | None:
    """Return the older encoding in which the bytes are better Dutch than in Windows-1252, None when there is none."""
    sample = data[:_SAMPLE]
    found = {name: len(_DUTCH.findall(sample.decode(name, errors="replace"))) for name in ("cp1252", *_OLDER)}
    best = max(_OLDER, key=found.__getitem__)
    return best if found[best] > found["cp1252"] else None


def _utf16_without_mark(data: bytes) -> bytes | None:
    """Return the byte order mark that western text in UTF-16 lacks: every second byte of it is NUL."""
    sample = data[:_SAMPLE]
    half = len(sample) // 2
    if half < 2 or len(data) % 2:
        return None
    odd, even = sample[1::2].count(0), sample[0::2].count(0)
    if odd > 0.8 * half and even < 0.05 * half + 1:
        return codecs.BOM_UTF16_LE
    if even > 0.8 * half and odd < 0.05 * half + 1:
        return codecs.BOM_UTF16_BE
    return None
