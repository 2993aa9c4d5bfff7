"""Which mentions of persons mean the same person: by first name, full name, title, initials, nickname and misspelling.

Two mentions are one only when that is safe. A name that two people share goes to the one who was named shortly before;
where both were, or neither, it stays on its own and a reader decides.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from interviews.detect import signs
from interviews.detect.hits import Hit
from interviews.detect.letters import spelled_name
from interviews.detect.lexicon import Lexicon
from interviews.detect.mentions import name_keys
from interviews.detect.words import bare_genitive

_ALIAS = re.compile(
    r"^\W*(?:(?:maar|want|dus|en)\s+)?(?:(?:iedereen|men|mijn moeder|mijn vader|mijn oma|mijn man|de kinderen|de buurt)\s+(?:zegt|zeggen|noemt|noemen|kent)"
    r"(?:\s+(?:me|mij|hem|haar|'m|d'r))?(?:\s+als)?|zeg maar|zeg gewoon|(?:ik|we|wij|ze|zij)?\s*noem(?:en|t)?\s+(?:ze\s+|we\s+|ik\s+)?(?:me|mij|hem|haar|'m|d'r|ze)"
    r"|ze\s+(?:noemen|zeggen)(?:\s+(?:me|mij|hem|haar|'m|d'r))?|oftewel|alias|roepnaam(?:\s+is)?|bijnaam(?:\s+is)?|afgekort|kortweg|voluit|eigenlijk|"
    r"maar\s+(?:op\s+straat|thuis|op\s+school|op\s+het\s+werk|voor\s+iedereen)\s+(?:ben|heet|noemen\s+ze|zeggen\s+ze)\s+(?:ik|hij|ze|zij|me|mij)|"
    r"maar\s+(?:hij|ze|zij|ik)\s+(?:was|ben|is)\s+(?:gedoopt|geboren|ingeschreven|bekend)\s+als|"
    r"maar\s+voluit\s+is\s+het|maar\s+voluit|maar\s+(?:hij|zij|ze)\s+heet\s+(?:eigenlijk|voluit)|en\s+van\s+achteren|achternaam(?:\s+is)?|"
    r"(?:dat\s+)?(?:spel|schrijf)(?:t|en)?\s+(?:je|ge|u|men|ik)(?:\s+(?:dat|het))?(?:\s+als)?|"
    r"(?:ja,?\s+)?die heet (?:voluit |eigenlijk )?(?:anders)?)\W*(?:gewoon\s+|altijd\s+|dus\s+)?$",
    re.I,
)
_SPELLED = re.compile(r"^\W*(?:\w+\W+){0,5}(?:spel|schrijf)\w*\W+(?:\w+\W+){0,3}$|^\W*(?:gewoon|dus)?\W*$", re.I)
_CALLED_BEHIND = re.compile(
    r"^\W*(?:noem(?:en)?\s+(?:ik|we|wij|ze|zij)|noemt\s+(?:iedereen|men|hij|ze|zij)|zeg(?:gen)?\s+(?:ik|we|wij|ze|zij)|voor (?:de |mijn |m'n |z'n |haar )?"
    r"(?:vrienden|intimi|bekenden|familie|kinderen|kleinkinderen|buurt|collega's|insiders))",
    re.I,
)
_BUT_IS = re.compile(
    r"^\W*maar\s+(?:eigenlijk\s+)?(?:(?:ik|hij|ze|zij)\s+(?:ben|is|heet|heette|was)|(?:mijn|zijn|haar)\s+(?:echte\s+)?naam\s+is)\s+(?:eigenlijk\s+|gewoon\s+)?$",
    re.I,
)
_NEXT_TO = re.compile(r"^\W*(?:dus|ook wel|of|ja|zeg maar)?\W*(?:ome|oom|tante|tant|opa|oma|juf|meester)?\W*$", re.I)
_OTHER = re.compile(
    r"\b(?:(?:heet|heette|heten)\s+(?:toevallig\s+)?ook|(?:een|die|de)\s+andere|nog\s+een|niet\s+(?:die|deze|mijn))\s+(?:weer\s+)?$",
    re.I,
)
_DIMINUTIVES = ("tje", "je", "ke", "ie", "y")
_LONG_ENOUGH = 5
_NEAR = 6

Name = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Named:
    """One mention of a person: the hit, its turn and the text of that turn."""

    turn: int
    text: str
    hit: Hit

    @property
    def words(self) -> str:
        """The words found."""
        return self.text[self.hit.start : self.hit.end]


def people(found: Sequence[Named], lexicon: Lexicon) -> list[object]:
    """Return a value for each mention, in the order of the text, that is equal for mentions of one person."""
    names = [_name_of(each) for each in found]
    groups = _Groups()
    owners = _owners(names, found)
    for name, of_name in owners.items():
        if len(of_name) == 1:
            groups.join(of_name[0], name)
    _join_spellings(sorted({name for name in names if name}), groups, lexicon)
    _join_aliases(found, names, groups)
    shared = {name: of_name for name, of_name in owners.items() if len(of_name) > 1}
    seen: dict[object, int] = {}
    values: list[object] = []
    for each, name in zip(found, names, strict=True):
        value = groups.find(name)
        if _OTHER.search(each.text[: each.hit.start][-40:]):
            value = ("other", value)
        elif name in shared:
            near = {
                one
                for one in (groups.find(owner) for owner in shared[name])
                if each.turn - seen.get(one, -_NEAR - 1) <= _NEAR
            }
            value = near.pop() if len(near) == 1 else value
        seen[value] = each.turn
        values.append(value)
    return values


def _name_of(each: Named) -> Name:
    """Return the folded words of a name without titles: initials stay as single letters with a dot."""
    spelled = spelled_name(each.words)
    if spelled:
        return (spelled,)
    keys = [f"{key}." if len(key) == 1 and key.isalpha() else key for key in name_keys(each.words)]
    while len(keys) > 1 and keys[0] in signs.TITLES:
        keys = keys[1:]
    return tuple(keys)


def _initials(name: Name) -> str:
    count = next((place for place, key in enumerate(name) if not key.endswith(".")), len(name))
    return "".join(key[0] for key in name[:count])


def _owners(names: Sequence[Name], found: Sequence[Named]) -> dict[Name, list[Name]]:
    """Return for each name that is less than a full name the full names that it may be part of."""
    titled = {name for name, each in zip(names, found, strict=True) if each.hit.reason == "after_title"}
    surnames = {
        name for name in titled if any(len(other) > len(name) and other[-len(name) :] == name for other in names)
    }
    full = sorted(
        {name for name in names if len(name) > 1 and name[0] not in signs.PARTICLES_OPEN and not _initials(name)}
        - surnames
    )
    by_first, by_last = defaultdict(list), defaultdict(list)
    for name in full:
        by_first[name[0]].append(name)
        for part in {name[-1], *name[-1].split("-")}:
            by_last[part].append(name)
    owners: dict[Name, list[Name]] = {}
    for name in sorted({*names} - {*full, ()}):
        letters = _initials(name)
        if letters:
            owners[name] = _with_initials(letters, name[len(letters) :], full, names) or [(name[-1],)]
        elif name in surnames:
            owners[name] = [other for other in full if other[-len(name) :] == name]
        elif len(name) > 1:
            owners[name] = by_last[name[-1]] or [(name[-1],)]
        elif name in titled and by_last[name[0]]:
            owners[name] = by_last[name[0]]
        else:
            owners[name] = by_first[name[0]] or by_last[name[0]]
    return {name: [other for other in of_name if other != name] for name, of_name in owners.items() if of_name}


def _with_initials(letters: str, surname: Name, full: Iterable[Name], names: Iterable[Name]) -> list[Name]:
    """Return whose initials these are: full names with that surname first, then a double first name that fits."""
    fitting = [name for name in full if surname and name[-1] == surname[-1] and name[0].startswith(letters[0])]
    if fitting or len(letters) < 2:
        return fitting
    return sorted(
        {name for name in names if len(name) == 1 and "".join(part[:1] for part in name[0].split("-")) == letters}
    )


class _Groups:
    """Disjoint sets of names."""

    def __init__(self) -> None:
        self._parent: dict[object, object] = {}

    def find(self, name: object) -> object:
        self._parent.setdefault(name, name)
        while self._parent[name] != name:
            name = self._parent[name]
        return name

    def join(self, one: object, other: object) -> None:
        self._parent[self.find(other)] = self.find(one)


def _join_spellings(names: Sequence[Name], groups: _Groups, lexicon: Lexicon) -> None:
    firsts = {name[0]: name for name in reversed(names) if len(name) > 1}
    single = [name for name in names if len(name) == 1]
    present = {name[0]: name for name in single} | {key: name for key, name in firsts.items() if (key,) not in single}
    for name in single:
        genitive = bare_genitive(name[0])
        if genitive in present and not lexicon.is_name(name[0]):
            groups.join(present[genitive], name)
        for tail in _DIMINUTIVES:
            stem = name[0].removesuffix(tail)
            if len(name[0]) > len(tail) + 2 and stem != name[0] and stem in present:
                groups.join(present[stem], name)
    known = sorted(present)
    for position, key in enumerate(known):
        for other in known[position + 1 :]:
            if not (lexicon.is_name(key) and lexicon.is_name(other)) and _alike(key, other):
                groups.join(present[key], present[other])


def _alike(one: str, other: str) -> bool:
    """Tell whether two names are so alike that one is the other misheard or mistyped."""
    if one in (other + other[-1], other[:-1] + 2 * other[-1]) or other == one + one[-1]:
        return min(len(one), len(other)) > 2
    short = min(len(one), len(other))
    if short < _LONG_ENOUGH - 1 or max(len(one), len(other)) < _LONG_ENOUGH:
        return False
    if one[0] == other[0] and _one_edit(one, other):
        return True
    return short >= _LONG_ENOUGH and one[1:] == other[1:]


def _one_edit(one: str, other: str) -> bool:
    if abs(len(one) - len(other)) > 1:
        return False
    short, long = sorted((one, other), key=len)
    for place, mark in enumerate(short):
        if mark != long[place]:
            swapped = len(short) == len(long) and short[place : place + 2] == long[place : place + 2][::-1]
            rest = 2 if swapped else 1
            return short[place + (rest if len(short) == len(long) else 0) :] == long[place + rest :]
    return True


def _join_aliases(found: Sequence[Named], names: Sequence[Name], groups: _Groups) -> None:
    for (one, name), (other, name_after) in pairwise(zip(found, names, strict=True)):
        if one.turn != other.turn or name == name_after or not name or not name_after:
            continue
        between, behind = one.text[one.hit.end : other.hit.start], other.text[other.hit.end :]
        if spelled_name(one.words) or spelled_name(other.words):
            if _SPELLED.match(between):
                groups.join(name, name_after)
            continue
        if "." in between and not re.search(r"voluit|die heet|eigenlijk|noem", between):
            continue
        if (
            (one.hit.reason == "called" and _BUT_IS.match(between))
            or _ALIAS.match(between)
            or (_NEXT_TO.match(between) and _CALLED_BEHIND.match(behind))
        ):
            groups.join(name, name_after)
