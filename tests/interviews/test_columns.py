"""Columns: a moment has a zone, and a list of words is checked by the database itself."""

from __future__ import annotations

import enum
import secrets
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from interviews.columns import Id, Moment, MomentOrNone, Sealed, UtcDateTime, WordList, Words, words
from interviews.db import NAMING, make_engine, reading, transaction, writing


class Weather(enum.StrEnum):
    """Weather of a day."""

    DRY = "dry"
    WET = "wet"


class Own(DeclarativeBase):
    """Tables of this test, named as the program names its own."""

    metadata = sa.MetaData(naming_convention=NAMING)


class Day(Own):
    __tablename__ = "day"

    id: Mapped[Id]
    at: Mapped[Moment]
    ended_at: Mapped[MomentOrNone]
    weather: Mapped[Weather] = mapped_column(words(Weather))
    said: Mapped[Words] = mapped_column(default="")
    sealed: Mapped[Sealed] = mapped_column(default=b"")
    tags: Mapped[WordList]


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[sa.Engine]:
    engine = make_engine(f"sqlite+pysqlcipher:///{tmp_path / 'columns.db'}", key=secrets.token_bytes(32))
    Own.metadata.create_all(engine)
    yield engine
    engine.dispose()


def stored(session: Session) -> Day:
    session.expire_all()
    return session.scalars(sa.select(Day)).one()


def test_a_moment_comes_back_as_the_same_moment_in_utc(engine: sa.Engine) -> None:
    amsterdam = timezone(timedelta(hours=2))
    with writing(engine)() as session, transaction(session):
        session.add(Day(weather=Weather.DRY, at=datetime(2026, 7, 1, 0, 30, 15, 123456, tzinfo=amsterdam)))
    with reading(engine)() as session:
        assert stored(session).at == datetime(2026, 6, 30, 22, 30, 15, 123456, tzinfo=UTC)
        assert stored(session).at.tzinfo is UTC
        assert stored(session).ended_at is None


def test_a_moment_without_a_zone_is_refused(engine: sa.Engine) -> None:
    with writing(engine)() as session:
        session.add(Day(weather=Weather.DRY, at=datetime(2026, 7, 1)))  # noqa: DTZ001
        with pytest.raises(sa.exc.StatementError, match="without a time zone"):
            session.flush()


@given(st.datetimes(min_value=datetime(1900, 1, 1), max_value=datetime(2200, 1, 1), timezones=st.timezones()))  # noqa: DTZ001
def test_every_moment_survives_both_engines(moment: datetime) -> None:
    column = UtcDateTime()
    for dialect in (sa.make_url("sqlite://").get_dialect()(), sa.make_url("postgresql+psycopg://").get_dialect()()):
        bound = column.process_bind_param(moment, dialect)
        assert bound is not None
        # SQLite gives the moment back without its zone, PostgreSQL in the zone of the session.
        for returned in (bound.replace(tzinfo=None), bound.astimezone(timezone(timedelta(hours=-5)))):
            assert column.process_result_value(returned, dialect) == moment.astimezone(UTC)


def test_a_new_row_has_its_own_id_and_the_moment_it_was_made(engine: sa.Engine) -> None:
    with writing(engine)() as session, transaction(session):
        session.add_all([Day(weather=Weather.DRY), Day(weather=Weather.WET)])
    with reading(engine)() as session:
        first, second = session.scalars(sa.select(Day))
        assert first.id != second.id
        assert first.at.tzinfo is UTC
        assert first.tags == []


def test_a_word_is_stored_as_its_value_and_comes_back_as_a_member(engine: sa.Engine) -> None:
    with writing(engine)() as session, transaction(session):
        session.add(Day(weather=Weather.WET, tags=["één", "😀"]))
    with reading(engine)() as session:
        assert session.execute(sa.text("SELECT weather FROM day")).scalar_one() == "wet"
        assert stored(session).weather is Weather.WET
        assert stored(session).tags == ["één", "😀"]


def test_a_word_that_is_not_on_the_list_is_refused_by_the_database(engine: sa.Engine) -> None:
    with writing(engine)() as session:
        session.add(Day(weather=Weather.WET))
        session.flush()
        with pytest.raises(sa.exc.IntegrityError, match="ck__day__weather"):
            session.execute(sa.text("UPDATE day SET weather = 'sunny'"))


def test_bytes_come_back_as_they_were(engine: sa.Engine) -> None:
    with writing(engine)() as session, transaction(session):
        session.add(Day(weather=Weather.DRY, sealed=bytes(range(256))))
    with reading(engine)() as session:
        assert stored(session).sealed == bytes(range(256))
