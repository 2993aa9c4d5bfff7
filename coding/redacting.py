"""Destroying what must go, in the analysis as well: what pages call, around `interviews.redactions`.

Coded passages on the words stay as they were coded, without text; suggestions go; memos and the codebook are looked at by
a person; reports that may hold the words are marked to be built again.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session, selectinload

from coding import segments
from coding.anchors import CONTEXT
from coding.models import Codebook, Memo, Report, Segment, Suggestion, Theme
from coding.models.segment import Placement
from interviews import redactions, retention, withdrawal
from interviews.access import Actor
from interviews.keys import KeyStore
from interviews.ledger import Entry, Ledger
from interviews.models import Interview, Project, RemovalRequest, Revision
from interviews.models.aftercare import RemovalState
from interviews.models.redaction import Outcome, PlaceKind, Redaction, RedactionDecision
from interviews.quoting import Span
from interviews.redactions import Destroyed, Open, Place, Stretch
from interviews.sealedfiles import SealedFiles
from interviews.transcripts import transcript_of

_THEME_TEXTS = ("definition", "include", "exclude", "example")


def destroy(
    session: Session,
    actor: Actor,
    request: RemovalRequest,
    *,
    keys: KeyStore,
    ledger: Ledger,
    silences: Sequence[Stretch] = (),
) -> Redaction:
    """Destroy what a request hid, in the field and in the analysis. Raises as `interviews.redactions.destroy`.

    After the commit the caller asks the job for the rest (`Jobs.redact`).
    """
    interview = request.interview
    also = list(places_of(session, interview))
    done = redactions.destroy(session, actor, request, keys=keys, ledger=ledger, silences=silences, also=also)
    _in_the_analysis(session, interview, done)
    return done.redaction


def _again(session: Session, keys: KeyStore, files: SealedFiles, entry: Entry) -> bool:
    """Do a line of the ledger again: a replayer of `interviews.withdrawal`. The job does sound and keys afterwards."""
    interview = redactions.interview_in(session, entry)
    if interview is None:
        return False
    done = redactions.again(session, entry, keys=keys, also=list(places_of(session, interview)))
    if done is not None:
        _in_the_analysis(session, interview, done)
    return done is not None


def _clear(session: Session, interview: Interview, keys: KeyStore, ledger: Ledger) -> None:
    """Destroy what was hidden and not yet destroyed, as the text with names goes: a clearer of `interviews.retention`.

    Showing it again would need that text.
    """
    waiting = session.scalars(
        select(RemovalRequest).where(
            RemovalRequest.interview_id == interview.id,
            RemovalRequest.revision_id.is_not(None),
            RemovalRequest.state == RemovalState.HIDDEN,
        )
    ).all()
    for wish in waiting:
        done = redactions.carry_out(
            session, None, wish, keys=keys, ledger=ledger, silences=(), also=list(places_of(session, interview))
        )
        _in_the_analysis(session, interview, done)


def _end(session: Session, project: Project) -> None:
    """Erase what is left of the analysis when the stories of a project go: an ender of `interviews.retention`."""
    session.execute(delete(Memo).where(Memo.project_id == project.id))
    session.execute(delete(Report).where(Report.project_id == project.id))
    session.expire_all()


withdrawal.replayers[redactions.LEDGER_KIND] = _again
retention.clearers.append(_clear)
retention.enders.append(_end)


def to_tag(session: Session, redaction: Redaction) -> uuid.UUID | None:
    """Return the transcript whose text was made again, for the tagger; None when there is none."""
    transcript = transcript_of(session, redaction.interview)
    waits = transcript is not None and transcript.approved_at is not None and transcript.tagged_at is None
    return transcript.id if transcript is not None and waits else None


def open_places(session: Session, actor: Actor, redaction: Redaction, *, keys: KeyStore) -> list[Open]:
    """Return what somebody still decides, with the texts. Raises as `interviews.redactions.open_places`."""
    also = places_of(session, redaction.interview)
    return redactions.open_places(session, actor, redaction, keys=keys, also=also)


def decide(session: Session, actor: Actor, decision: RedactionDecision, outcome: Outcome, *, keys: KeyStore) -> None:
    """Take the words out of a text, delete it, or keep it. Raises as `interviews.redactions.decide`."""
    also = places_of(session, decision.redaction.interview)
    redactions.decide(session, actor, decision, outcome, keys=keys, also=also)


def places_of(session: Session, interview: Interview) -> Iterator[Place]:
    """Yield what people wrote about an interview in the analysis: memos, and the texts of the project's themes."""
    transcript = transcript_of(session, interview)
    own = [] if transcript is None else [Memo.transcript_id == transcript.id, Segment.transcript_id == transcript.id]
    memos = session.scalars(
        select(Memo)
        .outerjoin(Segment, Segment.id == Memo.segment_id)
        # At a theme somebody may quote any story of the project.
        .where(or_(*own, (Memo.theme_id.is_not(None)) & (Memo.project_id == interview.project_id)))
        .order_by(Memo.created_at, Memo.id)
    ).all()
    for memo in memos:
        yield Place(PlaceKind.MEMO, memo.id, "", memo.text, _memo_writer(session, memo))
    themes = session.scalars(
        select(Theme).join(Codebook).where(Codebook.project_id == interview.project_id).order_by(Theme.position)
    ).all()
    for theme in themes:
        for name in _THEME_TEXTS:
            text: str = getattr(theme, name)
            if text:
                yield Place(PlaceKind.THEME, theme.id, name, text, _theme_writer(theme, name))


