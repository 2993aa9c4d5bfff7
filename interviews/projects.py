"""Projects, their municipalities and who works in them."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from interviews import audit
from interviews.access import Actor
from interviews.detect.findings import IdentifierType
from interviews.errors import Invalid
from interviews.models import (
    Interview,
    Interviewee,
    Membership,
    Municipality,
    NameEntity,
    Person,
    Project,
    Transcript,
)
from interviews.models.project import Role
from interviews.text import one_line


def start_project(
    session: Session,
    *,
    title: str,
    research_question: str,
    lead: Person,
    help_name: str = "",
    help_phone: str = "",
    made_up: bool = False,
) -> Project:
    """Start a project with its first lead. Raises Invalid when title or question is empty."""
    title, research_question = one_line(title), one_line(research_question)
    if not title:
        raise Invalid("project.title")
    if not research_question:
        raise Invalid("project.question")
    project = Project(
        title=title,
        research_question=research_question,
        help_name=one_line(help_name),
        help_phone=one_line(help_phone),
        made_up=made_up,
    )
    session.add(project)
    session.flush()
    give_role(session, project, lead, Role.PROJECT_LEAD)
    audit.record(session, Actor(lead.id), "project.start", project, project_id=project.id)
    return project


def give_role(
    session: Session, project: Project, person: Person, role: Role, *, municipality_id: uuid.UUID | None = None
) -> Membership:
    """Give `person` a role in `project`; giving it twice changes nothing. For set-up; the page uses an invitation."""
    known = session.scalar(
        select(Membership).where(
            Membership.project_id == project.id, Membership.person_id == person.id, Membership.role == role
        )
    )
    if known is not None:
        return known
    row = Membership(project_id=project.id, person_id=person.id, role=role, municipality_id=municipality_id)
    session.add(row)
    session.flush()
    return row


def add_municipality(session: Session, project: Project, name: str) -> Municipality:
    """Return the municipality of that name in `project`, made when it is new, with a neutral name for exports."""
    name = one_line(name)
    if not name:
        raise Invalid("municipality.name")
    known = next((place for place in project.municipalities if place.name.casefold() == name.casefold()), None)
    if known is not None:
        return known
    row = Municipality(name=name, export_name=f"gemeente {_letters(len(project.municipalities))}", project=project)
    session.add(row)
    session.flush()
    return row


def _letters(number: int) -> str:
    """Return the letters of a counting from 0: A, B … Z, AA, AB and on."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def members(session: Session, project: Project) -> Sequence[tuple[Person, list[Role]]]:
    """Return everybody in `project` with their roles, by name."""
    rows = session.scalars(
        select(Membership)
        .join(Person)
        .where(Membership.project_id == project.id)
        .order_by(Person.display_name, Membership.role)
    ).all()
    by_person: dict[uuid.UUID, tuple[Person, list[Role]]] = {}
    for row in rows:
        by_person.setdefault(row.person_id, (row.person, []))[1].append(row.role)
    return list(by_person.values())


def pseudonyms_of(session: Session, project_id: uuid.UUID) -> set[str]:
    """Return every name that stands for somebody in a project: no other person gets it, in any transcript."""
    chosen = session.scalars(select(Interviewee.pseudonym).where(Interviewee.project_id == project_id))
    given = session.scalars(
        select(NameEntity.replacement)
        .join(Transcript, Transcript.id == NameEntity.transcript_id)
        .join(Interview, Interview.id == Transcript.interview_id)
        .where(Interview.project_id == project_id, NameEntity.type == IdentifierType.PERSON)
    )
    return {name for name in (*chosen, *given) if name and not name.startswith("[")}
