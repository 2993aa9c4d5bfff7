"""After an interview: the interviewer's own words, sealed, and the talk counts as held."""

from __future__ import annotations

from datetime import date

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from interviews import aftercare, notes
from interviews.access import actor_for
from interviews.errors import Invalid, NotAllowed
from interviews.keys import KeyStore
from interviews.models import AuditEntry, Debrief
from interviews.models.interview import Status
from tests import factories
from tests.factories import Cast


def test_what_was_told_is_sealed_and_told_again_takes_its_place(db: Session, cast: Cast, keys: KeyStore) -> None:
    carla = actor_for(db, cast.carla.id)
    talk = factories.interview(db, carla, cast.project)
    assert aftercare.own(db, carla, talk, keys=keys) is None
    row = aftercare.write(
        db, carla, talk, feeling="Zwaar.\nBSN 111222333.", struck="De brief.", keys=keys, held_on=date(2027, 1, 12)
    )
    assert b"Zwaar" not in row.sealed
    assert aftercare.own(db, carla, talk, keys=keys) == "Zwaar.\nBSN [BSN weggehaald]."
    assert (talk.reflection, talk.status, talk.held_on) == ("De brief.", Status.HELD, date(2027, 1, 12))
    aftercare.write(db, carla, talk, feeling="", struck="", keys=keys, held_on=date(2027, 1, 13))
    assert aftercare.own(db, carla, talk, keys=keys) == ""
    assert (talk.reflection, talk.held_on) == (None, date(2027, 1, 12))
    assert len(db.scalars(sa.select(Debrief)).all()) == 1
    assert aftercare.told(db, carla, [talk]) == {talk.id}


def test_the_lead_reads_how_it_was_and_that_is_in_the_log(db: Session, cast: Cast, keys: KeyStore) -> None:
    carla, alice = actor_for(db, cast.carla.id), actor_for(db, cast.alice.id)
    talk = factories.interview(db, carla, cast.project)
    assert aftercare.read(db, alice, talk, keys=keys) == []
    aftercare.write(db, carla, talk, feeling="Het ging goed.", struck="", keys=keys)
    for _ in range(2):
        assert [(one.name, one.feeling) for one in aftercare.read(db, alice, talk, keys=keys)] == [
            ("Carla", "Het ging goed.")
        ]
    assert len(db.scalars(sa.select(AuditEntry).where(AuditEntry.action == "debrief.read")).all()) == 1
    for member in (cast.bob, cast.dirk):
        with pytest.raises(NotAllowed):
            aftercare.read(db, actor_for(db, member.id), talk, keys=keys)
        with pytest.raises(NotAllowed):
            aftercare.write(db, actor_for(db, member.id), talk, feeling="x", struck="", keys=keys)


def test_a_text_that_is_far_too_long_is_refused_whole(db: Session, cast: Cast, keys: KeyStore) -> None:
    carla = actor_for(db, cast.carla.id)
    talk = factories.interview(db, carla, cast.project)
    with pytest.raises(Invalid, match=r"note\.long"):
        aftercare.write(db, carla, talk, feeling="a" * (notes.MAX_NOTE + 1), struck="", keys=keys)
    assert talk.status is Status.PLANNED


def test_after_the_story_was_taken_back_nothing_can_be_read(db: Session, cast: Cast, keys: KeyStore) -> None:
    carla = actor_for(db, cast.carla.id)
    talk = factories.interview(db, carla, cast.project)
    aftercare.write(db, carla, talk, feeling="Zwaar.", struck="", keys=keys)
    keys.destroy(talk.id)
    assert aftercare.own(db, carla, talk, keys=keys) == ""
