"""Long work that a page shows the progress of. Holds ids and numbers, never a word of an interview."""

from __future__ import annotations

import enum
import uuid

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from interviews.columns import Id, Moment, MomentOrNone, WordsOrNone, to, words
from interviews.db import Base


class TaskKind(enum.StrEnum):
    """What is being done."""

    PREPARE_RECORDING = "prepare_recording"
    SPEECH_TO_TEXT = "speech_to_text"


class TaskState(enum.StrEnum):
    """How far it is."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class Task(Base):
    """One piece of long work on one row. Found again after a crash: RUNNING and not seen for a while waits again."""

    __tablename__ = "task"
    __table_args__ = (
        Index(None, "kind", "subject_id"),
        CheckConstraint("done >= 0 AND total >= 0 AND done <= total", name="progress"),
    )

    id: Mapped[Id]
    project_id: Mapped[uuid.UUID] = mapped_column(to("project.id"), index=True)
    kind: Mapped[TaskKind] = mapped_column(words(TaskKind))
    subject_id: Mapped[uuid.UUID]
    """The row it works on: a recording, for both kinds there are now."""
    state: Mapped[TaskState] = mapped_column(words(TaskState), default=TaskState.WAITING)
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    tries: Mapped[int] = mapped_column(default=0, server_default="0")
    """How often somebody took it. Work that a worker dies of each time is not tried for ever."""
    failure: Mapped[WordsOrNone]
    """Key of the sentence that says what went wrong."""
    asked_at: Mapped[Moment]
    asked_by_id: Mapped[uuid.UUID | None] = mapped_column(to("person.id", on_delete="SET NULL"))
    seen_at: Mapped[MomentOrNone]
    """When the worker last said that it is at work."""
    ended_at: Mapped[MomentOrNone]
