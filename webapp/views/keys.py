"""The key of a project's contacts: who holds it, who gets it, its end; and the recovery sheet of the installation."""

from __future__ import annotations

from flask import Blueprint, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import select

from interviews import keyholders, projects, recoverysheets
from interviews.access import Permission, allows
from interviews.db import transaction
from interviews.errors import Invalid, NotVisible
from interviews.ledger import Ledger
from interviews.models import Person, Project, RecoverySheet
from webapp import identity
from webapp.db import keystore, session
from webapp.forms.keys import NAMES, EndForm, HolderForm, NamelessForm, SheetForm
from webapp.guard import opens
from webapp.messages import sentence
from webapp.settings import Settings
from webapp.stepping import second_step

bp = Blueprint("keys", __name__)


def _settings() -> Settings:
    settings: Settings = current_app.extensions["dichterbij.settings"]
    return settings


@bp.get("/p/<uuid:project_id>/sleutel")
@opens(Project, Permission.KEYS_SEE)
def index(project: Project) -> ResponseReturnValue:
    """Show who holds the key, who held it, and what one may do about it."""
    return _index_page(project)


def _index_page(project: Project, errors: dict[str, str] | None = None) -> str:
    actor = identity.actor()
    holders = keyholders.holders(session(), project)
    history = keyholders.history(session(), actor, project)
    ending = keyholders.ending(session(), project)
    ids = {one for row in history for one in (row.from_id, row.to_id, row.by_id)}
    ids |= {ending.asked_by_id, ending.done_by_id} if ending is not None else set()
    people = session().scalars(select(Person).where(Person.id.in_([one for one in ids if one is not None])))
    sheet = recoverysheets.waiting(session())
    return render_template(
        "keys/index.html",
        project_row=project,
        holders=holders,
        history=history,
        ending=ending,
        names={person.id: person.display_name for person in people},
        others=[
            (str(person.id), person.display_name)
            for person, _roles in projects.members(session(), project)
            if person not in holders and person.disabled_at is None
        ],
        ended=project.id in keystore().contacts.destroyed(),
        asked_by_me=ending is not None and ending.asked_by_id == actor.person_id,
        may_name=allows(actor, Permission.KEYS_APPOINT, project),
        may_hand_over=allows(actor, Permission.KEYS_HAND_OVER, project),
        sheet_waits=sheet is not None,
        demo_key=_settings().demo,
        errors=errors or {},
    )


def _back(project: Project) -> ResponseReturnValue:
    return redirect(url_for("keys.index", project_id=project.id), code=303)


def _chosen(form: HolderForm) -> Person:
    """Return whom somebody chose. Raises Invalid("keys.person") when that is nobody."""
    person = None if form.person_id is None else session().get(Person, form.person_id)
    if person is None:
        raise Invalid("keys.person")
    return person


@bp.post("/p/<uuid:project_id>/sleutel/houder")
@opens(Project, Permission.KEYS_APPOINT)
@second_step
def name(project: Project) -> ResponseReturnValue:
    """Name who holds the key."""
    try:
        with transaction(session()):
            keyholders.name(session(), identity.actor(), project, _chosen(HolderForm()))
    except NotVisible:
        return _index_page(project, {"person": sentence("keys.person")}), 422
    except Invalid as error:
        return _index_page(project, {"person": sentence(error.key, **error.fields)}), 422
    flash(_("Opgeslagen. Deze persoon kan nu adressen openen."), "ok")
    return _back(project)


@bp.post("/p/<uuid:project_id>/sleutel/doorgeven")
@opens(Project, Permission.KEYS_HAND_OVER)
@second_step
def hand_over(project: Project) -> ResponseReturnValue:
    """Hand one's own key on."""
    try:
        with transaction(session()):
            keyholders.hand_over(session(), identity.actor(), project, _chosen(HolderForm()))
    except NotVisible:
        return _index_page(project, {"person": sentence("keys.person")}), 422
    except Invalid as error:
        return _index_page(project, {"person": sentence(error.key, **error.fields)}), 422
    flash(_("De sleutel is doorgegeven. Jij kunt geen adressen meer openen."), "ok")
    return redirect(url_for("home.start"), code=303)


