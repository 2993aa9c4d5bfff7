"""Erasing what is due. Asks no permission: the terms were set by who may, and a job or a command carries them out."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from interviews import audit, belongings, recordings
from interviews.clock import now
from interviews.hidden import BLOCK, OMITTED
from interviews.keys import KeyDestroyed, KeyMissing, KeyStore
from interviews.ledger import Entry, Ledger
from interviews.models import (
    Attachment,
    Contact,
    GuestPass,
    Interview,
    Interviewee,
    Invitation,
    LoginAttempt,
    LoginSession,
    NameEntity,
    NameStep,
    Person,
    Project,
    Received,
    Recording,
    Redaction,
    ResidualRisk,
    Revision,
    Task,
    Transcript,
    TypingDraft,
    Withdrawal,
)
from interviews.models.transcript import Layer
from interviews.recordings import Erasure
from interviews.redactions.sealed import let_go
from interviews.retention.ruling import ACCOUNT_YEARS, Due, due
from interviews.sealedfiles import SealedFiles
from interviews.transcripts import newest
from interviews.withdrawal import erase_files, replayers
from interviews.withdrawal.erasing import erase_rows

Clearer = Callable[[Session, Interview, KeyStore, Ledger], None]
clearers: list[Clearer] = []
"""What settles everything that still needs the text with names, before that goes."""
Ender = Callable[[Session, Project], None]
enders: list[Ender] = []
"""What erases the rest of a project whose stories go: what leads to no single interview."""
ENDED, EXPIRED = "ended", "expired"
"""Kinds of line in the ledger: a story went after its years; a text with names went after its days."""
_MOST_FILES = 50
_USED_UP = (LoginSession, Invitation, GuestPass, Received, Task, LoginAttempt)


@dataclass(frozen=True, slots=True)
class Erased:
    """What was erased, per rule, and what follows after the commit."""

    counts: Mapping[str, int]
    recordings: tuple[uuid.UUID, ...] = ()
    """Their files go by `recordings.sweep`."""
    entries: tuple[Entry, ...] = ()
    """Lines of the ledger that name files: `erase_files`."""
    redactions: tuple[uuid.UUID, ...] = ()
    """For the job that gives an interview a new key."""


@dataclass(slots=True)
class _Going:
    counts: Counter[str] = field(default_factory=Counter)
    recordings: list[uuid.UUID] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    redactions: list[uuid.UUID] = field(default_factory=list)


def erase_due(session: Session, *, keys: KeyStore, ledger: Ledger, moment: datetime | None = None) -> Erased:
    """Erase everything that is due at `moment` (now), until nothing is; return how much, per rule.

    Every erasure is a line in the log, or one for many of a kind. After the commit the caller destroys the files
    (`recordings.sweep`, `erase_files`), asks the job for the new keys, and empties the database's log.
    """
    at, going = moment or now(), _Going()
    for one in due(session, at):
        _ERASERS[one.rule](session, one, at, keys, ledger, going)
    if going.counts["used_up"]:
        _note_many(session, "used_up", going.counts["used_up"])
    session.flush()
    return Erased(+going.counts, tuple(going.recordings), tuple(going.entries), tuple(going.redactions))


class _Many:
    """What a line in the log is about that is about many rows."""

    def __init__(self) -> None:
        self.id = uuid.uuid4()


def _note_many(session: Session, rule: str, count: int) -> None:
    audit.record(session, None, f"retention.{rule}", _Many(), project_id=None, reason=str(count))


def _sound(session: Session, one: Due, at: datetime, keys: KeyStore, ledger: Ledger, going: _Going) -> None:
    for row in recordings.erase_due(session, today=at.date()):
        going.recordings.append(row.id)
        going.counts["sound"] += 1


def _raw(session: Session, one: Due, at: datetime, keys: KeyStore, ledger: Ledger, going: _Going) -> None:
    transcript = session.get_one(Transcript, one.subject_id)
    interview = transcript.interview
    if interview.id in keys.destroyed():
        return
    for clear in clearers:
        clear(session, interview, keys, ledger)
    if not expire_raw(session, transcript, keys=keys):
        return
    redaction = Redaction(interview=interview, counts={"raw": 1})
    session.add(redaction)
    session.flush()
    ledger.note(EXPIRED, {"transcript": str(transcript.id)}, now())
    audit.record(session, None, "retention.raw", transcript, project_id=interview.project_id)
    going.redactions.append(redaction.id)
    going.counts["raw"] += 1


def expire_raw(session: Session, transcript: Transcript, *, keys: KeyStore) -> bool:
    """Let the raw layer say what the research layer says, and forget every name; False when it is not that far.

    From then on a correction starts from the text without names, and nobody can find out from here who somebody is.
    """
    raw, research = newest(session, transcript, Layer.RAW), newest(session, transcript, Layer.RESEARCH)
    if raw is None or research is None or research.text is None or research.derived_from_id != raw.id:
        return False
    try:
        key = keys.open(transcript.interview_id)
    except (KeyDestroyed, KeyMissing):
        return False
    older = select(Revision).where(
        Revision.transcript_id == transcript.id, Revision.layer == Layer.RAW, Revision.id != raw.id
    )
    for row in session.scalars(older):
        text = "\n".join(BLOCK * (turn.end - turn.start) for turn in row.turns)
        row.sealed = key.seal_text(text, context=f"revision:{row.id}")
    raw.sealed = key.seal_text(research.text, context=f"revision:{raw.id}")
    for said, left in zip(raw.turns, research.turns, strict=True):
        said.start, said.end = left.start, left.end
    session.execute(delete(NameEntity).where(NameEntity.transcript_id == transcript.id))
    for step in session.scalars(select(NameStep).where(NameStep.transcript_id == transcript.id)):
        step.before = step.after = step.note_sealed = None
    for risk in session.scalars(select(ResidualRisk).where(ResidualRisk.transcript_id == transcript.id)):
        risk.reason_sealed = key.seal_text(OMITTED, context=f"residual_risk:{risk.id}")
    for speaker in transcript.speakers:
        speaker.name_sealed = key.seal_text(speaker.label, context=f"speaker:{speaker.id}")
    session.execute(delete(TypingDraft).where(TypingDraft.interview_id == transcript.interview_id))
    transcript.raw_erased_at = now()
    session.flush()
    session.expire_all()
    return True


def _contact(session: Session, one: Due, at: datetime, keys: KeyStore, ledger: Ledger, going: _Going) -> None:
    row = session.get_one(Contact, one.subject_id)
    audit.record(session, None, "retention.contact", row, project_id=one.project_id)
    session.delete(row)
    session.flush()
    going.counts["contact"] += 1


def _stories(session: Session, one: Due, at: datetime, keys: KeyStore, ledger: Ledger, going: _Going) -> None:
    project = session.get_one(Project, one.subject_id)
    for interview in session.scalars(select(Interview).where(Interview.project_id == project.id)).all():
        entry = Entry(ENDED, _ids(session, interview), now())
        interview_id = interview.id
        erase_rows(session, None, interview)
        ledger.note(entry.kind, entry.ids, entry.at)
        keys.destroy(interview_id)
        going.entries.append(entry)
        going.counts["stories"] += 1
    project = session.get_one(Project, one.subject_id)
    for end in enders:
        end(session, project)
    session.execute(delete(Interviewee).where(Interviewee.project_id == project.id))
    session.execute(delete(Withdrawal).where(Withdrawal.project_id == project.id))
    session.flush()
    session.expire_all()
    audit.record(session, None, "retention.stories", project, project_id=project.id)


def _ids(session: Session, interview: Interview) -> dict[str, str]:
    sounds = session.scalars(select(Recording.id).where(Recording.interview_id == interview.id)).all()
    pictures = session.scalars(select(Attachment.id).where(Attachment.interview_id == interview.id)).all()
    named = {
        "interview": [interview.id],
        "people": belongings.people_of(session, interview.id),
        "recordings": sounds[:_MOST_FILES],
        "pictures": pictures[:_MOST_FILES],
    }
    return {name: ",".join(map(str, ids)) for name, ids in named.items() if ids}


def _used_up(session: Session, one: Due, at: datetime, keys: KeyStore, ledger: Ledger, going: _Going) -> None:
    for model in _USED_UP:
        row = session.get(model, one.subject_id)
        if row is not None:
            session.delete(row)
            going.counts["used_up"] += 1
    session.flush()


def _account(session: Session, one: Due, at: datetime, keys: KeyStore, ledger: Ledger, going: _Going) -> None:
    person = session.get_one(Person, one.subject_id)
    audit.record(session, None, "retention.account", person, project_id=None)
    # The database takes along what is this person's own, and empties who made what.
    session.execute(delete(Person).where(Person.id == person.id).execution_options(synchronize_session=False))
    session.expunge(person)
    session.expire_all()
    going.counts["account"] += 1


def _log(session: Session, one: Due, at: datetime, keys: KeyStore, ledger: Ledger, going: _Going) -> None:
    going.counts["log"] += audit.prune(session, _before(at))


def _before(at: datetime) -> datetime:
    try:
        return at.replace(year=at.year - ACCOUNT_YEARS)
    except ValueError:
        return at.replace(year=at.year - ACCOUNT_YEARS, month=3, day=1)


_ERASERS: dict[str, Callable[[Session, Due, datetime, KeyStore, Ledger, _Going], None]] = {
    "sound": _sound,
    "raw": _raw,
    "contact": _contact,
    "stories": _stories,
    "used_up": _used_up,
    "account": _account,
    "log": _log,
}


def _ended_again(session: Session, keys: KeyStore, files: SealedFiles, entry: Entry) -> bool:
    interview_id = uuid.UUID(entry.ids["interview"])
    keys.destroy(interview_id)
    interview = session.get(Interview, interview_id)
    if interview is not None:
        erase_rows(session, None, interview)
    return bool(erase_files(files, entry)) or interview is not None


def _expired_again(session: Session, keys: KeyStore, files: SealedFiles, entry: Entry) -> bool:
    transcript = session.get(Transcript, uuid.UUID(entry.ids["transcript"]))
    if transcript is None or transcript.raw_erased_at is not None or transcript.interview_id in keys.destroyed():
        return False
    interview = transcript.interview
    # The copy is from before the interview got its new key: then nothing of the text with names opens any more.
    lost = let_go(session, interview.id, key=keys.create(interview.id))
    if Recording in lost:
        recordings.erase_all(session, None, interview, reason=Erasure.LOST)
    if not expire_raw(session, transcript, keys=keys):
        return Revision in lost
    session.add(Redaction(interview=interview, counts={"raw": 1}))
    session.flush()
    return True


replayers.update({ENDED: _ended_again, EXPIRED: _expired_again})
