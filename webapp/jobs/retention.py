"""Once a day: everything that is due is erased, and what follows after the commit."""

from __future__ import annotations

import logging
from pathlib import Path

from sqlalchemy import Engine

# The analysis adds what it erases, and what it does before a text with names goes.
import coding.redacting  # noqa: F401
from interviews import recordings, retention
from interviews.db import empty_log, reading, transaction, writing
from interviews.keys import KeyStore
from interviews.ledger import Ledger
from interviews.models import Recording
from interviews.retention import Erased
from interviews.sealedfiles import SealedFiles

logger = logging.getLogger(__name__)


def erase_due(engine: Engine, keys: KeyStore, folder: Path) -> Erased:
    """Erase everything that is due, with its files, and empty the database's log; return how much, per rule.

    The caller asks for the new keys (`Erased.redactions`), and for the rest of a day that was missed nothing is needed.
    """
    files, ledger = SealedFiles(folder / "files"), Ledger(folder)
    with writing(engine)() as session, transaction(session):
        erased = retention.erase_due(session, keys=keys, ledger=ledger)
    if not erased.counts:
        return erased
    _erase_files(engine, files, erased)
    if not empty_log(engine):
        logger.warning("the log of the database could not be emptied yet")
    for rule, count in sorted(erased.counts.items()):
        logger.info("erased as its time had come: %d of %s", count, rule)
    return erased


def _erase_files(engine: Engine, files: SealedFiles, erased: Erased) -> None:
    with reading(engine)() as session:
        rows = [row for one in erased.recordings if (row := session.get(Recording, one)) is not None]
        recordings.sweep(session, files, rows)
    for entry in erased.entries:
        retention.erase_files(files, entry)
