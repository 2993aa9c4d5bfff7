"""A data leak: who could see what, and who did, between two moments. For the report within 72 hours (AVG art. 33).

Who *did* see comes from the log. Who *could* see is asked of the table of rules as it is now, with two corrections: an
interview whose names were approved after the beginning counts as not approved, and who was taken out of the project
after the beginning counts as somebody who could. What is not known is who lost one role of several, or who held an
interview that was given away before the beginning.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from interviews import audit
from interviews.access import Actor, Permission, Subject, actor_for, allows, require
from interviews.errors import Invalid, NotVisible
from interviews.models import (
    AuditEntry,
    Device,
    HandOver,
    Interview,
    LoginSession,
    Membership,
    Person,
    Project,
    Recording,
    Transcript,
)
from interviews.models.project import Role
from interviews.models.recording import RecordingState

READINGS = {
    "raw.read": "names",
    "raw.reread": "names",
    "raw.edit": "names",
    "names.": "names",
    "recording.play": "sound",
    "attachment.see": "pictures",
    "debrief.read": "aftercare",
    "safety.read": "aftercare",
    "read.signature": "signatures",
    "read.": "notes",
    "contact.open": "contacts",
    "report.": "reports",
    "access.bundle": "reports",
    "backup.": "backups",
}
"""How actions begin by which somebody saw or took along something of a person, and what it was."""


@dataclass(frozen=True, slots=True)
class Reach:
    """What the leak is about: the whole project, or one person, device or interview of it; from `start` until `end`."""

    start: datetime
    end: datetime
    person_id: uuid.UUID | None = None
    device_id: uuid.UUID | None = None
    interview_id: uuid.UUID | None = None


@dataclass(frozen=True, slots=True)
class Could:
    """Somebody who could see: by which roles, and of which interviews (codes) what."""

    name: str
    roles: frozenset[Role]
    ended_at: datetime | None
    """When the person was taken out of the project; None for who is in it."""
    names: tuple[str, ...]
    """Interviews of which the text with names could be read."""
    sound: tuple[str, ...]
    research: tuple[str, ...]
    """Interviews of which the text without names could be read."""


@dataclass(frozen=True, slots=True)
class Did:
    """Somebody who saw one kind of thing of one interview: how often, first and last."""

    name: str | None
    """None: the program itself, or an interviewee with a pass."""
    what: str
    code: str | None
    times: int
    first: datetime
    last: datetime


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A time that somebody was signed in on a device."""

    name: str
    device: str
    started_at: datetime
    last_seen_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class Pack:
    """Everything that is known about a leak."""

    project: Project
    reach: Reach
    about: str
    """Name of the person, device or code of the interview; "" for the whole project."""
    could: Sequence[Could]
    did: Sequence[Did]
    signed_in: Sequence[SignedIn]
    interviews: Sequence[Interview]
    people: int
    """Interviewees whose stories these are."""
    lines: Sequence[AuditEntry]
    """Every line of the log within the reach, oldest first."""
    names: dict[uuid.UUID, str]
    """Of the people in those lines."""
    codes: dict[uuid.UUID, str]
    """Of the interviews in those lines, as far as they are still there."""


def pack(session: Session, actor: Actor, project: Project, reach: Reach) -> Pack:
    """Gather everything about a leak, for the project lead.

    Raises Invalid("breach.period") for a period that ends before it begins, NotVisible for a person, device or
    interview that has nothing to do with the project.
    """
    require(actor, Permission.AUDIT_READ, project)
    if reach.start >= reach.end:
        raise Invalid("breach.period")
    members = {row.person_id: row for row in _people(session, project, reach)}
    device = _device(session, reach, members)
    person_id = reach.person_id if device is None else device.person_id
    if person_id is not None and person_id not in members:
        raise NotVisible
    talks = _interviews(session, project, reach)
    lines = _lines(session, project, reach, person_id, device, members)
    names = {one.person_id: one.name for one in members.values()}
    codes = audit.codes_of(session, lines)
    chosen = [one for one in members.values() if person_id in (None, one.person_id)]
    return Pack(
        project=project,
        reach=reach,
        about=_about(reach, names, device, talks),
        could=[_could(session, project, one, talks, reach) for one in chosen],
        did=_did(lines, names, codes),
        signed_in=_signed_in(session, reach, [one.person_id for one in chosen], names, device),
        interviews=talks,
        people=len({one.id for talk in talks for one in talk.interviewees}),
        lines=lines,
        names=names,
        codes=codes,
    )


@dataclass(frozen=True, slots=True)
class _Member:
    person_id: uuid.UUID
    name: str
    ended_at: datetime | None


def _people(session: Session, project: Project, reach: Reach) -> list[_Member]:
    """Return who was in the project at any moment of the period, and who is in the log of it."""
    now_in = select(Membership.person_id).where(Membership.project_id == project.id, Membership.created_at < reach.end)
    ended = {
        line.object_id: line.at
        for line in session.scalars(
            select(AuditEntry)
            .where(AuditEntry.project_id == project.id, AuditEntry.reason == "access ended")
            .order_by(AuditEntry.at)
        )
    }
    gone = [person_id for person_id, at in ended.items() if at >= reach.start]
    acted = select(AuditEntry.actor_id).where(
        AuditEntry.project_id == project.id, AuditEntry.at >= reach.start, AuditEntry.at < reach.end
    )
    found = session.scalars(
        select(Person)
        .where(or_(Person.id.in_(now_in), Person.id.in_(gone), Person.id.in_(acted)))
        .order_by(Person.display_name, Person.id)
    )
    still = set(session.scalars(now_in))
    return [_Member(one.id, one.display_name, None if one.id in still else ended.get(one.id)) for one in found]


