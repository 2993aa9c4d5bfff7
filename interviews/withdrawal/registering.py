"""The register of who stopped: a row per time, with ids and numbers only."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Collection
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from interviews import audit
from interviews.access import Actor, Permission, require
from interviews.clock import now
from interviews.ledger import Entry, Ledger
from interviews.models import Interview, Project, Withdrawal
from interviews.models.project import AfterExport
from interviews.models.withdrawal import Asked, Outcome
from interviews.scopes import Scope

Lister = Callable[[Session, Collection[uuid.UUID], uuid.UUID], list[str]]
listers: list[Lister] = []
"""What names the reports, by id, that hold words of these people or of this interview. Added by `coding.withdrawing`."""


def register(
    session: Session,
    actor: Actor | None,
    interview: Interview,
    *,
    asked: Asked,
    outcome: Outcome,
    people: Collection[uuid.UUID],
    id: uuid.UUID | None = None,
    at: datetime | None = None,
    scopes: Collection[Scope] | None = None,
) -> Withdrawal:
    """Write down that somebody stops, and which reports hold words of `people`. For verbs that asked the permission."""
    told = interview.interviewees + interview.companions
    allowed = {scope for person in told for scope in Scope if person.allows(scope)}
    row = Withdrawal(
        id=id or uuid.uuid4(),
        project_id=interview.project_id,
        interview_id=interview.id,
        code=interview.code,
        address=interview.address,
        outcome=outcome,
        scopes=sorted(allowed if scopes is None else scopes),
        asked=asked,
        at=at or now(),
        by_id=None if actor is None else actor.person_id,
        counts={},
        reports=sorted({report for lister in listers for report in lister(session, people, interview.id)}),
    )
    session.add(row)
    session.flush()
    audit.record(session, actor, Permission.WITHDRAW, row, project_id=row.project_id, reason=outcome)
    return row


def outcome_of(project: Project, *, today: date | None = None) -> Outcome:
    """Return what stopping does now: erase, unless the export date has passed and the project keeps from then on."""
    day = now().date() if today is None else today
    late = project.erase_until is not None and day > project.erase_until
    return Outcome.CLOSED if late and project.after_export is AfterExport.KEEP else Outcome.ERASED


def entry_of(ledger: Ledger, withdrawal_id: uuid.UUID) -> Entry | None:
    """Return the line of the ledger about a withdrawal in the register; None for one of single uses."""
    wanted = str(withdrawal_id)
    return next((entry for entry in ledger.entries() if entry.ids.get("withdrawal") == wanted), None)


def unfinished(session: Session) -> list[Withdrawal]:
    """Return what is in the register and of which the files may still be there, oldest first."""
    return list(session.scalars(select(Withdrawal).where(Withdrawal.finished_at.is_(None)).order_by(Withdrawal.at)))


def finished(session: Session, row: Withdrawal, *, files: int) -> None:
    """Write down that the files are gone too, and how many they were."""
    row.finished_at = now()
    if files:
        row.counts = {**row.counts, "file": files}
    session.flush()


def register_of(session: Session, actor: Actor, project: Project) -> list[Withdrawal]:
    """Return who stopped in a project, newest first."""
    require(actor, Permission.WITHDRAWAL_KEEP, project)
    return list(
        session.scalars(
            select(Withdrawal).where(Withdrawal.project_id == project.id).order_by(Withdrawal.at.desc(), Withdrawal.id)
        )
    )


def agree(
    session: Session, actor: Actor, project: Project, *, erase_until: date | None, after_export: AfterExport
) -> None:
    """Set until which day everything is erased when somebody stops, and what happens after it."""
    require(actor, Permission.WITHDRAWAL_KEEP, project)
    project.erase_until, project.after_export = erase_until, after_export
    session.flush()
    audit.record(session, actor, Permission.WITHDRAWAL_KEEP, project, project_id=project.id, reason=after_export)
