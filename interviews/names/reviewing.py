"""What people decide about proposed names, one by one, until somebody hands them in."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from interviews.access import Actor
from interviews.bsn import taken_out
from interviews.clock import now
from interviews.detect.findings import Finding, IdentifierType
from interviews.errors import Invalid
from interviews.hidden import BLOCK
from interviews.keys import KeyStore
from interviews.models import NameEntity, NameMention, Transcript
from interviews.models.name import MentionStatus, StepKind
from interviews.models.transcript import Layer
from interviews.names.history import step
from interviews.names.rows import (
    BY_HAND,
    add_entity,
    canonical_of,
    entities_of,
    mention_of,
    places_of,
    project_pseudonyms,
    project_words,
    raw_words,
    require_current,
    require_review,
    span_of,
    words_at,
    words_in,
)
from interviews.pseudonyms import propose_replacement
from interviews.text import one_line
from interviews.transcripts import newest, open_raw
from interviews.turns import Turn, TurnSpan

MAX_REPLACEMENT = 60
SUGGESTED = 3
"""How many neutral names one may choose from."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One entity as a person reviews it: its own words (class R) and where they stand."""

    entity: NameEntity
    canonical: str
    mentions: tuple[tuple[NameMention, str], ...]
    """Each mention with the words that stand there."""

    @property
    def undecided(self) -> int:
        """How many mentions nobody has decided on."""
        return sum(mention.status is MentionStatus.PROPOSED for mention, _ in self.mentions)


def review(session: Session, transcript: Transcript, turns: Sequence[Turn], *, keys: KeyStore) -> list[Reading]:
    """Return every entity with its words and mentions, in order of first mention; `turns` as `read_raw` gave them.

    An entity that was joined with another has no mention left, and is not returned.

    Raises Invalid("names.text_changed") when the text was corrected and the finder has not read it since.
    """
    key = keys.open(transcript.interview_id)
    rows = entities_of(session, transcript)
    revision = newest(session, transcript, Layer.RAW)
    if revision is not None:
        require_current(rows, revision)
    readings = [_reading(entity, canonical_of(entity, key), turns) for entity in rows if entity.mentions]
    return sorted(readings, key=lambda reading: [(m.turn, m.start) for m, _ in reading.mentions][:1])


def _reading(entity: NameEntity, canonical: str, turns: Sequence[Turn]) -> Reading:
    """Return an entity as it is reviewed; by the words that may still be read when something of it was asked to go."""
    mentions = tuple((mention, words_at(turns, span_of(mention))) for mention in entity.mentions)
    said = [words for _mention, words in mentions]
    if any(BLOCK in words for words in said) and canonical not in said:
        canonical = max((words for words in said if BLOCK not in words), key=len, default=BLOCK)
    return Reading(entity, canonical, mentions)


def undecided(session: Session, transcript: Transcript) -> int:
    """Return the number of mentions that nobody has decided on."""
    return int(
        session.scalar(
            select(func.count())
            .select_from(NameMention)
            .join(NameEntity)
            .where(NameEntity.transcript_id == transcript.id, NameMention.status == MentionStatus.PROPOSED)
        )
        or 0
    )


def decide(
    session: Session, actor: Actor, mentions: Sequence[NameMention], *, status: MentionStatus
) -> list[MentionStatus]:
    """Say of mentions of one transcript whether they are names; return what they were before.

    What had this answer already stays the decision of who gave it.
    """
    before = [mention.status for mention in mentions]
    by_transcript: dict[uuid.UUID, list[NameMention]] = {}
    for mention in mentions:
        by_transcript.setdefault(mention.entity.transcript_id, []).append(mention)
    transcripts = [session.get_one(Transcript, each) for each in by_transcript]
    for transcript in transcripts:
        require_review(actor, transcript)
    for transcript in transcripts:
        with step(session, actor, transcript, StepKind.DECIDED):
            answer(actor, by_transcript[transcript.id], status)
    return before


def answer(actor: Actor, mentions: Iterable[NameMention], status: MentionStatus) -> None:
    """Give mentions an answer. Asks no permission and writes down no step: for verbs that do."""
    for mention in mentions:
        if mention.status is not status:
            mention.status = status
            mention.decided_by_id = None if status is MentionStatus.PROPOSED else actor.person_id
            mention.decided_at = None if status is MentionStatus.PROPOSED else now()


def accept_rest(session: Session, actor: Actor, transcript: Transcript) -> int:
    """Accept every mention that is still only proposed; return their number."""
    require_review(actor, transcript)
    waiting = [
        mention
        for entity in entities_of(session, transcript)
        for mention in entity.mentions
        if mention.status is MentionStatus.PROPOSED
    ]
    decide(session, actor, waiting, status=MentionStatus.ACCEPTED)
    return len(waiting)


