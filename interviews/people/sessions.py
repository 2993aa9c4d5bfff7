"""Login sessions: how long they live, where one stands, the lock, and the end.

A session is a row. What is in the cookie is a random token of 256 bits; the row has its hash. Every request looks the
row up, so that an ended session is a stranger's at once.
"""

from __future__ import annotations

import enum
import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from interviews import audit, clock, secondfactor
from interviews.access import Actor
from interviews.models import LoginSession, Person, SecondFactor
from interviews.text import one_line

LOCK_AFTER = timedelta(minutes=30)
"""Silence after which a session locks itself, except a long one. What was typed stays: unlocking leads back to it."""
IDLE = timedelta(hours=12)
"""Silence that ends a session: nobody is thrown out over lunch, a forgotten phone is by the next morning."""
SHIFT = timedelta(hours=12)
"""A day's work: after it one signs in again, however much the session is used."""
ABSOLUTE = timedelta(days=14)
"""The same for a long session: a peer interviewer's own phone (docs/adr/0018)."""
CODE_TIME = timedelta(minutes=10)
"""How long one may look for the phone with the code."""


class Standing(enum.Enum):
    """What somebody with a live session may do now."""

    OPEN = "open"
    AWAITS_CODE = "awaits_code"
    """The passphrase was right; the code of the second factor is still to come."""
    MUST_SET_UP = "must_set_up"
    """The role asks for a second factor and there is none yet: nothing but setting it up."""
    LOCKED = "locked"


@dataclass(frozen=True, slots=True)
class Opened:
    """A new login session with the token for the cookie, which is stored nowhere."""

    session: LoginSession
    token: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Held:
    """A live session and where it stands."""

    session: LoginSession
    standing: Standing


def open_session(
    session: Session, person: Person, *, device: str = "", own_device: bool = False, awaits_code: bool = False
) -> Opened:
    """Open a login session for `person` without asking for a passphrase.

    With `awaits_code` it opens nothing but the page that asks for the code, for `CODE_TIME`.
    """
    token, moment = secrets.token_urlsafe(32), clock.now()
    row = LoginSession(
        token_hash=_hash(token),
        person_id=person.id,
        device=one_line(device)[:80],
        started_at=moment,
        last_seen_at=moment,
        ends_at=moment + (CODE_TIME if awaits_code else ABSOLUTE),
        own_device=own_device,
        awaits_code=awaits_code,
        confirmed_at=None if awaits_code else moment,
    )
    session.add(row)
    session.flush()
    if not awaits_code:
        audit.record(session, Actor(person.id), "session.start", row, project_id=None)
    return Opened(row, token)


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


def find_session(session: Session, token: str) -> LoginSession | None:
    """Return the session of this token when it opens pages now; None for one that ended, is locked or awaits a code."""
    found = held(session, token)
    return found.session if found is not None and found.standing is Standing.OPEN else None


def held(session: Session, token: str) -> Held | None:
    """Return the live session of this token and where it stands; None when it ended or the account was closed."""
    row = session.scalar(select(LoginSession).where(LoginSession.token_hash == _hash(token)))
    moment = clock.now()
    if row is None or row.ended_at is not None or row.ends_at <= moment or row.person.disabled_at is not None:
        return None
    if row.last_seen_at + IDLE <= moment:
        return None
    if row.awaits_code:
        return Held(row, Standing.AWAITS_CODE)
    has_factor = (
        session.scalar(select(SecondFactor.person_id).where(SecondFactor.person_id == row.person_id)) is not None
    )
    # Asked anew each time: a role that was given counts at the next request.
    obliged = (row.own_device or not has_factor) and secondfactor.obliged(session, row.person_id)
    long = row.own_device and not obliged
    if not long and row.started_at + SHIFT <= moment:
        return None
    if row.locked_at is not None or (not long and row.last_seen_at + LOCK_AFTER <= moment):
        return Held(row, Standing.LOCKED)
    return Held(row, Standing.MUST_SET_UP if obliged and not has_factor else Standing.OPEN)


def is_long(session: Session, row: LoginSession) -> bool:
    """Tell whether this session locks by nothing but the button: one's own device, and no role that reaches all."""
    return row.own_device and not secondfactor.obliged(session, row.person_id)


def live_sessions(session: Session, person: Person) -> Sequence[LoginSession]:
    """Return where `person` is signed in, the last used first; locked ones too."""
    moment = clock.now()
    rows = session.scalars(
        select(LoginSession)
        .where(
            LoginSession.person_id == person.id,
            LoginSession.ended_at.is_(None),
            LoginSession.awaits_code.is_(False),
            LoginSession.ends_at > moment,
            LoginSession.last_seen_at > moment - IDLE,
        )
        .order_by(LoginSession.last_seen_at.desc(), LoginSession.id)
    ).all()
    return [row for row in rows if row.started_at + SHIFT > moment or is_long(session, row)]


def touch(row: LoginSession) -> None:
    """Remember that the session is in use; at most once a minute, so that reading pages seldom writes."""
    if clock.now() - row.last_seen_at > timedelta(minutes=1):
        row.last_seen_at = clock.now()


def lock(session: Session, row: LoginSession) -> None:
    """Lock the session: from its next request on no page is served, on any tab, until `renew`."""
    row.locked_at = clock.now()
    row.confirmed_at = None
    session.flush()


def renew(session: Session, row: LoginSession) -> Opened:
    """Unlock and confirm the session under a new token: a copy of the cookie from before is a stranger's.

    The caller looked at the proof (`entering.prove`, `entering.prove_code`).
    """
    token = secrets.token_urlsafe(32)
    row.token_hash = _hash(token)
    row.locked_at, row.confirmed_at, row.last_seen_at = None, clock.now(), clock.now()
    session.flush()
    return Opened(row, token)


def end_session(session: Session, row: LoginSession) -> None:
    """End one session; its next request is a stranger's."""
    row.ended_at = clock.now()
    session.flush()
    audit.record(session, Actor(row.person_id), "session.end", row, project_id=None)


def end_all_sessions(session: Session, person: Person) -> None:
    """End every open session of `person`."""
    _end(session, person, None)


def end_other_sessions(session: Session, row: LoginSession) -> None:
    """End every session of this person but this one."""
    _end(session, row.person, row)
    audit.record(session, Actor(row.person_id), "session.end_others", row, project_id=None)


def _end(session: Session, person: Person, but: LoginSession | None) -> None:
    ending = update(LoginSession).where(LoginSession.person_id == person.id, LoginSession.ended_at.is_(None))
    if but is not None:
        ending = ending.where(LoginSession.id != but.id)
    session.execute(ending.values(ended_at=clock.now()))
