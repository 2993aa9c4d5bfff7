"""What a person decides about a place that may hold words that were destroyed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from interviews import audit
from interviews.access import Actor, Permission, require
from interviews.clock import now
from interviews.errors import Invalid
from interviews.keys import KeyStore
from interviews.models import Interview, RemovalRequest
from interviews.models.redaction import Outcome, Redaction, RedactionDecision
from interviews.quoting import Span
from interviews.redactions.places import Place, omitted, places_of


@dataclass(frozen=True, slots=True)
class Open:
    """A place that waits for somebody, as it is now. Without spans when it was changed since it was found."""

    decision: RedactionDecision
    place: Place | None
    """None when the text is gone meanwhile: there is nothing to decide any more."""
    spans: tuple[Span, ...]


def redaction_of(session: Session, actor: Actor, request: RemovalRequest) -> Redaction | None:
    """Return what became of a request that was destroyed; None for another one."""
    require(actor, Permission.REMOVAL_ASK, request)
    return session.scalar(select(Redaction).where(Redaction.request_id == request.id))


def waiting(session: Session, project_id: object) -> Sequence[Redaction]:
    """Return the redactions of a project in which somebody still decides something, oldest first."""
    return session.scalars(
        select(Redaction)
        .join(Interview, Interview.id == Redaction.interview_id)
        .where(
            Interview.project_id == project_id,
            Redaction.decisions.any(RedactionDecision.outcome.is_(None)),
        )
        .order_by(Redaction.at, Redaction.id)
    ).all()


def open_places(
    session: Session, actor: Actor, redaction: Redaction, *, keys: KeyStore, also: Iterable[Place] = ()
) -> list[Open]:
    """Return what somebody still decides, with the texts.

    `also` are places that the caller knows (`coding.redacting`).
    """
    require(actor, Permission.REMOVAL_SETTLE, redaction)
    key = keys.open(redaction.interview_id)
    known = {
        (place.kind, place.subject_id, place.part): place
        for place in (*places_of(session, redaction.interview, key=key), *also)
    }
    found = []
    for decision in redaction.waiting:
        place = known.get((decision.kind, decision.subject_id, decision.part))
        found.append(Open(decision, place, () if place is None else _spans(decision, place.text)))
    return found


def _spans(decision: RedactionDecision, text: str) -> tuple[Span, ...]:
    return tuple((start, end) for start, end in decision.spans) if len(text) == decision.length else ()


def decide(
    session: Session,
    actor: Actor,
    decision: RedactionDecision,
    outcome: Outcome,
    *,
    keys: KeyStore,
    also: Iterable[Place] = (),
) -> None:
    """Take the words out of a place, delete the whole text, or keep it as it says something else.

    Deciding again about the same place is no error and changes nothing. Raises Invalid("removal.place_changed") when
    words must go out of a text that was changed since: then nobody knows which words those are.
    """
    require(actor, Permission.REMOVAL_SETTLE, decision)
    session.refresh(decision, with_for_update=True)
    if decision.outcome is not None:
        return
    redaction = decision.redaction
    for one in open_places(session, actor, redaction, keys=keys, also=also):
        if one.decision is decision:
            _carry_out(one, outcome)
    decision.outcome, decision.decided_at, decision.decided_by_id = outcome, now(), actor.person_id
    session.flush()
    interview = redaction.interview
    audit.record(
        session, actor, Permission.REMOVAL_SETTLE, decision, project_id=interview.project_id, reason=outcome.value
    )


def _carry_out(one: Open, outcome: Outcome) -> None:
    if one.place is None:
        return
    if outcome is Outcome.DELETED:
        one.place.put(None)
    elif outcome is Outcome.WORDS_OUT:
        if not one.spans:
            raise Invalid("removal.place_changed")
        one.place.put(omitted(one.place.text, list(one.spans)))
