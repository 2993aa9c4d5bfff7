"""How long it takes to find 2,000 anchors again in a changed text of 10,000 words, and how often that goes right.

Run `python -m benchmarks.anchors`. Times on a shared machine mean little: the ratios count. Each row is one way of
changing a text; `ratio` is the time over that of the naive way (find every quote with `str.find`, without looking at
what stands around it), in the same run. `grows` is the time for twice the words and twice the anchors over the time
for once: 2 is linear, 4 is quadratic. The right answer is known, because the edits are.
"""

from __future__ import annotations

import random
import re
import time
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import accumulate

from coding.alignment import Edit, align_edits
from coding.anchors import Anchor, Placed, make, relocate_all

COMMON = "ik je de het een en dat was niet ja nee maar toen ook wel naar van in met voor op te er".split()
SYLLABLES = (
    "ge be ver ont aan uit werk geld brief huis raad zorg dag tijd kind plan taak loket vraag schuld ing er en".split()
)
WORDS, ANCHORS, REPEATS = 10_000, 2_000, 3


@dataclass(frozen=True, slots=True)
class Changed:
    """A changed text and, per anchor, where its words went (None when an edit touched them)."""

    text: str
    truth: tuple[int | None, ...]


def interview(words: int, *, turn: int, seed: int) -> str:
    """Return a text of `words` words, half of them common ones, in turns of about `turn` words."""
    chance = random.Random(seed)
    lexicon = ["".join(chance.choices(SYLLABLES, k=chance.randint(2, 4))) for _ in range(1_500)]
    parts: list[str] = []
    while len(parts) < words:
        size = min(words - len(parts), max(1, int(chance.expovariate(1 / turn))))
        turn_words = [chance.choice(COMMON if chance.random() < 0.5 else lexicon) for _ in range(size)]
        turn_words[-1] += ".\n"
        parts += turn_words
    return " ".join(parts)


def passages(text: str, amount: int, *, seed: int) -> list[Anchor]:
    """Return anchors on one to thirty words."""
    chance = random.Random(seed)
    starts = [0] + [n + 1 for n, character in enumerate(text[:-1]) if character == " "]
    anchors = []
    for _ in range(amount):
        first = chance.randrange(len(starts) - 1)
        last = min(len(starts) - 1, first + chance.choice((1, 2, 4, 8, 15, 30)))
        anchors.append(make(text, starts[first], starts[last] - 1))
    return anchors


def words_of(text: str) -> list[tuple[int, int]]:
    """Return the place of every word."""
    return [match.span() for match in re.finditer(r"\S+", text)]


def edited(text: str, anchors: list[Anchor], edits: list[Edit]) -> Changed:
    """Apply edits; an anchor's truth is known when none of them touches it."""
    changes = align_edits(text, edits)
    return Changed(changes.new, tuple(changes.exact(anchor.start, anchor.end) for anchor in anchors))


def some_words_replaced(text: str, anchors: list[Anchor], *, share: float) -> Changed:
    """Replace a share of the words by words the text did not have: names by pseudonyms, typing errors by words."""
    chance = random.Random(1)
    spans = [span for span in words_of(text) if chance.random() < share]
    return edited(text, anchors, [Edit(*span, "Nieuw" + chance.choice(SYLLABLES)) for span in spans])


def some_turns_removed(text: str, anchors: list[Anchor]) -> Changed:
    """Remove one turn in twenty."""
    chance, at, edits = random.Random(2), 0, []
    for line in text.splitlines(keepends=True):
        if chance.random() < 0.05:
            edits.append(Edit(at, at + len(line), ""))
        at += len(line)
    return edited(text, anchors, edits)


