"""The interview guide: versions, their questions, and the notes an interviewer makes at a question."""

from __future__ import annotations

import uuid

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from interviews.columns import Id, Moment, MomentOrNone, SealedOrNone, WordList, Words, to
from interviews.db import Base


class Guide(Base):
    """One version of a project's interview guide. A version that was used is never changed."""

    __tablename__ = "guide"
    __table_args__ = (UniqueConstraint("project_id", "key", "version"),)

    id: Mapped[Id]
    project_id: Mapped[uuid.UUID] = mapped_column(to("project.id"))
    key: Mapped[Words]
    version: Mapped[Words]
    title: Mapped[Words]
    created_at: Mapped[Moment]
    made_by_id: Mapped[uuid.UUID | None] = mapped_column(to("person.id", on_delete="SET NULL"))
    based_on_id: Mapped[uuid.UUID | None] = mapped_column(to("guide.id", on_delete="SET NULL"))
    published_at: Mapped[MomentOrNone]
    """When the team took it into use; until then it is a concept that may still change."""

    questions: Mapped[list[Question]] = relationship(order_by="Question.position")


class Question(Base):
    """One question of a guide, in both forms of address."""

    __tablename__ = "question"
    __table_args__ = (UniqueConstraint("guide_id", "key"),)

    id: Mapped[Id]
    guide_id: Mapped[uuid.UUID] = mapped_column(to("guide.id"))
    key: Mapped[Words]
    topic: Mapped[Words]
    """Whom the question is for: "opening", a perspective, or "closing"."""
    position: Mapped[int]
    must: Mapped[bool] = mapped_column(default=False)
    text_je: Mapped[Words]
    text_u: Mapped[Words]
    follow_up: Mapped[WordList]
    themes: Mapped[WordList]
    """Keys of the themes the question serves."""


class QuestionRemark(Base):
    """What somebody in the team thinks of a question: interviewers improve the guide themselves. No interview in it."""

    __tablename__ = "question_remark"

    id: Mapped[Id]
    question_id: Mapped[uuid.UUID] = mapped_column(to("question.id"), index=True)
    person_id: Mapped[uuid.UUID | None] = mapped_column(to("person.id", on_delete="SET NULL"))
    text: Mapped[Words]
    at: Mapped[Moment]
    settled_at: Mapped[MomentOrNone]


class QuestionNote(Base):
    """What happened with one question in one interview: asked or skipped, when in the recording, and a short note."""

    __tablename__ = "question_note"
    __table_args__ = (
        UniqueConstraint("interview_id", "question_id"),
        CheckConstraint("at_ms IS NULL OR at_ms >= 0", name="at_ms"),
    )

    id: Mapped[Id]
    interview_id: Mapped[uuid.UUID] = mapped_column(to("interview.id"))
    question_id: Mapped[uuid.UUID] = mapped_column(to("question.id"), index=True)
    asked: Mapped[bool] = mapped_column(default=False)
    skipped: Mapped[bool] = mapped_column(default=False)
    recording_id: Mapped[uuid.UUID | None] = mapped_column(to("recording.id", on_delete="SET NULL"))
    at_ms: Mapped[int | None]
    """Where in the recording the question was asked."""
    text_sealed: Mapped[SealedOrNone]
    """Under the interview's key."""
    changed_at: Mapped[Moment]
    changed_by_id: Mapped[uuid.UUID | None] = mapped_column(to("person.id", on_delete="SET NULL"))
