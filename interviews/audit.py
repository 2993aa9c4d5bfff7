"""The log: who did what, to which object, when and why. Ids only, never words from an interview.

A line is written with the change it is about and gets its place in the chain (`interviews.auditchain`) when that
commits. From then on the database itself refuses to change or remove it.
"""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

import sqlalchemy as sa
from sqlalchemy import Select, delete, func, select, update
from sqlalchemy.orm import Session

from interviews import auditchain
from interviews.access import Actor, Permission, require, subject_of
from interviews.auditchain import Finding, Head, Tampering, verify
from interviews.clock import now
from interviews.models import AuditCheckpoint, AuditEntry, Interview, Project

__all__ = [
    "SITTING",
    "Asked",
    "Finding",
    "HasId",
    "Head",
    "Tampering",
    "codes_of",
    "entries",
    "find",
    "forget_reasons",
    "head",
    "in_sitting",
    "prune",
    "record",
    "verify",
]

SITTING = timedelta(minutes=30)
"""Reading the same thing again within this time is one reading, and one line."""
_WHOLE = ("backup.", "audit.")
"""How actions begin that are about everything in the installation."""
_WAITING = "lines without a place"


class HasId(Protocol):
    """Any row."""

    @property
    def id(self) -> uuid.UUID:
        """Its key."""


def record(
    session: Session,
    actor: Actor | None,
    action: str,
    thing: HasId,
    *,
    project_id: uuid.UUID | None,
    reason: str | None = None,
) -> AuditEntry:
    """Add one line to the log. `actor` None means the tool itself. `reason` is never text of an interview."""
    entry = AuditEntry(
        at=now(),
        project_id=project_id,
        actor_id=None if actor is None else actor.person_id,
        action=action,
        object_kind=type(thing).__name__,
        object_id=thing.id,
        interview_id=_interview_of(thing),
        reason=reason,
    )
    return _write(session, entry)


def _write(session: Session, entry: AuditEntry) -> AuditEntry:
    if entry.reason is not None:
        entry.reason_salt = secrets.token_bytes(auditchain.SALT_BYTES)
        entry.reason_mark = auditchain.mark_of(entry.reason_salt, str(entry.reason))
    session.add(entry)
    session.flush()
    session.info.setdefault(_WAITING, []).append(entry)
    return entry


def _interview_of(thing: HasId) -> uuid.UUID | None:
    """Return the interview that `thing` belongs to; None for what belongs to none."""
    if isinstance(thing, Interview):
        return thing.id
    near: uuid.UUID | None = getattr(thing, "interview_id", None)
    if near is not None:
        return near
    try:
        subject = subject_of(thing)
    except TypeError:
        # No rule speaks of it, or it is in no session any more: it is about a person, a device, the installation.
        return None
    return None if subject.interview is None else subject.interview.id


@sa.event.listens_for(Session, "before_commit")
def _link_lines(session: Session) -> None:
    """Give the lines of this transaction their places; of a savepoint that was taken back there are none any more."""
    if _WAITING not in session.info or session.in_nested_transaction():
        return
    # Everything else first: from here to the commit others wait for the place.
    session.flush()
    lines = [line for line in session.info.pop(_WAITING) if sa.inspect(line).persistent]
    if lines:
        auditchain.link(session, lines)


@sa.event.listens_for(Session, "after_soft_rollback")
def _let_go_of_lines(session: Session, before: object) -> None:
    """Forget the lines of a transaction that was taken back as a whole."""
    if not session.in_nested_transaction():
        session.info.pop(_WAITING, None)


def in_sitting(session: Session, actor: Actor, action: str, thing: HasId, *, reason: str | None = None) -> bool:
    """Tell whether the same person doing the same to the same thing, for the same reason, is in the log of this sitting.

    So that a review of names, which shows its page again after each decision, is one line and not a hundred.
    """
    line = (
        select(AuditEntry.id)
        .where(
            AuditEntry.object_id == thing.id,
            AuditEntry.actor_id == actor.person_id,
            AuditEntry.action == action,
            AuditEntry.at > now() - SITTING,
            AuditEntry.reason.is_(None) if reason is None else AuditEntry.reason == reason,
        )
        .limit(1)
    )
    return session.scalar(line) is not None


