"""Coded passages, and who has finished the own first reading."""

from __future__ import annotations

import enum
import uuid

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coding.models.theme import Theme
from interviews.columns import Id, Moment, Words, to, words
from interviews.db import Base
from interviews.models.person import Person
from interviews.models.project import Role
from interviews.models.transcript import Transcript


class Origin(enum.StrEnum):
    """How a segment came about."""

    SELF = "self"
    ACCEPTED = "accepted"
    """A person accepted a suggestion."""
    IMPORTED = "imported"


class Placement(enum.StrEnum):
    """Whether the passage is still where it was after a correction of the text."""

    PLACED = "placed"
    TO_CONFIRM = "to_confirm"
    """Moved along, and its words changed: a person has to confirm the place."""
    ORPHAN = "orphan"
    """The words are gone or no longer certain: a person must look."""


class AnchorColumns:
    """Where a passage stands: half-open `[start, end)` in code points of `revision`, with the words and their context."""

    start: Mapped[int]
    end: Mapped[int]
    quote: Mapped[Words]
    before: Mapped[Words]
    """Up to 32 characters before the passage."""
    after: Mapped[Words]
    """Up to 32 characters after the passage."""


class Segment(AnchorColumns, Base):
    """A passage with one theme by one coder. Overlaps are normal."""

    __tablename__ = "segment"
    __table_args__ = (
        Index(None, "transcript_id", "start"),
        CheckConstraint('start >= 0 AND "end" > start', name="span"),
    )

    id: Mapped[Id]
    transcript_id: Mapped[uuid.UUID] = mapped_column(to("transcript.id"))
    revision_id: Mapped[uuid.UUID] = mapped_column(to("revision.id"), index=True)
    theme_id: Mapped[uuid.UUID] = mapped_column(to("theme.id"), index=True)
    coder_id: Mapped[uuid.UUID | None] = mapped_column(to("person.id", on_delete="SET NULL"), index=True)
    coder_role: Mapped[Role] = mapped_column(words(Role))
    origin: Mapped[Origin] = mapped_column(words(Origin))
    placement: Mapped[Placement] = mapped_column(words(Placement), default=Placement.PLACED)
    created_at: Mapped[Moment]

    theme: Mapped[Theme] = relationship()
    coder: Mapped[Person | None] = relationship()
    transcript: Mapped[Transcript] = relationship()


class FirstReading(Base):
    """Somebody says: I have read this transcript myself. From then on suggestions and others' codings are shown."""

    __tablename__ = "first_reading"
    __table_args__ = (UniqueConstraint("transcript_id", "person_id"),)

    id: Mapped[Id]
    transcript_id: Mapped[uuid.UUID] = mapped_column(to("transcript.id"))
    person_id: Mapped[uuid.UUID] = mapped_column(to("person.id"), index=True)
    done_at: Mapped[Moment]
