"""How sure a hit is: the precision of indicators, measured on texts they were not written from.

A unit is one turn of an interviewee or one passage; an indicator is right in a unit when a reader gave the unit its
theme. Measured on the 18 synthetic training interviews and 2,894 synthetic passages (353 of them neutral talk and hard
negatives), never on the six example interviews. Two numbers come out of it:

- per kind of indicator (`_PRIORS`): what to expect of one that was never seen;
- per indicator (`coding/data/measured.tsv`): how often it hit and how often it was right.

An indicator's precision is its own count, pulled to what its kind does by `_WEIGHT_OF_KIND` imagined units.
`benchmarks/tagging_precision.py` measures both again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from coding.tagging.rules import Kind

_WEIGHT_OF_KIND = 4.0
_LONGEST = 5

# (kind, number of words up to five; 0 where length says nothing): precision of indicators a codebook lists itself,
# and of further indicators that were added from examples, which are wilder.
_PRIORS: Mapping[tuple[Kind, int], tuple[float, float]] = {
    (Kind.LEMMA, 0): (0.42, 0.22),
    (Kind.COMPOUND, 0): (0.24, 0.24),
    (Kind.PHRASE, 1): (0.47, 0.22),
    (Kind.PHRASE, 2): (0.66, 0.38),
    (Kind.PHRASE, 3): (0.77, 0.39),
    (Kind.PHRASE, 4): (0.89, 0.60),
    (Kind.PHRASE, 5): (0.92, 0.68),
    (Kind.INFLECTED, 1): (0.38, 0.18),
    (Kind.INFLECTED, 2): (0.46, 0.28),
    (Kind.INFLECTED, 3): (0.45, 0.33),
    (Kind.INFLECTED, 4): (0.70, 0.56),
    (Kind.INFLECTED, 5): (0.70, 0.60),
    (Kind.PATTERN, 0): (0.68, 0.55),
    (Kind.COMBO, 0): (0.45, 0.39),
}

_REPEAT = 0.5
"""Each further indicator of the same theme in the same place counts half as much as the one before it."""


@dataclass(frozen=True, slots=True)
class Measured:
    """In how many units an indicator was found, and in how many of those a reader saw its theme."""

    hits: int
    right: int


Measurements = Mapping[tuple[str, Kind, str], Measured]
"""By theme, kind and the indicator as written."""


def precision(kind: Kind, source: str, *, own: bool, measured: Measured | None = None) -> float:
    """Return the expected precision (0 to 1) of one indicator; `own`: the codebook itself lists it."""
    length = min(max(len(source.split()), 1), _LONGEST) if kind in (Kind.PHRASE, Kind.INFLECTED) else 0
    expected = _PRIORS[kind, length][0 if own else 1]
    if measured is None:
        return expected
    return (measured.right + _WEIGHT_OF_KIND * expected) / (measured.hits + _WEIGHT_OF_KIND)


def combined(precisions: Iterable[float]) -> float:
    """Return how sure several different hits are together (0 to 1): at least as sure as the best of them."""
    doubt = 1.0
    weight = 1.0
    for value in sorted(precisions, reverse=True):
        doubt *= 1.0 - value * weight
        weight *= _REPEAT
    return 1.0 - doubt


@cache
def packaged_measurements() -> Measurements:
    """Return what was measured for the indicators of the start codebook and of the packaged further lists."""
    text = resources.files("coding").joinpath("data").joinpath("measured.tsv").read_text(encoding="utf-8")
    found: dict[tuple[str, Kind, str], Measured] = {}
    for line in text.splitlines():
        if line and not line.startswith("#"):
            theme, kind, hits, right, source = line.split("\t")
            found[theme, Kind(kind), source] = Measured(int(hits), int(right))
    return found
