"""Proposing themes by the words of a codebook.

>>> tagger = default_tagger()                                          # doctest: +SKIP
>>> tagger.suggest([Turn("R", "Ik was maar een nummer voor ze.")], {})  # doctest: +SKIP
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from coding import starter
from coding.lexicon import Indicators, IndicatorSet, Lexicon
from coding.tagging import pipeline, weights
from coding.tagging.matcher import Hit, TurnHits
from coding.tagging.proposals import Proposal
from coding.tagging.rules import Kind, RuleBook
from interviews.turns import SpeakerRole, Turn, TurnSpan

THRESHOLD = 0.40
"""A proposal is made from this score on. At this point the rules do best on training interviews they were not
measured on (F1 flat between 0.35 and 0.50), and about half of what they propose there is right."""

LONGEST_SPAN = 3
"""Sentences in one proposal."""

_Id = TypeVar("_Id")
_KEPT_TAGGERS = 4
_NO_INDICATORS = Indicators()


class Tagger:
    """Proposes themes of one codebook. Warm after the first call; use one per process or thread."""

    def __init__(
        self,
        lexicon: Lexicon,
        *,
        further: IndicatorSet | None = None,
        measured: weights.Measurements | None = None,
        threshold: float = THRESHOLD,
        inflections: bool = True,
    ) -> None:
        """Build the rules of `lexicon`, with `further` indicators for the themes it has.

        `nlp` is the spaCy pipeline itself. `measured` tells what is known about single indicators (none by default: only their kind counts). Without
        `inflections` words match as written. Importing spaCy happens here and takes a second or more.
        """
        self.lexicon = lexicon
        self.threshold = threshold
        fields = {**(further.fields if further else {}), **lexicon.fields}
        indicators = {
            theme.id: theme.indicators.merged(
                further.themes.get(theme.id, _NO_INDICATORS) if further else _NO_INDICATORS
            )
            for theme in lexicon.themes
        }
        self._own = {(theme.id, source) for theme in lexicon.themes for source in _sources(theme.indicators)}
        self._measured = measured or {}
        denied = {group.id for group in lexicon.groups if group.holds_when_negated}
        self._keeps_negated = {theme.id for theme in lexicon.themes if theme.group in denied}
        self._precision: dict[tuple[str, Kind, str], float] = {}
        self.nlp, self._matcher = pipeline.build(RuleBook(indicators, fields, inflections=inflections))

    def suggest(self, turns: Sequence[Turn], roles: Mapping[str, SpeakerRole]) -> list[Proposal]:
        """Return proposals for one transcript in reading order. Words of an interviewer are not coded.

        A speaker that `roles` does not name counts as somebody who is interviewed. Every span lies inside its turn and
        holds one to three whole sentences.
        """
        found: list[Proposal] = []
        for number, turn in enumerate(turns):
            if turn.speaker is not None and roles.get(turn.speaker) is SpeakerRole.INTERVIEWER:
                continue
            hits = self.hits(turn.text)
            if hits is not None:
                found += self._proposals(number, turn.text, hits)
        return found

    def stream(
        self, transcripts: Iterable[tuple[_Id, Sequence[Turn], Mapping[str, SpeakerRole]]]
    ) -> Iterator[tuple[_Id, list[Proposal]]]:
        """Yield `(id, proposals)` per transcript, one at a time: nothing of an earlier transcript is kept."""
        for identity, turns, roles in transcripts:
            yield identity, self.suggest(turns, roles)

    def hits(self, text: str) -> TurnHits | None:
        """Return every indicator found in the text of one turn, sure or not, or None when there is none."""
        ready = pipeline.prepared(text)
        found = self._matcher.find(self.nlp.make_doc(ready), ready)
        return found if found.hits else None

    def precision(self, hit: Hit) -> float:
        """Return how sure one hit is (0 to 1); 0 for a denied word ("niet bang") of a theme that it would turn round."""
        if hit.negated and hit.theme not in self._keeps_negated:
            return 0.0
        key = (hit.theme, hit.kind, hit.source)
        known = self._precision.get(key)
        if known is None:
            own = (hit.theme, hit.source) in self._own
            known = weights.precision(hit.kind, hit.source, own=own, measured=self._measured.get(key))
            self._precision[key] = known
        return known

    def _proposals(self, number: int, text: str, found: TurnHits) -> list[Proposal]:
        by_theme: dict[str, list[Hit]] = {}
        for hit in found.hits:
            if self.precision(hit) > 0.0:
                by_theme.setdefault(hit.theme, []).append(hit)
        proposals: list[Proposal] = []
        for theme, hits in by_theme.items():
            for passage in _passages(hits):
                chosen = self._independent(passage)
                score = weights.combined(self.precision(group[0]) for group in chosen)
                if score < self.threshold:
                    continue
                kept = sorted((hit for group in chosen for hit in group), key=lambda hit: (hit.start, hit.end))
                start = found.sentences[min(hit.first for hit in kept)][0]
                end = found.sentences[max(hit.last for hit in kept)][1]
                reason = tuple(dict.fromkeys(text[hit.start : hit.end] for hit in kept))
                proposals.append(Proposal(TurnSpan(number, start, end), theme, round(score, 3), reason))
        return sorted(proposals, key=lambda proposal: (proposal.span, proposal.theme))

    def _independent(self, hits: list[Hit]) -> list[list[Hit]]:
        """Return hits grouped per indicator, the surest first, leaving out those that lean on the same words."""
        groups: dict[tuple[Kind, str], list[Hit]] = {}
        for hit in hits:
            groups.setdefault((hit.kind, hit.source), []).append(hit)
        chosen: list[list[Hit]] = []
        taken: list[Hit] = []
        for group in sorted(groups.values(), key=lambda group: -self.precision(group[0])):
            if not any(hit.start < other.end and other.start < hit.end for hit in group for other in taken):
                chosen.append(group)
                taken += group
        return chosen


def default_tagger(lexicon: Lexicon | None = None) -> Tagger:
    """Return a warm tagger for `lexicon` (the start codebook when None), made once per codebook and process.

    Themes that carry the ids of the start codebook get the packaged further indicators and measurements too.
    """
    wanted = lexicon or starter.start_lexicon()
    with _lock:
        for kept in _taggers:
            if kept.lexicon == wanted:
                return kept
        tagger = Tagger(wanted, further=starter.start_indicators(), measured=weights.packaged_measurements())
        _taggers.append(tagger)
        del _taggers[:-_KEPT_TAGGERS]
        return tagger


_lock = threading.Lock()
_taggers: list[Tagger] = []


def _sources(indicators: Indicators) -> Iterable[str]:
    return (*indicators.lemmas, *indicators.phrases, *indicators.patterns, *indicators.combos)


def _passages(hits: list[Hit]) -> list[list[Hit]]:
    """Join hits in the same or neighbouring sentences, to at most `LONGEST_SPAN` sentences."""
    passages: list[list[Hit]] = []
    first = last = -1
    for hit in sorted(hits, key=lambda hit: (hit.first, hit.start)):
        if passages and hit.first <= last + 1 and max(last, hit.last) - first < LONGEST_SPAN:
            passages[-1].append(hit)
            last = max(last, hit.last)
        else:
            passages.append([hit])
            first, last = hit.first, hit.last
    return passages
