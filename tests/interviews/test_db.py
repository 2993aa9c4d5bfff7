"""The embedded database: what a connection promises, and that two people at once never see it refuse."""

from __future__ import annotations

import secrets
import stat
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from interviews import db
from interviews.db import (
    DatabaseLocked,
    DatabaseUnsafe,
    copied_under,
    is_sound,
    make_engine,
    reading,
    transaction,
    writing,
)

KEY = bytes(range(32))


class Own(DeclarativeBase):
    """Tables of this test, apart from the program's."""


class Note(Own):
    __tablename__ = "note"

    id: Mapped[int] = mapped_column(primary_key=True)
    words: Mapped[str]
    times: Mapped[int] = mapped_column(default=0)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "dichterbij.db"


@pytest.fixture
def engine(file: Path) -> Iterator[sa.Engine]:
    engine = make_engine(f"sqlite+pysqlcipher:///{file}", key=KEY)
    Own.metadata.create_all(engine)
    yield engine
    engine.dispose()


def words(engine: sa.Engine) -> list[str]:
    with reading(engine)() as session:
        return list(session.scalars(sa.select(Note.words).order_by(Note.id)))


# One transaction


def test_what_a_block_did_is_there_when_it_ends(engine: sa.Engine) -> None:
    with writing(engine)() as session, transaction(session):
        session.add(Note(words="gezegd"))
    assert words(engine) == ["gezegd"]


def write_half(session: Session, then: type[BaseException]) -> None:
    with transaction(session):
        session.add(Note(words="half"))
        session.flush()
        raise then


@pytest.mark.parametrize("then", [LookupError, KeyboardInterrupt])
def test_a_block_that_fails_or_is_interrupted_leaves_nothing(engine: sa.Engine, then: type[BaseException]) -> None:
    with writing(engine)() as session:
        with pytest.raises(then):
            write_half(session, then)
        assert words(engine) == []


def test_a_session_that_has_already_read_can_still_change(engine: sa.Engine) -> None:
    with writing(engine)() as session:
        assert session.scalars(sa.select(Note)).all() == []
        with transaction(session):
            session.add(Note(words="na het lezen"))
    assert words(engine) == ["na het lezen"]


def test_after_a_failure_the_same_session_goes_on(engine: sa.Engine) -> None:
    with writing(engine)() as session:
        with pytest.raises(LookupError), transaction(session):
            raise LookupError
        with transaction(session):
            session.add(Note(words="opnieuw"))
    assert words(engine) == ["opnieuw"]


# Savepoints: the driver's own BEGIN gets the first of these wrong


def test_a_savepoint_as_the_first_statement_goes_with_the_whole(engine: sa.Engine) -> None:
    with writing(engine)() as session:
        with session.begin_nested():
            session.add(Note(words="eerst een savepoint"))
        session.rollback()
    assert words(engine) == []


def test_a_savepoint_after_a_read_goes_with_the_whole(engine: sa.Engine) -> None:
    with writing(engine)() as session:
        session.scalars(sa.select(Note)).all()
        with session.begin_nested():
            session.add(Note(words="na het lezen"))
        session.rollback()
    assert words(engine) == []


def test_a_savepoint_after_a_write_goes_with_the_whole(engine: sa.Engine) -> None:
    with writing(engine)() as session:
        session.add(Note(words="eerst"))
        session.flush()
        with session.begin_nested():
            session.add(Note(words="dan"))
        session.rollback()
    assert words(engine) == []


def test_a_savepoint_that_fails_takes_back_only_itself(engine: sa.Engine) -> None:
    with writing(engine)() as session, transaction(session):
        session.add(Note(id=1, words="blijft"))
        session.flush()
        with pytest.raises(sa.exc.IntegrityError), session.begin_nested():
            session.execute(sa.insert(Note).values(id=1, words="dubbel", times=0))
    assert words(engine) == ["blijft"]


# What every connection has


def test_every_connection_of_the_pool_has_every_setting(engine: sa.Engine) -> None:
    open_at_once = [engine.connect() for _ in range(8)]
    try:
        for connection in open_at_once:
            for pragma, value in db.PRAGMAS.items():
                assert connection.exec_driver_sql(f"PRAGMA {pragma}").scalar_one() == value, pragma
    finally:
        for connection in open_at_once:
            connection.close()


def test_the_settings_are_the_promised_ones() -> None:
    # The promise itself: durable at power loss, erased means erased, no dangling rows, nothing in temporary files.
    assert db.PRAGMAS["journal_mode"] == "wal"
    assert db.PRAGMAS["synchronous"] == 2
    assert db.PRAGMAS["secure_delete"] == 1
    assert db.PRAGMAS["foreign_keys"] == 1
    assert db.PRAGMAS["trusted_schema"] == 0
    assert db.PRAGMAS["temp_store"] == 2


