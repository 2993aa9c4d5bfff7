"""Erasing sound: asked for, when its time has come, or because somebody took a yes back.

What the verbs here do to the rows counts when it is committed. The files are destroyed by `sweep`, which the edge calls
after that: a file that were destroyed first would be lost when the commit fails.
"""

from __future__ import annotations

import enum
import uuid
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from interviews import audit
from interviews.access import Actor, Permission, require
from interviews.clock import now
from interviews.models import Interview, Interviewee, Participation, Recording, RecordingPiece, Transcript
from interviews.models.recording import RecordingState
from interviews.recordings.places import FOLDER, folder_of, lock, name_of, sound_name
from interviews.scopes import Scope
from interviews.sealedfiles import SealedFiles


class Erasure(enum.StrEnum):
    """Why a recording was erased; stands in the log."""

    ASKED = "asked"
    TIME = "time"
    """The day that was promised has come."""
    CONSENT = "consent"
    """Somebody does not want a recording any more."""
    STOPPED = "stopped"
    """Somebody took the story back."""
    LOST = "lost"
    """An old copy was put back, and the key of its sound is gone."""


def erase(session: Session, actor: Actor, recording: Recording, *, reason: Erasure = Erasure.ASKED) -> None:
    """Erase a recording for good; that there was one, and when it went, stays known. Again is no error.

    Marks stay as moments, without their notes. Call `sweep` after the commit.
    """
    require(actor, Permission.RECORDING_ERASE, recording)
    _erase(session, actor, recording, reason)


def erase_all(session: Session, actor: Actor | None, interview: Interview, *, reason: Erasure) -> list[Recording]:
    """Erase every recording of an interview and return those that were not yet. For verbs that asked the permission."""
    rows = session.scalars(
        select(Recording).where(Recording.interview_id == interview.id, Recording.state != RecordingState.ERASED)
    ).all()
    for row in rows:
        _erase(session, actor, row, reason)
    return list(rows)


def erase_disallowed(session: Session, actor: Actor | None, interviewee: Interviewee) -> list[Recording]:
    """Erase the recordings of every interview with this person that somebody does not allow any more; return them.

    For who writes down consent. In a group everybody is on one recording, so one no erases it for all.
    """
    talks = session.scalars(
        select(Interview)
        .join(Participation, Participation.interview_id == Interview.id)
        .where(Participation.interviewee_id == interviewee.id)
    ).all()
    return [
        row
        for interview in talks
        if not interview.allows(Scope.RECORD)
        for row in erase_all(session, actor, interview, reason=Erasure.CONSENT)
    ]


def erasure_day(transcript: Transcript) -> date | None:
    """Return the day on which the sound of an approved transcript goes; None while it is not approved."""
    if transcript.approved_at is None:
        return None
    return transcript.approved_at.date() + timedelta(days=transcript.interview.project.audio_days)


def schedule_erasure(session: Session, transcript: Transcript) -> None:
    """Set the day on which the sound goes, as the transcript is now: approved, or not (any more)."""
    day = erasure_day(transcript)
    rows = session.scalars(
        select(Recording).where(
            Recording.interview_id == transcript.interview_id, Recording.state != RecordingState.ERASED
        )
    )
    for row in rows:
        row.erase_on = day
    session.flush()


def erase_due(session: Session, *, today: date | None = None) -> list[Recording]:
    """Erase every recording whose day has come, and return them. For a job that comes by each day."""
    day = now().date() if today is None else today
    rows = session.scalars(
        select(Recording).where(Recording.erase_on <= day, Recording.state != RecordingState.ERASED)
    ).all()
    for row in rows:
        _erase(session, None, row, Erasure.TIME)
    return list(rows)


def sweep(session: Session, files: SealedFiles, recordings: Recording | Iterable[Recording] | None = None) -> None:
    """Destroy the files that no row names: of these recordings, or of all. Call it outside a transaction that changes.

    A file that may belong to a change that is not committed yet is left alone for a day.
    """
    if recordings is None:
        files.sweep()
        ids = sorted({name.split("/")[1] for name in files.names(FOLDER)})
        known = [uuid.UUID(name) for name in ids]
    else:
        rows = [recordings] if isinstance(recordings, Recording) else list(recordings)
        known = [row.id for row in rows]
    for recording_id in known:
        _sweep(session.get(Recording, recording_id, populate_existing=True), recording_id, files)


def _sweep(recording: Recording | None, recording_id: uuid.UUID, files: SealedFiles) -> None:
    state = None if recording is None else recording.state
    if state is RecordingState.ERASED:
        files.erase_folder(folder_of(recording_id))
        return
    named = set(_names(recording))
    for name in files.names(folder_of(recording_id)):
        # Of a recording that is READY nothing is on its way any more.
        if name not in named and (state is RecordingState.READY or files.is_old(name)):
            files.erase(name)


def _names(recording: Recording | None) -> Sequence[str]:
    if recording is None:
        return []
    if recording.state is RecordingState.READY:
        return [sound_name(recording.id)]
    return [name_of(piece) for piece in recording.pieces]


def _erase(session: Session, actor: Actor | None, recording: Recording, reason: Erasure) -> None:
    lock(session, recording)
    if recording.state is RecordingState.ERASED:
        return
    recording.state, recording.erased_at = RecordingState.ERASED, now()
    recording.erase_on = recording.peaks_sealed = recording.failure = None
    for mark in recording.marks:
        mark.note_sealed = None
    session.execute(delete(RecordingPiece).where(RecordingPiece.recording_id == recording.id))
    session.flush()
    session.expire(recording, ["pieces"])
    audit.record(
        session,
        actor,
        Permission.RECORDING_ERASE,
        recording,
        project_id=recording.interview.project_id,
        reason=reason,
    )
