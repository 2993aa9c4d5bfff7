"""Who did what in the review of one transcript, and how each step is undone until a second person approved."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from interviews.access import Actor
from interviews.clock import now
from interviews.detect.findings import IdentifierType
from interviews.errors import Invalid
from interviews.models import NameEntity, NameMention, NameStep, Transcript
from interviews.models.name import IndirectKind, MentionStatus, StepKind
from interviews.names.rows import require_review

State = dict[str, dict[str, list[object] | None]]
"""What the review says: per mention ("m") and per entity ("e") its id with its values, None where it was not there."""

DECISIONS = frozenset(
    {StepKind.DECIDED, StepKind.RENAMED, StepKind.JOINED, StepKind.SPLIT, StepKind.ADDED, StepKind.MARKED}
)
"""The steps that say something about names; the others are about the transcript as a whole."""


def _state(session: Session, transcript: Transcript) -> State:
    mentions = session.execute(
        select(
            NameMention.id,
            NameMention.entity_id,
            NameMention.status,
            NameMention.decided_by_id,
            NameMention.decided_at,
            NameMention.proposed_by_id,
        )
        .join(NameEntity)
        .where(NameEntity.transcript_id == transcript.id)
    )
    entities = session.execute(
        select(
            NameEntity.id, NameEntity.type, NameEntity.replacement, NameEntity.indirect, NameEntity.categories
        ).where(NameEntity.transcript_id == transcript.id)
    )
    return {
        "m": {str(one.id): [_plain(value) for value in one[1:]] for one in mentions},
        "e": {str(one.id): [_plain(value) for value in one[1:]] for one in entities},
    }


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat()
    return str(value) if isinstance(value, uuid.UUID) else value


def _changed(before: State, after: State) -> tuple[State, State]:
    """Return what differs, as it was and as it is."""
    old: State = {"m": {}, "e": {}}
    new: State = {"m": {}, "e": {}}
    for part in ("m", "e"):
        for key in before[part].keys() | after[part].keys():
            one, other = before[part].get(key), after[part].get(key)
            if one != other:
                old[part][key], new[part][key] = one, other
    return old, new


@contextmanager
def step(session: Session, actor: Actor, transcript: Transcript, kind: StepKind) -> Iterator[None]:
    """Write down what the block changes, as one step of `actor` that can be undone. A block that changes nothing is none."""
    session.flush()
    before = _state(session, transcript)
    yield
    session.flush()
    old, new = _changed(before, _state(session, transcript))
    if new["m"] or new["e"]:
        note(session, actor, transcript, kind, places=len(new["m"]), before=old, after=new)


def note(
    session: Session,
    actor: Actor,
    transcript: Transcript,
    kind: StepKind,
    *,
    places: int = 0,
    before: State | None = None,
    after: State | None = None,
) -> NameStep:
    """Add a step; without `before` and `after` it cannot be undone."""
    last = session.scalar(select(func.max(NameStep.number)).where(NameStep.transcript_id == transcript.id))
    made = NameStep(
        id=uuid.uuid4(),
        transcript_id=transcript.id,
        number=(last or 0) + 1,
        kind=kind,
        by_id=actor.person_id,
        places=places,
        before=before,
        after=after,
    )
    session.add(made)
    session.flush()
    return made


def steps_of(session: Session, transcript: Transcript) -> Sequence[NameStep]:
    """Return every step in the review of a transcript, newest first."""
    return session.scalars(
        select(NameStep)
        .where(NameStep.transcript_id == transcript.id)
        .order_by(NameStep.number.desc(), NameStep.at.desc(), NameStep.id)
    ).all()


def newest_own(session: Session, actor: Actor, transcript: Transcript) -> NameStep | None:
    """Return the newest step of `actor` that can be undone, None when there is none."""
    return next(
        (one for one in steps_of(session, transcript) if one.by_id == actor.person_id and can_be_undone(one)), None
    )


def can_be_undone(one: NameStep) -> bool:
    """Tell whether it is known how things were before this step."""
    return one.undone_at is None and one.before is not None and one.after is not None


def undo(session: Session, actor: Actor, one: NameStep) -> None:
    """Put back how things were before a step.

    Raises Invalid("names.undo_gone") when it was undone already or the text was corrected or approved since, and
    Invalid("names.undo_later") when a later step changed the same: that one is undone first.
    """
    transcript = session.get_one(Transcript, one.transcript_id)
    require_review(actor, transcript)
    if not can_be_undone(one) or one.before is None or one.after is None:
        raise Invalid("names.undo_gone")
    session.flush()
    now_there = _state(session, transcript)
    if any(now_there[part].get(key) != value for part in ("m", "e") for key, value in one.after[part].items()):
        raise Invalid("names.undo_later")
    mentions = one.before["m"]
    made = [uuid.UUID(key) for key, value in one.before["e"].items() if value is None]
    occupied = set(
        session.scalars(
            select(NameMention.id).where(
                NameMention.entity_id.in_(made), NameMention.id.not_in([uuid.UUID(key) for key in mentions])
            )
        )
    )
    if occupied:
        # Somebody put another mention in what this step made.
        raise Invalid("names.undo_later")
    for key, value in mentions.items():
        _put_back_mention(session, uuid.UUID(key), value)
    session.flush()
    for key, value in one.before["e"].items():
        _put_back_entity(session, uuid.UUID(key), value)
    one.undone_at, one.undone_by_id = now(), actor.person_id
    session.flush()
    # The lists of mentions in memory are those of before.
    session.expire_all()


def _put_back_mention(session: Session, key: uuid.UUID, values: list[object] | None) -> None:
    row = session.get_one(NameMention, key)
    if values is None:
        session.delete(row)
        return
    entity, status, decided_by, decided_at, proposed_by = (None if value is None else str(value) for value in values)
    row.entity_id = uuid.UUID(entity)
    row.status = MentionStatus(str(status))
    row.decided_by_id = None if decided_by is None else uuid.UUID(decided_by)
    row.decided_at = None if decided_at is None else datetime.fromisoformat(decided_at)
    row.proposed_by_id = None if proposed_by is None else uuid.UUID(proposed_by)


def _put_back_entity(session: Session, key: uuid.UUID, values: list[object] | None) -> None:
    row = session.get_one(NameEntity, key)
    if values is None:
        # Its mentions are elsewhere again: what is in memory must not take them along.
        session.expire(row)
        session.delete(row)
        return
    kind, replacement, indirect, categories = values
    row.type, row.replacement = IdentifierType(str(kind)), str(replacement)
    row.indirect = None if indirect is None else IndirectKind(str(indirect))
    row.categories = [str(one) for one in categories] if isinstance(categories, list) else None


def forget(session: Session, transcript: Transcript) -> None:
    """Make every step so far final: who did what stays, how it was before goes."""
    session.execute(update(NameStep).where(NameStep.transcript_id == transcript.id).values(before=None, after=None))
    for one in list(session.identity_map.values()):
        if isinstance(one, NameStep) and one.transcript_id == transcript.id:
            session.expire(one)
