"""What is due: per rule the rows whose time has come at a moment. Reads only; nothing here erases."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from interviews.clock import now
from interviews.models import (
    AuditEntry,
    Contact,
    GuestPass,
    Interview,
    Interviewee,
    Invitation,
    LoginAttempt,
    LoginSession,
    MemberCheck,
    Participation,
    Person,
    Project,
    Received,
    Recording,
    Task,
    Transcript,
    TypingDraft,
)
from interviews.models.recording import RecordingState
from interviews.registry import DataClass
from interviews.scopes import Scope

ACCOUNT_YEARS = 2
"""Years that an account stays after it was closed, and a line in the log."""
AFTER_USE = timedelta(days=30)
"""How long what is used up stays: ended sessions, used invitations, passes, answers to phones, finished work."""
AT_IT = timedelta(days=14)
"""A text that somebody corrected so lately is still being corrected: its raw text waits."""
YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Due:
    """One thing whose time has come."""

    rule: str
    subject_id: uuid.UUID
    since: datetime
    """From which moment it may not be there any more."""
    project_id: uuid.UUID | None = None
    code: str = ""
    """The interview's code, where it is about one."""
    count: int = 1
    """How many rows it stands for."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One term: which class of data it is about, and what is due at a moment."""

    key: str
    data_class: DataClass
    find: Callable[[Session, datetime], Iterator[Due]]


def due(session: Session, moment: datetime | None = None, *, project_id: uuid.UUID | None = None) -> list[Due]:
    """Return what is due at `moment` (now), in the order in which it is erased; of one project when asked.

    What belongs to no project (accounts, sessions, the log) is left out when a project is asked.
    """
    at = moment or now()
    found = [one for rule in RULES for one in rule.find(session, at)]
    return [one for one in found if project_id is None or one.project_id == project_id]


def _day(value: object) -> datetime:
    return datetime.combine(value, time(), UTC)  # type: ignore[arg-type]  # a date, always


def _years_later(moment: datetime, years: int) -> datetime:
    try:
        return moment.replace(year=moment.year + years)
    except ValueError:
        # The 29th of February: the day after, so that nothing goes too early.
        return moment.replace(year=moment.year + years, month=3, day=1)


def _sound(session: Session, moment: datetime) -> Iterator[Due]:
    rows = session.execute(
        select(Recording.id, Recording.erase_on, Interview.project_id, Interview.code)
        .join(Interview, Interview.id == Recording.interview_id)
        .where(Recording.erase_on <= moment.date(), Recording.state != RecordingState.ERASED)
        .order_by(Recording.erase_on, Recording.id)
    )
    for row in rows:
        yield Due("sound", row.id, _day(row.erase_on), row.project_id, row.code)


def _raw(session: Session, moment: datetime) -> Iterator[Due]:
    rows = session.execute(
        select(
            Transcript.id, Transcript.approved_at, Project.raw_days, Project.id, Interview.code, TypingDraft.saved_at
        )
        .join(Interview, Interview.id == Transcript.interview_id)
        .join(Project, Project.id == Interview.project_id)
        .outerjoin(TypingDraft, TypingDraft.interview_id == Interview.id)
        .where(Transcript.approved_at.is_not(None), Transcript.raw_erased_at.is_(None))
        .order_by(Transcript.approved_at, Transcript.id)
    )
    for transcript_id, approved_at, days, project_id, code, saved_at in rows:
        assert approved_at is not None
        since = approved_at + timedelta(days=days)
        if saved_at is not None:
            since = max(since, saved_at + AT_IT)
        if since <= moment:
            yield Due("raw", transcript_id, since, project_id, code)


def _contact(session: Session, moment: datetime) -> Iterator[Due]:
    rows = session.execute(
        select(Contact, Interviewee, Project)
        .join(Interviewee, Interviewee.id == Contact.interviewee_id)
        .join(Project, Project.id == Contact.project_id)
        .order_by(Contact.created_at, Contact.id)
    ).all()
    for contact, person, project in rows:
        last = _last_use(session, contact, person, project)
        since = None if last is None else last + timedelta(days=project.contact_days)
        if since is not None and since <= moment:
            yield Due("contact", contact.id, since, project.id, person.code)


