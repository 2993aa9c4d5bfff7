"""What an interviewer was trained in, and the hours that people note. No money, no bank data."""

from __future__ import annotations

import uuid

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_date
from flask_babel import gettext as _

from interviews import training
from interviews.access import Permission, allows
from interviews.db import transaction
from interviews.errors import Invalid, NotVisible
from interviews.models import Project
from interviews.models.aftercare import HoursKind, TrainingItem
from interviews.models.project import Role
from webapp import identity
from webapp.db import session
from webapp.forms.training import (
    HoursForm,
    TrainingForm,
    item_word,
    kind_options,
    kind_word,
    span_options,
    span_words,
)
from webapp.guard import opens
from webapp.moments import today

bp = Blueprint("training", __name__)


@bp.get("/p/<uuid:project_id>/training")
@opens(Project, Permission.HOURS_NOTE)
def own(project: Project) -> ResponseReturnValue:
    """Show one's own training list, and one's own hours."""
    return _own_page(project, HoursForm())


def _own_page(project: Project, form: HoursForm) -> str:
    actor = identity.actor()
    raw = form.on.raw_data or []
    return render_template(
        "training/own.html",
        project_row=project,
        progress=training.own(session(), actor, project) if _interviews(project) else None,
        items=[(item, item_word(item)) for item in TrainingItem],
        hours=[
            (row, kind_word(row.kind), span_words(row.minutes)) for row in training.own_hours(session(), actor, project)
        ],
        form=form,
        kinds=[("", _("Kies wat je deed")), *kind_options()],
        spans=span_options(),
        on=str(raw[0]) if raw else today().isoformat(),
        keeps=allows(actor, Permission.TRAINING_KEEP, project),
    )


def _interviews(project: Project) -> bool:
    return Role.PEER_INTERVIEWER in identity.actor().roles_in(project.id)


@bp.post("/p/<uuid:project_id>/uren")
@opens(Project, Permission.HOURS_NOTE)
def note_hours(project: Project) -> ResponseReturnValue:
    """Note time that one spent."""
    form = HoursForm()
    if not form.validate():
        return _own_page(project, form), 422
    try:
        with transaction(session()):
            training.note_hours(
                session(),
                identity.actor(),
                project,
                kind=HoursKind(form.kind.data),
                minutes=int(form.minutes.data),
                on=form.on.data,
            )
    except Invalid as error:
        form.refuse("minutes", error)
        return _own_page(project, form), 422
    flash(_("Je tijd is opgeschreven."), "ok")
    return redirect(url_for("training.own", project_id=project.id, _anchor="uren"), code=303)


@bp.post("/p/<uuid:project_id>/uren/<uuid:hours_id>/weghalen")
@opens(Project, Permission.HOURS_NOTE)
def remove_hours(project: Project, hours_id: uuid.UUID) -> ResponseReturnValue:
    """Take one own note away."""
    with transaction(session()):
        training.remove_hours(session(), identity.actor(), project, hours_id)
    flash(_("Weggehaald."), "ok")
    return redirect(url_for("training.own", project_id=project.id, _anchor="uren"), code=303)


@bp.get("/p/<uuid:project_id>/training/team")
@opens(Project, Permission.TRAINING_KEEP)
def team(project: Project) -> ResponseReturnValue:
    """Show how far everybody is, and the hours per person per month."""
    return render_template(
        "training/team.html",
        project_row=project,
        team=[
            (progress, None if progress.next is None else item_word(progress.next))
            for progress in training.team(session(), identity.actor(), project)
        ],
        number=len(TrainingItem),
        months=[
            (_month(one.year, one.month), one.name, span_words(one.minutes))
            for one in training.months(session(), identity.actor(), project)
        ],
    )


def _month(year: int, month: int) -> str:
    return str(format_date(today().replace(year=year, month=month, day=1), "MMMM y"))


@bp.get("/p/<uuid:project_id>/training/<uuid:person_id>")
@opens(Project, Permission.TRAINING_KEEP)
def person(project: Project, person_id: uuid.UUID) -> ResponseReturnValue:
    """Show one interviewer's list, to fill in the days."""
    progress = _progress(project, person_id)
    typed = {item.value: mark.done_on.isoformat() for item, mark in progress.marks.items()}
    return _person_page(project, progress, TrainingForm(typed=typed))


def _progress(project: Project, person_id: uuid.UUID) -> training.Progress:
    for progress in training.team(session(), identity.actor(), project):
        if progress.person.id == person_id:
            return progress
    raise NotVisible


def _person_page(project: Project, progress: training.Progress, form: TrainingForm) -> str:
    return render_template(
        "training/person.html",
        project_row=project,
        progress=progress,
        form=form,
        items=[(item.value, item_word(item)) for item in TrainingItem],
        today=today().isoformat(),
    )


@bp.post("/p/<uuid:project_id>/training/<uuid:person_id>")
@opens(Project, Permission.TRAINING_KEEP)
def person_submit(project: Project, person_id: uuid.UUID) -> ResponseReturnValue:
    """Keep the days."""
    progress = _progress(project, person_id)
    form = TrainingForm.read(request.form)
    if form.errors:
        return _person_page(project, progress, form), 422
    with transaction(session()):
        for item, done_on in form.days.items():
            known = progress.marks.get(item)
            if done_on != (None if known is None else known.done_on):
                training.mark(session(), identity.actor(), project, progress.person, item, done_on=done_on)
    flash(_("Opgeslagen."), "ok")
    return redirect(url_for("training.team", project_id=project.id), code=303)
