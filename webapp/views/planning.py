"""Before an interview: with whom, when and where; one to practise on; and who takes it over."""

from __future__ import annotations

import uuid

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import select

from interviews import consents, handing_over
from interviews import interviews as planning
from interviews.access import Permission, allows
from interviews.db import transaction
from interviews.errors import Invalid, NotVisible
from interviews.models import AuditEntry, Interview, Municipality, Person, Project
from interviews.models.interview import Channel, Perspective, Representative, Status
from interviews.models.project import Role
from webapp import identity
from webapp.db import keystore, session
from webapp.forms.interviews import perspective_word
from webapp.forms.planning import (
    MAX_PSEUDONYM,
    ChangePlanForm,
    HandOverForm,
    NewInterviewForm,
    PlanForm,
    address_options,
    channel_options,
    companion_options,
    people_options,
    place_options,
    representative_options,
)
from webapp.guard import opens
from webapp.messages import audit_words, sentence
from webapp.standing import ids_of, way_to

bp = Blueprint("planning", __name__)


@bp.get("/p/<uuid:project_id>/gesprekken/nieuw")
@opens(Project, Permission.INTERVIEW_ADD)
def new(project: Project) -> ResponseReturnValue:
    """Ask with whom, where and when."""
    return _new_page(project, NewInterviewForm().for_project(project))


def _options(project: Project) -> dict[str, object]:
    """Return what every form about an appointment lets people choose from."""
    return {
        "perspectives": [(one.value, perspective_word(one, project)) for one in Perspective],
        "places": place_options(),
        "channels": channel_options(project.consulent_word),
        "addresses": address_options(),
        "representatives": representative_options(),
    }


def _new_page(project: Project, form: NewInterviewForm) -> str:
    return render_template(
        "planning/new.html",
        project_row=project,
        form=form,
        numbers=people_options(),
        companion_numbers=companion_options(),
        **_options(project),
    )


@bp.post("/p/<uuid:project_id>/gesprekken/nieuw")
@opens(Project, Permission.INTERVIEW_ADD)
def create(project: Project) -> ResponseReturnValue:
    """Start the interview, and go on to asking consent."""
    form = NewInterviewForm().for_project(project)
    if not form.validate():
        return _new_page(project, form), 422
    actor = identity.actor()
    try:
        with transaction(session()):
            interview = planning.plan(
                session(),
                actor,
                project,
                perspective=Perspective(form.perspective.data),
                kind=form.kind,
                people=form.count,
                pseudonyms=form.names,
                municipality=_municipality(form),
                appointment=form.appointment,
                held_on=form.held_on,
                peer=Role.PEER_INTERVIEWER in actor.roles_in(project.id),
            )
    except Invalid as error:
        if error.key == "recovery.unconfirmed":
            flash(sentence(error.key), "error")
            return _new_page(project, form), 422
        form.refuse("people" if error.key == "interview.people" else "pseudonyms", error)
        return _new_page(project, form), 422
    _warn_of_pressure(interview)
    return redirect(_next_of(interview), code=303)


def _municipality(form: PlanForm) -> Municipality | None:
    return None if form.municipality_id is None else session().get(Municipality, form.municipality_id)


def _warn_of_pressure(interview: Interview) -> None:
    """Say kindly what to mind when somebody who decides over money asked the person to take part."""
    if interview.channel is Channel.CONSULENT:
        flash(
            _("Een %(consulent)s vroeg deze persoon. Zeg extra duidelijk: meedoen hoeft niet. Nee zeggen heeft geen gevolgen.",
              consulent=interview.project.consulent_word),
            "info",
        )  # fmt: skip


def _next_of(interview: Interview) -> str:
    """Return where the way leads from a new interview: to asking consent, for who may."""
    consent = way_to("consents.show", **ids_of(interview))
    if consent is not None and allows(identity.actor(), Permission.CONSENT_RECORD, interview):
        return consent
    return url_for("interviews.show", interview_id=interview.id)


@bp.post("/p/<uuid:project_id>/gesprekken/oefenen")
@opens(Project, Permission.INTERVIEW_ADD)
def practise(project: Project) -> ResponseReturnValue:
    """Make an interview to practise on, in one tap."""
    actor = identity.actor()
    with transaction(session()):
        interview = planning.practise(
            session(), actor, project, peer=Role.PEER_INTERVIEWER in actor.roles_in(project.id)
        )
    flash(_("Dit is een oefengesprek met een verzonnen persoon. Het telt nooit mee."), "ok")
    return redirect(url_for("interviews.show", interview_id=interview.id), code=303)


@bp.get("/gesprekken/<uuid:interview_id>/afspraak")
@opens(Interview, Permission.INTERVIEW_PLAN)
def edit(interview: Interview) -> ResponseReturnValue:
    """Show what was agreed, to change it, and what was changed before."""
    return _edit_page(interview, ChangePlanForm.of(interview).for_project(interview.project))


def _edit_page(interview: Interview, form: PlanForm, errors: dict[str, str] | None = None) -> str:
    people = consents.people_of(interview)
    return render_template(
        "planning/edit.html",
        interview=interview,
        form=form,
        held=interview.status is not Status.PLANNED,
        people=[
            (
                person,
                person in interview.companions,
                request.form.get(f"name-{person.id}", person.pseudonym or ""),
                request.form.get(f"for-{person.id}", person.represented_by.value if person.represented_by else ""),
            )
            for person in people
        ],
        errors=errors or {},
        history=_history(interview),
        **_options(interview.project),
    )