def _memo_writer(session: Session, memo: Memo) -> _Writer:
    return _Writer(session, memo, "text")


def _theme_writer(theme: Theme, name: str) -> _Writer:
    return _Writer(None, theme, name)


class _Writer:
    """Writes another text in a row; without a text the row goes where it is nothing else."""

    def __init__(self, session: Session | None, row: Memo | Theme, name: str) -> None:
        self._session, self._row, self._name = session, row, name

    def __call__(self, text: str | None) -> None:
        if text or self._session is None:
            setattr(self._row, self._name, text or "")
        else:
            self._session.delete(self._row)


def reports_with(session: Session, interview: Interview) -> Sequence[Report]:
    """Return the reports that may hold words of an interview, newest first: its own, and those of the whole project."""
    transcript = transcript_of(session, interview)
    if transcript is None:
        return []
    return session.scalars(
        select(Report)
        .where(
            or_(
                Report.interview_id == interview.id,
                (Report.project_id == interview.project_id) & Report.interview_id.is_(None),
            ),
            Report.built_at >= transcript.created_at,
        )
        .order_by(Report.built_at.desc(), Report.id)
    ).all()


def _in_the_analysis(session: Session, interview: Interview, done: Destroyed) -> None:
    counts = dict(done.redaction.counts)
    counts |= _empty_anchors(session, done.research)
    transcript = transcript_of(session, interview)
    if transcript is not None and done.text_changed:
        segments.follow(session, transcript)
    wish = done.redaction.request
    reports = [] if wish is None or wish.revision_id is None else reports_with(session, interview)
    for report in reports:
        report.outdated_at = report.outdated_at or done.redaction.at
    counts["reports"] = len(reports)
    done.redaction.counts = {name: count for name, count in counts.items() if count}
    session.flush()


def _empty_anchors(session: Session, research: Mapping[uuid.UUID, Sequence[Span]]) -> dict[str, int]:
    """Let what was coded or proposed on the words say what the text says now: blocks. Return how many of each."""
    coded = proposed = 0
    for revision_id, spans in research.items():
        text = session.get_one(Revision, revision_id).text or ""
        for row in session.scalars(select(Segment).where(Segment.revision_id == revision_id)):
            if _say_again(row, text) and _touches(row, spans):
                row.placement = Placement.ORPHAN
                coded += 1
        for one in session.scalars(
            select(Suggestion).where(Suggestion.revision_id == revision_id).options(selectinload(Suggestion.answers))
        ):
            changed = _say_again(one, text)
            if not _touches(one, spans):
                continue
            proposed += changed
            # What somebody answered stays counted; why it was proposed were the words themselves.
            one.reason = []
            if not one.answers:
                session.delete(one)
    session.flush()
    return {"segments": coded, "suggestions": proposed}


def _touches(row: Segment | Suggestion, spans: Sequence[Span]) -> bool:
    return any(start < row.end and end > row.start for start, end in spans)


def _say_again(row: Segment | Suggestion, text: str) -> bool:
    """Take the words of a row from the text as it is now; return whether they changed."""
    before = (row.before, row.quote, row.after)
    row.quote = text[row.start : row.end]
    row.before = text[max(0, row.start - CONTEXT) : row.start]
    row.after = text[row.end : row.end + CONTEXT]
    return before != (row.before, row.quote, row.after)
