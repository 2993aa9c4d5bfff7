"""Somebody stopped: what was asked, what went, and when. Ids, numbers and a code; never a word of a story."""

from __future__ import annotations

import enum
import uuid

from sqlalchemy.orm import Mapped, mapped_column

from interviews.columns import Id, Json, Moment, MomentOrNone, WordList, Words, to, words
from interviews.db import Base
from interviews.models.interview import Address


class Asked(enum.StrEnum):
    """How somebody said it."""

    IN_PERSON = "in_person"
    PHONE = "phone"
    MESSAGE = "message"
    """By letter, mail or app."""
    LINK = "link"
    """By the person alone, on the own page."""
    OTHER = "other"


class Outcome(enum.StrEnum):
    """What was done."""

    ERASED = "erased"
    """Everything of the interview is gone."""
    CLOSED = "closed"
    """Nobody uses it any more, and it is kept: the project chose that for after its export date."""
    LESS = "less"
    """Fewer uses than before."""


class Withdrawal(Base):
    """One time that somebody stopped. Refers to the interview by id without a foreign key: the line outlives it."""

    __tablename__ = "withdrawal"

    id: Mapped[Id]
    project_id: Mapped[uuid.UUID] = mapped_column(to("project.id"), index=True)
    interview_id: Mapped[uuid.UUID] = mapped_column(index=True)
    code: Mapped[Words]
    """Of the interview, such as "D-07"."""
    address: Mapped[Address] = mapped_column(words(Address))
    """How the letter speaks to the person."""
    outcome: Mapped[Outcome] = mapped_column(words(Outcome))
    scopes: Mapped[WordList]
    """The uses that were taken back; every one that was allowed when the whole story was."""
    asked: Mapped[Asked] = mapped_column(words(Asked))
    at: Mapped[Moment]
    by_id: Mapped[uuid.UUID | None] = mapped_column(to("person.id", on_delete="SET NULL"))
    """Who wrote it down; None for the person alone, or for a restore that did it again."""
    counts: Mapped[dict[str, int]] = mapped_column(Json, default=dict)
    """Rows and files that went, per kind."""
    reports: Mapped[WordList]
    """Ids of the reports in the register that held words of this person."""
    finished_at: Mapped[MomentOrNone]
    """When the files and the database's log were emptied too; until then a worker goes on with it."""
