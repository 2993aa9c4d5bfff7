"""Stopping, and wanting less: what somebody may ask at any time, and what is done at once."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from interviews import audit, belongings, recordings
from interviews.access import Actor, Permission, require
from interviews.consents import TEXT_VERSION, asked_of, part_of
from interviews.errors import Invalid, NotVisible
from interviews.keys import KeyStore
from interviews.ledger import Ledger
from interviews.models import (
    Attachment,
    ConsentChoice,
    GuestPass,
    Interview,
    Interviewee,
    Recording,
    Withdrawal,
)
from interviews.models.interview import How, Part, Status
from interviews.models.withdrawal import Asked, Outcome
from interviews.recordings import Erasure
from interviews.scopes import Scope
from interviews.withdrawal.erasing import erase_rows
from interviews.withdrawal.registering import outcome_of, register

ERASED, CLOSED, REFUSED = "withdrawal", "closed", "refusal"
"""Kinds of line in the ledger: everything was erased; it was closed and kept; one use was taken back."""
_MOST_FILES = 50
"""Files that a line of the ledger names; of more, the rest is swept by the day, unreadable as they are."""
_A_MOMENT = timedelta(microseconds=1)


def withdraw(
    session: Session,
    actor: Actor | None,
    interview: Interview,
    *,
    asked: Asked,
    keys: KeyStore,
    ledger: Ledger,
) -> Withdrawal:
    """Let an interview stop: erase all of it, or close it where `outcome_of` says so. Return what stands in the register.

    Everybody who tells in it stops with it: one text and one recording hold them all. `actor` None is the person in
    person, whose pass the caller checked. The key is destroyed before this returns, whether or not the caller commits:
    `replay` then finishes. After the commit call `erase_files`, `db.empty_log` and `finished`; the interview row is gone.

    Raises Invalid("withdrawal.stopped") for an interview that is closed already and would only be closed again.
    """
    if actor is not None:
        require(actor, Permission.WITHDRAW, interview)
    outcome = outcome_of(interview.project)
    if outcome is Outcome.CLOSED and interview.status is Status.STOPPED:
        raise Invalid("withdrawal.stopped")
    people = [person.id for person in interview.interviewees + interview.companions]
    row = register(session, actor, interview, asked=asked, outcome=outcome, people=people)
    if outcome is Outcome.CLOSED:
        _close(session, actor, interview, row, ledger=ledger)
        return row
    # What the rows refuse is found out before anything is destroyed that does not come back.
    ids = _ids(session, interview, row)
    row.counts = dict(erase_rows(session, actor, interview))
    session.flush()
    ledger.note(ERASED, ids, row.at)
    keys.destroy(row.interview_id)
    return row


def _ids(session: Session, interview: Interview, row: Withdrawal) -> dict[str, str]:
    """Return what the ledger says of an interview that is erased: enough to do it again, and to look for what is left."""
    sounds = session.scalars(select(Recording.id).where(Recording.interview_id == interview.id)).all()
    pictures = session.scalars(select(Attachment.id).where(Attachment.interview_id == interview.id)).all()
    named = {
        "withdrawal": [row.id],
        "project": [row.project_id],
        "interview": [row.interview_id],
        "people": belongings.people_of(session, interview.id),
        "recordings": sounds[:_MOST_FILES],
        "pictures": pictures[:_MOST_FILES],
    }
    return {name: ",".join(map(str, ids)) for name, ids in named.items() if ids}


def _close(session: Session, actor: Actor | None, interview: Interview, row: Withdrawal, *, ledger: Ledger) -> None:
    """Let nobody use an interview any more, and keep it. The sound goes all the same: nobody allows it any more."""
    people = interview.interviewees + interview.companions
    interview.status = Status.STOPPED
    for person in people:
        say_no(session, actor, person, list(Scope), row.at)
    erased = recordings.erase_all(session, actor, interview, reason=Erasure.STOPPED)
    row.counts = {"recording": len(erased)} if erased else {}
    for guest in session.scalars(select(GuestPass).where(GuestPass.interview_id == interview.id)):
        guest.revoked_at = guest.revoked_at or row.at
    session.flush()
    ids = {"withdrawal": [row.id], "project": [row.project_id], "interview": [row.interview_id],
           "people": [person.id for person in people], "recordings": [one.id for one in erased][:_MOST_FILES]}  # fmt: skip
    ledger.note(CLOSED, {name: ",".join(map(str, known)) for name, known in ids.items() if known}, row.at)


def take_back(
    session: Session,
    actor: Actor,
    interview: Interview,
    person: Interviewee,
    scopes: Collection[Scope],
    *,
    asked: Asked,
    ledger: Ledger,
) -> Withdrawal:
    """Take back some uses of a story; it counts from now on. Return what stands in the register.

    For `use_research` call `withdraw`: who does not take part has stopped. Raises NotVisible for somebody who is not in
    this interview, Invalid("withdrawal.nothing") when none of `scopes` was allowed, Invalid("withdrawal.whole") for
    `use_research` of who tells. Call `recordings.sweep` after the commit.
    """
    require(actor, Permission.WITHDRAW, interview)
    part = part_of(interview, person)
    if part is None:
        raise NotVisible
    if Scope.USE_RESEARCH in scopes and part is Part.TELLER:
        raise Invalid("withdrawal.whole")
    gone = [scope for scope in asked_of(part) if scope in scopes and person.allows(scope)]
    if not gone:
        raise Invalid("withdrawal.nothing")
    row = register(session, actor, interview, asked=asked, outcome=Outcome.LESS, people=[person.id], scopes=gone)
    say_no(session, actor, person, gone, row.at)
    note_refusals(session, ledger, people=[person.id])
    return row


def say_no(
    session: Session, actor: Actor | None, person: Interviewee, scopes: Iterable[Scope], at: datetime
) -> list[Scope]:
    """Write a no for each of these uses that is allowed, and return them; sound that nobody allows any more goes.

    For verbs that asked the permission.
    """
    on_file = person.current_choices()
    changed = [scope for scope in scopes if scope in on_file and on_file[scope].given]
    for scope in changed:
        session.add(
            ConsentChoice(
                interviewee_id=person.id,
                scope=scope,
                given=False,
                how=How.SPOKEN,
                text_version=TEXT_VERSION,
                at=max(at, on_file[scope].at + _A_MOMENT),
                recorded_by_id=None if actor is None else actor.person_id,
            )
        )
        audit.record(session, actor, "consent.no", person, project_id=person.project_id, reason=scope)
    session.flush()
    session.expire(person, ["choices"])
    if {Scope.RECORD, Scope.USE_RESEARCH} & set(changed):
        recordings.erase_disallowed(session, actor, person)
    return changed


def note_refusals(session: Session, ledger: Ledger, *, people: Collection[uuid.UUID] | None = None) -> int:
    """Put every no that undid a yes in the ledger, so that a restore does not bring the yes back; return how many.

    For whoever wrote a no down, by whichever page; `people` None is everybody. A no that is there already is skipped.
    """
    known = {entry.ids["choice"] for entry in ledger.entries() if entry.kind == REFUSED}
    query = select(ConsentChoice).order_by(ConsentChoice.interviewee_id, ConsentChoice.scope, ConsentChoice.at)
    if people is not None:
        query = query.where(ConsentChoice.interviewee_id.in_(people))
    noted = 0
    before: ConsentChoice | None = None
    for choice in session.scalars(query):
        same = before is not None and (before.interviewee_id, before.scope) == (choice.interviewee_id, choice.scope)
        if same and before is not None and before.given and not choice.given and str(choice.id) not in known:
            ids = {"choice": str(choice.id), "person": str(choice.interviewee_id), "scope": choice.scope.value}
            ledger.note(REFUSED, ids, choice.at)
            noted += 1
        before = choice
    return noted
