"""A project, where it takes place and who works in it."""

from __future__ import annotations

import enum
import uuid
from datetime import date

import sqlalchemy as sa
from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from interviews.columns import Id, Moment, Words, to, words
from interviews.db import Base
from interviews.models.person import Person


class Phase(enum.StrEnum):
    """Where the action research stands (mission row 2)."""

    EXPLORE = "explore"
    INTERVIEW = "interview"
    INTERPRET = "interpret"
    DEVISE = "devise"
    TEST = "test"
    FEED_BACK = "feed_back"


class CodingStyle(enum.StrEnum):
    """How the team codes: talking until it agrees, or with a fixed codebook and agreement figures."""

    DIALOGUE = "dialogue"
    AGREEMENT = "agreement"


class Role(enum.StrEnum):
    """What somebody does in one project. A person may have several."""

    PEER_INTERVIEWER = "peer_interviewer"
    CO_CODER = "co_coder"
    """Ervaringsdeskundige who reads and codes."""
    RESEARCHER = "researcher"
    PROJECT_LEAD = "project_lead"
    MUNICIPALITY_READER = "municipality_reader"
    KEY_HOLDER = "key_holder"
    """Knows who the interviewees are, and nothing else; preferably somebody outside the commissioning body."""


class AfterExport(enum.StrEnum):
    """What happens when somebody stops after the date until which everything can still be erased."""

    ERASE = "erase"
    KEEP = "keep"
    """Nobody uses it any more, and it is kept."""


class Project(Base):
    """One piece of action research; everything belongs to exactly one project."""

    __tablename__ = "project"
    __table_args__ = (
        CheckConstraint("min_group_size >= 3", name="min_group_size"),
        CheckConstraint("audio_days >= 0 AND contact_days >= 0 AND text_years >= 0", name="retention"),
    )

    id: Mapped[Id]
    title: Mapped[Words]
    research_question: Mapped[Words]
    phase: Mapped[Phase] = mapped_column(words(Phase), default=Phase.EXPLORE)
    coding_style: Mapped[CodingStyle] = mapped_column(words(CodingStyle), default=CodingStyle.DIALOGUE)
    consulent_word: Mapped[Words] = mapped_column(default="consulent")
    client_word: Mapped[Words] = mapped_column(default="cliënt")
    min_group_size: Mapped[int] = mapped_column(default=3)
    """Interviewees per theme and perspective below which nothing is reported outside."""
    audio_days: Mapped[int] = mapped_column(default=30)
    """Days after approval of the transcript before sound is erased."""
    raw_days: Mapped[int] = mapped_column(default=90, server_default="90")
    """Days after approval before the text with names is replaced by the one without."""
    contact_days: Mapped[int] = mapped_column(default=90)
    """Days after the last thing that was done with an interviewee before the contact is erased."""
    text_years: Mapped[int] = mapped_column(default=10)
    """Years after publication before the stories themselves are erased."""
    published_on: Mapped[date | None]
    """The day of the last publication; None while there is none, and then the years do not run."""
    help_name: Mapped[Words] = mapped_column(default="")
    help_phone: Mapped[Words] = mapped_column(default="")
    erase_until: Mapped[date | None]
    """The day that the consent form names: until then, who stops has everything erased. None: always."""
    after_export: Mapped[AfterExport] = mapped_column(
        words(AfterExport), default=AfterExport.ERASE, server_default="erase"
    )
    """What stopping does after that day."""
    nameless: Mapped[bool] = mapped_column(default=False, server_default=sa.false())
    """True when the project keeps nobody's name or address at all."""
    made_up: Mapped[bool] = mapped_column(default=False)
    """True for example projects: every page and file says so."""
    created_at: Mapped[Moment]

    municipalities: Mapped[list[Municipality]] = relationship(order_by="Municipality.name", back_populates="project")


class Municipality(Base):
    """A municipality that takes part in a project."""

    __tablename__ = "municipality"
    __table_args__ = (UniqueConstraint("project_id", "name"),)

    id: Mapped[Id]
    project_id: Mapped[uuid.UUID] = mapped_column(to("project.id"))
    name: Mapped[Words]
    export_name: Mapped[Words]
    """What leaves the house instead of the name, for example "gemeente B"."""
    context_note: Mapped[Words] = mapped_column(default="")

    project: Mapped[Project] = relationship(back_populates="municipalities")


class Membership(Base):
    """One role of one person in one project."""

    __tablename__ = "membership"
    __table_args__ = (UniqueConstraint("project_id", "person_id", "role"),)

    id: Mapped[Id]
    project_id: Mapped[uuid.UUID] = mapped_column(to("project.id"))
    person_id: Mapped[uuid.UUID] = mapped_column(to("person.id"), index=True)
    role: Mapped[Role] = mapped_column(words(Role))
    municipality_id: Mapped[uuid.UUID | None] = mapped_column(to("municipality.id", on_delete="SET NULL"))
    """The reach of a municipality reader."""
    created_at: Mapped[Moment]

    person: Mapped[Person] = relationship()
    project: Mapped[Project] = relationship()
