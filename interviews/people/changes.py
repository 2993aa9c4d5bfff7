"""What changed about how somebody signs in: so that the person hears of a change that somebody else made.

Read from the log and from the cards that were made; nothing more is kept for it.
"""

from __future__ import annotations

import enum
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from interviews import clock
from interviews.access import Permission
from interviews.models import AuditEntry, CardCode, LoginSession, Membership, Person

LOOK_BACK = timedelta(days=30)
"""How far back, for who did not sign in before or whose last session is forgotten."""


class What(enum.StrEnum):
    """What changed."""

    PASSPHRASE = "passphrase"  # noqa: S105  # a word, no secret
    FACTOR = "factor"
    FACTOR_GONE = "factor_gone"
    CARD = "card"
    """A card was made with which one more device can be let in."""
    CARD_USED = "card_used"


@dataclass(frozen=True, slots=True)
class Change:
    """One change; of several of a kind the last."""

    what: What
    at: datetime


_IN_THE_LOG = {
    ("passphrase.change", None): What.PASSPHRASE,
    (Permission.PEOPLE_MANAGE.value, "passphrase reset"): What.PASSPHRASE,
    ("second_factor.set_up", None): What.FACTOR,
    (Permission.PEOPLE_MANAGE.value, "second factor reset"): What.FACTOR_GONE,
}


def changes(session: Session, person: Person, *, since: datetime | None = None) -> list[Change]:
    """Return what changed since a moment (`LOOK_BACK` ago), the newest first."""
    start = since or clock.now() - LOOK_BACK
    last: dict[What, datetime] = {}
    for one in (*_logged(session, person, start), *_cards(session, person, start)):
        last[one.what] = max(one.at, last.get(one.what, one.at))
    return sorted((Change(what, at) for what, at in last.items()), key=lambda one: one.at, reverse=True)


def changes_before(session: Session, person: Person, present: LoginSession) -> list[Change]:
    """Return what changed between the sign-in before `present` and this one."""
    before = session.scalar(
        select(func.max(LoginSession.started_at)).where(
            LoginSession.person_id == person.id,
            LoginSession.id != present.id,
            LoginSession.awaits_code.is_(False),
            LoginSession.started_at <= present.started_at,
        )
    )
    return [one for one in changes(session, person, since=before) if one.at <= present.started_at]


def _logged(session: Session, person: Person, start: datetime) -> Iterator[Change]:
    places = select(Membership.project_id).where(Membership.person_id == person.id)
    lines = session.scalars(
        select(AuditEntry).where(
            # By project and time there is an index: the rest of the log is not looked at.
            or_(AuditEntry.project_id.is_(None), AuditEntry.project_id.in_(places)),
            AuditEntry.at > start,
            AuditEntry.object_id == person.id,
            or_(
                *(and_(AuditEntry.action == action, AuditEntry.reason.is_not_distinct_from(reason))
                  for action, reason in _IN_THE_LOG)
            ),
        )
    )  # fmt: skip
    for line in lines:
        yield Change(_IN_THE_LOG[line.action, line.reason], line.at)


def _cards(session: Session, person: Person, start: datetime) -> Iterator[Change]:
    for card in session.scalars(select(CardCode).where(CardCode.person_id == person.id)):
        if card.created_at > start:
            yield Change(What.CARD, card.created_at)
        if card.used_at is not None and card.used_at > start:
            yield Change(What.CARD_USED, card.used_at)
