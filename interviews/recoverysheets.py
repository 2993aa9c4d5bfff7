"""The recovery sheet: the installation key on paper, and the proof that somebody has that paper.

An installation whose key is lost is lost with every story in it. So it accepts no real interview before somebody typed
back a part of what stands on the sheet. What must be typed back is kept as marks that only the installation key can
make: the database holds nothing of the code.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from interviews import audit, recoverycodes
from interviews.access import Actor
from interviews.clock import now
from interviews.errors import Invalid, NotAllowed
from interviews.keys import InstallationKey
from interviews.models import Project, RecoverySheet
from interviews.models.project import Role

_ASKED_OF_ONE = 2
"""Groups that are asked of a whole code; of a key in three sheets it is one of each."""


@dataclass(frozen=True, slots=True)
class Issued:
    """New sheets: the row about them, and the codes, which are stored nowhere."""

    row: RecoverySheet
    codes: tuple[str, ...] = field(repr=False)


def issue(session: Session, key: InstallationKey, *, split: bool = False) -> Issued:
    """Put the key on paper again: one whole code, or three of which two are enough. Not confirmed yet.

    For who works on the machine itself and has the key. Codes that were given before still work.
    """
    codes = key.to_sheets() if split else [key.to_recovery_code()]
    asked = []
    for sheet, code in enumerate(codes, start=1):
        numbers = list(range(1, recoverycodes.GROUPS + 1))
        # Of each sheet, so that nobody confirms what was never printed.
        for _ in range(1 if split else _ASKED_OF_ONE):
            number = numbers.pop(secrets.randbelow(len(numbers)))
            asked.append([sheet, number, _mark(key, sheet, number, code.split("-")[number - 1])])
    row = RecoverySheet(fingerprint=key.fingerprint(), sheets=len(codes), asked=sorted(asked), made_at=now())
    session.add(row)
    session.flush()
    audit.record(session, None, "recovery.issue", row, project_id=None)
    return Issued(row, tuple(codes))


def ensure(session: Session, key: InstallationKey) -> RecoverySheet:
    """Return the row about the sheets of this key; made when there is none, about the whole code."""
    row = newest(session)
    return row if row is not None and row.fingerprint == key.fingerprint() else issue(session, key).row


def newest(session: Session) -> RecoverySheet | None:
    """Return the row about the sheets that were made last; None where nobody ever made any."""
    return session.scalar(select(RecoverySheet).order_by(RecoverySheet.made_at.desc(), RecoverySheet.id).limit(1))


def waiting(session: Session) -> RecoverySheet | None:
    """Return the row about sheets that nobody confirmed yet; None when that is done, or nothing has to be confirmed."""
    row = newest(session)
    return row if row is not None and row.confirmed_at is None else None


def require_confirmed(session: Session, project: Project, *, practice: bool = False) -> None:
    """Raise Invalid("recovery.unconfirmed") when a real project would take in what may be lost with the key.

    Projects that are made up may always, and so may who practises. So may whoever uses the library without an
    installation: there is no sheet.
    """
    if not project.made_up and not practice and waiting(session) is not None:
        raise Invalid("recovery.unconfirmed")


def places(row: RecoverySheet) -> list[tuple[int, int]]:
    """Return (sheet, group) of what must be typed back, in the order in which it is asked."""
    return [(int(sheet), int(number)) for sheet, number, _ in row.asked]


def confirm(session: Session, actor: Actor | None, typed: Sequence[str], *, key: InstallationKey) -> None:
    """Take somebody's word that the sheets are there: `typed` are the groups of `places`, in that order.

    `actor` None is who works on the machine itself. Raises NotAllowed for who leads no project,
    Invalid("recovery.none") when no sheet waits, and Invalid("recovery.wrong") with the first sheet and group that is
    not what stands there.
    """
    if actor is not None and not any(Role.PROJECT_LEAD in held for held in actor.roles.values()):
        raise NotAllowed
    row = waiting(session)
    if row is None:
        raise Invalid("recovery.none")
    given = [*typed, *[""] * len(row.asked)]
    for (sheet, number, mark), text in zip(row.asked, given, strict=False):
        if not hmac.compare_digest(_mark(key, sheet, number, text), mark):
            raise Invalid("recovery.wrong", sheet=sheet, group=number)
    row.confirmed_at, row.confirmed_by_id = now(), None if actor is None else actor.person_id
    session.flush()
    audit.record(session, actor, "recovery.confirm", row, project_id=None)


def _mark(key: InstallationKey, sheet: int, number: int, group: str) -> str:
    said = f"{sheet}/{number}/{recoverycodes.typed_characters(group)}"
    return hmac.digest(key.derive("recovery sheet"), said.encode(), "sha256").hex()
