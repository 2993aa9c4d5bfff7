"""What the analysis does when somebody stops: words of the story go from themes and memos, and reports are got back.

Coded passages, suggestions and readings hang on the transcript and go with it (`interviews.withdrawal`). Here is what
leads to a story without a foreign key: a memo or a theme in which somebody wrote its words, and the register of reports.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from coding.access import CodingPermission
from coding.models import HandOut, Memo, Report, Segment, Theme
from coding.models.report import ReportKind
from coding.models.theme import Codebook, ThemeStatus
from interviews import audit, withdrawal
from interviews.access import Actor, Permission, require
from interviews.clock import now
from interviews.errors import Invalid
from interviews.models import ConsentChoice, Interview, Interviewee, Project, Revision
from interviews.models.transcript import Layer
from interviews.quoting import windows
from interviews.scopes import Scope
from interviews.text import one_line

QUOTE_WORDS = 6
"""As many words in the same order as in the story are taken for its words: fewer would often be chance."""
MOST_HOLDER = 120
"""Characters of the name of who has a report."""
_WRITTEN = ("definition", "include", "exclude", "example")
"""What people write about a theme, in which the words of a story may stand."""


def _erase(session: Session, interview_id: uuid.UUID, rows: Mapping[str, Collection[uuid.UUID]]) -> dict[str, int]:
    """Erase what holds words of a story without hanging on it, and cut its reports loose. An eraser of `withdrawal`."""
    project_id = session.get_one(Interview, interview_id).project_id
    said = _said(session, rows.get("transcript", ()))
    counts = {
        "theme": _forget_themes(session, project_id, rows.get("transcript", ())),
        "theme_text": _forget_texts(session, project_id, said),
        "theme_memo": _forget_memos(session, project_id, said),
        "report_recalled": _recall(session, interview_id, rows.get("interviewee", ())),
    }
    return {name: count for name, count in counts.items() if count}


def _said(session: Session, transcripts: Collection[uuid.UUID]) -> frozenset[str]:
    """Return every run of `QUOTE_WORDS` words of a story, in each version of it without names."""
    texts = session.scalars(
        select(Revision.text).where(Revision.transcript_id.in_(transcripts), Revision.layer == Layer.RESEARCH)
    )
    return frozenset(run for text in texts for _span, run in windows(text or "", QUOTE_WORDS))


def _quotes(text: str, said: frozenset[str]) -> bool:
    return bool(said) and any(run in said for _span, run in windows(text, QUOTE_WORDS))


def _themes(session: Session, project_id: uuid.UUID) -> list[Theme]:
    return list(session.scalars(select(Theme).join(Codebook).where(Codebook.project_id == project_id)))


def _forget_themes(session: Session, project_id: uuid.UUID, transcripts: Collection[uuid.UUID]) -> int:
    """Erase themes that a person made from this story alone: their name may be the person's own words."""
    if not transcripts:
        return 0
    own = set(session.scalars(select(Segment.theme_id).where(Segment.transcript_id.in_(transcripts))))
    others = set(session.scalars(select(Segment.theme_id).where(Segment.transcript_id.not_in(transcripts))))
    themes = _themes(session, project_id)
    parents = {theme.parent_id for theme in themes}
    gone = [
        theme
        for theme in themes
        if theme.id in own - others
        and theme.id not in parents
        and theme.status is ThemeStatus.CONCEPT
        and theme.created_by_id is not None
    ]
    for theme in gone:
        session.delete(theme)
    session.flush()
    return len(gone)


def _forget_texts(session: Session, project_id: uuid.UUID, said: frozenset[str]) -> int:
    gone = 0
    for theme in _themes(session, project_id):
        for name in _WRITTEN:
            if _quotes(getattr(theme, name), said):
                setattr(theme, name, "")
                gone += 1
    session.flush()
    return gone


def _forget_memos(session: Session, project_id: uuid.UUID, said: frozenset[str]) -> int:
    """Erase memos about a theme, or about another story, that quote this one."""
    memos = session.scalars(select(Memo).where(Memo.project_id == project_id)).all()
    gone = [memo for memo in memos if _quotes(memo.text, said)]
    for memo in gone:
        session.delete(memo)
    session.flush()
    return len(gone)


def _recall(session: Session, interview_id: uuid.UUID, people: Collection[uuid.UUID]) -> int:
    """Keep the reports with this story as lines of the register only: what they were and who has them."""
    choices = _choices_of(session, people)
    reports = reports_with(session, interview_id, people)
    for report in reports:
        report.recalled_at = now()
        report.interview_id = None
        report.consent_choices = [one for one in report.consent_choices if one not in choices]
    session.flush()
    return len(reports)


def _choices_of(session: Session, people: Collection[uuid.UUID]) -> set[str]:
    return {
        str(one) for one in session.scalars(select(ConsentChoice.id).where(ConsentChoice.interviewee_id.in_(people)))
    }


