"""What must go: a passage, a stretch of sound, or something said that still has to be found. Hidden from then on.

What is hidden can be shown again until a project lead destroys it (`interviews.redactions`).
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from interviews import audit, quoting
from interviews.access import Actor, Permission, require
from interviews.bsn import taken_out
from interviews.clock import now
from interviews.errors import Invalid, NotVisible
from interviews.hidden import BLOCK, mask, open_unmasked
from interviews.keys import KeyStore
from interviews.models import Interview, Recording, RemovalRequest, Revision, Transcript
from interviews.models.aftercare import RemovalState
from interviews.models.transcript import Layer
from interviews.names.approving import derive_again, raw_span
from interviews.text import clean, one_line
from interviews.transcripts import newest, open_raw, store_next, transcript_of, turns_of

MOST_WORDS = 2_000
"""Characters somebody may write to say what must go."""


def ask_passage(
    session: Session,
    actor: Actor | None,
    interview: Interview,
    *,
    turn: int,
    start: int,
    end: int,
    keys: KeyStore,
    layer: Layer = Layer.RAW,
    reason: str = "",
    asked_by_interviewee: bool = False,
) -> RemovalRequest:
    """Hide `[start, end)` (code points) of a turn of the newest text; the research text is made again without it.

    `layer` is the text that somebody pointed in: of the research text a name that is touched goes whole. `actor` None
    is the interviewee in person, whose pass the caller checked. Raises Invalid("removal.nothing") where there is no such
    passage.
    """
    if actor is not None:
        require(actor, Permission.REMOVAL_ASK, interview)
    transcript = transcript_of(session, interview)
    if transcript is None:
        raise Invalid("removal.nothing")
    # Locked: two who ask at one moment would both make the same next research text.
    session.execute(select(Transcript.id).where(Transcript.id == transcript.id).with_for_update())
    session.refresh(transcript)
    if layer is Layer.RESEARCH:
        start, end = _in_raw(session, transcript, turn, start, end, keys=keys)
    revision, turns = open_raw(session, transcript, keys=keys)
    if not 0 <= turn < len(turns) or not 0 <= start < end <= len(turns[turn].text):
        raise Invalid("removal.nothing")
    first = revision.turns[turn].start
    request = _new(interview, actor, reason, asked_by_interviewee, keys)
    request.revision_id, request.start, request.end = revision.id, first + start, first + end
    # As they were said, also where a part was hidden before: that is how they are found again in another text.
    key = keys.open(interview.id)
    said = open_unmasked(revision, key=key)[request.start : request.end]
    request.words_sealed = key.seal_text(said, context=f"removal:{request.id}:words")
    _keep(session, actor, request)
    hide(session, transcript, keys=keys)
    return request


def _in_raw(
    session: Session, transcript: Transcript, turn: int, start: int, end: int, *, keys: KeyStore
) -> tuple[int, int]:
    shown = newest(session, transcript, Layer.RESEARCH)
    if shown is None or not 0 <= turn < len(shown.turns) or not 0 <= start < end:
        raise Invalid("removal.nothing")
    if end > shown.turns[turn].end - shown.turns[turn].start:
        raise Invalid("removal.nothing")
    return raw_span(session, transcript, turn, start, end, keys=keys)


def ask_stretch(
    session: Session,
    actor: Actor,
    interview: Interview,
    *,
    recording_id: uuid.UUID,
    from_ms: int,
    to_ms: int,
    keys: KeyStore,
    reason: str = "",
    asked_by_interviewee: bool = False,
) -> RemovalRequest:
    """Say that a stretch of sound must go; the player passes it over.

    Raises NotVisible for a recording of another interview, Invalid("removal.nothing") for an empty stretch.
    """
    require(actor, Permission.REMOVAL_ASK, interview)
    recording = session.get(Recording, recording_id)
    if recording is None or recording.interview_id != interview.id:
        raise NotVisible
    if not 0 <= from_ms < to_ms:
        raise Invalid("removal.nothing")
    request = _new(interview, actor, reason, asked_by_interviewee, keys)
    request.recording_id, request.from_ms, request.to_ms = recording.id, from_ms, to_ms
    return _keep(session, actor, request)


def ask_in_words(
    session: Session,
    actor: Actor,
    interview: Interview,
    *,
    words: str,
    keys: KeyStore,
    asked_by_interviewee: bool = False,
) -> RemovalRequest:
    """Note in words what must go, while there is no text yet. Who types it out sees it. Raises Invalid when empty."""
    require(actor, Permission.REMOVAL_ASK, interview)
    plain = taken_out(clean(words).strip()[:MOST_WORDS])[0]
    if not plain:
        raise Invalid("removal.nothing")
    request = _new(interview, actor, "", asked_by_interviewee, keys)
    request.words_sealed = keys.create(interview.id).seal_text(plain, context=f"removal:{request.id}:words")
    return _keep(session, actor, request)


def _new(
    interview: Interview, actor: Actor | None, reason: str, asked_by_interviewee: bool, keys: KeyStore
) -> RemovalRequest:
    request = RemovalRequest(
        id=uuid.uuid4(),
        interview_id=interview.id,
        asked_by_interviewee=asked_by_interviewee,
        asked_by_id=None if actor is None else actor.person_id,
        state=RemovalState.HIDDEN,
    )
    said = taken_out(one_line(reason)[:200])[0]
    if said:
        key = keys.create(interview.id)
        request.reason_sealed = key.seal_text(said, context=f"removal:{request.id}:reason")
    return request


def _keep(session: Session, actor: Actor | None, request: RemovalRequest) -> RemovalRequest:
    session.add(request)
    session.flush()
    interview = session.get_one(Interview, request.interview_id)
    audit.record(session, actor, Permission.REMOVAL_ASK, request, project_id=interview.project_id)
    return request


def take_back(session: Session, actor: Actor, request: RemovalRequest, *, keys: KeyStore) -> bool:
    """Show again what was hidden; return whether the names must be looked at again.

    They must when the text was corrected meanwhile: that text has blocks where the words were, and gets them back.
    Raises Invalid("removal.settled") for what was destroyed or taken back already.
    """
    require(actor, Permission.REMOVAL_SETTLE, request)
    if request.state is not RemovalState.HIDDEN:
        raise Invalid("removal.settled")
    request.state = RemovalState.TAKEN_BACK
    request.settled_at, request.settled_by_id = now(), actor.person_id
    session.flush()
    audit.record(
        session,
        actor,
        Permission.REMOVAL_SETTLE,
        request,
        project_id=request.interview.project_id,
        reason="taken back",
    )
    transcript = transcript_of(session, request.interview)
    if transcript is None or request.revision_id is None:
        return False
    if _put_words_back(session, actor, transcript, request, keys=keys):
        return True
    hide(session, transcript, keys=keys)
    return False


def _put_words_back(
    session: Session, actor: Actor, transcript: Transcript, request: RemovalRequest, *, keys: KeyStore
) -> bool:
    """Write the words in the newest text where it has blocks for them; return whether that was so."""
    last = newest(session, transcript, Layer.RAW)
    if last is None or last.id == request.revision_id or request.start is None or request.end is None:
        return False
    key = keys.open(request.interview_id)
    said = open_unmasked(session.get_one(Revision, request.revision_id), key=key)
    words, now_said = said[request.start : request.end], open_unmasked(last, key=key)
    changed = now_said
    for start, end in quoting.follow(
        mask(said, [(request.start, request.end)]), now_said, [(request.start, request.end)]
    ):
        if end - start == len(words) and set(now_said[start:end]) == {BLOCK}:
            changed = changed[:start] + words + changed[end:]
    if changed == now_said:
        return False
    store_next(session, actor, transcript, turns_of(last, changed), keys=keys)
    return True


def hide(session: Session, transcript: Transcript, *, keys: KeyStore) -> Revision | None:
    """Make the research text again, where there is one, with what must go left out; None when it stays as it was.

    Raises Invalid("removal.raw_lost") where nothing of the raw text is left to make it from.
    """
    before = newest(session, transcript, Layer.RESEARCH)
    if before is None or transcript.approved_at is None:
        return None
    if all(set(turn.text) == {BLOCK} for turn in open_raw(session, transcript, keys=keys)[1]):
        # An old copy was put back without its key: the text without names is all there is.
        raise Invalid("removal.raw_lost")
    return derive_again(session, transcript, keys=keys)


def requests_of(session: Session, actor: Actor, interview: Interview) -> Sequence[RemovalRequest]:
    """Return what was asked to go, newest first."""
    require(actor, Permission.REMOVAL_ASK, interview)
    return session.scalars(
        select(RemovalRequest)
        .where(RemovalRequest.interview_id == interview.id)
        .order_by(RemovalRequest.asked_at.desc(), RemovalRequest.id)
    ).all()


def has_words(request: RemovalRequest) -> bool:
    """Tell whether somebody wrote what must go, or why."""
    return bool(request.reason_sealed or (request.revision_id is None and request.words_sealed))


def in_words(request: RemovalRequest, *, keys: KeyStore) -> str:
    """Return what somebody wrote that must go; "" for a passage or a stretch, whose words are not shown again."""
    if request.revision_id is not None or not request.words_sealed:
        return ""
    return keys.open(request.interview_id).open_text(request.words_sealed, context=f"removal:{request.id}:words")


def reason_of(request: RemovalRequest, *, keys: KeyStore) -> str:
    """Return why, as somebody wrote it; "" when nobody did."""
    if request.reason_sealed is None:
        return ""
    return keys.open(request.interview_id).open_text(request.reason_sealed, context=f"removal:{request.id}:reason")


def hidden_stretches(session: Session, recording: Recording) -> list[tuple[int, int]]:
    """Return the stretches (from, to, in milliseconds) that a player passes over."""
    found = session.execute(
        select(RemovalRequest.from_ms, RemovalRequest.to_ms)
        .where(RemovalRequest.recording_id == recording.id, RemovalRequest.state != RemovalState.TAKEN_BACK)
        .order_by(RemovalRequest.from_ms)
    )
    return [(start, end) for start, end in found if start is not None and end is not None]