def add(
    session: Session,
    actor: Actor,
    transcript: Transcript,
    words: str,
    *,
    kind: IdentifierType,
    keys: KeyStore,
    entity: NameEntity | None = None,
) -> int:
    """Take `words` out wherever they stand in the transcript; return the number of mentions that this made or accepted.

    With `entity` they are the same person or place as that one. A place that somebody had called no name becomes one;
    what is proposed there is accepted. Raises Invalid("names.not_found") when the words are nowhere, or out
    everywhere already.
    """
    require_review(actor, transcript)
    plain = one_line(words)
    if not plain:
        raise Invalid("names.empty")
    if entity is not None and entity.transcript_id != transcript.id:
        raise Invalid("names.other_transcript")
    revision, turns = open_raw(session, transcript, keys=keys)
    rows = entities_of(session, transcript)
    require_current(rows, revision)
    marked = [mention for row in rows for mention in row.mentions]
    places = _places_to_take_out(turns, plain, marked)
    if not places:
        raise Invalid("names.not_found", words=plain)
    there = {span_of(mention): mention for mention in marked}
    same = [there[place] for place in places if place in there]
    fresh = [place for place in places if place not in there]
    with step(session, actor, transcript, StepKind.ADDED):
        answer(actor, same, MentionStatus.ACCEPTED)
        entity = entity or (same[0].entity if same else None)
        if entity is None:
            entity = own_entity(session, transcript, plain, rows, kind=kind, keys=keys)
        for mention in same:
            mention.proposed_by_id = actor.person_id
            if mention.entity is not entity:
                entity.mentions.append(mention)
        for place in fresh:
            finding = Finding(place, kind, entity.key, BY_HAND, 1.0)
            entity.mentions.append(
                mention_of(
                    finding,
                    revision,
                    status=MentionStatus.ACCEPTED,
                    decided_by=actor.person_id,
                    proposed_by=actor.person_id,
                )
            )
    return len(places)


def _places_to_take_out(turns: Sequence[Turn], words: str, marked: Sequence[NameMention]) -> list[TurnSpan]:
    """Return the places of `words` that no accepted mention covers."""
    accepted = [span_of(mention) for mention in marked if mention.status is MentionStatus.ACCEPTED]
    return [
        place
        for place in places_of(turns, words)
        if not any(span.turn == place.turn and span.start <= place.start and place.end <= span.end for span in accepted)
    ]


def own_entity(
    session: Session,
    transcript: Transcript,
    words: str,
    rows: Sequence[NameEntity],
    *,
    kind: IdentifierType,
    keys: KeyStore,
) -> NameEntity:
    """Add an entity for `words`, with the pseudonym or label that fits its kind."""
    replacement = propose_replacement(
        kind,
        words=words,
        taken={row.replacement for row in rows} | set(project_pseudonyms(session, transcript)),
        raw_words=project_words(session, transcript, keys=keys) if kind is IdentifierType.PERSON else (),
        seed=len(rows),
    )
    return add_entity(
        session,
        transcript,
        kind=kind,
        canonical=words,
        replacement=replacement,
        position=len(rows),
        key=keys.open(transcript.interview_id),
    )


def set_replacement(session: Session, actor: Actor, entity: NameEntity, replacement: str, *, keys: KeyStore) -> None:
    """Choose what stands there instead.

    Raises Invalid("replacement.length"), Invalid("replacement.in_text") when it holds a name that must go, or, for a
    person, any word of the raw text, Invalid("replacement.taken") when somebody else here is called so, and
    Invalid("replacement.in_project") when somebody anywhere in the project is, or is really called so.
    """
    transcript = session.get_one(Transcript, entity.transcript_id)
    require_review(actor, transcript)
    plain = taken_out(one_line(replacement))[0]
    if not plain or len(plain) > MAX_REPLACEMENT:
        raise Invalid("replacement.length", maximum=MAX_REPLACEMENT)
    _, turns = open_raw(session, transcript, keys=keys)
    rows = [row for row in entities_of(session, transcript) if row.mentions]
    if holds_a_name(plain, gone_words(rows, turns)):
        raise Invalid("replacement.in_text", name=plain)
    if entity.type is IdentifierType.PERSON and not plain.startswith("[") and plain != entity.replacement:
        _require_free(session, transcript, entity, plain, rows, turns, keys=keys)
    with step(session, actor, transcript, StepKind.RENAMED):
        entity.replacement = plain


