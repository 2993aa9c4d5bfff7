"""Which characters of an old text live on in a new one, and where.

Pure: no SQLAlchemy, no Flask, frozen values only. Positions are Unicode code points, spans are half-open.

The method is *patience*: lines that occur once on both sides pin the two texts together, then words between those
pins, then the equal beginning and end of a changed word. `difflib` over a whole interview was tried on paper and
left: with one turn per line it is quick, and with one long paragraph it compares every space with every space.
Here the work grows with the length of the text; `difflib` only sees gaps too small to matter.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import accumulate

_WORDS = re.compile(r"\w+|\s+|[^\w\s]")
# A gap of at most this many token pairs is small enough for difflib's quadratic worst case (well under 10 ms).
_SMALL_GAP = 10_000
# Where no single token is unique, runs of this many tokens are tried: "ja ja ja" has no unique word, and unique runs.
_RUNS = (1, 2, 4, 8)

_Match = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Edit:
    """One known change: `[start, end)` of the old text became `replacement` (an insertion has `start == end`)."""

    start: int
    end: int
    replacement: str

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not an edit: [{self.start}, {self.end})")


@dataclass(frozen=True, slots=True)
class Block:
    """`size` characters that are the same in both texts: from `old` in the old one, from `new` in the new one."""

    old: int
    new: int
    size: int


@dataclass(frozen=True, slots=True)
class Alignment:
    """The equal blocks of two texts, in order in both, none touching the next in both texts at once.

    `known` is True when the blocks come from a list of edits and not from a comparison: then a mapped place is a
    fact, and otherwise it is a finding.
    """

    old: str
    new: str
    blocks: tuple[Block, ...]
    known: bool = False
    _old_starts: tuple[int, ...] = field(init=False, repr=False, compare=False)
    _new_starts: tuple[int, ...] = field(init=False, repr=False, compare=False)
    _ink: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_old_starts", tuple(block.old for block in self.blocks))
        object.__setattr__(self, "_new_starts", tuple(block.new for block in self.blocks))
        ink = accumulate((not character.isspace() for character in self.old), initial=0)
        object.__setattr__(self, "_ink", tuple(ink))

    def exact(self, start: int, end: int) -> int | None:
        """Return where `[start, end)` of the old text starts in the new one when every character of it lives on."""
        block = self._block_at(start)
        if block is None or end > block.old + block.size:
            return None
        return block.new + start - block.old

    def origin(self, start: int, end: int) -> int | None:
        """Return where `[start, end)` of the *new* text comes from, when all of it comes from one place."""
        index = bisect_right(self._new_starts, start) - 1
        if index < 0:
            return None
        block = self.blocks[index]
        return block.old + start - block.new if end <= block.new + block.size else None

    def near(self, position: int) -> int:
        """Return the position in the new text where `position` of the old text lies or used to lie."""
        index = bisect_right(self._old_starts, position) - 1
        if index < 0:
            return 0
        block = self.blocks[index]
        return block.new + min(position - block.old, block.size)

    def image(self, start: int, end: int) -> tuple[int, int] | None:
        """Return the span of the new text that took the place of `[start, end)`, or None when nothing did.

        A replaced stretch that lies wholly in the span goes along with it; of one that sticks out, nothing does.
        """
        first = self._block_at(start)
        if first is not None:
            new_start = first.new + start - first.old
        else:
            gap = self._gap_at(start)
            new_start = gap.new_start if start == gap.old_start or end <= gap.old_end else gap.new_end
        last = self._block_at(end - 1)
        if last is not None:
            new_end = last.new + end - last.old
        else:
            gap = self._gap_at(end - 1)
            new_end = gap.new_end if end == gap.old_end or start >= gap.old_start else gap.new_start
        return (new_start, new_end) if new_start < new_end else None

    def kept(self, start: int, end: int, new_start: int, new_end: int) -> int:
        """Count the characters of old `[start, end)`, white space apart, that live on in new `[new_start, new_end)`."""
        total = 0
        index = max(0, bisect_right(self._old_starts, start) - 1)
        while index < len(self.blocks) and self.blocks[index].old < end:
            block = self.blocks[index]
            shift = block.new - block.old
            low = max(start, block.old, new_start - shift)
            high = min(end, block.old + block.size, new_end - shift)
            if low < high:
                total += self._ink[high] - self._ink[low]
            index += 1
        return total

    def taken(self, new_start: int, new_end: int, *, start: int, end: int) -> int:
        """Count the characters of new `[new_start, new_end)` that were old ones outside `[start, end)`: other words.

        White space does not count.
        """
        total = 0
        index = max(0, bisect_right(self._new_starts, new_start) - 1)
        while index < len(self.blocks) and self.blocks[index].new < new_end:
            block = self.blocks[index]
            shift = block.new - block.old
            low, high = max(block.old, new_start - shift), min(block.old + block.size, new_end - shift)
            if low < high:
                total += self._ink[high] - self._ink[low]
                low, high = max(low, start), min(high, end)
                total -= self._ink[high] - self._ink[low] if low < high else 0
            index += 1
        return total

    def ink(self, start: int, end: int) -> int:
        """Count the characters of old `[start, end)` that are not white space."""
        return self._ink[end] - self._ink[start]

    def _block_at(self, position: int) -> Block | None:
        index = bisect_right(self._old_starts, position) - 1
        if index < 0:
            return None
        block = self.blocks[index]
        return block if position < block.old + block.size else None

    def _gap_at(self, position: int) -> _Gap:
        index = bisect_right(self._old_starts, position)
        before = self.blocks[index - 1] if index else Block(0, 0, 0)
        after = self.blocks[index] if index < len(self.blocks) else Block(len(self.old), len(self.new), 0)
        return _Gap(before.old + before.size, after.old, before.new + before.size, after.new)


@dataclass(frozen=True, slots=True)
class _Gap:
    old_start: int
    old_end: int
    new_start: int
    new_end: int


def align(old: str, new: str) -> Alignment:
    """Compare two texts: lines first, then words, then the ends of changed words."""
    matches, gaps = _line_matches(old, new)
    for gap in gaps:
        matches.extend(_word_matches(old, new, gap))
    return Alignment(old, new, _blocks(matches))


def align_edits(old: str, edits: Iterable[Edit]) -> Alignment:
    """Apply known edits to `old` and return the alignment, which is certain (`known`); `.new` is the new text.

    Edits are in the old text's positions and may come in any order. Raises ValueError when two overlap or one lies
    past the end. Two edits at one position are applied in the order given.
    """
    pieces: list[str] = []
    matches: list[_Match] = []
    position = length = 0
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        if edit.start < position or edit.end > len(old):
            raise ValueError(f"edit [{edit.start}, {edit.end}) overlaps another or lies past the end")
        matches.append((position, length, edit.start - position))
        pieces += (old[position : edit.start], edit.replacement)
        length += edit.start - position + len(edit.replacement)
        position = edit.end
    matches.append((position, length, len(old) - position))
    pieces.append(old[position:])
    return Alignment(old, "".join(pieces), _blocks(matches), known=True)


def _line_matches(old: str, new: str) -> tuple[list[_Match], list[_Gap]]:
    """Return the matching lines, in characters, and what lies between them."""
    matches: list[_Match] = []
    gaps: list[_Gap] = []
    old_lines, new_lines = old.splitlines(keepends=True), new.splitlines(keepends=True)
    old_at = list(accumulate(map(len, old_lines), initial=0))
    new_at = list(accumulate(map(len, new_lines), initial=0))
    old_end = new_end = 0
    # Only unique lines pin: a lone "ja" between two changed turns is found by its words, or not at all.
    found = sorted(_patience(old_lines, new_lines, small_gap=0))
    for i, j, count in [*found, (len(old_lines), len(new_lines), 0)]:
        if old_end < old_at[i] and new_end < new_at[j]:
            gaps.append(_Gap(old_end, old_at[i], new_end, new_at[j]))
        old_end, new_end = old_at[i + count], new_at[j + count]
        if count:
            matches.append((old_at[i], new_at[j], old_end - old_at[i]))
    return matches, gaps


def _word_matches(old: str, new: str, gap: _Gap) -> list[_Match]:
    old_words = _WORDS.findall(old[gap.old_start : gap.old_end])
    new_words = _WORDS.findall(new[gap.new_start : gap.new_end])
    old_at = list(accumulate(map(len, old_words), initial=gap.old_start))
    new_at = list(accumulate(map(len, new_words), initial=gap.new_start))
    matches: list[_Match] = []
    old_end, new_end = gap.old_start, gap.new_start
    found = sorted(_patience(old_words, new_words, small_gap=_SMALL_GAP))
    for i, j, count in [*found, (len(old_words), len(new_words), 0)]:
        matches.extend(_end_matches(old, new, _Gap(old_end, old_at[i], new_end, new_at[j])))
        old_end, new_end = old_at[i + count], new_at[j + count]
        matches.append((old_at[i], new_at[j], old_end - old_at[i]))
    return matches


def _end_matches(old: str, new: str, gap: _Gap) -> Iterator[_Match]:
    """Yield the equal beginning and end of a changed stretch: *bijstand|en* and *bijstand|je*.

    Letters in the middle are not compared: between two different words they match by chance.
    """
    before, after = old[gap.old_start : gap.old_end], new[gap.new_start : gap.new_end]
    size = min(len(before), len(after))
    head = next((n for n in range(size) if before[n] != after[n]), size)
    rest = size - head
    tail = next((n for n in range(rest) if before[-1 - n] != after[-1 - n]), rest)
    if head:
        yield gap.old_start, gap.new_start, head
    if tail:
        yield gap.old_end - tail, gap.new_end - tail, tail


def _patience(a: Sequence[str], b: Sequence[str], *, small_gap: int) -> Iterator[_Match]:
    """Yield matching runs of tokens (index in `a`, index in `b`, count) that cross nowhere, in any order.

    `small_gap` is the number of token pairs up to which a gap without unique tokens goes to difflib.
    """
    todo = [(0, len(a), 0, len(b))]
    while todo:
        a_low, a_high, b_low, b_high = todo.pop()
        head = _equal_run(a, b, a_low, b_low, min(a_high - a_low, b_high - b_low), 1)
        if head:
            yield a_low, b_low, head
        a_low, b_low = a_low + head, b_low + head
        tail = _equal_run(a, b, a_high - 1, b_high - 1, min(a_high - a_low, b_high - b_low), -1)
        if tail:
            yield a_high - tail, b_high - tail, tail
        a_high, b_high = a_high - tail, b_high - tail
        if a_low == a_high or b_low == b_high:
            continue
        pins = _pins(a, b, (a_low, a_high, b_low, b_high), _RUNS if small_gap else (1,))
        if pins:
            for i, j, count in pins:
                yield i, j, count
                todo.append((a_low, i, b_low, j))
                a_low, b_low = i + count, j + count
            todo.append((a_low, a_high, b_low, b_high))
        elif (a_high - a_low) * (b_high - b_low) <= small_gap:
            matcher = SequenceMatcher(None, a[a_low:a_high], b[b_low:b_high], autojunk=False)
            for match in matcher.get_matching_blocks():
                if match.size:
                    yield a_low + match.a, b_low + match.b, match.size


def _equal_run(a: Sequence[str], b: Sequence[str], i: int, j: int, most: int, step: int) -> int:
    count = 0
    while count < most and a[i + count * step] == b[j + count * step]:
        count += 1
    return count


def _pins(a: Sequence[str], b: Sequence[str], area: tuple[int, int, int, int], runs: Sequence[int]) -> list[_Match]:
    """Return runs of tokens that occur once on both sides of `area`, the longest row of them that crosses nowhere."""
    a_low, a_high, b_low, b_high = area
    for size in runs:
        in_a = _unique_runs(a, a_low, a_high, size)
        in_b = _unique_runs(b, b_low, b_high, size)
        pairs = sorted((i, in_b[token]) for token, i in in_a.items() if token in in_b)
        if pairs:
            return _apart(_longest_rising(pairs), size)
    return []


def _unique_runs(tokens: Sequence[str], low: int, high: int, size: int) -> dict[object, int]:
    keys: list[object]
    if size == 1:
        keys = [token if not token.isspace() else None for token in tokens[low:high]]
    else:
        keys = [tuple(tokens[n : n + size]) for n in range(low, high - size + 1)]
    counts = Counter(keys)
    return {key: low + n for n, key in enumerate(keys) if counts[key] == 1 and key is not None}


def _longest_rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest row of pairs that rises on both sides (patience sorting)."""
    tops: list[int] = []
    top_pairs: list[int] = []
    back: list[int] = []
    for n, (_, j) in enumerate(pairs):
        pile = bisect_left(tops, j)
        back.append(top_pairs[pile - 1] if pile else -1)
        tops[pile : pile + 1] = [j]
        top_pairs[pile : pile + 1] = [n]
    row: list[tuple[int, int]] = []
    n = top_pairs[-1]
    while n >= 0:
        row.append(pairs[n])
        n = back[n]
    return row[::-1]


def _apart(row: Iterable[tuple[int, int]], size: int) -> list[_Match]:
    """Drop the pins that overlap the one before."""
    pins: list[_Match] = []
    for i, j in row:
        if not pins or (i >= pins[-1][0] + size and j >= pins[-1][1] + size):
            pins.append((i, j, size))
    return pins


def _blocks(matches: Iterable[_Match]) -> tuple[Block, ...]:
    """Join matches that touch on both sides, so that an untouched passage lies in one block."""
    blocks: list[Block] = []
    for old, new, size in sorted(matches):
        if not size:
            continue
        last = blocks[-1] if blocks else None
        if last and last.old + last.size == old and last.new + last.size == new:
            blocks[-1] = Block(last.old, last.new, last.size + size)
        else:
            blocks.append(Block(old, new, size))
    return tuple(blocks)
