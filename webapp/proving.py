"""Looking at what somebody typed to show who they are: the slow part, without holding the database meanwhile."""

from __future__ import annotations

import math

from flask import Response, current_app, make_response
from flask.typing import ResponseReturnValue

from interviews import devices, passphrases, people
from interviews.db import transaction
from interviews.errors import Invalid
from interviews.models import LoginSession, Person
from webapp import identity
from webapp.db import let_go, session, store
from webapp.messages import sentence


def look(word: str, typed: str, *, again: bool = False) -> people.Checked:
    """Return the claim of `word` with the passphrase or PIN looked at. Writes nothing.

    Raises Invalid("sign_in.wait") and Invalid("sign_in.busy"). The request's session lets go of the database: rows
    are read anew when they are asked again.
    """
    with store().read() as apart:
        here = devices.find(apart, identity.device_tokens())
        claim = people.claim(apart, word=word, address=identity.address(), here=here, again=again)
    # Looking at a passphrase takes long on purpose: nobody may have to wait for it.
    let_go()
    return people.check(claim, typed)


def example_passphrase(person: Person) -> str | None:
    """Return the passphrase of somebody from the example, who needs to know none; None outside the demo."""
    if not current_app.extensions["dichterbij.settings"].demo:
        return None
    return next(
        (account[1] for account in current_app.config["DEMO_ACCOUNTS"] if account[0] == person.login_word), None
    )


def has_pin() -> bool:
    """Tell whether this browser is a device that somebody opens with a PIN."""
    return any(one.pin_hash is not None and not devices.is_over(one) for _token, one in identity.devices_here())


def slowed(error: Invalid, page: str) -> ResponseReturnValue:
    """Answer with `page` that one has to wait, and to a script after how many seconds."""
    answer: Response = make_response(page, 429)
    seconds = error.fields.get("seconds")
    answer.headers["Retry-After"] = str(seconds if isinstance(seconds, int) else math.ceil(passphrases.PATIENCE))
    return answer


def said(error: Invalid) -> str:
    """Return the sentence of a refusal."""
    return sentence(error.key, **error.fields)


def on_this_device(opened: people.Opened) -> None:
    """Tie a new session to the device that keeps this person's drafts, when this browser is one."""
    known = identity.device_of(session().get_one(Person, opened.session.person_id))
    if known is not None:
        devices.link(opened.session, known)


def end_before(opened: people.Opened | None) -> None:
    """End the session that this browser had, when it gets a new one: nobody can reach it any more to end it."""
    before = identity.held()
    if opened is not None and before is not None and before.session.id != opened.session.id:
        row = before.session
        # What was read before the transaction began may be of another moment.
        session().refresh(row)
        if row.ended_at is None:
            people.end_session(session(), row)


def proven_again(row: LoginSession, typed: str) -> people.Opened | None:
    """Renew the session of somebody who is in, when the passphrase or PIN is right; None, remembered, when it is not.

    Raises Invalid("sign_in.wait") and Invalid("sign_in.busy").
    """
    checked = look(row.person.login_word, typed, again=True)
    with transaction(session()):
        return people.renew(session(), row) if people.prove(session(), checked) else None
