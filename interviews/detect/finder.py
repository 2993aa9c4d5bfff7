"""Finds in an interview the words that may tell who somebody is, and proposes them; a person decides.

Plain rules and word lists, nothing downloaded, no model: each proposal has a reason that can be told to a lay reader.
"""

from __future__ import annotations

import functools
from collections.abc import Collection, Sequence
from dataclasses import replace

from interviews.detect import signs
from interviews.detect.addresses import address_hits
from interviews.detect.ages import age_hits
from interviews.detect.classify import Judge
from interviews.detect.dates import date_hits
from interviews.detect.entities import entity_keys
from interviews.detect.findings import Finding
from interviews.detect.findings import IdentifierType as Kind
from interviews.detect.hits import Hit, without_overlap
from interviews.detect.letters import spelled_hits
from interviews.detect.lexicon import Lexicon, default_lexicon, fold
from interviews.detect.mentions import further_hits, learn, name_keys
from interviews.detect.numbers import number_hits
from interviews.detect.online import online_hits
from interviews.detect.people import Named
from interviews.detect.phrases import read_phrases
from interviews.detect.typed import lower_case_hits
from interviews.detect.words import Word, read_words
from interviews.turns import Turn, TurnSpan

_LOOK_BACK = 200
_WEAK = 0.7
_SURELY_A_PERSON = frozenset({"says_own_name", "called", "after_title", "after_relation"})
_NAMES = frozenset({Kind.PERSON, Kind.PLACE, Kind.LOCATION, Kind.ORG})


