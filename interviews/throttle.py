"""Slowing guesses down without ever locking anybody out.

Each wrong try counts twice: against the account (or against the device, when it is one that the person uses) and
against the address it came from. The wait before the next try grows with each wrong one up to a limit and never
becomes for ever. Whoever guesses at somebody's login word from elsewhere holds up nobody on their own phone: a known
device has a count of its own.

An address is kept as a keyed hash only, a try no longer than `KEPT`.
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from interviews import clock
from interviews.errors import Invalid
from interviews.models import LoginAttempt

KEPT = timedelta(days=1)
"""How long a try is remembered. The promise for addresses is seven days at most; one is enough to slow."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast one may guess: `free` tries, then a wait that doubles from `first` to `most`."""

    free: int
    first: timedelta
    most: timedelta
    memory: timedelta
    """Tries longer ago than this no longer count."""

    def wait(self, tries: Sequence[datetime], at: datetime) -> timedelta:
        """Return how long one has to wait at the moment `at` after these wrong tries; zero when one may try."""
        counted = [one for one in tries if one > at - self.memory]
        over = len(counted) - self.free
        if over < 0:
            return timedelta()
        # Doubling stops at the limit, also in the number: nobody's thousandth try may overflow a clock.
        pause: timedelta = min(self.first * 2 ** min(over, 20), self.most)
        return max(timedelta(), max(counted) + pause - at)


ACCOUNT = Pace(free=5, first=timedelta(seconds=30), most=timedelta(minutes=15), memory=timedelta(days=1))
ADDRESS = Pace(free=10, first=timedelta(seconds=5), most=timedelta(minutes=1), memory=timedelta(hours=1))
"""A community centre shares one address: who made no mistake waits a minute there at the most."""


@dataclass(frozen=True, slots=True)
class Knock:
    """Where a try counts: hashes, never a word or an address."""

    account: bytes = field(repr=False)
    address: bytes | None = field(default=None, repr=False)
    """None for a program on this machine."""


def of_word(word: str) -> bytes:
    """Return what tries for a login word count against, whether or not somebody has that word."""
    return hashlib.sha256(b"login:" + word.encode()).digest()


def of_device(device_id: object) -> bytes:
    """Return what tries on a known device count against."""
    return hashlib.sha256(f"device:{device_id}".encode()).digest()


def of_code(person_id: object) -> bytes:
    """Return what tries for the code of a second factor count against."""
    return hashlib.sha256(f"code:{person_id}".encode()).digest()


def of_address(address: str, *, key: bytes) -> bytes:
    """Return what tries from an address count against. Of IPv6 the network: one person has all addresses in it."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        plain = address
    else:
        wide = parsed.version == 6 and parsed.ipv4_mapped is None
        plain = str(ipaddress.ip_network((parsed, 64), strict=False)) if wide else str(parsed)
    return hmac.new(key, b"address:" + plain.encode(), hashlib.sha256).digest()


def waiting(session: Session, knock: Knock) -> timedelta:
    """Return how long this account or address has to wait; the longer of the two."""
    moment = clock.now()
    longest = ACCOUNT.wait(_tries(session, knock.account), moment)
    if knock.address is not None:
        longest = max(longest, ADDRESS.wait(_tries(session, knock.address), moment))
    return longest


def _tries(session: Session, subject: bytes) -> Sequence[datetime]:
    return session.scalars(select(LoginAttempt.at).where(LoginAttempt.subject_hash == subject)).all()


def require(session: Session, knock: Knock) -> None:
    """Raise Invalid("sign_in.wait", seconds=…, minutes=…) when one has to wait. Asking makes no wait longer."""
    left = waiting(session, knock)
    if left > timedelta():
        seconds = math.ceil(left.total_seconds())
        raise Invalid("sign_in.wait", seconds=seconds, minutes=math.ceil(seconds / 60))


def wrong(session: Session, knock: Knock) -> None:
    """Remember a wrong try, and forget what is too old to count."""
    forget_old(session)
    moment = clock.now()
    subjects = [knock.account] if knock.address is None else [knock.account, knock.address]
    session.add_all([LoginAttempt(subject_hash=subject, at=moment) for subject in subjects])
    session.flush()


def right(session: Session, knock: Knock) -> None:
    """Forget the wrong tries of an account. Those of the address stay: one's own door may not pay for guessing."""
    session.execute(delete(LoginAttempt).where(LoginAttempt.subject_hash == knock.account))
    forget_old(session)


def forget_old(session: Session) -> None:
    """Forget the tries that count no more. Called at every sign-in, and by a job for where nobody signs in."""
    session.execute(delete(LoginAttempt).where(LoginAttempt.at <= clock.now() - KEPT))
