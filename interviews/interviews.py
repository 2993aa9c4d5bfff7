"""Interviews: plan one, change what was agreed, practise, and keep what struck the interviewer."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from interviews import audit, consents, notes, recoverysheets
from interviews.access import Actor, Permission, require
from interviews.bsn import taken_out
from interviews.detect.findings import IdentifierType
from interviews.errors import Invalid, NotVisible
from interviews.models import (
    Guide,
    Interview,
    Interviewee,
    Municipality,
    Participation,
    Project,
    Transcript,
    Withdrawal,
)
from interviews.models.interview import (
    Address,
    Channel,
    InterviewKind,
    Perspective,
    PlaceType,
    Representative,
    Status,
)
from interviews.projects import pseudonyms_of
from interviews.pseudonyms import propose_replacement
from interviews.text import one_line

MAX_INTERVIEWEES = 12
PRACTICE_PREFIX = "O"
"""Practice interviews have a row of numbers of their own, so that the real ones count on without a gap."""


@dataclass(frozen=True, slots=True)
class Appointment:
    """What is agreed before an interview: when, where, how, and who comes along; None for what nobody said."""

    planned_for: datetime | None = None
    """Midnight in the Netherlands when only the day is known."""
    channel: Channel | None = None
    place_type: PlaceType | None = None
    address: Address = Address.U
    companions: int = 0
    represented_by: Representative | None = None
    """Who decides with or for the interviewee."""


def _next_code(codes: Collection[str], prefix: str) -> str:
    """Return the first free code of the row D-01, D-02 …: a number in order of arrival says nothing about a person."""
    number = sum(code.startswith(f"{prefix}-") for code in codes) + 1
    while (code := f"{prefix}-{number:02}") in codes:
        number += 1
    return code


def plan(
    session: Session,
    actor: Actor,
    project: Project,
    *,
    perspective: Perspective,
    kind: InterviewKind = InterviewKind.INDIVIDUAL,
    people: int = 1,
    pseudonyms: Collection[str] = (),
    municipality: Municipality | None = None,
    appointment: Appointment | None = None,
    held_on: date | None = None,
    practice: bool = False,
    peer: bool = True,
) -> Interview:
    """Start an interview with `people` new interviewees; the actor becomes its interviewer.

    `pseudonyms` are the interviewees' own choices, in order; who chose none gets a neutral name that nobody in the
    project has. The interview goes by the guide that the team took into use last. Raises Invalid for a number of people
    that does not fit, a chosen name that is taken, or as `recoverysheets.require_confirmed`; and NotVisible for a municipality of another project.
    """
    require(actor, Permission.INTERVIEW_ADD, project)
    _require_own(municipality, project.id)
    if not 1 <= people <= MAX_INTERVIEWEES:
        raise Invalid("interview.people", maximum=MAX_INTERVIEWEES)
    recoverysheets.require_confirmed(session, project, practice=practice)
    codes = _codes(session, project)
    agreed = appointment or Appointment()
    interview = Interview(
        project_id=project.id,
        code=_next_code(codes, PRACTICE_PREFIX if practice else "D"),
        interviewer_id=actor.person_id,
        kind=kind,
        perspective=perspective,
        municipality_id=None if municipality is None else municipality.id,
        guide_id=_guide_in_use(session, project.id),
        held_on=held_on,
        practice=practice,
        peer=peer,
        status=Status.PLANNED if held_on is None else Status.HELD,
        planned_for=agreed.planned_for,
        channel=agreed.channel,
        place_type=agreed.place_type,
        address=agreed.address,
    )
    session.add(interview)
    chosen = [taken_out(one_line(name))[0] for name in pseudonyms]
    for position in range(people):
        code = interview.code if people == 1 else f"{interview.code}.{position + 1}"
        name = chosen[position] if position < len(chosen) else ""
        person = _add_person(session, interview, code, name=name)
        if agreed.represented_by is not None:
            consents.add_representative(session, actor, interview, person, agreed.represented_by)
    session.flush()
    audit.record(session, actor, Permission.INTERVIEW_ADD, interview, project_id=project.id)
    for _ in range(agreed.companions):
        consents.add_companion(session, actor, interview)
    return interview


def _codes(session: Session, project: Project) -> set[str]:
    """Return the codes that nobody new gets: also of who stopped, or the register would speak of the wrong person."""
    return {
        code
        for kind in (Interview, Withdrawal)
        for code in session.scalars(select(kind.code).where(kind.project_id == project.id))
    }


def practise(session: Session, actor: Actor, project: Project, *, peer: bool = True) -> Interview:
    """Start an interview to practise on, with a made-up interviewee: in one go, and counted nowhere."""
    return plan(
        session,
        actor,
        project,
        perspective=Perspective.CLIENT,
        appointment=Appointment(address=Address.JE),
        practice=True,
        peer=peer,
    )


def change_plan(
    session: Session,
    actor: Actor,
    interview: Interview,
    *,
    perspective: Perspective,
    municipality: Municipality | None,
    appointment: Appointment,
    held_on: date | None = None,
) -> list[str]:
    """Change when, where and how it is; return the names of what changed. The log has a line for each.

    Who comes along has verbs of its own in `interviews.consents`. `held_on` counts for an interview that was held.
    Raises NotVisible for a municipality of another project.
    """
    require(actor, Permission.INTERVIEW_PLAN, interview)
    _require_own(municipality, interview.project_id)
    wanted: dict[str, object] = {
        "perspective": perspective,
        "municipality_id": None if municipality is None else municipality.id,
        "planned_for": appointment.planned_for,
        "channel": appointment.channel,
        "place_type": appointment.place_type,
        "address": appointment.address,
    }
    if held_on is not None and interview.status is not Status.PLANNED:
        wanted["held_on"] = held_on
    changed = [name for name, value in wanted.items() if getattr(interview, name) != value]
    for name in changed:
        setattr(interview, name, wanted[name])
        for person in interview.interviewees if name in ("perspective", "municipality_id") else []:
            setattr(person, name, wanted[name])
    session.flush()
    for name in changed:
        _changed(session, actor, interview, name)
    return changed


def rename(session: Session, actor: Actor, interview: Interview, person: Interviewee, name: str) -> None:
    """Change by which name somebody is known here; an empty one leaves the name as it is.

    Raises Invalid("pseudonym.taken"), Invalid("pseudonym.in_text") once there is a text with the old name, and
    NotVisible for somebody of another interview.
    """
    require(actor, Permission.INTERVIEW_PLAN, interview)
    if consents.part_of(interview, person) is None:
        raise NotVisible
    name = taken_out(one_line(name))[0]
    if not name or name == person.pseudonym:
        return
    if session.scalar(select(Transcript.id).where(Transcript.interview_id == interview.id)) is not None:
        raise Invalid("pseudonym.in_text")
    person.pseudonym = _own_choice(session, interview, name, besides=person)
    session.flush()
    _changed(session, actor, interview, "pseudonym")


def note_reflection(session: Session, actor: Actor, interview: Interview, text: str) -> None:
    """Keep what struck the interviewer, apart from the transcript."""
    require(actor, Permission.RAW_EDIT, interview)
    interview.reflection = notes.tidy(text) or None
    session.flush()


def interview_by_code(session: Session, project_id: uuid.UUID, code: str) -> Interview | None:
    """Return the interview with this code in a project."""
    return session.scalar(select(Interview).where(Interview.project_id == project_id, Interview.code == code))


def _changed(session: Session, actor: Actor, interview: Interview, what: str) -> None:
    audit.record(session, actor, Permission.INTERVIEW_PLAN, interview, project_id=interview.project_id, reason=what)


def _require_own(municipality: Municipality | None, project_id: uuid.UUID) -> None:
    if municipality is not None and municipality.project_id != project_id:
        raise NotVisible


def _guide_in_use(session: Session, project_id: uuid.UUID) -> uuid.UUID | None:
    """Return the guide that was taken into use last; None before the first."""
    return session.scalar(
        select(Guide.id)
        .where(Guide.project_id == project_id, Guide.published_at.is_not(None))
        .order_by(Guide.published_at.desc(), Guide.created_at.desc())
        .limit(1)
    )


def _add_person(session: Session, interview: Interview, code: str, *, name: str) -> Interviewee:
    """Add somebody who tells a story, with a code that nobody in the project has and the chosen or a neutral name."""
    codes = set(session.scalars(select(Interviewee.code).where(Interviewee.project_id == interview.project_id)))
    seed = len(codes)
    while code in codes:
        code += "x"
    person = Interviewee(
        project_id=interview.project_id,
        code=code,
        pseudonym=_own_choice(session, interview, name) if name else _neutral(session, interview.project_id, seed),
        perspective=interview.perspective,
        municipality_id=interview.municipality_id,
    )
    session.add(person)
    session.flush()
    interview.participations.append(Participation(interviewee=person, position=len(interview.participations)))
    return person


def _neutral(session: Session, project_id: uuid.UUID, seed: int) -> str:
    return propose_replacement(IdentifierType.PERSON, taken=pseudonyms_of(session, project_id), seed=seed)


def _own_choice(session: Session, interview: Interview, name: str, *, besides: Interviewee | None = None) -> str:
    """Return `name`. Raises Invalid("pseudonym.taken") when another interviewee has it.

    Somebody's own choice goes before what a reviewer once gave to a person in another story, and before the made-up
    people of practice interviews.
    """
    others: Sequence[Interviewee] = session.scalars(
        select(Interviewee)
        .join(Participation, Participation.interviewee_id == Interviewee.id)
        .join(Interview, Interview.id == Participation.interview_id)
        .where(Interviewee.project_id == interview.project_id, Interview.practice == interview.practice)
    ).all()
    taken = {other.pseudonym.casefold() for other in others if other.pseudonym and other is not besides}
    if name.casefold() in taken:
        raise Invalid("pseudonym.taken", name=name)
    return name
