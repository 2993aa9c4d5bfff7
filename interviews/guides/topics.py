"""Whom a question is for, and how it is said: pure choices over the questions of a guide."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from interviews.models import Interview, Question
from interviews.models.interview import Address, InterviewKind

OPENING, CLOSING, GROUP = "opening", "closing", "group"
EITHER = " / "
"""Between the form with "je" and the form with "u" of one follow-up."""


def topics_of(questions: Iterable[Question]) -> list[str]:
    """Return the topics in the order of a talk: the opening first, the closing last, between them as they come."""
    found = list(dict.fromkeys(question.topic for question in questions))
    middle = [topic for topic in found if topic not in (OPENING, CLOSING)]
    return [*(OPENING for one in found if one == OPENING), *middle, *(CLOSING for one in found if one == CLOSING)]


def topic_of(interview: Interview, questions: Iterable[Question]) -> frozenset[str]:
    """Return the topics that fit an interview: its perspective, and those of a group talk.

    A guide that has nothing for this perspective fits as a whole: better a question too many than none.
    """
    there = {question.topic for question in questions}
    wanted = {interview.perspective.value}
    if interview.kind is InterviewKind.GROUP:
        wanted.add(GROUP)
    else:
        there.discard(GROUP)
    chosen = wanted & there or there
    return frozenset(chosen | {OPENING, CLOSING})


def fitting(questions: Sequence[Question], interview: Interview) -> list[Question]:
    """Return the questions that fit an interview, in the order of the talk."""
    topics = topic_of(interview, questions)
    return [
        question
        for topic in topics_of(questions)
        if topic in topics
        for question in sorted(questions, key=lambda one: one.position)
        if question.topic == topic
    ]


def spoken(follow_up: str, address: Address) -> str:
    """Return a follow-up as it is said to somebody: "Wat dacht je? / Wat dacht u?" holds both forms."""
    je, both, u = follow_up.partition(EITHER)
    return (u if address is Address.U else je).strip() if both else follow_up
