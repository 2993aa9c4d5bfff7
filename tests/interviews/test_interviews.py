"""Interviews: planned, with interviewees who are known by a code and another name."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from interviews import consents, interviews, projects
from interviews.access import actor_for
from interviews.errors import Invalid, NotAllowed, NotVisible
from interviews.interviews import Appointment
from interviews.keys import KeyStore
from interviews.models import AuditEntry, Guide, Interview
from interviews.models.interview import (
    Address,
    Channel,
    InterviewKind,
    Perspective,
    PlaceType,
    Representative,
    Status,
)
from tests import factories
from tests.factories import Cast


def plan(db: Session, cast: Cast, **options: object) -> Interview:
    return interviews.plan(
        db,
        actor_for(db, cast.carla.id),
        cast.project,
        perspective=Perspective.CLIENT,
        **options,  # type: ignore[arg-type]
    )


def test_interviews_are_numbered_in_order_of_arrival(db: Session, cast: Cast) -> None:
    assert [plan(db, cast).code for _ in range(3)] == ["D-01", "D-02", "D-03"]


def test_who_plans_an_interview_holds_it(db: Session, cast: Cast) -> None:
    row = plan(db, cast)
    assert row.interviewer_id == cast.carla.id
    assert row.status is Status.PLANNED
    assert plan(db, cast, held_on=date(2024, 3, 1)).status is Status.HELD


def test_everybody_gets_a_name_that_nobody_else_in_the_project_has(db: Session, cast: Cast) -> None:
    names = [person.pseudonym for _ in range(12) for person in plan(db, cast, people=3).interviewees]
    assert None not in names
    assert len(set(names)) == 36


def test_an_own_choice_of_name_counts_and_is_taken_once(db: Session, cast: Cast) -> None:
    row = plan(db, cast, people=2, pseudonyms=(" Merel ", ""))
    first, second = (person.pseudonym for person in row.interviewees)
    assert first == "Merel"
    assert second not in ("", "Merel", None)
    with pytest.raises(Invalid, match=r"pseudonym\.taken"):
        plan(db, cast, pseudonyms=("merel",))


def test_people_in_a_group_have_codes_of_their_own(db: Session, cast: Cast) -> None:
    row = plan(db, cast, people=3, kind=InterviewKind.GROUP)
    assert [person.code for person in row.interviewees] == ["D-01.1", "D-01.2", "D-01.3"]


@pytest.mark.parametrize("people", [0, interviews.MAX_INTERVIEWEES + 1])
def test_a_number_of_people_that_does_not_fit_is_refused(db: Session, cast: Cast, people: int) -> None:
    with pytest.raises(Invalid, match=r"interview\.people"):
        plan(db, cast, people=people)


def test_a_municipality_of_another_project_is_not_there(db: Session, cast: Cast) -> None:
    elsewhere = projects.add_municipality(db, cast.elsewhere, "Elders")
    with pytest.raises(NotVisible):
        plan(db, cast, municipality=elsewhere)


def test_who_only_reads_or_codes_plans_nothing(db: Session, cast: Cast) -> None:
    for member in (cast.dirk, cast.esra):
        with pytest.raises(NotAllowed):
            interviews.plan(db, actor_for(db, member.id), cast.project, perspective=Perspective.CLIENT)


def test_an_interview_is_found_by_its_code_in_its_own_project(db: Session, cast: Cast) -> None:
    row = plan(db, cast)
    assert interviews.interview_by_code(db, cast.project.id, "D-01") is row
    assert interviews.interview_by_code(db, cast.elsewhere.id, "D-01") is None


def test_what_struck_the_interviewer_is_kept_clean_and_apart(db: Session, cast: Cast) -> None:
    row = factories.interview(db, actor_for(db, cast.carla.id), cast.project)
    interviews.note_reflection(db, actor_for(db, cast.carla.id), row, " Het ging \x00goed.\r\nIk leerde ervan. ")
    assert row.reflection == "Het ging goed.\nIk leerde ervan."
    interviews.note_reflection(db, actor_for(db, cast.carla.id), row, "  ")
    assert row.reflection is None
    with pytest.raises(NotAllowed):
        interviews.note_reflection(db, actor_for(db, cast.dirk.id), row, "x")


TUESDAY = datetime(2027, 1, 12, 13, 5, tzinfo=UTC)


def test_what_was_agreed_is_kept_with_who_comes_along_and_who_decides(db: Session, cast: Cast) -> None:
    agreed = Appointment(
        TUESDAY, Channel.FLYER, PlaceType.LIBRARY, Address.JE, companions=1, represented_by=Representative.PARENT
    )
    row = plan(db, cast, appointment=agreed)
    assert (row.planned_for, row.channel, row.place_type, row.address) == (
        TUESDAY, Channel.FLYER, PlaceType.LIBRARY, Address.JE,
    )  # fmt: skip
    assert len(row.companions) == len(row.interviewees) == 1
    assert row.interviewees[0].represented_by is Representative.PARENT
    assert row.companions[0].pseudonym not in (None, row.interviewees[0].pseudonym)


def test_an_interview_goes_by_the_guide_that_was_taken_into_use_last(db: Session, cast: Cast) -> None:
    assert plan(db, cast).guide_id is None
    for version, published in (("1", TUESDAY), ("2", TUESDAY + timedelta(days=1)), ("3", None)):
        db.add(Guide(project_id=cast.project.id, key="g", version=version, title="g", published_at=published))
    db.add(
        Guide(project_id=cast.elsewhere.id, key="g", version="9", title="g", published_at=TUESDAY + timedelta(days=9))
    )
    db.flush()
    assert db.get_one(Guide, plan(db, cast).guide_id).version == "2"


def test_a_practice_interview_has_its_own_numbers_and_takes_no_name_from_anybody(db: Session, cast: Cast) -> None:
    carla = actor_for(db, cast.carla.id)
    practice = interviews.practise(db, carla, cast.project)
    assert (practice.code, practice.practice, len(practice.interviewees)) == ("O-01", True, 1)
    assert plan(db, cast).code == "D-01"
    made_up = practice.interviewees[0].pseudonym
    assert plan(db, cast, pseudonyms=(made_up,)).interviewees[0].pseudonym == made_up


def test_a_change_of_plan_is_in_the_log_and_what_stays_the_same_is_not(db: Session, cast: Cast) -> None:
    carla = actor_for(db, cast.carla.id)
    row = plan(db, cast, appointment=Appointment(TUESDAY, Channel.FLYER))

    def change(**agreed: object) -> list[str]:
        return interviews.change_plan(
            db,
            carla,
            row,
            perspective=Perspective.CLIENT,
            municipality=cast.municipality,
            appointment=Appointment(**agreed),  # type: ignore[arg-type]
        )

    assert change(planned_for=TUESDAY, channel=Channel.CONSULENT) == ["municipality_id", "channel"]
    assert change(planned_for=TUESDAY, channel=Channel.CONSULENT) == []
    assert row.interviewees[0].municipality_id == cast.municipality.id
    reasons = db.scalars(sa.select(AuditEntry.reason).where(AuditEntry.action == "interview.plan")).all()
    assert set(reasons) == {"channel", "municipality_id"}
    assert len(reasons) == 2
    with pytest.raises(NotAllowed):
        interviews.change_plan(
            db,
            actor_for(db, cast.bob.id),
            row,
            perspective=Perspective.CLIENT,
            municipality=None,
            appointment=Appointment(),
        )


def test_somebody_gets_another_name_until_it_stands_in_a_text(db: Session, cast: Cast, keys: KeyStore) -> None:
    carla = actor_for(db, cast.carla.id)
    row = factories.interview(db, carla, cast.project, pseudonyms=["Merel"])
    other = plan(db, cast, pseudonyms=("Robin",))
    person = row.interviewees[0]
    interviews.rename(db, carla, row, person, " Vlinder ")
    assert person.pseudonym == "Vlinder"
    interviews.rename(db, carla, row, person, "")
    assert person.pseudonym == "Vlinder"
    with pytest.raises(Invalid, match=r"pseudonym\.taken"):
        interviews.rename(db, carla, row, person, "robin")
    with pytest.raises(NotVisible):
        interviews.rename(db, carla, row, other.interviewees[0], "Sam")
    factories.transcript(db, carla, row, keys=keys)
    with pytest.raises(Invalid, match=r"pseudonym\.in_text"):
        interviews.rename(db, carla, row, person, "Sam")


def test_a_companion_is_asked_less_and_is_not_counted(db: Session, cast: Cast) -> None:
    row = plan(db, cast, appointment=Appointment(companions=1))
    assert consents.people_of(row) == [*row.interviewees, *row.companions]
    assert row.kind is InterviewKind.INDIVIDUAL
