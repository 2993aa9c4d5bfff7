"""What the tagger proposes and what people answer. A suggestion is never a segment until a person says yes."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from coding import anchors, segments
from coding.access import CodingPermission
from coding.codebooks import themes_of
from coding.models import Segment, Suggestion, SuggestionAnswer, Theme
from coding.models.segment import Origin
from coding.models.suggestion import Answer
from coding.tagging.proposals import Proposer
from interviews.access import Actor, require
from interviews.clock import now
from interviews.errors import Invalid
from interviews.models import Interview, Transcript
from interviews.transcripts import mark_tagged, turns_of


def refresh(session: Session, transcript: Transcript, tagger: Proposer) -> int:
    """Let the tagger read the newest research revision; return the number of new suggestions.

    Idempotent: what was proposed before is not proposed again, and answered suggestions stay as they are. What the
    tagger no longer proposes (another codebook, another speaker's part) goes where nobody answered it.
    """
    revision = segments.newest_text(session, transcript)
    text = revision.text or ""
    roles = {row.label: row.role for row in transcript.speakers}
    themes = {theme.key: theme for theme in themes_of(session, transcript.interview.project_id)}
    known = {
        (row.theme_id, row.start, row.end): row
        for row in session.scalars(
            select(Suggestion).where(Suggestion.revision_id == revision.id).options(selectinload(Suggestion.answers))
        )
    }
    rows = revision.turns
    proposed: set[tuple[uuid.UUID, int, int]] = set()
    added = 0
    for proposal in tagger.suggest(turns_of(revision, text), roles):
        theme = themes.get(proposal.theme)
        if theme is None:
            continue
        offset = rows[proposal.span.turn].start
        anchor = anchors.make(text, offset + proposal.span.start, offset + proposal.span.end)
        place = (theme.id, anchor.start, anchor.end)
        if place in proposed:
            continue
        proposed.add(place)
        if place in known:
            continue
        session.add(
            Suggestion(
                transcript_id=transcript.id,
                revision_id=revision.id,
                theme_id=theme.id,
                start=anchor.start,
                end=anchor.end,
                quote=anchor.quote,
                before=anchor.before,
                after=anchor.after,
                score=proposal.score,
                reason=list(proposal.reason),
            )
        )
        added += 1
    for place, row in known.items():
        if place not in proposed and not row.answers:
            session.delete(row)
    mark_tagged(transcript)
    session.flush()
    return added


def visible_suggestions(session: Session, actor: Actor, transcript: Transcript) -> Sequence[Suggestion]:
    """Return the suggestions on the newest text in order, for somebody who finished the own first reading.

    Nothing before that. A suggestion on an older text is not shown: its place means nothing in the new one.
    """
    if not segments.first_reading_done(session, actor, transcript):
        return []
    require(actor, CodingPermission.CODE, transcript)
    revision = segments.newest_text(session, transcript)
    return session.scalars(
        select(Suggestion)
        .where(Suggestion.revision_id == revision.id)
        .order_by(Suggestion.start, Suggestion.end, Suggestion.id)
        .options(joinedload(Suggestion.theme), selectinload(Suggestion.answers))
    ).all()


def answer_of(suggestion: Suggestion, actor: Actor) -> Answer | None:
    """Return what the actor said of this suggestion, if anything."""
    return next((row.answer for row in suggestion.answers if row.person_id == actor.person_id), None)


def answer(session: Session, actor: Actor, suggestion: Suggestion, answer: Answer) -> Segment | None:
    """Say whether a suggestion fits; a yes makes a segment of the actor's. Answering again changes the answer.

    A yes that becomes something else takes its segment away. Raises Invalid("suggestion.before_reading") before the
    own first reading, TextMoved when the suggestion is of an older text.
    """
    require(actor, CodingPermission.CODE, suggestion)
    if not segments.first_reading_done(session, actor, suggestion.transcript):
        raise Invalid("suggestion.before_reading")
    row = next((row for row in suggestion.answers if row.person_id == actor.person_id), None)
    segment = None if row is None or row.segment_id is None else session.get(Segment, row.segment_id)
    if answer is Answer.YES and segment is None:
        segment = segments.code(
            session,
            actor,
            suggestion.transcript,
            revision_id=suggestion.revision_id,
            theme=suggestion.theme,
            start=suggestion.start,
            end=suggestion.end,
            origin=Origin.ACCEPTED,
        )
    elif answer is not Answer.YES and segment is not None:
        # Only what this yes made; a segment that the coder had made before by hand is the coder's own.
        if segment.origin is Origin.ACCEPTED:
            segments.drop(session, segment)
        segment = None
    if row is None:
        row = SuggestionAnswer(person_id=actor.person_id)
        suggestion.answers.append(row)
    row.answer, row.answered_at = answer, now()
    row.segment_id = None if segment is None else segment.id
    session.flush()
    return segment


def take_back(session: Session, actor: Actor, suggestion: Suggestion) -> None:
    """Undo the actor's answer, and the segment that it made."""
    require(actor, CodingPermission.CODE, suggestion)
    for row in [row for row in suggestion.answers if row.person_id == actor.person_id]:
        segment = None if row.segment_id is None else session.get(Segment, row.segment_id)
        if segment is not None and segment.origin is Origin.ACCEPTED:
            segments.drop(session, segment)
        suggestion.answers.remove(row)
    session.flush()


def counts_per_theme(session: Session, project_id: object) -> dict[str, dict[str, int]]:
    """Return per theme key how often it was offered, accepted, rejected and put off in a project, practice left out."""
    offered = session.execute(
        select(Theme.key, func.count(Suggestion.id))
        .join(Suggestion, Suggestion.theme_id == Theme.id)
        .join(Transcript, Transcript.id == Suggestion.transcript_id)
        .join(Interview, Interview.id == Transcript.interview_id)
        .where(Interview.project_id == project_id, Interview.practice.is_(False))
        .group_by(Theme.key)
    )
    counts = {key: {"offered": int(count), "yes": 0, "no": 0, "later": 0} for key, count in offered}
    answered = session.execute(
        select(Theme.key, SuggestionAnswer.answer, func.count())
        .join(Suggestion, Suggestion.theme_id == Theme.id)
        .join(SuggestionAnswer, SuggestionAnswer.suggestion_id == Suggestion.id)
        .join(Transcript, Transcript.id == Suggestion.transcript_id)
        .join(Interview, Interview.id == Transcript.interview_id)
        .where(Interview.project_id == project_id, Interview.practice.is_(False))
        .group_by(Theme.key, SuggestionAnswer.answer)
    )
    for key, given, count in answered:
        counts[key][given.value] = int(count)
    return counts
