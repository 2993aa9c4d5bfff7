"""Copying a database while people work in it, and opening a copy: SQLCipher by itself, PostgreSQL by its own tools."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import sqlalchemy as sa
from sqlalchemy import Connection, Engine, make_url

from interviews.backups.errors import BackupFailed
from interviews.db import DatabaseLocked, make_engine
from interviews.keys import InstallationKey
from interviews.streams import SealedReader, SealedWriter

DATABASE = "dichterbij.db"
_BLOCK = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Copied:
    """A copy that was made: of which kind of database, and its rows per table."""

    database: str
    counts: Mapping[str, int]


def kind_of(url: str) -> str:
    """Return "sqlcipher" or "postgresql"."""
    return "postgresql" if make_url(url).get_backend_name() == "postgresql" else "sqlcipher"


def counts_of(connection: Connection) -> dict[str, int]:
    """Return the rows per table."""
    names = sorted(sa.inspect(connection).get_table_names())
    return {name: int(connection.scalar(sa.select(sa.func.count()).select_from(sa.table(name))) or 0) for name in names}


def copy(engine: Engine, url: str, key: InstallationKey, into: Path, seal: bytes) -> Copied:
    """Write a sealed copy of the database as it is at one moment; readers and writers go on meanwhile.

    Raises BackupFailed("backup.pg_dump") where PostgreSQL's own tool is missing or fails, and OSError.
    """
    return (_copy_postgresql if kind_of(url) == "postgresql" else _copy_sqlcipher)(engine, url, key, into, seal)


def _copy_sqlcipher(engine: Engine, url: str, key: InstallationKey, into: Path, seal: bytes) -> Copied:
    # Beside its place in the backup and not in the machine's folder for such things, which may be small. It is
    # SQLCipher under the same key, and leaves out what was deleted.
    loose = into.with_suffix(".vacuum")
    try:
        with closing(engine.raw_connection()) as connection:
            try:
                connection.cursor().execute("VACUUM INTO ?", (str(loose),))
            except Exception as error:
                # The driver's own error, of whichever kind: a disk that is full is an OSError to everybody else.
                raise OSError(str(error)) from error
        loose.chmod(0o600)
        with opened(loose, key) as copied, copied.connect() as connection_:
            counts = counts_of(connection_)
        _seal(loose, into, seal)
    finally:
        loose.unlink(missing_ok=True)
    return Copied("sqlcipher", counts)


def _seal(plain: Path, into: Path, seal: bytes) -> None:
    with plain.open("rb") as file, SealedWriter(into, seal) as sealed:
        shutil.copyfileobj(file, sealed, _BLOCK)


@contextmanager
def opened(path: Path, key: InstallationKey) -> Iterator[Engine]:
    """Open a copy of a SQLCipher database, and leave one file behind. Raises BackupFailed("backup.database")."""
    engine = make_engine(f"sqlite+pysqlcipher:///{path}", key=key.database_key())
    try:
        yield engine
    except DatabaseLocked as error:
        raise BackupFailed("backup.database") from error
    finally:
        engine.dispose()


def require_sound(connection: Connection) -> None:
    """Let SQLCipher read every page of a copy. Raises BackupFailed("backup.database")."""
    damage = connection.exec_driver_sql("PRAGMA cipher_integrity_check").all()
    if damage or connection.exec_driver_sql("PRAGMA integrity_check").scalar_one() != "ok":
        raise BackupFailed("backup.database")


def write_plain(sealed: Path, into: Path, seal: bytes) -> None:
    """Open the seal of a copy and write it; on disk when this returns. Raises `keys.SealBroken` and OSError."""
    with SealedReader(sealed, seal) as file, into.open("xb") as plain:
        into.chmod(0o600)
        shutil.copyfileobj(file, plain, _BLOCK)
        plain.flush()
        os.fsync(plain.fileno())


# -- PostgreSQL


def _copy_postgresql(engine: Engine, url: str, key: InstallationKey, into: Path, seal: bytes) -> Copied:
    with engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
        # One snapshot for what is counted and what is copied.
        snapshot = str(connection.scalar(sa.text("SELECT pg_export_snapshot()")))
        schema = str(connection.scalar(sa.text("SELECT current_schema()")))
        counts = counts_of(connection)
        tool = ["pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--schema={schema}"]
        with SealedWriter(into, seal) as sealed:
            _run([*tool, f"--snapshot={snapshot}", *_address(url)], url, out=sealed)
    return Copied("postgresql", counts)


def load_postgresql(sealed: Path, url: str, seal: bytes) -> None:
    """Put a copy into the PostgreSQL database at `url`, whole or not at all.

    Raises BackupFailed: "restore.not_empty_database" when it has tables already, "backup.pg_restore" when the tool is
    missing or fails; and `keys.SealBroken`.
    """
    engine = make_engine(url)
    try:
        with engine.connect() as connection:
            if sa.inspect(connection).get_table_names():
                raise BackupFailed("restore.not_empty_database")
            schema = str(connection.scalar(sa.text("SELECT current_schema()")))
        tool = ["pg_restore", "--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction"]
        with SealedReader(sealed, seal) as file:
            _run([*tool, f"--schema={schema}", *_address(url)], url, into=file)
    finally:
        engine.dispose()


@contextmanager
def scratch(url: str) -> Iterator[str]:
    """Give the address of an empty PostgreSQL database on the same server, and drop it afterwards.

    Raises BackupFailed("backup.no_scratch") when this account may make none.
    """
    name = f"dichterbij_check_{os.urandom(6).hex()}"
    # Where the schema of ours lies within its database, the copy lies within the scratch one.
    own = make_engine(url)
    server = own.execution_options(isolation_level="AUTOCOMMIT")
    try:
        with server.connect() as connection:
            schema = str(connection.scalar(sa.text("SELECT current_schema()")))
            try:
                connection.exec_driver_sql(f'CREATE DATABASE "{name}"')
            except sa.exc.ProgrammingError as error:
                raise BackupFailed("backup.no_scratch") from error
            try:
                address = make_url(url).set(database=name).render_as_string(hide_password=False)
                made = make_engine(address)
                with made.begin() as inside:
                    inside.execute(sa.schema.CreateSchema(schema, if_not_exists=True))
                made.dispose()
                yield address
            finally:
                connection.exec_driver_sql(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    finally:
        own.dispose()


def counts_at(url: str) -> dict[str, int]:
    """Return the rows per table of the PostgreSQL database at `url`."""
    engine = make_engine(url)
    try:
        with engine.connect() as connection:
            return counts_of(connection)
    finally:
        engine.dispose()


def _address(url: str) -> list[str]:
    """Return the option that names the database. Its passphrase goes by the environment, which others do not see."""
    plain = make_url(url).set(drivername="postgresql", password=None)
    return [f"--dbname={plain.render_as_string(hide_password=False)}"]


def _run(tool: list[str], url: str, *, out: SealedWriter | None = None, into: SealedReader | None = None) -> None:
    """Run one of PostgreSQL's tools over a pipe, so that nothing of it touches the disk in the clear."""
    password = make_url(url).password
    environment = {**os.environ, **({"PGPASSWORD": str(password)} if password else {})}
    key = f"backup.{tool[0]}"
    try:
        process = subprocess.Popen(
            tool,
            env=environment,
            stdin=subprocess.PIPE if into is not None else subprocess.DEVNULL,
            stdout=subprocess.PIPE if out is not None else subprocess.DEVNULL,
            # What it says may hold a value of a row: it is not kept.
            stderr=subprocess.DEVNULL,
        )
    except OSError as error:
        raise BackupFailed(key) from error
    try:
        if out is not None and process.stdout is not None:
            _pass_on(process.stdout, out)
        if into is not None and process.stdin is not None:
            _pass_on(into, process.stdin)
            process.stdin.close()
    except BrokenPipeError:
        # It stopped before it had all; its exit code says so below.
        pass
    except BaseException:
        process.kill()
        raise
    finally:
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                _close(pipe)
        code = process.wait()
    if code:
        raise BackupFailed(key)


def _pass_on(source: Any, target: Any) -> None:
    while block := source.read(_BLOCK):
        target.write(block)


def _close(pipe: BinaryIO | Any) -> None:
    try:
        pipe.close()
    except BrokenPipeError:
        return
