"""What the rules need to know about each kind of row."""

from __future__ import annotations

import uuid
from functools import singledispatch

from sqlalchemy import select
from sqlalchemy.orm import Session, object_session

from interviews.access.actors import Subject
from interviews.models import (
    Attachment,
    CheckAnswer,
    Contact,
    Debrief,
    GuestPass,
    Guide,
    HandOver,
    Interview,
    Interviewee,
    MemberCheck,
    Membership,
    NameEntity,
    NameMention,
    Project,
    Question,
    QuestionRemark,
    Recording,
    Redaction,
    RedactionDecision,
    RemovalRequest,
    SpeakerRow,
    Task,
    TimeMark,
    Transcript,
    TypingDraft,
    TypingVersion,
    Withdrawal,
)


@singledispatch
def subject_of(thing: object) -> Subject:
    """Return what the rules need to know about `thing`. Raises TypeError for a kind that no rule speaks of."""
    raise TypeError(f"no rule speaks of {type(thing).__name__}")


@subject_of.register
def _(thing: Project) -> Subject:
    return Subject(thing.id)


@subject_of.register
def _(thing: Interview) -> Subject:
    session = object_session(thing)
    transcript = None
    if session is not None:
        transcript = session.scalar(select(Transcript).where(Transcript.interview_id == thing.id))
    return Subject(thing.project_id, interview=thing, transcript=transcript)


@subject_of.register
def _(thing: Transcript) -> Subject:
    return Subject(thing.interview.project_id, interview=thing.interview, transcript=thing)


@subject_of.register
def _(thing: SpeakerRow) -> Subject:
    return _through_transcript(thing, thing.transcript_id)


@subject_of.register
def _(thing: NameEntity) -> Subject:
    return _through_transcript(thing, thing.transcript_id)


@subject_of.register
def _(thing: NameMention) -> Subject:
    return _through_transcript(thing, thing.entity.transcript_id)


@subject_of.register
def _(thing: Interviewee) -> Subject:
    return Subject(thing.project_id)


@subject_of.register
def _(thing: Withdrawal) -> Subject:
    return Subject(thing.project_id)


@subject_of.register
def _(thing: Contact) -> Subject:
    return Subject(thing.project_id)


@subject_of.register
def _(thing: Membership) -> Subject:
    return Subject(thing.project_id)


@subject_of.register(Recording)
@subject_of.register(Attachment)
@subject_of.register(RemovalRequest)
@subject_of.register(MemberCheck)
@subject_of.register(GuestPass)
@subject_of.register(TypingDraft)
@subject_of.register(Debrief)
def _(thing: Recording | Attachment | RemovalRequest | MemberCheck | GuestPass | TypingDraft | Debrief) -> Subject:
    return subject_of(thing.interview)


@subject_of.register
def _(thing: Redaction) -> Subject:
    return subject_of(thing.interview)


@subject_of.register
def _(thing: RedactionDecision) -> Subject:
    return subject_of(thing.redaction.interview)


@subject_of.register
def _(thing: CheckAnswer) -> Subject:
    return subject_of(thing.check.interview)


@subject_of.register
def _(thing: TimeMark) -> Subject:
    return subject_of(_session_of(thing).get_one(Recording, thing.recording_id))


@subject_of.register
def _(thing: TypingVersion) -> Subject:
    return subject_of(thing.draft)


@subject_of.register
def _(thing: Guide) -> Subject:
    return Subject(thing.project_id)


@subject_of.register
def _(thing: Question) -> Subject:
    return subject_of(_session_of(thing).get_one(Guide, thing.guide_id))


@subject_of.register
def _(thing: QuestionRemark) -> Subject:
    return subject_of(_session_of(thing).get_one(Question, thing.question_id))


@subject_of.register
def _(thing: Task) -> Subject:
    # Every kind of task there is works on a recording; of one that is gone the project is left.
    recording = _session_of(thing).get(Recording, thing.subject_id)
    return Subject(thing.project_id) if recording is None else subject_of(recording)


@subject_of.register
def _(thing: HandOver) -> Subject:
    return subject_of(_session_of(thing).get_one(Interview, thing.interview_id))


def _session_of(thing: object) -> Session:
    session = object_session(thing)
    if session is None:
        raise TypeError("the object is not in a session")
    return session


def _through_transcript(thing: object, transcript_id: uuid.UUID) -> Subject:
    return subject_of(_session_of(thing).get_one(Transcript, transcript_id))
