"""Help: whom to call, how things work here, and a page to rest on."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from interviews.access import visible_projects
from webapp import identity
from webapp.db import session
from webapp.guard import public
from webapp.navigation import Contact, help_contact

bp = Blueprint("help", __name__)


@bp.get("/hulp")
@public
def index() -> ResponseReturnValue:
    """Show whom to call for each project one works in, and short answers."""
    projects = [] if identity.login() is None else session().scalars(visible_projects(identity.actor())).all()
    contacts = [
        (project.title, Contact(project.help_name, project.help_phone))
        for project in projects
        if project.help_name and project.help_phone
    ]
    return render_template("help/index.html", contacts=contacts, contact=help_contact())


@bp.get("/rust")
@public
def rest() -> ResponseReturnValue:
    """Show a quiet page, with numbers to call. Reachable from every heavy text."""
    return render_template("help/rest.html")
