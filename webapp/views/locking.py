"""The lock on a shared computer: one press, and nothing is shown until whoever pressed it is back."""

from __future__ import annotations

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from interviews import people
from interviews.db import transaction
from interviews.errors import Invalid
from interviews.models import LoginSession
from interviews.people import Standing
from webapp import errors, identity, proving
from webapp.db import session
from webapp.forms.auth import ProofForm
from webapp.guard import limiter, public, signed_in
from webapp.messages import sentence

bp = Blueprint("locking", __name__)
PER_ADDRESS = "60 per minute"


@bp.app_context_processor
def _frame() -> dict[str, object]:
    """Tell the frame of every page when this session locks itself, in seconds; None for one that does not."""
    # A page that says something is broken asks no database.
    row = None if g.get("broken") else identity.login()
    if row is None:
        return {"lock_url": None, "locks_after": None}
    long = people.is_long(session(), row)
    return {
        "lock_url": url_for("locking.lock"),
        "locks_after": None if long else int(people.LOCK_AFTER.total_seconds()),
    }


@bp.post("/vergrendelen")
@signed_in
def lock() -> ResponseReturnValue:
    """Lock this session, on every tab; what was typed and not sent stays on the device."""
    row = identity.login()
    if row is None:
        raise identity.NotSignedIn
    back = errors.page_of_the_form()
    with transaction(session()):
        people.lock(session(), row)
    identity.forget()
    answer = redirect(url_for("locking.locked", next=back if back != request.path else None), code=303)
    # What the browser kept of pages goes; drafts that were not sent are ciphertext and stay.
    answer.headers["Clear-Site-Data"] = '"cache"'
    return answer


def _locked() -> LoginSession | None:
    found = identity.held()
    return found.session if found is not None and found.standing is Standing.LOCKED else None


@bp.get("/vergrendeld")
@public
def locked() -> ResponseReturnValue:
    """Ask for the PIN or passphrase, and show nothing else."""
    row = _locked()
    if row is None:
        return redirect(identity.safe_next(request.args.get("next")) or url_for("home.start"), code=303)
    return _page(row, request.args.get("next", ""))


def _page(row: LoginSession, back: str, *, refusal: str | None = None) -> str:
    return render_template(
        "auth/locked.html",
        form=ProofForm(data={"next": back}),
        refusal=refusal,
        by_pin=proving.has_pin(),
        example=proving.example_passphrase(row.person) is not None,
    )


@bp.post("/vergrendeld")
@limiter.limit(PER_ADDRESS)
@public
def unlock() -> ResponseReturnValue:
    """Open the session again where it was, under a new token."""
    row, back = _locked(), request.form.get("next", "")
    if row is None:
        return redirect(identity.safe_next(back) or url_for("home.start"), code=303)
    typed = request.form.get("proof", "")
    example = proving.example_passphrase(row.person)
    if example is not None and "example" in request.form:
        typed = example
    if not typed.strip():
        return _page(row, back, refusal=sentence("proof.empty")), 422
    try:
        opened = proving.proven_again(row, typed)
    except Invalid as error:
        return proving.slowed(error, _page(row, back, refusal=proving.said(error)))
    if opened is None:
        return _page(row, back, refusal=sentence("second_step.wrong")), 422
    identity.renew(opened)
    return redirect(identity.safe_next(back) or url_for("home.start"), code=303)
