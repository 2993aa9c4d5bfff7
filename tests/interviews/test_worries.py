"""Worries: said by who was there, read by the lead and the own interviewer only, closed with what was done."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from interviews import interviews, worries
from interviews.access import Actor, actor_for
from interviews.errors import Invalid, NotAllowed, NotVisible
from interviews.keys import KeyStore
from interviews.models import AuditEntry, Interview
from tests import factories
from tests.factories import Cast

NOTE = "Zij slaapt al weken niet."


@pytest.fixture
def carla(db: Session, cast: Cast) -> Actor:
    """The interviewer."""
    return actor_for(db, cast.carla.id)


@pytest.fixture
def alice(db: Session, cast: Cast) -> Actor:
    """The project lead."""
    return actor_for(db, cast.alice.id)


@pytest.fixture
def talk(db: Session, cast: Cast, carla: Actor) -> Interview:
    """An interview of Carla."""
    return factories.interview(db, carla, cast.project)


def test_a_worry_is_counted_until_a_lead_saw_it_and_listed_until_it_is_closed(
    db: Session, cast: Cast, talk: Interview, carla: Actor, alice: Actor, keys: KeyStore
) -> None:
    worries.flag(db, carla, talk, note=NOTE, keys=keys)
    assert worries.unseen(db, cast.project.id) == 1
    assert list(worries.flagged(db, alice, cast.project)) == [talk]
    worries.seen(db, alice, talk)
    assert worries.unseen(db, cast.project.id) == 0
    assert worries.is_open(talk)
    with pytest.raises(Invalid, match=r"worry\.done"):
        worries.close(db, alice, talk, done=" ", keys=keys)
    worries.close(db, alice, talk, done="Gebeld.", keys=keys)
    assert not worries.is_open(talk)
    assert [(one.note, one.done) for one in worries.read(db, carla, talk, keys=keys)] == [(NOTE, "Gebeld.")]
    with pytest.raises(Invalid, match=r"worry\.none"):
        worries.close(db, alice, talk, done="Nog eens.", keys=keys)


def test_a_worry_that_comes_back_is_new_again_and_the_first_stays(
    db: Session, cast: Cast, talk: Interview, carla: Actor, alice: Actor, keys: KeyStore
) -> None:
    worries.flag(db, carla, talk, note=NOTE, keys=keys)
    worries.close(db, alice, talk, done="Gebeld.", keys=keys)
    worries.flag(db, carla, talk, keys=keys)
    assert worries.unseen(db, cast.project.id) == 1
    worries.close(db, alice, talk, done="Langsgegaan.", keys=keys)
    told = worries.read(db, alice, talk, keys=keys)
    assert [(one.note, one.done) for one in told] == [(NOTE, "Gebeld."), ("", "Langsgegaan.")]
    assert {one.person_id for one in told} == {cast.carla.id}


def test_only_the_lead_and_the_own_interviewer_read_it_and_reading_what_another_said_is_logged(
    db: Session, cast: Cast, talk: Interview, carla: Actor, alice: Actor, keys: KeyStore
) -> None:
    bob = actor_for(db, cast.bob.id)
    worries.flag(db, bob, talk, note=NOTE, keys=keys)
    assert b"slaapt" not in (talk.safety_note_sealed or b"")
    for stranger, refusal in ((bob, NotAllowed), (actor_for(db, cast.dirk.id), NotAllowed),
                              (actor_for(db, cast.zoe.id), NotVisible)):  # fmt: skip
        with pytest.raises(refusal):
            worries.read(db, stranger, talk, keys=keys)
    for _ in range(2):
        worries.read(db, carla, talk, keys=keys)
        worries.read(db, alice, talk, keys=keys)
    lines = db.scalars(sa.select(AuditEntry).where(AuditEntry.action == worries.READ)).all()
    assert {line.actor_id for line in lines} == {cast.alice.id, cast.carla.id}
    assert len(lines) == 2
    assert not any(NOTE in (line.reason or "") for line in db.scalars(sa.select(AuditEntry)))


def test_a_practice_interview_alarms_nobody(
    db: Session, cast: Cast, carla: Actor, alice: Actor, keys: KeyStore
) -> None:
    practice = interviews.practise(db, carla, cast.project)
    worries.flag(db, carla, practice, note="Oefenen.", keys=keys)
    assert worries.unseen(db, cast.project.id) == 0
    assert list(worries.flagged(db, alice, cast.project)) == []


def test_who_has_nothing_to_do_with_it_says_and_closes_nothing(
    db: Session, cast: Cast, talk: Interview, carla: Actor, keys: KeyStore
) -> None:
    with pytest.raises(NotAllowed):
        worries.flag(db, actor_for(db, cast.dirk.id), talk, keys=keys)
    worries.flag(db, carla, talk, keys=keys)
    for actor in (carla, actor_for(db, cast.bob.id)):
        with pytest.raises(NotAllowed):
            worries.close(db, actor, talk, done="x", keys=keys)
        with pytest.raises(NotAllowed):
            worries.flagged(db, actor, cast.project)
