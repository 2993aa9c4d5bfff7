"""Which stories somebody may read, and how far the coding of each is."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, contains_eager, selectinload

from coding.models import FirstReading, Segment
from interviews.access import Actor, Permission, Subject, allows
from interviews.models import Interview, Interviewee, Participation, Project, Transcript


@dataclass(frozen=True, slots=True)
class Readable:
    """A transcript that somebody may read: the own number of segments, and whether the first reading is done."""

    transcript: Transcript
    interview: Interview
    own_segments: int
    first_reading_done: bool


def approved(session: Session, project: Project) -> Sequence[Transcript]:
    """Return the transcripts of `project` whose names are away, by code, with who took part and what they allow."""
    return session.scalars(
        select(Transcript)
        .join(Transcript.interview)
        .where(Interview.project_id == project.id, Transcript.approved_at.is_not(None))
        .order_by(Interview.code)
        .options(
            contains_eager(Transcript.interview)
            .selectinload(Interview.participations)
            .joinedload(Participation.interviewee)
            .options(selectinload(Interviewee.choices))
        )
    ).all()


def readable(session: Session, actor: Actor, project: Project) -> list[Readable]:
    """Return the approved transcripts of `project` that the actor may read, by code. A constant number of queries."""
    may = [
        transcript
        for transcript in approved(session, project)
        if allows(
            actor,
            Permission.RESEARCH_READ,
            Subject(project.id, interview=transcript.interview, transcript=transcript),
        )
    ]
    own = _own_segments(session, actor, may)
    done = set(session.scalars(select(FirstReading.transcript_id).where(FirstReading.person_id == actor.person_id)))
    return [
        Readable(transcript, transcript.interview, own.get(transcript.id, 0), transcript.id in done)
        for transcript in may
    ]


def _own_segments(session: Session, actor: Actor, transcripts: list[Transcript]) -> dict[uuid.UUID, int]:
    ids = [transcript.id for transcript in transcripts]
    return {
        transcript_id: int(count)
        for transcript_id, count in session.execute(
            select(Segment.transcript_id, func.count())
            .where(Segment.coder_id == actor.person_id, Segment.transcript_id.in_(ids))
            .group_by(Segment.transcript_id)
        )
    }
