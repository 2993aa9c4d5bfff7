"""How long what is kept, set by the project lead; what goes soon; and the records of processing."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import groupby

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import select

from interviews import retention
from interviews.access import Permission
from interviews.clock import now
from interviews.db import transaction
from interviews.errors import Invalid
from interviews.models import Interview, Project
from interviews.retention import Due, Undecided
from webapp import identity
from webapp.db import session
from webapp.forms.retention import TermsForm
from webapp.guard import opens
from webapp.messages import sentence
from webapp.records import records

bp = Blueprint("retention", __name__)
ByDay = list[tuple[date, list[str], int]]
"""A day, the codes of interviews, and how many things."""
AHEAD = timedelta(days=100)
"""How far the page looks ahead."""


@bp.get("/p/<uuid:project_id>/bewaren")
@opens(Project, Permission.RETENTION_SET)
def index(project: Project) -> ResponseReturnValue:
    """Show the terms, and what goes soon."""
    return _page(project, TermsForm.of(retention.terms_of(project)))


def _page(project: Project, form: TermsForm, error: str | None = None) -> str:
    going = retention.due(session(), now() + AHEAD, project_id=project.id)
    waiting = retention.undecided(session(), project_id=project.id)
    return render_template(
        "retention/index.html",
        project_row=project,
        form=form,
        error=error,
        days=AHEAD.days,
        going=[
            (sentence(f"retention.rule.{rule}"), _by_day(list(ones)))
            for rule, ones in groupby(going, key=lambda one: one.rule)
        ],
        undecided=[(one, _what(one)) for one in waiting],
        undecided_words=sentence("retention.count.undecided", count=len(waiting)),
        gone=_gone(project),
    )


def _by_day(ones: list[Due]) -> ByDay:
    """Return per day the codes, and how many."""
    found = []
    for day, some in groupby(sorted(ones, key=lambda one: (one.since, one.code)), key=lambda one: one.since.date()):
        rows = list(some)
        found.append((day, [one.code for one in rows if one.code], sum(one.count for one in rows)))
    return found


def _what(one: Undecided) -> str:
    return sentence(f"retention.undecided.{'both' if one.sound and one.text else 'sound' if one.sound else 'text'}")


def _gone(project: Project) -> list[tuple[str, ByDay]]:
    """Return what went already, in the same shape, newest day first. Codes of interviews that are still there."""
    lines = retention.gone(session(), project.id)
    ids = {one.interview_id for one in lines if one.interview_id is not None}
    codes = {
        row.id: row.code for row in session().execute(select(Interview.id, Interview.code).where(Interview.id.in_(ids)))
    }
    found = []
    for rule in [one.key for one in retention.RULES]:
        days: dict[date, list[str]] = {}
        for one in lines:
            if one.rule == rule:
                days.setdefault(one.at.date(), []).append(
                    "" if one.interview_id is None else codes.get(one.interview_id, "")
                )
        if days:
            found.append(
                (
                    sentence(f"retention.rule.{rule}"),
                    [(day, sorted(filter(None, some)), len(some)) for day, some in days.items()],
                )
            )
    return found


@bp.post("/p/<uuid:project_id>/bewaren")
@opens(Project, Permission.RETENTION_SET)
def change(project: Project) -> ResponseReturnValue:
    """Set the terms."""
    form = TermsForm()
    terms = form.terms()
    if terms is None:
        return _page(project, form), 422
    try:
        with transaction(session()):
            retention.set_terms(session(), identity.actor(), project, terms)
    except Invalid as problem:
        return _page(project, form, sentence(problem.key, **problem.fields)), 422
    flash(_("Opgeslagen. Dit geldt vanaf nu."), "ok")
    return redirect(url_for("retention.index", project_id=project.id), code=303)


@bp.get("/p/<uuid:project_id>/bewaren/register")
@opens(Project, Permission.RETENTION_SET)
def register(project: Project) -> ResponseReturnValue:
    """Give the records of processing as a file."""
    return Response(
        records(project),
        mimetype="text/markdown",
        headers={"Content-Disposition": 'attachment; filename="register-van-verwerkingen.md"'},
    )
