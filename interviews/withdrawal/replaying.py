"""Doing erasures again: after a restore brought rows back, or where a crash left one half done."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from interviews import belongings, recordings
from interviews.errors import InterviewsError
from interviews.keys import KeyStore
from interviews.ledger import Entry, Ledger
from interviews.models import Interview, Interviewee, Withdrawal
from interviews.models.interview import Status
from interviews.models.withdrawal import Asked, Outcome
from interviews.recordings import Erasure
from interviews.scopes import Scope
from interviews.sealedfiles import SealedFiles
from interviews.withdrawal.erasing import erase_files, erase_rows, listed
from interviews.withdrawal.registering import register
from interviews.withdrawal.stopping import CLOSED, ERASED, REFUSED, say_no

Replayer = Callable[[Session, KeyStore, SealedFiles, Entry], bool]
replayers: dict[str, Replayer] = {}
"""Per kind of line in the ledger what does it again; True when there was something to do. Other parts add their own."""


class UnknownErasure(InterviewsError):
    """The ledger has a line that this program cannot do again: nothing may be used until one that can has."""


def replay(session: Session, keys: KeyStore, files: SealedFiles, ledger: Ledger) -> int:
    """Do again every erasure of the ledger whose rows, key or files are there again; return how many had something.

    For a restore, and for what a crash left half done. Again changes nothing. Raises LedgerDamaged, and UnknownErasure
    for a kind of line that no part of the program knows.
    """
    done = 0
    for entry in ledger.entries():
        if entry.kind not in replayers:
            raise UnknownErasure(entry.kind)
        done += replayers[entry.kind](session, keys, files, entry)
    session.flush()
    return done


def resume(session: Session, keys: KeyStore, files: SealedFiles, ledger: Ledger) -> int:
    """Finish what stopped between the ledger and the commit, as when the machine went off; return how many.

    Cheaper than `replay`, which a restore needs: only interviews that the ledger says are erased or closed.
    """
    kinds = (ERASED, CLOSED)
    known = [entry for entry in ledger.entries() if entry.kind in kinds]
    ids = [uuid.UUID(entry.ids["interview"]) for entry in known]
    there = {
        one
        for some in belongings.portions(ids)
        for one in session.scalars(
            select(Interview.id).where(Interview.id.in_(some), Interview.status != Status.STOPPED)
        )
    }
    return sum(
        replayers[entry.kind](session, keys, files, entry)
        for entry, interview_id in zip(known, ids, strict=True)
        if interview_id in there
    )


def _erase_again(session: Session, keys: KeyStore, files: SealedFiles, entry: Entry) -> bool:
    interview_id = uuid.UUID(entry.ids["interview"])
    there = interview_id not in keys.destroyed()
    keys.destroy(interview_id)
    interview = session.get(Interview, interview_id)
    if interview is not None:
        there = True
        row = _again(session, interview, entry, Outcome.ERASED)
        row.counts = dict(erase_rows(session, None, interview))
    left = session.scalars(select(Interviewee.id).where(Interviewee.id.in_(listed(entry, "people")))).all()
    if left:
        there = True
        session.execute(delete(Interviewee).where(Interviewee.id.in_(left)))
    return bool(erase_files(files, entry)) or there


def _close_again(session: Session, keys: KeyStore, files: SealedFiles, entry: Entry) -> bool:
    interview = session.get(Interview, uuid.UUID(entry.ids["interview"]))
    gone = bool(erase_files(files, entry))
    if interview is None:
        return gone
    changed = [
        scope
        for person in interview.interviewees + interview.companions
        for scope in _no_again(session, person, list(Scope), entry.at)
    ]
    # Whoever said yes again since then goes on: only what the copy brought back is undone.
    if interview.status is Status.STOPPED or not changed:
        return gone or bool(changed)
    _again(session, interview, entry, Outcome.CLOSED)
    interview.status = Status.STOPPED
    recordings.erase_all(session, None, interview, reason=Erasure.STOPPED)
    return True


def _refuse_again(session: Session, keys: KeyStore, files: SealedFiles, entry: Entry) -> bool:
    person = session.get(Interviewee, uuid.UUID(entry.ids["person"]))
    if person is None:
        return False
    return bool(_no_again(session, person, [Scope(entry.ids["scope"])], entry.at))


def _no_again(session: Session, person: Interviewee, scopes: Iterable[Scope], at: datetime) -> list[Scope]:
    on_file = person.current_choices()
    older = [scope for scope in scopes if scope in on_file and on_file[scope].at < at]
    return say_no(session, None, person, older, at)


def _again(session: Session, interview: Interview, entry: Entry, outcome: Outcome) -> Withdrawal:
    """Return the line in the register, made anew where the copy was older than it."""
    wanted = uuid.UUID(entry.ids["withdrawal"])
    return session.get(Withdrawal, wanted) or register(
        session,
        None,
        interview,
        asked=Asked.OTHER,
        outcome=outcome,
        people=listed(entry, "people"),
        id=wanted,
        at=entry.at,
    )


replayers.update({ERASED: _erase_again, CLOSED: _close_again, REFUSED: _refuse_again})
