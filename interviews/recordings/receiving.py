"""Taking a recording in: beginning it, its pieces in any order and any number of times, and the end."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from interviews import audit
from interviews.access import Actor, Permission
from interviews.clock import now
from interviews.errors import Invalid, NotVisible
from interviews.keys import KeyStore
from interviews.models import Interview, Recording, RecordingPiece, Transcript
from interviews.models.interview import Status
from interviews.models.recording import RecordingOrigin, RecordingState
from interviews.recordings.erasing import erasure_day
from interviews.recordings.places import (
    MAX_BYTES,
    MAX_NUMBER,
    MAX_PART,
    PIECE_BYTES,
    MissingPieces,
    OtherBytes,
    digest_of,
    lock,
    media_type_of,
    piece_name,
    require_recorded,
)
from interviews.sealedfiles import SealedFiles, key_of


@dataclass(frozen=True, slots=True)
class SealedPiece:
    """A piece of sound that is on disk, sealed, and in no row yet."""

    part: int
    number: int
    size: int
    digest: bytes


def begin(
    session: Session,
    actor: Actor,
    interview: Interview,
    *,
    recording_id: uuid.UUID,
    origin: RecordingOrigin,
    media_type: str,
    started_at: datetime | None = None,
    size: int | None = None,
) -> Recording:
    """Start a recording with the id that the phone made; the same id again returns the row that there is.

    `size` is the number of bytes where it is known beforehand, as of a file. A moment in the future is now. Raises
    Invalid("recording.no_consent"), Invalid("recording.wrong_type"), Invalid("recording.too_large") and NotVisible for
    an id of another interview.
    """
    require_recorded(actor, Permission.RECORDING_ADD, interview)
    known = session.get(Recording, recording_id)
    if known is not None:
        if known.interview_id != interview.id:
            raise NotVisible
        return known
    if size is not None:
        _require_room(interview, size)
    moment = now()
    transcript = session.scalar(select(Transcript).where(Transcript.interview_id == interview.id))
    recording = Recording(
        id=recording_id,
        interview_id=interview.id,
        origin=origin,
        media_type=media_type_of(media_type),
        started_at=moment if started_at is None else min(started_at, moment),
        erase_on=None if transcript is None else erasure_day(transcript),
        made_by_id=actor.person_id,
    )
    session.add(recording)
    session.flush()
    audit.record(session, actor, Permission.RECORDING_ADD, recording, project_id=interview.project_id, reason=origin)
    return recording


def receive(
    session: Session,
    actor: Actor,
    recording: Recording,
    *,
    part: int,
    number: int,
    content: bytes,
    keys: KeyStore,
    files: SealedFiles,
) -> RecordingPiece:
    """Take in one piece: `seal_piece` and `keep_piece` in one. Raises as those do."""
    require_recorded(actor, Permission.RECORDING_ADD, recording.interview)
    piece = seal_piece(
        recording.interview_id, recording.id, part=part, number=number, content=content, keys=keys, files=files
    )
    return keep_piece(session, actor, recording, piece)


def seal_piece(
    interview_id: uuid.UUID,
    recording_id: uuid.UUID,
    *,
    part: int,
    number: int,
    content: bytes,
    keys: KeyStore,
    files: SealedFiles,
) -> SealedPiece:
    """Put a piece on disk, sealed. Asks no permission and no database: for who has asked, and keeps it next.

    Until `keep_piece` is committed it is a file that no row names, which a sweep clears up after a day. Raises Invalid
    for a piece without sound, one that is too large, or a place that cannot be.
    """
    if not content:
        raise Invalid("recording.empty")
    if len(content) > PIECE_BYTES:
        raise Invalid("recording.piece_too_large")
    if not (0 <= part <= MAX_PART and 0 <= number <= MAX_NUMBER):
        raise Invalid("recording.unclear")
    key = keys.create(interview_id)
    digest = digest_of(key, recording_id, content)
    name = piece_name(recording_id, part, number, digest)
    files.put(name, key_of(key, name), content)
    return SealedPiece(part, number, len(content), digest)


def keep_piece(session: Session, actor: Actor, recording: Recording, piece: SealedPiece) -> RecordingPiece:
    """Write down a piece that is on disk. The same piece again returns the row that there is.

    Raises OtherBytes when there is other sound in its place, Invalid("recording.too_large"), and
    Invalid("recording.closed") or Invalid("recording.erased") when nothing can be added any more.
    """
    require_recorded(actor, Permission.RECORDING_ADD, recording.interview)
    lock(session, recording)
    if recording.state is RecordingState.ERASED:
        raise Invalid("recording.erased")
    known = session.scalar(
        select(RecordingPiece).where(
            RecordingPiece.recording_id == recording.id,
            RecordingPiece.part == piece.part,
            RecordingPiece.number == piece.number,
        )
    )
    if known is not None:
        if known.digest != piece.digest:
            raise OtherBytes
        return known
    if recording.state not in {RecordingState.RECEIVING, RecordingState.FAILED}:
        raise Invalid("recording.closed")
    _require_room(recording.interview, recording.size + piece.size)
    row = RecordingPiece(
        recording_id=recording.id, part=piece.part, number=piece.number, size=piece.size, digest=piece.digest
    )
    session.add(row)
    recording.size += piece.size
    recording.state, recording.failure = RecordingState.RECEIVING, None
    session.flush()
    return row


def have(session: Session, actor: Actor, recording: Recording) -> list[tuple[int, int]]:
    """Return the places (part, number) of the pieces that are here, in order."""
    require_recorded(actor, Permission.RECORDING_ADD, recording.interview)
    return _places(session, recording)


def finish(session: Session, actor: Actor, recording: Recording, *, parts: Sequence[int] | None = None) -> Recording:
    """Close a recording that has `parts[n]` pieces in part n, when all are here; it then waits to be made ready.

    `parts` None takes what is here. More pieces than were told are kept. Again is no error; after a failure it is
    another try. Raises MissingPieces, Invalid("recording.empty") without any sound, Invalid("recording.erased").
    """
    require_recorded(actor, Permission.RECORDING_ADD, recording.interview)
    lock(session, recording)
    if recording.state is RecordingState.ERASED:
        raise Invalid("recording.erased")
    here = set(_places(session, recording))
    if parts is not None:
        told = [(part, number) for part, count in enumerate(parts) for number in range(count)]
        missing = [place for place in told if place not in here]
        if missing:
            raise MissingPieces(missing)
    if not here:
        raise Invalid("recording.empty")
    if recording.state not in {RecordingState.RECEIVING, RecordingState.FAILED}:
        return recording
    recording.state, recording.failure = RecordingState.WHOLE, None
    if recording.finished_at is None:
        recording.finished_at = now()
        audit.record(
            session,
            actor,
            Permission.RECORDING_ADD,
            recording,
            project_id=recording.interview.project_id,
            reason="finished",
        )
    _held(recording)
    session.flush()
    return recording


def _places(session: Session, recording: Recording) -> list[tuple[int, int]]:
    rows = session.execute(
        select(RecordingPiece.part, RecordingPiece.number)
        .where(RecordingPiece.recording_id == recording.id)
        .order_by(RecordingPiece.part, RecordingPiece.number)
    )
    return [(part, number) for part, number in rows]


def _require_room(interview: Interview, size: int) -> None:
    if size <= MAX_BYTES:
        return
    name = interview.project.help_name
    raise Invalid(
        "recording.too_large" if name else "recording.too_large_nobody",
        # Rounded up: 500.1 MB of 500 MB would read as a riddle.
        size=-(-size // 1_000_000),
        maximum=MAX_BYTES // 1_000_000,
        name=name,
    )


def _held(recording: Recording) -> None:
    """An interview of which there is a recording has been held."""
    interview = recording.interview
    if interview.status is Status.PLANNED:
        interview.status = Status.HELD
    if interview.held_on is None:
        interview.held_on = recording.started_at.date()
