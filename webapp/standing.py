"""Where interviews stand for somebody: what `webapp.steps` must know, asked in a fixed number of questions for a list."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import current_app, url_for
from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from interviews import aftercare, handing_over, memberchecks
from interviews.access import Actor
from interviews.clock import now
from interviews.models import (
    CheckAnswer,
    Interview,
    MemberCheck,
    Membership,
    NameEntity,
    NameMention,
    Person,
    Recording,
    Transcript,
    TypingDraft,
)
from interviews.models.membercheck import Verdict, WishState
from interviews.models.name import MentionStatus
from interviews.models.recording import RecordingState
from webapp.steps import Known, Step, step_of


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of a list of interviews."""

    transcripts: Mapping[uuid.UUID, Transcript]
    """Per interview."""
    known: Mapping[uuid.UUID, Known] = field(default_factory=dict)

    def step(self, actor: Actor, interview: Interview) -> Step:
        """Return the next step of one of the interviews."""
        return step_of(actor, interview, self.transcripts.get(interview.id), self.known.get(interview.id))

    def url(self, step: Step, interview: Interview) -> str:
        """Return where the button of a step leads: the interview itself when an installation lacks that page."""
        known = ids_of(interview, self.transcripts.get(interview.id))
        return way_to(step.endpoint, **known) or url_for("interviews.show", interview_id=interview.id)


def standing_of(session: Session, actor: Actor, interviews: Sequence[Interview]) -> Standing:
    """Return what the steps of `interviews` need to know for `actor`."""
    ids = [row.id for row in interviews]
    texts = {
        transcript.interview_id: transcript
        for transcript in session.scalars(select(Transcript).where(Transcript.interview_id.in_(ids)))
    }
    names = _names(session, actor, texts)
    told = aftercare.told(session, actor, interviews)
    recordings = _counts(
        session,
        select(Recording.interview_id, func.count())
        .where(Recording.interview_id.in_(ids), Recording.state != RecordingState.ERASED)
        .group_by(Recording.interview_id),
    )
    drafts = set(session.scalars(select(TypingDraft.interview_id).where(TypingDraft.interview_id.in_(ids))))
    givers = _givers(session, actor, interviews)
    present = _present(session, interviews)
    checks = _checks(session, ids)
    silent = {
        check.interview_id
        for project_id in {row.project_id for row in interviews}
        for check in memberchecks.silent(session, project_id, now().date())
    }
    wishes = _counts(
        session,
        select(MemberCheck.interview_id, func.count())
        .join(CheckAnswer)
        .where(
            MemberCheck.interview_id.in_(ids),
            CheckAnswer.state == WishState.OPEN,
            CheckAnswer.verdict != Verdict.FITS,
        )
        .group_by(MemberCheck.interview_id),
    )
    known = {}
    for row in interviews:
        undecided, named = names.get(row.id, (0, False))
        known[row.id] = Known(
            undecided=undecided,
            named=named,
            told=row.id in told,
            recordings=recordings.get(row.id, 0),
            typing=row.id in drafts,
            note_from=givers.get(row.id),
            interviewer_left=row.interviewer_id is not None and (row.project_id, row.interviewer_id) not in present,
            checking=any(checks[row.id]),
            silent=row.id in silent,
            wishes=wishes.get(row.id, 0),
            checked=bool(checks[row.id]),
        )
    return Standing(texts, known)


def step_for(session: Session, actor: Actor, interview: Interview) -> Step:
    """Return where one interview stands for `actor`."""
    return standing_of(session, actor, [interview]).step(actor, interview)


def _counts(session: Session, query: Select[uuid.UUID, int]) -> dict[uuid.UUID, int]:
    return {interview_id: int(count) for interview_id, count in session.execute(query)}


def _names(session: Session, actor: Actor, texts: Mapping[uuid.UUID, Transcript]) -> dict[uuid.UUID, tuple[int, bool]]:
    """Return per interview how many names are not decided, and whether the actor added one or decided about one."""
    counted = session.execute(
        select(
            Transcript.interview_id,
            func.count(NameMention.id).filter(NameMention.status == MentionStatus.PROPOSED),
            func.count(NameMention.id).filter(
                or_(NameMention.proposed_by_id == actor.person_id, NameMention.decided_by_id == actor.person_id)
            ),
        )
        .join(NameEntity, NameEntity.transcript_id == Transcript.id)
        .join(NameMention)
        .where(Transcript.id.in_([transcript.id for transcript in texts.values()]))
        .group_by(Transcript.interview_id)
    )
    return {interview_id: (int(waiting), bool(own)) for interview_id, waiting, own in counted}


def _givers(session: Session, actor: Actor, interviews: Sequence[Interview]) -> dict[uuid.UUID, str]:
    """Return per interview who handed it to the actor with a note that waits to be read."""
    notes = handing_over.unread(session, actor, interviews)
    givers = session.scalars(select(Person).where(Person.id.in_([row.by_id for row in notes.values()])))
    people = {person.id: person.display_name for person in givers}
    return {row.interview_id: people.get(row.by_id, "") for row in notes.values() if row.by_id is not None}


def _present(session: Session, interviews: Sequence[Interview]) -> set[tuple[uuid.UUID, uuid.UUID]]:
    """Return (project, person) of each interviewer who still works in the project."""
    people = {row.interviewer_id for row in interviews if row.interviewer_id is not None}
    rows = session.execute(select(Membership.project_id, Membership.person_id).where(Membership.person_id.in_(people)))
    return {(project_id, person_id) for project_id, person_id in rows}


def _checks(session: Session, ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, list[bool]]:
    """Return per interview, for each time somebody was asked whether it is right, whether the answer still waits."""
    found: dict[uuid.UUID, list[bool]] = defaultdict(list)
    for interview_id, answered_at in session.execute(
        select(MemberCheck.interview_id, MemberCheck.answered_at).where(MemberCheck.interview_id.in_(ids))
    ):
        found[interview_id].append(answered_at is None)
    return found


def ids_of(interview: Interview, transcript: Transcript | None = None) -> dict[str, uuid.UUID]:
    """Return the ids that addresses of pages about an interview ask for."""
    known = {"interview_id": interview.id, "project_id": interview.project_id}
    if transcript is not None:
        known["transcript_id"] = transcript.id
    return known


def way_to(endpoint: str, **known: uuid.UUID) -> str | None:
    """Return the address of `endpoint`, with those of the known ids that it asks for; None where it does not exist."""
    for rule in current_app.url_map.iter_rules(endpoint) if endpoint in current_app.view_functions else ():
        if "GET" in (rule.methods or ()) and rule.arguments <= known.keys():
            values: dict[str, Any] = {name: known[name] for name in rule.arguments}
            return url_for(endpoint, **values)
    return None
