"""After an interview: how it was for the interviewer, what must go, hours, and what somebody was trained in."""

from __future__ import annotations

import enum
import uuid
from datetime import date

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from interviews.columns import Id, Moment, MomentOrNone, Sealed, SealedOrNone, WordsOrNone, to, words
from interviews.db import Base
from interviews.models.interview import Interview


class Debrief(Base):
    """The interviewer's own answers afterwards, under the interview's key; apart from the transcript."""

    __tablename__ = "debrief"
    __table_args__ = (UniqueConstraint("interview_id", "person_id"),)

    id: Mapped[Id]
    interview_id: Mapped[uuid.UUID] = mapped_column(to("interview.id"))
    person_id: Mapped[uuid.UUID] = mapped_column(to("person.id"), index=True)
    sealed: Mapped[Sealed]
    at: Mapped[Moment]

    interview: Mapped[Interview] = relationship()


class RemovalState(enum.StrEnum):
    """What became of the wish that something goes."""

    HIDDEN = "hidden"
    """Nobody sees it any more; the project lead still has to destroy it."""
    DESTROYED = "destroyed"
    """For good (`Redaction` says what, and what somebody still decides)."""
    TAKEN_BACK = "taken_back"


class RemovalRequest(Base):
    """The wish that something goes ("dit moet eruit"). Hidden at once.

    A passage of the raw text, a stretch of sound, or something said that still has to be found.
    """

    __tablename__ = "removal_request"
    __table_args__ = (
        CheckConstraint(
            '(revision_id IS NOT NULL AND start IS NOT NULL AND "end" > start) '
            "OR (recording_id IS NOT NULL AND from_ms IS NOT NULL AND to_ms > from_ms) "
            "OR (revision_id IS NULL AND recording_id IS NULL AND words_sealed IS NOT NULL)",
            name="place",
        ),
    )

    id: Mapped[Id]
    interview_id: Mapped[uuid.UUID] = mapped_column(to("interview.id"), index=True)
    revision_id: Mapped[uuid.UUID | None] = mapped_column(to("revision.id"))
    """The raw revision that `start` and `end` count in (code points, end excluded)."""
    start: Mapped[int | None]
    end: Mapped[int | None]
    recording_id: Mapped[uuid.UUID | None] = mapped_column(to("recording.id"))
    from_ms: Mapped[int | None]
    to_ms: Mapped[int | None]
    words_sealed: Mapped[SealedOrNone]
    """The words themselves, to find them again in a corrected text; destroyed with them."""
    reason_sealed: Mapped[SealedOrNone]
    print_sealed: Mapped[SealedOrNone]
    """Of words that were destroyed: how many there were and a salted hash of them all, to know them when they return."""
    asked_by_interviewee: Mapped[bool] = mapped_column(default=False)
    state: Mapped[RemovalState] = mapped_column(words(RemovalState), default=RemovalState.HIDDEN)
    asked_at: Mapped[Moment]
    asked_by_id: Mapped[uuid.UUID | None] = mapped_column(to("person.id", on_delete="SET NULL"))
    settled_at: Mapped[MomentOrNone]
    settled_by_id: Mapped[uuid.UUID | None] = mapped_column(to("person.id", on_delete="SET NULL"))

    interview: Mapped[Interview] = relationship()


class HoursKind(enum.StrEnum):
    """What somebody spent the time on."""

    TALK = "talk"
    TYPING = "typing"
    MEETING = "meeting"
    TRAVEL = "travel"
    OTHER = "other"


class Hours(Base):
    """Time that a volunteer spent. No money and no bank data, on purpose (mission row 14)."""

    __tablename__ = "hours"
    __table_args__ = (CheckConstraint("minutes > 0 AND minutes <= 1440", name="minutes"),)

    id: Mapped[Id]
    project_id: Mapped[uuid.UUID] = mapped_column(to("project.id"), index=True)
    person_id: Mapped[uuid.UUID] = mapped_column(to("person.id"), index=True)
    interview_id: Mapped[uuid.UUID | None] = mapped_column(to("interview.id", on_delete="SET NULL"))
    kind: Mapped[HoursKind] = mapped_column(words(HoursKind))
    minutes: Mapped[int]
    on: Mapped[date]
    noted_at: Mapped[Moment]


class TrainingItem(enum.StrEnum):
    """What an interviewer does before the first real interview."""

    INTERVIEW_TRAINING = "interview_training"
    PRACTICE_TALK = "practice_talk"
    CONSENT_PRACTICE = "consent_practice"
    SAFETY = "safety"
    CONFIDENTIALITY = "confidentiality"
    """The agreement on confidentiality was signed on this day."""


class TrainingMark(Base):
    """One item of the training list, done on a day."""

    __tablename__ = "training_mark"
    __table_args__ = (UniqueConstraint("project_id", "person_id", "item"),)

    id: Mapped[Id]
    project_id: Mapped[uuid.UUID] = mapped_column(to("project.id"))
    person_id: Mapped[uuid.UUID] = mapped_column(to("person.id"), index=True)
    item: Mapped[TrainingItem] = mapped_column(words(TrainingItem))
    done_on: Mapped[date]
    noted_by_id: Mapped[uuid.UUID | None] = mapped_column(to("person.id", on_delete="SET NULL"))
    remark: Mapped[WordsOrNone]
