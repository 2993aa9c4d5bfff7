"""How Alembic reaches the database, for the program, for the tests and for a developer.

- The program and the tests hand over an open connection (`config.attributes["connection"]`): see `webapp/migrating.py`.
- A developer's `alembic check` or `alembic revision --autogenerate` never comes near real data: it runs on a
  throw-away database that is brought to head first. `-x url=postgresql+psycopg://…` does so in PostgreSQL.
- `alembic upgrade head --sql` prints the statements for PostgreSQL, for an administrator who wants to read them first.
"""

from __future__ import annotations

import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

import sqlalchemy as sa
from alembic import context
from alembic.autogenerate.api import AutogenContext
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

import coding.models
import interviews.models
from interviews.columns import UtcDateTime
from interviews.db import Base, make_engine

# Imported for the tables they declare.
MODELS = (interviews.models, coding.models)

# The number of an advisory lock: two web processes that start at once migrate after each other, not together.
LOCK = 7_341_902_211


def render_item(kind: str, item: object, autogen: AutogenContext) -> str | Literal[False]:
    """Return the plain SQLAlchemy type for a type of our own, so that no revision imports the program."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, sa.JSON):
        autogen.imports.add("from sqlalchemy.dialects import postgresql")
        return 'sa.JSON().with_variant(postgresql.JSONB(), "postgresql")'
    return False


def options() -> dict[str, Any]:
    """What every run is configured with."""
    return {
        "target_metadata": Base.metadata,
        "render_item": render_item,
        "compare_server_default": True,
        # SQLite cannot alter a table: Alembic copies it. The same revision then runs on both engines.
        "render_as_batch": True,
        # Our engine sends BEGIN itself, so SQLite too takes back a whole upgrade when one revision fails.
        "transactional_ddl": True,
        "transaction_per_migration": False,
    }


@contextmanager
def without_cascades(connection: sa.Connection) -> Iterator[None]:
    """Keep SQLite from deleting children while a batch migration drops and renames their parent.

    The pragma does nothing inside a transaction, so it is sent to the driver before one begins. Foreign keys are
    checked afterwards, before the commit, by `check_references`.
    """
    if connection.dialect.name != "sqlite":
        yield
        return
    if connection.in_transaction():
        raise RuntimeError("migrations take a connection that has no transaction yet")
    driver = connection.connection.driver_connection
    assert driver is not None
    driver.execute("PRAGMA foreign_keys = OFF")
    try:
        yield
    finally:
        driver.execute("PRAGMA foreign_keys = ON")


def check_references(connection: sa.Connection) -> None:
    """Raise RuntimeError when a row points at nothing; the transaction is then rolled back."""
    if connection.dialect.name == "sqlite":
        broken = {row[0] for row in connection.exec_driver_sql("PRAGMA foreign_key_check")}
        if broken:
            raise RuntimeError(f"rows that point at nothing in: {', '.join(sorted(broken))}")


def run(connection: sa.Connection) -> None:
    """Run what Alembic was asked to do on `connection`, in one transaction."""
    with without_cascades(connection):
        context.configure(connection=connection, **options())
        with context.begin_transaction():
            if connection.dialect.name == "postgresql":
                connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({LOCK})")
            context.run_migrations()
            check_references(connection)


def bring_to_head(connection: sa.Connection, script: ScriptDirectory) -> None:
    """Run every revision on an empty throw-away database."""
    # The way Alembic's own cookbook asks for the steps; there is no public name for it.
    steps: dict[str, Any] = {"fn": lambda revision, _: script._upgrade_revs("head", revision)}  # noqa: SLF001
    with connection.begin():
        migration = MigrationContext.configure(connection, opts=options() | steps)
        with Operations.context(migration):
            migration.run_migrations()


@contextmanager
def throwaway(url: str | None) -> Iterator[sa.Connection]:
    """Hand out an empty database and remove it: a file, or a schema of its own in the PostgreSQL database at `url`."""
    with tempfile.TemporaryDirectory() as folder:
        key = None if url else secrets.token_bytes(32)
        engine = make_engine(url or f"sqlite+pysqlcipher:///{Path(folder) / 'throwaway.db'}", key=key)
        schema = f"throwaway_{secrets.token_hex(4)}"
        with engine.connect() as connection:
            if url:
                with connection.begin():
                    connection.exec_driver_sql(f"CREATE SCHEMA {schema}")
                    connection.exec_driver_sql(f"SET search_path TO {schema}")
            try:
                yield connection
            finally:
                connection.rollback()
                if url:
                    with connection.begin():
                        connection.exec_driver_sql(f"DROP SCHEMA {schema} CASCADE")
        engine.dispose()


def run_on_throwaway() -> None:
    """Run a developer's command on a database that is thrown away afterwards."""
    with throwaway(context.get_x_argument(as_dictionary=True).get("url")) as connection:
        bring_to_head(connection, context.script)
        run(connection)


given: sa.Connection | None = context.config.attributes.get("connection")
if context.is_offline_mode():
    context.configure(dialect_name="postgresql", literal_binds=True, **options())
    with context.begin_transaction():
        context.run_migrations()
elif given is not None:
    run(given)
else:
    run_on_throwaway()