def _last_use(session: Session, contact: Contact, person: Interviewee, project: Project) -> datetime | None:
    """Return when a contact was needed last; None while it still is."""
    talks = session.execute(
        select(Transcript.approved_at)
        .select_from(Participation)
        .outerjoin(Transcript, Transcript.interview_id == Participation.interview_id)
        .where(Participation.interviewee_id == person.id)
    ).all()
    if any(approved is None for (approved,) in talks):
        return None
    if person.allows(Scope.CONTACT_AGAIN):
        # Somebody who wants to hear what came of it is told when there is something to tell.
        return None if project.published_on is None else _day(project.published_on)
    checks = session.execute(
        select(
            func.max(MemberCheck.asked_at), func.max(MemberCheck.answered_at), func.max(MemberCheck.closed_at)
        ).where(MemberCheck.interviewee_id == person.id)
    ).one()
    moments = [contact.changed_at, *(approved for (approved,) in talks), *checks]
    return max(one for one in moments if one is not None)


def _stories(session: Session, moment: datetime) -> Iterator[Due]:
    for project in session.scalars(select(Project).where(Project.published_on.is_not(None)).order_by(Project.id)):
        since = _years_later(_day(project.published_on), project.text_years)
        count = session.scalar(select(func.count()).where(Interview.project_id == project.id)) or 0
        people = session.scalar(select(func.count()).where(Interviewee.project_id == project.id)) or 0
        if since <= moment and (count or people):
            yield Due("stories", project.id, since, project.id, count=count)


def _log(session: Session, moment: datetime) -> Iterator[Due]:
    before = _years_later(moment, -ACCOUNT_YEARS)
    # Lines go from the front: one that stands behind a newer one waits for it.
    newer = session.scalar(select(func.min(AuditEntry.seq)).where(AuditEntry.seq.is_not(None), AuditEntry.at >= before))
    old = select(AuditEntry).where(AuditEntry.seq.is_not(None), AuditEntry.at < before)
    if newer is not None:
        old = old.where(AuditEntry.seq < newer)
    last = session.scalars(old.order_by(AuditEntry.seq.desc()).limit(1)).first()
    if last is not None:
        count = session.scalar(select(func.count()).select_from(old.subquery())) or 0
        yield Due("log", last.id, _years_later(last.at, ACCOUNT_YEARS), count=count)


def _account(session: Session, moment: datetime) -> Iterator[Due]:
    rows = session.scalars(select(Person).where(Person.disabled_at.is_not(None)).order_by(Person.disabled_at))
    for row in rows:
        assert row.disabled_at is not None
        since = _years_later(row.disabled_at, ACCOUNT_YEARS)
        if since <= moment:
            yield Due("account", row.id, since)


def _used_up(session: Session, moment: datetime) -> Iterator[Due]:
    # By the day: a worker that comes by each hour would write a line in the log each hour.
    before = _day(moment.date()) - AFTER_USE
    queries = (
        select(LoginSession.id, func.coalesce(LoginSession.ended_at, LoginSession.ends_at)).where(
            func.coalesce(LoginSession.ended_at, LoginSession.ends_at) <= before
        ),
        select(Invitation.id, Invitation.ends_at).where(Invitation.ends_at <= before),
        select(GuestPass.id, GuestPass.ends_at).where(GuestPass.ends_at <= before),
        select(Received.id, Received.at).where(Received.at <= before),
        select(Task.id, Task.ended_at).where(Task.ended_at.is_not(None), Task.ended_at <= before),
        select(LoginAttempt.id, LoginAttempt.at).where(LoginAttempt.at <= before),
    )
    for query in queries:
        for row_id, at in session.execute(query):
            assert at is not None
            yield Due("used_up", row_id, at + AFTER_USE)


RULES: tuple[Rule, ...] = (
    Rule("sound", DataClass.RAW, _sound),
    Rule("raw", DataClass.RAW, _raw),
    Rule("contact", DataClass.IDENTITY, _contact),
    Rule("stories", DataClass.PSEUDONYMISED, _stories),
    Rule("used_up", DataClass.ACCOUNT, _used_up),
    Rule("account", DataClass.ACCOUNT, _account),
    Rule("log", DataClass.ACCOUNT, _log),
)
"""Every term, in the order in which it is carried out."""
