"""Opening the working text of an interview and saving it: one wins, the other is kept aside, nothing is written over."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from interviews import audit, transcripts
from interviews.access import Actor, Permission, require
from interviews.bsn import without_bsn
from interviews.clock import now
from interviews.drafts import rows
from interviews.drafts.pruning import prune
from interviews.drafts.rows import Opened, require_consent, require_typing
from interviews.drafts.texts import WorkingText, beginning
from interviews.errors import NotVisible
from interviews.hidden import open_masked, returned
from interviews.keys import DataKey, KeyStore
from interviews.models import Interview, Revision, SpeakerRow, Transcript, TypingDraft, TypingVersion
from interviews.models.transcript import Layer
from interviews.models.typing import TypingKind
from interviews.text import one_line
from interviews.turns import Speaker, Turn

MAX_DEVICE = 60
PRUNE_EVERY = 20


@dataclass(frozen=True, slots=True)
class Save:
    """What a device asks to be kept. `id` is made there: the same save sent again is the same save."""

    id: uuid.UUID
    base_version: int
    """The version this text was made from; 0 when there was none."""
    text: WorkingText
    base: uuid.UUID | None = None
    """The raw revision that is being corrected, as the device knows it."""
    after: tuple[uuid.UUID, ...] = ()
    """The device's own earlier saves whose answers it had not heard yet: this text was made from the last of them."""
    settles: tuple[uuid.UUID, ...] = ()
    """Texts kept aside that this text takes the place of: a person chose."""
    device: str = ""


@dataclass(frozen=True, slots=True)
class Saved:
    """The text is the newest one. `bsn_turns` are the numbers (from 0) of turns in which a BSN was taken out."""

    version: int
    base: uuid.UUID | None
    saved_at: datetime
    bsn_turns: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Stale:
    """Somebody saved in between. The text that came is kept aside under `aside`; `current` is what there is now."""

    current: Opened
    aside: uuid.UUID


def open_draft(
    session: Session, actor: Actor, interview: Interview, *, keys: KeyStore, reason: str | None = None
) -> Opened:
    """Return the working text: what was saved, else the newest raw text to correct, else an empty one (version 0).

    Nothing is made; the first save does that. The reading is logged once a sitting. Raises as `transcripts.read_raw`
    (after approval a reason is needed) and Invalid("consent.no_research").
    """
    require_typing(actor, interview)
    transcript = transcripts.transcript_of(session, interview)
    draft = rows.draft_of(session, interview)
    if transcript is None:
        if draft is None:
            return Opened(0, None, beginning(len(interview.interviewees), len(interview.companions)))
        _log(session, actor, Permission.RAW_READ, draft, interview)
        return rows.opened(session, draft, keys.open(interview.id))
    revision, turns = transcripts.read_raw(session, actor, transcript, keys=keys, reason=reason)
    if draft is not None:
        return rows.opened(session, draft, keys.open(interview.id))
    return Opened(0, revision.id, _as_text(transcript.speakers, turns))


def reading_is_logged(session: Session, actor: Actor, interview: Interview, *, reason: str | None = None) -> bool:
    """Tell whether `open_draft` would write no line in the log. Raises as `open_draft`."""
    require_typing(actor, interview)
    transcript = transcripts.transcript_of(session, interview)
    if transcript is not None:
        return transcripts.reading_is_logged(session, actor, transcript, reason=reason)
    draft = rows.draft_of(session, interview)
    return draft is None or audit.in_sitting(session, actor, Permission.RAW_READ, draft)


def save(session: Session, actor: Actor, interview: Interview, asked: Save, *, keys: KeyStore) -> Saved | Stale:
    """Keep a text, as ciphertext only. Two at once cannot both win: the second is kept aside and both are returned.

    BSNs are taken out first. The same save again gives the same answer and changes nothing. Raises
    Invalid("consent.no_research"), and NotVisible when the save's id is of another interview.
    """
    require_typing(actor, interview)
    rows.lock(session, interview)
    turns, _count = without_bsn(asked.text.turns)
    gone = tuple(
        number for number, (was, kept) in enumerate(zip(asked.text.turns, turns, strict=True)) if was.text != kept.text
    )
    key = keys.create(interview.id)
    # A phone that had the words before they were destroyed does not bring them back.
    text = rows.masked(WorkingText(tuple(turns), asked.text.speakers), returned(session, interview.id, key=key))
    known = session.get(TypingVersion, asked.id)
    draft = rows.draft_of(session, interview)
    if known is not None:
        if draft is None or known.draft_id != draft.id:
            raise NotVisible
        if known.kind is TypingKind.SAVED:
            return Saved(known.number, draft.base_id, known.saved_at, gone)
        return Stale(rows.opened(session, draft, key), known.id)
    if draft is None:
        draft = _begin(session, actor, interview, asked, key)
        fits = draft.version == 0
    else:
        fits = _fits(session, draft, asked)
    if not fits:
        if rows.text_of(draft, key) == text:
            return Saved(draft.version, draft.base_id, draft.saved_at, gone)
        return _keep_aside(session, actor, draft, asked, text, key)
    saved_at = _write(session, draft, key, text, id=asked.id, by=actor.person_id, device=asked.device)
    _settle(session, draft, asked.settles)
    _log(session, actor, Permission.RAW_EDIT, draft, interview, reason="typing")
    return Saved(draft.version, draft.base_id, saved_at, gone)


