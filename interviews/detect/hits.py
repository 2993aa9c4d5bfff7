"""What one recogniser saw in one turn, before the findings of a whole interview are put together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from interviews.detect.findings import IdentifierType


@dataclass(frozen=True, slots=True)
class Hit:
    """Half-open `[start, end)` of one turn's text that may identify somebody.

    `reason` and `score` mean what they mean in `interviews.detect.findings.Finding`.
    """

    start: int
    end: int
    type: IdentifierType
    reason: str
    score: float

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"not a span: [{self.start}, {self.end})")


def without_overlap(hits: Iterable[Hit]) -> list[Hit]:
    """Return the hits sorted by place, none sharing a character: the surer one stays, of equals the longer one."""
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda each: (-each.score, each.start - each.end, each.start)):
        if all(hit.end <= other.start or other.end <= hit.start for other in kept):
            kept.append(hit)
    return sorted(kept, key=lambda each: each.start)
