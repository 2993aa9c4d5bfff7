"""People who use the tool: accounts, their open sessions and their invitations (class A)."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import BigInteger, Index, LargeBinary, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from interviews.columns import Id, Moment, MomentOrNone, Sealed, UtcDateTime, WordList, Words, WordsOrNone, to
from interviews.db import Base


class Person(Base):
    """Somebody with an account. Interviewees have none."""

    __tablename__ = "person"

    id: Mapped[Id]
    login_word: Mapped[Words] = mapped_column(unique=True)
    """What the person types to sign in: lower case, no e-mail address needed."""
    display_name: Mapped[Words]
    """How colleagues see the person; may be a pseudonym."""
    organisation: Mapped[WordsOrNone]
    passphrase_hash: Mapped[Words]
    """argon2id, in PHC form (class S). "" for somebody who comes in with a PIN on a known device only."""
    language: Mapped[Words] = mapped_column(default="nl")
    created_at: Mapped[Moment]
    disabled_at: Mapped[MomentOrNone]


class LoginSession(Base):
    """One signed-in device. Ending the row ends the session at its next request."""

    __tablename__ = "login_session"

    id: Mapped[Id]
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(), unique=True)
    """SHA-256 of the 256-bit token in the cookie: a stolen database gives no session."""
    person_id: Mapped[uuid.UUID] = mapped_column(to("person.id"), index=True)
    device: Mapped[Words] = mapped_column(default="")
    """What a person recognises it by, such as "Chrome · Android"."""
    device_id: Mapped[uuid.UUID | None] = mapped_column(to("device.id", on_delete="SET NULL"), index=True)
    """The device that keeps drafts, when the browser keeps any."""
    started_at: Mapped[Moment]
    last_seen_at: Mapped[Moment]
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime())
    ended_at: Mapped[MomentOrNone]
    confirmed_at: Mapped[MomentOrNone]
    """When whoever sits there last proved who they are: at signing in, and again before a sensitive page."""
    awaits_code: Mapped[bool] = mapped_column(default=False, server_default=false())
    """The passphrase was right and the code of the second factor is still to come: nothing opens yet."""
    locked_at: Mapped[MomentOrNone]
    """When somebody pressed the lock. While it is locked no page is served."""
    own_device: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Whoever signed in said that nobody else uses this phone or computer."""

    person: Mapped[Person] = relationship(lazy="joined")


class SecondFactor(Base):
    """The secret that a person's authenticator app shares with the server: a six-digit code every 30 seconds (TOTP)."""

    __tablename__ = "second_factor"

    person_id: Mapped[uuid.UUID] = mapped_column(to("person.id"), primary_key=True)
    sealed: Mapped[Sealed]
    """The secret under a key of the installation (class S), bound to this person."""
    last_step: Mapped[int] = mapped_column(BigInteger())
    """The last 30-second step of which a code was used: a code works once."""
    since: Mapped[Moment]


class RecoveryCode(Base):
    """One of the ten codes that open the door once each when the phone with the app is lost."""

    __tablename__ = "recovery_code"

    id: Mapped[Id]
    person_id: Mapped[uuid.UUID] = mapped_column(to("person.id"), index=True)
    code_hash: Mapped[bytes] = mapped_column(LargeBinary(), unique=True)
    """SHA-256: 80 random bits need no slow hash."""
    used_at: Mapped[MomentOrNone]


class CardCode(Base):
    """The code on a log-in card: with it somebody makes one more phone or computer known, once."""

    __tablename__ = "card_code"

    id: Mapped[Id]
    person_id: Mapped[uuid.UUID] = mapped_column(to("person.id"), index=True)
    project_id: Mapped[uuid.UUID] = mapped_column(to("project.id"), index=True)
    """Where the card was made: its use stands in that project's log."""
    code_hash: Mapped[bytes] = mapped_column(LargeBinary(), unique=True)
    made_by_id: Mapped[uuid.UUID | None] = mapped_column(to("person.id", on_delete="SET NULL"))
    created_at: Mapped[Moment]
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime())
    used_at: Mapped[MomentOrNone]


class LoginAttempt(Base):
    """A failed try to sign in, kept for as long as it slows the next one down (`interviews.throttle`).

    Holds no login word and no address, only keyed or plain hashes of what the try counts against.
    """

    __tablename__ = "login_attempt"
    __table_args__ = (Index(None, "subject_hash", "at"),)

    id: Mapped[Id]
    subject_hash: Mapped[bytes] = mapped_column(LargeBinary())
    at: Mapped[Moment]


class Invitation(Base):
    """A way in for one new person: a link or the same code on a printed card. No e-mail."""

    __tablename__ = "invitation"

    id: Mapped[Id]
    project_id: Mapped[uuid.UUID] = mapped_column(to("project.id"), index=True)
    code_hash: Mapped[bytes] = mapped_column(LargeBinary(), unique=True)
    display_name: Mapped[Words]
    roles: Mapped[WordList]
    municipality_id: Mapped[uuid.UUID | None] = mapped_column(to("municipality.id", on_delete="SET NULL"))
    invited_by_id: Mapped[uuid.UUID | None] = mapped_column(to("person.id", on_delete="SET NULL"))
    created_at: Mapped[Moment]
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime())
    used_at: Mapped[MomentOrNone]
