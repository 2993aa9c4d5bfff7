"""Who somebody is in the story, as the words around a name tell: the teller, a child, a neighbour, a colleague.

Pure: no database, no web. Children, neighbours and colleagues never said yes to anything, so a word for their role is
proposed for them, not another name.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

_CHILDREN: tuple[tuple[str, str], ...] = (
    (r"klein(?:dochter|zoon|kind)\w*|achterkleinkind", "mijn kleinkind"),
    (r"\w*dochter(?:tje)?", "mijn dochter"),
    (r"\w*zoon(?:tje)?", "mijn zoon"),
    (r"\w*kind(?:je)?|baby(?:'tje)?|\w*tweeling|kleintje|kleuter|peuter|puber", "mijn kind"),
)
_OTHERS: tuple[tuple[str, str], ...] = (
    (r"(?:over|onder|boven|achter)?buur(?:vrouw|man|jongen|meisje|tje)", "een buur"),
    (r"(?:oud-?)?collega(?:'tje|atje)?", "een collega"),
)
_MINE = r"mijn|m'n|m’n|onze|ons|me"
_THEIRS = r"zijn|z'n|z’n|haar|d'r|hun|je|jouw|uw|een|de|die|het|\w+'s|\w+s"
_NEAR = r"(?:\s+(?:jongste|oudste|middelste|kleine|grote|lieve|eigen|andere|ene|nieuwe|oude|vroegere|\w+ste))?\s+"
_ROLES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(rf"(?<!\w)(?:{whose}){_NEAR}(?:{noun})(?:,?\s+(?:die\s+heet|heet)?\s*|,\s+)$", re.I), role)
    for noun, mine in (*_CHILDREN, *_OTHERS)
    for whose, role in ((_MINE, mine), (_THEIRS, "een kind" if mine.startswith("mijn") else mine))
)
_OWN_BEFORE = re.compile(
    r"(?<!\w)(?:ik\s+ben|ben\s+ik|ik\s+heet|heet\s+ik|(?:mijn|m'n|m’n)\s+(?:\w+\s+)?naam\s+is|noemen\s+(?:me|mij)|noemt\s+(?:me|mij)|"
    r"zeg\s+maar)(?:[,\s]+(?:dus|eigenlijk|gewoon|nou|eh|ehm|uh|voluit|ook|zelf|de))*[,:]?\s+$",
    re.I,
)
_OWN_AFTER = re.compile(r"\s+is\s+(?:mijn|m'n|m’n)\s+(?:\w+\s+)?naam\b|,?\s+(?:zo\s+)?heet\s+ik\b", re.I)
_OF_ANOTHER = re.compile(r"['’]s?\s+\w|\s+(?:haar|zijn|z'n|d'r)\s+\w", re.I)
_ASKED = re.compile(
    r"\b(?:hoe\s+heet|hoe\s+mag\s+ik|wat\s+is\s+(?:je|jouw|uw)\s+(?:voor|achter)?naam|wie\s+(?:ben|bent)\s+(?:je|jij|u))\b[^.?!]*\?\s*$",
    re.I,
)
_ONLY_YES = re.compile(r"\W*(?:(?:ja|nou|eh|ehm|hallo|dag|goed|oké|dat is)\W+)*", re.I)
_REACH = 60


def says_own_name(text: str, start: int, end: int, *, asked: str = "") -> bool:
    """Tell whether somebody introduces themselves by the name at half-open `[start, end)` of what they say.

    "Ik ben Gerda", "ik heet Gerda", "Gerda is mijn naam", or "Gerda" when `asked`, what was said before, asks for it;
    not "ik ben Gerda's zoon".
    """
    if _OF_ANOTHER.match(text[end:]):
        return False
    if _ASKED.search(asked) and _ONLY_YES.fullmatch(text[:start]):
        return True
    return bool(_OWN_BEFORE.search(text[max(0, start - _REACH) : start]) or _OWN_AFTER.match(text[end:]))


def role_at(text: str, start: int) -> str | None:
    """Return the role that the words right before a name at `start` tell ("mijn dochter "), or None.

    Only of children, neighbours and colleagues; a child of somebody else is "een kind".
    """
    before = text[max(0, start - _REACH) : start]
    return next((role for rule, role in _ROLES if rule.search(before)), None)


def role_of(places: Iterable[tuple[str, int]], taken: Collection[str]) -> str | None:
    """Return the role of who is named at these places (text, start), numbered when somebody else here has that role."""
    role = next((found for text, start in places if (found := role_at(text, start)) is not None), None)
    if role is None or f"[{role}]" not in taken:
        return role
    number = 2
    while f"[{role} {number}]" in taken:
        number += 1
    return f"{role} {number}"
