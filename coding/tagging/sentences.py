"""Where a spoken sentence ends. Pure, per turn, and only asked of turns that hold a hit.

Transcripts are not prose: "eh... ja" goes on, a laugh stands between brackets, quoted speech ends inside a sentence,
and some programs write no full stop at all.
"""

from __future__ import annotations

import re

MAX_SENTENCE = 420
"""Characters. Longer text without an end is cut before a word that starts a new thought."""

# The end marks with closing quotes or brackets, then space, then something that starts a sentence: no lower case
# letter, so that "eh... ja" goes on.
_END = re.compile(r"([.!?…]+[\"'”’»)\]]*)\s+(?=[^\sa-zà-öø-ÿ])")
_ABBREVIATIONS = frozenset(
    "mevr mw dhr hr dr drs mr ir ing prof st nr bijv bv ca incl evt o.a d.w.z m.a.w t.a.v i.p.v".split()
)
_NEW_THOUGHT = re.compile(r",?\s+(?=(?:en toen|en dan|en ja|maar|want|dus|toen|nou|ja)\s)")


def split(text: str) -> list[tuple[int, int]]:
    """Return the sentences of one turn as half-open `(start, end)`, in order, without the white space between them.

    Every character that is not white space is in exactly one sentence.
    """
    spans: list[tuple[int, int]] = []
    start = len(text) - len(text.lstrip())
    for match in _END.finditer(text):
        if match.group(1) == "." and _is_abbreviation(text, match.start()):
            continue
        end = match.end(1)
        if end - start > MAX_SENTENCE:
            spans += _bounded(text, start, end)
        else:
            spans.append((start, end))
        start = match.end()
    return spans + _bounded(text, start, len(text))


def _is_abbreviation(text: str, stop: int) -> bool:
    """Tell whether the full stop at `stop` belongs to the word before it: "mevr.", or the initial of a name."""
    word = text[text.rfind(" ", 0, stop) + 1 : stop].lstrip("(\"'")
    return (len(word) == 1 and word.isupper()) or word.lower() in _ABBREVIATIONS


def _bounded(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Cut an endless sentence at the last new thought before the limit, or at a space, or where the limit falls."""
    spans: list[tuple[int, int]] = []
    while end - start > MAX_SENTENCE:
        limit = start + MAX_SENTENCE
        cuts = [match.end() for match in _NEW_THOUGHT.finditer(text, start + MAX_SENTENCE // 3, limit)]
        cut = cuts[-1] if cuts else text.rfind(" ", start + 1, limit) + 1
        if cut <= start:
            cut = limit
        spans += _trimmed(text, start, cut)
        start = cut
    return spans + _trimmed(text, start, end)


def _trimmed(text: str, start: int, end: int) -> list[tuple[int, int]]:
    piece = text[start:end]
    left = start + len(piece) - len(piece.lstrip())
    right = end - (len(piece) - len(piece.rstrip()))
    return [(left, right)] if left < right else []
