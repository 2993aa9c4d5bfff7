"""Who writes waits in a row: first come, first served, and nobody is told that the database is locked."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
import sqlalchemy as sa

from interviews.db import make_engine, transaction, writing
from interviews.waiting import Row


def test_who_came_first_goes_first() -> None:
    row, order = Row(), list[int]()
    assert row.take(1)
    threads = []
    for number in range(6):

        def wait(mine: int = number) -> None:
            assert row.take(10)
            order.append(mine)
            row.give()

        thread = threading.Thread(target=wait)
        thread.start()
        threads.append(thread)
        while len(row._waiting) <= number:
            pass
    row.give()
    for thread in threads:
        thread.join()
    assert order == list(range(6))


def test_who_waits_in_vain_steps_out_of_the_row() -> None:
    row = Row()
    assert row.take(1)
    assert not row.take(0.01)
    row.give()
    assert row.take(0.01)


@pytest.fixture
def engine(tmp_path: Path) -> sa.Engine:
    made = make_engine(f"sqlite+pysqlcipher:///{tmp_path / 'row.db'}", key=b"k" * 32)
    with writing(made)() as session, transaction(session):
        session.execute(sa.text("CREATE TABLE counted (number INTEGER)"))
        session.execute(sa.text("INSERT INTO counted VALUES (0)"))
    return made


def test_twenty_writers_at_once_all_get_their_turn_and_none_is_lost(engine: sa.Engine) -> None:
    refused: list[BaseException] = []

    def count() -> None:
        try:
            for _ in range(10):
                with writing(engine)() as session, transaction(session):
                    number = session.execute(sa.text("SELECT number FROM counted")).scalar_one()
                    session.execute(sa.text("UPDATE counted SET number = :next"), {"next": number + 1})
        except BaseException as error:  # noqa: BLE001  # told by the test below
            refused.append(error)

    threads = [threading.Thread(target=count) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert refused == []
    with engine.connect() as connection:
        assert connection.execute(sa.text("SELECT number FROM counted")).scalar_one() == 200


def test_a_writer_that_fails_lets_the_next_one_in(engine: sa.Engine) -> None:
    for _ in range(3):
        with pytest.raises(sa.exc.OperationalError), writing(engine)() as session, transaction(session):
            session.execute(sa.text("UPDATE nothing SET number = 1"))
    with writing(engine)() as session, transaction(session):
        session.execute(sa.text("UPDATE counted SET number = 7"))
