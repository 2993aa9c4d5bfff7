"""Revision f1e1d0000003: accounts, keys, contacts, the review of names, redaction, stopping, a log that is a chain."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from interviews import auditchain
from webapp import migrating

BEFORE, REVISION = "f1e1d0000002", "f1e1d0000003"
Insert = Callable[..., dict[str, Any]]
Contents = Callable[..., dict[str, list[tuple[object, ...]]]]


@pytest.fixture
def in_use(engine: sa.Engine, fill: Callable[[sa.Engine], None]) -> sa.Engine:
    migrating.upgrade(engine, to=BEFORE)
    fill(engine)
    return engine


@pytest.fixture
def upgraded(in_use: sa.Engine) -> sa.Engine:
    migrating.upgrade(in_use, to=REVISION)
    return in_use


def test_every_row_is_the_same_after_it_and_after_going_back(in_use: sa.Engine, contents: Contents) -> None:
    before = contents(in_use)
    migrating.upgrade(in_use, to=REVISION)
    assert contents(in_use, as_in=before) == before
    migrating.downgrade(in_use, to=BEFORE)
    assert contents(in_use) == before


def test_who_was_signed_in_stays_so_and_the_device_counts_as_shared(upgraded: sa.Engine) -> None:
    with upgraded.connect() as connection:
        rows = connection.execute(sa.text("SELECT awaits_code, own_device, locked_at FROM login_session")).all()
    assert rows
    assert all(not awaits and not own and locked is None for awaits, own, locked in rows)


def test_a_project_that_was_there_erases_when_somebody_stops(upgraded: sa.Engine) -> None:
    with upgraded.connect() as connection:
        assert set(connection.exec_driver_sql("SELECT after_export FROM project").scalars()) == {"erase"}


def test_somebody_may_be_key_holder_and_is_nothing_after_going_back(upgraded: sa.Engine, insert: Insert) -> None:
    with upgraded.begin() as connection:
        insert(connection, "membership", role="key_holder")
    migrating.downgrade(upgraded, to=BEFORE)
    with upgraded.connect() as connection:
        assert "key_holder" not in set(connection.exec_driver_sql("SELECT role FROM membership").scalars())


def test_erasing_an_interview_takes_along_what_was_destroyed_in_it(upgraded: sa.Engine) -> None:
    with upgraded.begin() as connection:
        connection.exec_driver_sql("DELETE FROM interview")
        for table in ("redaction", "redaction_decision", "contact"):
            assert connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar() == 0


@pytest.fixture
def with_a_log(in_use: sa.Engine, insert: Insert) -> sa.Engine:
    with in_use.begin() as connection:
        insert(connection, "audit_entry", action="transcript.reread", reason="iemand vroeg erom")
        insert(connection, "audit_entry", action="recording.play")
    migrating.upgrade(in_use, to=REVISION)
    return in_use


def test_the_lines_that_were_there_are_a_whole_chain(with_a_log: sa.Engine) -> None:
    with Session(with_a_log) as session:
        count = session.execute(sa.text("SELECT count(*), max(seq) FROM audit_entry")).one()
        assert count[0] == count[1] >= 2
        assert auditchain.verify(session) == []


def test_whoever_built_a_report_is_on_the_list_of_who_has_it(with_a_log: sa.Engine) -> None:
    with with_a_log.connect() as connection:
        built = set(connection.exec_driver_sql("SELECT id, built_by_id, sha256 FROM report").all())
        given = set(connection.exec_driver_sql("SELECT report_id, person_id, sha256 FROM hand_out").all())
    assert built
    assert given == built


@pytest.mark.parametrize("deed", ["UPDATE audit_entry SET action = 'niets'", "DELETE FROM audit_entry"])
def test_a_line_is_neither_changed_nor_removed(with_a_log: sa.Engine, deed: str) -> None:
    refused = pytest.raises(sa.exc.DBAPIError, match="the log is only ever added to")
    with refused, with_a_log.begin() as connection:
        connection.exec_driver_sql(deed)


def test_after_going_back_it_can_be(with_a_log: sa.Engine) -> None:
    migrating.downgrade(with_a_log, to=BEFORE)
    with with_a_log.begin() as connection:
        connection.exec_driver_sql("DELETE FROM audit_entry")
