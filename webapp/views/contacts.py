"""How to reach somebody: written down here by who plans the interview, and opened by the holder of the key only.

What was opened stays open for `IDLE` after it was last used, on this device and in this session; the page itself goes
away after that time.
"""

from __future__ import annotations

import uuid
from datetime import timedelta

from flask import Blueprint, flash, redirect, render_template, url_for
from flask import session as cookie
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from interviews import contacts
from interviews.access import Permission
from interviews.clock import now
from interviews.contacts import Reason
from interviews.db import transaction
from interviews.errors import Invalid, NotVisible
from interviews.models import Contact, Interview, Interviewee, Project
from webapp import identity
from webapp.db import keystore, session
from webapp.forms.contacts import ContactForm, ReasonForm, reason_options
from webapp.guard import opens
from webapp.messages import sentence
from webapp.stepping import second_step

bp = Blueprint("contacts", __name__)
IDLE = timedelta(minutes=10)
"""How long what was opened stays open without being used."""
_UNLOCKED = "unlocked"
_MOST_OPEN = 6
"""So many at once: the list travels in a cookie, and browsers drop one over 4 kB."""


@bp.get("/gesprekken/<uuid:interview_id>/contact")
@opens(Interview, Permission.CONTACT_WRITE)
def fill(interview: Interview) -> ResponseReturnValue:
    """Ask how to reach the people of an interview; what is kept already is not shown."""
    return _fill_page(interview, ContactForm(formdata=None))


def _fill_page(interview: Interview, form: ContactForm, *, errors: dict[str, str] | None = None) -> str:
    people = interview.interviewees
    has = contacts.kept(session(), people)
    return render_template(
        "contacts/fill.html",
        interview=interview,
        closed=_closed(interview),
        people=[(person, has.get(person.id)) for person in people],
        form=form,
        blank=ContactForm(formdata=None),
        typed_for=form.person_id,
        errors=errors or {},
    )


def _closed(interview: Interview) -> str | None:
    """Return why nothing can be written down here; None when it can."""
    if interview.practice:
        return sentence("contact.practice")
    if interview.project_id in keystore().contacts.destroyed():
        return sentence("contact.ended")
    return sentence("contact.nameless") if interview.project.nameless else None


@bp.post("/gesprekken/<uuid:interview_id>/contact/bewaren")
@opens(Interview, Permission.CONTACT_WRITE)
def keep(interview: Interview) -> ResponseReturnValue:
    """Keep how to reach somebody."""
    form = ContactForm()
    person = _person(interview, form)
    try:
        with transaction(session()):
            contacts.keep(session(), identity.actor(), interview, person, form.details, keys=keystore())
    except Invalid as error:
        where = str(error.fields.get("part", "name"))
        return _fill_page(interview, form, errors={where: sentence(error.key, **error.fields)}), 422
    flash(_("Bewaard. Alleen de sleutelhouder kan dit nog lezen."), "ok")
    return redirect(url_for("contacts.fill", interview_id=interview.id), code=303)


@bp.post("/gesprekken/<uuid:interview_id>/contact/wissen")
@opens(Interview, Permission.CONTACT_WRITE)
def erase(interview: Interview) -> ResponseReturnValue:
    """Forget how to reach somebody."""
    person = _person(interview, ContactForm())
    with transaction(session()):
        contacts.erase(session(), identity.actor(), interview, person)
    flash(_("Gewist. Er is van deze persoon geen adres meer bewaard."), "ok")
    return redirect(url_for("contacts.fill", interview_id=interview.id), code=303)


def _person(interview: Interview, form: ContactForm) -> Interviewee:
    """Return whom a form is about. Raises NotVisible for who did not tell a story here."""
    for person in interview.interviewees:
        if person.id == form.person_id:
            return person
    raise NotVisible


@bp.get("/p/<uuid:project_id>/contacten")
@opens(Project, Permission.CONTACT_OPEN)
def index(project: Project) -> ResponseReturnValue:
    """Show of whom something is kept; not what."""
    rows = contacts.people(session(), identity.actor(), project)
    has = contacts.kept(session(), [person for person, _codes, _kept in rows])
    return render_template(
        "contacts/index.html",
        project_row=project,
        rows=[(person, codes, has.get(person.id)) for person, codes, _kept in rows],
        ended=project.id in keystore().contacts.destroyed(),
    )


