"""Drawings and photos that belong to an interview. The picture itself is in a sealed file (class R)."""

from __future__ import annotations

import enum
import uuid

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from interviews.columns import Id, Moment, MomentOrNone, Sealed, Words, to, words
from interviews.db import Base
from interviews.models.interview import How, Interview


class AttachmentKind(enum.StrEnum):
    """What a picture is."""

    DRAWING = "drawing"
    PHOTO = "photo"


class Attachment(Base):
    """One picture, with a description for who cannot see it, and a yes of its own."""

    __tablename__ = "attachment"
    __table_args__ = (CheckConstraint("width > 0 AND height > 0 AND size > 0", name="size"),)

    id: Mapped[Id]
    interview_id: Mapped[uuid.UUID] = mapped_column(to("interview.id"), index=True)
    kind: Mapped[AttachmentKind] = mapped_column(words(AttachmentKind))
    media_type: Mapped[Words]
    width: Mapped[int]
    height: Mapped[int]
    size: Mapped[int]
    description_sealed: Mapped[Sealed]
    may_be_shown: Mapped[bool] = mapped_column(default=False)
    """The person's own yes to this picture in a report. Without it the picture stays inside the team."""
    how: Mapped[How] = mapped_column(words(How))
    made_by_id: Mapped[uuid.UUID | None] = mapped_column(to("person.id", on_delete="SET NULL"))
    made_at: Mapped[Moment]
    erased_at: Mapped[MomentOrNone]

    interview: Mapped[Interview] = relationship()
