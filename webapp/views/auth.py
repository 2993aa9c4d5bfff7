"""Signing in and out, accepting an invitation, and the devices one is signed in on."""

from __future__ import annotations

import uuid
from textwrap import wrap
from typing import Any

from flask import Blueprint, Response, abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from interviews import devices, people, secondfactor
from interviews.db import transaction
from interviews.errors import Invalid, NotVisible
from interviews.models import Device, Invitation, LoginSession, Project
from webapp import i18n, identity, proving, telling
from webapp.db import let_go, session
from webapp.forms.auth import AcceptForm, InvitationCodeForm, SignInForm
from webapp.guard import limiter, public, signed_in
from webapp.messages import sentence
from webapp.navigation import help_contact

bp = Blueprint("auth", __name__)
PER_ADDRESS = "60 per minute"
"""A community centre shares one address, so the limit is wide; guessing is slowed per login word."""


def _device() -> str:
    return identity.device_name(request.user_agent.string)


def _welcome(next_page: str | None) -> Response:
    return redirect(identity.safe_next(next_page) or url_for("home.start"), code=303)  # type: ignore[return-value]


@bp.get("/inloggen")
@public
def sign_in() -> ResponseReturnValue:
    """Show the page to sign in."""
    if identity.login() is not None:
        return _welcome(request.args.get("next"))
    return _sign_in_page(SignInForm(data={"next": request.args.get("next", "")}))


def _sign_in_page(form: SignInForm, *, refusal: str | None = None) -> str:
    accounts: list[tuple[str, str, str, str]] = []
    if current_app.extensions["dichterbij.settings"].demo:
        accounts = current_app.config["DEMO_ACCOUNTS"]
    by_pin = proving.has_pin() and request.args.get("met") != "wachtzin"
    return render_template("auth/sign_in.html", form=form, refusal=refusal, accounts=accounts, by_pin=by_pin)


@bp.post("/inloggen")
@limiter.limit(PER_ADDRESS)
@public
def sign_in_submit() -> ResponseReturnValue:
    """Sign in, or say that word and passphrase do not belong together."""
    form = SignInForm()
    if not form.validate():
        return _sign_in_page(form), 422
    try:
        opened = _open(form.login_word.data, form.passphrase.data, own_device=bool(form.own_device.data))
    except Invalid as error:
        return proving.slowed(error, _sign_in_page(form, refusal=proving.said(error)))
    if opened is None:
        return _sign_in_page(form, refusal=_wrong()), 422
    if opened.session.awaits_code:
        return redirect(url_for("stepping.code", next=identity.safe_next(form.next.data)), code=303)
    telling.tell_changes(opened)
    return _welcome(form.next.data)


def _open(word: str, passphrase: str, *, own_device: bool) -> people.Opened | None:
    checked = proving.look(word, passphrase)
    # A wrong try is remembered too, so this commits either way.
    with transaction(session()):
        opened = people.enter(session(), checked, device=_device(), own_device=own_device)
        proving.end_before(opened)
        if opened is not None and not opened.session.awaits_code:
            proving.on_this_device(opened)
    if opened is not None:
        identity.begin(opened)
    return opened


def _wrong() -> str:
    contact = help_contact()
    return sentence("sign_in.wrong") if contact is None else sentence("sign_in.wrong_call", name=contact.name)


@bp.post("/inloggen/voorbeeld")
@limiter.limit(PER_ADDRESS)
@public
def demo_sign_in() -> ResponseReturnValue:
    """Sign in as one of the people of the example project; only in the demo."""
    accounts: list[Any] = current_app.config["DEMO_ACCOUNTS"]
    chosen = request.form.get("account", "")
    if not current_app.extensions["dichterbij.settings"].demo:
        raise NotVisible
    known = next((account for account in accounts if account[0] == chosen), None)
    # Nobody else looks at made-up stories: the example does not lock itself while somebody shows it to a room.
    if known is None or _open(known[0], known[1], own_device=True) is None:
        abort(400)
    return _welcome(None)


