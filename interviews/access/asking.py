"""Asking the table of rules, and the queries of what somebody may see."""

from __future__ import annotations

import uuid

from sqlalchemy import Select, false, or_, select
from sqlalchemy.orm import Session

from interviews.access.actors import Actor, Subject
from interviews.access.rules import RULES
from interviews.access.subjects import subject_of
from interviews.errors import NotAllowed, NotVisible
from interviews.models import Interview, Membership, Project
from interviews.models.project import Role


def allows(actor: Actor, permission: str, thing: object) -> bool:
    """Tell whether `actor` may do `permission` to `thing`. A permission without a rule is never allowed."""
    subject = thing if isinstance(thing, Subject) else subject_of(thing)
    return any(all(holds(actor, subject) for holds in rule) for rule in RULES.get(permission, []))


def require(actor: Actor, permission: str, thing: object) -> None:
    """Return when `actor` may; raise NotVisible to a stranger of the project and NotAllowed to a member without."""
    subject = thing if isinstance(thing, Subject) else subject_of(thing)
    if not actor.roles_in(subject.project_id):
        raise NotVisible
    if not allows(actor, permission, subject):
        raise NotAllowed


def actor_for(session: Session, person_id: uuid.UUID) -> Actor:
    """Return what `person_id` may act as, from the memberships as they are now."""
    roles: dict[uuid.UUID, set[Role]] = {}
    municipalities: dict[uuid.UUID, set[uuid.UUID]] = {}
    for row in session.scalars(select(Membership).where(Membership.person_id == person_id)):
        roles.setdefault(row.project_id, set()).add(row.role)
        if row.municipality_id is not None:
            municipalities.setdefault(row.project_id, set()).add(row.municipality_id)
    return Actor(
        person_id,
        {project: frozenset(held) for project, held in roles.items()},
        {project: frozenset(seen) for project, seen in municipalities.items()},
    )


def visible_projects(actor: Actor) -> Select[Project]:
    """Return the query of the projects the actor works in, oldest first."""
    return select(Project).where(Project.id.in_(actor.roles.keys())).order_by(Project.created_at, Project.id)


def visible_interviews(actor: Actor, project: Project) -> Select[Interview]:
    """Return the query of the interviews of `project` that the actor may see in a list, by code."""
    held = actor.roles_in(project.id)
    whole = bool(held & {Role.RESEARCHER, Role.PROJECT_LEAD})
    own = Interview.interviewer_id == actor.person_id if Role.PEER_INTERVIEWER in held else false()
    return (
        select(Interview)
        .where(Interview.project_id == project.id, or_(Interview.project_id == project.id if whole else false(), own))
        .order_by(Interview.code)
    )