def entries(project: Project, *, limit: int = 200) -> Select[AuditEntry]:
    """Return the query of the newest lines about a project."""
    return (
        select(AuditEntry)
        .where(AuditEntry.project_id == project.id)
        .order_by(AuditEntry.at.desc(), AuditEntry.id)
        .limit(limit)
    )


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody looks for in the log; nothing filled in means everything. `start` counts, `end` does not."""

    person_id: uuid.UUID | None = None
    interview_id: uuid.UUID | None = None
    actions: Collection[str] = ()
    """The beginnings of actions, such as "raw." or "consent."."""
    start: datetime | None = None
    end: datetime | None = None


def find(session: Session, actor: Actor, project: Project, asked: Asked) -> Select[AuditEntry]:
    """Return the query of the lines about `project` that were asked for, newest first; for the project lead.

    Also those about the installation as a whole: copies that were made or put back, old lines that went.
    """
    require(actor, Permission.AUDIT_READ, project)
    whole = sa.and_(AuditEntry.project_id.is_(None), sa.or_(*(AuditEntry.action.startswith(one) for one in _WHOLE)))
    query = select(AuditEntry).where(sa.or_(AuditEntry.project_id == project.id, whole))
    if asked.person_id is not None:
        query = query.where(AuditEntry.actor_id == asked.person_id)
    if asked.interview_id is not None:
        query = query.where(AuditEntry.interview_id == asked.interview_id)
    if asked.actions:
        query = query.where(sa.or_(*(AuditEntry.action.startswith(one, autoescape=True) for one in asked.actions)))
    if asked.start is not None:
        query = query.where(AuditEntry.at >= asked.start)
    if asked.end is not None:
        query = query.where(AuditEntry.at < asked.end)
    return query.order_by(AuditEntry.at.desc(), AuditEntry.seq.desc())


def head(session: Session) -> Head:
    """Return the newest line of the log, to keep elsewhere."""
    return auditchain.head(session, at=now())


def forget_reasons(session: Session, interview_id: uuid.UUID, *, project_id: uuid.UUID) -> int:
    """Forget what people gave as reasons in lines about an interview; return how many. For whoever erases it.

    That there was a line stays, and the chain holds: it has only a commitment to the reason, and its salt goes too.
    """
    mine = (AuditEntry.interview_id == interview_id, AuditEntry.reason.is_not(None))
    lines = session.scalars(select(AuditEntry).where(*mine)).all()
    if not lines:
        return 0
    session.execute(
        update(AuditEntry)
        .where(AuditEntry.id.in_([line.id for line in lines]))
        .values(reason=None, reason_salt=None)
        .execution_options(synchronize_session="fetch")
    )
    # By its id: perhaps that is all that is left of the interview.
    line = AuditEntry(
        at=now(),
        project_id=project_id,
        action=auditchain.FORGOTTEN,
        object_kind=Interview.__name__,
        object_id=interview_id,
        interview_id=interview_id,
    )
    _write(session, line)
    return len(lines)


def prune(session: Session, before: datetime) -> int:
    """Remove the lines from before `before`, and return how many; the chain goes on from where they ended.

    What stays is a checkpoint with the place and hash of the last one removed, and a line that says so. Lines go from
    the front only: one that is older and stands behind a newer one waits for it.
    """
    kept = session.scalar(select(func.min(AuditEntry.seq)).where(AuditEntry.seq.is_not(None), AuditEntry.at >= before))
    last = session.execute(
        select(AuditEntry.seq, AuditEntry.hash)
        .where(AuditEntry.seq.is_not(None), sa.true() if kept is None else AuditEntry.seq < kept)
        .order_by(AuditEntry.seq.desc())
        .limit(1)
    ).first()
    if last is None:
        return 0
    checkpoint = AuditCheckpoint(at=now(), seq=last.seq, hash=last.hash)
    session.add(checkpoint)
    session.flush()
    removed = session.scalar(select(func.count()).where(AuditEntry.seq <= last.seq)) or 0
    session.execute(delete(AuditEntry).where(AuditEntry.seq <= last.seq))
    record(session, None, auditchain.PRUNED, checkpoint, project_id=None, reason=f"{last.seq}")
    return removed


def codes_of(session: Session, lines: Sequence[AuditEntry]) -> dict[uuid.UUID, str]:
    """Return the codes of the interviews that `lines` are about, of those that are still there."""
    ids = {line.interview_id for line in lines if line.interview_id is not None}
    found = session.execute(select(Interview.id, Interview.code).where(Interview.id.in_(ids)))
    return {row.id: row.code for row in found}
