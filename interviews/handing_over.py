"""Handing an interview over to another interviewer: in one step, never without a note (mission rows 98 and 99)."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from interviews import audit, notes
from interviews.access import Actor, Permission, require
from interviews.clock import now
from interviews.errors import Invalid, NotVisible
from interviews.keys import KeyStore
from interviews.models import HandOver, Interview, Membership, Person
from interviews.models.interview import Status
from interviews.models.project import Role

HOLDERS = (Role.PEER_INTERVIEWER, Role.RESEARCHER)
"""Who can hold an interview."""


def candidates(session: Session, interview: Interview) -> Sequence[Person]:
    """Return who can take `interview` over, by name: those who hold interviews in its project, but its interviewer."""
    return session.scalars(
        select(Person)
        .where(
            Person.id.in_(
                select(Membership.person_id).where(
                    Membership.project_id == interview.project_id, Membership.role.in_(HOLDERS)
                )
            ),
            Person.disabled_at.is_(None),
            Person.id != interview.interviewer_id if interview.interviewer_id is not None else Person.id.is_not(None),
        )
        .order_by(Person.display_name, Person.id)
    ).all()


def hand_over(
    session: Session, actor: Actor, interview: Interview, *, to: Person, note: str, keys: KeyStore
) -> HandOver:
    """Make `to` the interviewer; the one before loses access at the next request.

    Who held the talk stays on record: `Interview.peer` follows the new interviewer only while it is still to come.
    Raises Invalid("hand_over.note") without a note and Invalid("hand_over.person") for who cannot hold this interview.
    """
    # Locked: of two who give it away at one moment, the second does not hold it any more.
    session.refresh(interview, with_for_update=True)
    require(actor, Permission.INTERVIEW_HAND_OVER, interview)
    text = notes.tidy(note)
    if not text:
        raise Invalid("hand_over.note")
    if to not in candidates(session, interview):
        raise Invalid("hand_over.person")
    row = HandOver(
        interview_id=interview.id,
        from_id=interview.interviewer_id,
        to_id=to.id,
        note_sealed=b"",
        by_id=actor.person_id,
    )
    session.add(row)
    session.flush()
    row.note_sealed = notes.seal(keys, interview.id, text, context=f"hand_over:{row.id}")
    interview.interviewer_id = to.id
    if interview.status is Status.PLANNED:
        interview.peer = _is_peer(session, interview, to)
    session.flush()
    session.expire(interview, ["interviewer"])
    audit.record(session, actor, Permission.INTERVIEW_HAND_OVER, interview, project_id=interview.project_id)
    return row


def _is_peer(session: Session, interview: Interview, person: Person) -> bool:
    return (
        session.scalar(
            select(Membership.id).where(
                Membership.project_id == interview.project_id,
                Membership.person_id == person.id,
                Membership.role == Role.PEER_INTERVIEWER,
            )
        )
        is not None
    )


def unread(session: Session, actor: Actor, interviews: Collection[Interview]) -> dict[object, HandOver]:
    """Return per interview id the newest note for `actor` that was not read yet, in one query."""
    rows = session.scalars(
        select(HandOver)
        .where(
            HandOver.interview_id.in_([row.id for row in interviews if row.interviewer_id == actor.person_id]),
            HandOver.to_id == actor.person_id,
            HandOver.seen_at.is_(None),
        )
        .order_by(HandOver.at)
    )
    return {row.interview_id: row for row in rows}


def read(actor: Actor, row: HandOver, *, keys: KeyStore) -> str | None:
    """Return the note, for the one it was written to; None when its interview's key is gone. Raises NotVisible."""
    if row.to_id != actor.person_id:
        raise NotVisible
    return notes.unseal(keys, row.interview_id, row.note_sealed, context=f"hand_over:{row.id}")


def seen(session: Session, actor: Actor, interview: Interview) -> None:
    """Remember that the interviewer read the notes that came with `interview`."""
    require(actor, Permission.INTERVIEW_SEE, interview)
    for row in session.scalars(
        select(HandOver).where(
            HandOver.interview_id == interview.id, HandOver.to_id == actor.person_id, HandOver.seen_at.is_(None)
        )
    ):
        row.seen_at = now()
    session.flush()
