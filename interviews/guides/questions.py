"""The questions of a concept: add, change, move, take out, put back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from interviews import audit
from interviews.access import Actor, Permission, require
from interviews.errors import Invalid, NotVisible
from interviews.guides.document import MAX_QUESTIONS
from interviews.guides.topics import CLOSING, GROUP, OPENING, topics_of
from interviews.guides.versions import require_concept
from interviews.models import Guide, Question
from interviews.models.interview import Perspective
from interviews.text import one_line

MAX_TEXT = 400
MAX_FOLLOW_UPS = 12
MAX_THEMES = 40
_KEY = "vraag."
_TOPICS = frozenset({OPENING, CLOSING, GROUP, *(one.value for one in Perspective)})


@dataclass(frozen=True, slots=True)
class QuestionWords:
    """What a person says about a question. `themes` are keys of themes that it serves."""

    text_je: str
    text_u: str
    topic: str
    must: bool = False
    follow_up: Sequence[str] = ()
    themes: Sequence[str] = ()


def add_question(session: Session, actor: Actor, guide: Guide, words: QuestionWords) -> Question:
    """Add a question at the end of its topic. Raises as `edit_question` does, and Invalid("guide.full")."""
    require(actor, Permission.GUIDE_EDIT, guide)
    require_concept(session, guide)
    if len(guide.questions) >= MAX_QUESTIONS:
        raise Invalid("guide.full", maximum=MAX_QUESTIONS)
    question = Question(guide_id=guide.id, key=_free_key(session, guide), position=len(guide.questions), topic="")
    _put(question, words, guide)
    guide.questions.append(question)
    _count(guide)
    session.flush()
    audit.record(session, actor, "guide.question.add", question, project_id=guide.project_id)
    return question


def edit_question(session: Session, actor: Actor, question: Question, words: QuestionWords) -> None:
    """Change the words of a question.

    Raises Invalid("guide.fixed") when the version may not change any more, and Invalid("guide.text", "guide.topic",
    "guide.follow_up" or "guide.themes") for what does not fit.
    """
    guide = session.get_one(Guide, question.guide_id)
    require(actor, Permission.GUIDE_EDIT, guide)
    require_concept(session, guide)
    _put(question, words, guide)
    _count(guide)
    session.flush()
    audit.record(session, actor, "guide.question.edit", question, project_id=guide.project_id)


def _put(question: Question, words: QuestionWords, guide: Guide) -> None:
    je, u = one_line(words.text_je), one_line(words.text_u)
    for text in (je, u):
        if not 0 < len(text) <= MAX_TEXT:
            raise Invalid("guide.text", maximum=MAX_TEXT)
    if words.topic not in _TOPICS | {one.topic for one in guide.questions}:
        raise Invalid("guide.topic")
    follow_up = [line for one in words.follow_up if (line := one_line(one))]
    if len(follow_up) > MAX_FOLLOW_UPS or any(len(line) > MAX_TEXT for line in follow_up):
        raise Invalid("guide.follow_up", maximum=MAX_FOLLOW_UPS, length=MAX_TEXT)
    themes = list(dict.fromkeys(one_line(theme) for theme in words.themes))
    if len(themes) > MAX_THEMES:
        raise Invalid("guide.themes", maximum=MAX_THEMES)
    question.text_je, question.text_u, question.topic, question.must = je, u, words.topic, words.must
    question.follow_up, question.themes = follow_up, themes


def move_question(session: Session, actor: Actor, question: Question, *, up: bool) -> None:
    """Move a question one place within its topic; at the edge nothing changes. Raises Invalid("guide.fixed")."""
    guide = session.get_one(Guide, question.guide_id)
    require(actor, Permission.GUIDE_EDIT, guide)
    require_concept(session, guide)
    row = [one for one in guide.questions if one.topic == question.topic]
    at = row.index(question)
    other = at - 1 if up else at + 1
    if not 0 <= other < len(row):
        return
    question.position, row[other].position = row[other].position, question.position
    _count(guide)
    session.flush()


def remove_question(session: Session, actor: Actor, question: Question) -> None:
    """Take a question out of a concept; `restore_question` puts back what was in the version before."""
    guide = session.get_one(Guide, question.guide_id)
    require(actor, Permission.GUIDE_EDIT, guide)
    require_concept(session, guide)
    audit.record(session, actor, "guide.question.remove", question, project_id=guide.project_id)
    session.delete(question)
    session.flush()
    session.expire(guide, ["questions"])
    _count(guide)
    session.flush()


def removed_questions(session: Session, guide: Guide) -> list[Question]:
    """Return the questions of the version before that are not in this one."""
    if guide.based_on_id is None:
        return []
    before = session.get_one(Guide, guide.based_on_id)
    here = {one.key for one in guide.questions}
    return [one for one in before.questions if one.key not in here]


def restore_question(session: Session, actor: Actor, guide: Guide, key: str) -> Question:
    """Put a question of the version before back at the end of its topic. Raises NotVisible when it is not one."""
    require(actor, Permission.GUIDE_EDIT, guide)
    require_concept(session, guide)
    lost = next((one for one in removed_questions(session, guide) if one.key == key), None)
    if lost is None:
        raise NotVisible
    question = Question(
        key=lost.key,
        topic=lost.topic,
        position=len(guide.questions),
        must=lost.must,
        text_je=lost.text_je,
        text_u=lost.text_u,
        follow_up=list(lost.follow_up),
        themes=list(lost.themes),
    )
    guide.questions.append(question)
    _count(guide)
    session.flush()
    audit.record(session, actor, "guide.question.add", question, project_id=guide.project_id)
    return question


def _count(guide: Guide) -> None:
    """Number the questions anew: topic by topic, in the order they have within one."""
    rows = sorted(guide.questions, key=lambda one: one.position)
    order = topics_of(rows)
    for position, one in enumerate(sorted(rows, key=lambda row: (order.index(row.topic), row.position))):
        one.position = position
    guide.questions.sort(key=lambda one: one.position)


def _free_key(session: Session, guide: Guide) -> str:
    """Return a key that no version of this guide has: a key stands for one question through all versions."""
    known = session.scalars(
        select(Question.key).join(Guide).where(Guide.project_id == guide.project_id, Guide.key == guide.key)
    )
    numbers = [int(match[1]) for key in known if (match := re.fullmatch(rf"{re.escape(_KEY)}(\d{{1,9}})", key))]
    return f"{_KEY}{max(numbers, default=0) + 1}"
