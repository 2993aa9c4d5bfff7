"""Names away: what was found, what a person decided, what stands there instead, and who did each step.

The words themselves are never in these tables: a mention is a place in the raw layer, an entity's own name is ciphertext
(class K), and so is what people write about it (class R).
"""

from __future__ import annotations

import enum
import uuid

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from interviews.columns import Id, Json, Moment, MomentOrNone, Sealed, SealedOrNone, Words, to, words
from interviews.db import Base
from interviews.detect.findings import IdentifierType


class MentionStatus(enum.StrEnum):
    """What a person decided about a proposed name."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


class IndirectKind(enum.StrEnum):
    """What makes somebody recognisable without a name."""

    JOB = "job"
    ILLNESS = "illness"
    FAMILY = "family"
    CONVICTION = "conviction"
    ORIGIN = "origin"
    OTHER = "other"


class SpecialCategory(enum.StrEnum):
    """What the law protects more than other data (AVG art. 9 and 10)."""

    HEALTH = "health"
    ORIGIN = "origin"
    RELIGION = "religion"
    SEXUAL = "sexual"
    CRIMINAL = "criminal"
    POLITICAL = "political"


class NameEntity(Base):
    """One person, place or number in a transcript, however often and in whatever form it is named: one pseudonym.

    A passage that makes somebody recognisable without a name is one too, with `indirect` or `categories`.
    """

    __tablename__ = "name_entity"
    __table_args__ = (UniqueConstraint("transcript_id", "key"),)

    id: Mapped[Id]
    transcript_id: Mapped[uuid.UUID] = mapped_column(to("transcript.id"))
    key: Mapped[Words]
    type: Mapped[IdentifierType] = mapped_column(words(IdentifierType))
    canonical_sealed: Mapped[Sealed]
    replacement: Mapped[Words]
    position: Mapped[int]
    indirect: Mapped[IndirectKind | None] = mapped_column(words(IndirectKind))
    """Why a passage that a person marked is recognisable; None for what has a name or a number."""
    categories: Mapped[list[str] | None] = mapped_column(Json)
    """Values of `SpecialCategory` that a person marked here; None or empty for none."""

    mentions: Mapped[list[NameMention]] = relationship(
        order_by="NameMention.turn, NameMention.start",
        back_populates="entity",
        cascade="all, delete-orphan",
        passive_deletes=True,
    )


class NameMention(Base):
    """One place in the raw layer that may tell who somebody is."""

    __tablename__ = "name_mention"
    __table_args__ = (
        Index(None, "entity_id"),
        CheckConstraint('start >= 0 AND "end" > start', name="span"),
    )

    id: Mapped[Id]
    entity_id: Mapped[uuid.UUID] = mapped_column(to("name_entity.id"))
    revision_id: Mapped[uuid.UUID] = mapped_column(to("revision.id"), index=True)
    turn: Mapped[int]
    start: Mapped[int]
    end: Mapped[int]
    """Code points in the text of turn number `turn` of the raw revision, end excluded."""
    reason: Mapped[Words]
    """Key of the sentence that says why this was proposed; "by_hand" when a person added it."""
    score: Mapped[float] = mapped_column(default=1.0)
    status: Mapped[MentionStatus] = mapped_column(words(MentionStatus), default=MentionStatus.PROPOSED)
    proposed_by_id: Mapped[uuid.UUID | None] = mapped_column(to("person.id", on_delete="SET NULL"))
    """None when the name finder proposed it."""
    decided_by_id: Mapped[uuid.UUID | None] = mapped_column(to("person.id", on_delete="SET NULL"))
    decided_at: Mapped[MomentOrNone]
    created_at: Mapped[Moment]

    entity: Mapped[NameEntity] = relationship(back_populates="mentions")


class StepKind(enum.StrEnum):
    """What somebody did in the review of one transcript."""

    DECIDED = "decided"
    RENAMED = "renamed"
    JOINED = "joined"
    SPLIT = "split"
    ADDED = "added"
    MARKED = "marked"
    HANDED_IN = "handed_in"
    SENT_BACK = "sent_back"
    APPROVED = "approved"


class NameStep(Base):
    """One step in the review: who did what, and, until approval, how it was before. Holds no words of the text."""

    __tablename__ = "name_step"

    id: Mapped[Id]
    transcript_id: Mapped[uuid.UUID] = mapped_column(to("transcript.id"), index=True)
    number: Mapped[int]
    """1, 2, 3 … within the transcript."""
    kind: Mapped[StepKind] = mapped_column(words(StepKind))
    by_id: Mapped[uuid.UUID | None] = mapped_column(to("person.id", on_delete="SET NULL"))
    at: Mapped[Moment]
    places: Mapped[int] = mapped_column(default=0)
    """How many mentions it changed."""
    before: Mapped[dict[str, dict[str, list[object] | None]] | None] = mapped_column(Json)
    """Ids, decisions and pseudonyms as they were (`interviews.names.history`); None when it can no longer be undone."""
    after: Mapped[dict[str, dict[str, list[object] | None]] | None] = mapped_column(Json)
    note_sealed: Mapped[SealedOrNone]
    """What somebody wrote with it (class R)."""
    undone_at: Mapped[MomentOrNone]
    undone_by_id: Mapped[uuid.UUID | None] = mapped_column(to("person.id", on_delete="SET NULL"))


class PartLook(Base):
    """Somebody looked at a part of the text and found nothing more in it that makes a person recognisable."""

    __tablename__ = "part_look"

    id: Mapped[Id]
    revision_id: Mapped[uuid.UUID] = mapped_column(to("revision.id"), index=True)
    first_turn: Mapped[int]
    """Number of the turn with which the part begins (`interviews.names.parts_of`)."""
    by_id: Mapped[uuid.UUID | None] = mapped_column(to("person.id", on_delete="SET NULL"))
    at: Mapped[Moment]


class RiskLevel(enum.StrEnum):
    """How likely it is that a reader still recognises somebody."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class ResidualRisk(Base):
    """What who approved thinks of the risk that is left, with the reason (class R)."""

    __tablename__ = "residual_risk"

    id: Mapped[Id]
    transcript_id: Mapped[uuid.UUID] = mapped_column(to("transcript.id"), index=True)
    revision_id: Mapped[uuid.UUID] = mapped_column(to("revision.id"), index=True)
    """The research revision that was made then."""
    level: Mapped[RiskLevel] = mapped_column(words(RiskLevel))
    reason_sealed: Mapped[Sealed]
    parts_not_seen: Mapped[int] = mapped_column(default=0)
    """Parts of the text that nobody had looked at for anything but names."""
    by_id: Mapped[uuid.UUID | None] = mapped_column(to("person.id", on_delete="SET NULL"))
    at: Mapped[Moment]
