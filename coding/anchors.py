"""Where a coded passage points, and where it points after the text changed.

Pure: no SQLAlchemy, no Flask, frozen values only. Positions are Unicode code points of one research revision.

The promise: **never silently moved, never lost.** Every anchor that goes in comes out, either `Placed` or `Orphan`.

- `Placed` as `Evidence.MAPPED` or `Evidence.FOUND`: the very same characters, in surroundings that show that they are
  the same *words*. Nobody has to look.
- `Placed` as `Evidence.LIKELY`: moved with changes. The words, or everything around them, were edited. A best
  candidate above `MIN_SCORE`, listed in `Relocation.to_confirm` until a person says yes.
- `Orphan`: the words are gone, or could be in two places. A guess may come along, for a person to look at.

Order of the search, per anchor:

1. The place the alignment maps it to, with all its surroundings (`CONTEXT` characters on both sides) intact.
2. The one place in the whole text with the same words in the same surroundings, unique in the old text as well: a turn
   that was moved. This goes before a mapped place with *damaged* surroundings, which may be a chance hit.
3. The mapped place with enough of the surroundings kept, unless newly written text fits at least as well.
4. The best-fitting place among words that are new in the text, in surroundings that agree enough.
5. The best candidate by score. It never takes words that already were there as other words.

From `hypothesis/client` (`match-quote.ts`) come the quote with 32 characters either side, named weights, and nothing
rather than a guess; from `docdeid` the span that checks itself. New here: a candidate is told apart from words that
were elsewhere in the old text, so a deleted "ja" is not moved to the next "ja".
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from coding.alignment import Alignment, align
from coding.surroundings import agreement, ink, joined, long_words, occurrences, same_ends

CONTEXT = 32
"""Characters kept on either side of a quote."""

MIN_CONTEXT = 12
"""Characters of the surroundings, white space apart, that must live on to take a place as the same without asking.

About two words and a half. Fewer match by chance: "van de" stands everywhere.
"""

MIN_RUN = 12
"""As many characters, the quote's own among them, must stand there unbroken.

