"""Listening to a recording, and seeing its shape."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from interviews import audit
from interviews.access import Actor, Permission, require
from interviews.errors import Invalid
from interviews.keys import KeyStore
from interviews.models import Interview, Recording
from interviews.models.recording import RecordingState
from interviews.recordings.places import peaks_context, require_recorded, sound_name
from interviews.sealedfiles import SealedFiles, key_of
from interviews.streams import SealedReader


def recordings_of(session: Session, actor: Actor, interview: Interview) -> Sequence[Recording]:
    """Return the recordings of an interview, erased ones too, the oldest first. Says nothing of the sound itself."""
    require(actor, Permission.INTERVIEW_SEE, interview)
    return session.scalars(
        select(Recording).where(Recording.interview_id == interview.id).order_by(Recording.started_at, Recording.id)
    ).all()


def playing_is_logged(session: Session, actor: Actor, recording: Recording) -> bool:
    """Tell whether `open_sound` would write nothing, as the log has this sitting already. Raises as `open_sound`."""
    _require_ready(actor, recording)
    return audit.in_sitting(session, actor, Permission.RECORDING_PLAY, recording)


def open_sound(
    session: Session, actor: Actor, recording: Recording, *, keys: KeyStore, files: SealedFiles
) -> SealedReader:
    """Return the sound, in which one can jump, for who closes it; the listening is logged, once a sitting.

    The reader needs no database. Raises Invalid("recording.no_consent"), Invalid("recording.not_ready"),
    Invalid("recording.erased"), and `keys.SealBroken` or Invalid("recording.damaged") when the file is not as it was.
    """
    _require_ready(actor, recording)
    name = sound_name(recording.id)
    try:
        reader = files.read(name, key_of(keys.open(recording.interview_id), name))
    except FileNotFoundError:
        raise Invalid("recording.damaged") from None
    if not audit.in_sitting(session, actor, Permission.RECORDING_PLAY, recording):
        audit.record(session, actor, Permission.RECORDING_PLAY, recording, project_id=recording.interview.project_id)
    return reader


def peaks(session: Session, actor: Actor, recording: Recording, *, keys: KeyStore) -> bytes:
    """Return the waveform: one byte (0–255) per PEAK_MS of sound. Raises as `open_sound`."""
    _require_ready(actor, recording)
    if recording.peaks_sealed is None:
        return b""
    return keys.open(recording.interview_id).open(recording.peaks_sealed, context=peaks_context(recording.id))


def _require_ready(actor: Actor, recording: Recording) -> None:
    require_recorded(actor, Permission.RECORDING_PLAY, recording.interview)
    if recording.state is RecordingState.ERASED:
        raise Invalid("recording.erased")
    if recording.state is not RecordingState.READY:
        raise Invalid("recording.not_ready")
