"""Revision f1e1d0000002: devices, the guide at work, recordings, typing, after the interview, the member check."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa

from webapp import migrating

BEFORE, REVISION = "a4a1000f0001", "f1e1d0000002"
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


def test_every_row_is_the_same_after_it_and_after_going_back(
    in_use: sa.Engine, fill: Callable[[sa.Engine], None], contents: Contents
) -> None:
    before = contents(in_use)
    migrating.upgrade(in_use, to=REVISION)
    assert contents(in_use, as_in=before) == before
    migrating.downgrade(in_use, to=BEFORE)
    assert contents(in_use) == before


def test_who_was_there_told_a_story_and_is_spoken_to_as_a_stranger(upgraded: sa.Engine) -> None:
    with upgraded.connect() as connection:
        assert set(connection.exec_driver_sql("SELECT part FROM participation").scalars()) == {"teller"}
        assert set(connection.exec_driver_sql("SELECT address FROM interview").scalars()) == {"u"}


def test_a_guide_that_was_there_is_in_use(upgraded: sa.Engine) -> None:
    with upgraded.connect() as connection:
        dates = connection.exec_driver_sql("SELECT published_at, created_at FROM guide").all()
        assert dates
        assert all(published == created for published, created in dates)


def test_a_revoked_device_cannot_keep_what_its_key_is_made_of(upgraded: sa.Engine, insert: Insert) -> None:
    with upgraded.connect() as connection, pytest.raises(sa.exc.IntegrityError, match="ck__device__revoked_has_no_key"):
        insert(connection, "device", salt=b"0" * 32, revoked_at="2026-11-22 09:30:00.000000")


def test_a_recording_is_erased_on_a_day_or_not_at_all(upgraded: sa.Engine, insert: Insert) -> None:
    with upgraded.connect() as connection, pytest.raises(sa.exc.IntegrityError, match="ck__recording__erased"):
        insert(connection, "recording", state="erased", size=1)


def test_what_must_go_is_somewhere(upgraded: sa.Engine, insert: Insert) -> None:
    with upgraded.connect() as connection, pytest.raises(sa.exc.IntegrityError, match="ck__removal_request__place"):
        insert(connection, "removal_request")


def test_a_no_to_a_wish_says_why(upgraded: sa.Engine, insert: Insert) -> None:
    refused = pytest.raises(sa.exc.IntegrityError, match="ck__check_answer__no_needs_a_reply")
    with upgraded.connect() as connection, refused:
        insert(connection, "check_answer", place=0, state="not_done")


def test_erasing_an_interview_takes_its_sound_and_its_drafts_along(
    upgraded: sa.Engine, insert: Insert, contents: Contents
) -> None:
    with upgraded.begin() as connection:
        recording = insert(connection, "recording", size=1)
        insert(connection, "recording_piece", recording_id=recording["id"], part=0, number=0, size=1)
        draft = insert(connection, "typing_draft", interview_id=recording["interview_id"])
        insert(connection, "typing_version", draft_id=draft["id"])
        connection.exec_driver_sql("DELETE FROM interview")
    left = contents(upgraded)
    assert [left[table] for table in ("recording", "recording_piece", "typing_draft", "typing_version")] == [[]] * 4
