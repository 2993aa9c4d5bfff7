"""The daily work on the log: its newest line goes to a file outside the database."""

from __future__ import annotations

import logging
from pathlib import Path

from sqlalchemy import Engine

from interviews import audit, auditheads
from interviews.db import reading

logger = logging.getLogger(__name__)


def keep_head(engine: Engine, path: Path | None) -> bool:
    """Keep the newest line of the log in the file at `path`, once a day; tell whether it was kept now.

    A file that cannot be written or read is no reason to leave other work: `doctor` says that it is behind.
    """
    if path is None:
        return False
    with reading(engine)() as session:
        head = audit.head(session)
    try:
        return auditheads.add_daily(path, head)
    except (OSError, auditheads.HeadsDamaged):
        logger.exception("the head of the log was not kept")
        return False