@bp.post("/uitloggen")
@public
def sign_out() -> ResponseReturnValue:
    """End the session of this device. Also for somebody whose session already ended: the page may be hours old."""
    # Also of a session that is locked or awaits its code: who sits there may be somebody else.
    found = identity.held()
    if found is not None:
        with transaction(session()):
            people.end_session(session(), found.session)
    identity.leave()
    flash(sentence("signed_out"), "ok")
    answer = redirect(url_for("auth.sign_in"), code=303)
    # Not "storage": drafts that were not sent yet are there, as ciphertext.
    answer.headers["Clear-Site-Data"] = '"cache"'
    return answer


@bp.get("/uitnodiging")
@public
def invitation_code() -> ResponseReturnValue:
    """Ask for the code of the card."""
    return render_template("auth/invitation_code.html", form=InvitationCodeForm())


@bp.post("/uitnodiging")
@limiter.limit(PER_ADDRESS)
@public
def invitation_code_submit() -> ResponseReturnValue:
    """Go to the invitation with this code."""
    form = InvitationCodeForm()
    if form.validate() and people.find_invitation(session(), form.code.data) is None:
        form.refuse("code", Invalid("invitation.over"))
    if form.problems():
        return render_template("auth/invitation_code.html", form=form), 422
    # As the card writes it, however it was typed.
    plain = "".join(character for character in form.code.data.lower() if character.isalnum())
    return redirect(url_for("auth.invitation", code="-".join(wrap(plain, 4))), code=303)


@bp.get("/uitnodiging/<code>")
@limiter.limit(PER_ADDRESS)
@public
def invitation(code: str) -> ResponseReturnValue:
    """Show what the invitation is for, and ask for a login word and a passphrase, or a PIN on one's own phone."""
    return _invitation_page(code, AcceptForm(data={"way": "pin" if request.args.get("met") == "pincode" else ""}))


def _invitation_page(code: str, form: AcceptForm, status: int = 200) -> ResponseReturnValue:
    row = people.find_invitation(session(), code)
    if row is None:
        return render_template("auth/invitation_over.html"), 404
    if people.waits_in_vain(session(), row):
        return _in_vain()
    page = render_template(
        "auth/invitation.html",
        form=form,
        code=code,
        invitation=row,
        joined=session().get_one(Project, row.project_id),
        minimum=people.minimum_of(session(), row),
        pin_allowed=people.shown_pin(session(), row),
        by_pin=form.by_pin and people.shown_pin(session(), row),
    )
    return page, status


def _in_vain() -> ResponseReturnValue:
    return render_template("auth/invitation_over.html", why="invitation.key_held"), 409


@bp.post("/uitnodiging/<code>")
@limiter.limit(PER_ADDRESS)
@public
def invitation_submit(code: str) -> ResponseReturnValue:
    """Make the account and sign in with it."""
    form = AcceptForm()
    if not form.validate():
        return _invitation_page(code, form, 422)
    row = people.find_invitation(session(), code)
    if row is None:
        return render_template("auth/invitation_over.html"), 404
    try:
        return _accepted(code, form, row)
    except Invalid as error:
        if error.key == "invitation.over":
            return render_template("auth/invitation_over.html"), 404
        if error.key == "invitation.key_held":
            return _in_vain()
        field = error.key.partition(".")[0]
        form.refuse(field if field in ("passphrase", "pin") else "login_word", error)
        return _invitation_page(code, form, 422)


