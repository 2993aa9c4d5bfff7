"""Setting up the second factor: a picture for the authenticator app, the first code, and ten recovery codes, once."""

from __future__ import annotations

import segno
from flask import Blueprint, flash, redirect, render_template, url_for
from flask import session as cookie
from flask.typing import ResponseReturnValue

from interviews import people, secondfactor
from interviews.db import transaction
from interviews.errors import Invalid
from interviews.models import LoginSession
from webapp import identity, stepping
from webapp.db import session
from webapp.forms.auth import CodeForm
from webapp.guard import public
from webapp.messages import sentence

bp = Blueprint("secondfactor", __name__)
_SECRET, _CODES = "factor_secret", "factor_codes"
"""Carried in the cookie that only this installation can read: a secret is stored when an app shows that it has it."""


def _present() -> LoginSession:
    row = stepping.present()
    if row is None:
        raise identity.NotSignedIn
    return row


@bp.get("/tweede-stap/instellen")
@public
@stepping.second_step
def set_up() -> ResponseReturnValue:
    """Show the picture and the secret, and ask for the first code."""
    return _page(_present(), CodeForm(formdata=None))


def _page(row: LoginSession, form: CodeForm) -> str:
    secret = cookie.setdefault(_SECRET, secondfactor.new_secret())
    address = secondfactor.address_of(secret, row.person)
    picture = segno.make(address, error="m")
    return render_template(
        "auth/set_up.html",
        form=form,
        picture=picture.svg_data_uri(scale=6, border=4),
        address=address,
        groups=secondfactor.in_groups(secret),
        must=identity.login() is None,
        replaces=secondfactor.of(session(), row.person_id) is not None,
    )


@bp.post("/tweede-stap/instellen")
@public
@stepping.second_step
def set_up_submit() -> ResponseReturnValue:
    """Take the second factor into use: other sessions of this person end, this one gets a new token."""
    row, form = _present(), CodeForm()
    secret = cookie.get(_SECRET)
    if not isinstance(secret, str):
        return redirect(url_for("secondfactor.set_up"), code=303)
    if not form.validate():
        return _page(row, form), 422
    try:
        with transaction(session()):
            shown = secondfactor.set_up(
                session(), row.person, secret=secret, code=form.code.data, key=identity.factor_key()
            )
            opened = _fresh(row)
    except Invalid as error:
        form.refuse("code", error)
        return _page(row, form), 422
    identity.renew(opened)
    cookie.pop(_SECRET, None)
    cookie[_CODES] = list(shown.codes)
    return redirect(url_for("secondfactor.codes"), code=303)


def _fresh(row: LoginSession) -> people.Opened:
    people.end_other_sessions(session(), row)
    return people.renew(session(), row)


@bp.get("/tweede-stap/codes")
@public
def codes() -> ResponseReturnValue:
    """Show the recovery codes, once, to print or copy by hand."""
    row = _present()
    shown = cookie.pop(_CODES, None)
    return render_template(
        "auth/recovery_codes.html", codes=shown, left=secondfactor.codes_left(session(), row.person), person=row.person
    )


@bp.post("/tweede-stap/codes")
@public
@stepping.second_step
def new_codes() -> ResponseReturnValue:
    """Make ten new recovery codes; the old ones stop working."""
    row = _present()
    if secondfactor.of(session(), row.person_id) is None:
        return redirect(url_for("secondfactor.set_up"), code=303)
    with transaction(session()):
        shown = secondfactor.new_recovery_codes(session(), row.person)
    cookie[_CODES] = list(shown.codes)
    flash(sentence("second_factor.new_codes"), "ok")
    return redirect(url_for("secondfactor.codes"), code=303)
