"""Sound: recordings, the pieces in which they came in, and marks in time. The sound itself is in sealed files."""

from __future__ import annotations

import enum
import uuid
from datetime import date

from sqlalchemy import CheckConstraint, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from interviews.columns import Id, Moment, MomentOrNone, SealedOrNone, Words, WordsOrNone, to, words
from interviews.db import Base
from interviews.models.interview import Interview


class RecordingOrigin(enum.StrEnum):
    """Recorded here in the browser, or a file that was made elsewhere."""

    RECORDED = "recorded"
    ADDED = "added"


class RecordingState(enum.StrEnum):
    """How far a recording is."""

    RECEIVING = "receiving"
    """Pieces come in; more may follow."""
    WHOLE = "whole"
    """Every piece is here; it is being made ready to play."""
    READY = "ready"
    FAILED = "failed"
    """It does not play; `failure` says why. The pieces are kept."""
    ERASED = "erased"


class Recording(Base):
    """One recording of an interview. Its id is made on the phone, so that beginning twice begins once."""

    __tablename__ = "recording"
    __table_args__ = (
        CheckConstraint("size >= 0 AND (duration_ms IS NULL OR duration_ms >= 0)", name="size"),
        CheckConstraint("(state = 'erased') = (erased_at IS NOT NULL)", name="erased"),
    )

    id: Mapped[Id]
    interview_id: Mapped[uuid.UUID] = mapped_column(to("interview.id"), index=True)
    origin: Mapped[RecordingOrigin] = mapped_column(words(RecordingOrigin))
    state: Mapped[RecordingState] = mapped_column(words(RecordingState), default=RecordingState.RECEIVING)
    media_type: Mapped[Words]
    size: Mapped[int] = mapped_column(default=0)
    """Bytes of sound received, before encryption."""
    duration_ms: Mapped[int | None]
    peaks_sealed: Mapped[SealedOrNone]
    """The waveform: one byte (0–255) per `recordings.PEAK_MS` of sound, under the interview's key."""
    failure: Mapped[WordsOrNone]
    """Key of the sentence that says what is wrong."""
    started_at: Mapped[Moment]
    finished_at: Mapped[MomentOrNone]
    erase_on: Mapped[date | None]
    erased_at: Mapped[MomentOrNone]
    made_by_id: Mapped[uuid.UUID | None] = mapped_column(to("person.id", on_delete="SET NULL"))

    interview: Mapped[Interview] = relationship()
    pieces: Mapped[list[RecordingPiece]] = relationship(
        order_by="RecordingPiece.part, RecordingPiece.number", cascade="all, delete-orphan", passive_deletes=True
    )
    marks: Mapped[list[TimeMark]] = relationship(
        order_by="TimeMark.at_ms", cascade="all, delete-orphan", passive_deletes=True
    )


class RecordingPiece(Base):
    """One piece of sound as it arrived. A browser that dies and starts again begins a new part."""

    __tablename__ = "recording_piece"
    __table_args__ = (
        UniqueConstraint("recording_id", "part", "number"),
        CheckConstraint("part >= 0 AND number >= 0 AND size > 0", name="place"),
    )

    id: Mapped[Id]
    recording_id: Mapped[uuid.UUID] = mapped_column(to("recording.id"))
    part: Mapped[int]
    number: Mapped[int]
    size: Mapped[int]
    digest: Mapped[bytes] = mapped_column(LargeBinary())
    """SHA-256 of the piece under the recording's key (HMAC): the same piece again is recognised."""
    received_at: Mapped[Moment]


class TimeMarkKind(enum.StrEnum):
    """Why a moment was marked."""

    MARK = "mark"
    LEAVE_OUT = "leave_out"
    """The person said: this must go."""


class TimeMark(Base):
    """A moment in a recording that somebody marked, perhaps with a short note."""

    __tablename__ = "time_mark"
    __table_args__ = (CheckConstraint("at_ms >= 0", name="at_ms"),)

    id: Mapped[Id]
    recording_id: Mapped[uuid.UUID] = mapped_column(to("recording.id"), index=True)
    kind: Mapped[TimeMarkKind] = mapped_column(words(TimeMarkKind), default=TimeMarkKind.MARK)
    at_ms: Mapped[int]
    note_sealed: Mapped[SealedOrNone]
    made_by_id: Mapped[uuid.UUID | None] = mapped_column(to("person.id", on_delete="SET NULL"))
    made_at: Mapped[Moment]
