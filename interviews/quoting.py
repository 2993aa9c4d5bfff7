"""Where words that must go stand in another text: a later version of it, or what somebody wrote about it.

Pure: no database, no web. Positions are Unicode code points; spans are half-open, sorted, and do not touch.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from difflib import SequenceMatcher

Span = tuple[int, int]

SHORTEST = 12
"""Characters from which words are known by themselves: fewer would be found by chance."""
_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")
_WORD = re.compile(r"\w+")
_MOST_COMPARED = 4_000_000
"""Pairs of words of one changed part that are compared; beyond that the whole part counts as changed."""
LONG_RUN = 5
"""As many of the words in the same order are a quote by themselves."""
SHORT_RUN = 3
"""As many are a quote when one of them is said nowhere else in the interview."""
TELLING = 4
"""Letters of a word that tells something when it is said nowhere else in the interview."""


def merged(spans: Iterable[Span]) -> list[Span]:
    """Return the spans in order, with those that overlap or touch made one; empty ones are dropped."""
    whole: list[Span] = []
    for start, end in sorted(span for span in spans if span[0] < span[1]):
        if whole and start <= whole[-1][1]:
            whole[-1] = (whole[-1][0], max(whole[-1][1], end))
        else:
            whole.append((start, end))
    return whole


def without(spans: Iterable[Span], kept: Sequence[Span]) -> list[Span]:
    """Return `spans` without what lies in `kept`."""
    left = merged(spans)
    for low, high in kept:
        left = [
            part
            for start, end in left
            for part in ((start, min(end, low)), (max(start, high), end))
            if part[0] < part[1]
        ]
    return merged(left)


def follow(old: str, new: str, spans: Sequence[Span]) -> list[Span]:
    """Return where the passages `spans` of `old` stand in `new`, another version of the same text.

    Careful to one side: what replaced a part of a passage is taken with it, whatever it says now, and so is what was
    put in between. What nobody changed is exact.
    """
    if not spans or not new:
        return []
    if old == new:
        return merged(spans)
    return merged(_by_lines(old, new, spans))


def _by_lines(old: str, new: str, spans: Sequence[Span]) -> Iterator[Span]:
    before, after = old.split("\n"), new.split("\n")
    starts, ends = _starts(before), _starts(after)
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        low, high = starts[i1], starts[i2]
        inside = [(max(start, low), min(end, high)) for start, end in spans if start < high and end > low]
        if not inside or j1 == j2:
            continue
        if tag == "equal":
            shift = ends[j1] - low
            yield from ((start + shift, min(end + shift, len(new))) for start, end in inside)
        else:
            part = "\n".join(after[j1:j2])
            local = [(start - low, end - low) for start, end in inside]
            for start, end in _by_words("\n".join(before[i1:i2]), part, local):
                yield start + ends[j1], end + ends[j1]


def _starts(lines: Sequence[str]) -> list[int]:
    """Return where each line begins, and where the next would."""
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    return starts


def _by_words(old: str, new: str, spans: Sequence[Span]) -> Iterator[Span]:
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    if len(before) * len(after) > _MOST_COMPARED:
        yield 0, len(new)
        return
    starts, ends = _places(before), _places(after)
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        low, high = starts[i1], starts[i2]
        if tag == "insert":
            if any(start < low < end for start, end in spans):
                yield ends[j1], ends[j2]
            continue
        for start, end in spans:
            if start < high and end > low:
                if tag == "equal":
                    yield max(start, low) - low + ends[j1], min(end, high) - low + ends[j1]
                else:
                    yield ends[j1], ends[j2]


def _places(tokens: Sequence[str]) -> list[int]:
    places = [0]
    for token in tokens:
        places.append(places[-1] + len(token))
    return places


def words_in(text: str) -> list[str]:
    """Return the words of a text in order, without capitals."""
    return [word.casefold() for word in _WORD.findall(text)]


def quoted(words: str, text: str, *, elsewhere: Collection[str]) -> list[Span]:
    """Return where `text` quotes `words`: enough of them in the same order; punctuation and capitals may differ.

    Enough are `LONG_RUN` words, or `SHORT_RUN` with one that is not in `elsewhere` (the words of the rest of the
    interview, without capitals), or all of them when they are `SHORTEST` characters or more.
    """
    wanted = words_in(words)
    found = list(_WORD.finditer(text))
    said = [word.group().casefold() for word in found]
    spans: list[Span] = []
    for start, end in _runs(wanted, said):
        run = said[start:end]
        telling = len(run) >= SHORT_RUN and any(_tells(word, elsewhere) for word in run)
        whole = len(run) == len(wanted) and sum(map(len, run)) >= SHORTEST
        if len(run) >= LONG_RUN or telling or whole:
            spans.append((found[start].start(), found[end - 1].end()))
    return merged(spans)


def _runs(wanted: Sequence[str], said: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield the stretches of `said` that stand in `wanted` in the same order, each as long as it can be."""
    places: dict[str, list[int]] = {}
    for number, word in enumerate(wanted):
        places.setdefault(word, []).append(number)
    at = 0
    while at < len(said):
        longest = 0
        for place in places.get(said[at], ()):
            length = 1
            while (
                at + length < len(said) and place + length < len(wanted) and said[at + length] == wanted[place + length]
            ):
                length += 1
            longest = max(longest, length)
        if longest:
            yield at, at + longest
        at += max(longest, 1)


def telling(words: str, text: str, *, elsewhere: Collection[str]) -> list[Span]:
    """Return where `text` holds a single word that, in the whole interview, is said in `words` only.

    Such as a name or a rare illness. May be chance: a person looks at it.
    """
    wanted = {word for word in words_in(words) if _tells(word, elsewhere)}
    return merged(found.span() for found in _WORD.finditer(text) if found.group().casefold() in wanted)


def _tells(word: str, elsewhere: Collection[str]) -> bool:
    return len(word) >= TELLING and word not in elsewhere


def windows(text: str, length: int) -> Iterator[tuple[Span, str]]:
    """Yield every stretch of `length` words of a text: where it is, and the words with single spaces, without capitals."""
    found = list(_WORD.finditer(text))
    said = [word.group().casefold() for word in found]
    for number in range(len(found) - length + 1):
        yield (found[number].start(), found[number + length - 1].end()), " ".join(said[number : number + length])
