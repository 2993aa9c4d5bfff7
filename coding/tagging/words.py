"""What a written word carries: its spoken variants, its lemma, its word family and the parts of a compound.

Everything here is asked once per word type and remembered by the caller, so it may be thorough. Lemmas come from
`simplemma` (a table and rules for Dutch; nothing is downloaded), imported at first use.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection
from functools import lru_cache

FILLERS = frozenset({"eh", "ehm", "ehh", "euh", "euhm", "uh", "uhm", "uhh", "hm", "hmm", "mm", "mmm", "mhm", "tja"})
"""Sounds that stand between words and mean nothing: a phrase is found across them."""

# Spoken and written forms of the same small word. A transcript of the same sentence differs in these before it
# differs in anything else, and none of them tells one theme from another.
_SPOKEN = {
    variant: canonical
    for canonical, variants in {
        "je": "jij jou jouw u uw ge gij gelle ie-je",
        "ik": "'k k ikke",
        "mij": "me m'",
        "mijn": "m'n mn mijne mien",
        "zijn": "z'n zn",
        "hij": "ie 'ie hem 'm m",
        "ze": "zij zullie",
        "we": "wij wullie",
        "het": "'t t",
        "er": "d'r dr 'r",
        "een": "'n n",
        "niet": "nie nie-t",
        "niks": "niets nix",
        "dat": "da da's",
        "wat": "wa",
        "nu": "nou",
        "elkaar": "mekaar elkander malkaar",
        "even": "effe effen eventjes",
        "zo'n": "zon zo-een",
        "daar": "daaro",
        "hun": "hullie hunnie",
        "jullie": "jullies",
        "helemaal": "helegaar",
        "goed": "goeie goede",
        "kwaad": "kwaaie kwade",
        "rood": "rooie rode",
        "houden": "houwen houen",
        "zeggen": "zeg zeit",
    }.items()
    for variant in variants.split()
}

_NUMBERS = frozenset("een twee drie vier vijf zes zeven acht negen tien vierde achtste".split())
_LINKS = ("", "s", "e", "en", "n", "er", "ens")
_MIN_PART = 5
_MIN_REST = 3
# "overmacht" and "netwerk" are no kind of power and no kind of work: a particle in front makes another word.
_PARTICLES = frozenset(
    "aan achter af bij binnen boven buiten door goed hand in langs los mede mee met na net niet om onder ont op over "
    "rond samen tegen terug tussen uit ver vol voor voort weer weg zelf".split()
)
_FIELD_WORDS = frozenset("bijstand digid jobcoach klantmanager mantelzorg stadskantoor werkplein wijkteam".split())
_ACCENTS_KEPT = frozenset({"één", "vóór", "zó"})


def fold(word: str) -> str:
    """Return `word` in lower case without accents; "één" keeps its accents, because it is not "een"."""
    lower = word.lower().replace("’", "'").replace("‘", "'").replace("`", "'")
    if lower.isascii() or lower in _ACCENTS_KEPT:
        return lower
    decomposed = unicodedata.normalize("NFD", lower)
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def canonical(word: str) -> str:
    """Return `word` folded, with a spoken variant ("m'n", "mekaar") made the usual form."""
    folded = fold(word)
    return _SPOKEN.get(folded, folded)


@lru_cache(maxsize=65536)
def keys(word: str) -> frozenset[str]:
    """Return the forms under which `word` is found: itself and its lemma.

    A diminutive keeps to itself ("baantje" is no "baan", "stapjes" are "stapje"), and a number is no verb ("vier").
    """
    base = canonical(word)
    if not base or not base[0].isalpha() or base in _NUMBERS:
        return frozenset({base})
    if len(base) > 5 and base.endswith(("je", "jes")):
        return frozenset({base, base.removesuffix("s")})
    import simplemma

    # The table knows "cliënt" and not "client": ask with the accents as written, fold afterwards.
    lemma = fold(simplemma.lemmatize(word.lower() if base == fold(word) else base, lang="nl"))
    return frozenset({base, _SPOKEN.get(lemma, lemma)})


@lru_cache(maxsize=65536)
def is_dutch(word: str) -> bool:
    """Tell whether the lemma table knows `word`, or whether it is a word of social assistance that it lacks."""
    import simplemma

    return word in _FIELD_WORDS or bool(simplemma.is_known(word, lang="nl"))


def compound_parts(word: str, known: Collection[str]) -> frozenset[str]:
    """Return the words of `known` that the compound `word` is made of.

    A part counts at the beginning or the end when what is left, less a linking s, e, en, n, er, is itself a Dutch
    word: "bijstandsuitkering" carries "bijstand" and "uitkering", "stresskip" carries "stress", "bandiet" carries no
    "band". Parts of a word with hyphens or slashes are its pieces.
    """
    base = fold(word)
    pieces = [piece for piece in base.replace("/", "-").split("-") if piece]
    found = {piece for piece in pieces if len(pieces) > 1 and piece in known}
    for piece in pieces:
        found |= _split(piece, known)
    return frozenset(found)


def _split(word: str, known: Collection[str]) -> set[str]:
    found: set[str] = set()
    for cut in range(_MIN_REST, len(word) - _MIN_REST + 1):
        head, tail = word[:cut], word[cut:]
        for link in _LINKS:
            if link and not head.endswith(link):
                continue
            stem = head[: len(head) - len(link)] if link else head
            if stem in _PARTICLES or len(stem) < _MIN_REST or (len(stem) < _MIN_PART and len(tail) < _MIN_PART):
                continue
            if _part(stem, tail, known):
                found |= {part for part in (stem, *keys(tail)) if part in known and len(part) >= _MIN_PART}
    return found


def _part(stem: str, tail: str, known: Collection[str]) -> bool:
    """Tell whether stem + tail is a believable compound with at least one known part."""
    if not (stem in known or not keys(tail).isdisjoint(known)):
        return False
    return (stem in known or is_dutch(stem)) and (tail in known or is_dutch(tail))
