"""The second step: before a sensitive page opens, whoever sits there proves again who they are.

`@second_step` stands below `@opens` on a view. When the proof is older than `FRESH`, the page is not shown but asked
for at `/tweede-stap`, which leads back. A change is not sent on: people come back to the form and send it again.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import ParamSpec, TypeVar

from flask import flash, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue

from interviews.clock import now
from interviews.models import LoginSession
from interviews.people import Standing
from webapp import db, identity
from webapp.messages import sentence

P = ParamSpec("P")
R = TypeVar("R")
FRESH = timedelta(minutes=10)
"""How long a proof counts: long enough for one piece of careful work, shorter than a coffee break."""
_IN = frozenset({Standing.OPEN, Standing.MUST_SET_UP})


def present() -> LoginSession | None:
    """Return the session of somebody who is in, also when all they may do is set up a second factor; else None."""
    found = identity.held()
    return found.session if found is not None and found.standing in _IN else None


def confirmed() -> bool:
    """Tell whether whoever asks proved who they are in the last `FRESH`; False for nobody."""
    row = present()
    return row is not None and row.confirmed_at is not None and row.confirmed_at > now() - FRESH


def way_in() -> str | None:
    """Return the page that opens the door for a session that is held but shut; None when there is no such session."""
    found = identity.held()
    asked = identity.asked_address()
    back = asked if asked != "/" else None
    if found is None or found.standing is Standing.OPEN:
        return None
    if found.standing is Standing.LOCKED:
        return url_for("locking.locked", next=back)
    if found.standing is Standing.AWAITS_CODE:
        return url_for("stepping.code", next=back)
    return url_for("secondfactor.set_up")


def second_step(view: Callable[P, R]) -> Callable[P, R | ResponseReturnValue]:
    """Open this view only to somebody who was `confirmed`; else go to the second step and come back.

    Used below `@opens` (or `@signed_in`), so that a stranger still gets 404. A script gets 403 with the address of the
    step as `step`.
    """

    @wraps(view)
    def stepped(*args: P.args, **kwargs: P.kwargs) -> R | ResponseReturnValue:
        if present() is None:
            # Below `@public`, for the pages of people who are not all the way in.
            raise identity.NotSignedIn
        return view(*args, **kwargs) if confirmed() else ask()

    return stepped


def ask(back: str | None = None) -> ResponseReturnValue:
    """Send whoever asks to the second step, to come back to this page, or to the page of the form that was sent.

    `back` is another page to come back to, for a form of which everything is kept already.
    """
    # Imported here: the error pages ask this module for the way in.
    from webapp import errors

    reading = request.method in db.SAFE_METHODS
    came_from = identity.asked_address() if reading else errors.page_of_the_form()
    step = url_for("stepping.second_step", next=back or came_from)
    if errors.wants_json():
        return jsonify(error=sentence("second_step.needed"), step=step), 403
    if not reading and back is None:
        flash(sentence("second_step.send_again"), "info")
    return redirect(step, code=303)
