"""What became of words that were destroyed: counts and places, never a word."""

from __future__ import annotations

import enum
import uuid

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from interviews.columns import Id, Json, Moment, MomentOrNone, SealedOrNone, Words, to, words
from interviews.db import Base
from interviews.models.aftercare import RemovalRequest
from interviews.models.interview import Interview


class Redaction(Base):
    """Words of one interview that were destroyed: by whom, how much, and how far the slow part is."""

    __tablename__ = "redaction"

    id: Mapped[Id]
    request_id: Mapped[uuid.UUID | None] = mapped_column(to("removal_request.id"), unique=True)
    """What somebody asked to go; None where the text with names went as its time had come (`interviews.retention`)."""
    interview_id: Mapped[uuid.UUID] = mapped_column(to("interview.id"), index=True)
    counts: Mapped[dict[str, int]] = mapped_column(Json, default=dict)
    """Per kind of place how many were emptied, such as "raw": 2."""
    silences: Mapped[list[list[str | int]]] = mapped_column(Json, default=list)
    """Stretches of sound that become silence: [recording id, from ms, to ms]."""
    key_proof: Mapped[SealedOrNone]
    """An empty value under the interview's new key: tells after a crash which of two keys the rows are under."""
    at: Mapped[Moment]
    by_id: Mapped[uuid.UUID | None] = mapped_column(to("person.id", on_delete="SET NULL"))
    renewed_at: Mapped[MomentOrNone]
    """When the sound was silent and the old key was destroyed: old backups hold the words no more in readable form."""

    request: Mapped[RemovalRequest | None] = relationship()
    interview: Mapped[Interview] = relationship()
    decisions: Mapped[list[RedactionDecision]] = relationship(
        order_by="RedactionDecision.kind, RedactionDecision.id",
        cascade="all, delete-orphan",
        passive_deletes=True,
        back_populates="redaction",
    )

    @property
    def waiting(self) -> list[RedactionDecision]:
        """What somebody still decides."""
        return [row for row in self.decisions if row.outcome is None]


class PlaceKind(enum.StrEnum):
    """Where somebody may have written the words that went, in words of their own."""

    MEMO = "memo"
    THEME = "theme"
    QUESTION_NOTE = "question_note"
    MARK_NOTE = "mark_note"
    DEBRIEF = "debrief"
    WORRY = "worry"
    REFLECTION = "reflection"
    HAND_OVER = "hand_over"
    PICTURE = "picture"
    REPLY = "reply"
    SUMMARY = "summary"
    WISH = "wish"
    REQUEST = "request"
    REMARK = "remark"


class Outcome(enum.StrEnum):
    """What somebody decided about a place."""

    WORDS_OUT = "words_out"
    DELETED = "deleted"
    KEPT = "kept"
    """It says something else."""


class RedactionDecision(Base):
    """A place that may hold the words that went: a person looks at it and decides."""

    __tablename__ = "redaction_decision"
    __table_args__ = (
        UniqueConstraint("redaction_id", "kind", "subject_id", "part"),
        CheckConstraint("(outcome IS NULL) = (decided_at IS NULL)", name="decided"),
    )

    id: Mapped[Id]
    redaction_id: Mapped[uuid.UUID] = mapped_column(to("redaction.id"))
    kind: Mapped[PlaceKind] = mapped_column(words(PlaceKind))
    subject_id: Mapped[uuid.UUID]
    """The row that the text is in."""
    part: Mapped[Words] = mapped_column(default="")
    """Which of its texts, where a row has more."""
    spans: Mapped[list[list[int]]] = mapped_column(Json, default=list)
    """Half-open [start, end) in code points of the text as it was then."""
    length: Mapped[int]
    """Code points of the text as it was then: another length means that somebody changed it."""
    outcome: Mapped[Outcome | None] = mapped_column(words(Outcome))
    decided_at: Mapped[MomentOrNone]
    decided_by_id: Mapped[uuid.UUID | None] = mapped_column(to("person.id", on_delete="SET NULL"))

    redaction: Mapped[Redaction] = relationship(back_populates="decisions")
