"""Which old versions of a working text stay: all of the last hour, then one per ten minutes, then one per day.

A text that waits for a choice always stays. Of each stretch of time the last version is kept: how it was left.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from interviews.clock import now
from interviews.models import TypingDraft, TypingVersion
from interviews.models.typing import TypingKind

ALL_OF = timedelta(hours=1)
TEN_MINUTES_OF = timedelta(days=1)
_TEN_MINUTES = 600
_DAY = 86_400

Line = tuple[uuid.UUID, TypingKind, datetime]


def to_drop(lines: Iterable[Line], *, at: datetime) -> set[uuid.UUID]:
    """Return which of the settled versions (id, kind, when) go, looked at on the moment `at`."""
    kept: set[tuple[TypingKind, int, int]] = set()
    dropped: set[uuid.UUID] = set()
    for one, kind, saved_at in sorted(lines, key=lambda line: (line[2], line[0]), reverse=True):
        age = at - saved_at
        if age <= ALL_OF:
            continue
        size = _TEN_MINUTES if age <= TEN_MINUTES_OF else _DAY
        stretch = (kind, size, int(saved_at.timestamp()) // size)
        if stretch in kept:
            dropped.add(one)
        kept.add(stretch)
    return dropped


def prune(session: Session, draft: TypingDraft) -> int:
    """Drop the versions of `draft` that `to_drop` names; return how many. The present one always stays."""
    found = session.execute(
        select(TypingVersion.id, TypingVersion.kind, TypingVersion.saved_at).where(
            TypingVersion.draft_id == draft.id,
            TypingVersion.number != draft.version,
            (TypingVersion.kind == TypingKind.SAVED) | TypingVersion.settled_at.is_not(None),
        )
    )
    dropped = to_drop(((row.id, row.kind, row.saved_at) for row in found), at=now())
    if dropped:
        session.execute(delete(TypingVersion).where(TypingVersion.id.in_(dropped)))
        session.flush()
    return len(dropped)
