"""Transcripts: two layers, each a chain of immutable revisions (DESIGN section 4)."""

from __future__ import annotations

import enum
import uuid

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from interviews.columns import (
    Id,
    Moment,
    MomentOrNone,
    Sealed,
    SealedOrNone,
    Words,
    WordsOrNone,
    to,
    words,
)
from interviews.db import Base
from interviews.models.interview import Interview, Interviewee
from interviews.turns import SpeakerRole


class Layer(enum.StrEnum):
    """Raw: as said, ciphertext only. Research: names replaced, the only layer that is coded, searched or exported."""

    RAW = "raw"
    RESEARCH = "research"


class Transcript(Base):
    """The typed-out text of one interview."""

    __tablename__ = "transcript"

    id: Mapped[Id]
    interview_id: Mapped[uuid.UUID] = mapped_column(to("interview.id"), unique=True)
    language: Mapped[Words] = mapped_column(default="nl")
    source_format: Mapped[Words]
    created_at: Mapped[Moment]
    handed_in_at: Mapped[MomentOrNone]
    handed_in_by_id: Mapped[uuid.UUID | None] = mapped_column(to("person.id", on_delete="SET NULL"))
    approved_at: Mapped[MomentOrNone]
    """When a second person approved that the names are away; only then a research layer exists."""
    approved_by_id: Mapped[uuid.UUID | None] = mapped_column(to("person.id", on_delete="SET NULL"))
    raw_erased_at: Mapped[MomentOrNone]
    """When the text with names went, as its time had come: since then the raw layer says what the research layer says."""
    tagged_at: Mapped[MomentOrNone]
    """When the tagger last read the newest research revision."""

    interview: Mapped[Interview] = relationship()
    speakers: Mapped[list[SpeakerRow]] = relationship(
        order_by="SpeakerRow.position", cascade="all, delete-orphan", passive_deletes=True
    )


class SpeakerRow(Base):
    """One voice in a transcript. `label` is neutral ("I", "R", "R2"); the name in the source is ciphertext (class R)."""

    __tablename__ = "speaker"
    __table_args__ = (UniqueConstraint("transcript_id", "label"),)

    id: Mapped[Id]
    transcript_id: Mapped[uuid.UUID] = mapped_column(to("transcript.id"))
    label: Mapped[Words]
    name_sealed: Mapped[Sealed]
    role: Mapped[SpeakerRole] = mapped_column(words(SpeakerRole))
    interviewee_id: Mapped[uuid.UUID | None] = mapped_column(to("interviewee.id", on_delete="SET NULL"))
    position: Mapped[int]

    interviewee: Mapped[Interviewee | None] = relationship()


class Revision(Base):
    """One immutable version of one layer of a transcript: its turns' texts joined by line feeds.

    Raw: `sealed` holds the text as ciphertext under the interview's own key. Research: `text` holds it.
    """

    __tablename__ = "revision"
    __table_args__ = (
        UniqueConstraint("transcript_id", "layer", "number"),
        CheckConstraint(
            "(layer = 'raw' AND sealed IS NOT NULL AND text IS NULL) OR "
            "(layer = 'research' AND text IS NOT NULL AND sealed IS NULL)",
            name="raw_is_ciphertext",
        ),
    )

    id: Mapped[Id]
    transcript_id: Mapped[uuid.UUID] = mapped_column(to("transcript.id"))
    layer: Mapped[Layer] = mapped_column(words(Layer))
    number: Mapped[int]
    """1, 2, 3 … within transcript and layer."""
    text: Mapped[WordsOrNone]
    sealed: Mapped[SealedOrNone]
    derived_from_id: Mapped[uuid.UUID | None] = mapped_column(to("revision.id"))
    """Research: the raw revision it was made from."""
    made_by_id: Mapped[uuid.UUID | None] = mapped_column(to("person.id", on_delete="SET NULL"))
    made_at: Mapped[Moment]

    turns: Mapped[list[TurnRow]] = relationship(
        order_by="TurnRow.number", cascade="all, delete-orphan", passive_deletes=True
    )
    transcript: Mapped[Transcript] = relationship()


class TurnRow(Base):
    """Where one turn stands in its revision's text: half-open `[start, end)` in code points. Holds no words."""

    __tablename__ = "turn"
    __table_args__ = (
        UniqueConstraint("revision_id", "number"),
        CheckConstraint('start >= 0 AND "end" > start', name="span"),
    )

    id: Mapped[Id]
    revision_id: Mapped[uuid.UUID] = mapped_column(to("revision.id"))
    number: Mapped[int]
    """0-based."""
    speaker_id: Mapped[uuid.UUID | None] = mapped_column(to("speaker.id", on_delete="SET NULL"), index=True)
    start: Mapped[int]
    end: Mapped[int]
    start_ms: Mapped[int | None]
    end_ms: Mapped[int | None]

    speaker: Mapped[SpeakerRow | None] = relationship()
