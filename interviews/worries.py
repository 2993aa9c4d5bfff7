"""Worries about somebody: said by whoever was there, seen by the project lead at once, closed with what was done.

All that is said about one interview is one sealed list, the newest last. An interview to practise on alarms nobody.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from interviews import audit, notes
from interviews.access import Actor, Permission, allows, require
from interviews.clock import now
from interviews.errors import Invalid
from interviews.keys import KeyStore
from interviews.models import Interview, Participation, Project

READ = "safety.read"
"""How reading what was written stands in the log."""


@dataclass(frozen=True, slots=True)
class Worry:
    """What somebody said, when, and what was done; empty texts where nothing was written."""

    at: str
    """ISO moment."""
    by: str | None
    """Id of the person."""
    note: str = ""
    done: str = ""

    @property
    def moment(self) -> datetime:
        """When it was said."""
        return datetime.fromisoformat(self.at)

    @property
    def person_id(self) -> uuid.UUID | None:
        """Who said it."""
        return None if self.by is None else uuid.UUID(self.by)


def flag(session: Session, actor: Actor, interview: Interview, *, note: str = "", keys: KeyStore) -> None:
    """Say that one worries, with words or without. Said again, it is new again for the project lead."""
    require(actor, Permission.SAFETY_FLAG, interview)
    text = notes.tidy(note)
    _lock(session, interview)
    told = _told(interview, keys)
    moment = now()
    _keep(interview, [*told, Worry(moment.isoformat(), str(actor.person_id), text)], keys)
    if interview.safety_flag_at is None or interview.safety_closed_at is not None:
        interview.safety_flag_at, interview.safety_flag_by_id = moment, actor.person_id
    interview.safety_seen_at = interview.safety_closed_at = None
    session.flush()
    audit.record(session, actor, Permission.SAFETY_FLAG, interview, project_id=interview.project_id)


def is_open(interview: Interview) -> bool:
    """Tell whether somebody worries and nobody said what was done yet."""
    return interview.safety_flag_at is not None and interview.safety_closed_at is None


def may_read(actor: Actor, interview: Interview) -> bool:
    """Tell whether the actor may read what was written: the interviewer and the project lead only."""
    return allows(actor, Permission.DEBRIEF_READ, interview)


def reading_is_logged(session: Session, actor: Actor, interview: Interview) -> bool:
    """Tell whether `read` would write nothing: one's own worry in one's own interview, or read in this sitting already."""
    own = actor.person_id == interview.interviewer_id == interview.safety_flag_by_id
    return own or audit.in_sitting(session, actor, READ, interview)


def read(session: Session, actor: Actor, interview: Interview, *, keys: KeyStore) -> list[Worry]:
    """Return what was said and done, oldest first; reading what another said is logged, once a sitting."""
    require(actor, Permission.DEBRIEF_READ, interview)
    if not reading_is_logged(session, actor, interview):
        audit.record(session, actor, READ, interview, project_id=interview.project_id)
    return _told(interview, keys)


def seen(session: Session, actor: Actor, interview: Interview) -> None:
    """Say that the project lead saw it. Raises Invalid("worry.none") when nobody worries."""
    require(actor, Permission.SAFETY_CLOSE, interview)
    _require_open(interview)
    if interview.safety_seen_at is None:
        interview.safety_seen_at = now()
        session.flush()
        audit.record(session, actor, "safety.seen", interview, project_id=interview.project_id)


def close(session: Session, actor: Actor, interview: Interview, *, done: str, keys: KeyStore) -> None:
    """Say what was done. Raises Invalid("worry.done") without words and Invalid("worry.none") when nobody worries."""
    require(actor, Permission.SAFETY_CLOSE, interview)
    _lock(session, interview)
    _require_open(interview)
    text = notes.tidy(done)
    if not text:
        raise Invalid("worry.done")
    told = _told(interview, keys)
    _keep(interview, [Worry(one.at, one.by, one.note, one.done or text) for one in told], keys)
    moment = now()
    interview.safety_seen_at = interview.safety_seen_at or moment
    interview.safety_closed_at = moment
    session.flush()
    audit.record(session, actor, Permission.SAFETY_CLOSE, interview, project_id=interview.project_id)


def flagged(session: Session, actor: Actor, project: Project) -> Sequence[Interview]:
    """Return the interviews of `project` with a worry, open ones first, the oldest on top; for the project lead."""
    require(actor, Permission.SAFETY_CLOSE, project)
    return session.scalars(
        select(Interview)
        .where(_alarming(project.id))
        .order_by(Interview.safety_closed_at.is_not(None), Interview.safety_flag_at)
        .options(
            joinedload(Interview.interviewer),
            selectinload(Interview.participations).joinedload(Participation.interviewee),
        )
    ).all()


def unseen(session: Session, project_id: uuid.UUID) -> int:
    """Return with how many interviews somebody worries that no project lead saw yet."""
    return int(
        session.scalar(
            select(func.count())
            .select_from(Interview)
            .where(_alarming(project_id), Interview.safety_seen_at.is_(None), Interview.safety_closed_at.is_(None))
        )
        or 0
    )


def _alarming(project_id: uuid.UUID) -> ColumnElement[bool]:
    return (Interview.project_id == project_id) & Interview.safety_flag_at.is_not(None) & Interview.practice.is_(False)


def _lock(session: Session, interview: Interview) -> None:
    """Let others who say something here at this moment wait: all of it is one list, and none of it may be lost."""
    session.flush()
    session.refresh(interview, with_for_update=True)


def _require_open(interview: Interview) -> None:
    if not is_open(interview):
        raise Invalid("worry.none")


def _told(interview: Interview, keys: KeyStore) -> list[Worry]:
    text = notes.unseal(keys, interview.id, interview.safety_note_sealed, context=f"worry:{interview.id}")
    return [] if text is None else [Worry(**one) for one in json.loads(text)]


def _keep(interview: Interview, told: Sequence[Worry], keys: KeyStore) -> None:
    text = json.dumps([asdict(one) for one in told], ensure_ascii=False)
    interview.safety_note_sealed = notes.seal(keys, interview.id, text, context=f"worry:{interview.id}")
