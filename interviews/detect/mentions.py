"""Second look: every further mention of a name that was found once, anywhere in the interview."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from interviews.detect import signs
from interviews.detect.findings import IdentifierType as Kind
from interviews.detect.hits import Hit
from interviews.detect.lexicon import Lexicon, fold
from interviews.detect.phrases import Phrase
from interviews.detect.words import Word, bare_genitive, read_words

_NAMES = (Kind.PERSON, Kind.PLACE, Kind.LOCATION, Kind.ORG)
_SURE = 0.6
_CERTAIN = 0.85
_ASKING = frozenset("je jij u we wij ik ze zij hij het ie niet jullie me mij".split())
_SHORTEST_SMALL = 4


@dataclass(frozen=True, slots=True)
class KnownNames:
    """What one interview taught: single words of persons, whole names of places and organisations (`openings`: their first words)."""

    persons: frozenset[str]
    others: Mapping[tuple[str, ...], Kind]
    openings: frozenset[str]


def name_keys(text: str) -> tuple[str, ...]:
    """Return the folded words of a found name."""
    return tuple(word.key for word in read_words(text))


def learn(found: Sequence[tuple[str, Hit]], labels: Collection[str], lexicon: Lexicon) -> KnownNames:
    """Collect the names of (turn text, hit) pairs; `labels` are the speakers' labels, which may be names."""
    persons: set[str] = set()
    others: dict[tuple[str, ...], Kind] = {}
    for text, hit in found:
        if hit.type not in _NAMES or hit.score < _SURE:
            continue
        keys = name_keys(text[hit.start : hit.end])
        if hit.type is Kind.PERSON:
            persons.update(key for key in keys if _worth_learning(key, keys, hit, lexicon))
        elif keys:
            others[keys] = hit.type
            if (
                len(keys) > 1
                and keys[0] in signs.ORG_NOUNS | signs.VENUE_NOUNS
                and len(keys) == 2
                and not lexicon.is_ordinary(keys[1])
            ):
                others.setdefault(keys[1:], hit.type)
    for label in labels:
        persons.update(key for key in name_keys(label) if key in lexicon.first_names and len(key) > 2)
    return KnownNames(frozenset(persons), others, frozenset(keys[0] for keys in others))


def _worth_learning(key: str, keys: tuple[str, ...], hit: Hit, lexicon: Lexicon) -> bool:
    """Tell whether one word of a found person is enough to know that person by elsewhere."""
    if len(key) < 2 or key in signs.PARTICLES or key in signs.TITLES or key in lexicon.common or key in signs.GREETINGS:
        return False
    return lexicon.is_name(key) or not lexicon.is_ordinary(key) or (keys == (key,) and hit.score >= _CERTAIN)


def further_hits(words: list[Word], known: KnownNames, lexicon: Lexicon, keep: Collection[str]) -> Iterator[Hit]:
    """Yield the mentions of `known` names in one turn."""
    for place, word in enumerate(words):
        if word.key in keep or fold(word.text) in keep:
            continue
        key = word.key if word.key in known.persons else bare_genitive(word.key)
        if key != word.key and word.key in lexicon.neutral:
            continue
        if key in known.persons and _is_mention(words, place, key, lexicon):
            end = Phrase(words, place, place).end
            yield Hit(word.start, end, Kind.PERSON, "named_elsewhere", 0.8)
            continue
        if word.key not in known.openings:
            continue
        for length in (4, 3, 2, 1):
            keys = tuple(each.key for each in words[place : place + length])
            kind = known.others.get(keys) if len(keys) == length else None
            if (
                kind is not None
                and (word.capital or length > 1)
                and not (word.opens and length == 1 and lexicon.is_ordinary(word.text))
            ):
                yield Hit(word.start, Phrase(words, place, place + length - 1).end, kind, "named_elsewhere", 0.78)
                break


def _is_mention(words: Sequence[Word], place: int, key: str, lexicon: Lexicon) -> bool:
    """Tell whether this word means the person, not the ordinary word that is spelled the same."""
    word = words[place]
    after = words[place + 1] if place + 1 < len(words) else None
    if not word.capital:
        return len(key) >= _SHORTEST_SMALL and key not in lexicon.homographs and not lexicon.is_ordinary(word.text)
    if not word.opens:
        return True
    if key in lexicon.homographs or (lexicon.is_ordinary(word.text) and not lexicon.is_name(key)):
        if after is None or after.before[:1] in ".,!?":
            return True
        return after.before == " " and after.key in signs.PERSON_VERBS and after.key not in _ASKING
    return True
