"""Versions of a guide: the one in use, the concept of the next, and how a concept becomes the one in use."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable, Sequence

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from interviews import audit
from interviews.access import Actor, Permission, require
from interviews.clock import now
from interviews.errors import Invalid
from interviews.guides.document import GuideText, read
from interviews.models import Guide, Interview, Project, Question, QuestionNote


def adopt(session: Session, project: Project, source: str, *, title: str = "") -> Guide:
    """Take a guide into `project`, in use at once; the same key and version again returns the one that is there.

    For setting up. Raises Invalid("guide.unreadable") when `source` is not a `par-guide/1` document.
    """
    document = read(source)
    known = _known(session, project.id, document.key, document.version)
    if known is not None:
        return known
    guide = _row(document, project, title=title)
    guide.published_at = now()
    session.add(guide)
    session.flush()
    return guide


def take_in(session: Session, actor: Actor, project: Project, source: str) -> Guide:
    """Take a guide from elsewhere into `project` as a concept, so that somebody looks before it is used.

    A version number that is taken counts on. Raises Invalid: "guide.unreadable", or "guide.concept_there" when there
    is a concept already.
    """
    require(actor, Permission.GUIDE_EDIT, project)
    document = read(source)
    if concept(session, project.id) is not None:
        raise Invalid("guide.concept_there")
    guide = _row(document, project, title="")
    guide.version = _free_version(session, project.id, document.key, document.version)
    guide.made_by_id = actor.person_id
    before = newest(session, project.id)
    guide.based_on_id = None if before is None else before.id
    session.add(guide)
    session.flush()
    audit.record(session, actor, "guide.take_in", guide, project_id=project.id)
    return guide


def _row(document: GuideText, project: Project, *, title: str) -> Guide:
    return Guide(
        project_id=project.id,
        key=document.key,
        version=document.version,
        title=title or document.title or document.key,
        questions=[
            Question(
                key=one.key,
                topic=one.topic,
                position=position,
                must=one.must,
                text_je=one.text_je,
                text_u=one.text_u,
                follow_up=list(one.follow_up),
                themes=list(one.themes),
            )
            for position, one in enumerate(document.questions)
        ],
    )


def newest(session: Session, project_id: uuid.UUID) -> Guide | None:
    """Return the guide that is in use: the one published last; None when a project has none."""
    return session.scalar(
        select(Guide)
        .where(Guide.project_id == project_id, Guide.published_at.is_not(None))
        .order_by(Guide.published_at.desc(), Guide.created_at.desc(), Guide.id)
        .limit(1)
    )


def concept(session: Session, project_id: uuid.UUID) -> Guide | None:
    """Return the version that is being made; a project has one at a time."""
    return session.scalar(
        select(Guide)
        .where(Guide.project_id == project_id, Guide.published_at.is_(None))
        .order_by(Guide.created_at, Guide.id)
        .limit(1)
    )


def versions(session: Session, project_id: uuid.UUID) -> Sequence[Guide]:
    """Return every version that was taken into use, the newest first."""
    return session.scalars(
        select(Guide)
        .where(Guide.project_id == project_id, Guide.published_at.is_not(None))
        .order_by(Guide.published_at.desc(), Guide.created_at.desc(), Guide.id)
    ).all()


def is_used(session: Session, guide: Guide) -> bool:
    """Tell whether an interview is or was held with this version."""
    planned = select(Interview.id).where(Interview.guide_id == guide.id).limit(1)
    noted = select(QuestionNote.id).join(Question).where(Question.guide_id == guide.id).limit(1)
    return session.scalar(planned) is not None or session.scalar(noted) is not None


def require_concept(session: Session, guide: Guide) -> None:
    """Return when `guide` may still change. Raises Invalid("guide.fixed") for what was published or used."""
    if guide.published_at is not None or is_used(session, guide):
        raise Invalid("guide.fixed")


def new_version(session: Session, actor: Actor, guide: Guide) -> Guide:
    """Return a concept with the same questions and the next version number; the one that is there when there is one."""
    require(actor, Permission.GUIDE_EDIT, guide)
    there = concept(session, guide.project_id)
    if there is not None:
        return there
    made = Guide(
        project_id=guide.project_id,
        key=guide.key,
        version=_free_version(session, guide.project_id, guide.key, _next(guide.version)),
        title=guide.title,
        made_by_id=actor.person_id,
        based_on_id=guide.id,
        questions=[
            Question(
                key=one.key,
                topic=one.topic,
                position=position,
                must=one.must,
                text_je=one.text_je,
                text_u=one.text_u,
                follow_up=list(one.follow_up),
                themes=list(one.themes),
            )
            for position, one in enumerate(guide.questions)
        ],
    )
    session.add(made)
    session.flush()
    audit.record(session, actor, "guide.new_version", made, project_id=made.project_id)
    return made


def publish(session: Session, actor: Actor, guide: Guide) -> None:
    """Take a concept into use: from now on it is the newest, and never changes. Publishing twice changes nothing.

    Raises Invalid("guide.empty") for a guide without a question.
    """
    require(actor, Permission.GUIDE_EDIT, guide)
    if guide.published_at is not None:
        return
    if not guide.questions:
        raise Invalid("guide.empty")
    before = newest(session, guide.project_id)
    # Also after a clock was set back: what is taken into use last is the newest.
    guide.published_at = now() if before is None or before.published_at is None else max(now(), before.published_at)
    session.flush()
    audit.record(session, actor, "guide.publish", guide, project_id=guide.project_id)


def discard(session: Session, actor: Actor, guide: Guide) -> None:
    """Throw a concept away. Raises Invalid("guide.fixed") for what was published or used."""
    require(actor, Permission.GUIDE_EDIT, guide)
    require_concept(session, guide)
    audit.record(session, actor, "guide.discard", guide, project_id=guide.project_id)
    session.execute(delete(Question).where(Question.guide_id == guide.id))
    session.execute(delete(Guide).where(Guide.id == guide.id))
    session.flush()


def _known(session: Session, project_id: uuid.UUID, key: str, version: str) -> Guide | None:
    return session.scalar(
        select(Guide).where(Guide.project_id == project_id, Guide.key == key, Guide.version == version)
    )


def _free_version(session: Session, project_id: uuid.UUID, key: str, wanted: str) -> str:
    taken: Iterable[str] = session.scalars(
        select(Guide.version).where(Guide.project_id == project_id, Guide.key == key)
    )
    known = set(taken)
    while wanted in known:
        wanted = _next(wanted)
    return wanted


def _next(version: str) -> str:
    """Return the version number counted up: 0.1 to 0.2, 9 to 10, "herfst" to "herfst.2"."""
    match = re.fullmatch(r"(.*?)(\d+)", version, re.DOTALL)
    # Written out for as many digits as a person would: no number is too long to count on.
    if match is None or len(match[2]) > 9:
        return f"{version}.2"
    return f"{match[1]}{int(match[2]) + 1}"
