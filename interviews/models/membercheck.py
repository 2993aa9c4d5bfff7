"""The interviewee reads or hears it back: how that was asked, what was answered, and what was done with every wish."""

from __future__ import annotations

import enum
import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from interviews.columns import (
    Id,
    Moment,
    MomentOrNone,
    SealedOrNone,
    UtcDateTime,
    Words,
    WordsOrNone,
    to,
    words,
)
from interviews.db import Base
from interviews.models.interview import Interview, Interviewee


class PassPurpose(enum.StrEnum):
    """What a guest may do with a pass."""

    CHECK = "check"
    CONSENT = "consent"


class GuestPass(Base):
    """A short-lived way in for one interviewee without an account: a link, and a code that is said aloud."""

    __tablename__ = "guest_pass"

    id: Mapped[Id]
    interview_id: Mapped[uuid.UUID] = mapped_column(to("interview.id"), index=True)
    interviewee_id: Mapped[uuid.UUID] = mapped_column(to("interviewee.id"), index=True)
    purpose: Mapped[PassPurpose] = mapped_column(words(PassPurpose))
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(), unique=True)
    """SHA-256 of the 256-bit token in the link."""
    code_hash: Mapped[Words]
    """argon2id of the spoken code."""
    tries: Mapped[int] = mapped_column(default=0)
    """Wrong codes so far; after `passes.MOST_TRIES` the pass is over."""
    made_at: Mapped[Moment]
    made_by_id: Mapped[uuid.UUID | None] = mapped_column(to("person.id", on_delete="SET NULL"))
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime())
    opened_at: Mapped[MomentOrNone]
    revoked_at: Mapped[MomentOrNone]

    interview: Mapped[Interview] = relationship()
    interviewee: Mapped[Interviewee] = relationship()


class CheckForm(enum.StrEnum):
    """How somebody hears it back."""

    LINK = "link"
    PAPER = "paper"
    ALOUD = "aloud"
    """The interviewer reads it aloud and fills in the answers."""


class CheckMatter(enum.StrEnum):
    """What somebody checks."""

    SUMMARY = "summary"
    TRANSCRIPT = "transcript"


class MemberCheck(Base):
    """One time that an interviewee was asked whether it is right. No answer is not a yes."""

    __tablename__ = "member_check"

    id: Mapped[Id]
    interview_id: Mapped[uuid.UUID] = mapped_column(to("interview.id"), index=True)
    interviewee_id: Mapped[uuid.UUID] = mapped_column(to("interviewee.id"), index=True)
    form: Mapped[CheckForm] = mapped_column(words(CheckForm))
    matter: Mapped[CheckMatter] = mapped_column(words(CheckMatter))
    summary_sealed: Mapped[SealedOrNone]
    """The summary in short sentences, and the literal lines shown with it, as JSON under the interview's key."""
    revision_id: Mapped[uuid.UUID | None] = mapped_column(to("revision.id", on_delete="SET NULL"))
    """The research revision that was shown."""
    pass_id: Mapped[uuid.UUID | None] = mapped_column(to("guest_pass.id", on_delete="SET NULL"))
    asked_at: Mapped[Moment]
    asked_by_id: Mapped[uuid.UUID | None] = mapped_column(to("person.id", on_delete="SET NULL"))
    ask_again_on: Mapped[date | None]
    answered_at: Mapped[MomentOrNone]
    top_sealed: Mapped[SealedOrNone]
    """What the person finds most important, in order, as JSON; at most three."""
    remark_sealed: Mapped[SealedOrNone]
    closed_at: Mapped[MomentOrNone]
    """When every wish had a visible answer."""

    interview: Mapped[Interview] = relationship()
    interviewee: Mapped[Interviewee] = relationship()
    answers: Mapped[list[CheckAnswer]] = relationship(
        order_by="CheckAnswer.place", cascade="all, delete-orphan", passive_deletes=True, back_populates="check"
    )


class Verdict(enum.StrEnum):
    """What somebody says of a passage: "klopt", "anders", "eruit"."""

    FITS = "fits"
    OTHER = "other"
    OUT = "out"


class WishState(enum.StrEnum):
    """What was done with a wish."""

    OPEN = "open"
    DONE = "done"
    NOT_DONE = "not_done"
    """With a reply that says why."""


class CheckAnswer(Base):
    """What somebody said of one passage, and what was done with it."""

    __tablename__ = "check_answer"
    __table_args__ = (
        UniqueConstraint("check_id", "place"),
        CheckConstraint("place >= 0", name="place"),
        CheckConstraint("state <> 'not_done' OR reply IS NOT NULL", name="no_needs_a_reply"),
    )

    id: Mapped[Id]
    check_id: Mapped[uuid.UUID] = mapped_column(to("member_check.id"))
    place: Mapped[int]
    """Number of the sentence of the summary, or of the turn of the transcript, from 0."""
    verdict: Mapped[Verdict] = mapped_column(words(Verdict))
    words_sealed: Mapped[SealedOrNone]
    """How the person wants it said."""
    state: Mapped[WishState] = mapped_column(words(WishState), default=WishState.OPEN)
    reply: Mapped[WordsOrNone]
    """What the person is told was done with the wish."""
    answered_at: Mapped[Moment]
    replied_at: Mapped[MomentOrNone]
    replied_by_id: Mapped[uuid.UUID | None] = mapped_column(to("person.id", on_delete="SET NULL"))

    check: Mapped[MemberCheck] = relationship(back_populates="answers")
