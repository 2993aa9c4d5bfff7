"""Handing in, and the second person who approves: the only way to a research text."""

from __future__ import annotations

import re
import sys
import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from interviews import audit
from interviews.access import Actor, Permission, require
from interviews.bsn import taken_out
from interviews.clock import now
from interviews.errors import Invalid
from interviews.hidden import OMITTED, blocked
from interviews.keys import KeyStore
from interviews.models import NameEntity, NameStep, ResidualRisk, Revision, Transcript, TurnRow
from interviews.models.interview import Status
from interviews.models.name import MentionStatus, RiskLevel, StepKind
from interviews.models.transcript import Layer
from interviews.names.history import DECISIONS, forget, note, steps_of
from interviews.names.marking import never_looked
from interviews.names.reviewing import gone_words, holds_a_name, undecided
from interviews.names.rows import entities_of, require_current
from interviews.pseudonyms import Replaced, Replacement, is_general, replace
from interviews.recordings import schedule_erasure
from interviews.scopes import Scope
from interviews.text import clean
from interviews.transcripts import newest, open_raw
from interviews.turns import Turn

MOST_NOTE = 1_000
"""Characters somebody may write when approving or sending back."""


class OwnProposal(Invalid):
    """Somebody tried to approve what they proposed, decided or handed in themselves; `key` says which."""

    def __init__(self, key: str = "names.own_proposal") -> None:
        super().__init__(key)


@dataclass(frozen=True, slots=True)
class Risk:
    """What who approves thinks of the risk that is left, and why in their own words."""

    level: RiskLevel
    reason: str


def hand_in(session: Session, actor: Actor, transcript: Transcript) -> None:
    """Say that the names are proposed; from here a second person approves. Handing in again changes nothing.

    Raises Invalid("names.text_changed") when the text was corrected and the finder has not read it since.
    """
    _lock(session, transcript)
    require(actor, Permission.NAMES_PROPOSE, transcript)
    if transcript.handed_in_at is not None:
        # Who handed in first stays the one who may not approve.
        return
    revision = newest(session, transcript, Layer.RAW)
    if revision is None:
        raise Invalid("transcript.empty")
    require_current(entities_of(session, transcript), revision)
    transcript.handed_in_at = now()
    transcript.handed_in_by_id = actor.person_id
    transcript.interview.status = Status.HANDED_IN
    session.flush()
    note(session, actor, transcript, StepKind.HANDED_IN)
    audit.record(
        session,
        actor,
        Permission.NAMES_PROPOSE,
        transcript,
        project_id=transcript.interview.project_id,
        reason="handed in",
    )


def why_not_approve(session: Session, actor: Actor, transcript: Transcript) -> str | None:
    """Return the key of the sentence why the actor is no second person here, None for who is.

    A second person did not hand in, hold the interview or add a name ("names.own_proposal"), and decided nothing of
    what is approved ("names.own_decision"). Who undoes an own decision, or sends the text back, is one again.
    """
    me = actor.person_id
    mentions = [mention for entity in entities_of(session, transcript) for mention in entity.mentions]
    if me in {transcript.handed_in_by_id, transcript.interview.interviewer_id}:
        return "names.own_proposal"
    if any(mention.proposed_by_id == me for mention in mentions):
        return "names.own_proposal"
    if any(mention.decided_by_id == me for mention in mentions) or any(
        one.by_id == me and one.undone_at is None and one.kind in DECISIONS - {StepKind.DECIDED}
        for one in steps_of(session, transcript)
    ):
        return "names.own_decision"
    return None


def may_approve(session: Session, actor: Actor, transcript: Transcript) -> bool:
    """Tell whether the actor is a second person here (`why_not_approve`)."""
    return why_not_approve(session, actor, transcript) is None


