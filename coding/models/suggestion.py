"""What the tagger proposes, and what each person answered."""

from __future__ import annotations

import enum
import uuid

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coding.models.segment import AnchorColumns
from coding.models.theme import Theme
from interviews.columns import Id, Moment, WordList, Words, to, words
from interviews.db import Base
from interviews.models.transcript import Transcript


class Answer(enum.StrEnum):
    """What a person says of a suggestion."""

    YES = "yes"
    NO = "no"
    LATER = "later"


class Suggestion(AnchorColumns, Base):
    """A machine's proposal. Never a segment until a person accepts it."""

    __tablename__ = "suggestion"
    __table_args__ = (
        Index(None, "transcript_id", "start"),
        CheckConstraint('start >= 0 AND "end" > start', name="span"),
    )

    id: Mapped[Id]
    transcript_id: Mapped[uuid.UUID] = mapped_column(to("transcript.id"))
    revision_id: Mapped[uuid.UUID] = mapped_column(to("revision.id"), index=True)
    theme_id: Mapped[uuid.UUID] = mapped_column(to("theme.id"), index=True)
    score: Mapped[float]
    reason: Mapped[WordList]
    """The matched words, as they stand in the text."""
    source: Mapped[Words] = mapped_column(default="rules")
    created_at: Mapped[Moment]

    theme: Mapped[Theme] = relationship()
    transcript: Mapped[Transcript] = relationship()
    answers: Mapped[list[SuggestionAnswer]] = relationship(
        cascade="all, delete-orphan", passive_deletes=True, back_populates="suggestion"
    )


class SuggestionAnswer(Base):
    """One person's answer; kept, also when it was no."""

    __tablename__ = "suggestion_answer"
    __table_args__ = (UniqueConstraint("suggestion_id", "person_id"),)

    id: Mapped[Id]
    suggestion_id: Mapped[uuid.UUID] = mapped_column(to("suggestion.id"))
    person_id: Mapped[uuid.UUID] = mapped_column(to("person.id"), index=True)
    answer: Mapped[Answer] = mapped_column(words(Answer))
    segment_id: Mapped[uuid.UUID | None] = mapped_column(to("segment.id", on_delete="SET NULL"), index=True)
    """The segment that a yes made."""
    answered_at: Mapped[Moment]

    suggestion: Mapped[Suggestion] = relationship(back_populates="answers")
