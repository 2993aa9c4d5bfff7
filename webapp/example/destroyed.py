"""A sentence of the example that somebody asked to take out, and that was destroyed for good: what is left is counts."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from coding import memos, redacting, segments, suggestions
from coding.models import Segment
from coding.tagging.proposals import Proposer
from interviews import removals, transcripts
from interviews.access import Actor
from interviews.keys import KeyStore
from interviews.ledger import Ledger
from interviews.models import Interview, Revision
from interviews.models.project import Role
from interviews.models.redaction import Outcome
from interviews.models.transcript import Layer
from interviews.turns import SpeakerRole

_SENTENCE = re.compile(r"[^.!?]+[.!?]")
_SHORTEST, _LONGEST = 30, 120


def add(
    session: Session,
    actors: Mapping[Role, Actor],
    told: Sequence[Interview],
    *,
    keys: KeyStore,
    ledger: Ledger,
    tagger: Proposer,
) -> None:
    """Let the person who told the first story ask for a sentence to go, and the project lead destroy it."""
    interview = told[0]
    lead, researcher = actors[Role.PROJECT_LEAD], actors[Role.RESEARCHER]
    transcript = transcripts.transcript_of(session, interview)
    if transcript is None:
        raise LookupError(interview.code)
    revision = segments.newest_text(session, transcript)
    turn, start, end = _sentence(session, revision)
    words = (revision.text or "")[revision.turns[turn].start + start : revision.turns[turn].start + end]
    memos.add(session, researcher, transcript, text=f"Dit blijft bij mij: {words}", shared=True)
    wish = removals.ask_passage(
        session, lead, interview,
        turn=turn, start=start, end=end, layer=Layer.RESEARCH, keys=keys, asked_by_interviewee=True,
    )  # fmt: skip
    segments.follow(session, transcript)
    redaction = redacting.destroy(session, lead, wish, keys=keys, ledger=ledger)
    for one in redacting.open_places(session, lead, redaction, keys=keys):
        redacting.decide(session, lead, one.decision, Outcome.WORDS_OUT if one.spans else Outcome.KEPT, keys=keys)
    suggestions.refresh(session, transcript, tagger)


def _sentence(session: Session, revision: Revision) -> tuple[int, int, int]:
    """Return where a sentence stands (turn, start, end) that nobody coded and in which no name was replaced."""
    coded = [(row.start, row.end) for row in session.scalars(select(Segment).where(Segment.revision_id == revision.id))]
    for row in reversed(revision.turns):
        if row.speaker is None or row.speaker.role is not SpeakerRole.INTERVIEWEE:
            continue
        for found in _SENTENCE.finditer((revision.text or "")[row.start : row.end]):
            said = found.group().strip()
            start = found.start() + found.group().index(said)
            first, last = row.start + start, row.start + start + len(said)
            free = all(last <= low or first >= high for low, high in coded)
            if free and _SHORTEST <= len(said) <= _LONGEST and "[" not in said:
                return row.number, start, start + len(said)
    raise LookupError("no sentence that can go")