def some_turns_swapped(text: str, anchors: list[Anchor]) -> Changed:
    """Put one turn in ten after the next one. Anchors over two turns have no known place."""
    chance, lines = random.Random(3), text.splitlines(keepends=True)
    order = list(range(len(lines)))
    for n in range(0, len(order) - 1, 2):
        if chance.random() < 0.2:
            order[n], order[n + 1] = order[n + 1], order[n]
    old_at = list(accumulate(map(len, lines), initial=0))
    new_at = dict(zip(order, accumulate((len(lines[n]) for n in order), initial=0), strict=False))
    truth: list[int | None] = []
    for anchor in anchors:
        line = bisect_right(old_at, anchor.start) - 1
        whole = anchor.end <= old_at[line + 1]
        truth.append(new_at[line] + anchor.start - old_at[line] if whole else None)
    return Changed("".join(lines[n] for n in order), tuple(truth))


def naive(anchors: list[Anchor], text: str) -> list[int]:
    """Find every quote, wherever it stands first: what the ratio is over."""
    return [text.find(anchor.quote) for anchor in anchors]


def seconds(run: Callable[[], object]) -> float:
    """Return the shortest of a few runs."""
    times = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return min(times)


def case(scale: int, turn: int, change: Callable[[str, list[Anchor]], Changed]) -> tuple[str, list[Anchor], Changed]:
    """Return a text, its anchors and the changed text; `scale` 2 is twice of everything."""
    text = interview(WORDS * scale, turn=turn, seed=7)
    anchors = passages(text, ANCHORS * scale, seed=8)
    return text, anchors, change(text, anchors)


def row(name: str, turn: int, change: Callable[[str, list[Anchor]], Changed]) -> str:
    """Measure one way of changing a text and return the line to print."""
    old, anchors, changed = case(1, turn, change)
    time_once = seconds(partial(relocate_all, anchors, old, changed.text))
    old_twice, anchors_twice, changed_twice = case(2, turn, change)
    time_twice = seconds(partial(relocate_all, anchors_twice, old_twice, changed_twice.text))
    plain = seconds(partial(naive, anchors, changed.text))
    report = relocate_all(anchors, old, changed.text)
    known = [
        (outcome, truth) for outcome, truth in zip(report.outcomes, changed.truth, strict=True) if truth is not None
    ]
    sure = [
        (outcome, truth) for outcome, truth in known if isinstance(outcome, Placed) and not outcome.moved_with_changes
    ]
    wrong = sum(outcome.new.start != truth for outcome, truth in sure)
    first = sum(
        at == truth for at, truth in zip(naive(anchors, changed.text), changed.truth, strict=True) if truth is not None
    )
    return (
        f"{name:34} {time_once:7.3f} s {time_once / plain:7.1f} {time_twice / time_once:6.1f}"
        f" {len(sure) / len(known):9.1%} {first / len(known):8.1%} {wrong:6d} of {len(known)}"
        f" {len(report.to_confirm):8d} {len(report.orphans):8d}"
    )


def main() -> None:
    """Print one row per way of changing a text."""
    print(f"{WORDS:,} words, {ANCHORS:,} anchors; 'untouched' are anchors no edit touched")
    print(f"{'':34} {'time':>9} {'ratio':>7} {'grows':>6} {'untouched':>9} {'naive':>8} {'wrong':>6} {'':7}", end="")
    print(f"{'confirm':>8} {'orphans':>8}")
    print(f"{'':34} {'':>9} {'':>7} {'':>6} {'found':>9} {'right':>8}")
    for name, turn, change in (
        ("nothing changed", 40, partial(some_words_replaced, share=0.0)),
        ("names replaced (1 word in 40)", 40, partial(some_words_replaced, share=0.025)),
        ("the same, one long line", WORDS * 9, partial(some_words_replaced, share=0.025)),
        ("corrected thoroughly (1 in 5)", 40, partial(some_words_replaced, share=0.2)),
        ("turns removed (1 in 20)", 40, some_turns_removed),
        ("turns swapped (1 in 10)", 40, some_turns_swapped),
    ):
        print(row(name, turn, change))


if __name__ == "__main__":
    main()
