"""Holding an interview: the guide that goes with it, what happened with each question, and that it was held.

Notes are class R: ciphertext under the interview's key. They come from phones that were without network, some more
than once and in any order between devices, so that writing one again changes nothing, and no text is written over that
the writer had not seen.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from interviews import audit, guides, notes
from interviews.access import Actor, Permission, require
from interviews.clock import now
from interviews.errors import Invalid, NotVisible
from interviews.keys import KeyStore
from interviews.models import Guide, Interview, Question, QuestionNote, Recording
from interviews.models.interview import Status
from interviews.text import clean

MAX_NOTE = 4000
BETWEEN = "\n———\n"
"""Between two texts that were both written for one question."""
_LONGEST_MS = int(timedelta(hours=24).total_seconds() * 1000)


class OtherNote(Invalid):
    """Another device wrote another text meanwhile; `text` is that one. Nothing of the new note was stored."""

    def __init__(self, text: str) -> None:
        super().__init__("talk.other_note")
        self.text = text


@dataclass(frozen=True, slots=True)
class Note:
    """What happened with one question."""

    asked: bool = False
    skipped: bool = False
    recording_id: uuid.UUID | None = None
    at_ms: int | None = None
    """Where in the recording it was asked."""
    text: str = ""
    changed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Jotting:
    """What one device says about one question; None means that it says nothing about that part."""

    asked: bool | None = None
    skipped: bool | None = None
    recording_id: uuid.UUID | None = None
    at_ms: int | None = None
    text: str | None = None
    base: str = ""
    """The text that the writer had before them when they began to type."""


def guide_for(session: Session, interview: Interview) -> Guide | None:
    """Return the guide of an interview: the version it was planned or begun with, else the one in use now."""
    if interview.guide_id is not None:
        return session.get(Guide, interview.guide_id)
    return guides.newest(session, interview.project_id)


def questions_for(session: Session, interview: Interview) -> list[Question]:
    """Return the questions that fit an interview, in the order of the talk; none when the project has no guide."""
    guide = guide_for(session, interview)
    return [] if guide is None else guides.fitting(guide.questions, interview)


def notes_of(session: Session, actor: Actor, interview: Interview, *, keys: KeyStore) -> dict[uuid.UUID, Note]:
    """Return the notes of an interview per question. Raises NotAllowed for who may not hold it."""
    require(actor, Permission.TALK_HOLD, interview)
    rows = session.scalars(select(QuestionNote).where(QuestionNote.interview_id == interview.id)).all()
    return {row.question_id: _opened(row, keys) for row in rows}


def others_wrote(session: Session, actor: Actor, interview: Interview) -> bool:
    """Tell whether there are notes of somebody else than the actor: who reads those is in the log."""
    written = select(QuestionNote.id).where(
        QuestionNote.interview_id == interview.id,
        QuestionNote.text_sealed.is_not(None),
        QuestionNote.changed_by_id.is_distinct_from(actor.person_id),
    )
    return session.scalar(written.limit(1)) is not None


def _opened(row: QuestionNote, keys: KeyStore) -> Note:
    return Note(row.asked, row.skipped, row.recording_id, row.at_ms, _text(row, keys), row.changed_at)


def _text(row: QuestionNote, keys: KeyStore) -> str:
    return notes.unseal(keys, row.interview_id, row.text_sealed, context=_context(row.id)) or ""


def _context(note_id: uuid.UUID) -> str:
    return f"question_note:{note_id}"


def note(
    session: Session, actor: Actor, interview: Interview, question: Question, jotting: Jotting, *, keys: KeyStore
) -> Note:
    """Keep what happened with a question; return what is stored now. The same jotting again changes nothing.

    Raises OtherNote when there is another text than the writer saw (`jotting.base`) and the new text does not hold it,
    NotVisible for a question of another guide or a recording of another interview, and Invalid("note.long") or
    Invalid("talk.mark") for what does not fit.
    """
    require(actor, Permission.TALK_HOLD, interview)
    jotting = _own(session, interview, question, jotting)
    text = None if jotting.text is None else notes.tidy(jotting.text)
    row = session.scalar(
        select(QuestionNote).where(QuestionNote.interview_id == interview.id, QuestionNote.question_id == question.id)
    )
    stored = "" if row is None else _text(row, keys)
    if text is not None and not _holds(text, stored, notes.tidy(jotting.base)):
        raise OtherNote(stored)
    if row is None:
        row = QuestionNote(
            id=uuid.uuid4(), interview_id=interview.id, question_id=question.id, asked=False, skipped=False
        )
        session.add(row)
        # From the first note on it is this version that is asked, also when the team takes a newer one into use.
        interview.guide_id = interview.guide_id or question.guide_id
    _mark(row, jotting)
    if text is not None and text != stored:
        row.text_sealed = notes.seal(keys, interview.id, text, context=_context(row.id)) if text else None
    row.changed_at, row.changed_by_id = now(), actor.person_id
    session.flush()
    return replace(_opened(row, keys), text=stored if text is None else text)


def _own(session: Session, interview: Interview, question: Question, jotting: Jotting) -> Jotting:
    """Return the jotting when question and recording belong to the interview."""
    guide = session.get(Guide, question.guide_id)
    # A concept is nobody's to ask yet, and it would be fixed by the note.
    if guide is None or guide.project_id != interview.project_id or guide.published_at is None:
        raise NotVisible
    if jotting.at_ms is not None and not 0 <= jotting.at_ms <= _LONGEST_MS:
        raise Invalid("talk.mark")
    if jotting.recording_id is None:
        return jotting
    recording = session.get(Recording, jotting.recording_id)
    if recording is None:
        # Not begun here yet, or erased with all that pointed at it: the time is kept.
        return replace(jotting, recording_id=None)
    if recording.interview_id != interview.id:
        raise NotVisible
    return jotting


def _holds(text: str, stored: str, base: str) -> bool:
    """Tell whether nothing is lost when `text` takes the place of `stored`."""
    return stored == base or stored in text


def _mark(row: QuestionNote, jotting: Jotting) -> None:
    if jotting.asked is not None:
        row.asked = jotting.asked
        if jotting.asked:
            row.skipped = False
    if jotting.skipped is not None:
        row.skipped = jotting.skipped
        if jotting.skipped:
            row.asked = False
    if jotting.at_ms is not None:
        row.at_ms = jotting.at_ms
        row.recording_id = jotting.recording_id


def both(mine: str, other: str) -> str:
    """Return both texts with a line between them; one of them alone when it holds the other."""
    mine, other = clean(mine).strip(), clean(other).strip()
    if other in mine:
        return mine
    if mine in other:
        return other
    return f"{mine}{BETWEEN}{other}"


def still_to_ask(questions: Sequence[Question], noted: dict[uuid.UUID, Note]) -> list[Question]:
    """Return the questions that should always be asked and were neither asked nor skipped."""
    nothing = Note()
    return [
        one
        for one in questions
        if one.must and not noted.get(one.id, nothing).asked and not noted.get(one.id, nothing).skipped
    ]


def held(session: Session, actor: Actor, interview: Interview, on: date) -> None:
    """Say that an interview was held on this day. Again, or later in the work, never sets it back.

    Raises Invalid("talk.day") for a day that is still to come.
    """
    require(actor, Permission.TALK_HOLD, interview)
    # Somewhere on earth it is already tomorrow; a phone far from home is not refused.
    if on > now().date() + timedelta(days=1):
        raise Invalid("talk.day")
    if interview.status is Status.PLANNED:
        interview.status = Status.HELD
        interview.held_on = on
        guide = guide_for(session, interview)
        interview.guide_id = None if guide is None else guide.id
        audit.record(session, actor, "interview.held", interview, project_id=interview.project_id)
    elif interview.held_on is None:
        interview.held_on = on
    session.flush()
