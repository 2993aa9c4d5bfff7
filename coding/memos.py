"""Memos: what strikes somebody, on a passage, a transcript or a theme. Private unless shared."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload

from coding.access import CodingPermission
from coding.models import Memo, Segment, Theme
from coding.models.memo import MemoKind
from interviews.access import Actor, Permission, allows, require
from interviews.bsn import taken_out
from interviews.errors import Invalid
from interviews.models import Transcript
from interviews.text import clean

MAX_LENGTH = 10_000
About = Segment | Transcript | Theme


def add(
    session: Session,
    actor: Actor,
    about: About,
    *,
    text: str,
    kind: MemoKind = MemoKind.STRIKES,
    shared: bool = False,
) -> Memo:
    """Write a memo. Raises Invalid when it is empty or too long."""
    plain = taken_out(clean(text).strip())[0]
    if not plain or len(plain) > MAX_LENGTH:
        raise Invalid("memo.length", maximum=MAX_LENGTH)
    memo = Memo(text=plain, kind=kind, shared=shared, author_id=actor.person_id)
    if isinstance(about, Theme):
        require(actor, CodingPermission.MEMO_ADD, about)
        memo.theme_id, memo.project_id = about.id, about.codebook.project_id
    else:
        transcript = about.transcript if isinstance(about, Segment) else about
        require(actor, Permission.RESEARCH_READ, transcript)
        require(actor, CodingPermission.MEMO_ADD, transcript)
        memo.project_id = transcript.interview.project_id
        if isinstance(about, Segment):
            memo.segment_id = about.id
        else:
            memo.transcript_id = about.id
    session.add(memo)
    session.flush()
    return memo


def visible_memos(session: Session, actor: Actor, transcript: Transcript) -> Sequence[Memo]:
    """Return the actor's own memos on a transcript and its passages, oldest first.

    Those that others share come along once the own first reading is done: a remark tells how somebody else read it.
    """
    require(actor, Permission.RESEARCH_READ, transcript)
    query = (
        select(Memo)
        .outerjoin(Segment, Segment.id == Memo.segment_id)
        .where(
            or_(Memo.transcript_id == transcript.id, Segment.transcript_id == transcript.id),
            or_(Memo.author_id == actor.person_id, Memo.shared),
        )
        .order_by(Memo.created_at, Memo.id)
        .options(joinedload(Memo.author))
    )
    if not allows(actor, CodingPermission.OTHERS_SEE, transcript):
        query = query.where(Memo.author_id == actor.person_id)
    return session.scalars(query).all()


def remove(session: Session, actor: Actor, memo: Memo) -> None:
    """Throw away one's own memo. Raises Invalid("memo.not_own") for somebody else's."""
    require(actor, CodingPermission.MEMO_READ, memo)
    if memo.author_id != actor.person_id:
        raise Invalid("memo.not_own")
    session.delete(memo)
    session.flush()
