"""Work on sound: making a recording playable, a first text of it, and erasing it when its day has come.

Nobody waits for this with a page open, and nobody may wait behind it either: rows are read, let go of, and written in
short transactions; understanding the sound holds none.
"""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable, Sequence
from contextlib import ExitStack, closing
from pathlib import Path

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from interviews import attachments, recordings, speech, tasks
from interviews.db import reading, transaction, writing
from interviews.errors import Invalid
from interviews.formats import media
from interviews.formats.media import Prepared
from interviews.keys import KeysError, KeyStore
from interviews.models import Recording, Task
from interviews.models.recording import RecordingState
from interviews.models.task import TaskKind
from interviews.recordings import Work
from interviews.sealedfiles import SealedFiles

logger = logging.getLogger(__name__)

_LONGER_MS = 60_000
"""What a recording may be longer than the longest before the work on it ends; `store_ready` has the last word."""


class Gone(Exception):
    """The recording was erased, or somebody took a yes back, while work on it was going on."""


class Sound:
    """The work on sound of one installation."""

    def __init__(self, engine: Engine, keys: KeyStore, files: SealedFiles, speech_model: Path | None) -> None:
        self._engine, self._keys, self._files, self._model = engine, keys, files, speech_model

    def ask_to_prepare(self, recording_id: uuid.UUID) -> bool:
        """Make the task that a page shows; False when the recording does not wait to be made ready."""
        with writing(self._engine)() as session, transaction(session):
            recording = session.get(Recording, recording_id)
            if recording is None or recording.state is not RecordingState.WHOLE:
                return False
            self._ask(session, recording)
        return True

    def prepare(self, recording_id: uuid.UUID) -> bool:
        """Make a recording playable; False when there was nothing to do, or when it does not play."""
        task_id = self._take(recording_id, TaskKind.PREPARE_RECORDING)
        if task_id is None:
            return False
        try:
            with reading(self._engine)() as session:
                recording = session.get(Recording, recording_id)
                work = None
                if recording is not None:
                    work = recordings.work_on(session, recording, keys=self._keys, files=self._files)
            prepared = None if work is None else self._made(work, task_id)
        except Invalid as refusal:
            return self._not_ready(recording_id, task_id, refusal.key)
        except (KeysError, FileNotFoundError):
            logger.exception("the sound of recording %s cannot be opened", recording_id)
            return self._not_ready(recording_id, task_id, "recording.damaged")
        except Exception:
            # Whatever it is, the next try meets it again: a page says so, and nobody waits for ever.
            logger.exception("recording %s cannot be made ready", recording_id)
            return self._not_ready(recording_id, task_id, "task.unexpected")
        return self._ready(recording_id, task_id, prepared)

    def write_down(self, recording_id: uuid.UUID) -> bool:
        """Let the computer make a first text of a recording; False when it did not."""
        task_id = self._take(recording_id, TaskKind.SPEECH_TO_TEXT)
        if task_id is None:
            return False
        try:
            self._written(recording_id, task_id)
        except Gone:
            key = "speech.gone"
        except Invalid as refusal:
            key = refusal.key
        except (KeysError, FileNotFoundError):
            logger.exception("the sound of recording %s cannot be opened", recording_id)
            key = "recording.damaged"
        except Exception:
            logger.exception("recording %s cannot be written down", recording_id)
            key = "task.unexpected"
        else:
            return True
        self._end(task_id, key)
        return False

    def to_prepare(self) -> Sequence[uuid.UUID]:
        """Return the recordings that wait to be made ready and that nobody is at, and let each have its task."""
        with writing(self._engine)() as session, transaction(session):
            rows = session.scalars(select(Recording).where(Recording.state == RecordingState.WHOLE)).all()
            for row in rows:
                self._ask(session, row)
            return [task.subject_id for task in tasks.waiting(session, TaskKind.PREPARE_RECORDING)]

    def to_write_down(self) -> Sequence[uuid.UUID]:
        """Return the recordings of which somebody asked a first text, and that nobody is at."""
        with writing(self._engine)() as session, transaction(session):
            return [task.subject_id for task in tasks.waiting(session, TaskKind.SPEECH_TO_TEXT)]

    def erase_due(self) -> int:
        """Erase the recordings whose day has come, and every file that no row names; return how many recordings."""
        with writing(self._engine)() as session, transaction(session):
            erased = [row.id for row in recordings.erase_due(session)]
        with reading(self._engine)() as session:
            recordings.sweep(session, self._files)
            attachments.sweep(session, self._files)
        for recording_id in erased:
            logger.info("recording %s was erased: its day had come", recording_id)
        return len(erased)

    def _made(self, work: Work, task_id: uuid.UUID) -> Prepared:
        """Make the sealed file that will be played; it is not there when this raises."""
        with ExitStack() as held:
            parts = [(held.enter_context(closing(part)), part.size) for part in work.parts()]
            out = held.enter_context(work.sound())
            return media.prepare(
                parts,
                sink=out.write,
                most_ms=recordings.MAX_MS + _LONGER_MS,
                progress=tasks.Pace(self._tells(task_id)),
            )

    def _ready(self, recording_id: uuid.UUID, task_id: uuid.UUID, prepared: Prepared | None) -> bool:
        try:
            with writing(self._engine)() as session, transaction(session):
                recording = session.get(Recording, recording_id)
                if recording is not None and prepared is not None:
                    recordings.store_ready(
                        session,
                        recording,
                        media_type=prepared.media_type,
                        duration_ms=prepared.duration_ms,
                        peaks=prepared.peaks,
                        keys=self._keys,
                    )
                tasks.done(session, session.get_one(Task, task_id))
        except Invalid as refusal:
            return self._not_ready(recording_id, task_id, refusal.key)
        self._sweep(recording_id)
        if prepared is not None and prepared.left_out:
            logger.warning("recording %s: %d parts without sound were left out", recording_id, prepared.left_out)
        return prepared is not None

    def _not_ready(self, recording_id: uuid.UUID, task_id: uuid.UUID, key: str) -> bool:
        with writing(self._engine)() as session, transaction(session):
            recording = session.get(Recording, recording_id)
            if recording is not None:
                recordings.store_failed(session, recording, _plain(key))
            tasks.failed(session, session.get_one(Task, task_id), _plain(key))
        self._sweep(recording_id)
        return False

    def _sweep(self, recording_id: uuid.UUID) -> None:
        with reading(self._engine)() as session:
            recording = session.get(Recording, recording_id)
            if recording is not None:
                recordings.sweep(session, self._files, recording)

    def _written(self, recording_id: uuid.UUID, task_id: uuid.UUID) -> None:
        with reading(self._engine)() as session:
            recording = _listenable(session, recording_id)
            sound = speech.open_sound(recording, keys=self._keys, files=self._files)
            duration_ms = recording.duration_ms or 0
        tell = tasks.Pace(self._tells(task_id, watching=recording_id))
        with sound:
            turns = list(speech.turns(self._model, sound, duration_ms=duration_ms, progress=tell))
        with writing(self._engine)() as session, transaction(session):
            speech.deliver(session, _listenable(session, recording_id), turns, keys=self._keys)
            tasks.done(session, session.get_one(Task, task_id))

    def _ask(self, session: Session, recording: Recording) -> None:
        tasks.ask(
            session,
            project_id=recording.interview.project_id,
            kind=TaskKind.PREPARE_RECORDING,
            subject_id=recording.id,
            asked_by=recording.made_by_id,
        )

    def _take(self, recording_id: uuid.UUID, kind: TaskKind) -> uuid.UUID | None:
        """Take the task; None when there is none to take."""
        with writing(self._engine)() as session, transaction(session):
            task = tasks.of(session, recording_id, kind)
            if task is None:
                return None
            if tasks.start(session, task):
                return task.id
            recording = session.get(Recording, recording_id)
            if kind is TaskKind.PREPARE_RECORDING and recording is not None and task.failure == tasks.GAVE_UP:
                recordings.store_failed(session, recording, tasks.GAVE_UP)
            return None

    def _end(self, task_id: uuid.UUID, key: str) -> None:
        with writing(self._engine)() as session, transaction(session):
            tasks.failed(session, session.get_one(Task, task_id), _plain(key))

    def _tells(self, task_id: uuid.UUID, *, watching: uuid.UUID | None = None) -> Callable[[int, int], None]:
        """Return what writes down how far it is; it raises Gone when the recording `watching` may not be heard any more."""

        def tell(done: int, total: int) -> None:
            with writing(self._engine)() as session, transaction(session):
                tasks.progress(session, task_id, done, total)
                if watching is not None:
                    _listenable(session, watching)

        return tell


def _listenable(session: Session, recording_id: uuid.UUID) -> Recording:
    """Return the recording while it may be listened to. Raises Gone."""
    recording = session.get(Recording, recording_id)
    if recording is None or not speech.may_be_heard(recording):
        raise Gone
    return recording


def _plain(key: str) -> str:
    """Return the key of a sentence that needs no fields: a row keeps the key alone."""
    return "unreadable.sound_too_long" if key == "recording.too_long" else key
