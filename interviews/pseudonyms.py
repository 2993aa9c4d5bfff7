"""Other words for the words that identify: what to put in place, and how offsets move when it is put there.

Pure: no database, no web, frozen values only. Source of the rules: a pseudonym is the interviewee's own choice or a
neutral first name, never a name that occurs in the raw text of the project; one per person; everything else becomes its
kind in square brackets, so that a reader sees that something was taken out.
"""

from __future__ import annotations

import random
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from interviews.detect.ages import age_in_years
from interviews.detect.findings import IdentifierType as Kind
from interviews.detect.lexicon import fold

NEUTRAL_NAMES: tuple[str, ...] = tuple(
    """Merel Robin Sam Noor Charlie Dani Alex Jip Kim Sacha Mika Noa Ravi Luca Remi Senna Amal Nour Bo Jules Quinn Rowan
    Sasha Toni Yuri Ilham Deniz Evren Umut Jamie Kai Lou Marijn Merijn Nicky Ollie Pascal Puck Renee Robbie Sidney Skye
    Sunny Taylor Terry Vlinder Wil Yael Zoli Ariel Beau Casey Dominique Eden Farah Gabi Hadi Imre Iman Jona Kiran Lennon
    Milan Niam Ody Pim Rene Shay Tijn Uli Valentine Wieke Xan Yara Zen Ashley Berke Chris Devi Elif Floor Gerrie Harley
    Indra Joy Kayra Leslie Maxime Nima Ona Pleun Roni Sol Teddy Uma Vanja Willow Yuna Zaya Akin Bibi Cato Derya Eli""".split()
)
"""First names that are in use for more than one gender or in more than one of the country's languages."""

_LABELS: Mapping[Kind, str] = {
    Kind.PLACE: "plaats",
    Kind.LOCATION: "wijk",
    Kind.ADDRESS: "adres",
    Kind.POSTCODE: "postcode",
    Kind.ORG: "organisatie",
    Kind.AGE: "leeftijd",
    Kind.DATE: "datum",
    Kind.PHONE: "telefoonnummer",
    Kind.EMAIL: "e-mailadres",
    Kind.USERNAME: "gebruikersnaam",
    Kind.BSN: "BSN weggehaald",
    Kind.IBAN: "rekeningnummer",
    Kind.CLIENT_NO: "klantnummer",
    Kind.LICENSE_PLATE: "kenteken",
    Kind.INDIRECT: "weggelaten",
}
_BANDS = {2: "twintiger", 3: "dertiger", 4: "veertiger", 5: "vijftiger", 6: "zestiger", 7: "zeventiger", 8: "tachtiger",
          9: "negentiger"}  # fmt: skip


OMITTED_LABEL = "[weggelaten]"
"""What stands where words are left out. The same as `interviews.hidden.OMITTED`, which is not pure."""


def general_label(kind: Kind) -> str:
    """Return the general word for a kind, without brackets; "persoon" for a person."""
    return _LABELS.get(kind, "persoon")


def is_general(replacement: str) -> bool:
    """Tell whether this is one of the fixed general words, which tell nothing about anybody."""
    plain = replacement.strip("[]")
    return plain in {*_LABELS.values(), *_BANDS.values(), "heel jong kind", "kind", "tiener", "heel oud"}


def propose_replacement(
    kind: Kind,
    *,
    taken: Collection[str] = (),
    raw_words: Collection[str] = (),
    seed: int = 0,
    role: str | None = None,
    words: str = "",
) -> str:
    """Return what to put in the place of one identifier.

    A person gets a neutral first name that is not in `taken` (pseudonyms in use) nor in `raw_words` (every word of the
    project's raw texts), chosen by `seed`; the same arguments give the same name. When the names run out the answer is
    "[persoon 2]" and so on. `role` says what somebody is in the story ("zoon", "gemeente", "school") and is put in
    brackets instead of a name or of the general word. `words` is what was found: an age becomes a band.
    """
    if role is not None and role.strip(" []"):
        return f"[{role.strip(' []')}]"
    if kind is Kind.PERSON:
        return _first_name(taken, raw_words, seed)
    if kind is Kind.AGE:
        years = age_in_years(words)
        return f"[{band(years)}]" if years is not None else f"[{_LABELS[kind]}]"
    return f"[{_LABELS[kind]}]"


