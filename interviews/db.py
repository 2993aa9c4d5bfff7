"""Base, engine and transaction: the only module that opens a database, and the only one that commits.

Two engines, one code: SQLCipher (embedded, the default) and PostgreSQL.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, MetaData, create_engine, event, make_url, text
from sqlalchemy.orm import DeclarativeBase, Session, sessionmaker
from sqlalchemy.pool import ConnectionPoolEntry, QueuePool

from interviews.errors import InterviewsError
from interviews.waiting import Row

# Double underscores, so that the parts of a name can be told apart.
NAMING = {
    "ix": "ix__%(table_name)s__%(column_0_N_name)s",
    "uq": "uq__%(table_name)s__%(column_0_N_name)s",
    "ck": "ck__%(table_name)s__%(constraint_name)s",
    "fk": "fk__%(table_name)s__%(column_0_N_name)s__%(referred_table_name)s",
    "pk": "pk__%(table_name)s",
}

# What every SQLCipher connection must have; set and then read back, because a pragma that is misspelt or not compiled
# in is silently ignored. secure_delete holds per connection only.
PRAGMAS = {
    "journal_mode": "wal",
    "synchronous": 2,
    "secure_delete": 1,
    "foreign_keys": 1,
    "busy_timeout": 15000,
    "trusted_schema": 0,
    "temp_store": 2,
}

PATIENCE_SECONDS = 60.0
"""How long a writer waits for its turn in this process."""
_IN_ROW = "writes now"


class Base(DeclarativeBase):
    """Every table of the field and of the analysis."""

    metadata = MetaData(naming_convention=NAMING)


class DatabaseUnsafe(InterviewsError):
    """A connection did not take one of the settings that keep people's words safe; nothing was read or written."""

    def __init__(self, pragma: str) -> None:
        super().__init__(pragma)
        self.pragma = pragma


class DatabaseBusy(InterviewsError):
    """Another program has the database open just now."""


class DatabaseLocked(InterviewsError):
    """The database file does not open with this key."""


def make_engine(url: str, *, key: bytes | None = None) -> Engine:
    """Return an engine for `url`: `sqlite+pysqlcipher:///PATH` (`key`: 32 raw bytes) or `postgresql+psycopg://…`.

    Raises ValueError for any other kind of database: a store that is not encrypted at rest is not offered.
    """
    address = make_url(url)
    if address.get_backend_name() == "postgresql":
        return create_engine(address, pool_pre_ping=True, hide_parameters=True)
    if address.drivername != "sqlite+pysqlcipher" or not address.database:
        raise ValueError("use sqlite+pysqlcipher:///PATH or postgresql+psycopg://…")
    if key is None or len(key) != 32:
        raise ValueError("SQLCipher takes a raw key of 32 bytes")
    return _sqlcipher(Path(address.database), key)


def _connected(path: Path, key: bytes, *, patience: float = 15) -> Any:
    """Return a connection of the driver to an encrypted file. Raises DatabaseLocked when the key does not fit."""
    from sqlcipher3 import dbapi2

    _keep_private(path)
    # isolation_level None: the driver's own BEGIN makes a first SAVEPOINT commit when it is released.
    connection = dbapi2.connect(str(path), isolation_level=None, check_same_thread=False, timeout=patience)
    # A raw key skips the key derivation that a passphrase would cost at each connection.
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except dbapi2.DatabaseError as error:
        connection.close()
        raise DatabaseLocked(path.name) from error
    return connection


def _keep_private(path: Path) -> None:
    """Make a database file that only its owner can read; one that is there already is closed to others.

    The log beside it gets the same mode from SQLite. A file that is there is never opened here: to close it again would
    take away the locks that other connections of this process hold on it.
    """
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    except FileExistsError:
        # Somebody else's file stays as it is: whoever runs the program may not change it.
        with suppress(OSError):
            if path.stat().st_mode & 0o077:
                path.chmod(0o600)
    except OSError:
        # No such folder, or no right to write in it: the driver says so itself.
        return


@contextmanager
def copied_under(path: Path, key: bytes, *, target: Path, new_key: bytes) -> Iterator[None]:
    """Make `target` a whole copy of the encrypted database at `path` under another key, and keep others out meanwhile.

    Inside the block the copy is on disk and was checked, and nobody reads or writes the database. The keys are raw, of
    32 bytes. Raises DatabaseBusy when another program has it open, DatabaseLocked, DatabaseUnsafe("rekey") for a copy
    that is not sound, and OSError for a full disk.
    """
    from sqlcipher3 import dbapi2

    connection = _connected(path, key, patience=2)
    try:
        try:
            connection.execute("PRAGMA locking_mode = EXCLUSIVE").fetchone()
            # Leaving the log behind works only for who is alone with the database.
            if connection.execute("PRAGMA journal_mode = DELETE").fetchone()[0] != "delete":
                raise DatabaseBusy(path.name)
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("COMMIT")
        except dbapi2.OperationalError as error:
            raise DatabaseBusy(path.name) from error
        target.unlink(missing_ok=True)
        _keep_private(target)
        try:
            connection.execute("VACUUM INTO ?", (str(target),))
        except dbapi2.OperationalError as error:
            raise OSError("no room for a copy of the database") from error
        _rekey(target, key, new_key)
        yield
    finally:
        connection.close()