def test_a_connection_that_does_not_take_a_setting_is_not_used(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # A misspelt pragma is the same to SQLite as one that was not compiled in: silence.
    monkeypatch.setitem(db.PRAGMAS, "busy_timeout", -1)
    with pytest.raises(DatabaseUnsafe, match="busy_timeout"):
        make_engine(f"sqlite+pysqlcipher:///{file}", key=KEY).connect()


def test_full_text_search_is_compiled_in(engine: sa.Engine) -> None:
    with engine.connect() as connection:
        connection.exec_driver_sql("CREATE VIRTUAL TABLE found USING fts5(words)")
        connection.exec_driver_sql("INSERT INTO found (found, rank) VALUES ('secure-delete', 1)")


# The key


def test_another_key_does_not_open_the_file(engine: sa.Engine, file: Path) -> None:
    engine.dispose()
    with pytest.raises(DatabaseLocked):
        make_engine(f"sqlite+pysqlcipher:///{file}", key=secrets.token_bytes(32)).connect()


def test_a_refused_key_does_not_stand_in_the_error(engine: sa.Engine, file: Path) -> None:
    engine.dispose()
    wrong = secrets.token_bytes(32)
    with pytest.raises(DatabaseLocked) as refused:
        make_engine(f"sqlite+pysqlcipher:///{file}", key=wrong).connect()
    assert wrong.hex() not in repr(refused.value) + str(refused.value.__cause__)


@pytest.mark.parametrize("key", [None, b"", b"short", bytes(33)])
def test_an_engine_without_a_whole_key_is_not_made(file: Path, key: bytes | None) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        make_engine(f"sqlite+pysqlcipher:///{file}", key=key)


@pytest.mark.parametrize("url", ["sqlite:///plain.db", "sqlite+pysqlcipher://", "mysql+pymysql://localhost/a"])
def test_a_database_that_is_not_encrypted_is_not_offered(url: str) -> None:
    with pytest.raises(ValueError, match="use sqlite"):
        make_engine(url, key=KEY)


def test_no_words_stand_in_the_files(engine: sa.Engine, file: Path) -> None:
    said = "ik durfde de brief niet open te maken"
    with writing(engine)() as session, transaction(session):
        session.add_all(Note(words=f"{said} {number}") for number in range(200))
    files = list(file.parent.iterdir())
    assert {found.name for found in files} >= {"dichterbij.db", "dichterbij.db-wal"}
    for found in files:
        stored = found.read_bytes()
        assert b"brief" not in stored, found.name
        assert b"SQLite format 3" not in stored, found.name
        assert b"CREATE TABLE" not in stored, found.name


# Two at once


def test_two_writers_both_get_their_turn(engine: sa.Engine) -> None:
    with writing(engine)() as session, transaction(session):
        session.add(Note(id=1, words="samen"))

    def add_one(_: int) -> None:
        # Reads first and writes then: without the lock at the start, WAL refuses this at once ("database is locked").
        with writing(engine)() as session, transaction(session):
            note = session.get_one(Note, 1)
            note.times += 1

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(add_one, range(80)))
    with reading(engine)() as session:
        assert session.get_one(Note, 1).times == 80


def test_somebody_reads_on_while_somebody_writes(engine: sa.Engine) -> None:
    with writing(engine)() as session, transaction(session):
        session.add(Note(words="eerste"))
    with reading(engine)() as reader:
        assert list(reader.scalars(sa.select(Note.words))) == ["eerste"]
        with writing(engine)() as writer, transaction(writer):
            writer.add(Note(words="tweede"))
        # The reader keeps seeing one moment until it begins again.
        assert list(reader.scalars(sa.select(Note.words))) == ["eerste"]
        reader.rollback()
        assert list(reader.scalars(sa.select(Note.words).order_by(Note.id))) == ["eerste", "tweede"]


def test_a_reader_is_not_held_up_by_an_unfinished_writer(engine: sa.Engine) -> None:
    with writing(engine)() as writer:
        writer.add(Note(words="nog niet"))
        writer.flush()
        assert words(engine) == []
        writer.rollback()


# Damage


def test_a_whole_database_is_sound(engine: sa.Engine) -> None:
    with reading(engine)() as session:
        assert is_sound(session)


def test_one_changed_byte_is_noticed(engine: sa.Engine, file: Path) -> None:
    with writing(engine)() as session, transaction(session):
        session.add_all(Note(words=f"regel {number}") for number in range(2000))
    engine.dispose()
    stored = bytearray(file.read_bytes())
    stored[len(stored) // 2] ^= 1
    file.write_bytes(stored)
    damaged = make_engine(f"sqlite+pysqlcipher:///{file}", key=KEY)
    with reading(damaged)() as session:
        assert not sound(session)
    damaged.dispose()


def sound(session: Session) -> bool:
    """SQLCipher authenticates each page: a changed one is an error before `quick_check` can say anything."""
    try:
        return is_sound(session)
    except sa.exc.DatabaseError:
        return False


# Only the owner reads the file


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_only_the_owner_reads_the_file_and_what_lies_beside_it(engine: sa.Engine, file: Path) -> None:
    with writing(engine)() as session, transaction(session):
        session.add(Note(words="gezegd"))
    beside = sorted(file.parent.glob("dichterbij.db*"))
    assert len(beside) > 1
    assert {one.name: mode(one) for one in beside} == {one.name: 0o600 for one in beside}


def test_a_file_that_others_could_read_is_closed_to_them(engine: sa.Engine, file: Path) -> None:
    engine.dispose()
    file.chmod(0o644)
    assert words(make_engine(f"sqlite+pysqlcipher:///{file}", key=KEY)) == []
    assert mode(file) == 0o600


def test_a_copy_under_another_key_is_the_owners_too(engine: sa.Engine, file: Path) -> None:
    engine.dispose()
    other = file.with_name("nieuw.db")
    with copied_under(file, KEY, target=other, new_key=bytes(range(1, 33))):
        assert mode(other) == 0o600
    assert words(make_engine(f"sqlite+pysqlcipher:///{other}", key=bytes(range(1, 33)))) == []
