"""The register of reports: what was built, from what, relying on which consent."""

from __future__ import annotations

import enum
import uuid

from sqlalchemy.orm import Mapped, mapped_column, relationship

from interviews.columns import Id, Moment, MomentOrNone, WordList, Words, to, words
from interviews.db import Base
from interviews.models.person import Person


class ReportKind(enum.StrEnum):
    """For whom a report is made."""

    TEAM = "team"
    CODEBOOK = "codebook"
    TRANSCRIPT = "transcript"


class Report(Base):
    """One built report. The file itself is not kept: it is built again, through the consent gate, at every download."""

    __tablename__ = "report"

    id: Mapped[Id]
    project_id: Mapped[uuid.UUID] = mapped_column(to("project.id"), index=True)
    interview_id: Mapped[uuid.UUID | None] = mapped_column(to("interview.id"), index=True)
    """The interview a team or transcript report is about; None for the whole project."""
    kind: Mapped[ReportKind] = mapped_column(words(ReportKind))
    codebook_version: Mapped[Words]
    sha256: Mapped[Words]
    """Checksum of the file that was given out."""
    consent_choices: Mapped[WordList]
    """Ids of the consent choices that each quoted person's words relied on."""
    quotes: Mapped[int]
    built_by_id: Mapped[uuid.UUID | None] = mapped_column(to("person.id", on_delete="SET NULL"))
    built_at: Mapped[Moment]
    outdated_at: Mapped[MomentOrNone]
    """Since when it may hold words that were destroyed: to be built again, and the old file thrown away."""
    recalled_at: Mapped[MomentOrNone]
    """When somebody whose words are in it stopped: every copy must go. Fewer uses than before show in the choices."""

    built_by: Mapped[Person | None] = relationship()


class HandOut(Base):
    """Somebody has the file of a report: whoever built it, and everybody it was given to (class A)."""

    __tablename__ = "hand_out"

    id: Mapped[Id]
    report_id: Mapped[uuid.UUID] = mapped_column(to("report.id"), index=True)
    person_id: Mapped[uuid.UUID | None] = mapped_column(to("person.id", on_delete="SET NULL"))
    """Who works with the tool and has it; None for somebody outside."""
    holder: Mapped[Words] = mapped_column(default="")
    """Who has it, for somebody outside: an organisation, or a person there."""
    sha256: Mapped[Words]
    """Checksum of the file, to know it by."""
    given_at: Mapped[Moment]
    given_by_id: Mapped[uuid.UUID | None] = mapped_column(to("person.id", on_delete="SET NULL"))
    told_at: Mapped[MomentOrNone]
    """When the holder was last told that it must go."""

    report: Mapped[Report] = relationship()
    person: Mapped[Person | None] = relationship(foreign_keys=[person_id])
