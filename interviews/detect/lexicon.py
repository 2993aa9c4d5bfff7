"""What the name finder knows by heart: names, places, words that point at nobody, ordinary Dutch words."""

from __future__ import annotations

import functools
import re
import unicodedata
from dataclasses import dataclass
from importlib import resources

_JOINTS = ("", "s", "e", "en", "n")
_SHORTEST_PART = 4
_LONGEST = 40
# Abstract nouns, adjectives and participles of separable verbs, which word lists hold only some of.
_MADE_LIKE_A_WORD = re.compile(
    r"[a-zëïöüé-]{3,}(?:heid|heden|schappen|(?<!w)atie|aties|iteit|iteiten|lijk|lijke|isme|isch|ische|loos|loze|zaam|zame)"
    r"|(?:in|uit|op|af|aan|mee|door|voor|na|om|over|terug|weg|bij|toe|vast|los|samen)ge[a-zëïöü]{3,}(?:en|d|t)"
)


def fold(word: str) -> str:
    """Return `word` without case, accents and typographic apostrophes: how words are compared here."""
    if word.isascii():
        return word.lower()
    plain = unicodedata.normalize("NFKD", word.replace("’", "'").replace("ı", "i").replace("ł", "l").replace("ø", "o"))
    return "".join(mark for mark in plain if not unicodedata.combining(mark)).casefold()


def _read(name: str) -> frozenset[str]:
    text = resources.files("interviews.detect").joinpath("data", name).read_text(encoding="utf-8")
    lines = (line.strip() for line in text.splitlines())
    return frozenset(fold(line) for line in lines if line and not line.startswith("#"))


@dataclass(frozen=True)
class Lexicon:
    """Folded word lists (see `fold`). `places` and `organisations` hold names of several words too."""

    first_names: frozenset[str]
    surnames: frozenset[str]
    places: frozenset[str]
    organisations: frozenset[str]
    neutral: frozenset[str]
    homographs: frozenset[str]
    common: frozenset[str]

    def is_name(self, word: str) -> bool:
        """Tell whether the folded `word` is in a list of first names or surnames."""
        return word in self.first_names or word in self.surnames

    def is_word(self, word: str) -> bool:
        """Tell whether `word`, written without a capital, stands as it is among the ordinary Dutch words."""
        lowered = word.lower()
        return lowered in self.common or fold(lowered) in self.common or _known(lowered)

    def is_ordinary(self, word: str) -> bool:
        """Tell whether `word`, written without a capital, is a Dutch word of every day (compounds included)."""
        return _is_ordinary(word.lower(), self.common)


@functools.lru_cache(maxsize=200_000)
def _known(word: str) -> bool:
    # Imported here: its rules take 0.4 s to load, and a page that shows names needs none of them.
    import simplemma

    if not simplemma.is_known(word, lang="nl"):
        return False
    return simplemma.lemmatize(word, lang="nl")[:1].islower()


@functools.lru_cache(maxsize=200_000)
def _is_ordinary(word: str, common: frozenset[str]) -> bool:
    if len(word) > _LONGEST:
        return False
    if word in common or fold(word) in common or _known(word) or _MADE_LIKE_A_WORD.fullmatch(word):
        return True
    if "-" in word:
        return all(len(part) < 2 or part in common or _known(part) for part in word.split("-"))
    for cut in range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1):
        tail = word[cut:]
        if not (tail in common or _known(tail)):
            continue
        head = word[:cut]
        for joint in _JOINTS:
            part = head.removesuffix(joint) if joint else head
            if (joint == "" or part != head) and len(part) >= _SHORTEST_PART - 1 and (part in common or _known(part)):
                return True
    return False


@functools.cache
def default_lexicon() -> Lexicon:
    """Return the lists that ship with the toolkit; read once per process."""
    return Lexicon(
        first_names=_read("first_names.txt"),
        surnames=_read("surnames.txt"),
        places=_read("places.txt"),
        organisations=_read("organisations.txt"),
        neutral=_read("neutral_words.txt"),
        homographs=_read("homographs.txt"),
        common=_read("common_words.txt"),
    )
