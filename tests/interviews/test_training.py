"""The training list that a lead keeps, and the hours that people note themselves."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy.orm import Session

from interviews import training
from interviews.access import Actor, actor_for
from interviews.errors import Invalid, NotAllowed, NotVisible
from interviews.models import Hours
from interviews.models.aftercare import HoursKind, TrainingItem
from tests.factories import Cast

MONDAY = date(2027, 1, 11)


def test_the_first_item_without_a_day_is_next(db: Session, cast: Cast) -> None:
    alice, carla = actor_for(db, cast.alice.id), actor_for(db, cast.carla.id)
    assert training.own(db, carla, cast.project).next is TrainingItem.INTERVIEW_TRAINING
    training.mark(db, alice, cast.project, cast.carla, TrainingItem.INTERVIEW_TRAINING, done_on=MONDAY)
    assert training.own(db, carla, cast.project).next is TrainingItem.PRACTICE_TALK
    for item in TrainingItem:
        training.mark(db, alice, cast.project, cast.carla, item, done_on=MONDAY)
    progress = training.own(db, carla, cast.project)
    assert progress.next is None
    assert progress.marks[TrainingItem.CONFIDENTIALITY].done_on == MONDAY
    training.mark(db, alice, cast.project, cast.carla, TrainingItem.SAFETY, done_on=None)
    assert training.own(db, carla, cast.project).next is TrainingItem.SAFETY


def test_only_the_lead_keeps_the_list_and_only_of_who_interviews(db: Session, cast: Cast) -> None:
    alice = actor_for(db, cast.alice.id)
    assert [one.person for one in training.team(db, alice, cast.project)] == [cast.carla]
    for member in (cast.bob, cast.zoe):
        with pytest.raises(NotVisible):
            training.mark(db, alice, cast.project, member, TrainingItem.SAFETY, done_on=MONDAY)
    for member in (cast.carla, cast.bob):
        with pytest.raises(NotAllowed):
            training.mark(db, actor_for(db, member.id), cast.project, cast.carla, TrainingItem.SAFETY, done_on=MONDAY)
        with pytest.raises(NotAllowed):
            training.months(db, actor_for(db, member.id), cast.project)


def test_hours_are_one_s_own_and_the_lead_sees_totals_per_month(db: Session, cast: Cast) -> None:
    carla, bob, alice = (actor_for(db, person.id) for person in (cast.carla, cast.bob, cast.alice))

    def note(actor: Actor, minutes: int, on: date = MONDAY) -> Hours:
        return training.note_hours(db, actor, cast.project, kind=HoursKind.TALK, minutes=minutes, on=on)

    first = note(carla, 90)
    note(carla, 30)
    note(bob, 15)
    note(carla, 60, date(2027, 2, 1))
    assert [(one.month, one.name, one.minutes) for one in training.months(db, alice, cast.project)] == [
        (2, "Carla", 60), (1, "Bob", 15), (1, "Carla", 120),
    ]  # fmt: skip
    training.remove_hours(db, bob, cast.project, first.id)
    assert len(training.own_hours(db, carla, cast.project)) == 3
    training.remove_hours(db, carla, cast.project, first.id)
    assert [row.minutes for row in training.own_hours(db, carla, cast.project)] == [60, 30]


@pytest.mark.parametrize("minutes", [0, -5, 24 * 60 + 1])
def test_a_time_that_cannot_be_is_refused(db: Session, cast: Cast, minutes: int) -> None:
    with pytest.raises(Invalid, match=r"hours\.minutes"):
        training.note_hours(
            db, actor_for(db, cast.carla.id), cast.project, kind=HoursKind.TALK, minutes=minutes, on=MONDAY
        )


def test_a_reader_of_a_municipality_notes_nothing(db: Session, cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        training.own_hours(db, actor_for(db, cast.esra.id), cast.project)
