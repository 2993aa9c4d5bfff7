"""What follows an erasure after the commit: sealed files, the database's own log, and the line that says it is finished.

Views and commands call `finish` at the end; a worker calls it each hour for what a crash or a busy reader left. Importing
this module makes every part that erases known to `interviews.withdrawal`.
"""

from __future__ import annotations

import logging

from flask import Response, after_this_request, current_app
from sqlalchemy import Engine, select

# The analysis makes itself known when it is imported: without it memos, themes and reports would be left.
import coding.redacting
import coding.withdrawing  # noqa: F401
from interviews import recordings, withdrawal
from interviews.db import empty_log, reading, transaction, writing
from interviews.keys import KeyStore
from interviews.ledger import Ledger
from interviews.models import Recording, Withdrawal
from interviews.sealedfiles import SealedFiles
from webapp.db import files, let_go, store
from webapp.settings import Settings

logger = logging.getLogger(__name__)


def ledger() -> Ledger:
    """Return the ledger of the present application: beside the database, never in it."""
    settings: Settings = current_app.extensions["dichterbij.settings"]
    return Ledger(settings.data)


def finish(engine: Engine, sealed: SealedFiles, noted: Ledger) -> int:
    """Destroy the files of everything that was erased, empty the log, and write down that it is finished.

    Return how many erasures are finished by it; one that a reader holds up is finished next time. Call it outside a
    transaction. Also puts in the ledger what was refused by whichever page.
    """
    with reading(engine)() as session:
        withdrawal.note_refusals(session, noted)
        waiting = withdrawal.unfinished(session)
        gone = {row.id: _erase_files(row, sealed, noted) for row in waiting}
        for row in waiting:
            rows = session.scalars(select(Recording).where(Recording.interview_id == row.interview_id)).all()
            recordings.sweep(session, sealed, rows)
    if not waiting:
        return 0
    if not empty_log(engine):
        logger.info("somebody is reading: %d erasures are finished later", len(waiting))
        return 0
    with writing(engine)() as session, transaction(session):
        for withdrawal_id, count in gone.items():
            withdrawal.finished(session, session.get_one(Withdrawal, withdrawal_id), files=count)
    # What was written just now says nothing of anybody, and the log is emptied by the next one.
    return len(gone)


def _erase_files(row: Withdrawal, sealed: SealedFiles, noted: Ledger) -> int:
    entry = withdrawal.entry_of(noted, row.id)
    return 0 if entry is None else withdrawal.erase_files(sealed, entry)


def catch_up(engine: Engine, keys: KeyStore, sealed: SealedFiles, noted: Ledger) -> int:
    """Do what a crash left undone, and finish it. For a worker that comes by; returns as `finish`."""
    with writing(engine)() as session, transaction(session):
        withdrawal.resume(session, keys, sealed, noted)
    return finish(engine, sealed, noted)


def finish_at_the_end() -> None:
    """Finish what this request erases, after its commit and before its answer."""

    @after_this_request
    def finished(response: Response) -> Response:
        let_go()
        finish(store().engine, files(), ledger())
        return response
