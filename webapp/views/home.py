"""Where one arrives: the projects one works in, and the start of one project."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from interviews import training
from interviews.access import Actor, Permission, allows, visible_projects
from interviews.models import Project
from interviews.models.project import Role
from webapp import identity
from webapp.db import session
from webapp.forms.training import item_word
from webapp.guard import opens, signed_in
from webapp.navigation import entries_for, role_label

bp = Blueprint("home", __name__)


@bp.get("/")
@signed_in
def start() -> ResponseReturnValue:
    """Go to the one project somebody has, or show which there are."""
    actor = identity.actor()
    projects = session().scalars(visible_projects(actor)).all()
    if len(projects) == 1:
        return redirect(url_for("home.project", project_id=projects[0].id), code=303)
    labels = {project.id: role_label(actor.roles_in(project.id)) for project in projects}
    return render_template("home/start.html", projects=projects, labels=labels)


@bp.get("/p/<uuid:project_id>")
@opens(Project, Permission.PROJECT_SEE)
def project(project: Project) -> ResponseReturnValue:
    """Show what one can do in the project."""
    actor = identity.actor()
    return render_template(
        "home/project.html",
        title=project.title,
        question=project.research_question,
        made_up=project.made_up,
        roles=role_label(actor.roles_in(project.id)),
        places=[(entry, url_for(entry.endpoint, project_id=project.id)) for entry in entries_for(actor, project)],
        next_training=_next_training(actor, project),
        hours_url=_when_allowed(actor, project, Permission.HOURS_NOTE, "training.own"),
        worries_url=_when_allowed(actor, project, Permission.SAFETY_CLOSE, "worries.index"),
        retention_url=_when_allowed(actor, project, Permission.RETENTION_SET, "retention.index"),
        team_url=_when_allowed(actor, project, Permission.TRAINING_KEEP, "training.team"),
    )


def _when_allowed(actor: Actor, project: Project, permission: Permission, endpoint: str) -> str | None:
    return url_for(endpoint, project_id=project.id) if allows(actor, permission, project) else None


def _next_training(actor: Actor, project: Project) -> str | None:
    """Return what an interviewer still has to learn first; None when that is nothing, or for who does not interview."""
    if Role.PEER_INTERVIEWER not in actor.roles_in(project.id):
        return None
    item = training.own(session(), actor, project).next
    return None if item is None else item_word(item)
