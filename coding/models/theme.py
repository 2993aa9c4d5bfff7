"""The codebook: a tree of themes."""

from __future__ import annotations

import enum
import uuid
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from interviews.columns import Id, Json, Moment, WordList, Words, WordsOrNone, to, words
from interviews.db import Base


class ThemeStatus(enum.StrEnum):
    """How firm a theme is."""

    CONCEPT = "concept"
    FIXED = "fixed"
    RETIRED = "retired"


class Codebook(Base):
    """A project's list of themes, in one version."""

    __tablename__ = "codebook"
    __table_args__ = (UniqueConstraint("project_id", "key", "version"),)

    id: Mapped[Id]
    project_id: Mapped[uuid.UUID] = mapped_column(to("project.id"))
    key: Mapped[Words]
    version: Mapped[Words]
    title: Mapped[Words]
    language: Mapped[Words] = mapped_column(default="nl")
    created_at: Mapped[Moment]

    themes: Mapped[list[Theme]] = relationship(order_by="Theme.position", back_populates="codebook")


class Theme(Base):
    """An entry of the codebook. Top entries (groups) are not chosen themselves (`assignable` False)."""

    __tablename__ = "theme"
    __table_args__ = (UniqueConstraint("codebook_id", "key"),)

    id: Mapped[Id]
    codebook_id: Mapped[uuid.UUID] = mapped_column(to("codebook.id"))
    parent_id: Mapped[uuid.UUID | None] = mapped_column(to("theme.id", on_delete="SET NULL"), index=True)
    key: Mapped[Words]
    """Short and stable, such as "bel.stress"; travels with the codebook."""
    name: Mapped[Words]
    definition: Mapped[Words] = mapped_column(default="")
    include: Mapped[Words] = mapped_column(default="")
    exclude: Mapped[Words] = mapped_column(default="")
    example: Mapped[Words] = mapped_column(default="")
    colour: Mapped[WordsOrNone]
    assignable: Mapped[bool] = mapped_column(default=True)
    level: Mapped[WordsOrNone]
    sources: Mapped[WordList]
    knowledge: Mapped[WordList]
    """Which of the four knowledge sources speak here (mission row 111)."""
    indicators: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    """`lemmas`, `phrases`, `patterns`, `not_when`: lists of words for the tagger."""
    status: Mapped[ThemeStatus] = mapped_column(words(ThemeStatus), default=ThemeStatus.CONCEPT)
    position: Mapped[int]
    created_by_id: Mapped[uuid.UUID | None] = mapped_column(to("person.id", on_delete="SET NULL"))

    codebook: Mapped[Codebook] = relationship(back_populates="themes")
    parent: Mapped[Theme | None] = relationship(remote_side="Theme.id")

    @property
    def group_key(self) -> str:
        """The first part of the key: "bel" of "bel.stress"."""
        return self.key.partition(".")[0]
