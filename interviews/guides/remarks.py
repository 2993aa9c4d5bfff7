"""What the team thinks of a question: interviewers improve the guide themselves."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from interviews import audit
from interviews.access import Actor, Permission, require
from interviews.clock import now
from interviews.detect.numbers import bsn_spans
from interviews.errors import Invalid
from interviews.models import Guide, Question, QuestionRemark
from interviews.text import clean

MAX_REMARK = 1000


def remark(session: Session, actor: Actor, question: Question, text: str) -> QuestionRemark:
    """Keep what somebody thinks of a question. Raises Invalid("guide.remark") for nothing or too much.

    A remark is about the question and not about anybody who answered it; a BSN in it is refused ("guide.remark_bsn").
    """
    guide = session.get_one(Guide, question.guide_id)
    require(actor, Permission.GUIDE_READ, guide)
    text = clean(text).strip()
    if not 0 < len(text) <= MAX_REMARK:
        raise Invalid("guide.remark", maximum=MAX_REMARK)
    if bsn_spans(text):
        raise Invalid("guide.remark_bsn")
    row = QuestionRemark(question_id=question.id, person_id=actor.person_id, text=text, at=now())
    session.add(row)
    session.flush()
    audit.record(session, actor, "guide.remark", row, project_id=guide.project_id)
    return row


def settle_remark(session: Session, actor: Actor, row: QuestionRemark) -> None:
    """Say that a remark was dealt with; again changes nothing."""
    require(actor, Permission.GUIDE_EDIT, row)
    if row.settled_at is None:
        row.settled_at = now()
        session.flush()


def remarks_of(session: Session, guide: Guide) -> dict[str, list[QuestionRemark]]:
    """Return the open remarks per key of a question, oldest first: those on earlier versions of it too."""
    rows = session.execute(
        select(Question.key, QuestionRemark)
        .join(QuestionRemark, QuestionRemark.question_id == Question.id)
        .join(Guide, Guide.id == Question.guide_id)
        .where(Guide.project_id == guide.project_id, Guide.key == guide.key, QuestionRemark.settled_at.is_(None))
        .order_by(QuestionRemark.at, QuestionRemark.id)
    )
    found: dict[str, list[QuestionRemark]] = {}
    for key, row in rows:
        found.setdefault(key, []).append(row)
    return found
