"""The sound of one interview, for a phone: whether one may record, and what there is. Never the sound itself."""

from __future__ import annotations

from typing import Any

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from interviews import consents, recordings, removals
from interviews.access import Actor, Permission, allows
from interviews.models import Interview, Recording
from interviews.scopes import Scope
from webapp.messages import sentence


def section(session: Session, actor: Actor, interview: Interview) -> dict[str, Any] | None:
    """Return the recordings of `interview` and why there may be none; None for who has nothing to do with its sound."""
    if not (allows(actor, Permission.TALK_HOLD, interview) or allows(actor, Permission.RECORDING_PLAY, interview)):
        return None
    may_play = allows(actor, Permission.RECORDING_PLAY, interview)
    return {
        "allowed": allows(actor, Permission.RECORDING_ADD, interview),
        "why": refusal(interview),
        "recordings": [
            recording_json(session, row) for row in recordings.recordings_of(session, actor, interview) if may_play
        ],
        "urls": {"page": url_for("recordings.index", interview_id=interview.id)},
    }


def refusal(interview: Interview) -> str | None:
    """Return the sentence that says why there may be no recording: a no, or not asked yet. None when everybody allows it."""
    if interview.allows(Scope.USE_RESEARCH) and interview.allows(Scope.RECORD):
        return None
    answers = [person.current_choices().get(Scope.RECORD) for person in consents.people_of(interview)]
    if any(answer is not None and not answer.given for answer in answers):
        return sentence("recording.no_consent")
    return str(_("Vraag eerst of er een opname mag zijn. Doe dat bij toestemming."))


def recording_json(session: Session, recording: Recording) -> dict[str, Any]:
    """Return what a phone knows of a recording: sizes in bytes, lengths in milliseconds, days as "2026-12-01"."""
    hidden = [list(stretch) for stretch in removals.hidden_stretches(session, recording)]
    return {
        "id": str(recording.id),
        "state": recording.state.value,
        "origin": recording.origin.value,
        "duration_ms": recording.duration_ms,
        "size": recording.size,
        "media_type": recording.media_type,
        "erase_on": None if recording.erase_on is None else recording.erase_on.isoformat(),
        "hidden": hidden,
    }
