"""Destroying what must go: every copy of the words at once, and a list of what only a person can judge."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from interviews import audit, removals
from interviews.access import Actor, Permission, require
from interviews.clock import now
from interviews.errors import Invalid, NotVisible
from interviews.hidden import open_masked, print_of
from interviews.keys import DataKey, KeyStore
from interviews.ledger import Ledger
from interviews.models import Interview, Recording, RemovalRequest, Revision, Transcript
from interviews.models.aftercare import RemovalState
from interviews.models.recording import RecordingState
from interviews.models.redaction import Redaction, RedactionDecision
from interviews.models.transcript import Layer
from interviews.names.history import forget
from interviews.quoting import Span
from interviews.redactions.places import Place, omitted, places_of
from interviews.redactions.texts import (
    Passage,
    out_of_drafts,
    out_of_names,
    out_of_raw,
    out_of_research,
    passage_of,
)
from interviews.transcripts import newest, transcript_of

LEDGER_KIND = "redaction"


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a recording, in milliseconds."""

    recording_id: uuid.UUID
    from_ms: int
    to_ms: int


@dataclass(frozen=True, slots=True)
class Destroyed:
    """What was destroyed just now."""

    redaction: Redaction
    research: Mapping[uuid.UUID, list[Span]] = field(default_factory=dict)
    """Per research revision where the words stood; what was coded there must be looked at (`coding.redacting`)."""
    text_changed: bool = False
    """The research text was made again: coded passages follow it."""


def stretch_of(session: Session, request: RemovalRequest) -> tuple[int, int] | None:
    """Return the part of the sound that a request is about, as far as the text or the request says it; else None."""
    if request.from_ms is not None and request.to_ms is not None:
        return request.from_ms, request.to_ms
    revision = None if request.revision_id is None else session.get(Revision, request.revision_id)
    if revision is None or request.start is None or request.end is None:
        return None
    turns = list(revision.turns)
    inside = [n for n, row in enumerate(turns) if row.start < request.end and row.end > request.start]
    if not inside or turns[inside[0]].start_ms is None:
        return None
    after = next((row.start_ms for row in turns[inside[-1] + 1 :] if row.start_ms is not None), None)
    last = turns[inside[-1]].end_ms or after
    first = turns[inside[0]].start_ms
    return (first, last) if first is not None and last is not None and first < last else None


def destroy(
    session: Session,
    actor: Actor,
    request: RemovalRequest,
    *,
    keys: KeyStore,
    ledger: Ledger,
    silences: Sequence[Stretch] = (),
    also: Iterable[Place] = (),
) -> Destroyed:
    """Destroy what a request hid, for good: no verb shows it again. Return what was destroyed.

    In the same transaction: both layers of the text in every version, names that were said there only, drafts, the
    summary and the wishes of a member check, and the request's own words. `silences` and the old key follow by the job
    that asks `renewing.work_on`. What people wrote themselves, there and in the places `also`, is listed for a person.

    Raises Invalid("removal.settled") for what was destroyed or taken back, Invalid("removal.sound_not_ready") for a
    recording that is not ready to play, NotVisible for one of another interview, Invalid("removal.nothing") for an
    empty stretch. Who calls this lets coded passages follow, and empties the database's log after the commit.
    """
    require(actor, Permission.REMOVAL_SETTLE, request)
    return carry_out(session, actor, request, keys=keys, ledger=ledger, silences=silences, also=also)


def carry_out(
    session: Session,
    actor: Actor | None,
    request: RemovalRequest,
    *,
    keys: KeyStore,
    ledger: Ledger | None,
    silences: Sequence[Stretch],
    also: Iterable[Place],
    readable: bool = True,
) -> Destroyed:
    """Destroy without asking a permission: for `destroy`, and for the ledger that a restore replays (`ledger` None).

    Where the raw text is not `readable` nobody can look for the words; their places must be enough.
    """
    session.refresh(request, with_for_update=True)
    if request.state is not RemovalState.HIDDEN:
        raise Invalid("removal.settled")
    interview = request.interview
    redaction = Redaction(
        id=uuid.uuid4(),
        request=request,
        interview=interview,
        silences=_silences(session, interview, request, silences),
        by_id=None if actor is None else actor.person_id,
    )
    session.add(redaction)
    session.flush()
    done = Destroyed(redaction)
    if request.revision_id is not None and readable:
        done = _text(session, redaction, request, keys=keys, ledger=ledger, also=also)
    else:
        _note_sound(redaction, ledger)
        # A request in words keeps that it was one: without place and without words there would be nothing left of it.
        request.words_sealed = b"" if request.recording_id is None and request.revision_id is None else None
        request.reason_sealed = None
    request.state = RemovalState.DESTROYED
    request.settled_at, request.settled_by_id = now(), redaction.by_id
    session.flush()
    audit.record(
        session,
        actor,
        Permission.REMOVAL_SETTLE,
        request,
        project_id=interview.project_id,
        reason="destroyed",
    )
    return done


