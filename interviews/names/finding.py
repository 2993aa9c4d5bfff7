"""Let the finder read the raw text, and carry over what people decided before a correction."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from sqlalchemy.orm import Session

from interviews.detect.findings import Finding, IdentifierType
from interviews.keys import DataKey, KeyStore
from interviews.models import Interviewee, NameEntity, Revision, Transcript
from interviews.models.name import IndirectKind, MentionStatus
from interviews.names.history import forget
from interviews.names.rows import (
    BY_HAND,
    add_entity,
    canonical_of,
    entities_of,
    mention_of,
    places_of,
    project_pseudonyms,
    project_words,
    span_of,
    words_at,
    words_in,
)
from interviews.names.who import role_of, says_own_name
from interviews.pseudonyms import propose_replacement
from interviews.transcripts import open_raw, speaker_names
from interviews.turns import SpeakerRole, Turn, TurnSpan


class Finder(Protocol):
    """What proposes names; `interviews.detect.finder.NameFinder` is one."""

    def find(self, turns: Sequence[Turn], *, keep: Collection[str] = ()) -> list[Finding]:
        """Return the proposals, sorted and without overlaps."""


@dataclass(frozen=True, slots=True)
class _Earlier:
    """An entity as it was before: what people chose for it outlives a correction of the text."""

    id: uuid.UUID
    kind: IdentifierType
    canonical: str
    replacement: str
    indirect: IndirectKind | None
    categories: tuple[str, ...]

    @property
    def is_mark(self) -> bool:
        """Whether a person marked a passage here, which no finder proposes."""
        return self.indirect is not None or bool(self.categories)


@dataclass(frozen=True, slots=True)
class _Decision:
    """What a person said about some words, wherever they stood. `earlier` is None when they meant several things."""

    words: str
    status: MentionStatus
    decided_by: uuid.UUID | None
    proposed_by: uuid.UUID | None
    earlier: _Earlier | None


_NOTHING = _Decision("", MentionStatus.PROPOSED, None, None, None)


def propose(session: Session, transcript: Transcript, *, keys: KeyStore, finder: Finder) -> int:
    """Let the finder read the newest raw revision and store what it proposes; return the number of mentions.

    After a correction, what a person decided about the same words is carried over: yes or no, who means whom, what
    stands there instead, and what a person added or marked. Words with a yes in one place and a no in another are asked
    again. Steps of before can no longer be undone.
    """
    revision, turns = open_raw(session, transcript, keys=keys)
    key = keys.open(transcript.interview_id)
    rows = entities_of(session, transcript)
    decisions = _decisions(rows, session, key)
    findings = _with_added(finder.find(_as_in_source(session, transcript, turns, keys)), turns, decisions)
    forget(session, transcript)
    for row in rows:
        session.delete(row)
    session.flush()
    text_words = project_words(session, transcript, keys=keys)
    groups = _grouped(findings, turns, decisions)
    taken = {earlier.replacement for earlier, _ in groups if earlier is not None}
    here = set(taken)
    taken |= set(project_pseudonyms(session, transcript))
    for position, (earlier, group) in enumerate(groups):
        if earlier is not None and not _names_somebody(earlier, text_words):
            kind, canonical, replacement = earlier.kind, earlier.canonical, earlier.replacement
        else:
            kind = group[0].type if earlier is None else earlier.kind
            canonical = max((words_at(turns, finding.span) for finding in group), key=len)
            replacement = _replacement(
                transcript, turns, group, kind=kind, taken=taken, here=here, text_words=text_words, seed=position
            )
        taken.add(replacement)
        here.add(replacement)
        entity = add_entity(
            session,
            transcript,
            kind=kind,
            canonical=canonical,
            replacement=replacement,
            position=position,
            key=key,
            indirect=None if earlier is None else earlier.indirect,
            categories=None if earlier is None else earlier.categories,
        )
        for finding in group:
            known = decisions.get(words_at(turns, finding.span).casefold(), _NOTHING)
            entity.mentions.append(
                mention_of(
                    finding,
                    revision,
                    status=known.status,
                    decided_by=known.decided_by,
                    proposed_by=known.proposed_by,
                )
            )
    session.flush()
    return len(findings)


def _as_in_source(session: Session, transcript: Transcript, turns: Sequence[Turn], keys: KeyStore) -> list[Turn]:
    """Return the turns with the speakers as the source named them: a label may hold the very name to look for."""
    names = speaker_names(session, transcript, keys=keys)
    return [replace(turn, speaker=None if turn.speaker is None else names.get(turn.speaker)) for turn in turns]


def _decisions(rows: Sequence[NameEntity], session: Session, key: DataKey) -> dict[str, _Decision]:
    """Return per words (without capitals) what people said about them."""
    texts: dict[uuid.UUID, list[Turn]] = {}
    decisions: dict[str, _Decision] = {}
    for row in rows:
        earlier = _Earlier(
            row.id, row.type, canonical_of(row, key), row.replacement, row.indirect, tuple(row.categories or ())
        )
        for mention in row.mentions:
            if mention.revision_id not in texts:
                texts[mention.revision_id] = _raw_turns(session.get_one(Revision, mention.revision_id), key)
            words = words_at(texts[mention.revision_id], span_of(mention))
            own = _Decision(words, mention.status, mention.decided_by_id, mention.proposed_by_id, earlier)
            known = decisions.get(words.casefold())
            decisions[words.casefold()] = own if known is None else _both(known, own)
    return decisions


def _both(one: _Decision, other: _Decision) -> _Decision:
    """Return what two mentions of the same words say together; where they differ, nobody has decided."""
    agreed = one.status is other.status
    return _Decision(
        one.words,
        one.status if agreed else MentionStatus.PROPOSED,
        one.decided_by if agreed else None,
        one.proposed_by or other.proposed_by,
        one.earlier if one.earlier == other.earlier else None,
    )


def _raw_turns(revision: Revision, key: DataKey) -> list[Turn]:
    if revision.sealed is None:
        raise ValueError("a mention stands in the raw layer")
    text = key.open_text(revision.sealed, context=f"revision:{revision.id}")
    return [Turn(None, text[row.start : row.end]) for row in revision.turns]


def _with_added(
    findings: Sequence[Finding], turns: Sequence[Turn], decisions: Mapping[str, _Decision]
) -> list[Finding]:
    """Return the findings and, for accepted words that the finder does not see, every place where they stand.

    Longer words first: who is known as "Roos van Dam" is not found as "Roos" in the middle of it. A passage that a
    person marked is found again also when its words may stay, and around names.
    """
    found = list(findings)
    taken: dict[int, list[TurnSpan]] = {}
    for finding in findings:
        taken.setdefault(finding.span.turn, []).append(finding.span)
    marks = [known for known in decisions.values() if known.earlier is not None and known.earlier.is_mark]
    for known in marks:
        found += [
            Finding(span, IdentifierType.INDIRECT, f"added-{known.words}", BY_HAND, 1.0)
            for span in places_of(turns, known.words)
            if span not in taken.get(span.turn, ())
        ]
    accepted = [known for known in decisions.values() if known.status is MentionStatus.ACCEPTED and known not in marks]
    for known in sorted(accepted, key=lambda known: -len(known.words)):
        kind = IdentifierType.PERSON if known.earlier is None else known.earlier.kind
        for span in places_of(turns, known.words):
            if not any(span.overlaps(other) for other in taken.get(span.turn, ())):
                taken.setdefault(span.turn, []).append(span)
                found.append(Finding(span, kind, f"added-{known.words}", BY_HAND, 1.0))
    return sorted(found, key=lambda finding: finding.span)


def _grouped(
    findings: Sequence[Finding], turns: Sequence[Turn], decisions: Mapping[str, _Decision]
) -> list[tuple[_Earlier | None, list[Finding]]]:
    """Return the findings per person or thing, in order: as people grouped them before, else as the finder does."""
    earlier_of_entity: dict[str, _Earlier] = {}
    own: list[_Earlier | None] = []
    for finding in findings:
        earlier = decisions.get(words_at(turns, finding.span).casefold(), _NOTHING).earlier
        own.append(earlier)
        if earlier is not None:
            earlier_of_entity.setdefault(finding.entity, earlier)
    groups: dict[str, tuple[_Earlier | None, list[Finding]]] = {}
    for finding, known in zip(findings, own, strict=True):
        earlier = known or earlier_of_entity.get(finding.entity)
        name = finding.entity if earlier is None else str(earlier.id)
        groups.setdefault(name, (earlier, []))[1].append(finding)
    return list(groups.values())


def _names_somebody(earlier: _Earlier, text_words: Collection[str]) -> bool:
    """Tell whether the text now holds the pseudonym as a word of its own, so that another one is needed."""
    if earlier.kind is not IdentifierType.PERSON or earlier.replacement.startswith("["):
        return False
    return not words_in(earlier.replacement).isdisjoint(text_words)


def _replacement(
    transcript: Transcript,
    turns: Sequence[Turn],
    group: Sequence[Finding],
    *,
    kind: IdentifierType,
    taken: Collection[str],
    here: Collection[str],
    text_words: Collection[str],
    seed: int,
) -> str:
    """Return what to put in place: the own choice of an interviewee, a word for a role, else something neutral."""
    interviewee = _who_says_own_name(transcript, turns, group)
    if interviewee is not None and interviewee.pseudonym and words_in(interviewee.pseudonym).isdisjoint(text_words):
        return interviewee.pseudonym
    words = max((words_at(turns, finding.span) for finding in group), key=len)
    role = None
    if kind is IdentifierType.PERSON and interviewee is None:
        role = role_of(((turns[finding.span.turn].text, finding.span.start) for finding in group), here)
    return propose_replacement(kind, words=words, taken=taken, raw_words=text_words, seed=seed, role=role)


def _who_says_own_name(transcript: Transcript, turns: Sequence[Turn], group: Sequence[Finding]) -> Interviewee | None:
    """Return the interviewee who introduces themselves by one of these mentions ("ik ben …", "ik heet …")."""
    speakers = {row.label: row for row in transcript.speakers}
    for finding in group:
        turn, asked = turns[finding.span.turn], turns[finding.span.turn - 1].text if finding.span.turn else ""
        speaker = speakers.get(turn.speaker or "")
        if (
            finding.type is IdentifierType.PERSON
            and says_own_name(turn.text, finding.span.start, finding.span.end, asked=asked)
            and speaker is not None
            and speaker.role is SpeakerRole.INTERVIEWEE
        ):
            return speaker.interviewee
    return None
