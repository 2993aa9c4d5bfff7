"""The text that is being typed, for a phone: what was saved, or an empty one to begin with."""

from __future__ import annotations

from typing import Any

from flask import request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from interviews import drafts, transcripts
from interviews.access import Actor, Permission, allows
from interviews.db import transaction
from interviews.drafts import Kept, Opened
from interviews.models import Interview
from interviews.scopes import Scope
from webapp import identity, stepping
from webapp.db import SAFE_METHODS, keystore, store
from webapp.db import session as own_session


def opened_logged(interview: Interview, *, reason: str | None = None) -> Opened:
    """Return the working text of `interview`; the reading is in the log when this returns. Raises as `open_draft`.

    A page that is only read has a session that cannot write, so a new line is written in a transaction of its own.
    """
    actor, keys = identity.actor(), keystore()
    if drafts.reading_is_logged(own_session(), actor, interview, reason=reason):
        return drafts.open_draft(own_session(), actor, interview, keys=keys, reason=reason)
    if request.method in SAFE_METHODS:
        with store().write() as apart, transaction(apart):
            own = apart.get_one(Interview, interview.id)
            return drafts.open_draft(apart, actor, own, keys=keys, reason=reason)
    with transaction(own_session()):
        return drafts.open_draft(own_session(), actor, interview, keys=keys, reason=reason)


def may_be_shown(interview: Interview) -> bool:
    """Tell whether the words may be given without a reason: those of an approved text are not, the page asks for it."""
    transcript = transcripts.transcript_of(own_session(), interview)
    return transcript is None or transcript.approved_at is None


def step_first(interview: Interview) -> ResponseReturnValue | None:
    """Return the way to the second step for a text that was approved; None where it was taken or is not needed."""
    if may_be_shown(interview) or stepping.confirmed():
        return None
    # What was typed is saved or kept aside before this is asked.
    return stepping.ask(url_for("typing.show", interview_id=interview.id))


def section(session: Session, actor: Actor, interview: Interview) -> dict[str, Any] | None:
    """Return the working text, when it is being typed or may be begun.

    A transcript that nobody is correcting is not sent along: its words stay off the phone until the page is opened.
    """
    if not allows(actor, Permission.RAW_EDIT, interview) or not interview.allows(Scope.USE_RESEARCH):
        return None
    if transcripts.transcript_of(session, interview) is not None:
        return None
    return typing_json(opened_logged(interview))


def typing_json(opened: Opened, *, reason: str | None = None) -> dict[str, Any]:
    """Return a working text as JSON. `reason` goes along where the page needs it to send the form again."""
    return {
        "version": opened.version,
        "base": None if opened.base is None else str(opened.base),
        "save": None if opened.save is None else str(opened.save),
        **drafts.to_json(opened.text),
        "saved_at": None if opened.saved_at is None else opened.saved_at.isoformat(),
        "saved_by": opened.saved_by,
        "device": opened.device,
        "aside": [_kept(one) for one in opened.asides],
        "reason": reason,
    }


def _kept(one: Kept) -> dict[str, Any]:
    return {
        "id": str(one.id),
        **drafts.to_json(one.text),
        "saved_at": one.saved_at.isoformat(),
        "saved_by": one.saved_by,
        "device": one.device,
    }
