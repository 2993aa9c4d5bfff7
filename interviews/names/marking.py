"""What makes somebody recognisable without a name: asked per part of the text, marked by people, said less exactly or left out."""

from __future__ import annotations

import enum
import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from interviews import audit
from interviews.access import Actor, Permission
from interviews.bsn import taken_out
from interviews.detect.findings import Finding, IdentifierType
from interviews.errors import Invalid
from interviews.hidden import BLOCK
from interviews.keys import KeyStore
from interviews.models import NameEntity, PartLook, Revision, Transcript
from interviews.models.name import IndirectKind, MentionStatus, SpecialCategory, StepKind
from interviews.names.history import step
from interviews.names.reviewing import gone_words, holds_a_name
from interviews.names.rows import (
    BY_HAND,
    add_entity,
    entities_of,
    mention_of,
    require_current,
    require_review,
    span_of,
    words_at,
)
from interviews.pseudonyms import OMITTED_LABEL
from interviews.text import one_line
from interviews.transcripts import open_raw
from interviews.turns import Turn, TurnSpan

PART = 1_200
"""Characters of text that are asked about at once: what one reads on a phone without losing the question."""
MAX_GENERAL = 120
"""Characters of the words that may stand in the place of a passage."""


class Handling(enum.StrEnum):
    """What is done with a passage."""

    LEAVE = "leave"
    GENERALISE = "generalise"
    TAKE_OUT = "take_out"


@dataclass(frozen=True, slots=True)
class Part:
    """Some turns of a text: `number` from 1, turns `first` to `last`, both included."""

    number: int
    first: int
    last: int


def parts_of(turns: Sequence[Turn]) -> list[Part]:
    """Return a text in parts of whole turns, of about `PART` characters each."""
    parts: list[Part] = []
    first = length = 0
    for number, turn in enumerate(turns):
        if number > first and length + len(turn.text) > PART:
            parts.append(Part(len(parts) + 1, first, number - 1))
            first, length = number, 0
        length += len(turn.text)
    return [*parts, Part(len(parts) + 1, first, len(turns) - 1)] if turns else []


def look(session: Session, actor: Actor, transcript: Transcript, *, part: int, keys: KeyStore) -> None:
    """Say that a part of the text holds nothing more that makes somebody recognisable. Saying it again changes nothing.

    Raises Invalid("names.part") for a part that is not there.
    """
    require_review(actor, transcript)
    revision, turns = open_raw(session, transcript, keys=keys)
    found = next((one for one in parts_of(turns) if one.number == part), None)
    if found is None:
        raise Invalid("names.part")
    if actor.person_id not in lookers(session, revision).get(found.first, set()):
        session.add(PartLook(revision_id=revision.id, first_turn=found.first, by_id=actor.person_id))
        session.flush()


def lookers(session: Session, revision: Revision) -> dict[int, set[object]]:
    """Return per first turn of a part the ids of who looked at it."""
    found: dict[int, set[object]] = {}
    for first, by in session.execute(
        select(PartLook.first_turn, PartLook.by_id).where(PartLook.revision_id == revision.id)
    ):
        found.setdefault(first, set()).add(by)
    return found


def never_looked(session: Session, transcript: Transcript, revision: Revision, turns: Sequence[Turn]) -> list[Part]:
    """Return the parts of the newest text that nobody has looked at for anything but names."""
    seen = lookers(session, revision)
    return [part for part in parts_of(turns) if part.first not in seen]


