"""What a tagger proposes, and what anything that proposes themes must be able to do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from interviews.turns import SpeakerRole, Turn, TurnSpan


@dataclass(frozen=True, slots=True)
class Proposal:
    """A machine's proposal: this passage may be about this theme. Never a segment until a person accepts it.

    `score` is between 0 and 1: how often such a proposal was right on texts the rules were not written from.
    `reason` holds the words that led to it, exactly as they stand in the passage.
    """

    span: TurnSpan
    theme: str
    score: float
    reason: tuple[str, ...]


class Proposer(Protocol):
    """Anything that proposes themes for the turns of one transcript."""

    def suggest(self, turns: Sequence[Turn], roles: Mapping[str, SpeakerRole]) -> list[Proposal]:
        """Return proposals in reading order; none for words of an interviewer."""
        ...
