"""Doing again, after an old copy was put back, what was destroyed since that copy was made."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from interviews import recordings
from interviews.hidden import BLOCK, OMITTED, left_out, mask
from interviews.keys import DataKey, KeyStore
from interviews.ledger import Entry
from interviews.models import Interview, Recording, RemovalRequest, Revision, Transcript, TurnRow
from interviews.models.aftercare import RemovalState
from interviews.models.recording import RecordingState
from interviews.models.redaction import Redaction
from interviews.models.transcript import Layer
from interviews.quoting import Span, without
from interviews.recordings import Erasure
from interviews.redactions.destroying import Destroyed, carry_out
from interviews.redactions.places import Place
from interviews.redactions.sealed import let_go
from interviews.redactions.texts import write_raw
from interviews.transcripts import newest

_LEFT_OUT = re.compile(re.escape(OMITTED))


def interview_in(session: Session, entry: Entry) -> Interview | None:
    """Return the interview that a line of the ledger is about, when this copy has it."""
    request = session.get(RemovalRequest, uuid.UUID(entry.ids["request"]))
    if request is not None:
        return request.interview
    if "transcript" in entry.ids:
        transcript = session.get(Transcript, uuid.UUID(entry.ids["transcript"]))
        return None if transcript is None else transcript.interview
    recording = session.get(Recording, uuid.UUID(entry.ids["recording"]))
    return None if recording is None else recording.interview


def again(session: Session, entry: Entry, *, keys: KeyStore, also: Iterable[Place] = ()) -> Destroyed | None:
    """Destroy once more what a line of the ledger says was destroyed; None when this copy has none of it.

    What the line names is blocked out by its place. The first line of a request does everything else that `destroy`
    reaches too, as far as the raw text can still be opened. Where it cannot, as its key was destroyed, it becomes
    blocks: the text without names keeps its places. Asks no permission: for a restore.
    """
    interview = interview_in(session, entry)
    if interview is None or interview.id in keys.destroyed():
        return None
    revision = session.get(Revision, uuid.UUID(entry.ids["revision"])) if "revision" in entry.ids else None
    spans = _read(entry.ids["spans"])
    request = session.get(RemovalRequest, uuid.UUID(entry.ids["request"]))
    done: Destroyed | None = None
    if request is None or request.state is not RemovalState.DESTROYED:
        if request is None:
            request = _asked(session, entry, interview, revision, spans)
        done = _first_time(session, request, interview, keys=keys, also=also)
    research = {} if done is None else dict(done.research)
    changed = _silence(session, request, entry, spans)
    if revision is not None and _block_out(revision, spans, keys.open(interview.id)):
        changed = True
        if revision.layer is Layer.RESEARCH:
            research[revision.id] = spans
    session.flush()
    if done is None and not changed:
        return None
    remade = revision is not None and _show_nothing_blocked(session, revision)
    redaction = session.scalars(select(Redaction).where(Redaction.request_id == request.id)).one()
    return Destroyed(redaction, research, remade or (done is not None and done.text_changed))


def _first_time(
    session: Session, request: RemovalRequest, interview: Interview, *, keys: KeyStore, also: Iterable[Place]
) -> Destroyed:
    request.state = RemovalState.HIDDEN
    lost = let_go(session, interview.id, key=keys.create(interview.id))
    if Recording in lost:
        recordings.erase_all(session, None, interview, reason=Erasure.LOST)
    return carry_out(
        session, None, request, keys=keys, ledger=None, silences=(), also=also, readable=Revision not in lost
    )


def _asked(
    session: Session, entry: Entry, interview: Interview, revision: Revision | None, spans: Sequence[Span]
) -> RemovalRequest:
    """Make the request that this copy is too old for, at its place."""
    request = RemovalRequest(id=uuid.UUID(entry.ids["request"]), interview=interview, asked_at=entry.at)
    if revision is not None and revision.layer is Layer.RAW:
        request.revision_id = revision.id
        request.start, request.end = spans[0]
    elif "recording" in entry.ids:
        request.recording_id = uuid.UUID(entry.ids["recording"])
        request.from_ms, request.to_ms = spans[0]
    else:
        request.words_sealed = b""
    session.add(request)
    session.flush()
    return request


def _silence(session: Session, request: RemovalRequest, entry: Entry, spans: Sequence[Span]) -> bool:
    """Let the job make a stretch silent (again); return whether it was not silent in this copy."""
    recording = session.get(Recording, uuid.UUID(entry.ids["recording"])) if "recording" in entry.ids else None
    if recording is None or recording.state is not RecordingState.READY:
        return False
    redaction = session.scalars(select(Redaction).where(Redaction.request_id == request.id)).one()
    wanted: list[list[str | int]] = [[str(recording.id), start, end] for start, end in spans]
    missing = [one for one in wanted if one not in redaction.silences]
    if missing:
        redaction.silences = [*redaction.silences, *missing]
        redaction.renewed_at = None
    return bool(missing)


def _block_out(revision: Revision, spans: Sequence[Span], key: DataKey) -> bool:
    """Block places out in a revision; return whether something was read there."""
    if revision.layer is Layer.RESEARCH:
        before = revision.text or ""
        revision.text = mask(before, without(spans, [one.span() for one in _LEFT_OUT.finditer(before)]))
        return revision.text != before
    if revision.transcript.raw_erased_at is not None:
        # What stands at these places now is the text without names, in which the words never were.
        return False
    before = key.open_text(revision.sealed or b"", context=f"revision:{revision.id}")
    after = mask(before, spans)
    if after != before:
        write_raw(revision, after, key=key)
    return after != before


def _read(spans: str) -> list[Span]:
    return [(int(start), int(end)) for start, _, end in (one.partition("-") for one in spans.split(","))]


def _show_nothing_blocked(session: Session, revision: Revision) -> bool:
    """Make the newest research text again where blocks would be read in it; return whether that was so."""
    transcript = session.get_one(Transcript, revision.transcript_id)
    last = newest(session, transcript, Layer.RESEARCH)
    if last is None or last.text is None or BLOCK not in last.text or transcript.approved_at is None:
        return False
    made = Revision(
        transcript_id=transcript.id,
        layer=Layer.RESEARCH,
        number=last.number + 1,
        derived_from_id=last.derived_from_id,
        made_by_id=last.made_by_id,
    )
    texts = [left_out(last.text[turn.start : turn.end]) for turn in last.turns]
    made.text = "\n".join(texts)
    position = 0
    for turn, text in zip(last.turns, texts, strict=True):
        made.turns.append(
            TurnRow(
                number=turn.number, speaker_id=turn.speaker_id, start=position, end=position + len(text),
                start_ms=turn.start_ms, end_ms=turn.end_ms,
            )
        )  # fmt: skip
        position += len(text) + 1
    session.add(made)
    transcript.tagged_at = None
    session.flush()
    return True