def _device(session: Session, reach: Reach, members: Iterable[uuid.UUID]) -> Device | None:
    if reach.device_id is None:
        return None
    device = session.get(Device, reach.device_id)
    if device is None or device.person_id not in set(members):
        raise NotVisible
    return device


def _interviews(session: Session, project: Project, reach: Reach) -> list[Interview]:
    query = select(Interview).where(Interview.project_id == project.id).order_by(Interview.code)
    if reach.interview_id is not None:
        query = query.where(Interview.id == reach.interview_id)
    found = list(session.scalars(query).unique())
    if reach.interview_id is not None and not found:
        raise NotVisible
    return found


def _lines(
    session: Session,
    project: Project,
    reach: Reach,
    person_id: uuid.UUID | None,
    device: Device | None,
    members: Iterable[uuid.UUID],
) -> list[AuditEntry]:
    """Return the lines of the project, and the lines of its people's own accounts (signing in, devices)."""
    own = AuditEntry.project_id.is_(None) & AuditEntry.actor_id.in_(list(members))
    query = select(AuditEntry).where(
        or_(AuditEntry.project_id == project.id, own),
        AuditEntry.at >= reach.start,
        AuditEntry.at < reach.end,
    )
    if person_id is not None:
        query = query.where(AuditEntry.actor_id == person_id)
    if reach.interview_id is not None:
        query = query.where(AuditEntry.interview_id == reach.interview_id)
    found = session.scalars(query.order_by(AuditEntry.at, AuditEntry.seq)).all()
    if device is None:
        return list(found)
    # The log does not say from which device: what was done while this one was signed in may have been done on it.
    times = session.scalars(select(LoginSession).where(LoginSession.device_id == device.id)).all()
    return [line for line in found if any(_within(line.at, one) for one in times)]


def _within(at: datetime, one: LoginSession) -> bool:
    return one.started_at <= at <= (one.ended_at or one.ends_at)


def _about(reach: Reach, names: dict[uuid.UUID, str], device: Device | None, talks: Sequence[Interview]) -> str:
    if device is not None:
        return f"{names[device.person_id]} · {device.name}"
    if reach.person_id is not None:
        return names[reach.person_id]
    return talks[0].code if reach.interview_id is not None else ""


def _could(session: Session, project: Project, member: _Member, talks: Sequence[Interview], reach: Reach) -> Could:
    actor = actor_for(session, member.person_id)
    transcripts = {
        row.interview_id: row
        for row in session.scalars(select(Transcript).where(Transcript.interview_id.in_([one.id for one in talks])))
    }
    sound_of = set(session.scalars(select(Recording.interview_id).where(_heard(reach))))
    handed = set(
        session.scalars(
            select(HandOver.interview_id).where(HandOver.from_id == member.person_id, HandOver.at >= reach.start)
        )
    )
    names, sound, research = [], [], []
    for talk in talks:
        transcript = transcripts.get(talk.id)
        early = transcript is None or transcript.approved_at is None or transcript.approved_at > reach.start
        subject = Subject(project.id, interview=talk, transcript=None if early else transcript)
        if talk.id in handed or _any(actor, subject, Permission.RAW_READ, Permission.RAW_REREAD):
            names.append(talk.code)
        if talk.id in sound_of and (talk.id in handed or _any(actor, subject, Permission.RECORDING_PLAY)):
            sound.append(talk.code)
        approved = transcript is not None and transcript.approved_at is not None and transcript.approved_at < reach.end
        if approved and _any(actor, subject, Permission.RESEARCH_READ):
            research.append(talk.code)
    return Could(
        member.name,
        actor.roles_in(project.id),
        member.ended_at,
        tuple(names),
        tuple(sound),
        tuple(research),
    )


def _heard(reach: Reach) -> ColumnElement[bool]:
    return or_(Recording.state != RecordingState.ERASED, Recording.erased_at >= reach.start)


def _any(actor: Actor, subject: Subject, *permissions: str) -> bool:
    return any(allows(actor, one, subject) for one in permissions)


def kind_of(action: str) -> str | None:
    """Return what was seen or taken along by an action; None for one by which nobody saw anything of a person."""
    return next((what for beginning, what in READINGS.items() if action.startswith(beginning)), None)


def _did(lines: Sequence[AuditEntry], names: dict[uuid.UUID, str], codes: dict[uuid.UUID, str]) -> list[Did]:
    seen: dict[tuple[str, str, str], list[AuditEntry]] = {}
    for line in lines:
        what = kind_of(line.action)
        if what is not None:
            who = names.get(line.actor_id, "") if line.actor_id else ""
            code = codes.get(line.interview_id, "") if line.interview_id else ""
            seen.setdefault((who, what, code), []).append(line)
    return [
        Did(who or None, what, code or None, len(found), found[0].at, found[-1].at)
        for (who, what, code), found in sorted(seen.items())
    ]


def _signed_in(
    session: Session,
    reach: Reach,
    people: Sequence[uuid.UUID],
    names: dict[uuid.UUID, str],
    device: Device | None,
) -> list[SignedIn]:
    query = select(LoginSession).where(
        LoginSession.person_id.in_(people),
        LoginSession.started_at < reach.end,
        LoginSession.last_seen_at >= reach.start,
    )
    if device is not None:
        query = query.where(LoginSession.device_id == device.id)
    return [
        SignedIn(names[one.person_id], one.device, one.started_at, one.last_seen_at, one.ended_at)
        for one in session.scalars(query.order_by(LoginSession.started_at))
    ]
