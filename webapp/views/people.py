"""Who works in a project: see, invite, let go, and the log of what was done."""

from __future__ import annotations

import uuid

from flask import Blueprint, current_app, flash, redirect, render_template, url_for
from flask import session as cookie
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from interviews import handing_over, people, projects, secondfactor
from interviews.access import Permission
from interviews.clock import now
from interviews.db import transaction
from interviews.errors import Invalid, NotVisible
from interviews.models import CardCode, Invitation, Membership, Person, Project, SecondFactor
from interviews.models.project import Role
from webapp import identity
from webapp.db import keystore, session
from webapp.forms.people import InviteForm
from webapp.forms.planning import HandOverForm
from webapp.guard import opens
from webapp.messages import role_name, sentence
from webapp.navigation import role_label
from webapp.stepping import ask, confirmed, second_step

bp = Blueprint("people", __name__)
_SENSITIVE = frozenset({Role.PROJECT_LEAD, Role.KEY_HOLDER})
"""Who has one of these decides who comes in, or opens contacts: inviting one takes the second step."""
_CARD, _LOGIN_CARD = "invitation_card", "login_card"


@bp.get("/p/<uuid:project_id>/mensen")
@opens(Project, Permission.PEOPLE_MANAGE)
def index(project: Project) -> ResponseReturnValue:
    """Show who works in the project and who is invited."""
    waiting = session().scalars(
        select(Invitation)
        .where(Invitation.project_id == project.id, Invitation.used_at.is_(None), Invitation.ends_at > now())
        .order_by(Invitation.created_at, Invitation.id)
    )
    # In one question and kept in hand: `projects.members` would ask for each person again.
    _everybody = session().scalars(select(Person).join(Membership).where(Membership.project_id == project.id)).all()
    return render_template(
        "people/index.html",
        project_id=project.id,
        members=[(person, role_label(roles)) for person, roles in projects.members(session(), project)],
        waiting=[(row, role_label(Role(role) for role in row.roles)) for row in waiting],
        own_id=identity.actor().person_id,
        missing_factor=_without_factor(project),
    )


def _without_factor(project: Project) -> set[uuid.UUID]:
    """Return who must have a second factor here and has none yet, in one question."""
    if project.made_up:
        return set()
    return set(
        session().scalars(
            select(Membership.person_id)
            .outerjoin(SecondFactor, SecondFactor.person_id == Membership.person_id)
            .where(
                Membership.project_id == project.id,
                Membership.role.in_(secondfactor.OBLIGED),
                SecondFactor.person_id.is_(None),
            )
        )
    )


@bp.get("/p/<uuid:project_id>/mensen/uitnodigen")
@opens(Project, Permission.PEOPLE_MANAGE)
def invite(project: Project) -> ResponseReturnValue:
    """Ask who is invited, and for what."""
    return _invite_page(project, InviteForm().for_project(project))


def _invite_page(project: Project, form: InviteForm) -> str:
    return render_template(
        "people/invite.html",
        project_id=project.id,
        form=form,
        chosen=[role.value for role in form.chosen()],
        roles=[(role.value, role_name(role), sentence(f"role.{role.value}.hint")) for role in Role],
    )


@bp.post("/p/<uuid:project_id>/mensen/uitnodigen")
@opens(Project, Permission.PEOPLE_MANAGE)
def invite_submit(project: Project) -> ResponseReturnValue:
    """Make the invitation and show its card."""
    form = InviteForm().for_project(project)
    if not form.validate():
        return _invite_page(project, form), 422
    if _SENSITIVE & set(form.chosen()) and not confirmed():
        return ask()
    reader = Role.MUNICIPALITY_READER in form.chosen()
    with transaction(session()):
        row, code = people.invite(
            session(),
            identity.actor(),
            project,
            display_name=form.display_name.data,
            roles=form.chosen(),
            municipality_id=uuid.UUID(form.municipality.data) if reader else None,
        )
    # Carried once, in a cookie that only this installation can read: the code itself is stored nowhere.
    cookie[_CARD] = {"id": str(row.id), "code": code}
    return redirect(url_for("people.card", project_id=project.id, invitation_id=row.id), code=303)


