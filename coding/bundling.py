"""The analysis in somebody's bundle: coded passages, remarks, suggestions, and the reports with who has them."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from coding.models import HandOut, Report
from coding.withdrawing import reports_with
from interviews import bundles
from interviews.bundles import Section
from interviews.consents import people_of
from interviews.models import Interview

bundles.TITLES.update(
    {
        "segment": ("Thema's bij stukken van de tekst", "P"),
        "suggestion": ("Wat de computer voorstelde", "P"),
        "suggestion_answer": ("Wat de computer voorstelde: antwoorden", "P"),
        "first_reading": ("Wie van het team het las: op welke dag", "P"),
        "memo": ("Wat iemand van het team opviel", "P"),
        "report": ("Verslagen over dit gesprek", "E"),
        "hand_out": ("Wie zo'n verslag heeft", "E"),
    }
)


def _reports(session: Session, interview: Interview) -> Iterable[Section]:
    """Return the reports of the whole project that hold words of this interview, with who has each (art. 15(1)(c))."""
    reports = [
        report
        for report in reports_with(session, interview.id, [person.id for person in people_of(interview)])
        if report.interview_id is None
    ]
    holders = session.scalars(
        select(HandOut).where(HandOut.report_id.in_([report.id for report in reports])).order_by(HandOut.given_at)
    )
    yield Section("report_of_project", "Verslagen over meer gesprekken", "E", tuple(map(_line, reports)))
    rows = tuple(
        {"report_id": str(row.report_id), "holder": _holder(row), "given_at": row.given_at.isoformat()}
        for row in holders
    )
    yield Section("hand_out_of_project", "Wie zo'n verslag heeft", "E", rows)


def _line(report: Report) -> dict[str, object]:
    return {
        "id": str(report.id),
        "kind": report.kind.value,
        "built_at": report.built_at.isoformat(),
        "quotes": report.quotes,
    }


def _holder(row: HandOut) -> str:
    return row.holder or "iemand van het team"


bundles.additions.append(_reports)
