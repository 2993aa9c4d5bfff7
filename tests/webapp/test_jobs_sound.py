"""Work on sound behind the pages: made playable, written down, erased in time; done once, found again, nothing in the clear."""

from __future__ import annotations

import uuid
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from interviews import consents, drafts, recordings, speech, tasks
from interviews.access import Actor, actor_for
from interviews.clock import now
from interviews.db import transaction
from interviews.formats import media
from interviews.keys import KeyStore
from interviews.models import Interview, Recording, Task, TypingDraft, TypingVersion
from interviews.models.interview import How
from interviews.models.recording import RecordingOrigin, RecordingState
from interviews.models.task import TaskKind, TaskState
from interviews.models.typing import TypingKind
from interviews.scopes import Scope
from interviews.sealedfiles import SealedFiles
from interviews.turns import Turn
from tests import factories
from tests.factories import Cast
from tests.interviews import tinymodel
from tests.interviews.formats.sounds import TITLE, recorded, tone
from webapp.jobs import Jobs

PREPARE, SPEECH = TaskKind.PREPARE_RECORDING, TaskKind.SPEECH_TO_TEXT


@pytest.fixture
def carla(db: Session, cast: Cast) -> Actor:
    return actor_for(db, cast.carla.id)


@pytest.fixture
def files(tmp_path: Path) -> SealedFiles:
    return SealedFiles(tmp_path / "data" / "files")


@pytest.fixture
def jobs(engine: sa.Engine, tmp_path: Path, keys: KeyStore) -> Jobs:
    """A queue whose jobs are done at once."""
    return Jobs(engine, folder=tmp_path / "data", immediate=True, keys=keys)


@pytest.fixture
def interview(db: Session, cast: Cast, carla: Actor) -> Interview:
    with transaction(db):
        return factories.interview(db, carla, cast.project)


def sent(
    db: Session,
    carla: Actor,
    interview: Interview,
    *parts: bytes,
    keys: KeyStore,
    files: SealedFiles,
    piece: int = 9_000,
) -> uuid.UUID:
    """A recording of which every piece is here."""
    with transaction(db):
        row = recordings.begin(
            db,
            carla,
            interview,
            recording_id=uuid.uuid4(),
            origin=RecordingOrigin.RECORDED,
            media_type="audio/webm;codecs=opus",
        )
        for part, content in enumerate(parts):
            for number, start in enumerate(range(0, len(content), piece)):
                recordings.receive(
                    db,
                    carla,
                    row,
                    part=part,
                    number=number,
                    content=content[start : start + piece],
                    keys=keys,
                    files=files,
                )
        recordings.finish(db, carla, row)
    return row.id


def fresh(db: Session, recording_id: uuid.UUID) -> Recording:
    db.rollback()
    db.expire_all()
    return db.get_one(Recording, recording_id)


def became(db: Session, recording_id: uuid.UUID) -> tuple[RecordingState, str | None]:
    """What became of it; nothing is held afterwards."""
    row = fresh(db, recording_id)
    found = row.state, row.failure
    db.rollback()
    return found


def state_of(db: Session, recording_id: uuid.UUID, kind: TaskKind) -> tuple[TaskState, str | None] | None:
    db.rollback()
    db.expire_all()
    task = tasks.of(db, recording_id, kind)
    found = None if task is None else (task.state, task.failure)
    db.rollback()
    return found


def test_a_recording_in_two_parts_becomes_playable(
    db: Session, carla: Actor, interview: Interview, jobs: Jobs, keys: KeyStore, files: SealedFiles, tmp_path: Path
) -> None:
    recording_id = sent(db, carla, interview, recorded(3), recorded(2), keys=keys, files=files)
    jobs.prepare(recording_id)
    row = fresh(db, recording_id)
    assert row.state is RecordingState.READY
    assert row.media_type == "audio/webm"
    assert abs((row.duration_ms or 0) - 5000) < 100
    assert len(recordings.peaks(db, carla, row, keys=keys)) in (50, 51)
    with recordings.open_sound(db, carla, row, keys=keys, files=files) as sound:
        assert sound.read(4) == b"\x1aE\xdf\xa3"
    db.rollback()
    task = tasks.of(db, recording_id, PREPARE)
    assert task is not None
    assert (task.state, task.done, task.total) == (TaskState.DONE, 1000, 1000)
    # The pieces are gone, and nothing on the disk is sound or a title.
    assert files.names("recording") == [f"recording/{recording_id}/sound"]
    for path in tmp_path.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert TITLE.encode() not in content
            assert b"OpusHead" not in content


