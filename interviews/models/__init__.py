"""The rows of the field. Importing this package declares them all on `interviews.db.Base.metadata`."""

from interviews.models.aftercare import Debrief, Hours, RemovalRequest, TrainingMark
from interviews.models.attachment import Attachment
from interviews.models.audit import AuditCheckpoint, AuditEntry
from interviews.models.contact import Contact, KeyEnding, KeyHandOver
from interviews.models.device import Device, Received
from interviews.models.guide import Guide, Question, QuestionNote, QuestionRemark
from interviews.models.interview import ConsentChoice, ConsentTalk, HandOver, Interview, Interviewee, Participation
from interviews.models.membercheck import CheckAnswer, GuestPass, MemberCheck
from interviews.models.name import NameEntity, NameMention, NameStep, PartLook, ResidualRisk
from interviews.models.person import (
    CardCode,
    Invitation,
    LoginAttempt,
    LoginSession,
    Person,
    RecoveryCode,
    SecondFactor,
)
from interviews.models.project import Membership, Municipality, Project
from interviews.models.recording import Recording, RecordingPiece, TimeMark
from interviews.models.recoverysheet import RecoverySheet
from interviews.models.redaction import Redaction, RedactionDecision
from interviews.models.task import Task
from interviews.models.transcript import Revision, SpeakerRow, Transcript, TurnRow
from interviews.models.typing import TypingDraft, TypingVersion
from interviews.models.withdrawal import Withdrawal

__all__ = [
    "Attachment",
    "AuditCheckpoint",
    "AuditEntry",
    "CardCode",
    "CheckAnswer",
    "ConsentChoice",
    "ConsentTalk",
    "Contact",
    "Debrief",
    "Device",
    "GuestPass",
    "Guide",
    "HandOver",
    "Hours",
    "Interview",
    "Interviewee",
    "Invitation",
    "KeyEnding",
    "KeyHandOver",
    "LoginAttempt",
    "LoginSession",
    "MemberCheck",
    "Membership",
    "Municipality",
    "NameEntity",
    "NameMention",
    "NameStep",
    "PartLook",
    "Participation",
    "Person",
    "Project",
    "Question",
    "QuestionNote",
    "QuestionRemark",
    "Received",
    "Recording",
    "RecordingPiece",
    "RecoveryCode",
    "RecoverySheet",
    "Redaction",
    "RedactionDecision",
    "RemovalRequest",
    "ResidualRisk",
    "Revision",
    "SecondFactor",
    "SpeakerRow",
    "Task",
    "TimeMark",
    "TrainingMark",
    "Transcript",
    "TurnRow",
    "TypingDraft",
    "TypingVersion",
    "Withdrawal",
]
