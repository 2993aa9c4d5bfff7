"""After an interview: how it was for the interviewer, in a few words of their own, apart from the transcript."""

from __future__ import annotations

import json
import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from interviews import audit, notes
from interviews.access import Actor, Permission, require
from interviews.clock import now
from interviews.keys import KeyStore
from interviews.models import Debrief, Interview, Person
from interviews.models.interview import Status


@dataclass(frozen=True, slots=True)
class Told:
    """How it was for somebody, for the project lead."""

    name: str
    feeling: str


def write(
    session: Session,
    actor: Actor,
    interview: Interview,
    *,
    feeling: str,
    struck: str,
    keys: KeyStore,
    held_on: date | None = None,
) -> Debrief:
    """Keep how it was and what struck the actor, in the place of what was told before; nothing to tell counts too.

    An interview that was still planned counts as held from now on, on `held_on`. Raises Invalid("note.long").
    """
    require(actor, Permission.DEBRIEF_WRITE, interview)
    told_now = {"feeling": notes.tidy(feeling)}
    interview.reflection = notes.tidy(struck) or None
    # Locked: a button that is tapped twice makes one row.
    session.flush()
    session.refresh(interview, with_for_update=True)
    row = _row(session, actor, interview)
    if row is None:
        row = Debrief(interview_id=interview.id, person_id=actor.person_id, sealed=b"")
        session.add(row)
        session.flush()
    row.sealed = notes.seal(keys, interview.id, json.dumps(told_now, ensure_ascii=False), context=f"debrief:{row.id}")
    row.at = now()
    if interview.status is Status.PLANNED:
        interview.status = Status.HELD
    if interview.held_on is None:
        interview.held_on = held_on
    session.flush()
    audit.record(session, actor, Permission.DEBRIEF_WRITE, interview, project_id=interview.project_id)
    return row


def own(session: Session, actor: Actor, interview: Interview, *, keys: KeyStore) -> str | None:
    """Return how the actor said `interview` was; None when that was not told yet."""
    require(actor, Permission.DEBRIEF_WRITE, interview)
    row = _row(session, actor, interview)
    return None if row is None else _opened(row, keys)


def reading_is_logged(session: Session, actor: Actor, interview: Interview) -> bool:
    """Tell whether `read` would write nothing, as the log has this sitting already."""
    return audit.in_sitting(session, actor, Permission.DEBRIEF_READ, interview)


def read(session: Session, actor: Actor, interview: Interview, *, keys: KeyStore) -> list[Told]:
    """Return what each interviewer told, oldest first; the reading is logged, once a sitting."""
    require(actor, Permission.DEBRIEF_READ, interview)
    rows = session.execute(
        select(Debrief, Person.display_name)
        .join(Person, Person.id == Debrief.person_id)
        .where(Debrief.interview_id == interview.id)
        .order_by(Debrief.at)
    ).all()
    if rows and not reading_is_logged(session, actor, interview):
        audit.record(session, actor, Permission.DEBRIEF_READ, interview, project_id=interview.project_id)
    return [Told(name, _opened(row, keys)) for row, name in rows]


def told(session: Session, actor: Actor, interviews: Collection[Interview]) -> set[uuid.UUID]:
    """Return the ids of `interviews` that the actor told about, in one query."""
    return set(
        session.scalars(
            select(Debrief.interview_id).where(
                Debrief.person_id == actor.person_id, Debrief.interview_id.in_([row.id for row in interviews])
            )
        )
    )


def _row(session: Session, actor: Actor, interview: Interview) -> Debrief | None:
    return session.scalar(
        select(Debrief).where(Debrief.interview_id == interview.id, Debrief.person_id == actor.person_id)
    )


def _opened(row: Debrief, keys: KeyStore) -> str:
    text = notes.unseal(keys, row.interview_id, row.sealed, context=f"debrief:{row.id}")
    return "" if text is None else str(json.loads(text)["feeling"])