A sentence that took another's place often shares an "En" with it, between surroundings that did stay.
"""

LONG_QUOTE = 24
"""A quote of this many characters, white space apart, is evidence by itself."""

QUOTE_WEIGHT = 0.6
CONTEXT_WEIGHT = 0.4
"""What counts towards a candidate's score (0 to 1): the share of the words, and of both surroundings together, that
lives on there. The words weigh more than all around them, so that a passage with one name replaced stays.
"""

MIN_SCORE = 0.7
"""An unchanged quote needs a quarter of its surroundings; a quote that is half alike needs all of them."""

MIN_QUOTE = 0.5
"""The share that lives on of the longer of both, old words or new. Under a half is not the same passage, however well
the surroundings fit."""

MARGIN = 0.05
"""A best candidate that is not this much better than the second is ambiguous."""

MAX_OCCURRENCES = 1_000
"""A quote found more often than this is not weighed place by place; only its intact mapped place is taken."""

_SEED_OCCURRENCES = 20
_SEED_STEP = 32


class Misaligned(ValueError):
    """A span, its quote and the text do not belong together."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """Half-open `[start, end)` in code points of one revision's text, with the words and up to 32 characters around.

    A misaligned anchor cannot exist: raises `Misaligned` when the parts contradict each other. Make one from a text
    with `make`; check one that was stored against its text with `points_into`.
    """

    start: int
    end: int
    quote: str
    before: str
    after: str

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end or len(self.quote) != self.end - self.start:
            raise Misaligned(f"[{self.start}, {self.end}) does not fit a quote of {len(self.quote)} characters")
        if len(self.before) != min(CONTEXT, self.start) or len(self.after) > CONTEXT:
            raise Misaligned(f"the context of [{self.start}, {self.end}) has the wrong length")

    def points_into(self, text: str) -> bool:
        """Tell whether this anchor is true of `text`: the words and the context are at its place."""
        context = text[self.start - len(self.before) : self.start], text[self.end : self.end + CONTEXT]
        return text[self.start : self.end] == self.quote and context == (self.before, self.after)


class Evidence(enum.StrEnum):
    """Why an anchor was placed where it is."""

    MAPPED = "mapped"
    FOUND = "found"
    LIKELY = "likely"


class Reason(enum.StrEnum):
    """Why an anchor has no place."""

    GONE = "gone"
    UNSURE = "unsure"
    AMBIGUOUS = "ambiguous"


@dataclass(frozen=True, slots=True)
class Placed:
    """An anchor with a place in the new text. `old` keeps the words as they were; `score` is 0 to 1."""

    old: Anchor
    new: Anchor
    evidence: Evidence
    score: float = 1.0

    @property
    def changed(self) -> bool:
        """Whether the words themselves differ from before."""
        return self.old.quote != self.new.quote

    @property
    def moved_with_changes(self) -> bool:
        """Whether a person has to confirm this place. True for every anchor with `changed` words."""
        return self.evidence is Evidence.LIKELY


@dataclass(frozen=True, slots=True)
class Orphan:
    """An anchor without a place. `near` is where in the new text its words used to be.

    `guess` is the best candidate that was not good enough, to show to a person; nothing points there.
    """

    old: Anchor
    reason: Reason
    near: int
    guess: Anchor | None = None
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class Relocation:
    """The re-anchoring report: one outcome per anchor, in the order the anchors were given."""

    outcomes: tuple[Placed | Orphan, ...]

    @property
    def placed(self) -> tuple[Placed, ...]:
        """Every anchor with a place, those to confirm included."""
        return tuple(outcome for outcome in self.outcomes if isinstance(outcome, Placed))

    @property
    def to_confirm(self) -> tuple[Placed, ...]:
        """Anchors that moved with changes and wait for a person."""
        return tuple(outcome for outcome in self.placed if outcome.moved_with_changes)

    @property
    def orphans(self) -> tuple[Orphan, ...]:
        """Anchors without a place."""
        return tuple(outcome for outcome in self.outcomes if isinstance(outcome, Orphan))


def make(text: str, start: int, end: int) -> Anchor:
    """Return the anchor of `[start, end)` in `text`. Raises `Misaligned` when that is empty or outside the text."""
    if not 0 <= start < end <= len(text):
        raise Misaligned(f"[{start}, {end}) is not in a text of {len(text)} characters")
    return Anchor(start, end, text[start:end], text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT])


def relocate(anchor: Anchor, old_text: str, new_text: str, *, changes: Alignment | None = None) -> Placed | Orphan:
    """Find `anchor` (of `old_text`) in `new_text`.

    `changes` is the alignment of the two texts when the caller has one: from `align`, or from `align_edits` when the
    edits are known, as when names were replaced. Raises `Misaligned` when the anchor is not of `old_text`, ValueError
    when `changes` is of other texts.
    """
    return relocate_all([anchor], old_text, new_text, changes=changes).outcomes[0]


def relocate_all(
    anchors: Iterable[Anchor], old_text: str, new_text: str, *, changes: Alignment | None = None
) -> Relocation:
    """Find all anchors of `old_text` in `new_text`; the texts are compared once. See `relocate`.

    What comes out for one anchor does not depend on the others.
    """
    if changes is None:
        changes = align(old_text, new_text)
    elif changes.old != old_text or changes.new != new_text:
        raise ValueError("the changes are of other texts")
    search = _Search(changes)
    return Relocation(tuple(search.outcome(anchor) for anchor in anchors))


@dataclass(frozen=True, slots=True, order=True)
class _Candidate:
    score: float
    alike: float
    start: int
    end: int


@dataclass(slots=True)
class _Search:
    """The search for many anchors in one new text; keeps what it looked up."""

    changes: Alignment
    places: dict[str, list[int] | None] = field(default_factory=dict)
    words: dict[str, list[int]] | None = None

    def outcome(self, anchor: Anchor) -> Placed | Orphan:
        old, new = self.changes.old, self.changes.new
        if not anchor.points_into(old):
            raise Misaligned(f"[{anchor.start}, {anchor.end}) is not of this text")
        mapped = self.changes.exact(anchor.start, anchor.end)
        if mapped is not None and not same_ends(old, anchor.start, anchor.end, new, mapped):
            mapped = None
        if mapped is not None and (self.changes.known or self._intact(anchor, mapped)):
            return self._place(anchor, mapped, Evidence.MAPPED)
        moved = self._only_window(anchor)
        if moved is not None:
            return self._place(anchor, moved, Evidence.MAPPED if moved == mapped else Evidence.FOUND)
        rivals = self._rivals(anchor)
        if rivals is None:
            return self._orphan(anchor, Reason.AMBIGUOUS)
        best = max(rivals, default=None)
        if mapped is not None:
            contested = best is not None and best[0] >= len(self._agreeing(anchor, mapped))
            trusted = self._kept_enough(anchor, mapped)
            if trusted and not contested:
                return self._place(anchor, mapped, Evidence.MAPPED)
            if trusted or (best is not None and contested and not self._agrees_enough(anchor, best[1])):
                end = mapped + len(anchor.quote)
                return self._orphan(anchor, Reason.AMBIGUOUS, _Candidate(1.0, 1.0, mapped, end))
        elif (
            best is not None and sum(fit == best[0] for fit, _ in rivals) == 1 and self._agrees_enough(anchor, best[1])
        ):
            return self._place(anchor, best[1], Evidence.FOUND)
        return self._likely(anchor, [start for _, start in rivals])

    def _intact(self, anchor: Anchor, start: int) -> bool:
        """Tell whether all context is there, and where the text ended it still ends."""
        new, end = self.changes.new, start + len(anchor.quote)
        return new[max(0, start - CONTEXT) : start] == anchor.before and new[end : end + CONTEXT] == anchor.after

    def _only_window(self, anchor: Anchor) -> int | None:
        """Return the place of the quote with its whole context when that is unique in both texts, and enough."""
        old, new = self.changes.old, self.changes.new
        if ink(anchor.before + anchor.after) < MIN_CONTEXT and ink(anchor.quote) < LONG_QUOTE:
            return None
        window = anchor.before + anchor.quote + anchor.after
        at = new.find(window)
        if at < 0 or new.find(window, at + 1) >= 0 or old.find(window) != old.rfind(window):
            return None
        start = at + len(anchor.before)
        return start if same_ends(old, anchor.start, anchor.end, new, start) else None

    def _rivals(self, anchor: Anchor) -> list[tuple[int, int]] | None:
        """Return (fitting context, place) where the quote stands in new words; None when it stands everywhere."""
        old, new, quote = self.changes.old, self.changes.new, anchor.quote
        if quote not in self.places:
            found = occurrences(new, quote, limit=MAX_OCCURRENCES)
            if found is not None:
                found = [start for start in found if self.changes.origin(start, start + len(quote)) is None]
            self.places[quote] = found
        places = self.places[quote]
        if places is None:
            return None
        return [
            (len(self._agreeing(anchor, start)), start)
            for start in places
            if same_ends(old, anchor.start, anchor.end, new, start)
        ]

    def _kept_enough(self, anchor: Anchor, start: int) -> bool:
        """Tell whether enough of the surroundings lives on around the mapped place `start`."""
        if ink(anchor.quote) >= LONG_QUOTE:
            return True
        kept = sum(self._context_kept(self.changes, anchor.start, anchor.end, start, start + len(anchor.quote)))
        run = ink(anchor.quote) + ink(self._agreeing(anchor, start))
        around = ink(anchor.before + anchor.after)
        return kept >= min(MIN_CONTEXT, max(1, around)) and run >= min(MIN_RUN, ink(anchor.quote) + around)

    def _agrees_enough(self, anchor: Anchor, start: int) -> bool:
        if ink(anchor.quote) >= LONG_QUOTE:
            return True
        return ink(self._agreeing(anchor, start)) >= MIN_CONTEXT

    def _agreeing(self, anchor: Anchor, start: int) -> str:
        """Return the context that stands without a gap around the quote at `start`."""
        left, right = agreement(anchor.before, anchor.after, self.changes.new, start, start + len(anchor.quote))
        return anchor.before[len(anchor.before) - left :] + anchor.after[:right]

    @staticmethod
    def _context_kept(changes: Alignment, start: int, end: int, new_start: int, new_end: int) -> tuple[int, int]:
        # Twice the context on the new side: a word put in next to the passage pushes the rest away.
        before = changes.kept(max(0, start - CONTEXT), start, max(0, new_start - 2 * CONTEXT), new_start)
        stop = min(len(changes.old), end + CONTEXT)
        return before, changes.kept(end, stop, new_end, min(len(changes.new), new_end + 2 * CONTEXT))

    def _likely(self, anchor: Anchor, starts: list[int]) -> Placed | Orphan:
        """Weigh every candidate and take the best one, when it is good enough and clearly the best."""
        candidates = list(self._candidates(anchor, starts))
        if not candidates:
            return self._orphan(anchor, Reason.GONE)
        best = max(candidates)
        second = max((c for c in candidates if c.end <= best.start or c.start >= best.end), default=None)
        if best.alike < MIN_QUOTE:
            return self._orphan(anchor, Reason.GONE, best)
        if best.score < MIN_SCORE:
            return self._orphan(anchor, Reason.UNSURE, best)
        if second is not None and second.alike >= MIN_QUOTE and best.score - second.score < MARGIN:
            return self._orphan(anchor, Reason.AMBIGUOUS, best)
        new = make(self.changes.new, best.start, best.end)
        return Placed(anchor, new, Evidence.LIKELY, round(best.score, 3))

    def _candidates(self, anchor: Anchor, starts: list[int]) -> Iterator[_Candidate]:
        image = self.changes.image(anchor.start, anchor.end)
        if image is not None:
            yield self._weigh(self.changes, anchor.start, anchor.end, *image, shift=0)
        low = max(0, anchor.start - CONTEXT)
        window = self.changes.old[low : anchor.end + CONTEXT]
        for at in starts[:_SEED_OCCURRENCES]:
            around = ink(anchor.before + anchor.after)
            share = ink(self._agreeing(anchor, at)) / around if around else 1.0
            yield _Candidate(QUOTE_WEIGHT + CONTEXT_WEIGHT * share, 1.0, at, at + len(anchor.quote))
        for at in self._seeds(anchor):
            shift = max(0, at - 2 * CONTEXT)
            local = align(window, self.changes.new[shift : at + len(anchor.quote) + 2 * CONTEXT])
            image = local.image(anchor.start - low, anchor.end - low)
            if image is None or self._is_elsewhere(anchor, image[0] + shift, image[1] + shift):
                continue
            yield self._weigh(local, anchor.start - low, anchor.end - low, *image, shift=shift)

    def _is_elsewhere(self, anchor: Anchor, start: int, end: int) -> bool:
        """Tell whether half or more of new `[start, end)` was in the old text outside the anchor: other words."""
        taken = self.changes.taken(start, end, start=anchor.start, end=anchor.end)
        return 2 * taken >= max(1, ink(self.changes.new[start:end]))

    def _seeds(self, anchor: Anchor) -> list[int]:
        """Return up to three places where uncommon words of the quote stand at their old distance from its start."""
        if self.words is None:
            self.words = {}
            for word, at in long_words(self.changes.new):
                self.words.setdefault(word, []).append(at)
        votes: dict[int, tuple[float, int]] = {}
        for word, offset in long_words(anchor.quote):
            found = self.words.get(word, [])
            if len(found) > _SEED_OCCURRENCES:
                continue
            for at in found:
                place = max(0, at - offset)
                weight, first = votes.get(place // _SEED_STEP, (0.0, place))
                votes[place // _SEED_STEP] = weight + 1 / len(found), first
        best = sorted(votes.values(), key=lambda vote: (-vote[0], vote[1]))[:3]
        return [place for _, place in best]

    def _weigh(self, changes: Alignment, start: int, end: int, low: int, high: int, *, shift: int) -> _Candidate:
        """Score old `[start, end)` against new `[low, high)`, both in the positions of `changes`."""
        old, new = changes.old, changes.new
        # A place to confirm is shown in whole words, except where the coder chose to start or stop inside one.
        while not joined(old, start) and joined(new, low):
            low -= 1
        while not joined(old, end) and joined(new, high):
            high += 1
        if new[low:high] == old[start:end]:
            alike = 1.0
        else:
            longest = max(changes.ink(start, end), ink(new[low:high]))
            alike = changes.kept(start, end, low, high) / longest if longest else 0.0
        room = changes.ink(max(0, start - CONTEXT), start) + changes.ink(end, min(len(old), end + CONTEXT))
        around = sum(self._context_kept(changes, start, end, low, high)) / room if room else alike
        score = QUOTE_WEIGHT * alike + CONTEXT_WEIGHT * around
        return _Candidate(score, alike, low + shift, high + shift)

    def _place(self, anchor: Anchor, start: int, evidence: Evidence) -> Placed:
        return Placed(anchor, make(self.changes.new, start, start + len(anchor.quote)), evidence)

    def _orphan(self, anchor: Anchor, reason: Reason, best: _Candidate | None = None) -> Orphan:
        near = self.changes.near(anchor.start)
        if best is None:
            return Orphan(anchor, reason, near)
        return Orphan(anchor, reason, near, make(self.changes.new, best.start, best.end), round(best.score, 3))
