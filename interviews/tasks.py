"""Long work that a page shows the progress of: asked for once, done once, and found again after a crash.

A row says what is to be done and how far it is; who does it is a job of the edge. In order: `ask` makes the row, or
returns the one that is at it; `start` takes it; `progress` says that the worker lives, a second apart at least (`Pace`);
`done` or `failed` ends it. What was RUNNING and is not heard of any more waits again (`waiting`).

The verbs here ask no permission: who may ask for work is asked by the verb of that work (`recordings.finish`,
`speech.ask`), and who may see how far it is by the page.
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Sequence
from datetime import timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from interviews.clock import now
from interviews.models import Project, Task
from interviews.models.task import TaskKind, TaskState

LOST = timedelta(minutes=10)
"""A worker that says nothing for so long is dead: a loaded model, or one part of an hour of sound, takes less."""
MOST_TRIES = 3
"""So often a worker may die of the same work (a memory that is full, a decoder that falls over)."""
GAVE_UP = "task.gave_up"
"""The failure of a task that was tried too often."""
AT_IT = (TaskState.WAITING, TaskState.RUNNING)


def ask(
    session: Session,
    *,
    project_id: uuid.UUID,
    kind: TaskKind,
    subject_id: uuid.UUID,
    asked_by: uuid.UUID | None = None,
) -> Task:
    """Return the task of this kind on this row that waits or runs; a new one when there is none."""
    # Held until the transaction ends: two who ask at once get the same task.
    session.execute(select(Project.id).where(Project.id == project_id).with_for_update())
    known = of(session, subject_id, kind)
    if known is not None and known.state in AT_IT:
        return known
    task = Task(project_id=project_id, kind=kind, subject_id=subject_id, asked_by_id=asked_by, asked_at=now())
    session.add(task)
    session.flush()
    return task


def of(session: Session, subject_id: uuid.UUID, kind: TaskKind) -> Task | None:
    """Return the newest task of this kind on a row, however far it is; None when nobody ever asked."""
    return session.scalars(
        select(Task)
        .where(Task.subject_id == subject_id, Task.kind == kind)
        .order_by(Task.asked_at.desc(), Task.id)
        .limit(1)
    ).first()


def start(session: Session, task: Task) -> bool:
    """Take a task; False when it ended, or when somebody else is at it and was heard of lately.

    One that was tried too often ends here, with `GAVE_UP`.
    """
    session.refresh(task, with_for_update=True)
    if task.state not in AT_IT or (task.state is TaskState.RUNNING and not _is_lost(task)):
        return False
    if task.tries >= MOST_TRIES:
        _end(session, task, TaskState.FAILED, GAVE_UP)
        return False
    task.tries += 1
    task.state, task.seen_at, task.done, task.failure = TaskState.RUNNING, now(), 0, None
    session.flush()
    return True


def progress(session: Session, task_id: uuid.UUID, done: int, total: int) -> None:
    """Write down how far a running task is. Numbers that cannot be are made to fit; a task that ended stays ended."""
    total = max(total, 0)
    session.execute(
        update(Task)
        .where(Task.id == task_id, Task.state == TaskState.RUNNING)
        .values(done=min(max(done, 0), total), total=total, seen_at=now())
    )


def done(session: Session, task: Task) -> None:
    """Write down that it is done. Again is no error."""
    _end(session, task, TaskState.DONE, None)


def failed(session: Session, task: Task, key: str) -> None:
    """Write down that it cannot be done, with the key of the sentence that says why."""
    _end(session, task, TaskState.FAILED, key)


def waiting(session: Session, kind: TaskKind) -> Sequence[Task]:
    """Return the tasks of this kind that somebody must do, those of workers that died among them, oldest first."""
    rows = session.scalars(
        select(Task).where(Task.kind == kind, Task.state.in_(AT_IT)).order_by(Task.asked_at, Task.id)
    ).all()
    found = []
    for task in rows:
        if task.state is TaskState.RUNNING:
            if not _is_lost(task):
                continue
            task.state = TaskState.WAITING
        found.append(task)
    session.flush()
    return found


class Pace:
    """Lets news through at most once a second; the last word always."""

    def __init__(self, tell: Callable[[int, int], None], *, seconds: float = 1.0) -> None:
        self._tell, self._seconds = tell, seconds
        self._told: float | None = None

    def __call__(self, done: int, total: int) -> None:
        """Say how far it is."""
        moment = time.monotonic()
        if self._told is None or done >= total or moment - self._told >= self._seconds:
            self._told = moment
            self._tell(done, total)


def _is_lost(task: Task) -> bool:
    return task.seen_at is None or now() - task.seen_at > LOST


def _end(session: Session, task: Task, state: TaskState, failure: str | None) -> None:
    session.refresh(task, with_for_update=True)
    if task.state not in AT_IT:
        return
    task.state, task.failure, task.ended_at = state, failure, now()
    if state is TaskState.DONE:
        task.done = task.total
    session.flush()