@bp.get("/p/<uuid:project_id>/mensen/uitnodigen/<uuid:invitation_id>")
@opens(Project, Permission.PEOPLE_MANAGE)
def card(project: Project, invitation_id: uuid.UUID) -> ResponseReturnValue:
    """Show the code of a new invitation, once: as a link and as a card to print or copy by hand."""
    row = session().get(Invitation, invitation_id)
    if row is None or row.project_id != project.id:
        raise NotVisible
    carried = cookie.pop(_CARD, None)
    code = carried["code"] if carried and carried["id"] == str(invitation_id) else None
    return render_template(
        "people/card.html",
        project_id=project.id,
        invitation=row,
        code=code,
        link=None if code is None else _public_address(url_for("auth.invitation", code=code)),
        page=_public_address(url_for("auth.invitation_code")),
        roles=role_label(Role(role) for role in row.roles),
    )


def _public_address(path: str) -> str:
    """Return `path` as somebody types it elsewhere: from the settings, as a proxy may hide the name people use."""
    return str(current_app.extensions["dichterbij.settings"].public_url) + path


@bp.get("/p/<uuid:project_id>/mensen/<uuid:person_id>")
@opens(Project, Permission.PEOPLE_MANAGE)
def member(project: Project, person_id: uuid.UUID) -> ResponseReturnValue:
    """Show what one can do for somebody who does not get in, or who goes."""
    person = _member(project, person_id)
    return render_template(
        "people/member.html",
        project_id=project.id,
        person=person,
        roles=role_label(people.holding(session(), identity.actor(), project, person).roles),
        own=person.id == identity.actor().person_id,
        factor=secondfactor.of(session(), person.id),
        obliged=secondfactor.obliged(session(), person.id),
    )


@bp.post("/p/<uuid:project_id>/mensen/<uuid:person_id>/kaartje")
@opens(Project, Permission.PEOPLE_MANAGE)
@second_step
def make_card(project: Project, person_id: uuid.UUID) -> ResponseReturnValue:
    """Make a log-in card for a member. Who has it becomes that person, so the lead shows first who asks."""
    person = _member(project, person_id)
    with transaction(session()):
        row, code = people.make_card(session(), identity.actor(), project, person)
    cookie[_LOGIN_CARD] = {"id": str(row.id), "code": code}
    return redirect(url_for("people.login_card", project_id=project.id, person_id=person.id, card_id=row.id), code=303)


@bp.get("/p/<uuid:project_id>/mensen/<uuid:person_id>/kaartje/<uuid:card_id>")
@opens(Project, Permission.PEOPLE_MANAGE)
def login_card(project: Project, person_id: uuid.UUID, card_id: uuid.UUID) -> ResponseReturnValue:
    """Show a card to print, with its code once."""
    person, row = _member(project, person_id), session().get(CardCode, card_id)
    if row is None or row.project_id != project.id or row.person_id != person.id:
        raise NotVisible
    carried = cookie.pop(_LOGIN_CARD, None)
    return render_template(
        "people/login_card.html",
        project_id=project.id,
        person=person,
        row=row,
        code=carried["code"] if carried and carried["id"] == str(card_id) else None,
        page=_public_address(url_for("cards.card")),
    )


@bp.post("/p/<uuid:project_id>/mensen/<uuid:person_id>/afmelden")
@opens(Project, Permission.PEOPLE_MANAGE)
def sign_out_everywhere(project: Project, person_id: uuid.UUID) -> ResponseReturnValue:
    """End every session of somebody who lost a phone; what is on the devices can be read by nobody any more."""
    person = _member(project, person_id)
    with transaction(session()):
        people.sign_out_everywhere(session(), identity.actor(), project, person)
    flash(sentence("people.signed_out", name=person.display_name), "ok")
    return redirect(url_for("people.member", project_id=project.id, person_id=person.id), code=303)


