"""What one signs in with: a card and a PIN on a known device, or a passphrase."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from interviews import passphrases, people, secondfactor
from interviews.db import transaction
from interviews.errors import Invalid
from interviews.models import LoginSession, Person
from webapp import identity, proving
from webapp.db import let_go, session
from webapp.forms.auth import CardForm, PassphraseForm, PinForm
from webapp.guard import limiter, public, signed_in
from webapp.messages import sentence
from webapp.stepping import second_step

bp = Blueprint("cards", __name__)
PER_ADDRESS = "60 per minute"


def _device() -> str:
    return identity.device_name(request.user_agent.string)


@bp.get("/inloggen/kaart")
@public
def card() -> ResponseReturnValue:
    """Ask for the word and the code of a card, and for a PIN for this device."""
    return _card_page(CardForm(formdata=None))


def _card_page(form: CardForm, *, refusal: str | None = None) -> str:
    return render_template("auth/card.html", form=form, refusal=refusal)


@bp.post("/inloggen/kaart")
@limiter.limit(PER_ADDRESS)
@public
def card_submit() -> ResponseReturnValue:
    """Let somebody with a card in on this device, which is a known one from now on."""
    form = CardForm()
    if not form.validate():
        return _card_page(form), 422
    here, tokens = identity.devices_here(), identity.device_tokens()
    token = people.token_for(here, form.login_word.data)
    let_go()
    try:
        chosen = people.choose_pin(form.pin.data, token=token)
        with transaction(session()):
            opened = people.use_card(
                session(), word=form.login_word.data, code=form.code.data, chosen=chosen, device=_device(),
                address=identity.address(),
            )  # fmt: skip
            proving.end_before(opened)
    except Invalid as error:
        if error.key.startswith("pin."):
            form.refuse("pin", error)
            return _card_page(form), 422
        page = _card_page(form, refusal=proving.said(error))
        return proving.slowed(error, page) if error.key.startswith("sign_in.") else (page, 422)
    if opened is None:
        return _card_page(form, refusal=sentence("card.wrong")), 422
    identity.begin(opened)
    flash(sentence("card.used"), "ok")
    answer = redirect(url_for("home.start"), code=303)
    return identity.keep_devices(answer, [token, *(one for one in tokens if one != token)])  # type: ignore[arg-type]


def _signed_in() -> tuple[LoginSession, Person]:
    row = identity.login()
    if row is None:
        raise identity.NotSignedIn
    return row, row.person


@bp.get("/pincode")
@signed_in
@second_step
def pin() -> ResponseReturnValue:
    """Ask for a PIN for this device."""
    return _pin_page(PinForm(formdata=None))


def _pin_page(form: PinForm) -> str:
    _row, person = _signed_in()
    # For a role that reaches every story a PIN opens the lock only.
    return render_template("auth/pin.html", form=form, only_lock=secondfactor.obliged(session(), person.id))


@bp.post("/pincode")
@signed_in
@second_step
def pin_submit() -> ResponseReturnValue:
    """Make this device one that opens with a PIN."""
    form = PinForm()
    if not form.validate():
        return _pin_page(form), 422
    row, person = _signed_in()
    tokens = identity.device_tokens()
    token = people.token_for(identity.devices_here(), person.login_word)
    let_go()
    try:
        chosen = people.choose_pin(form.pin.data, token=token)
    except Invalid as error:
        form.refuse("pin", error)
        return _pin_page(form), 422
    with transaction(session()):
        device = people.set_pin(session(), person, chosen, name=_device())
        row.device_id, row.own_device = device.id, True
    flash(sentence("pin.set"), "ok")
    answer = redirect(url_for("auth.devices"), code=303)
    return identity.keep_devices(answer, [token, *(one for one in tokens if one != token)])  # type: ignore[arg-type]


@bp.get("/wachtzin")
@signed_in
@second_step
def passphrase() -> ResponseReturnValue:
    """Ask for a new passphrase, and for the old one."""
    return _passphrase_page(PassphraseForm(formdata=None))


def _passphrase_page(form: PassphraseForm) -> str:
    _row, person = _signed_in()
    return render_template(
        "auth/passphrase.html", form=form, has_old=bool(person.passphrase_hash), minimum=_minimum(person)
    )


def _minimum(person: Person) -> int:
    strong = secondfactor.of(session(), person.id) is not None
    return passphrases.MIN_WITH_FACTOR if strong else passphrases.MIN_ALONE


@bp.post("/wachtzin")
@limiter.limit(PER_ADDRESS)
@signed_in
@second_step
def passphrase_submit() -> ResponseReturnValue:
    """Change the passphrase: every other session of this person ends."""
    form = PassphraseForm()
    if not form.validate():
        return _passphrase_page(form), 422
    row, person = _signed_in()
    word, minimum, names = person.login_word, _minimum(person), (person.display_name,)
    has_old = bool(person.passphrase_hash)
    try:
        checked = proving.look(word, form.old.data or "") if has_old else None
        chosen = people.choose(word=word, passphrase=form.passphrase.data, minimum=minimum, names=names)
        with transaction(session()):
            opened = None
            if checked is None or (not checked.by_pin and people.prove(session(), checked)):
                people.change_passphrase(session(), person, chosen)
                people.end_other_sessions(session(), row)
                opened = people.renew(session(), row)
    except Invalid as error:
        if error.key.startswith("sign_in."):
            return proving.slowed(error, _passphrase_page(form))
        form.refuse("passphrase", error)
        return _passphrase_page(form), 422
    if opened is None:
        form.refuse("old", Invalid("passphrase.old_wrong"))
        return _passphrase_page(form), 422
    identity.renew(opened)
    flash(sentence("passphrase.changed"), "ok")
    return redirect(url_for("auth.devices"), code=303)