def mark(
    session: Session,
    actor: Actor,
    transcript: Transcript,
    spans: Sequence[TurnSpan],
    *,
    kind: IndirectKind | None,
    handling: Handling,
    keys: KeyStore,
    words: str = "",
    categories: Collection[SpecialCategory] = (),
) -> NameEntity:
    """Mark passages of the newest raw text, the same words in each, and say what is done with them.

    Each span grows to whole words. What is said less exactly gets `words`, in brackets. Raises Invalid("mark.nothing")
    without a kind or a category, Invalid("mark.place") for no such passage, Invalid("mark.words") without words to put
    there or with too many, Invalid("replacement.in_text") when these hold a name that must go, and
    Invalid("mark.again") for a passage that is marked already.
    """
    require_review(actor, transcript)
    if kind is None and not categories:
        raise Invalid("mark.nothing")
    revision, turns = open_raw(session, transcript, keys=keys)
    rows = entities_of(session, transcript)
    require_current(rows, revision)
    whole = sorted({_whole_words(turns, span) for span in spans})
    if not whole or any(BLOCK in words_at(turns, span) for span in whole):
        raise Invalid("mark.place")
    there = {span_of(mention) for row in rows if row.indirect or row.categories for mention in row.mentions}
    if there.intersection(whole):
        raise Invalid("mark.again")
    replacement = _instead(handling, words, rows, turns)
    status = MentionStatus.REJECTED if handling is Handling.LEAVE else MentionStatus.ACCEPTED
    with step(session, actor, transcript, StepKind.MARKED):
        entity = add_entity(
            session,
            transcript,
            kind=IdentifierType.INDIRECT,
            canonical=words_at(turns, whole[0]),
            replacement=replacement,
            position=len(rows),
            key=keys.open(transcript.interview_id),
            indirect=kind,
            categories=[one.value for one in categories],
        )
        for span in whole:
            finding = Finding(span, IdentifierType.INDIRECT, entity.key, BY_HAND, 1.0)
            entity.mentions.append(
                mention_of(finding, revision, status=status, decided_by=actor.person_id, proposed_by=actor.person_id)
            )
    audit.record(
        session,
        actor,
        Permission.NAMES_PROPOSE,
        entity,
        project_id=transcript.interview.project_id,
        reason="marked",
    )
    return entity


def _instead(handling: Handling, words: str, rows: Sequence[NameEntity], turns: Sequence[Turn]) -> str:
    if handling is not Handling.GENERALISE:
        return OMITTED_LABEL
    plain = taken_out(one_line(words).strip("[] "))[0]
    if not plain or len(plain) > MAX_GENERAL:
        raise Invalid("mark.words", maximum=MAX_GENERAL)
    if holds_a_name(plain, gone_words(rows, turns)):
        raise Invalid("replacement.in_text", name=plain)
    return f"[{plain}]"


def _whole_words(turns: Sequence[Turn], span: TurnSpan) -> TurnSpan:
    """Return a span without white space around it, grown to whole words. Raises Invalid("mark.place") for nothing."""
    if span.turn >= len(turns) or span.end > len(turns[span.turn].text):
        raise Invalid("mark.place")
    text = turns[span.turn].text
    start, end = span.start, span.end
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start == end:
        raise Invalid("mark.place")
    while start > 0 and _inside(text, start):
        start -= 1
    while end < len(text) and _inside(text, end):
        end += 1
    return TurnSpan(span.turn, start, end)


def _inside(text: str, place: int) -> bool:
    """Tell whether `place` is between two characters of one word; marks that go on a letter belong to it."""
    return bool(re.fullmatch(r"[\w\u0300-\u036f]{2}", text[place - 1 : place + 1]))


def places_in(turns: Sequence[Turn], part: Part, words: str) -> list[TurnSpan]:
    """Return where `words` stand in a part of the text; white space and capitals may differ."""
    plain = one_line(words).split()
    if not plain:
        return []
    pattern = re.compile(r"(?<!\w)" + r"\s+".join(map(re.escape, plain)) + r"(?!\w)", re.IGNORECASE)
    return [
        TurnSpan(number, found.start(), found.end())
        for number in range(part.first, part.last + 1)
        for found in pattern.finditer(turns[number].text)
    ]


def categories_of(session: Session, transcript: Transcript) -> Counter[SpecialCategory]:
    """Return how many passages were marked with each special category."""
    return Counter(
        SpecialCategory(value)
        for row in entities_of(session, transcript)
        for value in row.categories or ()
        for _mention in row.mentions
    )