@bp.get("/p/<uuid:project_id>/mensen/<uuid:person_id>/tweede-stap")
@opens(Project, Permission.PEOPLE_MANAGE)
@second_step
def reset_factor(project: Project, person_id: uuid.UUID) -> ResponseReturnValue:
    """Say what resetting somebody's second factor does, and ask."""
    return render_template("people/reset_factor.html", project_id=project.id, person=_member(project, person_id))


@bp.post("/p/<uuid:project_id>/mensen/<uuid:person_id>/tweede-stap")
@opens(Project, Permission.PEOPLE_MANAGE)
@second_step
def reset_factor_submit(project: Project, person_id: uuid.UUID) -> ResponseReturnValue:
    """Take the second factor of somebody away who lost phone and codes."""
    person = _member(project, person_id)
    with transaction(session()):
        people.reset_second_factor(session(), identity.actor(), project, person)
    flash(sentence("second_factor.reset", name=person.display_name), "ok")
    return redirect(url_for("people.member", project_id=project.id, person_id=person.id), code=303)


@bp.get("/p/<uuid:project_id>/mensen/<uuid:person_id>/weghalen")
@opens(Project, Permission.PEOPLE_MANAGE)
def end_access(project: Project, person_id: uuid.UUID) -> ResponseReturnValue:
    """Say what somebody still holds and what happens when they are let go, and ask."""
    return _end_page(project, _member(project, person_id), HandOverForm(formdata=None))


def _end_page(project: Project, person: Person, form: HandOverForm) -> str:
    held = people.holding(session(), identity.actor(), project, person)
    takers = handing_over.candidates(session(), held.interviews[0]) if held.interviews else []
    return render_template(
        "people/end_access.html",
        project_id=project.id,
        person=person,
        held=held,
        roles=role_label(held.roles),
        key_holder=Role.KEY_HOLDER in held.roles,
        takers=[(str(one.id), one.display_name) for one in takers],
        form=form,
    )


@bp.post("/p/<uuid:project_id>/mensen/<uuid:person_id>/weghalen/doorgeven")
@opens(Project, Permission.PEOPLE_MANAGE)
def hand_over_all(project: Project, person_id: uuid.UUID) -> ResponseReturnValue:
    """Give everything that somebody still holds to somebody else, with one note."""
    person, form = _member(project, person_id), HandOverForm()
    takers = {str(one.id): one for one, _roles in projects.members(session(), project)}
    to = takers.get(form.person.data or "")
    if to is None:
        form.refuse("person", Invalid("hand_over.person"))
        return _end_page(project, person, form), 422
    try:
        with transaction(session()):
            count = people.hand_over_all(
                session(), identity.actor(), project, person, to=to, note=form.note.data or "", keys=keystore()
            )
    except Invalid as error:
        form.refuse("person" if error.key == "hand_over.person" else "note", error)
        return _end_page(project, person, form), 422
    flash(sentence("people.handed_over", count=count, name=to.display_name), "ok")
    return redirect(url_for("people.end_access", project_id=project.id, person_id=person.id), code=303)


@bp.post("/p/<uuid:project_id>/mensen/<uuid:person_id>/weghalen")
@opens(Project, Permission.PEOPLE_MANAGE)
def end_access_submit(project: Project, person_id: uuid.UUID) -> ResponseReturnValue:
    """Let somebody go."""
    person = _member(project, person_id)
    with transaction(session()):
        people.end_access(session(), identity.actor(), project, person)
    flash(sentence("people.ended", name=person.display_name), "ok")
    return redirect(url_for("people.index", project_id=project.id), code=303)


def _member(project: Project, person_id: uuid.UUID) -> Person:
    """Return the member with this id. Raises NotVisible for anybody else: accounts of other projects do not show."""
    for person, _roles in projects.members(session(), project):
        if person.id == person_id:
            return person
    raise NotVisible
