"""Every value that is sealed by an interview's own key, in which column it is, and what it is bound to.

`tests/interviews/test_redactions_sealed.py` walks the tables and fails on a sealed column that is not here: a value that
were forgotten would be lost when the interview gets a new key.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from interviews.hidden import BLOCK, OMITTED
from interviews.keys import DataKey, SealBroken
from interviews.models import (
    Attachment,
    CheckAnswer,
    ConsentTalk,
    Debrief,
    HandOver,
    Interview,
    MemberCheck,
    NameEntity,
    NameStep,
    QuestionNote,
    Recording,
    RemovalRequest,
    ResidualRisk,
    Revision,
    SpeakerRow,
    TimeMark,
    Transcript,
    TypingDraft,
    TypingVersion,
)
from interviews.models.redaction import Redaction

Row = Any
Rows = Callable[[uuid.UUID], Select[Any]]


@dataclass(frozen=True, slots=True)
class Sealing:
    """A column with sealed values: which of its rows belong to an interview, and what each value is bound to."""

    model: type[Any]
    column: str
    rows: Rows
    context: Callable[[Row], str]

    def of(self, session: Session, interview_id: uuid.UUID) -> Iterator[Row]:
        """Yield the rows of an interview with a value here."""
        # An empty value is one that was erased.
        for row in session.scalars(self.rows(interview_id)):
            if getattr(row, self.column):
                yield row


def _own(model: type[Any]) -> Rows:
    return lambda interview_id: select(model).where(model.interview_id == interview_id)


def _through(model: type[Any], parent: type[Any], link: Any) -> Rows:
    return lambda interview_id: select(model).join(parent, parent.id == link).where(parent.interview_id == interview_id)


def _draft_context(row: TypingDraft) -> str:
    return f"typing_draft:{row.id}:{row.version}"


def _version_context(row: TypingVersion) -> str:
    return f"typing_version:{row.id}:{row.draft_id}:{row.number}"


def _by_id(name: str, part: str = "") -> Callable[[Row], str]:
    return lambda row: f"{name}:{row.id}{part}"


SEALINGS: tuple[Sealing, ...] = (
    Sealing(Revision, "sealed", _through(Revision, Transcript, Revision.transcript_id), _by_id("revision")),
    Sealing(SpeakerRow, "name_sealed", _through(SpeakerRow, Transcript, SpeakerRow.transcript_id), _by_id("speaker")),
    Sealing(NameEntity, "canonical_sealed", _through(NameEntity, Transcript, NameEntity.transcript_id), _by_id("name")),
    Sealing(NameStep, "note_sealed", _through(NameStep, Transcript, NameStep.transcript_id), _by_id("name_step")),
    Sealing(
        ResidualRisk, "reason_sealed", _through(ResidualRisk, Transcript, ResidualRisk.transcript_id),
        _by_id("residual_risk"),
    ),
    Sealing(TypingDraft, "sealed", _own(TypingDraft), _draft_context),
    Sealing(TypingVersion, "sealed", _through(TypingVersion, TypingDraft, TypingVersion.draft_id), _version_context),
    Sealing(Recording, "peaks_sealed", _own(Recording), _by_id("recording", ":peaks")),
    Sealing(TimeMark, "note_sealed", _through(TimeMark, Recording, TimeMark.recording_id), _by_id("time_mark")),
    Sealing(QuestionNote, "text_sealed", _own(QuestionNote), _by_id("question_note")),
    Sealing(Debrief, "sealed", _own(Debrief), _by_id("debrief")),
    Sealing(HandOver, "note_sealed", _own(HandOver), _by_id("hand_over")),
    Sealing(
        Interview, "safety_note_sealed", lambda interview_id: select(Interview).where(Interview.id == interview_id),
        _by_id("worry"),
    ),
    Sealing(Attachment, "description_sealed", _own(Attachment), _by_id("attachment")),
    Sealing(MemberCheck, "summary_sealed", _own(MemberCheck), _by_id("member_check", ":summary")),
    Sealing(MemberCheck, "top_sealed", _own(MemberCheck), _by_id("member_check", ":top")),
    Sealing(MemberCheck, "remark_sealed", _own(MemberCheck), _by_id("member_check", ":remark")),
    Sealing(CheckAnswer, "words_sealed", _through(CheckAnswer, MemberCheck, CheckAnswer.check_id),
            _by_id("check_answer")),
    Sealing(RemovalRequest, "words_sealed", _own(RemovalRequest), _by_id("removal", ":words")),
    Sealing(RemovalRequest, "reason_sealed", _own(RemovalRequest), _by_id("removal", ":reason")),
    Sealing(RemovalRequest, "print_sealed", _own(RemovalRequest), _by_id("removal", ":print")),
    Sealing(Redaction, "key_proof", _own(Redaction), _by_id("redaction", ":key")),
    Sealing(ConsentTalk, "signature_sealed", _own(ConsentTalk), _by_id("consent_talk")),
)  # fmt: skip
"""Every such column."""


def let_go(session: Session, interview_id: uuid.UUID, *, key: DataKey) -> set[type[Any]]:
    """Put something in the place of every value that `key` does not open; return in which kinds of row that was.

    For an old copy that was put back after its key was destroyed: what it sealed is lost, and pages go on. A text
    becomes blocks, so that places in it stay what they were; what is being typed goes; the rest is empty.
    """
    lost: set[type[Any]] = set()
    for sealing in SEALINGS:
        for row in list(sealing.of(session, interview_id)):
            context = sealing.context(row)
            try:
                key.open(getattr(row, sealing.column), context=context)
            except SealBroken:
                lost.add(sealing.model)
                if isinstance(row, TypingDraft | TypingVersion):
                    session.delete(row)
                elif isinstance(row, RemovalRequest) and row.revision_id is None and row.recording_id is None:
                    setattr(row, sealing.column, b"")
                else:
                    told = _INSTEAD.get(sealing.model)
                    instead = None if told is None else key.seal_text(told(row), context=context)
                    setattr(row, sealing.column, instead)
    session.flush()
    return lost


_INSTEAD: dict[type[Any], Callable[[Row], str]] = {
    Revision: lambda row: "\n".join(BLOCK * (turn.end - turn.start) for turn in row.turns),
    SpeakerRow: lambda row: str(row.label),
    NameEntity: lambda row: str(row.replacement),
    ResidualRisk: lambda row: OMITTED,
    HandOver: lambda row: OMITTED,
    Attachment: lambda row: OMITTED,
    Debrief: lambda row: json.dumps({"feeling": OMITTED}),
}
"""What stands in a column that cannot be empty, once nobody can read it any more."""


def reseal_late(session: Session, interview_id: uuid.UUID, *, kept: DataKey, dropped: DataKey) -> int:
    """Seal by `kept` what only `dropped` opens: what somebody wrote while the keys changed hands. Return how many."""
    done = 0
    for sealing in SEALINGS:
        for row in list(sealing.of(session, interview_id)):
            context, value = sealing.context(row), getattr(row, sealing.column)
            try:
                kept.open(value, context=context)
            except SealBroken:
                setattr(row, sealing.column, kept.seal(dropped.open(value, context=context), context=context))
                done += 1
    session.flush()
    return done


def reseal(session: Session, interview_id: uuid.UUID, *, old: DataKey, new: DataKey) -> int:
    """Seal every value of an interview by `new`; return how many. Raises `keys.SealBroken` when one does not open.

    Nothing is written half: the caller's transaction rolls back, and the old key stays.
    """
    done = 0
    for sealing in SEALINGS:
        for row in sealing.of(session, interview_id):
            context = sealing.context(row)
            plain = old.open(getattr(row, sealing.column), context=context)
            setattr(row, sealing.column, new.seal(plain, context=context))
            done += 1
    session.flush()
    return done
