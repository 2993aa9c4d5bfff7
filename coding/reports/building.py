"""Build a report, write the Word file, and put it in the register."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from coding.access import CodingPermission
from coding.codebooks import codebook_of
from coding.formats import word
from coding.models import Codebook, HandOut, Report
from coding.models.report import ReportKind
from coding.reports.gathering import (
    Story,
    choices_relied_on,
    interview_facts,
    lines_of,
    memos_of,
    passages_of,
    project_facts,
    stories_of,
    suggestion_counts,
    takes_part,
    theme_facts,
)
from coding.summaries.blocks import Quote
from coding.summaries.codebook import codebook_report
from coding.summaries.material import CodingWork, PassageFacts, TeamNotes
from coding.summaries.quotes import quoted
from coding.summaries.team import team_summary
from coding.summaries.transcript import transcript_document
from coding.summaries.tree import Summary
from interviews import audit
from interviews.access import Actor, require
from interviews.clock import now
from interviews.errors import Invalid
from interviews.models import Interview, Project


@dataclass(frozen=True, slots=True)
class BuiltReport:
    """A Word file that was built and registered just now."""

    report: Report
    file_name: str
    content: bytes


def build(
    session: Session,
    actor: Actor,
    *,
    kind: ReportKind,
    project: Project,
    interview: Interview | None = None,
    language: str = "nl",
) -> BuiltReport:
    """Build a report from the rows as they are now, through the consent gate, and register it.

    Team and transcript reports are about one `interview`; the codebook report about the whole project. Raises Invalid
    when there is nothing to report yet, or somebody does not take part in the research.
    """
    if kind is ReportKind.CODEBOOK:
        require(actor, CodingPermission.REPORT_PROJECT, project)
    else:
        if interview is None or interview.project_id != project.id:
            raise Invalid("report.interview")
        require(actor, CodingPermission.REPORT_INTERVIEW, interview)
    codebook = codebook_of(session, project.id)
    if codebook is None:
        raise Invalid("codebook.none")
    stories = stories_of(session, project, None if kind is ReportKind.CODEBOOK else interview)
    if not stories:
        raise Invalid("report.nothing")
    if kind is ReportKind.CODEBOOK:
        summary, quoted = _codebook(session, project, codebook, stories, language)
    elif kind is ReportKind.TEAM:
        summary, quoted = _team(session, project, codebook, stories[0], language)
    else:
        summary, quoted = _transcript(session, project, codebook, stories[0], language)
    stream = io.BytesIO()
    word.write(summary, stream)
    content = stream.getvalue()
    report = Report(
        project_id=project.id,
        interview_id=None if kind is ReportKind.CODEBOOK else stories[0].interview.id,
        kind=kind,
        codebook_version=codebook.version,
        sha256=hashlib.sha256(content).hexdigest(),
        consent_choices=choices_relied_on(stories),
        quotes=quoted,
        built_by_id=actor.person_id,
        built_at=now(),
    )
    session.add(report)
    session.flush()
    # Who builds it has the file: when somebody stops, that copy must go too.
    session.add(
        HandOut(
            report=report,
            person_id=actor.person_id,
            sha256=report.sha256,
            given_at=report.built_at,
            given_by_id=actor.person_id,
        )
    )
    session.flush()
    audit.record(session, actor, f"report.{kind.value}", report, project_id=project.id)
    return BuiltReport(report, word.file_name(summary), content)


def register(session: Session, project: Project, *, limit: int = 50) -> Sequence[Report]:
    """Return the newest reports built in `project`."""
    return session.scalars(
        select(Report)
        .where(Report.project_id == project.id)
        .order_by(Report.built_at.desc(), Report.id)
        .limit(limit)
        .options(joinedload(Report.built_by))
    ).all()


def _team(session: Session, project: Project, codebook: Codebook, story: Story, language: str) -> tuple[Summary, int]:
    passages = passages_of(session, [story], {theme.id: theme for theme in codebook.themes})
    summary = team_summary(
        project=project_facts(session, project, codebook, [story]),
        interview=interview_facts(story),
        themes=theme_facts(codebook),
        passages=passages,
        created=now(),
        language=language,
        notes=TeamNotes(
            experience=story.interview.reflection or "",
            memos=tuple(memos_of(session, project, [story.transcript.id])),
        ),
    )
    return summary, _quotes_in(summary, passages)


def _codebook(
    session: Session, project: Project, codebook: Codebook, stories: Sequence[Story], language: str
) -> tuple[Summary, int]:
    passages = passages_of(session, stories, {theme.id: theme for theme in codebook.themes})
    summary = codebook_report(
        project=project_facts(session, project, codebook, stories),
        interviews=[interview_facts(story) for story in stories],
        themes=theme_facts(codebook),
        passages=passages,
        created=now(),
        language=language,
        work=CodingWork(
            suggestions=tuple(suggestion_counts(session, project)),
            memos=tuple(
                memos_of(session, project, [story.transcript.id for story in stories if takes_part(story.interview)])
            ),
        ),
    )
    return summary, _quotes_in(summary, passages)


def _transcript(
    session: Session, project: Project, codebook: Codebook, story: Story, language: str
) -> tuple[Summary, int]:
    summary = transcript_document(
        project=project_facts(session, project, codebook, [story]),
        interview=interview_facts(story),
        lines=lines_of(story),
        created=now(),
        language=language,
        times=any(turn.start_ms is not None for turn in story.revision.turns),
    )
    return summary, 0


def _quotes_in(summary: Summary, passages: Iterable[PassageFacts]) -> int:
    """Return how many coded passages are quoted, wherever on the page; remarks of the team are no quotes of people."""
    said = {quoted(passage.text) for passage in passages}
    return sum(quote.text in said for quote in _quote_blocks(summary.blocks))


def _quote_blocks(thing: object) -> Iterator[Quote]:
    """Yield the quotes in a block and in what it holds: boxes, columns and cells."""
    if isinstance(thing, Quote):
        yield thing
    elif isinstance(thing, tuple | list):
        for item in thing:
            yield from _quote_blocks(item)
    elif is_dataclass(thing):
        for one in fields(thing):
            yield from _quote_blocks(getattr(thing, one.name))
