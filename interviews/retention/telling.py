"""What a person must know besides what is due: what waits for a decision without a term, and what went already."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import Session

from interviews.clock import now
from interviews.models import AuditEntry, Interview, Project, Recording, Revision, Transcript, TypingDraft
from interviews.models.recording import RecordingState
from interviews.models.transcript import Layer
from interviews.recordings import Erasure
from interviews.retention.ruling import YEAR

PATIENCE = timedelta(days=90)
"""How long after the term of the sound a story may go on without approval before somebody is asked to choose."""


@dataclass(frozen=True, slots=True)
class Undecided:
    """An interview that nobody approved: no term runs, so what was said in it would stay for ever."""

    interview_id: uuid.UUID
    project_id: uuid.UUID
    code: str
    since: datetime
    """From which moment somebody must choose."""
    sound: bool
    text: bool
    """Typed out, or being typed."""


@dataclass(frozen=True, slots=True)
class Gone:
    """Something that went because its time had come, as it stands in the log."""

    rule: str
    at: datetime
    interview_id: uuid.UUID | None


def undecided(
    session: Session, moment: datetime | None = None, *, project_id: uuid.UUID | None = None
) -> list[Undecided]:
    """Return what holds sound or text with names at `moment` (now), unapproved for longer than is reasonable.

    Never erased by itself: a person approves it or erases it. The time runs from the first that came in (of what is
    only being typed: from the last save); of a text that was approved and corrected after that, from the correction.
    The one that waits longest is first.
    """
    at = moment or now()
    there = Recording.state != RecordingState.ERASED
    sounds = _moments(
        session,
        select(Recording.interview_id, func.min(Recording.started_at)).where(there).group_by(Recording.interview_id),
    )
    drafts = _moments(session, select(TypingDraft.interview_id, TypingDraft.saved_at))
    texts = _moments(session, select(Transcript.interview_id, Transcript.created_at))
    again = _corrected(session)
    rows = session.execute(
        select(Interview.id, Interview.project_id, Interview.code, Project.audio_days)
        .join(Project, Project.id == Interview.project_id)
        .outerjoin(Transcript, Transcript.interview_id == Interview.id)
        .where(Transcript.approved_at.is_(None))
    )
    found = []
    for interview_id, place, code, days in rows:
        came = [known[interview_id] for known in (sounds, drafts, texts) if interview_id in known]
        if not came or project_id not in (None, place):
            continue
        since = again.get(interview_id, min(came)) + timedelta(days=days) + PATIENCE
        if since <= at:
            text = interview_id in drafts or interview_id in texts
            found.append(Undecided(interview_id, place, code, since, interview_id in sounds, text))
    return sorted(found, key=lambda one: (one.since, one.code))


def _moments(session: Session, query: Select[uuid.UUID, datetime]) -> dict[uuid.UUID, datetime]:
    return {row[0]: row[1] for row in session.execute(query)}


def _corrected(session: Session) -> dict[uuid.UUID, datetime]:
    """Return, of interviews that were approved once, when the text was corrected last."""
    approved_once = select(Revision.transcript_id).where(Revision.layer == Layer.RESEARCH)
    return _moments(
        session,
        select(Transcript.interview_id, func.max(Revision.made_at))
        .join(Revision, and_(Revision.transcript_id == Transcript.id, Revision.layer == Layer.RAW))
        .where(Transcript.approved_at.is_(None), Transcript.id.in_(approved_once))
        .group_by(Transcript.interview_id),
    )


def gone(session: Session, project_id: uuid.UUID, *, since: datetime | None = None) -> list[Gone]:
    """Return what went in a project because its time had come, since a moment (a year ago), the newest first.

    From the log, which is kept for two years. What somebody erased by hand is not in it.
    """
    by_time = or_(
        AuditEntry.action.in_(("retention.raw", "retention.contact", "retention.stories")),
        and_(AuditEntry.action == "recording.erase", AuditEntry.reason == Erasure.TIME),
    )
    lines = session.scalars(
        select(AuditEntry)
        .where(AuditEntry.project_id == project_id, AuditEntry.at >= (since or now() - YEAR), by_time)
        .order_by(AuditEntry.at.desc(), AuditEntry.id)
    )
    return [
        Gone("sound" if one.action == "recording.erase" else one.action.partition(".")[2], one.at, one.interview_id)
        for one in lines
    ]
