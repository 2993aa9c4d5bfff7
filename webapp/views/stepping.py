"""Two steps: the code after the passphrase at signing in, and proving again who one is before a sensitive page."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from interviews import people, secondfactor
from interviews.db import transaction
from interviews.errors import Invalid
from interviews.models import LoginSession
from interviews.people import Standing
from webapp import identity, proving, stepping, telling
from webapp.db import session
from webapp.forms.auth import CodeForm, ProofForm
from webapp.guard import limiter, public
from webapp.messages import sentence

bp = Blueprint("stepping", __name__)
PER_ADDRESS = "60 per minute"


def _onward(address: str | None) -> Response:
    return redirect(identity.safe_next(address) or url_for("home.start"), code=303)


# The code at signing in


def _half() -> LoginSession | None:
    """Return the session that awaits its code; None when the browser holds none (any more)."""
    found = identity.held()
    return found.session if found is not None and found.standing is Standing.AWAITS_CODE else None


@bp.get("/inloggen/code")
@public
def code() -> ResponseReturnValue:
    """Ask the code of the authenticator app, after the passphrase."""
    if _half() is None:
        return redirect(url_for("auth.sign_in"), code=303)
    return _code_page(CodeForm(data={"next": request.args.get("next", "")}))


def _code_page(form: CodeForm, *, refusal: str | None = None) -> str:
    return render_template("auth/code.html", form=form, refusal=refusal)


@bp.post("/inloggen/code")
@limiter.limit(PER_ADDRESS)
@public
def code_submit() -> ResponseReturnValue:
    """Let somebody in whose code is right, under a new token."""
    half, form = _half(), CodeForm()
    if half is None:
        return redirect(url_for("auth.sign_in"), code=303)
    if not form.validate():
        return _code_page(form), 422
    try:
        with transaction(session()):
            opened = people.pass_code(
                session(), half, form.code.data, key=identity.factor_key(), address=identity.address()
            )
            if opened is not None:
                proving.on_this_device(opened)
    except Invalid as error:
        if error.key == "second_factor.over":
            return redirect(url_for("auth.sign_in"), code=303)
        return proving.slowed(error, _code_page(form, refusal=proving.said(error)))
    if opened is None:
        return _code_page(form, refusal=sentence("second_factor.wrong")), 422
    identity.begin(opened)
    telling.tell_changes(opened)
    return _onward(form.next.data)


# Before a sensitive page


def _present() -> LoginSession:
    row = stepping.present()
    if row is None:
        raise identity.NotSignedIn
    return row


@bp.get("/tweede-stap")
@public
def second_step() -> ResponseReturnValue:
    """Ask whoever sits there to show who they are: by a code of the app, or else by passphrase or PIN."""
    return _step_page(_present(), request.args.get("next", ""))


def _step_page(row: LoginSession, back: str, *, refusal: str | None = None) -> str:
    by_code = secondfactor.of(session(), row.person_id) is not None
    form = (CodeForm if by_code else ProofForm)(data={"next": back})
    return render_template(
        "auth/second_step.html",
        form=form,
        refusal=refusal,
        by_code=by_code,
        by_pin=proving.has_pin(),
        example=proving.example_passphrase(row.person) is not None,
    )


@bp.post("/tweede-stap")
@limiter.limit(PER_ADDRESS)
@public
def second_step_submit() -> ResponseReturnValue:
    """Look at the proof and go back to where somebody was going, under a new token."""
    row = _present()
    back = request.form.get("next", "")
    by_code = secondfactor.of(session(), row.person_id) is not None
    typed = request.form.get("code" if by_code else "proof", "")
    example = proving.example_passphrase(row.person)
    if example is not None and "example" in request.form:
        typed = example
    if not typed.strip():
        empty = sentence("second_factor.empty" if by_code else "proof.empty")
        return _step_page(row, back, refusal=empty), 422
    try:
        opened = _by_code(row, typed) if by_code else proving.proven_again(row, typed)
    except Invalid as error:
        return proving.slowed(error, _step_page(_present(), back, refusal=proving.said(error)))
    if opened is None:
        return _step_page(_present(), back, refusal=sentence("second_step.wrong")), 422
    identity.renew(opened)
    return _onward(back)


def _by_code(row: LoginSession, typed: str) -> people.Opened | None:
    with transaction(session()):
        right = people.prove_code(session(), row.person, typed, key=identity.factor_key(), address=identity.address())
        return people.renew(session(), row) if right else None
