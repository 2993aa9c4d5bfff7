"""Marking a moment in a recording, perhaps with a short note: while it is made, and while listening."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from interviews.access import Actor, Permission
from interviews.bsn import taken_out
from interviews.errors import Invalid, NotVisible
from interviews.keys import KeyStore
from interviews.models import Recording, TimeMark
from interviews.models.recording import RecordingState, TimeMarkKind
from interviews.recordings.places import MAX_MS, require_recorded
from interviews.text import one_line

MAX_NOTE = 500
MAX_MARKS = 1000


@dataclass(frozen=True, slots=True)
class Mark:
    """A marked moment with its note, opened."""

    id: uuid.UUID
    kind: TimeMarkKind
    at_ms: int
    note: str


def mark(
    session: Session,
    actor: Actor,
    recording: Recording,
    *,
    mark_id: uuid.UUID,
    at_ms: int,
    kind: TimeMarkKind = TimeMarkKind.MARK,
    note: str = "",
    keys: KeyStore,
) -> TimeMark:
    """Mark a moment, with the id that the phone made; the same id again changes that mark. No BSN is kept.

    Raises Invalid("recording.note_too_long"), Invalid("recording.unclear") for a moment that cannot be,
    Invalid("recording.erased"), and NotVisible for an id of another recording.
    """
    require_recorded(actor, Permission.RECORDING_ADD, recording.interview)
    if recording.state is RecordingState.ERASED:
        raise Invalid("recording.erased")
    plain = one_line(note)
    if len(plain) > MAX_NOTE:
        raise Invalid("recording.note_too_long", maximum=MAX_NOTE)
    if not 0 <= at_ms <= 2 * MAX_MS:
        raise Invalid("recording.unclear")
    row = session.get(TimeMark, mark_id)
    if row is not None and row.recording_id != recording.id:
        raise NotVisible
    if row is None:
        if len(recording.marks) >= MAX_MARKS:
            raise Invalid("recording.marks", maximum=MAX_MARKS)
        row = TimeMark(id=mark_id, recording_id=recording.id, at_ms=at_ms, made_by_id=actor.person_id)
        session.add(row)
    row.kind, row.at_ms = kind, at_ms
    clean = taken_out(plain)[0]
    key = keys.create(recording.interview_id)
    row.note_sealed = key.seal_text(clean, context=f"time_mark:{mark_id}") if clean else None
    session.flush()
    session.expire(recording, ["marks"])
    return row


def unmark(session: Session, actor: Actor, recording: Recording, *, mark_id: uuid.UUID) -> None:
    """Take a mark away; one that is gone already stays gone."""
    require_recorded(actor, Permission.RECORDING_ADD, recording.interview)
    row = session.get(TimeMark, mark_id)
    if row is not None and row.recording_id == recording.id:
        session.delete(row)
        session.flush()
        session.expire(recording, ["marks"])


def marks(session: Session, actor: Actor, recording: Recording, *, keys: KeyStore) -> list[Mark]:
    """Return the marked moments in order of time, with their notes."""
    require_recorded(actor, Permission.RECORDING_PLAY, recording.interview)
    rows = session.scalars(
        select(TimeMark).where(TimeMark.recording_id == recording.id).order_by(TimeMark.at_ms, TimeMark.made_at)
    ).all()
    key = keys.open(recording.interview_id) if any(row.note_sealed for row in rows) else None
    return [
        Mark(
            row.id,
            row.kind,
            row.at_ms,
            ""
            if key is None or row.note_sealed is None
            else key.open_text(row.note_sealed, context=f"time_mark:{row.id}"),
        )
        for row in rows
    ]
