"""The interview itself in a pack: who, where it stands, what comes next, what one may do, whom to call."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from interviews.access import Actor, Permission, allows, subject_of, visible_interviews
from interviews.models import Interview, Interviewee, Participation, Project
from interviews.models.interview import InterviewKind, Status
from webapp.forms.interviews import perspective_word
from webapp.navigation import phone_uri
from webapp.standing import step_for

MOST = 10
"""Interviews that go along on a phone."""
ALONG = (Status.PLANNED, Status.HELD, Status.TYPED)
"""Where an interview stands while its interviewer still has work in it that can be done without network."""


def section(session: Session, actor: Actor, interview: Interview) -> object | None:
    """Return what the list and the head of each screen show."""
    step = step_for(session, actor, interview)
    return {
        "id": str(interview.id),
        "code": interview.code,
        "project": interview.project.title,
        "project_id": str(interview.project_id),
        "names": [person.pseudonym for person in interview.interviewees if person.pseudonym],
        "perspective": perspective_word(interview.perspective, interview.project),
        "status": step.status,
        "next": step.next,
        "address": interview.address.value,
        "planned_for": None if interview.planned_for is None else interview.planned_for.isoformat(),
        "practice": interview.practice,
        "peer": interview.peer,
        "group": interview.kind is InterviewKind.GROUP,
    }


def common(session: Session, actor: Actor, interview: Interview) -> dict[str, Any]:
    """Return what every section may lean on: the people, what one may do, whom to call."""
    subject = subject_of(interview)
    return {
        "people": [_person(one, number) for number, one in enumerate(interview.participations, start=1)],
        "may": {permission.name: allows(actor, permission, subject) for permission in Permission},
        "contact": _contact(interview.project),
    }


def _person(participation: Participation, number: int) -> dict[str, Any]:
    person: Interviewee = participation.interviewee
    represented = person.represented_by
    return {
        "id": str(person.id),
        "label": person.pseudonym or _("Persoon %(number)s", number=number),
        "part": participation.part.value,
        "choices": {scope.value: choice.given for scope, choice in person.current_choices().items()},
        "represented_by": None if represented is None else represented.value,
    }


def _contact(project: Project) -> dict[str, str | None] | None:
    if not (project.help_name and project.help_phone):
        return None
    return {"name": project.help_name, "phone": project.help_phone, "uri": phone_uri(project.help_phone)}


def going_along(session: Session, actor: Actor) -> list[Interview]:
    """Return the actor's own interviews that still have work without network, the next one first; at most `MOST`."""
    found: list[Interview] = []
    projects = session.scalars(select(Project).where(Project.id.in_(actor.roles.keys())).order_by(Project.id))
    for project in projects:
        if not allows(actor, Permission.INTERVIEW_LIST, project):
            continue
        own = visible_interviews(actor, project).where(
            Interview.interviewer_id == actor.person_id, Interview.status.in_(ALONG)
        )
        found += [row for row in session.scalars(own) if allows(actor, Permission.INTERVIEW_SEE, row)]
    # First those with a day that comes, in order; then the newest.
    found.sort(key=lambda row: (row.planned_for is None, row.planned_for or row.created_at, row.code))
    undated = [row for row in found if row.planned_for is None]
    dated = [row for row in found if row.planned_for is not None]
    return (dated + undated[::-1])[:MOST]
