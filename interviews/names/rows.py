"""The rows of the names of one transcript: reading them, making them, and finding words in turns."""

from __future__ import annotations

import re
import uuid
from collections.abc import Collection, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from interviews.access import Actor, Permission, require
from interviews.clock import now
from interviews.detect.findings import Finding, IdentifierType
from interviews.errors import Invalid
from interviews.hidden import open_unmasked
from interviews.keys import DataKey, KeyDestroyed, KeyMissing, KeyStore
from interviews.models import Interview, NameEntity, NameMention, Revision, Transcript
from interviews.models.name import IndirectKind, MentionStatus
from interviews.models.transcript import Layer
from interviews.projects import pseudonyms_of
from interviews.turns import Turn, TurnSpan

BY_HAND = "by_hand"
"""The reason of a mention that a person added."""


def entities_of(session: Session, transcript: Transcript) -> Sequence[NameEntity]:
    """Return every entity of a transcript with its mentions."""
    return session.scalars(
        select(NameEntity)
        .where(NameEntity.transcript_id == transcript.id)
        .order_by(NameEntity.position, NameEntity.id)
        .options(selectinload(NameEntity.mentions))
    ).all()


def canonical_of(entity: NameEntity, key: DataKey) -> str:
    """Return the entity's own words (class K)."""
    return key.open_text(entity.canonical_sealed, context=f"name:{entity.id}")


def require_review(actor: Actor, transcript: Transcript) -> None:
    """Who proposes may decide; so may who approves, before approving."""
    permission = Permission.NAMES_PROPOSE if transcript.handed_in_at is None else Permission.NAMES_APPROVE
    require(actor, permission, transcript)


def require_current(entities: Sequence[NameEntity], revision: Revision) -> None:
    """Raise Invalid("names.text_changed") when a mention stands in another revision than `revision`.

    Its place says nothing about the newer text: half a name would stay there.
    """
    if any(mention.revision_id != revision.id for entity in entities for mention in entity.mentions):
        raise Invalid("names.text_changed")


def add_entity(
    session: Session,
    transcript: Transcript,
    *,
    kind: IdentifierType,
    canonical: str,
    replacement: str,
    position: int,
    key: DataKey,
    indirect: IndirectKind | None = None,
    categories: Collection[str] | None = None,
) -> NameEntity:
    """Add an entity without mentions; its own words are sealed."""
    row_id = uuid.uuid4()
    entity = NameEntity(
        id=row_id,
        transcript_id=transcript.id,
        key=f"{kind.value}-{row_id.hex[:8]}",
        type=kind,
        canonical_sealed=key.seal_text(canonical, context=f"name:{row_id}"),
        replacement=replacement,
        position=position,
        indirect=indirect,
        categories=sorted(categories) if categories else None,
    )
    session.add(entity)
    return entity


def mention_of(
    finding: Finding,
    revision: Revision,
    *,
    status: MentionStatus = MentionStatus.PROPOSED,
    decided_by: uuid.UUID | None = None,
    proposed_by: uuid.UUID | None = None,
) -> NameMention:
    """Return a new mention at the place of `finding` in `revision`."""
    return NameMention(
        revision_id=revision.id,
        turn=finding.span.turn,
        start=finding.span.start,
        end=finding.span.end,
        reason=finding.reason,
        score=finding.score,
        status=status,
        proposed_by_id=proposed_by,
        decided_by_id=decided_by,
        decided_at=None if status is MentionStatus.PROPOSED else now(),
    )


def span_of(mention: NameMention) -> TurnSpan:
    """Return where a mention stands."""
    return TurnSpan(mention.turn, mention.start, mention.end)


def words_at(turns: Sequence[Turn], span: TurnSpan) -> str:
    """Return the words of a span."""
    return turns[span.turn].text[span.start : span.end]


def places_of(turns: Sequence[Turn], words: str) -> list[TurnSpan]:
    """Return every place where `words` stand as whole words; capitals do not count."""
    pattern = re.compile(rf"(?<!\w){re.escape(words)}(?!\w)", re.IGNORECASE)
    return [
        TurnSpan(number, match.start(), match.end())
        for number, turn in enumerate(turns)
        for match in pattern.finditer(turn.text)
    ]


def words_in(text: str) -> frozenset[str]:
    """Return the single words of a text, without their capitals."""
    return frozenset(word.casefold() for word in re.findall(r"\w+", text))


def raw_words(turns: Sequence[Turn]) -> frozenset[str]:
    """Return every word of the raw text: what no pseudonym may be."""
    return frozenset().union(*(words_in(turn.text) for turn in turns))


def project_pseudonyms(session: Session, transcript: Transcript) -> Collection[str]:
    """Return the names that stand for somebody anywhere in the project."""
    return pseudonyms_of(session, transcript.interview.project_id)


def project_words(session: Session, transcript: Transcript, *, keys: KeyStore) -> frozenset[str]:
    """Return every word of the newest raw texts of the whole project: a pseudonym is none of them.

    Also of what must go: who is hidden there is no pseudonym either. For this comparison only, and never for a page.
    """
    latest = (
        select(Revision.transcript_id, func.max(Revision.number).label("number"))
        .join(Transcript, Transcript.id == Revision.transcript_id)
        .join(Interview, Interview.id == Transcript.interview_id)
        .where(Interview.project_id == transcript.interview.project_id, Revision.layer == Layer.RAW)
        .group_by(Revision.transcript_id)
        .subquery()
    )
    rows = session.execute(
        select(Revision, Transcript.interview_id)
        .join(Transcript, Transcript.id == Revision.transcript_id)
        .join(latest, (latest.c.transcript_id == Revision.transcript_id) & (latest.c.number == Revision.number))
        .where(Revision.layer == Layer.RAW)
    )
    found: set[str] = set()
    for revision, interview_id in rows:
        try:
            key = keys.open(interview_id)
        except (KeyMissing, KeyDestroyed):
            # That story was taken back: nobody can read its words any more.
            continue
        found |= words_in(open_unmasked(revision, key=key))
    return frozenset(found)
