"""What changed between two versions of a guide, question by question."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from dataclasses import dataclass

from interviews.models import Question


class What(enum.StrEnum):
    """One kind of change; a question can have several."""

    ADDED = "added"
    REMOVED = "removed"
    WORDS = "words"
    MUST = "must"
    NO_MUST = "no_must"
    TOPIC = "topic"
    FOLLOW_UP = "follow_up"
    THEMES = "themes"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class Change:
    """One change. `before` is None for what is new, `after` for what is gone."""

    what: What
    before: Question | None
    after: Question | None

    @property
    def question(self) -> Question:
        """The question it is about, as it is now where it still is."""
        found = self.after or self.before
        if found is None:
            raise ValueError("a change of nothing")
        return found


def differences(before: Sequence[Question], after: Sequence[Question]) -> list[Change]:
    """Return what changed from `before` to `after`, in the order of `after`; what is gone comes last.

    A question is the same by its key. MOVED tells of the fewest questions that explain the new order.
    """
    old = {one.key: one for one in before}
    new = {one.key: one for one in after}
    moved = _moved([one.key for one in before if one.key in new], [one.key for one in after if one.key in old])
    changes: list[Change] = []
    for question in after:
        known = old.get(question.key)
        if known is None:
            changes.append(Change(What.ADDED, None, question))
            continue
        changes += [Change(what, known, question) for what in _inside(known, question)]
        if question.key in moved and known.topic == question.topic:
            changes.append(Change(What.MOVED, known, question))
    changes += [Change(What.REMOVED, one, None) for one in before if one.key not in new]
    return changes


def _inside(before: Question, after: Question) -> list[What]:
    found = []
    if (before.text_je, before.text_u) != (after.text_je, after.text_u):
        found.append(What.WORDS)
    if before.must != after.must:
        found.append(What.MUST if after.must else What.NO_MUST)
    if before.topic != after.topic:
        found.append(What.TOPIC)
    if list(before.follow_up) != list(after.follow_up):
        found.append(What.FOLLOW_UP)
    if set(before.themes) != set(after.themes):
        found.append(What.THEMES)
    return found


def _moved(before: list[str], after: list[str]) -> set[str]:
    """Return the keys outside the longest row that kept its order."""
    place = {key: index for index, key in enumerate(before)}
    best: list[list[str]] = []
    for key in after:
        # The longest row that ends in this key: guides hold tens of questions, so the plain way is fast enough.
        fitting = [row for row in best if place[row[-1]] < place[key]]
        best.append([*_longest(fitting), key])
    return set(after) - set(_longest(best))


def _longest(rows: list[list[str]]) -> list[str]:
    return max(rows, key=len) if rows else []