def _first_name(taken: Collection[str], raw_words: Collection[str], seed: int) -> str:
    used = {fold(name) for name in taken} | {fold(word) for word in raw_words}
    names = list(NEUTRAL_NAMES)
    random.Random(seed).shuffle(names)  # noqa: S311  which neutral name it is, is no secret
    for name in names:
        if fold(name) not in used:
            return name
    number = 1
    while f"[persoon {number}]" in taken:
        number += 1
    return f"[persoon {number}]"


def band(years: int) -> str:
    """Return about how old somebody is: a phase below 20, decades above."""
    if years < 4:
        return "heel jong kind"
    if years < 13:
        return "kind"
    if years < 20:
        return "tiener"
    return _BANDS.get(years // 10, "heel oud")


@dataclass(frozen=True, slots=True, order=True)
class Replacement:
    """Put `text` where half-open `[start, end)` stands, in code points of the text before."""

    start: int
    end: int
    text: str

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"not a span: [{self.start}, {self.end})")


@dataclass(frozen=True, slots=True)
class Replaced:
    """A text after replacing. `spans` holds (old start, old end, new start, new end) of each piece, in order."""

    text: str
    spans: tuple[tuple[int, int, int, int], ...]

    def to_new(self, start: int, end: int) -> tuple[int, int]:
        """Return where half-open `[start, end)` of the old text stands in the new one.

        A span that touches the inside of a replaced piece widens to the whole piece. Raises ValueError when it is no
        span.
        """
        return _mapped(start, end, [(a, b, c, d) for a, b, c, d in self.spans])

    def to_old(self, start: int, end: int) -> tuple[int, int]:
        """Return where half-open `[start, end)` of the new text stood in the old one; widens like `to_new`."""
        return _mapped(start, end, [(c, d, a, b) for a, b, c, d in self.spans])


def replace(text: str, replacements: Sequence[Replacement]) -> Replaced:
    """Return `text` with every replacement made. Raises ValueError when two overlap or one lies outside the text."""
    ordered = sorted(replacements)
    if ordered and ordered[-1].end > len(text):
        raise ValueError("a replacement lies outside the text")
    if any(one.end > other.start for one, other in pairwise(ordered)):
        raise ValueError("replacements overlap")
    pieces: list[str] = []
    spans: list[tuple[int, int, int, int]] = []
    copied = length = 0
    for each in ordered:
        pieces += [text[copied : each.start], each.text]
        length += each.start - copied
        spans.append((each.start, each.end, length, length + len(each.text)))
        length += len(each.text)
        copied = each.end
    pieces.append(text[copied:])
    return Replaced("".join(pieces), tuple(spans))


def _mapped(start: int, end: int, spans: Sequence[tuple[int, int, int, int]]) -> tuple[int, int]:
    """Map `[start, end)` over pieces (from start, from end, to start, to end)."""
    if not 0 <= start <= end:
        raise ValueError(f"not a span: [{start}, {end})")
    starts = [span[0] for span in spans]
    left = _opening(start, spans, starts)
    return left, max(left, _closing(end, spans, starts) if end > start else left)


def _opening(place: int, spans: Sequence[tuple[int, int, int, int]], starts: Sequence[int]) -> int:
    index = bisect_right(starts, place) - 1
    if index < 0:
        return place
    _, from_end, to_start, to_end = spans[index]
    return place - from_end + to_end if place >= from_end else to_start


def _closing(place: int, spans: Sequence[tuple[int, int, int, int]], starts: Sequence[int]) -> int:
    """Map an end: one that stands exactly at the start of a piece does not touch that piece."""
    index = bisect_left(starts, place)
    if index < len(spans) and starts[index] == place:
        return spans[index][2]
    if index == 0:
        return place
    _, from_end, _, to_end = spans[index - 1]
    return place - from_end + to_end if place >= from_end else to_end
