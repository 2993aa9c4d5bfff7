"""What a phone or a form says about a recording, read from JSON that may hold anything."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from interviews.errors import Invalid
from interviews.models.recording import RecordingOrigin, TimeMarkKind
from interviews.recordings.places import MAX_NUMBER, MAX_PART


@dataclass(frozen=True, slots=True)
class Begun:
    """A recording that was begun on a phone."""

    id: uuid.UUID
    origin: RecordingOrigin
    media_type: str
    started_at: datetime | None
    size: int | None

    @classmethod
    def read(cls, sent: object) -> Begun:
        """Read {id, origin, media_type, started_at?, size?}. Raises Invalid("recording.unclear")."""
        said = _object(sent)
        try:
            return cls(
                uuid.UUID(_text(said["id"])),
                RecordingOrigin(_text(said["origin"])),
                _text(said["media_type"]),
                None if said.get("started_at") is None else _moment(said["started_at"]),
                None if said.get("size") is None else _number(said["size"]),
            )
        except (KeyError, ValueError, TypeError, AttributeError, OverflowError) as error:
            raise Invalid("recording.unclear") from error


@dataclass(frozen=True, slots=True)
class Marked:
    """A moment that was marked."""

    id: uuid.UUID
    at_ms: int
    kind: TimeMarkKind
    note: str

    @classmethod
    def read(cls, sent: object) -> Marked:
        """Read {id, at_ms, kind?, note?}. Raises Invalid("recording.unclear")."""
        said = _object(sent)
        try:
            return cls(
                uuid.UUID(_text(said["id"])),
                _number(said["at_ms"]),
                TimeMarkKind(_text(said.get("kind") or TimeMarkKind.MARK.value)),
                _text(said.get("note") or ""),
            )
        except (KeyError, ValueError, TypeError, AttributeError) as error:
            raise Invalid("recording.unclear") from error


def parts_from(sent: object) -> list[int] | None:
    """Read {pieces, parts}: the number of pieces in each part; None for both takes what is here.

    Raises Invalid("recording.unclear").
    """
    said = _object(sent)
    parts = said.get("parts")
    if parts is None and "parts" in said and said.get("pieces") is None:
        return None
    try:
        if not isinstance(parts, list) or len(parts) > MAX_PART:
            raise ValueError("parts")
        counts = [_number(count) for count in parts]
        # Both were counted on the phone: when they differ, it is not known how much there is.
        if sum(counts) != _number(said["pieces"]) or sum(counts) > MAX_NUMBER:
            raise ValueError("pieces")
    except (KeyError, ValueError, TypeError) as error:
        raise Invalid("recording.unclear") from error
    return counts


def _object(sent: object) -> dict[str, object]:
    if not isinstance(sent, dict):
        raise Invalid("recording.unclear")
    return sent


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("text")
    return value


def _number(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 2**53:
        raise ValueError("number")
    return value


def _moment(value: object) -> datetime:
    moment = datetime.fromisoformat(_text(value))
    if moment.tzinfo is None:
        raise ValueError("a moment without a time zone")
    # Raises for a moment that does not exist in UTC, such as the first of all moments in the east.
    moment.astimezone()
    return moment
