"""Phones and laptops that keep drafts, and what they sent (class A)."""

from __future__ import annotations

import uuid

from sqlalchemy import CheckConstraint, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column, relationship

from interviews.columns import Id, Json, Moment, MomentOrNone, Words, WordsOrNone, to
from interviews.db import Base
from interviews.models.person import Person


class Device(Base):
    """One browser of one person. Drafts on it are ciphertext under a key that is derived from `salt`.

    Revoking erases the salt: from then on nobody, the server included, can make the key again.
    """

    __tablename__ = "device"
    __table_args__ = (CheckConstraint("revoked_at IS NULL OR salt IS NULL", name="revoked_has_no_key"),)

    id: Mapped[Id]
    person_id: Mapped[uuid.UUID] = mapped_column(to("person.id"), index=True)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(), unique=True)
    """SHA-256 of the token in the device's own cookie, which outlives a session."""
    salt: Mapped[bytes | None] = mapped_column(LargeBinary())
    pin_hash: Mapped[WordsOrNone]
    """argon2id of the PIN mixed with the device's token: without this very device a PIN is worth nothing (class S)."""
    name: Mapped[Words] = mapped_column(default="")
    first_seen_at: Mapped[Moment]
    last_seen_at: Mapped[Moment]
    revoked_at: Mapped[MomentOrNone]

    person: Mapped[Person] = relationship()


class Received(Base):
    """Something a device sent, and what it was answered: the same again gets the same answer and changes nothing."""

    __tablename__ = "received"

    id: Mapped[Id]
    """The idempotency key that the device gave it."""
    person_id: Mapped[uuid.UUID] = mapped_column(to("person.id"), index=True)
    kind: Mapped[Words]
    status: Mapped[int]
    answer: Mapped[dict[str, object]] = mapped_column(Json)
    """Ids, versions and moments only; never a word of an interview."""
    at: Mapped[Moment]
