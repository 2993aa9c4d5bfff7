"""Transcripts: bringing one in, reading its two layers, correcting it, naming its speakers."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from interviews import audit, recoverysheets
from interviews.access import Actor, Permission, require
from interviews.bsn import taken_out, without_bsn
from interviews.clock import now
from interviews.errors import Invalid
from interviews.formats.draft import TranscriptDraft
from interviews.hidden import open_masked
from interviews.keys import DataKey, KeyStore
from interviews.models import Interview, Revision, SpeakerRow, Transcript, TurnRow
from interviews.models.interview import Status
from interviews.models.transcript import Layer
from interviews.recordings import schedule_erasure
from interviews.scopes import Scope
from interviews.text import one_line
from interviews.turns import Speaker, SpeakerRole, Turn

MAX_SPEAKERS = 40
_LETTER = {
    SpeakerRole.INTERVIEWER: "I",
    SpeakerRole.INTERVIEWEE: "R",
    SpeakerRole.COMPANION: "B",
    SpeakerRole.UNKNOWN: "S",
}


class StaleRevision(Invalid):
    """Somebody saved since `base`: nothing was stored, both texts can be shown side by side."""

    def __init__(self, newest: Revision) -> None:
        super().__init__("revision.stale")
        self.newest = newest


@dataclass(frozen=True, slots=True)
class BroughtIn:
    """A stored transcript, and how many BSNs were taken out before it was stored."""

    transcript: Transcript
    bsn_removed: int


def neutral_labels(speakers: Sequence[Speaker]) -> dict[str, str]:
    """Return a neutral label per speaker label: I, R, B, S; numbered (R1, R2) when a role has more than one voice."""
    by_role: dict[SpeakerRole, list[str]] = {}
    for speaker in speakers:
        by_role.setdefault(speaker.role, []).append(speaker.label)
    return {
        label: _LETTER[role] if len(labels) == 1 else f"{_LETTER[role]}{number}"
        for role, labels in by_role.items()
        for number, label in enumerate(labels, start=1)
    }


def bring_in(
    session: Session, actor: Actor, interview: Interview, draft: TranscriptDraft, *, keys: KeyStore
) -> BroughtIn:
    """Store a transcript as the first raw revision of `interview`, as ciphertext under the interview's own key.

    Raises Invalid("consent.no_research") when somebody does not take part: without that choice no text is kept;
    Invalid("transcript.exists") when there is one already; Invalid("transcript.empty") without a word in it; and as
    `recoverysheets.require_confirmed`.
    """
    require(actor, Permission.RAW_EDIT, interview)
    recoverysheets.require_confirmed(session, interview.project, practice=interview.practice)
    if not interview.allows(Scope.USE_RESEARCH):
        raise Invalid("consent.no_research")
    if transcript_of(session, interview) is not None:
        raise Invalid("transcript.exists")
    if not draft.turns:
        raise Invalid("transcript.empty")
    if len(draft.speakers) > MAX_SPEAKERS:
        raise Invalid("transcript.speakers", maximum=MAX_SPEAKERS)
    turns, removed = without_bsn(draft.turns)
    key = keys.create(interview.id)
    transcript = Transcript(interview_id=interview.id, source_format=draft.format)
    session.add(transcript)
    session.flush()
    rows = _add_speakers(session, transcript, draft.speakers, interview, key)
    _store_raw(session, actor, transcript, turns, rows, number=1, key=key)
    if interview.status in {Status.PLANNED, Status.HELD}:
        interview.status = Status.TYPED
    ends = [ms for turn in turns for ms in (turn.end_ms, turn.start_ms) if ms is not None]
    if interview.duration_ms is None and ends:
        interview.duration_ms = max(ends)
    session.flush()
    audit.record(session, actor, Permission.RAW_EDIT, transcript, project_id=interview.project_id, reason="brought in")
    return BroughtIn(transcript, removed)


def _add_speakers(
    session: Session, transcript: Transcript, speakers: Sequence[Speaker], interview: Interview, key: DataKey
) -> dict[str, SpeakerRow]:
    labels = neutral_labels(speakers)
    storytellers = iter(interview.interviewees)
    rows: dict[str, SpeakerRow] = {}
    for position, speaker in enumerate(speakers):
        row_id = uuid.uuid4()
        interviewee = next(storytellers, None) if speaker.role is SpeakerRole.INTERVIEWEE else None
        rows[speaker.label] = SpeakerRow(
            id=row_id,
            label=labels[speaker.label],
            name_sealed=key.seal_text(taken_out(speaker.label)[0], context=f"speaker:{row_id}"),
            role=speaker.role,
            interviewee=interviewee,
            position=position,
        )
        transcript.speakers.append(rows[speaker.label])
    session.flush()
    return rows


def _store_raw(
    session: Session,
    actor: Actor,
    transcript: Transcript,
    turns: Sequence[Turn],
    speakers: Mapping[str, SpeakerRow],
    *,
    number: int,
    key: DataKey,
) -> Revision:
    revision_id = uuid.uuid4()
    text = "\n".join(turn.text for turn in turns)
    revision = Revision(
        id=revision_id,
        transcript_id=transcript.id,
        layer=Layer.RAW,
        number=number,
        sealed=key.seal_text(text, context=f"revision:{revision_id}"),
        made_by_id=actor.person_id,
    )
    revision.turns = _turn_rows(turns, speakers)
    session.add(revision)
    session.flush()
    return revision


def _turn_rows(turns: Sequence[Turn], speakers: Mapping[str, SpeakerRow]) -> list[TurnRow]:
    rows, position = [], 0
    for number, turn in enumerate(turns):
        row = None if turn.speaker is None else speakers[turn.speaker]
        rows.append(
            TurnRow(
                number=number,
                speaker=row,
                start=position,
                end=position + len(turn.text),
                start_ms=turn.start_ms,
                end_ms=turn.end_ms,
            )
        )
        position += len(turn.text) + 1
    return rows


def transcript_of(session: Session, interview: Interview) -> Transcript | None:
    """Return the transcript of an interview, if it has one."""
    return session.scalar(select(Transcript).where(Transcript.interview_id == interview.id))


def newest(session: Session, transcript: Transcript, layer: Layer) -> Revision | None:
    """Return the newest revision of a layer, if it has any."""
    return session.scalar(
        select(Revision)
        .where(Revision.transcript_id == transcript.id, Revision.layer == layer)
        .order_by(Revision.number.desc())
        .limit(1)
    )


def turns_of(revision: Revision, text: str) -> list[Turn]:
    """Return the turns of `revision` out of its text, with neutral speaker labels."""
    return [
        Turn(None if row.speaker is None else row.speaker.label, text[row.start : row.end], row.start_ms, row.end_ms)
        for row in revision.turns
    ]


def open_raw(session: Session, transcript: Transcript, *, keys: KeyStore) -> tuple[Revision, list[Turn]]:
    """Decrypt the newest raw revision, what must go blocked out. Asks no permission and logs nothing: for verbs that have."""
    revision = newest(session, transcript, Layer.RAW)
    if revision is None:
        raise Invalid("transcript.empty")
    return revision, turns_of(revision, open_masked(session, revision, key=keys.open(transcript.interview_id)))


def read_raw(
    session: Session, actor: Actor, transcript: Transcript, *, keys: KeyStore, reason: str | None = None
) -> tuple[Revision, list[Turn]]:
    """Return the newest raw text; the reading is logged, once a sitting. After approval a reason is needed.

    Raises Invalid("raw.reason") when one is needed and not given, and Invalid("consent.no_research") when somebody
    does not take part any more: a no closes the text with names too.
    """
    permission, said = _reading(actor, transcript, reason)
    revision, turns = open_raw(session, transcript, keys=keys)
    _log_reading(session, actor, permission, transcript, said)
    return revision, turns


def reading_is_logged(session: Session, actor: Actor, transcript: Transcript, *, reason: str | None = None) -> bool:
    """Tell whether `read_raw` would write nothing, as the log has this sitting already. Raises as `read_raw`."""
    permission, said = _reading(actor, transcript, reason)
    return audit.in_sitting(session, actor, permission, transcript, reason=said)


def _reading(actor: Actor, transcript: Transcript, reason: str | None) -> tuple[Permission, str | None]:
    """Ask whether the actor may read the raw text now; return as what it is logged."""
    permission = Permission.RAW_READ if transcript.approved_at is None else Permission.RAW_REREAD
    require(actor, permission, transcript)
    if not transcript.interview.allows(Scope.USE_RESEARCH):
        raise Invalid("consent.no_research")
    said = None if reason is None else taken_out(one_line(reason)[:200])[0] or None
    if permission is Permission.RAW_REREAD and said is None:
        raise Invalid("raw.reason")
    return permission, said


def _log_reading(
    session: Session, actor: Actor, permission: Permission, transcript: Transcript, reason: str | None
) -> None:
    if not audit.in_sitting(session, actor, permission, transcript, reason=reason):
        audit.record(session, actor, permission, transcript, project_id=transcript.interview.project_id, reason=reason)


def read_research(session: Session, actor: Actor, transcript: Transcript) -> tuple[Revision, list[Turn]]:
    """Return the newest research text. Raises Invalid("research.none") while no second person has approved it."""
    require(actor, Permission.RESEARCH_READ, transcript)
    revision = newest(session, transcript, Layer.RESEARCH)
    if revision is None or revision.text is None:
        raise Invalid("research.none")
    return revision, turns_of(revision, revision.text)


def correct(
    session: Session,
    actor: Actor,
    transcript: Transcript,
    turns: Sequence[Turn],
    *,
    base: uuid.UUID,
    keys: KeyStore,
) -> Revision:
    """Store `turns` (speakers by neutral label) as the next raw revision; the names must then be approved again.

    Turns without a word in them are left out; the same turns again store nothing. Raises StaleRevision when `base` is
    no longer the newest, Invalid("transcript.empty") when no word is left, Invalid("consent.no_research") when
    somebody does not take part any more; nothing is stored then.
    """
    require(actor, Permission.RAW_EDIT, transcript)
    if not transcript.interview.allows(Scope.USE_RESEARCH):
        raise Invalid("consent.no_research")
    # Locked: of two who save at the same moment, the second sees that somebody was first.
    session.execute(select(Transcript.id).where(Transcript.id == transcript.id).with_for_update())
    newest_raw = newest(session, transcript, Layer.RAW)
    if newest_raw is None:
        raise Invalid("transcript.empty")
    if newest_raw.id != base:
        raise StaleRevision(newest_raw)
    clean, _ = without_bsn([turn for turn in turns if turn.text.strip()])
    if not clean:
        raise Invalid("transcript.empty")
    known = {row.label for row in transcript.speakers}
    unknown = {turn.speaker for turn in clean if turn.speaker is not None} - known
    if unknown:
        raise Invalid("speaker.unknown")
    if clean == open_raw(session, transcript, keys=keys)[1]:
        return newest_raw
    return store_next(session, actor, transcript, clean, keys=keys)


def store_next(
    session: Session, actor: Actor, transcript: Transcript, turns: Sequence[Turn], *, keys: KeyStore
) -> Revision:
    """Store `turns` as the next raw revision; the names must be approved again. For verbs that asked permission."""
    newest_raw = newest(session, transcript, Layer.RAW)
    assert newest_raw is not None, "a text is corrected once there is one"
    revision = _store_raw(
        session,
        actor,
        transcript,
        turns,
        {row.label: row for row in transcript.speakers},
        number=newest_raw.number + 1,
        key=keys.open(transcript.interview_id),
    )
    transcript.approved_at = transcript.approved_by_id = None
    transcript.handed_in_at = transcript.handed_in_by_id = None
    transcript.interview.status = Status.TYPED
    session.flush()
    # Who corrects wants to listen: the sound stays until the text is approved again.
    schedule_erasure(session, transcript)
    audit.record(
        session,
        actor,
        Permission.RAW_EDIT,
        transcript,
        project_id=transcript.interview.project_id,
        reason=f"revision {revision.number}",
    )
    return revision


def add_speaker(
    session: Session, actor: Actor, transcript: Transcript, *, role: SpeakerRole, keys: KeyStore
) -> SpeakerRow:
    """Add a voice on the fly, with the next free neutral label of its role."""
    require(actor, Permission.RAW_EDIT, transcript)
    if len(transcript.speakers) >= MAX_SPEAKERS:
        raise Invalid("transcript.speakers", maximum=MAX_SPEAKERS)
    taken = {row.label for row in transcript.speakers}
    letter, number = _LETTER[role], 1
    label = letter
    while label in taken:
        number += 1
        label = f"{letter}{number}"
    row_id = uuid.uuid4()
    row = SpeakerRow(
        id=row_id,
        label=label,
        name_sealed=keys.open(transcript.interview_id).seal_text(label, context=f"speaker:{row_id}"),
        role=role,
        position=max((other.position for other in transcript.speakers), default=-1) + 1,
    )
    transcript.speakers.append(row)
    session.flush()
    return row


def change_speaker(
    session: Session, actor: Actor, speaker: SpeakerRow, *, label: str | None = None, role: SpeakerRole | None = None
) -> None:
    """Rename a speaker everywhere at once, or say which part the speaker plays.

    Raises Invalid for an empty or taken label. A label is neutral; names belong in the names review.
    """
    require(actor, Permission.RAW_EDIT, speaker)
    if label is not None:
        plain = taken_out(one_line(label))[0]
        if not plain or len(plain) > 12:
            raise Invalid("speaker.label", maximum=12)
        taken = session.scalar(
            select(SpeakerRow.id).where(
                SpeakerRow.transcript_id == speaker.transcript_id,
                SpeakerRow.label == plain,
                SpeakerRow.id != speaker.id,
            )
        )
        if taken is not None:
            raise Invalid("speaker.taken", label=plain)
        speaker.label = plain
    if role is not None:
        speaker.role = role
    session.flush()


def merge_speakers(session: Session, actor: Actor, speaker: SpeakerRow, *, into: SpeakerRow) -> None:
    """Give every turn of `speaker` to `into` and drop `speaker`. Raises Invalid("speaker.merge") across transcripts."""
    require(actor, Permission.RAW_EDIT, speaker)
    if speaker.transcript_id != into.transcript_id or speaker.id == into.id:
        raise Invalid("speaker.merge")
    session.execute(update(TurnRow).where(TurnRow.speaker_id == speaker.id).values(speaker_id=into.id))
    transcript = session.get_one(Transcript, speaker.transcript_id)
    transcript.speakers.remove(speaker)
    session.flush()
    session.expire_all()


def speaker_names(session: Session, transcript: Transcript, *, keys: KeyStore) -> dict[str, str]:
    """Return per neutral label the name in the source (class R). For pages that may show raw text."""
    key = keys.open(transcript.interview_id)
    return {row.label: key.open_text(row.name_sealed, context=f"speaker:{row.id}") for row in transcript.speakers}


def mark_tagged(transcript: Transcript) -> None:
    """Remember that the tagger has read the newest research revision."""
    transcript.tagged_at = now()
