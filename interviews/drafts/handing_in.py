"""From working text to transcript: the first text comes in, or a correction becomes the next revision."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete
from sqlalchemy.orm import Session

from interviews import transcripts
from interviews.access import Actor
from interviews.clock import now
from interviews.drafts import rows
from interviews.drafts.rows import require_typing
from interviews.drafts.saving import Stale, revision_text
from interviews.drafts.texts import WorkingText
from interviews.errors import Invalid
from interviews.formats.draft import TranscriptDraft
from interviews.keys import DataKey, KeyStore
from interviews.models import Interview, Revision, Transcript, TypingDraft, TypingVersion
from interviews.models.transcript import Layer
from interviews.models.typing import TypingKind
from interviews.turns import Turn


@dataclass(frozen=True, slots=True)
class HandedIn:
    """The transcript that the working text went into; the draft and its versions are gone."""

    transcript: Transcript


def hand_in(
    session: Session,
    actor: Actor,
    interview: Interview,
    *,
    base_version: int,
    keys: KeyStore,
    after: Sequence[uuid.UUID] = (),
) -> HandedIn | Stale:
    """Make the working text a raw revision, the first or the next, and destroy the draft with all its versions.

    `after` are the device's own saves whose answers it had not heard when it handed in. Stale when somebody else saved
    after `base_version` and those, or when the transcript got another revision meanwhile: that one is
    then kept aside to choose from. Raises Invalid: "typing.choose_first" while a text waits for a choice,
    "transcript.empty" without a word, and as `transcripts.bring_in` and `transcripts.correct`.
    """
    require_typing(actor, interview)
    rows.lock(session, interview)
    draft = rows.draft_of(session, interview)
    if draft is None:
        raise Invalid("transcript.empty")
    key = keys.open(interview.id)
    current = rows.opened(session, draft, key)
    if current.version != base_version and current.save not in after:
        return Stale(current, current.asides[-1].id if current.asides else draft.id)
    transcript = transcripts.transcript_of(session, interview)
    newest = None if transcript is None else transcripts.newest(session, transcript, Layer.RAW)
    if transcript is not None and newest is not None and newest.id != draft.base_id:
        aside = _beside(session, draft, transcript, newest, key)
        return Stale(rows.opened(session, draft, key), aside)
    if current.asides:
        raise Invalid("typing.choose_first")
    turns = current.text.spoken
    if not turns:
        raise Invalid("transcript.empty")
    if transcript is None or newest is None:
        spoken = {turn.speaker for turn in turns}
        voices = tuple(one for one in current.text.speakers if one.label in spoken)
        brought = TranscriptDraft(turns, voices, "typed")
        transcript = transcripts.bring_in(session, actor, interview, brought, keys=keys).transcript
    else:
        named = _name_speakers(session, actor, transcript, current.text, keys)
        corrected = [
            Turn(None if turn.speaker is None else named[turn.speaker], turn.text, turn.start_ms, turn.end_ms)
            for turn in turns
        ]
        transcripts.correct(session, actor, transcript, corrected, base=newest.id, keys=keys)
    _destroy(session, draft)
    return HandedIn(transcript)


def _beside(session: Session, draft: TypingDraft, transcript: Transcript, newest: Revision, key: DataKey) -> uuid.UUID:
    """Keep the revision that came in between aside; from now on the draft is a correction of that one."""
    text = rows.text_of(draft, key)
    draft.base_id = newest.id
    rows.put_text(
        draft,
        key,
        version=draft.version + 1,
        text=text,
        saved_at=draft.saved_at,
        saved_by_id=draft.saved_by_id,
        device=draft.device,
    )
    aside = rows.new_version(
        draft,
        key,
        id=uuid.uuid4(),
        kind=TypingKind.ASIDE,
        number=draft.version,
        text=revision_text(session, transcript, newest, key),
        saved_at=newest.made_at,
        saved_by_id=newest.made_by_id,
        device="",
    )
    session.add(aside)
    session.add(
        rows.new_version(
            draft,
            key,
            id=uuid.uuid4(),
            kind=TypingKind.SAVED,
            number=draft.version,
            text=text,
            saved_at=now(),
            saved_by_id=draft.saved_by_id,
            device=draft.device,
        )
    )
    session.flush()
    return aside.id


def _name_speakers(
    session: Session, actor: Actor, transcript: Transcript, text: WorkingText, keys: KeyStore
) -> dict[str, str]:
    """Return per label of the working text the label in the transcript, where new voices are added."""
    known = {row.label: row for row in transcript.speakers}
    spoken = {turn.speaker for turn in text.spoken}
    named: dict[str, str] = {}
    for one in text.speakers:
        if one.label in known:
            named[one.label] = one.label
            if known[one.label].role is not one.role:
                transcripts.change_speaker(session, actor, known[one.label], role=one.role)
        elif one.label in spoken:
            added = transcripts.add_speaker(session, actor, transcript, role=one.role, keys=keys)
            named[one.label] = added.label
    return named


def _destroy(session: Session, draft: TypingDraft) -> None:
    session.execute(delete(TypingVersion).where(TypingVersion.draft_id == draft.id))
    session.execute(delete(TypingDraft).where(TypingDraft.id == draft.id))
    session.expunge(draft)
    session.flush()
