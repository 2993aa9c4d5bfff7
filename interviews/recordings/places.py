"""Where the sound of a recording lies, how much there may be, and who may touch it: shared by the verbs."""

from __future__ import annotations

import hashlib
import hmac
import re
import uuid
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from interviews.access import Actor, Permission, allows, require
from interviews.errors import Invalid
from interviews.keys import DataKey
from interviews.models import Interview, Recording, RecordingPiece
from interviews.scopes import Scope

FOLDER = "recording"
PIECE_BYTES = 4 * 1024 * 1024
"""Most bytes in one piece."""
MAX_BYTES = 500 * 1000 * 1000
"""Most bytes in one recording: 500 MB as people count them."""
MAX_MS = 3 * 60 * 60 * 1000
"""Longest recording."""
MAX_PART, MAX_NUMBER = 9_999, 999_999

_TYPES = {
    "audio/webm": "audio/webm",
    "video/webm": "audio/webm",
    "audio/ogg": "audio/ogg",
    "application/ogg": "audio/ogg",
    "audio/opus": "audio/ogg",
    "audio/mp4": "audio/mp4",
    "audio/m4a": "audio/mp4",
    "audio/x-m4a": "audio/mp4",
    "video/mp4": "audio/mp4",
    "audio/aac": "audio/mp4",
    "audio/mpeg": "audio/mpeg",
    "audio/mp3": "audio/mpeg",
    "audio/wav": "audio/wav",
    "audio/x-wav": "audio/wav",
    "audio/wave": "audio/wav",
    "audio/vnd.wave": "audio/wav",
}
_CODECS = re.compile(r'codecs="?([a-z0-9.]{1,20}(?:,[a-z0-9.]{1,20}){0,3})"?')


class OtherBytes(Invalid):
    """In this place of the recording there is other sound already; nothing was stored."""

    def __init__(self) -> None:
        super().__init__("recording.other_bytes")


class MissingPieces(Invalid):
    """Not everything is here. `missing` names the places (part, number), in order; nothing was changed."""

    def __init__(self, missing: Sequence[tuple[int, int]]) -> None:
        super().__init__("recording.incomplete", count=len(missing))
        self.missing = list(missing)


def media_type_of(said: str) -> str:
    """Return the plain name of a kind of sound, with its codecs when those were said (`audio/webm;codecs=opus`).

    Raises Invalid("recording.wrong_type") for a kind that is not sound that we know.
    """
    base, _, rest = said.lower().replace(" ", "").partition(";")
    plain = _TYPES.get(base)
    if plain is None:
        raise Invalid("recording.wrong_type")
    codecs = _CODECS.fullmatch(rest)
    return f"{plain};codecs={codecs[1]}" if codecs else plain


def folder_of(recording_id: uuid.UUID) -> str:
    """Return the name of the folder with everything of one recording."""
    return f"{FOLDER}/{recording_id}"


def sound_name(recording_id: uuid.UUID) -> str:
    """Return the name of the one file that is played."""
    return f"{folder_of(recording_id)}/sound"


def piece_name(recording_id: uuid.UUID, part: int, number: int, digest: bytes) -> str:
    """Return the name of a piece's file. Other bytes have another name, so that no piece is ever written over."""
    return f"{folder_of(recording_id)}/piece-{part}-{number}-{digest.hex()[:16]}"


def name_of(piece: RecordingPiece) -> str:
    """Return the name of the file of a piece that is in the rows."""
    return piece_name(piece.recording_id, piece.part, piece.number, piece.digest)


def digest_of(key: DataKey, recording_id: uuid.UUID, content: bytes) -> bytes:
    """Return what a piece is recognised by; without the interview's key it says nothing about the sound."""
    return hmac.digest(key.derive(f"digest/{recording_id}"), content, hashlib.sha256)


def peaks_context(recording_id: uuid.UUID) -> str:
    """Return what a sealed waveform is bound to."""
    return f"recording:{recording_id}:peaks"


def require_recorded(actor: Actor, permission: Permission, interview: Interview) -> None:
    """Return when the actor may. Raises Invalid("recording.no_consent") when only somebody's yes is missing.

    The table of rules closes the door just the same; a member who may see the interview is told which door it is.
    """
    if not interview.allows(Scope.RECORD) and allows(actor, Permission.INTERVIEW_SEE, interview):
        raise Invalid("recording.no_consent")
    require(actor, permission, interview)


def lock(session: Session, recording: Recording) -> None:
    """Let others who change this recording wait, and see what they changed until now."""
    session.execute(select(Recording.id).where(Recording.id == recording.id).with_for_update())
    session.refresh(recording)
