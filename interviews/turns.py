"""What was said, by whom, in which order: the pure values every part of the toolkit passes around.

Pure: no SQLAlchemy, no Flask, frozen values only.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass


class SpeakerRole(enum.StrEnum):
    """The part somebody plays in an interview. The interviewer's words are never coded."""

    INTERVIEWER = "interviewer"
    INTERVIEWEE = "interviewee"
    COMPANION = "companion"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Speaker:
    """One voice of a transcript. `label` is unique in the transcript and is data: it may be a real name."""

    label: str
    role: SpeakerRole = SpeakerRole.UNKNOWN


@dataclass(frozen=True, slots=True)
class Turn:
    """What one speaker says until another speaker takes over.

    `text` is clean (see `interviews.text.clean`) and has no line break in it. `speaker` is a label out of the
    transcript's speakers, or None where the source does not say who talks. Times are milliseconds from the start of
    the recording, or None where the source gives none.
    """

    speaker: str | None
    text: str
    start_ms: int | None = None
    end_ms: int | None = None

    def __post_init__(self) -> None:
        if "\n" in self.text:
            raise ValueError("a turn's text holds no line break")
        if self.start_ms is not None and self.start_ms < 0:
            raise ValueError("start_ms is not negative")


@dataclass(frozen=True, slots=True, order=True)
class TurnSpan:
    """Half-open `[start, end)` in Unicode code points of the text of turn number `turn` (0-based)."""

    turn: int
    start: int
    end: int

    def __post_init__(self) -> None:
        if not (self.turn >= 0 and 0 <= self.start < self.end):
            raise ValueError(f"not a span: turn {self.turn} [{self.start}, {self.end})")

    def overlaps(self, other: TurnSpan) -> bool:
        """Tell whether the two spans share at least one character."""
        return self.turn == other.turn and self.start < other.end and other.start < self.end
