"""Line numbers of a transcript: the same on screen, in Word and in the source line of a quote. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import TextWrapper

WIDTH = 72
"""Characters on a numbered line: what fits beside number and speaker on A4 in the report's type."""


@dataclass(frozen=True, slots=True)
class Line:
    """Line `number` (from 1, through the whole transcript): `[start, end)` in code points of turn `turn`'s text."""

    number: int
    turn: int
    start: int
    end: int


def number_lines(texts: Sequence[str], *, width: int = WIDTH) -> list[Line]:
    """Break every turn's text into lines of at most `width` characters at spaces; a longer word is broken.

    Every character but the space at a break is on exactly one line.
    """
    wrapper = TextWrapper(
        width=width, drop_whitespace=False, replace_whitespace=False, expand_tabs=False, break_on_hyphens=False
    )
    lines: list[Line] = []
    for turn, text in enumerate(texts):
        position = 0
        for piece in wrapper.wrap(text):
            start = position
            position += len(piece)
            lead = len(piece) - len(piece.lstrip(" "))
            stripped = piece.strip(" ")
            if stripped:
                lines.append(Line(len(lines) + 1, turn, start + lead, start + lead + len(stripped)))
    return lines


def lines_of_span(lines: Sequence[Line], turn: int, start: int, end: int) -> tuple[int, int]:
    """Return the first and last line number that `[start, end)` of a turn touches. Raises ValueError for none."""
    touched = [line.number for line in lines if line.turn == turn and line.start < end and start < line.end]
    if not touched:
        raise ValueError("the span touches no line")
    return touched[0], touched[-1]
