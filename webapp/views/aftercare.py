"""After an interview: how it was for the interviewer, what must go, and whom to call."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from interviews import aftercare, removals, training, worries
from interviews.access import Permission, allows
from interviews.db import transaction
from interviews.errors import Invalid
from interviews.models import Interview
from interviews.models.aftercare import HoursKind
from interviews.models.interview import Status
from webapp import identity
from webapp.db import keystore, session, store
from webapp.forms.aftercare import DebriefForm
from webapp.forms.training import span_options
from webapp.guard import opens
from webapp.moments import parts_of, today
from webapp.standing import ids_of, way_to

bp = Blueprint("aftercare", __name__)


@bp.get("/gesprekken/<uuid:interview_id>/daarna")
@opens(Interview, Permission.DEBRIEF_WRITE)
def debrief(interview: Interview) -> ResponseReturnValue:
    """Ask four things about the interview; each may be passed by."""
    feeling = aftercare.own(session(), identity.actor(), interview, keys=keystore())
    planned, _at = parts_of(interview.planned_for)
    form = DebriefForm(
        formdata=None,
        data={
            "held_on": min(planned or today(), today()),
            "feeling": feeling or "",
            "struck": interview.reflection or "",
        },
    )
    return _debrief_page(interview, form)


def _debrief_page(interview: Interview, form: DebriefForm) -> str:
    raw = form.held_on.raw_data or []
    return render_template(
        "aftercare/debrief.html",
        interview=interview,
        form=form,
        ask_day=interview.held_on is None,
        held_on=str(raw[0]) if raw else "" if form.held_on.data is None else form.held_on.data.isoformat(),
        removals_url=way_to("removals.index", **ids_of(interview)),
        may_remove=allows(identity.actor(), Permission.REMOVAL_ASK, interview),
        spans=span_options(),
        worrying=worries.is_open(interview),
        stopped=interview.status is Status.STOPPED,
    )


@bp.post("/gesprekken/<uuid:interview_id>/daarna")
@opens(Interview, Permission.DEBRIEF_WRITE)
def debrief_submit(interview: Interview) -> ResponseReturnValue:
    """Keep what was told; a worry reaches the project lead at once."""
    form = DebriefForm()
    if not form.validate():
        return _debrief_page(interview, form), 422
    try:
        with transaction(session()):
            _keep(interview, form)
    except Invalid as error:
        form.refuse("worry_note" if error.key.startswith("worry") else "feeling", error)
        return _debrief_page(interview, form), 422
    if form.worries and not interview.practice:
        flash(_("De projectleider ziet het meteen. Je hoeft het niet op te lossen."), "ok")
    elif form.worries:
        flash(_("Dit is een oefengesprek. De projectleider krijgt er niets van te zien."), "info")
    return redirect(url_for("aftercare.cared", interview_id=interview.id), code=303)


def _keep(interview: Interview, form: DebriefForm) -> None:
    actor, keys = identity.actor(), keystore()
    aftercare.write(
        session(),
        actor,
        interview,
        feeling=form.feeling.data or "",
        struck=form.struck.data or "",
        keys=keys,
        held_on=form.day,
    )
    if form.remove.data:
        removals.ask_in_words(session(), actor, interview, words=form.remove.data, keys=keys)
    if form.worries:
        worries.flag(session(), actor, interview, note=form.worry_note.data or "", keys=keys)
    if form.minutes.data and not interview.practice:
        training.note_hours(
            session(),
            actor,
            interview.project,
            kind=HoursKind.TALK,
            minutes=int(form.minutes.data),
            on=interview.held_on or today(),
            interview=interview,
        )


@bp.get("/gesprekken/<uuid:interview_id>/daarna/opgeslagen")
@opens(Interview, Permission.DEBRIEF_WRITE)
def cared(interview: Interview) -> ResponseReturnValue:
    """Say that it is kept, whom to call when it stays in one's head, and where the way goes on."""
    return render_template("aftercare/cared.html", interview=interview)


@bp.get("/gesprekken/<uuid:interview_id>/daarna/lezen")
@opens(Interview, Permission.DEBRIEF_READ)
def show(interview: Interview) -> ResponseReturnValue:
    """Show how it was for the interviewer; who reads this of another is in the log."""
    actor = identity.actor()
    if aftercare.reading_is_logged(session(), actor, interview):
        told = aftercare.read(session(), actor, interview, keys=keystore())
    else:
        # A page that is only read has a session that cannot write.
        with store().write() as apart, transaction(apart):
            told = aftercare.read(apart, actor, apart.get_one(Interview, interview.id), keys=keystore())
    return render_template("aftercare/show.html", interview=interview, told=told)