@bp.post("/p/<uuid:project_id>/sleutel/namen")
@opens(Project, Permission.KEYS_APPOINT)
@second_step
def choose_nameless(project: Project) -> ResponseReturnValue:
    """Say whether the project keeps names at all."""
    form = NamelessForm()
    try:
        with transaction(session()):
            keyholders.choose_nameless(session(), identity.actor(), project, nameless=bool(form.nameless.data))
    except Invalid as error:
        return _index_page(project, {"nameless": sentence(error.key, **error.fields)}), 422
    flash(_("Opgeslagen."), "ok")
    return _back(project)


@bp.post("/p/<uuid:project_id>/sleutel/vernietigen")
@opens(Project, Permission.KEYS_END)
@second_step
def ask_ending(project: Project) -> ResponseReturnValue:
    """Ask that the key is destroyed; somebody else does it."""
    with transaction(session()):
        keyholders.ask_ending(session(), identity.actor(), project)
    flash(_("Gevraagd. Iemand anders moet het nu doen."), "ok")
    return _back(project)


@bp.post("/p/<uuid:project_id>/sleutel/vernietigen/terug")
@opens(Project, Permission.KEYS_END)
def take_back_ending(project: Project) -> ResponseReturnValue:
    """Take the wish back."""
    with transaction(session()):
        keyholders.take_back_ending(session(), identity.actor(), project)
    flash(_("Teruggetrokken. De sleutel blijft."), "ok")
    return _back(project)


@bp.post("/p/<uuid:project_id>/sleutel/vernietigen/doen")
@opens(Project, Permission.KEYS_END)
@second_step
def end(project: Project) -> ResponseReturnValue:
    """Destroy the key that somebody else asked to be destroyed."""
    if not EndForm().sure.data:
        return _index_page(project, {"sure": sentence("keys.sure")}), 422
    with transaction(session()):
        keyholders.end(session(), identity.actor(), project, ledger=Ledger(_settings().data))
    with transaction(session()):
        keyholders.finish_endings(session(), keystore())
    flash(_("De sleutel is vernietigd. Niemand kan de adressen nog lezen."), "ok")
    return _back(project)


@bp.get("/p/<uuid:project_id>/herstelblad")
@opens(Project, Permission.KEYS_APPOINT)
def sheet(project: Project) -> ResponseReturnValue:
    """Ask what stands on the recovery sheet, as proof that somebody has it."""
    return _sheet_page(project, SheetForm(formdata=None))


def _sheet_page(project: Project, form: SheetForm, error: tuple[int, str] | None = None) -> str:
    row = recoverysheets.waiting(session())
    boxes = [] if row is None else list(zip(NAMES, recoverysheets.places(row), strict=False))
    return render_template(
        "keys/sheet.html",
        project_row=project,
        sheet=row or recoverysheets.newest(session()),
        waits=row is not None,
        boxes=boxes,
        form=form,
        error=error,
        demo_key=_settings().demo,
    )


@bp.post("/p/<uuid:project_id>/herstelblad")
@opens(Project, Permission.KEYS_APPOINT)
@second_step
def confirm_sheet(project: Project) -> ResponseReturnValue:
    """Look whether it is right."""
    form = SheetForm()
    confirm = current_app.extensions["dichterbij.confirm_sheet"]
    row = recoverysheets.waiting(session())
    try:
        with transaction(session()):
            confirm(session(), identity.actor(), form.groups)
    except Invalid as error:
        return _sheet_page(project, form, (_which(row, error), sentence(error.key, **error.fields))), 422
    flash(_("Het herstelblad is er. Het project kan beginnen."), "ok")
    return redirect(url_for("home.project", project_id=project.id), code=303)


def _which(row: RecoverySheet | None, error: Invalid) -> int:
    """Return which of the boxes an error is about."""
    place = (error.fields.get("sheet"), error.fields.get("group"))
    places = [] if row is None else recoverysheets.places(row)
    return places.index(place) if place in places else 0
