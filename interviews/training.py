"""What an interviewer was trained in, and the time that somebody spent. No money and no bank data, on purpose."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from interviews import audit
from interviews.access import Actor, Permission, require
from interviews.bsn import taken_out
from interviews.errors import Invalid, NotVisible
from interviews.models import Hours, Interview, Membership, Person, Project, TrainingMark
from interviews.models.aftercare import HoursKind, TrainingItem
from interviews.models.project import Role
from interviews.text import one_line

MOST_MINUTES = 24 * 60
MAX_REMARK = 200


@dataclass(frozen=True, slots=True)
class Progress:
    """One person's training list: a mark per item that was done."""

    person: Person
    marks: dict[TrainingItem, TrainingMark]

    @property
    def next(self) -> TrainingItem | None:
        """The first item that is still to do; None when all is done."""
        return next((item for item in TrainingItem if item not in self.marks), None)


@dataclass(frozen=True, slots=True)
class Month:
    """The time that one person noted in one month."""

    year: int
    month: int
    name: str
    minutes: int


def own(session: Session, actor: Actor, project: Project) -> Progress:
    """Return the actor's own training list."""
    require(actor, Permission.HOURS_NOTE, project)
    return _progress(session, project, [session.get_one(Person, actor.person_id)])[0]


def team(session: Session, actor: Actor, project: Project) -> list[Progress]:
    """Return the list of everybody who interviews in `project`, by name; for the project lead."""
    require(actor, Permission.TRAINING_KEEP, project)
    return _progress(session, project, _interviewers(session, project))


def _interviewers(session: Session, project: Project) -> Sequence[Person]:
    member = select(Membership.person_id).where(
        Membership.project_id == project.id, Membership.role == Role.PEER_INTERVIEWER
    )
    return session.scalars(select(Person).where(Person.id.in_(member)).order_by(Person.display_name, Person.id)).all()


def _progress(session: Session, project: Project, people: Sequence[Person]) -> list[Progress]:
    marks: dict[uuid.UUID, dict[TrainingItem, TrainingMark]] = {person.id: {} for person in people}
    for mark in session.scalars(
        select(TrainingMark).where(TrainingMark.project_id == project.id, TrainingMark.person_id.in_(marks))
    ):
        marks[mark.person_id][mark.item] = mark
    return [Progress(person, marks[person.id]) for person in people]


def mark(
    session: Session,
    actor: Actor,
    project: Project,
    person: Person,
    item: TrainingItem,
    *,
    done_on: date | None,
    remark: str = "",
) -> None:
    """Write down when `person` did `item`; None takes the date away. Raises NotVisible for who does not interview."""
    require(actor, Permission.TRAINING_KEEP, project)
    if person not in _interviewers(session, project):
        raise NotVisible
    row = session.scalar(
        select(TrainingMark).where(
            TrainingMark.project_id == project.id, TrainingMark.person_id == person.id, TrainingMark.item == item
        )
    )
    if done_on is None:
        if row is None:
            return
        session.delete(row)
    else:
        if row is None:
            row = TrainingMark(project_id=project.id, person_id=person.id, item=item, done_on=done_on)
            session.add(row)
        row.done_on, row.noted_by_id = done_on, actor.person_id
        row.remark = taken_out(one_line(remark)[:MAX_REMARK])[0] or None
    session.flush()
    audit.record(session, actor, Permission.TRAINING_KEEP, person, project_id=project.id, reason=item.value)


def note_hours(
    session: Session,
    actor: Actor,
    project: Project,
    *,
    kind: HoursKind,
    minutes: int,
    on: date,
    interview: Interview | None = None,
) -> Hours:
    """Note time that the actor spent. Raises Invalid("hours.minutes") for none or more than a day."""
    require(actor, Permission.HOURS_NOTE, project)
    if not 0 < minutes <= MOST_MINUTES:
        raise Invalid("hours.minutes")
    if interview is not None and interview.project_id != project.id:
        raise NotVisible
    row = Hours(
        project_id=project.id,
        person_id=actor.person_id,
        interview_id=None if interview is None else interview.id,
        kind=kind,
        minutes=minutes,
        on=on,
    )
    session.add(row)
    session.flush()
    return row


def own_hours(session: Session, actor: Actor, project: Project) -> Sequence[Hours]:
    """Return what the actor noted, the newest day first."""
    require(actor, Permission.HOURS_NOTE, project)
    return session.scalars(
        select(Hours)
        .where(Hours.project_id == project.id, Hours.person_id == actor.person_id)
        .order_by(Hours.on.desc(), Hours.noted_at.desc())
    ).all()


def remove_hours(session: Session, actor: Actor, project: Project, hours_id: uuid.UUID) -> None:
    """Take one own note away; one that is gone already is no error, and another's is not touched."""
    require(actor, Permission.HOURS_NOTE, project)
    session.execute(
        delete(Hours).where(Hours.id == hours_id, Hours.project_id == project.id, Hours.person_id == actor.person_id)
    )
    session.flush()


def months(session: Session, actor: Actor, project: Project) -> list[Month]:
    """Return the time per person per month, the newest month first; for the project lead."""
    require(actor, Permission.TRAINING_KEEP, project)
    totals: dict[tuple[int, int, uuid.UUID], tuple[str, int]] = {}
    rows = session.execute(
        select(Hours.on, Hours.minutes, Hours.person_id, Person.display_name)
        .join(Person, Person.id == Hours.person_id)
        .where(Hours.project_id == project.id)
    )
    for on, minutes, person_id, name in rows:
        place = (on.year, on.month, person_id)
        totals[place] = (name, totals.get(place, (name, 0))[1] + minutes)
    found = [Month(year, month, name, minutes) for (year, month, _id), (name, minutes) in totals.items()]
    return sorted(found, key=lambda one: (-one.year, -one.month, one.name.casefold()))
