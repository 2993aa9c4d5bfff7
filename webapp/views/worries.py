"""Worries about somebody: say it, see it at once as project lead, write down what was done."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from datetime import datetime

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import select

from interviews import worries
from interviews.access import Permission
from interviews.clock import now
from interviews.db import transaction
from interviews.errors import Invalid
from interviews.models import Interview, Person, Project
from webapp import identity
from webapp.db import SAFE_METHODS, keystore, session, store
from webapp.forms.aftercare import DoneForm, WorryForm
from webapp.guard import opens

bp = Blueprint("worries", __name__)


@bp.get("/gesprekken/<uuid:interview_id>/zorgen/melden")
@opens(Interview, Permission.SAFETY_FLAG)
def tell(interview: Interview) -> ResponseReturnValue:
    """Ask what one worries about, and say what happens then."""
    return _tell_page(interview, WorryForm())


def _tell_page(interview: Interview, form: WorryForm) -> str:
    return render_template(
        "worries/tell.html",
        interview=interview,
        form=form,
        told=_read_logged(interview) if worries.may_read(identity.actor(), interview) else [],
    )


@bp.post("/gesprekken/<uuid:interview_id>/zorgen/melden")
@opens(Interview, Permission.SAFETY_FLAG)
def tell_submit(interview: Interview) -> ResponseReturnValue:
    """Keep it, and let the project lead see it."""
    form = WorryForm()
    try:
        with transaction(session()):
            worries.flag(session(), identity.actor(), interview, note=form.note.data or "", keys=keystore())
    except Invalid as error:
        form.refuse("note", error)
        return _tell_page(interview, form), 422
    if interview.practice:
        flash(_("Dit is een oefengesprek. De projectleider krijgt er niets van te zien."), "info")
    else:
        flash(_("De projectleider ziet het meteen. Je hoeft het niet op te lossen."), "ok")
    return redirect(url_for("interviews.show", interview_id=interview.id), code=303)


@bp.get("/p/<uuid:project_id>/zorgen")
@opens(Project, Permission.SAFETY_CLOSE)
def index(project: Project) -> ResponseReturnValue:
    """Show with which interviews somebody worries, the oldest open one first."""
    rows = worries.flagged(session(), identity.actor(), project)
    by = {row.safety_flag_by_id for row in rows}
    names = _names(by)
    return render_template(
        "worries/index.html",
        project_row=project,
        open=[
            (row, names.get(row.safety_flag_by_id), _age(row.safety_flag_at)) for row in rows if worries.is_open(row)
        ],
        closed=[(row, names.get(row.safety_flag_by_id)) for row in rows if not worries.is_open(row)],
    )


def _names(ids: Collection[uuid.UUID | None]) -> dict[uuid.UUID | None, str]:
    return {one.id: one.display_name for one in session().scalars(select(Person).where(Person.id.in_(ids)))}


def _age(moment: datetime | None) -> str:
    """Return how long ago something was said, in words."""
    minutes = 0 if moment is None else int((now() - moment).total_seconds() // 60)
    if minutes < 60:
        return (
            str(_("net gemeld"))
            if minutes < 5
            else str(ngettext("%(num)s minuut geleden", "%(num)s minuten geleden", minutes))
        )
    if minutes < 60 * 48:
        return str(ngettext("%(num)s uur geleden", "%(num)s uur geleden", minutes // 60))
    return str(ngettext("%(num)s dag geleden", "%(num)s dagen geleden", minutes // (60 * 24)))


@bp.get("/gesprekken/<uuid:interview_id>/zorgen")
@opens(Interview, Permission.SAFETY_CLOSE)
def show(interview: Interview) -> ResponseReturnValue:
    """Show what was written; the reading is in the log."""
    return _show_page(interview, DoneForm())


def _show_page(interview: Interview, form: DoneForm) -> str:
    told = _read_logged(interview)
    ids = {one.person_id for one in told}
    names = _names(ids)
    return render_template(
        "worries/show.html",
        interview=interview,
        form=form,
        told=[(one, names.get(one.person_id)) for one in told],
        open=worries.is_open(interview),
    )


def _read_logged(interview: Interview) -> list[worries.Worry]:
    """Return what was said; the reading is in the log when this returns.

    A page that is only read has a session that cannot write, so a new line is written in a transaction of its own.
    """
    actor, keys = identity.actor(), keystore()
    if interview.safety_flag_at is None:
        return []
    if request.method in SAFE_METHODS and not worries.reading_is_logged(session(), actor, interview):
        with store().write() as apart, transaction(apart):
            return worries.read(apart, actor, apart.get_one(Interview, interview.id), keys=keys)
    with transaction(session()):
        return worries.read(session(), actor, interview, keys=keys)


@bp.post("/gesprekken/<uuid:interview_id>/zorgen/gezien")
@opens(Interview, Permission.SAFETY_CLOSE)
def seen(interview: Interview) -> ResponseReturnValue:
    """Say that it was seen; the interviewer sees that."""
    try:
        with transaction(session()):
            worries.seen(session(), identity.actor(), interview)
    except Invalid:
        # Another lead was first: the page says how it stands.
        return redirect(url_for("worries.show", interview_id=interview.id), code=303)
    flash(_("De interviewer ziet nu dat jij het hebt gezien."), "ok")
    return redirect(url_for("worries.show", interview_id=interview.id), code=303)


@bp.post("/gesprekken/<uuid:interview_id>/zorgen/afgehandeld")
@opens(Interview, Permission.SAFETY_CLOSE)
def close(interview: Interview) -> ResponseReturnValue:
    """Keep what was done."""
    form = DoneForm()
    try:
        with transaction(session()):
            worries.close(session(), identity.actor(), interview, done=form.done.data or "", keys=keystore())
    except Invalid as error:
        if error.key == "worry.none":
            return redirect(url_for("worries.show", interview_id=interview.id), code=303)
        form.refuse("done", error)
        return _show_page(interview, form), 422
    flash(_("Opgeslagen. De interviewer kan het lezen."), "ok")
    return redirect(url_for("worries.index", project_id=interview.project_id), code=303)
