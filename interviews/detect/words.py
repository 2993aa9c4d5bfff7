"""A turn cut into words, each with what its place in the sentence tells."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from interviews.detect import signs
from interviews.detect.lexicon import fold

_WORD = re.compile(
    r"(?<!\w)['’](?:[stnkm]|er)(?!\w)"  # 's, 't, 'n, 'k, 'm
    r"|\d+"
    r"|[^\W\d_]+(?:[-'’][^\W\d_]+)*"
)
_ABBREVIATION = re.compile(
    rf"(?:(?i:\b(?:mw|mevr|dhr|hr|dr|drs|ds|ir|mr|prof|st|bijv|nr|tel|zgn|fam))|(?<![^\W_])(?<!-)[{signs.CAPITAL}])\.$"
)
_OPENING_QUOTE = re.compile(r"(?:^|[\s(])['\"‘“”„«]$")


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a turn.

    `key` is the folded word without a genitive 's after an apostrophe. `opens` tells that a capital here says nothing,
    for the word opens a sentence, a quotation or what follows a colon. `before` is the text between the previous word
    and this one. `remark` tells that it stands in square brackets.
    """

    text: str
    start: int
    end: int
    key: str
    capital: bool
    opens: bool
    before: str
    remark: bool


def base(word: str) -> str:
    """Return the folded word without an apostrophe genitive ("Anja's" and "anja" are one)."""
    if "'" in word or "’" in word:
        return fold(re.sub(r"['’]s?$", "", word))
    return fold(word)


def bare_genitive(key: str) -> str | None:
    """Return the folded name that `key` may be the genitive of ("gerdas" of "gerda"), or None."""
    return key[:-1] if len(key) > 3 and key.endswith("s") else None


def read_words(text: str) -> list[Word]:
    """Cut the text of one turn into words. Offsets are code points of `text`."""
    spans = [match.span() for match in signs.REMARK.finditer(text)] if "[" in text else []
    spoken = signs.REMARK.sub(lambda match: " " * len(match.group()), text) if spans else text
    starts = [left for left, _right in spans]
    words: list[Word] = []
    last_end = remark_end = 0
    for match in _WORD.finditer(text):
        start, end = match.span()
        nearest = bisect_right(starts, start) - 1
        remark = nearest >= 0 and start < spans[nearest][1]
        before = text[remark_end:start] if remark and _same_remark(text, remark_end, start) else spoken[last_end:start]
        opens = remark or last_end == 0 or _opens_sentence(spoken, last_end, start)
        word = match.group()
        words.append(Word(word, start, end, base(word), word[0].isupper(), opens, before, remark))
        if remark:
            remark_end = end
        else:
            last_end = end
    return words


def _same_remark(text: str, end: int, start: int) -> bool:
    return end > 0 and "[" not in text[end:start]


def _opens_sentence(text: str, last_end: int, start: int) -> bool:
    gap = text[last_end:start]
    if gap == " ":
        return False
    if any(mark in gap for mark in "?!…:"):
        return True
    if "." in gap:
        return gap.count(".") > 1 or not _ABBREVIATION.search(
            text[max(0, last_end - 6) : last_end + gap.index(".") + 1]
        )
    return bool(_OPENING_QUOTE.search(gap))