@bp.get("/contacten/<uuid:contact_id>")
@opens(Contact, Permission.CONTACT_OPEN)
@second_step
def show(contact: Contact) -> ResponseReturnValue:
    """Show how to reach one person, once it was said why; else ask."""
    return _show_page(contact, ReasonForm(formdata=None))


def _show_page(contact: Contact, form: ReasonForm, error: str | None = None) -> str:
    reason = _use(contact.id)
    details = None
    if reason is not None:
        details = contacts.read(session(), identity.actor(), contact, keys=keystore(), reason=reason)
    return render_template(
        "contacts/show.html",
        contact=contact,
        details=details,
        reasons=reason_options(),
        form=form,
        error=error,
        idle=int(IDLE.total_seconds()),
    )


@bp.post("/contacten/<uuid:contact_id>/openen")
@opens(Contact, Permission.CONTACT_OPEN)
@second_step
def unlock(contact: Contact) -> ResponseReturnValue:
    """Write down why, and open it."""
    form = ReasonForm()
    if form.chosen is None:
        return _show_page(contact, form, sentence("contact.reason")), 422
    with transaction(session()):
        contacts.unlock(session(), identity.actor(), contact, form.chosen)
    _open(contact.id, form.chosen)
    return redirect(url_for("contacts.show", contact_id=contact.id), code=303)


@bp.get("/p/<uuid:project_id>/contacten/lijst")
@opens(Project, Permission.CONTACT_OPEN)
@second_step
def whole(project: Project) -> ResponseReturnValue:
    """Show who stands behind each pseudonym, to print, once it was said why; else ask."""
    return _whole_page(project, ReasonForm(formdata=None))


def _whole_page(project: Project, form: ReasonForm, error: str | None = None) -> str:
    reason = _use(project.id)
    rows = None
    if reason is not None:
        rows = contacts.who_is_whom(session(), identity.actor(), project, keys=keystore(), reason=reason)
    return render_template(
        "contacts/whole.html",
        project_row=project,
        rows=rows,
        reasons=reason_options(),
        form=form,
        error=error,
        idle=int(IDLE.total_seconds()),
        made=now(),
    )


@bp.post("/p/<uuid:project_id>/contacten/lijst/openen")
@opens(Project, Permission.CONTACT_OPEN)
@second_step
def unlock_whole(project: Project) -> ResponseReturnValue:
    """Write down why, and open the whole list."""
    form = ReasonForm()
    if form.chosen is None:
        return _whole_page(project, form, sentence("contact.reason")), 422
    with transaction(session()):
        contacts.unlock(session(), identity.actor(), project, form.chosen)
    _open(project.id, form.chosen)
    return redirect(url_for("contacts.whole", project_id=project.id), code=303)


@bp.post("/p/<uuid:project_id>/contacten/dicht")
@opens(Project, Permission.CONTACT_OPEN)
def lock(project: Project) -> ResponseReturnValue:
    """Close everything that was opened, without waiting."""
    cookie.pop(_UNLOCKED, None)
    flash(_("Alles zit weer op slot."), "ok")
    return redirect(url_for("contacts.index", project_id=project.id), code=303)


def _open(thing: uuid.UUID, reason: Reason) -> None:
    """Remember, in the cookie that only this installation reads, that this session opened `thing` just now."""
    held = {key: value for key, value in _held().items() if key != str(thing)}
    held[str(thing)] = (reason.value, int(now().timestamp()))
    newest = sorted(held.items(), key=lambda item: item[1][1])[-_MOST_OPEN:]
    cookie[_UNLOCKED] = {"by": _by(), "what": {key: list(value) for key, value in newest}}


def _use(thing: uuid.UUID) -> Reason | None:
    """Return why `thing` was opened, and keep it open a while longer; None when it is locked."""
    found = _held().get(str(thing))
    if found is None:
        return None
    reason = Reason(found[0])
    _open(thing, reason)
    return reason


def _held() -> dict[str, tuple[str, int]]:
    """Return what this session has open: what was used long ago, or by an earlier session, is not."""
    kept = cookie.get(_UNLOCKED)
    if not isinstance(kept, dict) or kept.get("by") != _by():
        return {}
    since = int((now() - IDLE).timestamp())
    return {key: (reason, at) for key, (reason, at) in kept["what"].items() if at > since}


def _by() -> str:
    row = identity.login()
    return "" if row is None else str(row.id)