def _require_free(
    session: Session,
    transcript: Transcript,
    entity: NameEntity,
    name: str,
    rows: Sequence[NameEntity],
    turns: Sequence[Turn],
    *,
    keys: KeyStore,
) -> None:
    """Raise Invalid when a name stands for somebody else already, or is really somebody's in the project."""
    if not words_in(name).isdisjoint(raw_words(turns)):
        raise Invalid("replacement.in_text", name=name)
    others = {row.replacement.casefold() for row in rows if row.id != entity.id and row.type is IdentifierType.PERSON}
    if name.casefold() in others:
        raise Invalid("replacement.taken", name=name)
    own = {person.pseudonym for person in transcript.interview.interviewees}
    elsewhere = {each.casefold() for each in set(project_pseudonyms(session, transcript)) - own}
    if name.casefold() in elsewhere or not words_in(name).isdisjoint(project_words(session, transcript, keys=keys)):
        raise Invalid("replacement.in_project", name=name)


def suggestions(session: Session, transcript: Transcript, entity: NameEntity, *, keys: KeyStore) -> list[str]:
    """Return other names to choose from for a person: first what an interviewee of this talk chose, then neutral ones.

    None of them is a word of the project's raw texts or stands for somebody already.
    """
    raw = project_words(session, transcript, keys=keys)
    taken = set(project_pseudonyms(session, transcript))
    here = {row.replacement for row in entities_of(session, transcript) if row.mentions and row.id != entity.id}
    own = [
        person.pseudonym
        for person in transcript.interview.interviewees
        if person.pseudonym and person.pseudonym not in here and words_in(person.pseudonym).isdisjoint(raw)
    ]
    neutral: list[str] = []
    for seed in range(SUGGESTED):
        neutral.append(
            propose_replacement(
                IdentifierType.PERSON, taken=taken | set(neutral), raw_words=raw, seed=entity.position + seed
            )
        )
    return [name for name in dict.fromkeys([*own, *neutral]) if name != entity.replacement]


def gone_words(rows: Iterable[NameEntity], turns: Sequence[Turn], *, only_accepted: bool = False) -> set[str]:
    """Return the words (class R) that are to go: accepted, or, unless `only_accepted`, not decided on yet."""
    said = {MentionStatus.ACCEPTED} if only_accepted else {MentionStatus.ACCEPTED, MentionStatus.PROPOSED}
    return {
        words_at(turns, span_of(mention))
        for row in rows
        for mention in row.mentions
        if mention.status in said and mention.turn < len(turns)
    }


def holds_a_name(plain: str, gone: Iterable[str]) -> bool:
    """Tell whether words that are to go stand in a replacement: a label in brackets could bring them back."""
    return any(re.search(rf"(?<!\w){re.escape(words)}(?!\w)", plain, re.IGNORECASE) for words in gone if words)


def join(session: Session, actor: Actor, entity: NameEntity, *, into: NameEntity) -> None:
    """Say that two entities are one person: every mention gets the other's pseudonym.

    The one that is left without mentions stays until approval, so that this can be undone.
    """
    transcript = session.get_one(Transcript, entity.transcript_id)
    require_review(actor, transcript)
    if entity.transcript_id != into.transcript_id or entity.id == into.id:
        raise Invalid("names.join")
    with step(session, actor, transcript, StepKind.JOINED):
        for mention in list(entity.mentions):
            into.mentions.append(mention)
        session.flush()
        session.expire(entity)


def split(session: Session, actor: Actor, mentions: Sequence[NameMention], *, keys: KeyStore) -> NameEntity:
    """Say that some mentions of an entity mean somebody else: they become an entity of their own, which is returned.

    Raises Invalid("names.split") for none, for all of them, or for mentions of more than one entity.
    """
    if not mentions or len({mention.entity_id for mention in mentions}) != 1:
        raise Invalid("names.split")
    entity = mentions[0].entity
    transcript = session.get_one(Transcript, entity.transcript_id)
    require_review(actor, transcript)
    if len(mentions) >= len(entity.mentions):
        raise Invalid("names.split")
    revision, turns = open_raw(session, transcript, keys=keys)
    rows = entities_of(session, transcript)
    require_current(rows, revision)
    with step(session, actor, transcript, StepKind.SPLIT):
        words = max((words_at(turns, span_of(mention)) for mention in mentions), key=len)
        made = own_entity(session, transcript, words, rows, kind=entity.type, keys=keys)
        for mention in mentions:
            made.mentions.append(mention)
        session.flush()
        session.expire(entity)
    return made
