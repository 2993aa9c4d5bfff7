"""Passes: the interviewee comes in by a link and a code that was said aloud, for a week, and no further."""

from __future__ import annotations

from datetime import timedelta

import pytest
from argon2 import PasswordHasher
from sqlalchemy.orm import Session

from interviews import clock, passes
from interviews.access import Actor, actor_for
from interviews.errors import NotAllowed, NotVisible
from interviews.models import Interview
from interviews.models.membercheck import PassPurpose
from tests import factories
from tests.factories import Cast


@pytest.fixture(autouse=True)
def cheap_codes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passes, "_hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@pytest.fixture
def carla(db: Session, cast: Cast) -> Actor:
    return actor_for(db, cast.carla.id)


@pytest.fixture
def talk(db: Session, cast: Cast, carla: Actor) -> Interview:
    return factories.interview(db, carla, cast.project)


@pytest.fixture
def made(db: Session, carla: Actor, talk: Interview) -> passes.Made:
    return passes.make(db, carla, talk, talk.interviewees[0], purpose=PassPurpose.CHECK)


def wrong(made: passes.Made) -> str:
    return "111111" if made.code != "111111" else "222222"


def test_the_link_and_the_code_open_the_pass(db: Session, made: passes.Made) -> None:
    found = passes.find(db, made.token)
    assert found is made.row
    assert passes.open_with(db, found, f" {made.code[:3]} {made.code[3:]} ")
    assert found.opened_at is not None


def test_neither_half_is_stored(db: Session, made: passes.Made) -> None:
    kept = made.row.token_hash + made.row.code_hash.encode()
    assert made.token.encode() not in kept
    assert made.code.encode() not in kept


def test_five_wrong_codes_end_it_also_for_who_then_knows_the_right_one(db: Session, made: passes.Made) -> None:
    for left in range(passes.MOST_TRIES - 1, -1, -1):
        assert not passes.open_with(db, made.row, wrong(made))
        assert passes.tries_left(made.row) == left
    assert not passes.open_with(db, made.row, made.code)
    assert passes.find(db, made.token) is None


def test_a_right_code_forgives_the_wrong_ones(db: Session, made: passes.Made) -> None:
    passes.open_with(db, made.row, wrong(made))
    assert passes.open_with(db, made.row, made.code)
    assert passes.tries_left(made.row) == passes.MOST_TRIES


def test_after_a_week_the_link_is_dead(db: Session, made: passes.Made, monkeypatch: pytest.MonkeyPatch) -> None:
    later = clock.now() + timedelta(days=passes.DAYS, minutes=1)
    monkeypatch.setattr(passes, "now", lambda: later)
    assert passes.find(db, made.token) is None


def test_a_new_pass_ends_the_one_before(db: Session, carla: Actor, talk: Interview, made: passes.Made) -> None:
    newer = passes.make(db, carla, talk, talk.interviewees[0], purpose=PassPurpose.CHECK)
    assert passes.find(db, made.token) is None
    assert passes.find(db, newer.token) is newer.row


def test_carla_takes_it_back(db: Session, carla: Actor, made: passes.Made) -> None:
    passes.revoke(db, carla, made.row)
    assert passes.find(db, made.token) is None


def test_a_link_that_was_never_made_opens_nothing(db: Session, made: passes.Made) -> None:
    assert passes.find(db, "geen-echte-link") is None


def test_only_who_may_ask_makes_a_pass_and_only_for_who_was_there(
    db: Session, cast: Cast, carla: Actor, talk: Interview
) -> None:
    with pytest.raises(NotAllowed):
        passes.make(db, actor_for(db, cast.bob.id), talk, talk.interviewees[0], purpose=PassPurpose.CHECK)
    other = factories.interview(db, carla, cast.project)
    with pytest.raises(NotVisible):
        passes.make(db, carla, talk, other.interviewees[0], purpose=PassPurpose.CHECK)