def test_done_twice_is_done_once(
    db: Session,
    carla: Actor,
    interview: Interview,
    jobs: Jobs,
    keys: KeyStore,
    files: SealedFiles,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    recording_id = sent(db, carla, interview, recorded(1), keys=keys, files=files)
    jobs.prepare(recording_id)
    monkeypatch.setattr(media, "prepare", lambda *_, **__: pytest.fail("it was done already"))
    jobs.prepare(recording_id)
    jobs._prepare(str(recording_id))
    jobs.prepare(uuid.uuid4())
    assert db.scalar(sa.select(sa.func.count()).select_from(Task)) == 1


def test_what_does_not_play_is_said_and_the_pieces_stay(
    db: Session, carla: Actor, interview: Interview, jobs: Jobs, keys: KeyStore, files: SealedFiles
) -> None:
    recording_id = sent(db, carla, interview, b"Dit is een brief, geen geluid. " * 20, keys=keys, files=files)
    jobs.prepare(recording_id)
    assert became(db, recording_id) == (RecordingState.FAILED, "unreadable.no_sound_file")
    assert state_of(db, recording_id, PREPARE) == (TaskState.FAILED, "unreadable.no_sound_file")
    assert any("piece" in name for name in files.names("recording"))


def test_a_piece_that_was_changed_on_the_disk_is_no_sound(
    db: Session, carla: Actor, interview: Interview, jobs: Jobs, keys: KeyStore, files: SealedFiles
) -> None:
    recording_id = sent(db, carla, interview, recorded(2), keys=keys, files=files)
    name = files.names("recording")[1]
    path = files.directory / name
    path.write_bytes(path.read_bytes()[:-3] + b"abc")
    jobs.prepare(recording_id)
    assert became(db, recording_id) == (RecordingState.FAILED, "recording.damaged")


def test_work_of_a_worker_that_died_is_found_again(
    db: Session,
    carla: Actor,
    interview: Interview,
    jobs: Jobs,
    keys: KeyStore,
    files: SealedFiles,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    never_asked = sent(db, carla, interview, recorded(1), keys=keys, files=files)
    died = sent(db, carla, interview, recorded(1), keys=keys, files=files)
    with transaction(db):
        task = tasks.ask(db, project_id=interview.project_id, kind=PREPARE, subject_id=died)
        tasks.start(db, task)
    assert jobs.catch_up() == 1
    assert became(db, never_asked)[0] is RecordingState.READY
    assert became(db, died)[0] is RecordingState.WHOLE
    moment = now() + tasks.LOST + timedelta(seconds=1)
    monkeypatch.setattr(tasks, "now", lambda: moment)
    assert jobs.catch_up() == 1
    assert became(db, died)[0] is RecordingState.READY
    assert jobs.catch_up() == 0


def test_what_goes_wrong_unexpectedly_is_said_and_not_tried_for_ever(
    db: Session,
    carla: Actor,
    interview: Interview,
    jobs: Jobs,
    keys: KeyStore,
    files: SealedFiles,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def falls_over(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(media, "prepare", falls_over)
    recording_id = sent(db, carla, interview, recorded(1), keys=keys, files=files)
    jobs.prepare(recording_id)
    assert became(db, recording_id) == (RecordingState.FAILED, "task.unexpected")
    assert state_of(db, recording_id, PREPARE) == (TaskState.FAILED, "task.unexpected")
    assert jobs.catch_up() == 0


def test_work_of_which_three_workers_died_ends(
    db: Session,
    carla: Actor,
    interview: Interview,
    jobs: Jobs,
    keys: KeyStore,
    files: SealedFiles,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    recording_id = sent(db, carla, interview, recorded(1), keys=keys, files=files)
    with transaction(db):
        task = tasks.ask(db, project_id=interview.project_id, kind=PREPARE, subject_id=recording_id)
        moment = now()
        for _ in range(tasks.MOST_TRIES):
            assert tasks.start(db, task)
            moment += tasks.LOST + timedelta(seconds=1)
            monkeypatch.setattr(tasks, "now", lambda at=moment: at)
    jobs.prepare(recording_id)
    assert became(db, recording_id) == (RecordingState.FAILED, "task.gave_up")
    assert state_of(db, recording_id, PREPARE) == (TaskState.FAILED, "task.gave_up")


def test_a_recording_erased_meanwhile_stays_erased(
    db: Session,
    carla: Actor,
    interview: Interview,
    jobs: Jobs,
    keys: KeyStore,
    files: SealedFiles,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    recording_id = sent(db, carla, interview, recorded(1), keys=keys, files=files)
    really = media.prepare

    def erased_meanwhile(*args: object, **kwargs: object) -> media.Prepared:
        # Nothing is locked while sound is read: this change does not wait.
        with transaction(db):
            recordings.erase(db, carla, db.get_one(Recording, recording_id))
        return really(*args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(media, "prepare", erased_meanwhile)
    jobs.prepare(recording_id)
    assert became(db, recording_id)[0] is RecordingState.ERASED
    assert files.names("recording") == []
    assert state_of(db, recording_id, PREPARE) == (TaskState.FAILED, "recording.erased")


def test_sound_whose_day_has_come_is_erased(
    db: Session, carla: Actor, interview: Interview, jobs: Jobs, keys: KeyStore, files: SealedFiles
) -> None:
    recording_id = sent(db, carla, interview, recorded(1), keys=keys, files=files)
    jobs.prepare(recording_id)
    with transaction(db):
        db.get_one(Recording, recording_id).erase_on = now().date()
    jobs.catch_up()
    assert became(db, recording_id)[0] is RecordingState.ERASED
    assert files.names("recording") == []


def test_queues_hold_ids_and_speech_waits_apart(
    db: Session,
    carla: Actor,
    interview: Interview,
    engine: sa.Engine,
    tmp_path: Path,
    keys: KeyStore,
    files: SealedFiles,
) -> None:
    recording_id = sent(db, carla, interview, recorded(1), keys=keys, files=files)
    waiting = Jobs(engine, folder=tmp_path / "data", keys=keys)
    waiting.prepare(recording_id)
    waiting.speech(recording_id)
    assert (waiting.queue.pending_count(), waiting.slow.pending_count()) == (1, 1)
    assert state_of(db, recording_id, PREPARE) == (TaskState.WAITING, None)
    task = waiting.queue.dequeue()
    assert task is not None
    assert task.args == (str(recording_id),)
    waiting.queue.execute(task)
    assert became(db, recording_id)[0] is RecordingState.READY


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("faster_whisper", reason="the extra speech is not installed")
    return tinymodel.make(tmp_path_factory.mktemp("model"))


@pytest.fixture
def listening(engine: sa.Engine, tmp_path: Path, keys: KeyStore, model: Path, monkeypatch: pytest.MonkeyPatch) -> Jobs:
    """Jobs with the small model. It hears words in a tone, so what is no voice is not passed over."""
    really = speech.turns
    monkeypatch.setattr(speech, "turns", lambda *args, **kwargs: really(*args, **kwargs, only_voices=False))
    return Jobs(engine, folder=tmp_path / "data", immediate=True, keys=keys, speech_model=model)


def ready(db: Session, carla: Actor, interview: Interview, jobs: Jobs, keys: KeyStore, files: SealedFiles) -> Recording:
    recording_id = sent(db, carla, interview, tone("webm", "libopus", seconds=3), keys=keys, files=files)
    jobs.prepare(recording_id)
    return fresh(db, recording_id)


def test_the_computer_makes_a_first_text_with_times(
    db: Session,
    carla: Actor,
    interview: Interview,
    listening: Jobs,
    model: Path,
    keys: KeyStore,
    files: SealedFiles,
    tmp_path: Path,
) -> None:
    row = ready(db, carla, interview, listening, keys, files)
    with transaction(db):
        speech.ask(db, carla, row, model=model)
    listening.speech(row.id)
    assert state_of(db, row.id, SPEECH) == (TaskState.DONE, None)
    opened = drafts.open_draft(db, carla, db.get_one(Interview, interview.id), keys=keys)
    assert [turn for turn in opened.text.turns if turn.text] == [Turn(None, "Goede middag.", 0, 2000)]
    # Marked as made by the computer, and by nobody else.
    assert (opened.device, opened.saved_by) == ("computer", None)
    assert all(b"Goede middag" not in path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())


def test_what_was_typed_already_stays_and_the_text_of_the_computer_comes_beside_it(
    db: Session, carla: Actor, interview: Interview, listening: Jobs, model: Path, keys: KeyStore, files: SealedFiles
) -> None:
    row = ready(db, carla, interview, listening, keys, files)
    with transaction(db):
        typed = drafts.WorkingText((Turn("I", "Zelf getypt"),), drafts.beginning(1).speakers)
        drafts.save(db, carla, row.interview, drafts.Save(uuid.uuid4(), 0, typed), keys=keys)
        speech.ask(db, carla, row, model=model)
    listening.speech(row.id)
    db.rollback()
    db.expire_all()
    opened = drafts.open_draft(db, carla, db.get_one(Interview, interview.id), keys=keys)
    assert opened.text.turns[0].text == "Zelf getypt"
    aside = db.scalars(sa.select(TypingVersion).where(TypingVersion.kind == TypingKind.ASIDE)).all()
    assert [one.device for one in aside] == ["computer"]


def test_a_no_that_comes_before_the_computer_listens_counts(
    db: Session, carla: Actor, interview: Interview, listening: Jobs, model: Path, keys: KeyStore, files: SealedFiles
) -> None:
    row = ready(db, carla, interview, listening, keys, files)
    with transaction(db):
        speech.ask(db, carla, row, model=model)
        consents.record(db, carla, row.interview.interviewees[0], choices={Scope.USE_RESEARCH: False}, how=How.SPOKEN)
    listening.speech(row.id)
    assert state_of(db, row.id, SPEECH) == (TaskState.FAILED, "speech.gone")
    assert db.scalar(sa.select(sa.func.count()).select_from(TypingDraft)) == 0
