"""Earlier versions and texts that were kept aside: looking at one, putting one back, choosing between two."""

from __future__ import annotations

import enum
import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from interviews.access import Actor
from interviews.drafts import rows
from interviews.drafts.rows import Opened, require_typing
from interviews.drafts.saving import Save, Saved, Stale, open_draft, save
from interviews.drafts.texts import WorkingText, joined
from interviews.errors import Invalid, NotVisible
from interviews.hidden import masker
from interviews.keys import KeyStore
from interviews.models import Interview, TypingVersion
from interviews.models.typing import TypingKind


class Choice(enum.StrEnum):
    """Which of two texts goes on."""

    ASIDE = "aside"
    """The one that was kept aside."""
    CURRENT = "current"
    """The one that was saved."""
    BOTH = "both"
    """One below the other, the saved one first."""


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One line of the list of versions, without words."""

    id: uuid.UUID
    number: int
    saved_at: datetime
    saved_by: str | None
    device: str
    aside: bool
    waiting: bool
    """Kept aside, and nobody has chosen yet."""
    present: bool


def versions(session: Session, actor: Actor, interview: Interview) -> list[VersionLine]:
    """Return what was saved of the working text, newest first."""
    require_typing(actor, interview)
    draft = rows.draft_of(session, interview)
    if draft is None:
        return []
    return [
        VersionLine(
            id=row.id,
            number=row.number,
            saved_at=row.saved_at,
            saved_by=rows.name_of(session, row.saved_by_id),
            device=row.device,
            aside=row.kind is TypingKind.ASIDE,
            waiting=row.kind is TypingKind.ASIDE and row.settled_at is None,
            present=row.kind is TypingKind.SAVED and row.number == draft.version,
        )
        for row in rows.version_lines(session, draft)
    ]


def read_version(
    session: Session, actor: Actor, version: TypingVersion, *, keys: KeyStore, reason: str | None = None
) -> WorkingText:
    """Return the words of one version. It is reading the text with names, and logged as `open_draft` is."""
    interview = version.draft.interview
    open_draft(session, actor, interview, keys=keys, reason=reason)
    key = keys.open(interview.id)
    return rows.masked(rows.text_of_version(version, key), masker(session, interview.id, key=key))


def put_back(
    session: Session, actor: Actor, version: TypingVersion, *, base_version: int, keys: KeyStore, device: str = ""
) -> Saved | Stale:
    """Make an earlier version the newest text, as a new save: what was newest stays a version."""
    interview = version.draft.interview
    require_typing(actor, interview)
    text = rows.text_of_version(version, keys.open(interview.id))
    asked = Save(uuid.uuid4(), base_version, text, base=version.draft.base_id, settles=(version.id,), device=device)
    return save(session, actor, interview, asked, keys=keys)


def settle(
    session: Session,
    actor: Actor,
    aside: TypingVersion,
    *,
    choice: Choice,
    base_version: int,
    keys: KeyStore,
    device: str = "",
) -> Saved | Stale:
    """Choose what to do with a text that was kept aside. Chosen twice it is chosen once; every text stays a version.

    `base_version` is the text the person saw beside it: when that is no longer the newest, nothing is chosen and the
    answer is Stale. Raises Invalid("typing.no_aside") for a version that was never kept aside.
    """
    interview = aside.draft.interview
    require_typing(actor, interview)
    rows.lock(session, interview)
    if aside.kind is not TypingKind.ASIDE:
        raise Invalid("typing.no_aside")
    draft, key = rows.draft_of(session, interview), keys.open(interview.id)
    if draft is None:
        raise NotVisible
    session.refresh(aside)
    if aside.settled_at is not None:
        return Saved(draft.version, draft.base_id, draft.saved_at)
    current: Opened = rows.opened(session, draft, key)
    if current.version != base_version:
        return Stale(current, aside.id)
    other = rows.text_of_version(aside, key)
    text = {Choice.ASIDE: other, Choice.CURRENT: current.text, Choice.BOTH: joined(current.text, other)}[choice]
    asked = Save(uuid.uuid4(), base_version, text, base=draft.base_id, settles=(aside.id,), device=device)
    return save(session, actor, interview, asked, keys=keys)