class NameFinder:
    """Proposes identifiers with the lists of `lexicon`. Holds no state of any interview; safe to share."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    def find(self, turns: Sequence[Turn], *, keep: Collection[str] = ()) -> list[Finding]:
        """Return the proposals for one interview, sorted by place, none sharing a character.

        `keep` holds words that are never proposed: chosen pseudonyms, and words a person said to leave alone. Case and
        accents do not count there.
        """
        kept = frozenset(key for word in keep for key in (fold(word), *name_keys(word)))
        words = [read_words(turn.text) for turn in turns]
        hits = [self._first_look(turns, number, words[number], kept) for number in range(len(turns))]
        hits = self._without_pets(turns, words, self._surnames(turns, words, self._agreed(turns, hits)))
        found = [(turn.text, hit) for turn, of_turn in zip(turns, hits, strict=True) for hit in of_turn]
        known = learn(found, {turn.speaker for turn in turns if turn.speaker}, self._lexicon)
        placed: list[Named] = []
        for number, turn in enumerate(turns):
            more = [
                hit
                for hit in further_hits(words[number], known, self._lexicon, kept)
                if all(hit.end <= other.start or other.end <= hit.start for other in hits[number])
            ]
            placed.extend(Named(number, turn.text, hit) for hit in without_overlap([*hits[number], *more]))
        keys = entity_keys(placed, self._lexicon)
        return [
            Finding(
                TurnSpan(each.turn, each.hit.start, each.hit.end), each.hit.type, key, each.hit.reason, each.hit.score
            )
            for each, key in zip(placed, keys, strict=True)
        ]

    def _first_look(self, turns: Sequence[Turn], number: int, words: list[Word], keep: Collection[str]) -> list[Hit]:
        text = turns[number].text
        before = " ".join(turn.text for turn in turns[max(0, number - 2) : number])[-_LOOK_BACK:]
        hits: list[Hit] = [*online_hits(text), *age_hits(text, before=before), *date_hits(text), *address_hits(text)]
        hits.extend(number_hits(text, before=before))
        judge = Judge(self._lexicon, keep)
        for phrase in read_phrases(words, self._lexicon):
            hit = judge.verdict(phrase)
            if hit is not None:
                hits.append(hit)
        hits.extend(lower_case_hits(words, self._lexicon, keep))
        hits.extend(spelled_hits(text, self._lexicon, before=before))
        hits = [_with_s(text, hit) if hit.type is Kind.PLACE else hit for hit in hits]
        return without_overlap(hit for hit in hits if fold(text[hit.start : hit.end]) not in keep)

    def _surnames(self, turns: Sequence[Turn], words: Sequence[list[Word]], hits: list[list[Hit]]) -> list[list[Hit]]:
        """Let "Van Schaijk" be the person it is when "Juul van Schaijk" was named, though Schaijk is a place too."""
        placed = [
            (name_keys(turn.text[hit.start : hit.end]), hit)
            for turn, of_turn in zip(turns, hits, strict=True)
            for hit in of_turn
            if hit.type is Kind.PERSON
        ]
        tails = {keys[1:] for keys, _ in placed if len(keys) > 2 and keys[1] in signs.PARTICLES}
        tails |= {keys for keys, hit in placed if hit.reason == "after_title" and keys[0] in signs.PARTICLES}
        if not tails:
            return hits
        return [
            [_as_surname(of_words, hit, tails) if hit.type in (Kind.PLACE, Kind.LOCATION) else hit for hit in of_turn]
            for of_words, of_turn in zip(words, hits, strict=True)
        ]

    def _without_pets(
        self, turns: Sequence[Turn], words: Sequence[list[Word]], hits: list[list[Hit]]
    ) -> list[list[Hit]]:
        """Drop what is only a pet's name; a name that is surely a person's too stays."""
        judge = Judge(self._lexicon, ())
        pets = {
            phrase.keys
            for of_turn in words
            if any(word.key in signs.PETS for word in of_turn)
            for phrase in read_phrases(of_turn, self._lexicon)
            if judge.is_pet(phrase)
        }
        if not pets:
            return hits
        placed = [
            (name_keys(turn.text[hit.start : hit.end]), hit)
            for turn, of_turn in zip(turns, hits, strict=True)
            for hit in of_turn
        ]
        pets -= {keys for keys, hit in placed if hit.reason in _SURELY_A_PERSON}
        return [
            [
                hit
                for hit in of_turn
                if hit.type is not Kind.PERSON or name_keys(turn.text[hit.start : hit.end]) not in pets
            ]
            for turn, of_turn in zip(turns, hits, strict=True)
        ]

    def _agreed(self, turns: Sequence[Turn], hits: Sequence[list[Hit]]) -> list[list[Hit]]:
        """Let sure findings decide what an unsure finding of the same words is."""
        best: dict[tuple[str, ...], Hit] = {}
        for turn, of_turn in zip(turns, hits, strict=True):
            for hit in of_turn:
                if hit.type not in _NAMES:
                    continue
                keys = name_keys(turn.text[hit.start : hit.end])
                for part in {keys, keys[:1], keys[-1:]} if hit.type is Kind.PERSON else {keys}:
                    if part not in best or best[part].score < hit.score:
                        best[part] = hit
        agreed: list[list[Hit]] = []
        for turn, of_turn in zip(turns, hits, strict=True):
            changed: list[Hit] = []
            for hit in of_turn:
                other = best.get(name_keys(turn.text[hit.start : hit.end])) if hit.type in _NAMES else None
                if other is not None and hit.score < _WEAK <= other.score:
                    changed.append(replace(hit, type=other.type, score=_WEAK))
                else:
                    changed.append(hit)
            agreed.append(changed)
        return agreed


def _as_surname(words: Sequence[Word], hit: Hit, tails: Collection[tuple[str, ...]]) -> Hit:
    """Return `hit` as a person when it and the words right before it are one of the surnames `tails`."""
    last = next((place for place, word in enumerate(words) if word.end == hit.end), None)
    if last is None:
        return hit
    for length in (2, 3, 4):
        first = last - length + 1
        if first < 0 or words[first].start >= hit.start:
            continue
        said = tuple(word.key for word in words[first : last + 1])
        if said in tails and (words[first].capital or not words[first].opens):
            start, score = words[first].start, max(hit.score, 0.96)
            return replace(hit, start=start, type=Kind.PERSON, reason="named_elsewhere", score=score)
    return hit


def _with_s(text: str, hit: Hit) -> Hit:
    """Return the place with the "'s-" before it ("'s-Heerenberg")."""
    return replace(hit, start=hit.start - 3) if text[max(0, hit.start - 3) : hit.start] in ("'s-", "’s-") else hit


@functools.cache
def default_finder() -> NameFinder:
    """Return the finder with the lists that ship with the toolkit; built once per process."""
    return NameFinder(default_lexicon())
