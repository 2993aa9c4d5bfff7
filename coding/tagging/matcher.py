"""Finding the rules of a codebook in one turn: a spaCy component without an import of spaCy.

`RuleMatcher` gets a Doc of one turn and leaves its hits in `doc.user_data`. Words that mean nothing between others
(fillers, punctuation, what stands between square brackets) are passed over; sentence ends and negation are only
worked out for turns where something was found.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from coding.tagging import sentences, syntax, words
from coding.tagging.rules import ComboRule, ComboSide, Kind, Rule, RuleBook, WordType, matches

if TYPE_CHECKING:
    from spacy.strings import StringStore
    from spacy.tokens import Doc

HITS = "dichterbij.hits"
"""Where the hits of a turn are in `doc.user_data`: a tuple of `Hit`."""

_NEGATIONS = frozenset("niet geen nooit niks niemand zonder nauwelijks noch".split())
# A negation does not reach past these: "niet omdat ik bang ben", "ik wil niet dat je bang bent".
_BREAKS = frozenset("maar want omdat dat als toen dus terwijl of die zodat hoewel en".split())
_NOT_ONLY = frozenset("alleen zomaar voor zonder normaal wonder minder".split())
_CLAUSE_MARKS = frozenset(",;:.!?…()–—")
_SO_TO_SAY = ["zeggen", "maar"]
_REACH = 3
_SINGLE = frozenset({Kind.LEMMA, Kind.COMPOUND})

_SKIPPED = WordType("")
_CLAUSE = WordType(".")
_MAX_TYPES = 300_000


class Hit(NamedTuple):
    """One indicator found. Offsets are code points of the turn; `first` and `last` are numbers of its sentences."""

    theme: str
    kind: Kind
    source: str
    start: int
    end: int
    first: int
    last: int
    negated: bool = False


@dataclass(frozen=True, slots=True)
class TurnHits:
    """All hits of one turn, and its sentences as `(start, end)`."""

    hits: tuple[Hit, ...]
    sentences: tuple[tuple[int, int], ...]


NO_HITS = TurnHits((), ())


class RuleMatcher:
    """The spaCy component `dichterbij_rules`: finds every indicator of a rule book in a Doc that is one turn."""

    def __init__(self, book: RuleBook, strings: StringStore) -> None:
        from spacy.attrs import IDS

        self._book = book
        self._strings = strings
        self._orth = IDS["ORTH"]
        # By spaCy's number for a written form: every form seen so far, and which of them rules are tried at.
        self._types: dict[int, WordType] = {}
        self._known: set[int] = set()
        self._hot: set[int] = set()
        self._denying: set[int] = set()

    def __call__(self, doc: Doc) -> Doc:
        """Leave what is found in `doc.user_data`."""
        doc.user_data[HITS] = self.find(doc, doc.text)
        return doc

    def find(self, doc: Doc, text: str) -> TurnHits:
        """Return what the rules find in this turn; `text` is its text (a Doc would build it anew from its tokens)."""
        numbers = doc.to_array(self._orth).tolist()
        distinct = set(numbers)
        if not distinct <= self._known:
            self._learn(distinct)
        hot = distinct & self._hot
        if not hot:
            return NO_HITS
        tokens = [numbers.index(number) for number in hot]
        if len(distinct) < len(numbers):
            tokens = _all_places(numbers, hot, tokens)
        turn = _Turn(doc, text, numbers, self._types, self._book)
        turn.denies = not self._denying.isdisjoint(distinct)
        return turn.hits(sorted(tokens))

    def _learn(self, numbers: set[int]) -> None:
        if len(self._types) > _MAX_TYPES:
            self._types.clear()
            self._known.clear()
            self._hot.clear()
            self._denying.clear()
        for number in numbers - self._known:
            found = self._types[number] = self._type(self._strings[number])
            if found.rules:
                self._hot.add(number)
            if found.word in _NEGATIONS:
                self._denying.add(number)
        self._known |= numbers

    def _type(self, text: str) -> WordType:
        if not any(character.isalnum() for character in text):
            return _CLAUSE if text[:1] in _CLAUSE_MARKS and not text.startswith("..") else _SKIPPED
        return _SKIPPED if words.fold(text) in words.FILLERS else self._book.carried(text)


class _Turn:
    """One turn being searched. Words count without punctuation, fillers and remarks; tokens count with them."""

    denies = True

    def __init__(self, doc: Doc, text: str, numbers: list[int], table: dict[int, WordType], book: RuleBook) -> None:
        self._doc = doc
        self._text = text
        self._numbers = numbers
        self._table = table
        self._book = book
        self._bracketed = "[" in text
        self._sentences: list[tuple[int, int]] = []
        self._starts: list[int] = []
        self._order: dict[int, int] = {}
        self._tokens: list[int] = []
        self._atoms: list[frozenset[int]] = []
        self._word_sentence: list[int] = []
        self._all_atoms: frozenset[int] = frozenset()
        self._absent: set[int] = set()

    def hits(self, hot: list[int]) -> TurnHits:
        """Return every indicator at the tokens `hot` that no `not_when` of its theme stops."""
        found: list[Hit] = []
        stops: set[tuple[str, int]] = set()
        for token in hot:
            for rule in self._type(token).rules:
                if rule.second and rule.second.isdisjoint(self._all_atoms or self._read_atoms()):
                    continue
                span = self._match(rule, token)
                if span is None:
                    continue
                if rule.kind is Kind.SIDE:
                    found += self._combos(rule.side, span)
                    continue
                hit = self._hit(rule.theme, rule.kind, rule.source, span)
                if hit is None:
                    continue
                if rule.kind is Kind.STOP:
                    stops.add((rule.theme, hit.first))
                else:
                    found.append(hit)
        if stops:
            found = [hit for hit in found if stops.isdisjoint((hit.theme, k) for k in range(hit.first, hit.last + 1))]
        return TurnHits(tuple(dict.fromkeys(found)), tuple(self._sentences)) if found else NO_HITS

    def _type(self, token: int) -> WordType:
        return self._table[self._numbers[token]]

    def _match(self, rule: Rule, token: int) -> tuple[int, int] | None:
        """Return the first and last token of the rule at this token, or None."""
        if len(rule.places) == 1 and rule.kind is not Kind.SIDE:
            return None if self._bracketed and self._in_brackets(token) else (token, token)
        if not self._tokens:
            self._read_words()
        at = self._order.get(token)
        if at is None:
            return None
        span = matches(rule, self._atoms, at)
        return span and (self._tokens[span[0]], self._tokens[span[1]])

    def _read_words(self) -> None:
        types = [self._table[number] for number in self._numbers]
        tokens = [token for token, kind in enumerate(types) if kind is not _SKIPPED and kind is not _CLAUSE]
        if self._bracketed:
            tokens = [token for token in tokens if not self._in_brackets(token)]
        if "zeg maar" in self._text:
            said = [types[token].word for token in tokens]
            drop = {k + d for k in range(len(said) - 1) if said[k : k + 2] == _SO_TO_SAY for d in (0, 1)}
            tokens = [token for k, token in enumerate(tokens) if k not in drop]
        self._tokens = tokens
        self._order = {token: at for at, token in enumerate(tokens)}
        self._atoms = [types[token].atoms for token in tokens]

    def _read_atoms(self) -> frozenset[int]:
        """Return what the turn as a whole carries."""
        self._all_atoms = frozenset().union(*(self._table[number].atoms for number in set(self._numbers)))
        return self._all_atoms

    def _in_brackets(self, token: int) -> bool:
        at: int = self._doc[token].idx
        opening = self._text.rfind("[", 0, at)
        return opening >= 0 and self._text.find("]", opening) > at

    def _sentence(self, start: int) -> int:
        """Return the number of the sentence that holds this character; sentences are split at the first question."""
        if not self._sentences:
            self._sentences = sentences.split(self._text)
            self._starts = [begin for begin, _ in self._sentences]
        return bisect_right(self._starts, start) - 1

    def _hit(self, theme: str, kind: Kind, source: str, span: tuple[int, int]) -> Hit | None:
        """Return the hit at these tokens, or None when it runs across the end of a sentence."""
        first = last = self._doc[span[0]]
        if span[1] != span[0]:
            last = self._doc[span[1]]
        start, end = first.idx, last.idx + len(last)
        sentence = self._sentence(start)
        if span[0] != span[1] and end > self._sentences[sentence][1]:
            return None
        negated = self.denies and kind in _SINGLE and (self._negation(span[0], -1) or self._negation(span[0], 1))
        if kind is Kind.PHRASE and not self._as_written(source, span):
            kind = Kind.INFLECTED
        return Hit(theme, kind, source, start, end, sentence, sentence, negated)

    def _as_written(self, source: str, span: tuple[int, int]) -> bool:
        said = [self._type(token).word for token in range(span[0], span[1] + 1) if token in self._order]
        return said == _canonical_words(source)

    def _negation(self, token: int, step: int) -> bool:
        """Look `_REACH` words back or ahead in the same clause; "niet alleen" denies nothing."""
        seen = 0
        after = ""
        while seen < _REACH:
            token += step
            if not 0 <= token < len(self._numbers):
                return False
            kind = self._type(token)
            if kind is _SKIPPED:
                continue
            if kind is _CLAUSE or kind.word in _BREAKS:
                return False
            if kind.word in _NEGATIONS:
                return step > 0 or after not in _NOT_ONLY
            after = kind.word
            seen += 1
        return False

    def _combos(self, side: int, span: tuple[int, int]) -> list[Hit]:
        """Return the combos that hold around the tokens where their rarest side was found."""
        found: list[Hit] = []
        own = (self._order[span[0]], self._order[span[1]])
        windows: list[tuple[int, int]] = []
        for combo in self._book.combos_at[side]:
            if not all(self._may_hold(other) for other in combo.others):
                continue
            windows = windows or self._windows(self._sentence(self._doc[span[0]].idx))
            for low, high in windows:
                parts = self._parts(combo.others, own, low, high)
                if parts:
                    found += self._combo_hits(combo, parts)
                    break
        return found

    def _combo_hits(self, combo: ComboRule, parts: list[tuple[int, int]]) -> list[Hit]:
        spans = [(self._tokens[first], self._tokens[last]) for first, last in parts]
        hits = [hit for span in spans if (hit := self._hit(combo.theme, Kind.COMBO, combo.source, span))]
        if len(hits) < len(spans):
            return []
        first, last = min(hit.first for hit in hits), max(hit.last for hit in hits)
        return [hit._replace(first=first, last=last) for hit in hits]

    def _may_hold(self, side: ComboSide) -> bool:
        """Tell, for the turn as a whole, whether looking for this side makes sense."""
        if side.number in self._absent:
            return False
        if side.anchors.isdisjoint(self._all_atoms or self._read_atoms()):
            self._absent.add(side.number)
            return False
        return True

    def _windows(self, sentence: int) -> list[tuple[int, int]]:
        """Return the words (low, high) of this sentence, then of it with the one before, then with the one after."""
        if not self._word_sentence:
            self._word_sentence = [self._sentence(self._doc[token].idx) for token in self._tokens]
        start, end, before, after = (
            bisect_left(self._word_sentence, number) for number in (sentence, sentence + 1, sentence - 1, sentence + 2)
        )
        return [(start, end), (before, end), (start, after)]

    def _parts(
        self, others: tuple[ComboSide, ...], span: tuple[int, int], low: int, high: int
    ) -> list[tuple[int, int]]:
        parts = [span]
        for side in others:
            part = self._find_side(side, parts, low, high)
            if part is None:
                return []
            parts.append(part)
        return parts

    def _find_side(self, side: ComboSide, taken: list[tuple[int, int]], low: int, high: int) -> tuple[int, int] | None:
        atoms = self._atoms
        near = [at for at in range(low, high) if not side.anchors.isdisjoint(atoms[at])]
        for at in near:
            if not side.atoms.isdisjoint(atoms[at]) and _is_free((at, at), taken):
                return at, at
        for rule in side.rules if near else ():
            wanted = rule.places[rule.anchor]
            for at in near:
                span = None if wanted.isdisjoint(atoms[at]) else matches(rule, atoms, at)
                if span and low <= span[0] and span[1] < high and _is_free(span, taken):
                    return span
        return None


def _all_places(numbers: list[int], wanted: set[int], first: list[int]) -> list[int]:
    """Return every place of the wanted numbers; `first` holds the first place of each."""
    if all(numbers.count(number) == 1 for number in wanted):
        return first
    return [place for place, number in enumerate(numbers) if number in wanted]


def _is_free(span: tuple[int, int], taken: list[tuple[int, int]]) -> bool:
    return not any(span[0] <= last and first <= span[1] for first, last in taken)


@lru_cache(maxsize=65536)
def _canonical_words(phrase: str) -> list[str]:
    return [words.canonical(item.terms[0].text) for item in syntax.words(phrase)]
