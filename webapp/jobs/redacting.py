"""After words were destroyed: the sound made silent, the interview under a new key, and the database's log emptied.

One at a time over all processes, and in short transactions: understanding sound holds none. What a worker that died left
half-way is finished or cleared up by the next (`redactions.recover`).
"""

from __future__ import annotations

import logging
import uuid
from pathlib import Path

from sqlalchemy import Engine

from interviews import recordings, redactions
from interviews.db import empty_log, reading, transaction, writing
from interviews.durable import locked
from interviews.errors import InterviewsError
from interviews.formats import media
from interviews.keys import KeyStore
from interviews.models import Redaction
from interviews.redactions import Made, Work
from interviews.sealedfiles import SealedFiles

logger = logging.getLogger(__name__)
_LOCK = "renewing.lock"
_LONGER_MS = 11 * 60_000
"""What a recording may be longer than the longest: as much as `recordings.store_ready` lets in, and rounding."""


class Redacting:
    """The work after a redaction, of one installation."""

    def __init__(self, engine: Engine, keys: KeyStore, folder: Path) -> None:
        self._engine, self._keys, self._folder = engine, keys, folder
        self._files = SealedFiles(folder / "files")

    def catch_up(self) -> int:
        """Do what was not done; return how many redactions were finished."""
        with reading(self._engine)() as session:
            waiting = redactions.to_do(session)
        if not waiting and redactions.is_half_way(keys=self._keys, files=self._files):
            with locked(self._folder / _LOCK):
                self._recover()
        return sum(self.redact(redaction_id) for redaction_id in waiting)

    def redact(self, redaction_id: uuid.UUID) -> bool:
        """Finish one redaction; False when there was nothing to do, or when it has to wait or failed."""
        with locked(self._folder / _LOCK):
            self._recover()
            with reading(self._engine)() as session:
                redaction = session.get(Redaction, redaction_id)
                work = None
                if redaction is not None:
                    work = redactions.work_on(session, redaction, keys=self._keys, files=self._files)
            if work is None:
                return False
            try:
                self._renew(work)
            except (InterviewsError, OSError):
                # The old key and the old files stay: tried again in an hour.
                logger.exception("interview %s did not get its new key", work.interview_id)
                self._recover()
                return False
            with writing(self._engine)() as session, transaction(session):
                redactions.finish(session, work)
            redactions.clear_up({work.interview_id: True}, keys=self._keys, files=self._files)
        if not empty_log(self._engine):
            logger.warning("the log of the database could not be emptied yet")
        logger.info("interview %s has a new key", work.interview_id)
        return True

    def _recover(self) -> None:
        """Finish or clear up what a crash left half-way: whoever holds the lock is alone at this work."""
        if not redactions.is_half_way(keys=self._keys, files=self._files):
            return
        with writing(self._engine)() as session, transaction(session):
            found = redactions.half_way(session, keys=self._keys)
        redactions.clear_up(found, keys=self._keys, files=self._files)

    def _renew(self, work: Work) -> None:
        made = {}
        for name in work.names:
            if name in work.silences:
                made[name] = self._silent(work, name)
            else:
                work.copy(name)
        with writing(self._engine)() as session, transaction(session):
            redactions.store_renewed(session, work, made)
            self._keys.take_over(work.interview_id)

    def _silent(self, work: Work, name: str) -> Made:
        with work.open(name) as source, work.write(name) as target:
            prepared = media.silence(
                source,
                source.size,
                work.silences[name],
                sink=target.write,
                most_ms=recordings.MAX_MS + _LONGER_MS,
            )
        return Made(prepared.media_type, prepared.duration_ms, prepared.peaks)
