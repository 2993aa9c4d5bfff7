"""What stands around a place in a text: whole words, agreeing context, places of the same words.

Pure. Positions are Unicode code points.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator


def joined(text: str, position: int) -> bool:
    """Tell whether the characters before and after `position` belong together: one word, or one drawn character."""
    if not 0 < position < len(text):
        return False
    left, right = text[position - 1], text[position]
    if left.isspace() or right.isspace():
        return False
    if left == "\u200d" or right == "\u200d" or unicodedata.category(right).startswith("M"):
        return True
    if "\U0001f3fb" <= right <= "\U0001f3ff" or all("\U0001f1e6" <= c <= "\U0001f1ff" for c in (left, right)):
        return True
    # A letter may carry marks: *e* + combining acute + *n* is one word.
    stem = position - 1
    while stem and unicodedata.category(text[stem]).startswith("M"):
        stem -= 1
    return text[stem].isalnum() and right.isalnum()


def same_ends(old: str, start: int, end: int, new: str, new_start: int) -> bool:
    """Tell whether a passage that was whole words is still whole words: *werk* is not in *werkgever*."""
    new_end = new_start + end - start
    return (joined(old, start) or not joined(new, new_start)) and (joined(old, end) or not joined(new, new_end))


def agreement(before: str, after: str, text: str, start: int, end: int) -> tuple[int, int]:
    """Count the characters that agree with the context without a gap: next to the start, next to the end."""
    left = 0
    while left < min(len(before), start) and before[-1 - left] == text[start - 1 - left]:
        left += 1
    right = 0
    while right < min(len(after), len(text) - end) and after[right] == text[end + right]:
        right += 1
    return left, right


def ink(text: str) -> int:
    """Count the characters that are not white space."""
    return sum(not character.isspace() for character in text)


def occurrences(text: str, quote: str, *, limit: int) -> list[int] | None:
    """Return every place of `quote` in `text`, overlapping ones too; None when there are more than `limit`."""
    places: list[int] = []
    at = text.find(quote)
    while at >= 0:
        if len(places) == limit:
            return None
        places.append(at)
        at = text.find(quote, at + 1)
    return places


def long_words(text: str) -> Iterator[tuple[str, int]]:
    """Yield the words of four letters and more, with their place: shorter ones stand everywhere."""
    at = 0
    for word in text.split():
        at = text.index(word, at)
        if len(word) >= 4:
            yield word, at
        at += len(word)
