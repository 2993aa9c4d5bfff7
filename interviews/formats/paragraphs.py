"""What every reader of running text hands over: the visible paragraphs of a source, in reading order."""

from __future__ import annotations

import enum
import re
from dataclasses import dataclass
from itertools import pairwise

_SEEN = re.compile("[^\\s\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_LONGEST_WRAPPED_LINE = 120
_LABELLED = re.compile(r"[ \t]*(?:[\[(#]|\d{1,3}:\d\d|[^\s:]{1,20}(?: [^\s:]{1,20}){0,3} ?:)")


class Kind(enum.Enum):
    """What a paragraph is in its document."""

    BODY = "body"
    HEADING = "heading"
    ASIDE = "aside"
    """Beside the running text: a footnote, a text box. It never takes over the speaker of the text around it."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One visible paragraph, not yet on one line: a line break in `text` is one the source shows inside it.

    `speaker` and the times (ms) are filled where the source itself states them outside the words.
    """

    text: str
    kind: Kind = Kind.BODY
    speaker: str | None = None
    start_ms: int | None = None
    end_ms: int | None = None


def has_words(text: str) -> bool:
    """Tell whether anything in `text` can be seen at all."""
    return _SEEN.search(text) is not None


def split(text: str) -> list[str]:
    """Cut plain text into paragraphs; a line break that stays inside one is a line that merely wraps.

    A blank line always ends a paragraph. A single line break ends one too where lines are as long as paragraphs
    are (text copied out of a word processor); it wraps where lines are short and the text has blank lines, where
    the next word would not have fitted, or where the next line goes on in lower case.
    """
    lines = [line.rstrip() for line in text.split("\n")]
    filled = [line for line in lines if has_words(line)]
    if not filled:
        return []
    longest = max(len(line) for line in filled)
    fits = _LineWidth(longest, filled) if longest <= _LONGEST_WRAPPED_LINE else None
    short_with_blanks = fits is not None and any(not line for line in _between(lines))
    paragraphs: list[list[str]] = []
    block: list[str] = []
    for line in lines:
        if not has_words(line):
            block = []
            continue
        wraps = bool(block) and (
            _goes_on(line) or short_with_blanks or (fits is not None and fits.is_full(block[-1], line))
        )
        if not wraps:
            block = []
            paragraphs.append(block)
        block.append(line)
    return ["\n".join(block) for block in paragraphs]


class _LineWidth:
    """Whether a text was broken at a fixed width, judged over all its lines."""

    def __init__(self, longest: int, lines: list[str]) -> None:
        self._longest = longest
        self._hard = False
        breaks = [(line, after) for line, after in pairwise(lines) if not _LABELLED.match(after)]
        full = sum(1 for line, after in breaks if self._no_room(line, after))
        self._hard = longest >= 40 and len(breaks) >= 3 and full >= 0.5 * len(breaks)

    def _no_room(self, line: str, after: str) -> bool:
        return len(line) + 1 + len(after.split(maxsplit=1)[0]) >= self._longest

    def is_full(self, line: str, after: str) -> bool:
        return self._hard and self._no_room(line, after)


def _goes_on(line: str) -> bool:
    first = line.lstrip()[:1]
    return first.islower() or first in ",;)…"


def _between(lines: list[str]) -> list[str]:
    first = next(i for i, line in enumerate(lines) if has_words(line))
    last = len(lines) - next(i for i, line in enumerate(reversed(lines)) if has_words(line))
    return [line if has_words(line) else "" for line in lines[first:last]]
