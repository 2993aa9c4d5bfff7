"""Choices as rows: append-only, the newest per scope counts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from interviews import audit, recordings
from interviews.access import Actor, Permission, require
from interviews.clock import now
from interviews.errors import Invalid
from interviews.models import ConsentChoice, Interview, Interviewee, Participation
from interviews.models.interview import How
from interviews.scopes import Scope

TEXT_VERSION = "0.2"
"""Version of the consent text that is read out now (`webapp.forms.consents`). Another text gets another version."""


def require_consent(session: Session, actor: Actor, interviewee: Interviewee) -> list[Interview]:
    """Return the interviews this person takes part in.

    Raises NotAllowed unless the actor may write down consent for each of them; for somebody who is in none yet, only a
    project lead may.
    """
    interviews = session.scalars(
        select(Interview).join(Participation).where(Participation.interviewee_id == interviewee.id)
    ).all()
    for interview in interviews:
        require(actor, Permission.CONSENT_RECORD, interview)
    if not interviews:
        require(actor, Permission.CONSENT_RECORD, interviewee)
    return list(interviews)


def record(
    session: Session,
    actor: Actor,
    interviewee: Interviewee,
    *,
    choices: Mapping[Scope, bool],
    how: How,
    text_version: str = TEXT_VERSION,
) -> list[ConsentChoice]:
    """Write down choices that were given elsewhere, as new rows for those that differ; return the new rows.

    Asking somebody is `talk`; a no to `record` erases as it does there. Raises NotAllowed as `require_consent` does, and
    Invalid("consent.representative") for a yes on behalf of somebody who does not decide alone: that takes a talk with
    both.
    """
    require_consent(session, actor, interviewee)
    if interviewee.represented_by is not None and any(choices.values()):
        raise Invalid("consent.representative")
    on_file = interviewee.current_choices()
    # The newest counts, also after a clock was set back: a change of mind must never land before what it changes.
    moment = max([now(), *(choice.at + timedelta(microseconds=1) for choice in interviewee.choices)])
    added = []
    for scope, yes in choices.items():
        known = on_file.get(scope)
        if known is not None and known.given == yes:
            continue
        row = ConsentChoice(
            scope=scope, given=yes, how=how, text_version=text_version, at=moment, recorded_by_id=actor.person_id
        )
        interviewee.choices.append(row)
        added.append(row)
    session.flush()
    log(session, actor, interviewee, {row.scope: row.given for row in added})
    if any(row.scope is Scope.RECORD and not row.given for row in added):
        recordings.erase_disallowed(session, actor, interviewee)
    return added


def log(session: Session, actor: Actor | None, interviewee: Interviewee, changed: Mapping[Scope, bool]) -> None:
    """Put each answer that changed in the log."""
    for scope, yes in changed.items():
        audit.record(
            session,
            actor,
            "consent.yes" if yes else "consent.no",
            interviewee,
            project_id=interviewee.project_id,
            reason=scope,
        )
