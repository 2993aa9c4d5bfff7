"""The end of the names review: what was never looked at, handing in, and the second person who approves or sends back."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from interviews import names, projects, transcripts
from interviews.access import Permission
from interviews.db import transaction
from interviews.errors import Invalid
from interviews.models import Interview, NameStep, Person, Transcript
from interviews.models.name import RiskLevel
from interviews.models.project import Role
from interviews.turns import Turn
from webapp import identity
from webapp.db import keystore, session
from webapp.forms.names import Shown, Typed, found, shown
from webapp.guard import opens
from webapp.messages import sentence
from webapp.namewords import CATEGORIES, RISKS, STEPS
from webapp.views.bring_in import clock, read_logged
from webapp.views.names import frame, progress, refused, roles_of, text_of

bp = Blueprint("approval", __name__)


@bp.get("/gesprekken/<uuid:interview_id>/namen/klaar")
@opens(Interview, Permission.INTERVIEW_SEE)
def show(interview: Interview) -> ResponseReturnValue:
    """Show what is left to look at and what the text becomes; from here it is handed in, approved or sent back."""
    transcript = transcripts.transcript_of(session(), interview)
    if transcript is None or transcript.approved_at is not None:
        return redirect(url_for("names.review", interview_id=interview.id), code=303)
    return _page(interview, transcript)


def _page(interview: Interview, transcript: Transcript, typed: Typed | None = None) -> str:
    actor = identity.actor()
    _base, turns = read_logged(transcript)
    revision = transcripts.open_raw(session(), transcript, keys=keystore())[0]
    readings = names.review(session(), transcript, turns, keys=keystore())
    things = found(readings, turns)
    waiting = [thing for thing in things if thing.undecided]
    around = frame(interview, transcript, "approval")
    why_not = names.why_not_approve(session(), actor, transcript) if around["approving"] else None
    telling = {row.id for row in names.telling_replacements([one.entity for one in readings], turns)}
    return render_template(
        "names/approval.html",
        **around,
        waiting=waiting,
        progress=progress(sum(thing.undecided for thing in waiting)),
        total=sum(len(thing.places) for thing in things),
        open_places=sum(thing.undecided for thing in waiting),
        not_seen=names.never_looked(session(), transcript, revision, turns),
        parts=len(names.parts_of(turns)),
        categories=[
            (_(CATEGORIES[one]), count) for one, count in names.categories_of(session(), transcript).most_common()
        ],
        telling=[thing for thing in things if thing.id in telling],
        passages=[thing for thing in things if thing.passage],
        text=_text(transcript, turns),
        clock=clock,
        roles=roles_of(transcript),
        why_not=why_not,
        others=_who_may(interview, transcript) if why_not else [],
        risks=[(level.value, _(RISKS[level])) for level in RiskLevel],
        steps=_steps(names.steps_of(session(), transcript)),
        typed=typed or Typed(),
    )


def _text(transcript: Transcript, turns: Sequence[Turn]) -> list[tuple[int, Turn, list[Shown]]]:
    """Return every turn with what goes and what comes in its place."""
    made = names.differences(session(), transcript, turns)
    return [(number, turn, shown(turn.text, replaced)) for number, (turn, replaced) in enumerate(made, start=1)]


def _steps(steps: Sequence[NameStep]) -> list[tuple[NameStep, str, str, bool]]:
    """Return the steps as a reader sees them: the row, who, what, and whether it can be undone."""
    people = {one.by_id: session().get(Person, one.by_id) for one in steps if one.by_id is not None}
    told = []
    for one in steps:
        who = None if one.by_id is None else people[one.by_id]
        told.append((one, who.display_name if who else "", _(STEPS[one.kind]), names.can_be_undone(one)))
    return told


def _who_may(interview: Interview, transcript: Transcript) -> list[str]:
    """Return the names of the colleagues who may be a second person here."""
    held = {transcript.handed_in_by_id, interview.interviewer_id, identity.actor().person_id}
    return [
        person.display_name
        for person, roles in projects.members(session(), interview.project)
        if person.id not in held and {Role.RESEARCHER, Role.PROJECT_LEAD} & set(roles)
    ]


@bp.post("/gesprekken/<uuid:interview_id>/namen/inleveren")
@opens(Interview, Permission.INTERVIEW_SEE)
def hand_in(interview: Interview) -> ResponseReturnValue:
    """Give the text to a second person."""
    try:
        with transaction(session()):
            names.hand_in(session(), identity.actor(), text_of(interview))
    except Invalid as error:
        return refused(interview, error)
    flash(_("Ingeleverd. Een ander kijkt de namen na. Dank je wel."), "ok")
    return redirect(url_for("interviews.show", interview_id=interview.id), code=303)


@bp.post("/gesprekken/<uuid:interview_id>/namen/goedkeuren")
@opens(Interview, Permission.NAMES_APPROVE)
def approve(interview: Interview) -> ResponseReturnValue:
    """Say, as a second person, that the names are away and what risk is left: from here the text can be read and coded."""
    transcript = text_of(interview)
    level, reason = request.form.get("risk", ""), request.form.get("reason", "")
    try:
        chosen = {one.value: one for one in RiskLevel}.get(level)
        if chosen is None:
            raise Invalid("risk.level")
        with transaction(session()):
            names.approve(session(), identity.actor(), transcript, keys=keystore(), risk=names.Risk(chosen, reason))
    except Invalid as error:
        where = {"risk.level": "risk", "risk.reason": "reason"}.get(error.key, "goedkeuren")
        typed = Typed(where, reason, sentence(error.key, **error.fields), {"risk": level})
        return _page(interview, transcript, typed), 422
    jobs = current_app.extensions.get("jobs")
    if jobs is not None:
        jobs.tag(transcript.id)
    flash(_("De namen zijn weg. Het gesprek is klaar om te lezen."), "ok")
    return redirect(url_for("interviews.show", interview_id=interview.id), code=303)


@bp.post("/gesprekken/<uuid:interview_id>/namen/terug")
@opens(Interview, Permission.NAMES_APPROVE)
def send_back(interview: Interview) -> ResponseReturnValue:
    """Give the text back to the interviewer with a note, to look at the names again."""
    transcript, why = text_of(interview), request.form.get("why", "")
    try:
        with transaction(session()):
            names.send_back(session(), identity.actor(), transcript, why=why, keys=keystore())
    except Invalid as error:
        if error.key != "names.note":
            return refused(interview, error)
        return _page(interview, transcript, Typed("why", why, sentence(error.key, **error.fields))), 422
    flash(_("De tekst is terug bij de interviewer."), "ok")
    return redirect(url_for("interviews.show", interview_id=interview.id), code=303)
