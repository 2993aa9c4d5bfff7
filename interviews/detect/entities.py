"""Which findings mean the same: one key per person, place or thing in an interview."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from interviews.detect.findings import IdentifierType as Kind
from interviews.detect.lexicon import Lexicon, fold
from interviews.detect.mentions import name_keys
from interviews.detect.people import Named, people
from interviews.detect.spoken import digit_runs, value_of

_ARTICLES = frozenset({"de", "het", "'t"})


def entity_keys(found: Sequence[Named], lexicon: Lexicon) -> list[str]:
    """Return a neutral key ("PERSON-2") for each of `found`, numbered by first appearance per type."""
    persons = iter(people([each for each in found if each.hit.type is Kind.PERSON], lexicon))
    numbers: dict[tuple[Kind, object], int] = {}
    counts: dict[Kind, int] = defaultdict(int)
    keys: list[str] = []
    whole = {name_keys(each.words) for each in found if each.hit.type is Kind.ORG}
    for each in found:
        identity = (each.hit.type, next(persons) if each.hit.type is Kind.PERSON else _sameness(each, whole))
        if identity not in numbers:
            counts[each.hit.type] += 1
            numbers[identity] = counts[each.hit.type]
        keys.append(f"{each.hit.type.value}-{numbers[identity]}")
    return keys


def _sameness(each: Named, organisations: set[tuple[str, ...]]) -> object:
    """Return a value that is equal for two findings of one type that mean the same."""
    kind, words = each.hit.type, each.words
    if kind in (Kind.BSN, Kind.PHONE, Kind.IBAN, Kind.CLIENT_NO):
        runs = digit_runs(words)
        spelled = runs[0].digits if runs else "".join(mark for mark in words.lower() if mark.isalnum())
        return re.sub(r"^(?:0031|31)(?=[1-9]\d{8}$)", "0", spelled) if kind is Kind.PHONE else spelled
    if kind is Kind.AGE:
        first = re.match(r"[\w’']+", words)
        value = value_of(first.group()) if first else None
        unit = "m" if "maand" in words else "w" if "we" in words.split()[-1:] else ""
        return (value, unit) if value is not None else fold(words)
    if kind is Kind.ADDRESS:
        return re.sub(r"[\W\d]+.*$", "", fold(words)) or fold(words)
    keys = tuple(key for key in name_keys(words) if key not in _ARTICLES)
    if kind is Kind.ORG:
        longer = [other for other in organisations if len(other) > len(keys) and other[-len(keys) :] == keys]
        return tuple(key for key in longer[0] if key not in _ARTICLES) if len(longer) == 1 else keys
    return keys or fold(words)
