"""What must go: which sentences somebody ticked, or what somebody wrote."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from wtforms import HiddenField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import Length

from interviews.formats import times
from interviews.removals import MOST_WORDS
from interviews.turns import Turn
from webapp.forms.base import Form, tidy

_END = re.compile(r"(?<=[.!?…])\s+")


@dataclass(frozen=True, slots=True)
class Piece:
    """One sentence of a turn: half-open `[start, end)` in code points of the turn."""

    turn: int
    start: int
    end: int
    text: str

    @property
    def value(self) -> str:
        """How a ticked box names it."""
        return f"{self.turn}:{self.start}:{self.end}"


def pieces_of(number: int, turn: Turn) -> list[Piece]:
    """Return the sentences of a turn, in order; together they hold every word of it."""
    places = [0, *(found.end() for found in _END.finditer(turn.text)), len(turn.text)]
    return [
        Piece(number, start, start + len(turn.text[start:end].rstrip()), turn.text[start:end].rstrip())
        for start, end in pairwise(places)
        if turn.text[start:end].strip()
    ]


def runs(ticked: Iterable[str], turns: Sequence[Turn]) -> list[tuple[int, int, int]]:
    """Return what was ticked as (turn, start, end), sentences that follow each other as one. Odd values are left out."""
    wanted = set(ticked)
    found: list[tuple[int, int, int]] = []
    for number, turn in enumerate(turns):
        going = False
        for piece in pieces_of(number, turn):
            if piece.value not in wanted:
                going = False
            elif going:
                found[-1] = (number, found[-1][1], piece.end)
            else:
                found.append((number, piece.start, piece.end))
                going = True
    return found


class PassageForm(Form):
    """The ticked sentences, and why (one may leave that out)."""

    pieces = SelectMultipleField(validate_choice=False)
    base = HiddenField()
    """The revision that was shown: in another one the same places hold other sentences."""
    reason = StringField(filters=[tidy], validators=[Length(max=200)])


class StretchForm(Form):
    """A stretch of a recording: from and to as a clock shows them, such as 12:30."""

    recording = SelectField(validate_choice=False)
    start = StringField(filters=[tidy])
    end = StringField(filters=[tidy])

    def stretch(self) -> tuple[uuid.UUID, int, int] | None:
        """Return recording, from and to in milliseconds; None when one of them makes no sense."""
        start, end = times.milliseconds(self.start.data or ""), times.milliseconds(self.end.data or "")
        try:
            recording = uuid.UUID(self.recording.data or "")
        except ValueError:
            return None
        return None if start is None or end is None or not start < end else (recording, start, end)


class WordsForm(Form):
    """What must go, in somebody's own words."""

    words = TextAreaField(validators=[Length(max=MOST_WORDS)])