def approve(session: Session, actor: Actor, transcript: Transcript, *, keys: KeyStore, risk: Risk) -> Revision:
    """Make the research layer: the raw text with every accepted mention replaced. Return its new revision.

    `risk` is kept, its reason sealed. From here no step can be undone. Raises Invalid("names.not_handed_in"),
    Invalid("names.undecided") while mentions wait for a decision, Invalid("names.text_changed") when the finder has not
    read the newest text, Invalid("names.replacement_names") when what stands in the place of a name holds another
    one, Invalid("risk.reason") without a reason, Invalid("consent.no_research") when somebody does not take part any
    more, and OwnProposal for somebody who is not a second person.
    """
    _lock(session, transcript)
    require(actor, Permission.NAMES_APPROVE, transcript)
    if not transcript.interview.allows(Scope.USE_RESEARCH):
        raise Invalid("consent.no_research")
    if transcript.handed_in_at is None:
        raise Invalid("names.not_handed_in")
    why_not = why_not_approve(session, actor, transcript)
    if why_not is not None:
        raise OwnProposal(why_not)
    waiting = undecided(session, transcript)
    if waiting:
        raise Invalid("names.undecided", count=waiting)
    reason = _written(risk.reason, "risk.reason")
    raw, turns = open_raw(session, transcript, keys=keys)
    entities = entities_of(session, transcript)
    require_current(entities, raw)
    telling = telling_replacements(entities, turns)
    if telling:
        raise Invalid("names.replacement_names", name=telling[0].replacement)
    not_seen = len(never_looked(session, transcript, raw, turns))
    revision = _research(session, transcript, raw, _replaced(entities, turns), made_by_id=actor.person_id)
    transcript.approved_at = now()
    transcript.approved_by_id = actor.person_id
    transcript.tagged_at = None
    transcript.interview.status = Status.NAMES_AWAY
    session.flush()
    risk_id = uuid.uuid4()
    session.add(
        ResidualRisk(
            id=risk_id,
            transcript_id=transcript.id,
            revision_id=revision.id,
            level=risk.level,
            reason_sealed=keys.open(transcript.interview_id).seal_text(reason, context=f"residual_risk:{risk_id}"),
            parts_not_seen=not_seen,
            by_id=actor.person_id,
        )
    )
    note(session, actor, transcript, StepKind.APPROVED)
    _make_final(session, transcript, entities)
    schedule_erasure(session, transcript)
    audit.record(session, actor, Permission.NAMES_APPROVE, transcript, project_id=transcript.interview.project_id)
    return revision


def _written(text: str, key: str) -> str:
    """Return what somebody wrote, tidy and without a BSN. Raises Invalid(key) for nothing or for too much."""
    plain = taken_out(clean(text).strip())[0]
    if not plain or len(plain) > MOST_NOTE:
        raise Invalid(key, maximum=MOST_NOTE)
    return plain


def _make_final(session: Session, transcript: Transcript, entities: Sequence[NameEntity]) -> None:
    """Let go of how things were before: steps can no longer be undone, and who was joined leaves no pseudonym behind."""
    forget(session, transcript)
    for entity in entities:
        if not entity.mentions:
            session.delete(entity)
    session.flush()


def telling_replacements(entities: Sequence[NameEntity], turns: Sequence[Turn]) -> list[NameEntity]:
    """Return the entities whose replacement holds words that go elsewhere: these would come back that way."""
    gone = gone_words(entities, turns, only_accepted=True)
    return [
        entity
        for entity in entities
        if any(mention.status is MentionStatus.ACCEPTED for mention in entity.mentions)
        and not is_general(entity.replacement)
        and holds_a_name(entity.replacement, gone)
    ]


def risk_of(
    session: Session, actor: Actor, transcript: Transcript, *, keys: KeyStore
) -> tuple[ResidualRisk, str] | None:
    """Return what was thought of the risk at the last approval, with its reason (class R); None without approval.

    For who may read the text with names after approval. Logs nothing itself: the page does (`interviews.readings`).
    """
    require(actor, Permission.RAW_REREAD, transcript)
    found = session.scalar(
        select(ResidualRisk)
        .where(ResidualRisk.transcript_id == transcript.id)
        .order_by(ResidualRisk.at.desc(), ResidualRisk.id)
        .limit(1)
    )
    if found is None:
        return None
    key = keys.open(transcript.interview_id)
    return found, key.open_text(found.reason_sealed, context=f"residual_risk:{found.id}")


def differences(session: Session, transcript: Transcript, turns: Sequence[Turn]) -> list[tuple[Turn, Replaced]]:
    """Return per turn of the raw text what the research text would make of it now, with what is accepted so far."""
    by_turn = _replacements(entities_of(session, transcript), turns)
    return [(turn, replace(turn.text, _whole(by_turn.get(number, [])))) for number, turn in enumerate(turns)]


def _lock(session: Session, transcript: Transcript) -> None:
    """Let who corrects the text at this moment wait, and see what was corrected until now.

    Else a text that nobody looked at would count as approved.
    """
    session.execute(select(Transcript.id).where(Transcript.id == transcript.id).with_for_update())
    session.refresh(transcript)


def _research(
    session: Session, transcript: Transcript, raw: Revision, texts: Sequence[str], *, made_by_id: uuid.UUID | None
) -> Revision:
    """Store the next research revision: `texts` are the turns of `raw`, without names."""
    before = newest(session, transcript, Layer.RESEARCH)
    revision = Revision(
        transcript_id=transcript.id,
        layer=Layer.RESEARCH,
        number=1 if before is None else before.number + 1,
        text="\n".join(texts),
        derived_from_id=raw.id,
        made_by_id=made_by_id,
    )
    position = 0
    for row, text in zip(raw.turns, texts, strict=True):
        revision.turns.append(
            TurnRow(
                number=row.number,
                speaker_id=row.speaker_id,
                start=position,
                end=position + len(text),
                start_ms=row.start_ms,
                end_ms=row.end_ms,
            )
        )
        position += len(text) + 1
    session.add(revision)
    return revision


