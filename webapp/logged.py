"""A page that shows sealed words says so in the log first, once a sitting."""

from __future__ import annotations

from flask import request

from interviews import readings
from interviews.db import transaction
from interviews.models import Interview
from webapp import identity
from webapp.db import SAFE_METHODS, session, store


def log_reading(action: str, interview: Interview) -> None:
    """Write that whoever asks reads this of `interview`; the line is there when this returns.

    A page that is only read has a session that cannot write, so a new line is written in a transaction of its own.
    """
    actor = identity.actor()
    if readings.is_logged(session(), actor, action, interview):
        return
    if request.method in SAFE_METHODS:
        with store().write() as apart, transaction(apart):
            readings.log(apart, actor, action, interview)
    else:
        with transaction(session()):
            readings.log(session(), actor, action, interview)
