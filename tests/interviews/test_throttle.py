"""Guesses are slowed, and nobody is ever locked out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from interviews import clock, throttle
from interviews.errors import Invalid
from interviews.models import LoginAttempt
from interviews.throttle import ACCOUNT, ADDRESS, Knock

START = datetime(2026, 11, 3, 9, tzinfo=UTC)
SOMEBODY = Knock(throttle.of_word("carla"), throttle.of_address("192.0.2.7", key=b"k"))


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[[timedelta], None]:
    """Set the clock to so long after the start."""

    def move(span: timedelta) -> None:
        monkeypatch.setattr(clock, "now", lambda: START + span)

    move(timedelta())
    return move


def test_the_wait_doubles_and_stops_growing() -> None:
    tries: list[datetime] = []
    waits = []
    for _ in range(14):
        tries.append(START)
        waits.append(ACCOUNT.wait(tries, START))
    assert waits[:4] == [timedelta()] * 4
    assert waits[4:9] == [timedelta(seconds=30 * 2**n) for n in range(5)]
    assert set(waits[9:]) == {ACCOUNT.most}


@given(st.lists(st.integers(0, 200_000), max_size=200), st.integers(0, 300_000))
def test_nobody_ever_waits_longer_than_the_limit(seconds: list[int], later: int) -> None:
    tries = [START + timedelta(seconds=one) for one in seconds if one <= later]
    at = START + timedelta(seconds=later)
    for pace in (ACCOUNT, ADDRESS):
        wait = pace.wait(tries, at)
        assert timedelta() <= wait <= pace.most
        # Without another wrong try the wait is over when it says so.
        assert pace.wait(tries, at + wait) == timedelta()


def test_more_than_ten_wrong_tries_a_minute_from_one_address_are_slowed(
    db: Session, at: Callable[[timedelta], None]
) -> None:
    tried = 0
    for second in range(60):
        at(timedelta(seconds=second))
        # Each time another word: only the address is the same.
        knock = Knock(throttle.of_word(f"iemand{second}"), SOMEBODY.address)
        if not throttle.waiting(db, knock):
            throttle.wrong(db, knock)
            tried += 1
    assert 10 <= tried <= 14


def test_the_wait_is_said_in_seconds_and_whole_minutes(db: Session, at: Callable[[timedelta], None]) -> None:
    for _ in range(ACCOUNT.free + 2):
        throttle.wrong(db, SOMEBODY)
    with pytest.raises(Invalid) as refused:
        throttle.require(db, SOMEBODY)
    assert refused.value.fields == {"seconds": 120, "minutes": 2}
    at(timedelta(seconds=61))
    with pytest.raises(Invalid) as refused:
        throttle.require(db, SOMEBODY)
    assert refused.value.fields == {"seconds": 59, "minutes": 1}


def test_getting_in_clears_the_account_and_not_the_address(db: Session, at: Callable[[timedelta], None]) -> None:
    for _ in range(ADDRESS.free):
        throttle.wrong(db, SOMEBODY)
    throttle.right(db, SOMEBODY)
    assert throttle.waiting(db, Knock(SOMEBODY.account)) == timedelta()
    assert throttle.waiting(db, SOMEBODY) > timedelta()


def test_no_address_is_kept_and_no_try_longer_than_a_week(db: Session, at: Callable[[timedelta], None]) -> None:
    throttle.wrong(db, SOMEBODY)
    kept = db.scalars(sa.select(LoginAttempt)).all()
    assert len(kept) == 2
    assert all(b"192" not in row.subject_hash and len(row.subject_hash) == 32 for row in kept)
    assert timedelta(days=7) >= throttle.KEPT
    at(throttle.KEPT + timedelta(seconds=1))
    throttle.forget_old(db)
    assert db.scalars(sa.select(LoginAttempt)).all() == []


def test_an_address_is_hashed_under_a_key_and_of_a_network_all_are_one() -> None:
    def of(address: str, key: bytes = b"k") -> bytes:
        return throttle.of_address(address, key=key)

    assert of("192.0.2.7") != of("192.0.2.8")
    assert of("192.0.2.7") != of("192.0.2.7", key=b"other")
    assert of("2001:db8:1:2::1") == of("2001:db8:1:2:ffff::9")
    assert of("2001:db8:1:2::1") != of("2001:db8:1:3::1")
    assert of("") == of("")
