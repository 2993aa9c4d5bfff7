"""The text that somebody is typing: one draft per interview, every version of it, ciphertext only (class R)."""

from __future__ import annotations

import enum
import uuid

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from interviews.columns import Id, Moment, MomentOrNone, Sealed, Words, to, words
from interviews.db import Base
from interviews.models.interview import Interview


class TypingDraft(Base):
    """The newest text of one interview that is being typed or corrected, before it is handed in."""

    __tablename__ = "typing_draft"
    __table_args__ = (CheckConstraint("version >= 1", name="version"),)

    id: Mapped[Id]
    interview_id: Mapped[uuid.UUID] = mapped_column(to("interview.id"), unique=True)
    version: Mapped[int] = mapped_column(default=1)
    """Counts the saves. A save that is not based on this one is kept aside, never written over it."""
    sealed: Mapped[Sealed]
    """Turns and speakers as JSON, under the interview's key, bound to this row and version."""
    base_id: Mapped[uuid.UUID | None] = mapped_column(to("revision.id", on_delete="SET NULL"))
    """The raw revision that is being corrected; None while the first text is typed."""
    saved_at: Mapped[Moment]
    saved_by_id: Mapped[uuid.UUID | None] = mapped_column(to("person.id", on_delete="SET NULL"))
    device: Mapped[Words] = mapped_column(default="")

    interview: Mapped[Interview] = relationship()


class TypingKind(enum.StrEnum):
    """What became of a save."""

    SAVED = "saved"
    ASIDE = "aside"
    """It was based on an older text. Both texts are shown side by side until a person has chosen."""


class TypingVersion(Base):
    """One save. Its id is made on the device: the same save again is the same row."""

    __tablename__ = "typing_version"
    __table_args__ = (Index(None, "draft_id", "number"),)

    id: Mapped[Id]
    draft_id: Mapped[uuid.UUID] = mapped_column(to("typing_draft.id"))
    kind: Mapped[TypingKind] = mapped_column(words(TypingKind), default=TypingKind.SAVED)
    number: Mapped[int]
    """The version it became; of one kept aside, the version it was based on."""
    sealed: Mapped[Sealed]
    saved_at: Mapped[Moment]
    saved_by_id: Mapped[uuid.UUID | None] = mapped_column(to("person.id", on_delete="SET NULL"))
    device: Mapped[Words] = mapped_column(default="")
    settled_at: Mapped[MomentOrNone]
    """When a person chose what to do with a text kept aside."""

    draft: Mapped[TypingDraft] = relationship()
