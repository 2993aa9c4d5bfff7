"""The rows of a draft: finding them, opening them, sealing into them. Asks no permission: for the verbs beside it."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, defer

from interviews.access import Actor, Permission, require
from interviews.drafts.texts import WorkingText, pack, unpack
from interviews.errors import Invalid
from interviews.hidden import masker
from interviews.keys import DataKey
from interviews.models import Interview, Person, TypingDraft, TypingVersion
from interviews.models.typing import TypingKind
from interviews.scopes import Scope


@dataclass(frozen=True, slots=True)
class Kept:
    """A text that was kept aside: it was based on an older one, and waits for a person to choose."""

    id: uuid.UUID
    text: WorkingText
    saved_at: datetime
    saved_by: str | None
    """Display name; None for the computer, or somebody who left."""
    device: str


@dataclass(frozen=True, slots=True)
class Opened:
    """The working text of an interview as it is now."""

    version: int
    """Counts the saves; 0 when nothing was saved yet."""
    base: uuid.UUID | None
    """The raw revision that is being corrected; None while the first text is typed."""
    text: WorkingText
    save: uuid.UUID | None = None
    """The save that made this version; so that a device knows its own."""
    saved_at: datetime | None = None
    saved_by: str | None = None
    device: str = ""
    asides: tuple[Kept, ...] = ()


def require_typing(actor: Actor, interview: Interview) -> None:
    """Return when the actor may type here now. Raises as `access.require`, and Invalid("consent.no_research")."""
    require(actor, Permission.RAW_EDIT, interview)
    require_consent(interview)


def require_consent(interview: Interview) -> None:
    """Raise Invalid("consent.no_research") when somebody does not take part: then no word is kept."""
    if not interview.allows(Scope.USE_RESEARCH):
        raise Invalid("consent.no_research")


def lock(session: Session, interview: Interview) -> None:
    """Let one at a time change the draft of `interview`, until the transaction ends; also when there is none yet."""
    session.execute(select(Interview.id).where(Interview.id == interview.id).with_for_update())


def draft_of(session: Session, interview: Interview) -> TypingDraft | None:
    """Return the draft of an interview as it is in the database now, if it has one."""
    return session.scalar(
        select(TypingDraft).where(TypingDraft.interview_id == interview.id).execution_options(populate_existing=True)
    )


def draft_context(draft: TypingDraft) -> str:
    """Return what the sealed text of a draft is bound to: the row and the version."""
    return f"typing_draft:{draft.id}:{draft.version}"


def version_context(version_id: uuid.UUID, draft_id: uuid.UUID, number: int) -> str:
    """Return what the sealed text of a version is bound to."""
    return f"typing_version:{version_id}:{draft_id}:{number}"


def text_of(draft: TypingDraft, key: DataKey) -> WorkingText:
    """Decrypt the newest text of a draft."""
    return unpack(key.open(draft.sealed, context=draft_context(draft)))


def text_of_version(version: TypingVersion, key: DataKey) -> WorkingText:
    """Decrypt one version."""
    return unpack(key.open(version.sealed, context=version_context(version.id, version.draft_id, version.number)))


def new_version(
    draft: TypingDraft,
    key: DataKey,
    *,
    id: uuid.UUID,
    kind: TypingKind,
    number: int,
    text: WorkingText,
    saved_at: datetime,
    saved_by_id: uuid.UUID | None,
    device: str,
) -> TypingVersion:
    """Return a version of `draft` that is not in the session yet."""
    return TypingVersion(
        id=id,
        draft_id=draft.id,
        kind=kind,
        number=number,
        sealed=key.seal(pack(text), context=version_context(id, draft.id, number)),
        saved_at=saved_at,
        saved_by_id=saved_by_id,
        device=device,
    )


def put_text(
    draft: TypingDraft,
    key: DataKey,
    *,
    version: int,
    text: WorkingText,
    saved_at: datetime,
    saved_by_id: uuid.UUID | None,
    device: str,
) -> None:
    """Make `text` the newest text of `draft`, as `version`."""
    draft.version = version
    draft.sealed = key.seal(pack(text), context=draft_context(draft))
    draft.saved_at, draft.saved_by_id, draft.device = saved_at, saved_by_id, device


def name_of(session: Session, person_id: uuid.UUID | None) -> str | None:
    """Return what somebody is called on screen; None for nobody or somebody who is gone."""
    person = None if person_id is None else session.get(Person, person_id)
    return None if person is None else person.display_name


def open_asides(session: Session, draft: TypingDraft) -> list[TypingVersion]:
    """Return the texts that wait for a choice, oldest first."""
    return list(
        session.scalars(
            select(TypingVersion)
            .where(
                TypingVersion.draft_id == draft.id,
                TypingVersion.kind == TypingKind.ASIDE,
                TypingVersion.settled_at.is_(None),
            )
            .order_by(TypingVersion.saved_at, TypingVersion.id)
        )
    )


def newest_save(session: Session, draft: TypingDraft) -> uuid.UUID | None:
    """Return the id of the save that made the present version."""
    return session.scalar(
        select(TypingVersion.id).where(
            TypingVersion.draft_id == draft.id,
            TypingVersion.kind == TypingKind.SAVED,
            TypingVersion.number == draft.version,
        )
    )


def version_lines(session: Session, draft: TypingDraft) -> list[TypingVersion]:
    """Return every version without its words, newest first."""
    return list(
        session.scalars(
            select(TypingVersion)
            .where(TypingVersion.draft_id == draft.id)
            .options(defer(TypingVersion.sealed))
            .order_by(TypingVersion.saved_at.desc(), TypingVersion.number.desc(), TypingVersion.id)
        )
    )


def masked(text: WorkingText, mask: Callable[[str], str]) -> WorkingText:
    """Return `text` with what must go blocked out."""
    return replace(text, turns=tuple(replace(turn, text=mask(turn.text)) for turn in text.turns))


def opened(session: Session, draft: TypingDraft, key: DataKey) -> Opened:
    """Return `draft` decrypted, with what was kept aside. What must go is blocked out, also when it was typed before."""
    mask = masker(session, draft.interview_id, key=key)
    return Opened(
        version=draft.version,
        base=draft.base_id,
        text=masked(text_of(draft, key), mask),
        save=newest_save(session, draft),
        saved_at=draft.saved_at,
        saved_by=name_of(session, draft.saved_by_id),
        device=draft.device,
        asides=tuple(
            Kept(
                row.id,
                masked(text_of_version(row, key), mask),
                row.saved_at,
                name_of(session, row.saved_by_id),
                row.device,
            )
            for row in open_asides(session, draft)
        ),
    )