def derive_again(session: Session, transcript: Transcript, *, keys: KeyStore) -> Revision:
    """Make the research text again from what was approved: something in the raw text was hidden or shown again.

    Needs no second person: the names stay what was approved. Who calls this moves the coded passages along.
    """
    raw, turns = open_raw(session, transcript, keys=keys)
    entities = entities_of(session, transcript)
    # What was approved is this text: another one may hold a name that nobody looked at.
    require_current(entities, raw)
    revision = _research(session, transcript, raw, _replaced(entities, turns), made_by_id=transcript.approved_by_id)
    transcript.tagged_at = None
    session.flush()
    return revision


def raw_span(
    session: Session, transcript: Transcript, turn: int, start: int, end: int, *, keys: KeyStore
) -> tuple[int, int]:
    """Return where `[start, end)` of a turn of the research text stands in the same turn of the raw text it came from.

    A span that touches a replaced name takes the whole name. Raises IndexError or ValueError for no such place.
    """
    _, turns = open_raw(session, transcript, keys=keys)
    pieces = _replacements(entities_of(session, transcript), turns)[turn]
    return replace(turns[turn].text, _whole(pieces)).to_old(start, end)


def _replaced(entities: Sequence[NameEntity], turns: Sequence[Turn]) -> list[str]:
    by_turn = _replacements(entities, turns)
    return [
        replace(turn.text, _whole(by_turn[number])).text if number in by_turn else turn.text
        for number, turn in enumerate(turns)
    ]


@dataclass(frozen=True, slots=True, order=True)
class _Wish:
    """Words that are to stand somewhere, and how loud they are where they overlap with other wishes."""

    start: int
    end: int
    loud: tuple[int, bool]
    text: str


def _replacements(entities: Sequence[NameEntity], turns: Sequence[Turn]) -> dict[int, list[_Wish]]:
    by_turn: dict[int, list[_Wish]] = defaultdict(list)
    for entity in entities:
        for mention in entity.mentions:
            if mention.status is MentionStatus.ACCEPTED:
                start = _with_role(turns[mention.turn].text, mention.start, entity.replacement)
                omitted = entity.replacement == OMITTED
                loud = (sys.maxsize if omitted else mention.end - mention.start, entity.indirect is not None)
                by_turn[mention.turn].append(_Wish(start, mention.end, loud, entity.replacement))
    for number, turn in enumerate(turns):
        for start, end in blocked(turn.text):
            by_turn[number].append(_Wish(start, end, (sys.maxsize, True), OMITTED))
    return by_turn


def _with_role(text: str, start: int, replacement: str) -> int:
    """Return where to begin, so that "mijn dochter Fatma" becomes "[mijn dochter]" and does not say it twice."""
    if not replacement.startswith("["):
        return start
    said = re.escape(replacement.strip("[]"))
    found = re.search(rf"(?<!\w){said}\s+$", text[:start], re.IGNORECASE)
    return found.start() if found else start


def _whole(wishes: Iterable[_Wish]) -> list[Replacement]:
    """Return what stands where, with wishes that overlap made one, so that half a name never stays.

    The longest speaks, and what must go speaks before any name; of two as long, what a person wrote for a passage.
    """
    whole: list[_Wish] = []
    for each in sorted(wishes, key=lambda each: (each.start, -each.end)):
        if not whole or each.start >= whole[-1].end:
            whole.append(each)
            continue
        last = whole[-1]
        speaks = max(last, each, key=lambda one: one.loud)
        whole[-1] = _Wish(last.start, max(last.end, each.end), speaks.loud, speaks.text)
    return [Replacement(each.start, each.end, each.text) for each in whole]


def send_back(session: Session, actor: Actor, transcript: Transcript, *, why: str, keys: KeyStore) -> None:
    """Give a handed-in transcript back to the interviewer, who can look at the names again; `why` says at what.

    The note is kept sealed. Raises Invalid("names.not_handed_in") when there is nothing to give back, and
    Invalid("names.note") without a note.
    """
    require(actor, Permission.NAMES_APPROVE, transcript)
    if transcript.handed_in_at is None:
        raise Invalid("names.not_handed_in")
    plain = _written(why, "names.note")
    transcript.handed_in_at = transcript.handed_in_by_id = None
    transcript.interview.status = Status.TYPED
    made = note(session, actor, transcript, StepKind.SENT_BACK)
    made.note_sealed = keys.open(transcript.interview_id).seal_text(plain, context=f"name_step:{made.id}")
    session.flush()
    audit.record(
        session,
        actor,
        Permission.NAMES_APPROVE,
        transcript,
        project_id=transcript.interview.project_id,
        reason="sent back",
    )


def note_of(one: NameStep, transcript: Transcript, *, keys: KeyStore) -> str:
    """Return what somebody wrote with a step (class R), "" for nothing. For pages that may show raw text."""
    if one.note_sealed is None:
        return ""
    return keys.open(transcript.interview_id).open_text(one.note_sealed, context=f"name_step:{one.id}")
