"""How indicators are written: `*`, `a|b`, `word~`, `several_words`, `@field` and `X & Y`, parsed into plain values.

Pure. A text that holds none of these signs is simply words in a row.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from coding.tagging.words import FILLERS

MAX_GAP = 4
"""`*` stands for 0 to this many words."""

_WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*['’]?~?|['’][^\W_]+~?", re.UNICODE)


@dataclass(frozen=True, slots=True)
class Term:
    """One word to find. `prefix`: any word that starts with `text`."""

    text: str
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """One place in a sequence: any of `terms`, after at most `gap` other words."""

    terms: tuple[Term, ...]
    gap: int = 0


Sequence = tuple[Item, ...]
"""Places in a row; empty when the indicator held no word."""


def words(text: str) -> Sequence:
    """Parse a phrase: its words in a row, punctuation and fillers left out; `word~` stays a prefix."""
    found = (_term(match.group()) for match in _WORD.finditer(text))
    return tuple(Item((term,)) for term in found if term.text and term.text.lower() not in FILLERS)


def pattern(text: str) -> Sequence:
    """Parse a pattern. Gaps at either end say nothing and are dropped."""
    items: list[Item] = []
    gap = 0
    for piece in text.split():
        if set(piece) == {"*"}:
            gap = MAX_GAP if items else 0
            continue
        alternatives = [words(choice) for choice in piece.split("|")]
        if any(len(choice) > 1 for choice in alternatives) and len(alternatives) == 1:
            first, *rest = alternatives[0]
            items += [Item(first.terms, gap), *rest]
        else:
            terms = tuple(choice[0].terms[0] for choice in alternatives if choice)
            if not terms:
                continue
            items.append(Item(terms, gap))
        gap = 0
    return tuple(items)


def is_pattern(text: str) -> bool:
    """Tell whether `text` uses the signs of a pattern."""
    return "*" in text or "|" in text or "~" in text


def sequence(text: str) -> Sequence:
    """Parse a phrase or a pattern, whichever `text` is."""
    return pattern(text) if is_pattern(text) else words(text)


def combo(text: str, fields: Mapping[str, tuple[str, ...]]) -> tuple[tuple[Sequence, ...], ...]:
    """Parse "X & Y": per side its alternatives. Names of fields that do not exist count as no alternative."""
    sides = []
    for side in text.split("&"):
        choices: list[Sequence] = []
        for choice in side.strip().split("|"):
            name = choice.strip()
            texts = fields.get(name[1:], ()) if name.startswith("@") else (name.replace("_", " "),)
            choices += [parsed for parsed in map(words, texts) if parsed]
        sides.append(tuple(choices))
    return tuple(sides)


def _term(written: str) -> Term:
    return Term(written[:-1], True) if written.endswith("~") else Term(written)
