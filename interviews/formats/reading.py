"""The way in: any transcript file, or pasted text, becomes a `TranscriptDraft` or a refusal with a reason.

`read` is for files of other people: their bytes are only ever parsed in a limited child process.
"""

from __future__ import annotations

from collections.abc import Callable

from interviews.errors import Unreadable
from interviews.formats import html, opendocument, otr, par_json, plain, subtitles, table, whisper, word
from interviews.formats.draft import TranscriptDraft
from interviews.formats.sandbox import read_in_child
from interviews.formats.sniffing import sniff
from interviews.text import clean

MAX_BYTES = 20 * 1024 * 1024
"""The largest file that is read, in bytes."""

MAX_CHARACTERS = 2_000_000
"""The longest transcript that is read, in code points: some forty hours of talk."""

MAX_TURNS = 100_000

_READERS: dict[str, Callable[[bytes, str], TranscriptDraft]] = {
    "docx": word.read,
    "odt": opendocument.read,
    "html": html.read,
    "otr": otr.read,
    "csv": table.read,
    "par-json": par_json.read,
    "whisper": whisper.read,
    "vtt": subtitles.read,
    "srt": subtitles.read,
    "txt": plain.read,
}
_TREE_KINDS = frozenset({"html", "otr", "odt", "par-json", "whisper"})
_MAX_TREE_BYTES = 8 * 1024 * 1024
_PLAIN_KINDS = frozenset({"txt", "csv", "srt", "vtt"})
_MAX_LINES = {"txt": 2 * MAX_TURNS, "csv": 2 * MAX_TURNS, "srt": 5 * MAX_TURNS, "vtt": 5 * MAX_TURNS}
"""Lines of a file with the most turns: a blank one after each turn; in subtitles a number, a time and two of words too."""


def read(name: str, data: bytes) -> TranscriptDraft:
    """Return the draft of a file, read in a child process with limits on memory, time and files.

    `name` is only a hint for what the bytes leave open, and never opened. Raises Unreadable, and nothing else.
    """
    _check_size(data)
    return read_in_child(name, data)


def read_here(name: str, data: bytes) -> TranscriptDraft:
    """Return the draft of a file, read in this process: for files of our own, and for the child of `read`.

    Raises Unreadable: see `sniffing.sniff` and the readers for the keys, `unreadable.too_large` with `megabytes`,
    `unreadable.too_heavy` for what only wants to keep a machine busy, `unreadable.no_words`, `unreadable.too_long`.
    """
    _check_size(data)
    try:
        kind = sniff(name, data)
        if kind in _PLAIN_KINDS and (len(data) > 3 * MAX_CHARACTERS or data.count(b"\n") > _MAX_LINES[kind]):
            raise Unreadable("unreadable.too_long", turns=MAX_TURNS, characters=MAX_CHARACTERS)
        if kind in _TREE_KINDS and len(data) > _MAX_TREE_BYTES and not data.startswith(b"PK"):
            raise Unreadable("unreadable.too_heavy")
        draft = _READERS[kind](data, name)
    except (RecursionError, MemoryError) as e:
        raise Unreadable("unreadable.too_heavy") from e
    return _checked(draft)


def read_pasted(text: str) -> TranscriptDraft:
    """Return the draft of text somebody pasted into a form. Raises Unreadable as `read_here` does."""
    if len(text) > MAX_CHARACTERS:
        raise Unreadable("unreadable.too_long", turns=MAX_TURNS, characters=MAX_CHARACTERS)
    return _checked(plain.read_text(clean(text), format="pasted"))


def _check_size(data: bytes) -> None:
    if len(data) > MAX_BYTES:
        raise Unreadable("unreadable.too_large", megabytes=MAX_BYTES // (1024 * 1024))


def _checked(draft: TranscriptDraft) -> TranscriptDraft:
    if not draft.turns:
        raise Unreadable("unreadable.no_words")
    if len(draft.turns) > MAX_TURNS or sum(len(turn.text) for turn in draft.turns) > MAX_CHARACTERS:
        raise Unreadable("unreadable.too_long", turns=MAX_TURNS, characters=MAX_CHARACTERS)
    return draft
