"""Memos: what strikes somebody, the own view, the method."""

from __future__ import annotations

import enum
import uuid

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from interviews.columns import Id, Moment, Words, to, words
from interviews.db import Base
from interviews.models.person import Person


class MemoKind(enum.StrEnum):
    """What a memo is about (domain.md 2.1)."""

    STRIKES = "strikes"
    OWN_VIEW = "own_view"
    METHOD = "method"


class Memo(Base):
    """A note by one person on a segment, a transcript or a theme. Private unless `shared`."""

    __tablename__ = "memo"
    __table_args__ = (
        CheckConstraint(
            "(CASE WHEN segment_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN transcript_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN theme_id IS NULL THEN 0 ELSE 1 END) = 1",
            name="one_subject",
        ),
    )

    id: Mapped[Id]
    project_id: Mapped[uuid.UUID] = mapped_column(to("project.id"), index=True)
    segment_id: Mapped[uuid.UUID | None] = mapped_column(to("segment.id"), index=True)
    transcript_id: Mapped[uuid.UUID | None] = mapped_column(to("transcript.id"), index=True)
    theme_id: Mapped[uuid.UUID | None] = mapped_column(to("theme.id"), index=True)
    kind: Mapped[MemoKind] = mapped_column(words(MemoKind), default=MemoKind.STRIKES)
    shared: Mapped[bool] = mapped_column(default=False)
    text: Mapped[Words]
    author_id: Mapped[uuid.UUID | None] = mapped_column(to("person.id", on_delete="SET NULL"), index=True)
    created_at: Mapped[Moment]

    author: Mapped[Person | None] = relationship()