def offer(
    session: Session,
    actor: Actor | None,
    interview: Interview,
    turns: Sequence[Turn],
    *,
    source: str,
    keys: KeyStore,
    speakers: Sequence[Speaker] = (),
) -> uuid.UUID:
    """Offer a text that the computer made. It becomes the draft where there is none; else it is kept aside.

    `source` is the word that stands where else the device stands. Return the id of the version. `actor` is who asked
    for it; None for a job. Raises Invalid("consent.no_research").
    """
    if actor is not None:
        require(actor, Permission.RAW_EDIT, interview)
    require_consent(interview)
    rows.lock(session, interview)
    clean, _count = without_bsn(turns)
    voices = tuple(speakers) or beginning(len(interview.interviewees), len(interview.companions)).speakers
    known = {one.label for one in voices}
    more = dict.fromkeys(turn.speaker for turn in clean if turn.speaker is not None and turn.speaker not in known)
    text = WorkingText(tuple(clean), (*voices, *(Speaker(label) for label in more)))
    asked = Save(uuid.uuid4(), 0, text, device=source)
    key = keys.create(interview.id)
    draft = rows.draft_of(session, interview) or _begin(session, actor, interview, asked, key)
    if draft.version == 0:
        _write(session, draft, key, text, id=asked.id, by=None, device=source)
    else:
        _keep_aside(session, None, draft, asked, text, key)
    audit.record(
        session, actor, Permission.RAW_EDIT, draft, project_id=interview.project_id, reason="made by the computer"
    )
    return asked.id


def _as_text(speakers: Sequence[SpeakerRow], turns: Sequence[Turn]) -> WorkingText:
    return WorkingText(tuple(turns), tuple(Speaker(row.label, row.role) for row in speakers))


def _begin(session: Session, actor: Actor | None, interview: Interview, asked: Save, key: DataKey) -> TypingDraft:
    """Make the draft. At version 0 the text that was asked may become the first; else somebody's text stands in it.

    A text that was typed on a phone while somebody else handed in lands beside what was handed in, not over it.
    """
    draft = TypingDraft(id=uuid.uuid4(), interview_id=interview.id, version=0)
    transcript = transcripts.transcript_of(session, interview)
    newest = None if transcript is None else transcripts.newest(session, transcript, Layer.RAW)
    if transcript is None or newest is None:
        return draft
    draft.base_id = newest.id
    if (asked.base_version, asked.base) == (0, newest.id):
        return draft
    write_revision(session, draft, key, transcript, newest)
    return draft


def write_revision(
    session: Session, draft: TypingDraft, key: DataKey, transcript: Transcript, revision: Revision
) -> None:
    """Make the text of a raw revision the next version of `draft`."""
    _write(
        session,
        draft,
        key,
        revision_text(session, transcript, revision, key),
        id=uuid.uuid4(),
        by=revision.made_by_id,
        device="",
    )


def revision_text(session: Session, transcript: Transcript, revision: Revision, key: DataKey) -> WorkingText:
    """Return the text of a raw revision, what must go blocked out, with the speakers of its transcript."""
    words = open_masked(session, revision, key=key)
    return _as_text(transcript.speakers, transcripts.turns_of(revision, words))


def _fits(session: Session, draft: TypingDraft, asked: Save) -> bool:
    """Tell whether the text was made from the newest one."""
    if asked.base != draft.base_id:
        return False
    if asked.base_version == draft.version:
        return True
    return bool(asked.after) and rows.newest_save(session, draft) in asked.after


def _write(
    session: Session,
    draft: TypingDraft,
    key: DataKey,
    text: WorkingText,
    *,
    id: uuid.UUID,
    by: uuid.UUID | None,
    device: str,
) -> datetime:
    """Make `text` the next version."""
    saved_at, where = now(), one_line(device)[:MAX_DEVICE]
    rows.put_text(draft, key, version=draft.version + 1, text=text, saved_at=saved_at, saved_by_id=by, device=where)
    session.add(draft)
    session.flush()
    session.add(
        rows.new_version(
            draft,
            key,
            id=id,
            kind=TypingKind.SAVED,
            number=draft.version,
            text=text,
            saved_at=saved_at,
            saved_by_id=by,
            device=where,
        )
    )
    session.flush()
    if draft.version % PRUNE_EVERY == 0:
        prune(session, draft)
    return saved_at


def _keep_aside(
    session: Session, actor: Actor | None, draft: TypingDraft, asked: Save, text: WorkingText, key: DataKey
) -> Stale:
    by = None if actor is None else actor.person_id
    session.add(
        rows.new_version(
            draft,
            key,
            id=asked.id,
            kind=TypingKind.ASIDE,
            number=asked.base_version,
            text=text,
            saved_at=now(),
            saved_by_id=by,
            device=one_line(asked.device)[:MAX_DEVICE],
        )
    )
    if by is not None and asked.after:
        # The same device typed on: what it kept aside before is in the newer one. Both stay readable as versions.
        _settle(session, draft, asked.after, by=by)
    session.flush()
    if actor is not None:
        _log(session, actor, Permission.RAW_EDIT, draft, draft.interview, reason="typing")
    return Stale(rows.opened(session, draft, key), asked.id)


def _settle(session: Session, draft: TypingDraft, ids: Sequence[uuid.UUID], *, by: uuid.UUID | None = None) -> None:
    """Mark the texts kept aside under `ids` as chosen between; only those of `by` when given."""
    if not ids:
        return
    for row in rows.open_asides(session, draft):
        if row.id in ids and by in (None, row.saved_by_id):
            row.settled_at = now()
    session.flush()


def _log(
    session: Session,
    actor: Actor,
    permission: Permission,
    draft: TypingDraft,
    interview: Interview,
    *,
    reason: str | None = None,
) -> None:
    """Write one line a sitting: somebody who types saves every few seconds."""
    if not audit.in_sitting(session, actor, permission, draft, reason=reason):
        audit.record(session, actor, permission, draft, project_id=interview.project_id, reason=reason)
