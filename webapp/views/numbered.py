"""A transcript as pages show it: turns with the numbers of their lines, and where a passage stands in them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from interviews.errors import Invalid
from interviews.lines import Line, number_lines
from interviews.models import Revision
from interviews.turns import SpeakerRole


@dataclass(frozen=True, slots=True)
class ShownTurn:
    """One turn. `start` counts code points into the revision's text."""

    number: int
    """Number of its first line."""
    last: int
    """Number of its last line."""
    start: int
    text: str
    speaker: str
    role: SpeakerRole
    lines: tuple[int, ...]
    """Where each of its lines begins, in code points of `text`."""
    start_ms: int | None

    @property
    def label(self) -> str:
        """The numbers in the margin: "41" or "41–45"."""
        return _range(self.number, self.last)

    @property
    def time(self) -> str | None:
        """Minutes and seconds in the recording, where they are known."""
        if self.start_ms is None:
            return None
        minutes, seconds = divmod(self.start_ms // 1000, 60)
        return f"{minutes}:{seconds:02d}"


class LineNumbers:
    """Where places in one text stand, by line number: the same as in Word and in the source line of a quote."""

    def __init__(self, text: str, turns: Sequence[tuple[int, int]]) -> None:
        """Number the lines of `text`; `turns` are the spans `[start, end)` of its turns, in order."""
        self.text = text
        self._turn_starts = [start for start, _end in turns]
        self.lines = number_lines([text[start:end] for start, end in turns])
        self._starts = [self._turn_starts[line.turn] + line.start for line in self.lines]
        self._ends = [self._turn_starts[line.turn] + line.end for line in self.lines]

    @property
    def count(self) -> int:
        """The number of lines."""
        return len(self._starts)

    def lines_of(self, start: int, end: int) -> tuple[int, int]:
        """Return the numbers of the first and last line of `[start, end)`, code points of the revision's text."""
        return max(1, bisect_right(self._starts, start)), max(1, bisect_right(self._starts, max(start, end - 1)))

    def place(self, start: int, end: int) -> str:
        """Return where a passage stands: "regel 41" or "regel 41–43"."""
        return str(_("regel %(lines)s", lines=_range(*self.lines_of(start, end))))

    def turn_line(self, start: int) -> int:
        """Return the number of the first line of the turn that holds `start`: what a link to it names."""
        turn = max(0, bisect_right(self._turn_starts, start) - 1)
        return min(bisect_left(self.lines, turn, key=lambda line: line.turn) + 1, max(1, self.count))

    def span_of(self, first: int, last: int, words: str = "") -> tuple[int, int]:
        """Return the place of lines `first` to `last`, or of `words` in them.

        Raises Invalid("segment.outside") for lines that are not there, or words that are not in those lines.
        """
        if not 1 <= first <= last <= self.count:
            raise Invalid("segment.outside")
        start, end = self._starts[first - 1], self._ends[last - 1]
        wanted = words.strip()
        if not wanted:
            return start, end
        at = self.text.find(wanted, start, end)
        if at < 0:
            raise Invalid("segment.outside")
        return at, at + len(wanted)


class Numbered(LineNumbers):
    """The turns of one revision as the page shows them, with their line numbers."""

    def __init__(self, revision: Revision) -> None:
        super().__init__(revision.text or "", [(row.start, row.end) for row in revision.turns])
        by_turn: list[list[Line]] = [[] for _row in revision.turns]
        for line in self.lines:
            by_turn[line.turn].append(line)
        self.turns = [
            ShownTurn(
                number=own[0].number,
                last=own[-1].number,
                start=row.start,
                text=self.text[row.start : row.end],
                speaker="" if row.speaker is None else row.speaker.label,
                role=SpeakerRole.UNKNOWN if row.speaker is None else row.speaker.role,
                lines=tuple(line.start for line in own),
                start_ms=row.start_ms,
            )
            for row, own in zip(revision.turns, by_turn, strict=True)
            if own
        ]


def _range(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}–{last}"
