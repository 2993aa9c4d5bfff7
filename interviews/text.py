"""Text hygiene: done once at the edge, so that an offset never moves again.

Pure. Source of the rules: decode strictly, NFC once, CRLF to LF, control characters dropped, lone surrogates replaced
(SQLite cuts a text at NUL, PostgreSQL refuses it, JSON lets lone surrogates through and the database raises).
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import dataclass

_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_LINE_BREAKS = re.compile("\r\n|\r|\x85|\u2028|\u2029|\x0b|\x0c")
_SPACES = re.compile(r"[^\S\n]+")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """A clean text and how it was read; `guessed` is True when the bytes did not say their encoding."""

    text: str
    encoding: str
    guessed: bool


def clean(text: str) -> str:
    """Return `text` in NFC with LF line ends, without control characters or lone surrogates. Idempotent.

    Bidi marks and zero-width joiners stay: they are part of what was written, and emoji need them.
    """
    text = _LINE_BREAKS.sub("\n", text)
    text = _SURROGATES.sub("\ufffd", text)
    text = _CONTROLS.sub("", text)
    return unicodedata.normalize("NFC", text.replace("\ufeff", ""))


def one_line(text: str) -> str:
    """Return `text` clean, on one line, with runs of white space made one space and none at the ends."""
    return _SPACES.sub(" ", clean(text).replace("\n", " ")).strip()


def decode(data: bytes) -> Decoded:
    """Read bytes as text: by their byte order mark, else as strict UTF-8, else as Windows-1252 (`guessed`)."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return Decoded(clean(data.decode(encoding, errors="replace")), encoding, guessed=False)
    try:
        return Decoded(clean(data.decode("utf-8")), "utf-8", guessed=False)
    except UnicodeDecodeError:
        return Decoded(clean(data.decode("cp1252", errors="replace")), "cp1252", guessed=True)


def to_utf16(text: str, offset: int) -> int:
    """Return the UTF-16 position (what a browser counts) of the code point position `offset` in `text`."""
    return len(text[:offset].encode("utf-16-le")) // 2


def from_utf16(text: str, offset: int) -> int:
    """Return the code point position of the UTF-16 position `offset` in `text`.

    A position inside a surrogate pair moves to the end of that character. Raises ValueError past the end of the text.
    """
    units = 0
    for position, character in enumerate(text):
        if units >= offset:
            return position
        units += 2 if ord(character) > 0xFFFF else 1
    if units < offset:
        raise ValueError("offset past the end of the text")
    return len(text)