def _history(interview: Interview) -> list[tuple[AuditEntry, str | None, str]]:
    """Return what was changed before: the line of the log, who did it, and its words; newest first."""
    lines = (
        session()
        .scalars(
            select(AuditEntry)
            .where(
                AuditEntry.object_id == interview.id,
                AuditEntry.action.in_([Permission.INTERVIEW_PLAN, Permission.INTERVIEW_HAND_OVER]),
            )
            .order_by(AuditEntry.at.desc())
            .limit(50)
        )
        .all()
    )
    people = session().scalars(select(Person).where(Person.id.in_([line.actor_id for line in lines])))
    names = {person.id: person.display_name for person in people}
    return [
        (line, names.get(line.actor_id) if line.actor_id else None, audit_words(line.action, line.reason))
        for line in lines
    ]


@bp.post("/gesprekken/<uuid:interview_id>/afspraak")
@opens(Interview, Permission.INTERVIEW_PLAN)
def edit_submit(interview: Interview) -> ResponseReturnValue:
    """Change what was agreed."""
    form = ChangePlanForm().for_project(interview.project)
    if not form.validate():
        return _edit_page(interview, form), 422
    before = interview.channel
    try:
        with transaction(session()):
            _change(interview, form)
    except Invalid as error:
        session().refresh(interview)
        form.refuse("add_companion" if error.key.startswith("consent.companion") else "day", error)
        return _edit_page(interview, form), 422
    except _NameRefused as refused:
        return _edit_page(interview, form, {f"name-{refused.person_id}": refused.said}), 422
    if before is not interview.channel:
        _warn_of_pressure(interview)
    flash(_("Opgeslagen."), "ok")
    return redirect(url_for("interviews.show", interview_id=interview.id), code=303)


class _NameRefused(Exception):
    """A name that somebody cannot have, and of whom; nothing was stored."""

    def __init__(self, person_id: uuid.UUID, said: str) -> None:
        super().__init__(str(person_id))
        self.person_id, self.said = person_id, said


def _change(interview: Interview, form: ChangePlanForm) -> None:
    actor, agreed = identity.actor(), form.appointment
    held = interview.status is not Status.PLANNED
    planning.change_plan(
        session(),
        actor,
        interview,
        perspective=Perspective(form.perspective.data),
        municipality=_municipality(form),
        appointment=planning.Appointment(
            # Of a talk that was held the day counts; when it was planned for stays as it was.
            planned_for=interview.planned_for if held else agreed.planned_for,
            channel=agreed.channel,
            place_type=agreed.place_type,
            address=agreed.address,
        ),
        held_on=form.day.data,
    )
    for person in consents.people_of(interview):
        name = request.form.get(f"name-{person.id}", "")[:MAX_PSEUDONYM]
        try:
            planning.rename(session(), actor, interview, person, name)
        except Invalid as error:
            raise _NameRefused(person.id, sentence(error.key, **error.fields)) from error
        who = request.form.get(f"for-{person.id}")
        if who is not None and who in {"", *Representative}:
            consents.add_representative(session(), actor, interview, person, Representative(who) if who else None)
    if form.add_companion.data:
        consents.add_companion(session(), actor, interview)


@bp.get("/gesprekken/<uuid:interview_id>/overdragen")
@opens(Interview, Permission.INTERVIEW_HAND_OVER)
def hand_over(interview: Interview) -> ResponseReturnValue:
    """Ask who takes over, and what that person must know."""
    return _hand_over_page(interview, HandOverForm())


def _hand_over_page(interview: Interview, form: HandOverForm) -> str:
    return render_template(
        "planning/hand_over.html",
        interview=interview,
        form=form,
        people=[(str(person.id), person.display_name) for person in handing_over.candidates(session(), interview)],
        own=interview.interviewer_id == identity.actor().person_id,
    )


@bp.post("/gesprekken/<uuid:interview_id>/overdragen")
@opens(Interview, Permission.INTERVIEW_HAND_OVER)
def hand_over_submit(interview: Interview) -> ResponseReturnValue:
    """Give the interview to another interviewer."""
    form = HandOverForm()
    chosen = next(
        (one for one in handing_over.candidates(session(), interview) if str(one.id) == form.person.data), None
    )
    if chosen is None:
        form.refuse("person", Invalid("hand_over.person"))
    if not (form.note.data or "").strip():
        form.refuse("note", Invalid("hand_over.note"))
    if chosen is None or form.problems():
        return _hand_over_page(interview, form), 422
    actor = identity.actor()
    try:
        with transaction(session()):
            handing_over.hand_over(session(), actor, interview, to=chosen, note=form.note.data, keys=keystore())
    except Invalid as error:
        form.refuse("note", error)
        return _hand_over_page(interview, form), 422
    flash(_("%(name)s gaat verder met dit gesprek, en leest eerst je briefje.", name=chosen.display_name), "ok")
    return redirect(url_for("interviews.index", project_id=interview.project_id), code=303)


@bp.post("/gesprekken/<uuid:interview_id>/overdragen/gelezen")
@opens(Interview, Permission.INTERVIEW_SEE)
def note_read(interview: Interview) -> ResponseReturnValue:
    """Remember that the note was read; from then on it is not shown any more."""
    if interview.interviewer_id != identity.actor().person_id:
        raise NotVisible
    with transaction(session()):
        handing_over.seen(session(), identity.actor(), interview)
    return redirect(url_for("interviews.show", interview_id=interview.id), code=303)
