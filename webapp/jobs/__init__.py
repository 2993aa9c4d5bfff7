"""Work that a page does not wait for: a queue of ids, and what is done with them.

Huey with its own small SQLite file in the data folder, or Redis when `REDIS_URL` is set. A job carries ids only: the
queue never holds a word of an interview. Every job is idempotent, and what was not done when a worker died is found
again from the rows themselves (`catch_up`, at the start of a worker and once an hour), so the queue may be thrown away
at any time. What takes hours (`speech`) has a queue of its own, so that nothing waits behind it.
"""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable
from pathlib import Path

from huey import Huey, RedisHuey, SqliteHuey, crontab
from huey.constants import WORKER_THREAD
from sqlalchemy import Engine, select

from coding import segments, suggestions
from coding.codebooks import codebook_of, lexicon_of
from interviews import throttle
from interviews.db import reading, transaction, writing
from interviews.keys import KeyStore
from interviews.ledger import Ledger
from interviews.models import Transcript
from interviews.models.interview import Status
from interviews.scopes import Scope
from interviews.sealedfiles import SealedFiles
from webapp import erasing
from webapp.jobs.log import keep_head
from webapp.jobs.redacting import Redacting
from webapp.jobs.retention import erase_due
from webapp.jobs.sound import Sound

logger = logging.getLogger(__name__)


class Jobs:
    """The queue of one installation. With `immediate` a job is done at once, in the caller (tests, commands)."""

    def __init__(
        self,
        engine: Engine,
        *,
        folder: Path,
        redis_url: str | None = None,
        immediate: bool = False,
        keys: KeyStore | None = None,
        speech_model: Path | None = None,
        heads: Path | None = None,
    ) -> None:
        """Use the queue in `folder` or at `redis_url`. Without `keys` no work on sound, without `heads` none on the log."""
        self._folder, self._keys = folder, keys
        self._heads = heads
        self._engine = engine
        self._sound = None if keys is None else Sound(engine, keys, SealedFiles(folder / "files"), speech_model)

        def queue(name: str) -> Huey:
            if redis_url:
                return RedisHuey(name, url=redis_url, immediate=immediate)
            return SqliteHuey(name, filename=str(folder / "jobs.db"), immediate=immediate)

        self.queue = queue("dichterbij")
        self.slow = queue("dichterbij-slow")
        """For what takes hours, one at a time."""
        self._tag: Callable[[str], object] = self.queue.task(retries=2, retry_delay=10, name="tag")(self._tag_now)
        self._prepare: Callable[[str], object] = self.queue.task(name="prepare")(self._prepare_now)
        self._redact: Callable[[str], object] = self.queue.task(name="redact")(self._redact_now)
        self._speech: Callable[[str], object] = self.slow.task(name="speech")(self._speech_now)
        self.queue.periodic_task(crontab(minute="17"), name="look_around")(self.catch_up)

    def tag(self, transcript_id: uuid.UUID) -> None:
        """Ask for suggestions on the newest research text of a transcript. Call this after the commit."""
        self._tag(str(transcript_id))

    def _tag_now(self, transcript_id: str) -> int:
        wanted = uuid.UUID(transcript_id)
        with reading(self._engine)() as session:
            transcript = session.get(Transcript, wanted)
            codebook = None if transcript is None else codebook_of(session, transcript.interview.project_id)
            lexicon = None if codebook is None else lexicon_of(codebook)
        if lexicon is None:
            return 0
        # spaCy is loaded here, on the first job and before anything is locked, and never by a page.
        from coding.tagging.tagger import default_tagger

        tagger = default_tagger(lexicon)
        with writing(self._engine)() as session, transaction(session):
            # Locked: two workers with the same job find the same words twice.
            transcript = session.get(Transcript, wanted, with_for_update=True)
            if transcript is None or not _waits(transcript):
                return 0
            segments.follow(session, transcript)
            added = suggestions.refresh(session, transcript, tagger)
        logger.info("tagged %s: %d suggestions", transcript_id, added)
        return added

    def prepare(self, recording_id: uuid.UUID) -> None:
        """Ask that a recording of which everything is here becomes playable. Call this after the commit."""
        if self._with_sound().ask_to_prepare(recording_id):
            self._prepare(str(recording_id))

    def speech(self, recording_id: uuid.UUID) -> None:
        """Ask for a first text of a recording, after `interviews.speech.ask` was committed."""
        self._speech(str(recording_id))

    def redact(self, redaction_id: uuid.UUID) -> None:
        """Ask for silence in the sound and a new key, after `coding.redacting.destroy` was committed."""
        self._redact(str(redaction_id))

    def _redact_now(self, redaction_id: str) -> bool:
        return self._redacting().redact(uuid.UUID(redaction_id))

    def _redacting(self) -> Redacting:
        if self._keys is None:
            raise RuntimeError("these jobs were made without a key store")
        return Redacting(self._engine, self._keys, self._folder)

    def _prepare_now(self, recording_id: str) -> bool:
        return self._with_sound().prepare(uuid.UUID(recording_id))

    def _speech_now(self, recording_id: str) -> bool:
        return self._with_sound().write_down(uuid.UUID(recording_id))

    def catch_up(self) -> int:
        """Ask again for everything that was not done, and erase sound whose day has come; return the number asked."""
        keep_head(self._engine, self._heads)
        with writing(self._engine)() as session, transaction(session):
            throttle.forget_old(session)
        asked = self._tag_again()
        if self._sound is None:
            return asked
        self._sound.erase_due()
        if self._keys is not None:
            # What is due is due all day: the first hour of a day erases it, the others find nothing.
            erase_due(self._engine, self._keys, self._folder)
            asked += self._redacting().catch_up()
            erasing.catch_up(self._engine, self._keys, SealedFiles(self._folder / "files"), Ledger(self._folder))
        for recording_id in self._sound.to_prepare():
            self._prepare(str(recording_id))
            asked += 1
        for recording_id in self._sound.to_write_down():
            self._speech(str(recording_id))
            asked += 1
        return asked

    def _tag_again(self) -> int:
        """Ask again for every approved transcript that was not tagged since; return their number."""
        with reading(self._engine)() as session:
            waiting = session.scalars(
                select(Transcript.id).where(Transcript.approved_at.is_not(None), Transcript.tagged_at.is_(None))
            ).all()
        for transcript_id in waiting:
            self.tag(transcript_id)
        return len(waiting)

    def work(self) -> None:
        """Do jobs until the process is told to stop."""
        self.catch_up()
        slow = self.slow.create_consumer(workers=1, worker_type=WORKER_THREAD, periodic=False)
        slow.start()
        try:
            self.queue.create_consumer(workers=1, worker_type=WORKER_THREAD, periodic=True).run()
        finally:
            # Not waited for: what it is at is found again from its row.
            slow.stop()

    def _with_sound(self) -> Sound:
        if self._sound is None:
            raise RuntimeError("these jobs were made without a key store")
        return self._sound


def _waits(transcript: Transcript) -> bool:
    """Tell whether the tagger still has to read the newest text, and may: a no counts from the moment it is written."""
    interview = transcript.interview
    return (
        transcript.approved_at is not None
        and transcript.tagged_at is None
        and interview.status is not Status.STOPPED
        and interview.allows(Scope.USE_RESEARCH)
    )
