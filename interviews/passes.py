"""Passes: a short-lived way in for an interviewee, who has no account. A link, and a code that is said aloud."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass, field
from datetime import timedelta

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from sqlalchemy import select
from sqlalchemy.orm import Session, object_session

from interviews import audit
from interviews.access import Actor, Permission, actor_for, allows, require
from interviews.clock import now
from interviews.errors import NotVisible
from interviews.models import GuestPass, Interview, Interviewee, Person
from interviews.models.membercheck import PassPurpose

DAYS = 7
MOST_TRIES = 5
"""Wrong codes after which the pass is over: the interviewer makes another one."""
CODE_DIGITS = 6
# The link holds 256 random bits; the code only keeps out who finds the link, and has five tries. So a light hash will do.
_hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)


@dataclass(frozen=True, slots=True)
class Made:
    """A new pass, with the two halves of the way in. Neither is stored."""

    row: GuestPass
    token: str = field(repr=False)
    code: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Code:
    """A code that will be said aloud, and what is kept of it."""

    digits: str = field(repr=False)
    hash: str = field(repr=False)


def new_code() -> Code:
    """Return a new code. Takes a while on purpose: make it before anything is locked."""
    digits = "".join(secrets.choice("0123456789") for _ in range(CODE_DIGITS))
    return Code(digits, _hasher.hash(digits))


def _needed(purpose: PassPurpose) -> Permission:
    """Return what one must be allowed to make a pass for this, and to end it."""
    return Permission.CHECK_ASK if purpose is PassPurpose.CHECK else Permission.CONSENT_RECORD


def make(
    session: Session,
    actor: Actor,
    interview: Interview,
    interviewee: Interviewee,
    *,
    purpose: PassPurpose,
    code: Code | None = None,
    days: int = DAYS,
) -> Made:
    """Make a pass for somebody who told a story or sat in; earlier passes for the same purpose are over.

    `code` is one of `new_code`. Raises NotVisible for somebody who is not in `interview`.
    """
    needed = _needed(purpose)
    require(actor, needed, interview)
    if interviewee.id not in {one.interviewee_id for one in interview.participations}:
        raise NotVisible
    for old in session.scalars(
        select(GuestPass).where(
            GuestPass.interviewee_id == interviewee.id,
            GuestPass.interview_id == interview.id,
            GuestPass.purpose == purpose,
            GuestPass.revoked_at.is_(None),
        )
    ):
        old.revoked_at = now()
    token = secrets.token_urlsafe(32)
    code = new_code() if code is None else code
    row = GuestPass(
        interview=interview,
        interviewee=interviewee,
        purpose=purpose,
        token_hash=_digest(token),
        code_hash=code.hash,
        made_by_id=actor.person_id,
        ends_at=now() + timedelta(days=days),
    )
    session.add(row)
    session.flush()
    audit.record(session, actor, needed, row, project_id=interview.project_id, reason="pass made")
    return Made(row, token, code.digits)


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


def find(session: Session, token: str) -> GuestPass | None:
    """Return the pass that a link names while it works; None for every other link, whatever the reason."""
    row = session.scalar(select(GuestPass).where(GuestPass.token_hash == _digest(token)))
    return row if row is not None and is_live(row) else None


def is_live(row: GuestPass) -> bool:
    """Tell whether a pass still works: not over, not taken back, and not tried too often.

    It works while who made it may make one: who does not hold this interview any more knows both halves of the way in,
    and an interview that was stopped shows nothing to anybody.
    """
    works = row.revoked_at is None and row.ends_at > now() and row.tries < MOST_TRIES
    return works and _maker_may(row)


def _maker_may(row: GuestPass) -> bool:
    session = object_session(row)
    maker = None if session is None or row.made_by_id is None else session.get(Person, row.made_by_id)
    if session is None or maker is None or maker.disabled_at is not None:
        return False
    return allows(actor_for(session, maker.id), _needed(row.purpose), row)


def open_with(session: Session, row: GuestPass, code: str) -> bool:
    """Tell whether `code` is the spoken code, and open the pass with it: `count_try`, `fits` and `opened` in one."""
    right = count_try(session, row) and fits(row, code)
    if right:
        opened(session, row)
    return right


def count_try(session: Session, row: GuestPass) -> bool:
    """Count a try before it is checked: two at one moment are two. False when the pass is over."""
    session.refresh(row, with_for_update=True)
    if not is_live(row):
        return False
    row.tries += 1
    session.flush()
    return True


def fits(row: GuestPass, code: str) -> bool:
    """Tell whether `code` is the spoken code; white space and other signs are overlooked.

    Takes a while on purpose and asks no database: do it after `count_try` was committed, with nothing locked.
    """
    digits = "".join(sign for sign in code if sign.isascii() and sign.isdigit())
    try:
        return _hasher.verify(row.code_hash, digits)
    except VerificationError:
        return False


def opened(session: Session, row: GuestPass) -> None:
    """Write down that somebody came in with the right code; the wrong ones before it do not count any more."""
    row.tries = 0
    row.opened_at = row.opened_at or now()
    session.flush()
    audit.record(session, None, "pass.opened", row, project_id=row.interview.project_id)


def tries_left(row: GuestPass) -> int:
    """Return how often a wrong code may still be tried."""
    return max(0, MOST_TRIES - row.tries)


def revoke(session: Session, actor: Actor, row: GuestPass) -> None:
    """End a pass at once."""
    needed = _needed(row.purpose)
    require(actor, needed, row)
    row.revoked_at = row.revoked_at or now()
    session.flush()
    audit.record(session, actor, needed, row, project_id=row.interview.project_id, reason="pass ended")
