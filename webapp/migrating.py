"""Bringing a database to the schema of this version of the program, and telling whether it is there.

The program never migrates by itself when it starts: an operator does (`dichterbij init`, or after an update), after a
backup. A server that finds an older schema refuses to serve.
"""

from __future__ import annotations

import threading
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

HERE = Path(__file__).parent

# Alembic keeps what it is busy with in a global of its module: one thread at a time.
_ONE_AT_A_TIME = threading.Lock()


def folder() -> Path:
    """Return where the revisions are: `webapp/_migrations` in an installed wheel, `migrations/` in a checkout.

    Raises FileNotFoundError when neither is there: the installation is not whole.
    """
    for candidate in (HERE / "_migrations", HERE.parent / "migrations"):
        if (candidate / "env.py").is_file():
            return candidate
    raise FileNotFoundError("migrations")


def configuration() -> Config:
    """Return Alembic's configuration without any file beside the revisions themselves."""
    config = Config()
    config.set_main_option("script_location", str(folder()).replace("%", "%%"))
    return config


def head() -> str:
    """Return the id of the newest revision that this version of the program knows."""
    newest = ScriptDirectory.from_config(configuration()).get_current_head()
    if newest is None:
        raise FileNotFoundError("migrations/versions")
    return newest


def current(engine: Engine) -> str | None:
    """Return the id of the revision the database is at; None for a database without tables of ours."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def is_current(engine: Engine) -> bool:
    """Tell whether the database has exactly the schema of this version of the program."""
    return current(engine) == head()


def upgrade(engine: Engine, *, to: str = "head") -> None:
    """Bring the database to revision `to`, in one transaction: it arrives whole or stays as it was.

    A second process or thread that tries at the same time waits, and then finds nothing to do.
    """
    _run(engine, to, up=True)


def downgrade(engine: Engine, *, to: str) -> None:
    """Take the database back to revision `to` ("base": no tables). Columns that did not exist then lose their content."""
    _run(engine, to, up=False)


def _run(engine: Engine, to: str, *, up: bool) -> None:
    config = configuration()
    with _ONE_AT_A_TIME, engine.execution_options(writes=True).connect() as connection:
        config.attributes["connection"] = connection
        (command.upgrade if up else command.downgrade)(config, to)
