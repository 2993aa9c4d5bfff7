"""A codebook compiled to rules that are tried at one word: the rarest one they hold.

Every indicator, however it is written, becomes a `Rule`: places in a row with gaps between them. Words are numbers
("atoms") here; which atoms a word type carries is worked out once (`RuleBook.carried`) and remembered by the matcher. A rule is only tried where its rarest place matches.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from coding.lexicon import Indicators
from coding.tagging import syntax, words


class Kind(enum.StrEnum):
    """How a rule was written."""

    LEMMA = "lemma"
    COMPOUND = "compound"
    PHRASE = "phrase"
    INFLECTED = "inflected"
    PATTERN = "pattern"
    COMBO = "combo"
    STOP = "stop"
    SIDE = "side"


@dataclass(frozen=True, slots=True)
class Rule:
    """One compiled indicator. `number` is its place in the rule book; `side` only counts for a side of a combo.

    `second` is the rarest place but one: a turn without it needs no closer look. Empty for a single word.
    """

    number: int
    kind: Kind
    theme: str
    source: str
    places: tuple[frozenset[int], ...]
    gaps: tuple[int, ...]
    anchor: int
    second: frozenset[int]
    side: int = -1


@dataclass(frozen=True, slots=True)
class ComboSide:
    """One side of a combo: any of `atoms`, or any of `rules` (alternatives of several words).

    Words that carry none of `anchors` need no closer look.
    """

    number: int
    atoms: frozenset[int]
    rules: tuple[Rule, ...]
    anchors: frozenset[int]


@dataclass(frozen=True, slots=True)
class ComboRule:
    """A combo that is tried where its rarest side is found; `others` must stand within two neighbouring sentences."""

    theme: str
    source: str
    others: tuple[ComboSide, ...]


@dataclass(frozen=True, slots=True)
class WordType:
    """What one written form carries: its usual form, its atoms, and the rules that are tried at it."""

    word: str
    atoms: frozenset[int] = frozenset()
    rules: tuple[Rule, ...] = ()


class RuleBook:
    """All rules of a codebook, and what each word carries of them."""

    def __init__(
        self, indicators: Mapping[str, Indicators], fields: Mapping[str, tuple[str, ...]], *, inflections: bool = True
    ) -> None:
        """Compile `indicators` per theme id. Without `inflections` words match in the form written only."""
        self._inflections = inflections
        self._atoms: dict[tuple[str, str], int] = {}
        self._by_key: dict[str, list[int]] = {}
        self._by_prefix: dict[str, int] = {}
        self._parts: dict[str, list[int]] = {}
        self._at: dict[int, list[Rule]] = {}
        self._sides: dict[tuple[syntax.Sequence, ...], ComboSide] = {}
        self._tried: dict[tuple[syntax.Sequence, ...], int] = {}
        self.rules: list[Rule] = []
        self.combos_at: dict[int, list[ComboRule]] = {}
        for theme, given in indicators.items():
            self._add_theme(theme, given, fields)

    def _add_theme(self, theme: str, given: Indicators, fields: Mapping[str, tuple[str, ...]]) -> None:
        for lemma in given.lemmas:
            written = syntax.words(lemma)
            if len(written) == 1 and self._inflections:
                self._add(Kind.COMPOUND, theme, lemma, written, part=True)
            self._add(Kind.LEMMA if len(written) == 1 else Kind.PHRASE, theme, lemma, written)
        for phrase in given.phrases:
            self._add(Kind.PHRASE, theme, phrase, syntax.words(phrase))
        for pattern in given.patterns:
            self._add(Kind.PATTERN, theme, pattern, syntax.pattern(pattern))
        for stop in given.not_when:
            self._add(Kind.STOP, theme, stop, syntax.sequence(stop))
        for combo in given.combos:
            self._add_combo(theme, combo, syntax.combo(combo, fields))

    def _add_combo(self, theme: str, source: str, sides: tuple[tuple[syntax.Sequence, ...], ...]) -> None:
        if len(sides) < 2 or not all(sides):
            return
        rarest = min(sides, key=_commonness)
        others = tuple(self._side(side) for side in sides if side is not rarest)
        if rarest not in self._tried:
            self._tried[rarest] = len(self._tried)
            for choice in rarest:
                self._add(Kind.SIDE, "", "", choice, side=self._tried[rarest])
        self.combos_at.setdefault(self._tried[rarest], []).append(ComboRule(theme, source, others))

    def _side(self, side: tuple[syntax.Sequence, ...]) -> ComboSide:
        if side not in self._sides:
            single = frozenset(self._atom(term) for choice in side if len(choice) == 1 for term in choice[0].terms)
            several = tuple(self._compiled(Kind.SIDE, "", "", choice) for choice in side if len(choice) > 1)
            anchors = single.union(*(rule.places[rule.anchor] for rule in several))
            self._sides[side] = ComboSide(len(self._sides), single, several, anchors)
        return self._sides[side]

    def _add(
        self, kind: Kind, theme: str, source: str, sequence: syntax.Sequence, *, part: bool = False, side: int = -1
    ) -> None:
        if not sequence:
            return
        rule = self._compiled(kind, theme, source, sequence, part=part, side=side)
        for atom in rule.places[rule.anchor]:
            self._at.setdefault(atom, []).append(rule)

    def _compiled(
        self, kind: Kind, theme: str, source: str, sequence: syntax.Sequence, *, part: bool = False, side: int = -1
    ) -> Rule:
        loose = kind is Kind.PHRASE
        places = tuple(frozenset(self._atom(term, part=part, loose=loose) for term in item.terms) for item in sequence)
        weights = [sum(_frequency(term, loose=loose) for term in item.terms) for item in sequence]
        gaps = (0, *(item.gap for item in sequence[1:]))
        rarest = sorted(range(len(weights)), key=weights.__getitem__)
        second = places[rarest[1]] if len(rarest) > 1 else frozenset()
        rule = Rule(len(self.rules), kind, theme, source, places, gaps, rarest[0], second, side)
        self.rules.append(rule)
        return rule

    def _atom(self, term: syntax.Term, *, part: bool = False, loose: bool = False) -> int:
        text = words.fold(term.text) if term.prefix else words.canonical(term.text)
        kind = "~" if term.prefix else "°" if part else "≈" if loose else "="
        number = self._atoms.setdefault((kind, text), len(self._atoms))
        if term.prefix:
            self._by_prefix[text] = number
            return number
        # A codebook that lists "gezien" means that form; one that lists "zien" means all its forms.
        forms = words.keys(term.text) if loose and self._inflections else frozenset({text})
        table = self._parts if part else self._by_key
        for form in forms:
            numbers = table.setdefault(form, [])
            if number not in numbers:
                numbers.append(number)
        return number

    def carried(self, word: str) -> WordType:
        """Work out what `word`, as written, carries. Thorough, so ask it once per word type."""
        atoms: set[int] = set()
        for form in words.keys(word) if self._inflections else (words.canonical(word),):
            atoms.update(self._by_key.get(form, ()))
        folded = words.fold(word)
        for length in range(1, len(folded) + 1):
            number = self._by_prefix.get(folded[:length])
            if number is not None:
                atoms.add(number)
        if self._inflections and len(folded) >= 7:
            for part in words.compound_parts(word, self._parts.keys()):
                atoms.update(self._parts[part])
        rules = {rule.number: rule for atom in atoms for rule in self._at.get(atom, ())}
        return WordType(words.canonical(word), frozenset(atoms), tuple(rules[number] for number in sorted(rules)))


def matches(rule: Rule, sentence: list[frozenset[int]], at: int) -> tuple[int, int] | None:
    """Return the first and last place (inclusive) where `rule` matches with its anchor at place `at`, or None."""
    # Nearly every try fails on the next word: see that before any call.
    after, before = rule.anchor + 1, rule.anchor - 1
    ends = after < len(rule.places) and not rule.gaps[after]
    if ends and (at + 1 >= len(sentence) or rule.places[after].isdisjoint(sentence[at + 1])):
        return None
    begins = before >= 0 and not rule.gaps[rule.anchor]
    if begins and (at < 1 or rule.places[before].isdisjoint(sentence[at - 1])):
        return None
    last = _reach(rule, sentence, at, forward=True)
    if last < 0:
        return None
    first = _reach(rule, sentence, at, forward=False)
    return None if first < 0 else (first, last)


def _reach(rule: Rule, sentence: list[frozenset[int]], at: int, *, forward: bool) -> int:
    """Return where the rule ends (or begins) nearest to its anchor, or -1.

    All positions a place can take are followed at once, so that a pattern full of stars costs no more than its length.
    """
    step = 1 if forward else -1
    places = range(rule.anchor + 1, len(rule.places)) if forward else range(rule.anchor - 1, -1, -1)
    positions = {at}
    for place in places:
        wanted = rule.places[place]
        gap = rule.gaps[place] if forward else rule.gaps[place + 1]
        positions = {
            position
            for start in positions
            for position in range(start + step, start + step * (gap + 2), step)
            if 0 <= position < len(sentence) and not wanted.isdisjoint(sentence[position])
        }
        if not positions:
            return -1
    return min(positions) if forward else max(positions)


def _commonness(side: tuple[syntax.Sequence, ...]) -> float:
    return sum(min(sum(_frequency(term) for term in item.terms) for item in choice) for choice in side)


@cache
def _common_words() -> tuple[Mapping[str, float], Mapping[str, float]]:
    """Return how often common words come by, per word as written and per form they are found under."""
    lines = (
        resources.files("coding").joinpath("data").joinpath("common_words.txt").read_text(encoding="utf-8").splitlines()
    )
    ranked = [line for line in lines if line and not line.startswith("#")]
    by_word: dict[str, float] = {}
    by_form: dict[str, float] = {}
    for rank, word in enumerate(ranked, start=1):
        share = 0.1 / rank
        by_word[words.fold(word)] = share
        for form in words.keys(word):
            by_form[form] = by_form.get(form, 0.0) + share
    return by_word, by_form


@cache
def _frequency(term: syntax.Term, *, loose: bool = False) -> float:
    """Estimate how often a place matches: Zipf's law over a list of common words, and long words are rare."""
    by_word, by_form = _common_words()
    folded = words.fold(term.text)
    if term.prefix:
        return sum(share for word, share in by_word.items() if word.startswith(folded)) + 1e-4 / max(len(folded), 1)
    forms = words.keys(term.text) if loose else {words.canonical(term.text)}
    return sum(by_form.get(form, 0.0) for form in forms) + 1e-5 / max(len(folded), 1)