def _accepted(code: str, form: AcceptForm, row: Invitation) -> ResponseReturnValue:
    minimum = people.minimum_of(session(), row)
    names = (row.display_name, session().get_one(Project, row.project_id).title)
    tokens = identity.device_tokens()
    let_go()
    pin = None
    if form.by_pin:
        # The word is looked at first: a PIN that fits nobody's account is no use.
        chosen = people.Chosen(people.login_word(form.login_word.data), "")
        pin = people.choose_pin(form.pin.data, token=devices.new_token())
    else:
        chosen = people.choose(word=form.login_word.data, passphrase=form.passphrase.data, minimum=minimum, names=names)
    with transaction(session()):
        person = people.accept_invitation(session(), code=code, chosen=chosen)
        person.language = i18n.spoken()
        opened = people.open_session(session(), person, device=_device(), own_device=pin is not None)
        proving.end_before(opened)
        if pin is not None:
            devices.link(opened.session, people.set_pin(session(), person, pin, name=_device()))
    identity.begin(opened)
    flash(sentence("invitation.accepted", name=person.display_name), "ok")
    answer = _welcome(None)
    return answer if pin is None else identity.keep_devices(answer, [pin.token, *tokens])


@bp.get("/apparaten", endpoint="devices")
@signed_in
def devices_page() -> ResponseReturnValue:
    """Show where one is signed in, which devices keep drafts, and what one signs in with."""
    own, person = identity.login(), identity.person()
    if own is None or person is None:
        raise identity.NotSignedIn
    keeping, here = devices.own(session(), person), identity.device_of(person)
    return render_template(
        "auth/devices.html",
        rows=people.live_sessions(session(), person),
        own=own,
        keeping=keeping,
        here=own.device_id,
        has_pin=here is not None and here.pin_hash is not None,
        has_passphrase=bool(person.passphrase_hash),
        factor=secondfactor.of(session(), person.id),
        codes_left=secondfactor.codes_left(session(), person),
        changed=telling.told_changes(person),
        call=telling.whom_to_call(),
    )


@bp.post("/apparaten/andere-uitloggen")
@signed_in
def end_others() -> ResponseReturnValue:
    """End one's sessions everywhere but here."""
    own = identity.login()
    if own is None:
        raise identity.NotSignedIn
    with transaction(session()):
        people.end_other_sessions(session(), own)
    flash(sentence("session.others_ended"), "ok")
    return redirect(url_for("auth.devices"), code=303)


@bp.post("/apparaten/<uuid:device>/uitloggen")
@signed_in
def end_device(device: uuid.UUID) -> ResponseReturnValue:
    """End the session of one of one's own devices."""
    row = session().get(LoginSession, device)
    if row is None or row.person_id != identity.actor().person_id:
        raise NotVisible
    own = identity.login()
    with transaction(session()):
        people.end_session(session(), row)
    if own is not None and row.id == own.id:
        identity.leave()
        flash(sentence("signed_out"), "ok")
        return redirect(url_for("auth.sign_in"), code=303)
    flash(sentence("session.ended"), "ok")
    return redirect(url_for("auth.devices"), code=303)


@bp.post("/apparaten/<uuid:device>/afmelden")
@signed_in
def revoke_device(device: uuid.UUID) -> ResponseReturnValue:
    """Make the drafts on one of one's own devices unreadable, and sign it out."""
    row = session().get(Device, device)
    if row is None:
        raise NotVisible
    own = identity.login()
    here = own is not None and own.device_id == row.id
    with transaction(session()):
        devices.revoke(session(), identity.actor(), row)
    if here:
        identity.leave()
        flash(sentence("device.gone"), "ok")
        return redirect(url_for("auth.sign_in"), code=303)
    flash(sentence("device.gone"), "ok")
    return redirect(url_for("auth.devices"), code=303)


@bp.post("/taal")
@public
def choose_language() -> ResponseReturnValue:
    """Show the pages in another language from now on, for this person and in this browser."""
    code = request.form.get("locale", "")
    i18n.remember(code)
    person = identity.person()
    if person is not None and code in i18n.NAMES:
        with transaction(session()):
            person.language = code
    return redirect(identity.safe_next(request.form.get("next")) or url_for("home.start"), code=303)
