"""Long work: asked for once, done once, found again after a crash, and never slower for being watched."""

from __future__ import annotations

import time
import uuid
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from interviews import clock, tasks
from interviews.db import transaction, writing
from interviews.models import Project, Task
from interviews.models.task import TaskKind, TaskState
from tests import factories
from tests.factories import Cast


def ask(session: Session, cast: Cast, subject: uuid.UUID, kind: TaskKind = TaskKind.PREPARE_RECORDING) -> Task:
    return tasks.ask(session, project_id=cast.project.id, kind=kind, subject_id=subject)


def test_asked_twice_is_asked_once(db: Session, cast: Cast) -> None:
    one, other = uuid.uuid4(), uuid.uuid4()
    with transaction(db):
        first = ask(db, cast, one)
        assert ask(db, cast, one) is first
        assert ask(db, cast, other) is not first
        assert ask(db, cast, one, TaskKind.SPEECH_TO_TEXT) is not first
        assert tasks.start(db, first)
        assert ask(db, cast, one) is first
        tasks.done(db, first)
        again = ask(db, cast, one)
        assert again is not first
    assert tasks.of(db, one, TaskKind.PREPARE_RECORDING) == again


def test_two_who_ask_at_once_get_the_same_task(any_engine: sa.Engine) -> None:
    from concurrent.futures import ThreadPoolExecutor

    with writing(any_engine)() as session, transaction(session):
        project = factories.project(session, factories.person(session, "alice")).id
    subject = uuid.uuid4()

    def asked(_: int) -> uuid.UUID:
        with writing(any_engine)() as session, transaction(session):
            return tasks.ask(session, project_id=project, kind=TaskKind.SPEECH_TO_TEXT, subject_id=subject).id

    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(asked, range(8)))) == 1


def test_a_task_is_taken_by_one(db: Session, cast: Cast) -> None:
    with transaction(db):
        task = ask(db, cast, uuid.uuid4())
        assert tasks.start(db, task)
        assert not tasks.start(db, task)
        tasks.done(db, task)
        assert not tasks.start(db, task)


def test_a_worker_that_died_is_found_by_its_silence(db: Session, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    kind = TaskKind.PREPARE_RECORDING
    with transaction(db):
        task = ask(db, cast, uuid.uuid4())
        assert tasks.waiting(db, kind) == [task]
        assert tasks.start(db, task)
        assert tasks.waiting(db, kind) == []
    _later(monkeypatch, tasks.LOST + timedelta(seconds=1))
    with transaction(db):
        assert tasks.waiting(db, kind) == [task]
        assert task.state is TaskState.WAITING
        assert tasks.start(db, task)
        # It was only slow, and says so: the other one does not take it a second time.
        tasks.progress(db, task.id, 5, 10)
        db.refresh(task)
        assert not tasks.start(db, task)


def test_progress_fits_and_ends_with_the_task(db: Session, cast: Cast) -> None:
    with transaction(db):
        task = ask(db, cast, uuid.uuid4())
        tasks.start(db, task)
        for said, kept in (((3, 10), (3, 10)), ((-1, 10), (0, 10)), ((12, 10), (10, 10)), ((4, -1), (0, 0))):
            tasks.progress(db, task.id, *said)
            db.refresh(task)
            assert (task.done, task.total) == kept
        tasks.failed(db, task, "recording.damaged")
        tasks.progress(db, task.id, 1, 2)
        tasks.done(db, task)
        db.refresh(task)
    assert (task.state, task.failure, task.total) == (TaskState.FAILED, "recording.damaged", 0)
    assert task.ended_at is not None


def test_news_is_told_once_a_second_and_the_end_always(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[int] = []
    moment = [0.0]
    monkeypatch.setattr(time, "monotonic", lambda: moment[0])
    pace = tasks.Pace(lambda done, total: told.append(done))
    for done in range(100):
        moment[0] = done / 10
        pace(done, 100)
    pace(100, 100)
    assert told == [*range(0, 100, 10), 100]


def test_a_project_that_goes_takes_its_tasks_along(db: Session, cast: Cast) -> None:
    with transaction(db):
        ask(db, cast, uuid.uuid4())
        db.execute(sa.delete(Project).where(Project.id == cast.project.id))
    assert db.scalar(sa.select(sa.func.count()).select_from(Task)) == 0


def _later(monkeypatch: pytest.MonkeyPatch, by: timedelta) -> None:
    moment: datetime = clock.now() + by
    monkeypatch.setattr(tasks, "now", lambda: moment)