def _rekey(path: Path, key: bytes, new_key: bytes) -> None:
    connection = _connected(path, key)
    try:
        connection.execute("PRAGMA journal_mode = DELETE").fetchone()
        connection.execute(f"PRAGMA rekey = \"x'{new_key.hex()}'\"")
    finally:
        connection.close()
    connection = _connected(path, new_key)
    try:
        damage = connection.execute("PRAGMA cipher_integrity_check").fetchall()
        if damage or connection.execute("PRAGMA quick_check").fetchone()[0] != "ok":
            raise DatabaseUnsafe("rekey")
    finally:
        connection.close()
    with path.open("r+b") as file:
        os.fsync(file.fileno())


def _sqlcipher(path: Path, key: bytes) -> Engine:
    from sqlcipher3 import dbapi2

    def connect() -> Any:
        connection = _connected(path, key)
        for pragma, value in PRAGMAS.items():
            connection.execute(f"PRAGMA {pragma} = {value}").fetchall()
            if connection.execute(f"PRAGMA {pragma}").fetchone()[0] != value:
                connection.close()
                raise DatabaseUnsafe(pragma)
        return connection

    # The pysqlite dialect with another driver module: SQLAlchemy's own pysqlcipher dialect sends a passphrase and
    # cannot send a raw key.
    engine = create_engine(
        f"sqlite:///{path}",
        module=dbapi2,
        creator=connect,
        poolclass=QueuePool,
        pool_size=8,
        # An error that shows a statement's values would put somebody's words in a log.
        hide_parameters=True,
    )

    writers = Row()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # A transaction that will write says so at once: one that reads first and writes later is refused by WAL
        # without waiting when somebody else wrote in between.
        writes = connection.get_execution_options().get("writes", False)
        if writes and not connection.info.get(_IN_ROW, False):
            # Whoever waited in vain still tries: SQLite's own patience comes on top.
            connection.info[_IN_ROW] = writers.take(PATIENCE_SECONDS)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    @event.listens_for(engine, "checkin")
    def let_the_next_in(_connection: Any, record: ConnectionPoolEntry) -> None:
        # A session gives its connection back when it commits, rolls back or is closed.
        if record.info.pop(_IN_ROW, False):
            writers.give()

    return engine


def reading(engine: Engine) -> sessionmaker[Session]:
    """Return a maker of sessions for reading."""
    return sessionmaker(engine, expire_on_commit=False)


def writing(engine: Engine) -> sessionmaker[Session]:
    """Return a maker of sessions that take the write lock of the embedded database when they begin."""
    return sessionmaker(engine.execution_options(writes=True), expire_on_commit=False)


_OPEN = "transaction"


@contextmanager
def transaction(session: Session) -> Iterator[Session]:
    """Commit `session` when the block ends, roll back when it raises. The only commit of the whole program.

    Within another one on the same session it is a part of that one, which commits; when it raises, everything so far is
    rolled back. `session.begin()` was rejected: it refuses a session that has already read, and every request reads
    before it writes.
    """
    within = session.info.get(_OPEN, False)
    session.info[_OPEN] = True
    try:
        yield session
        if within:
            session.flush()
        else:
            session.commit()
    except BaseException:
        session.rollback()
        raise
    finally:
        session.info[_OPEN] = within


def empty_log(engine: Engine, *, patience_ms: int = 500) -> bool:
    """Put what is in the embedded database's own log (WAL) into the file and empty the log; tell whether it is empty.

    For after an erasure: until then the log still holds pages as they were. False when somebody is reading meanwhile
    and goes on for longer than `patience_ms`: try again later. PostgreSQL has its log elsewhere, and what was erased
    there waits for VACUUM; True.
    """
    if engine.dialect.name != "sqlite":
        return True
    with engine.connect() as connection:
        # Out of the transaction that every connection is given.
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql(f"PRAGMA busy_timeout = {patience_ms:d}")
        try:
            busy = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()[0]
        finally:
            connection.exec_driver_sql(f"PRAGMA busy_timeout = {PRAGMAS['busy_timeout']}")
            connection.exec_driver_sql("BEGIN")
    return bool(busy == 0)


def is_sound(session: Session) -> bool:
    """Tell whether the database answers and, where it is a file, finds no damage in itself."""
    if session.get_bind().dialect.name == "sqlite":
        return str(session.execute(text("PRAGMA quick_check")).scalar_one()) == "ok"
    return bool(session.execute(text("SELECT 1")).scalar_one() == 1)
