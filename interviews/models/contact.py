"""Who somebody is and how to reach that person (class K), who holds the key to that, and how it is destroyed."""

from __future__ import annotations

import uuid

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from interviews.columns import Id, Moment, MomentOrNone, Sealed, to
from interviews.db import Base
from interviews.models.interview import Interviewee


class Contact(Base):
    """How to reach one interviewee: ciphertext under the project's contact key, which is no key of any interview."""

    __tablename__ = "contact"
    __table_args__ = (UniqueConstraint("interviewee_id"),)

    id: Mapped[Id]
    project_id: Mapped[uuid.UUID] = mapped_column(to("project.id"), index=True)
    interviewee_id: Mapped[uuid.UUID] = mapped_column(to("interviewee.id"))
    sealed: Mapped[Sealed]
    """JSON of `interviews.contacts.Details`."""
    created_at: Mapped[Moment]
    changed_at: Mapped[Moment]
    changed_by_id: Mapped[uuid.UUID | None] = mapped_column(to("person.id", on_delete="SET NULL"))

    interviewee: Mapped[Interviewee] = relationship()


class KeyHandOver(Base):
    """The key of a project went to somebody: named by the project lead, or handed over by who held it. Append-only."""

    __tablename__ = "key_hand_over"

    id: Mapped[Id]
    project_id: Mapped[uuid.UUID] = mapped_column(to("project.id"), index=True)
    from_id: Mapped[uuid.UUID | None] = mapped_column(to("person.id", on_delete="SET NULL"))
    """None when nobody held it."""
    to_id: Mapped[uuid.UUID | None] = mapped_column(to("person.id", on_delete="SET NULL"))
    by_id: Mapped[uuid.UUID | None] = mapped_column(to("person.id", on_delete="SET NULL"))
    at: Mapped[Moment]


class KeyEnding(Base):
    """The wish to destroy a project's contact key: one person asks, another one does it, or somebody takes it back."""

    __tablename__ = "key_ending"

    id: Mapped[Id]
    project_id: Mapped[uuid.UUID] = mapped_column(to("project.id"), index=True)
    asked_by_id: Mapped[uuid.UUID | None] = mapped_column(to("person.id", on_delete="SET NULL"))
    asked_at: Mapped[Moment]
    done_by_id: Mapped[uuid.UUID | None] = mapped_column(to("person.id", on_delete="SET NULL"))
    done_at: Mapped[MomentOrNone]
    taken_back_at: Mapped[MomentOrNone]
