"""Handing an interview over: one step, a note that only the next one reads, and the one before sees nothing more."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from interviews import handing_over, people, projects
from interviews.access import Permission, actor_for, allows
from interviews.errors import Invalid, NotAllowed, NotVisible
from interviews.keys import KeyStore
from interviews.models import HandOver, Interview, Person
from interviews.models.interview import Status
from interviews.models.project import Role
from tests import factories
from tests.factories import Cast

NOTE = "Zij belt liever dan dat zij schrijft. Haar BSN 111222333 hoef je niet."


@pytest.fixture
def fred(db: Session, cast: Cast) -> Person:
    """A second peer interviewer."""
    person = factories.person(db, "fred")
    projects.give_role(db, cast.project, person, Role.PEER_INTERVIEWER)
    return person


@pytest.fixture
def talk(db: Session, cast: Cast) -> Interview:
    """An interview of Carla."""
    return factories.interview(db, actor_for(db, cast.carla.id), cast.project)


def give(db: Session, cast: Cast, talk: Interview, to: Person, keys: KeyStore, note: str = NOTE) -> HandOver:
    return handing_over.hand_over(db, actor_for(db, cast.carla.id), talk, to=to, note=note, keys=keys)


def test_the_next_one_reads_the_note_and_the_one_before_has_no_way_in(
    db: Session, cast: Cast, talk: Interview, fred: Person, keys: KeyStore
) -> None:
    row = give(db, cast, talk, fred, keys)
    carla, own = actor_for(db, cast.carla.id), actor_for(db, fred.id)
    assert not allows(carla, Permission.INTERVIEW_SEE, talk)
    assert allows(own, Permission.RAW_EDIT, talk)
    assert handing_over.unread(db, own, [talk]) == {talk.id: row}
    assert handing_over.read(own, row, keys=keys) == NOTE.replace("111222333", "[BSN weggehaald]")
    with pytest.raises(NotVisible):
        handing_over.read(carla, row, keys=keys)
    handing_over.seen(db, own, talk)
    assert handing_over.unread(db, own, [talk]) == {}


def test_the_note_is_nowhere_in_the_clear(
    db: Session, cast: Cast, talk: Interview, fred: Person, keys: KeyStore
) -> None:
    assert b"schrijft" not in give(db, cast, talk, fred, keys).note_sealed
    keys.destroy(talk.id)
    own = actor_for(db, fred.id)
    assert handing_over.read(own, handing_over.unread(db, own, [talk])[talk.id], keys=keys) is None


def test_without_a_note_or_a_next_one_nothing_goes_over(
    db: Session, cast: Cast, talk: Interview, fred: Person, keys: KeyStore
) -> None:
    with pytest.raises(Invalid, match=r"hand_over\.note"):
        give(db, cast, talk, fred, keys, note=" \n ")
    for nobody in (cast.carla, cast.dirk, cast.esra, cast.zoe):
        with pytest.raises(Invalid, match=r"hand_over\.person"):
            give(db, cast, talk, nobody, keys)
    assert talk.interviewer_id == cast.carla.id


def test_who_held_the_talk_stays_on_record(db: Session, cast: Cast, talk: Interview, keys: KeyStore) -> None:
    other = factories.interview(db, actor_for(db, cast.carla.id), cast.project)
    other.status = Status.HELD
    give(db, cast, talk, cast.bob, keys)
    give(db, cast, other, cast.bob, keys)
    assert (talk.peer, other.peer) == (False, True)


def test_the_lead_gives_on_what_somebody_left_behind(
    db: Session, cast: Cast, talk: Interview, fred: Person, keys: KeyStore
) -> None:
    alice = actor_for(db, cast.alice.id)
    people.end_access(db, alice, cast.project, cast.carla)
    assert list(handing_over.candidates(db, talk)) == [cast.bob, fred]
    handing_over.hand_over(db, alice, talk, to=fred, note="Carla is gestopt.", keys=keys)
    assert talk.interviewer_id == fred.id
    with pytest.raises(NotAllowed):
        handing_over.hand_over(db, actor_for(db, cast.dirk.id), talk, to=cast.bob, note="x", keys=keys)