def _silences(
    session: Session, interview: Interview, request: RemovalRequest, wanted: Sequence[Stretch]
) -> list[list[str | int]]:
    stretches = list(wanted)
    if request.recording_id is not None and request.from_ms is not None and request.to_ms is not None:
        stretches.append(Stretch(request.recording_id, request.from_ms, request.to_ms))
    kept: list[list[str | int]] = []
    for one in stretches:
        recording = session.get(Recording, one.recording_id)
        if recording is None or recording.interview_id != interview.id:
            raise NotVisible
        if not 0 <= one.from_ms < one.to_ms:
            raise Invalid("removal.nothing")
        if recording.state is RecordingState.ERASED:
            continue
        if recording.state is not RecordingState.READY:
            raise Invalid("removal.sound_not_ready")
        kept.append([str(one.recording_id), one.from_ms, one.to_ms])
    return kept


def _text(
    session: Session,
    redaction: Redaction,
    request: RemovalRequest,
    *,
    keys: KeyStore,
    ledger: Ledger | None,
    also: Iterable[Place],
) -> Destroyed:
    interview = redaction.interview
    transcript = transcript_of(session, interview)
    assert transcript is not None, "a passage of a text that is gone"
    session.execute(select(Transcript.id).where(Transcript.id == transcript.id).with_for_update())
    session.refresh(transcript)
    key = keys.open(interview.id)
    passage = passage_of(session, transcript, request, key=key)
    shown = _as_shown(session, transcript, key)
    places = [*places_of(session, interview, key=key), *also]
    counts = {"names": out_of_names(session, transcript, passage, key=key)}
    counts["drafts"] = out_of_drafts(session, transcript, passage, key=key)
    research = out_of_research(session, transcript, passage)
    counts["raw"] = out_of_raw(session, transcript, passage, key=key)
    counts["research"] = len(research)
    # Before the request is settled: until then what it hid is known by its words.
    _other_requests(session, request, passage, key)
    said = print_of(passage.words)
    request.print_sealed = None if said is None else key.seal_text(said, context=f"removal:{request.id}:print")
    request.words_sealed = request.reason_sealed = None
    forget(session, transcript)
    counts["copies"] = _copies(redaction, places, passage)
    redaction.counts = {name: count for name, count in counts.items() if count}
    session.flush()
    for revision_id, spans in {**passage.raw, **research}.items():
        if spans and ledger is not None:
            _note(ledger, redaction, transcript, revision_id, spans)
    _note_sound(redaction, ledger)
    changed = _as_shown(session, transcript, key) != shown
    if changed and transcript.approved_at is not None:
        removals.hide(session, transcript, keys=keys)
    return Destroyed(redaction, research, changed and transcript.approved_at is not None)


def _as_shown(session: Session, transcript: Transcript, key: DataKey) -> str:
    revision = newest(session, transcript, Layer.RAW)
    return "" if revision is None else open_masked(session, revision, key=key)


def _other_requests(session: Session, request: RemovalRequest, passage: Passage, key: DataKey) -> None:
    """Take the words out of other requests that point at a part of the same passage."""
    others = session.scalars(
        select(RemovalRequest).where(
            RemovalRequest.interview_id == request.interview_id,
            RemovalRequest.id != request.id,
            RemovalRequest.revision_id.is_not(None),
            RemovalRequest.state == RemovalState.HIDDEN,
        )
    )
    for row in others:
        assert row.revision_id is not None
        revision = session.get_one(Revision, row.revision_id)
        assert revision.sealed is not None
        now_there = key.open_text(revision.sealed, context=f"revision:{revision.id}")[row.start : row.end]
        row.words_sealed = key.seal_text(now_there, context=f"removal:{row.id}:words")
    session.flush()


def _copies(redaction: Redaction, places: Iterable[Place], passage: Passage) -> int:
    """Take the words out of what repeats the story, and list what somebody wrote about it; return how many went."""
    gone = 0
    for place in places:
        if place.subject_id == redaction.request_id:
            continue
        text = place.text
        quoted = passage.quoted_in(text)
        if place.is_copy and quoted:
            text = omitted(text, quoted)
            place.put(text)
            gone += 1
        told = passage.told_in(text)
        if told:
            redaction.decisions.append(
                RedactionDecision(
                    kind=place.kind,
                    subject_id=place.subject_id,
                    part=place.part,
                    spans=[list(span) for span in told],
                    length=len(text),
                )
            )
    return gone


def _note(
    ledger: Ledger, redaction: Redaction, transcript: Transcript, revision_id: uuid.UUID, spans: Sequence[Span]
) -> None:
    # A line holds a hundred places at most; a passage has rarely more than one.
    for first in range(0, len(spans), 100):
        ledger.note(
            LEDGER_KIND,
            {
                "request": str(redaction.request_id),
                "transcript": str(transcript.id),
                "revision": str(revision_id),
                "spans": ",".join(f"{start}-{end}" for start, end in spans[first : first + 100]),
            },
            redaction.at,
        )


def _note_sound(redaction: Redaction, ledger: Ledger | None) -> None:
    for recording_id, start, end in redaction.silences if ledger is not None else ():
        assert ledger is not None
        ledger.note(
            LEDGER_KIND,
            {"request": str(redaction.request_id), "recording": str(recording_id), "spans": f"{start}-{end}"},
            redaction.at,
        )