def reports_with(session: Session, interview_id: uuid.UUID, people: Collection[uuid.UUID]) -> list[Report]:
    """Return the reports about this interview, or that relied on a yes of these people, oldest first.

    For verbs that asked the permission.
    """
    choices = _choices_of(session, people)
    project_id = session.get_one(Interview, interview_id).project_id
    reports = session.scalars(
        select(Report).where(Report.project_id == project_id).order_by(Report.built_at, Report.id)
    )
    return [one for one in reports if one.interview_id == interview_id or not choices.isdisjoint(one.consent_choices)]


def _list(session: Session, people: Collection[uuid.UUID], interview_id: uuid.UUID) -> list[str]:
    """Return the ids of the reports with words of these people. A lister of `withdrawal`."""
    return [str(report.id) for report in reports_with(session, interview_id, people)]


withdrawal.erasers.append(_erase)
withdrawal.listers.append(_list)


@dataclass(frozen=True, slots=True)
class Outdated:
    """A report that says more than may be said now, since when, and who has a copy."""

    report: Report
    since: datetime
    whole: bool
    """True when somebody stopped: a copy must go. False when uses were taken back: it must be made anew."""
    holders: tuple[HandOut, ...]

    def told(self, holder: HandOut) -> bool:
        """Tell whether this holder was told since."""
        return holder.told_at is not None and holder.told_at >= self.since


def outdated(session: Session, project: Project) -> list[Outdated]:
    """Return the reports that rely on a yes that is gone, newest first. For verbs and pages that asked the permission.

    Worked out from the choices themselves, so that it holds by whichever page somebody said no.
    """
    reports = session.scalars(
        select(Report)
        .where(Report.project_id == project.id)
        .order_by(Report.built_at.desc(), Report.id)
        .options(joinedload(Report.built_by))
    ).all()
    refused = _refused(session, project)
    holders: dict[uuid.UUID, list[HandOut]] = {}
    rows = session.scalars(
        select(HandOut)
        .join(Report)
        .where(Report.project_id == project.id)
        .order_by(HandOut.given_at, HandOut.id)
        .options(joinedload(HandOut.person))
    )
    for row in rows:
        holders.setdefault(row.report_id, []).append(row)
    found = []
    for report in reports:
        since = [refused[one] for one in report.consent_choices if one in refused and _matters(report, refused[one][1])]
        moments = [moment for moment, _scope in since]
        whole = report.recalled_at is not None or any(scope is Scope.USE_RESEARCH for _moment, scope in since)
        moments += [] if report.recalled_at is None else [report.recalled_at]
        if moments:
            found.append(Outdated(report, max(moments), whole, tuple(holders.get(report.id, ()))))
    return found


def _matters(report: Report, scope: Scope) -> bool:
    """Tell whether a report relies on this use: one without a quote does not rely on being allowed to quote."""
    return scope is not Scope.QUOTE_PSEUDONYM or report.quotes > 0 or report.kind is ReportKind.TEAM


def _refused(session: Session, project: Project) -> dict[str, tuple[datetime, Scope]]:
    """Return per choice that was a yes and is not any more: when that ended, and for which use."""
    choices = session.scalars(
        select(ConsentChoice)
        .join(Interviewee)
        .where(Interviewee.project_id == project.id)
        .order_by(ConsentChoice.interviewee_id, ConsentChoice.scope, ConsentChoice.at)
    ).all()
    ended: dict[str, tuple[datetime, Scope]] = {}
    for number, choice in enumerate(choices):
        if not choice.given:
            continue
        for later in choices[number + 1 :]:
            if (later.interviewee_id, later.scope) != (choice.interviewee_id, choice.scope):
                break
            if not later.given:
                ended[str(choice.id)] = (later.at, choice.scope)
                break
    return ended


def hand_outs_of(session: Session, actor: Actor, report: Report) -> Sequence[HandOut]:
    """Return who has a report, in the order in which they got it."""
    require(actor, CodingPermission.REPORT_PROJECT, report)
    return session.scalars(
        select(HandOut)
        .where(HandOut.report_id == report.id)
        .order_by(HandOut.given_at, HandOut.id)
        .options(joinedload(HandOut.person))
    ).all()


def give(session: Session, actor: Actor, report: Report, *, holder: str) -> HandOut:
    """Write down that somebody outside has a report now. Raises Invalid("handout.holder") without a name."""
    require(actor, CodingPermission.REPORT_PROJECT, report)
    name = one_line(holder)[:MOST_HOLDER]
    if not name:
        raise Invalid("handout.holder")
    row = HandOut(
        id=uuid.uuid4(),
        report=report,
        holder=name,
        sha256=report.sha256,
        given_at=now(),
        given_by_id=actor.person_id,
    )
    session.add(row)
    session.flush()
    audit.record(session, actor, "report.given", report, project_id=report.project_id)
    return row


def tell(session: Session, actor: Actor, row: HandOut) -> None:
    """Write down that a holder was told that the copy must go."""
    require(actor, Permission.WITHDRAWAL_KEEP, row)
    row.told_at = now()
    session.flush()
    audit.record(session, actor, "report.recalled", row, project_id=row.report.project_id)
