"""`dichterbij retention`: erase what is due now, show what will go, or print the records of processing."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from pathlib import Path

import click

from interviews import retention
from interviews.clock import now
from interviews.db import reading
from interviews.models import Project
from interviews.retention import Due, Undecided
from webapp.cli.console import print_json, result, say
from webapp.cli.options import data_option, find_project, installation
from webapp.installation import Installation
from webapp.jobs.redacting import Redacting
from webapp.jobs.retention import erase_due
from webapp.messages import sentence
from webapp.records import records

_MOST_LINES = 200


@click.command("retention")
@click.option("--dry-run", is_flag=True, help="Wis niets: laat zien wat er nu weg zou gaan.")
@click.option(
    "--days", type=click.IntRange(0, 36_500), default=0, help="Kijk zoveel dagen vooruit. Alleen met --dry-run."
)
@click.option("--records", "as_records", is_flag=True, help="Druk het register van verwerkingen af, als Markdown.")
@click.option("--project", default=None, help="Naam van het project, voor --records.")
@click.option("--json", "as_json", is_flag=True, help="Druk de uitkomst af als JSON.")
@data_option
def retention_(
    dry_run: bool, days: int, as_records: bool, project: str | None, as_json: bool, data: Path | None
) -> None:
    """Wis wat niet langer bewaard mag worden. De achtergrondwerker doet dit ook elke dag."""
    if days and not dry_run:
        raise click.UsageError("Vooruit kijken kan alleen met --dry-run.")
    with installation(data) as place:
        if as_records:
            with reading(place.engine)() as session:
                result(records(find_project(session, project)))
        elif dry_run:
            _show(place, days, as_json=as_json)
        else:
            _erase(place, as_json=as_json)


def _show(place: Installation, days: int, *, as_json: bool) -> None:
    with reading(place.engine)() as session:
        found = retention.due(session, now() + timedelta(days=days))
        open_ = retention.undecided(session, now() + timedelta(days=days))
        places = {one.project_id for one in found if one.project_id} | {one.project_id for one in open_}
        titles = {place: _title(session.get(Project, place)) for place in places}
    if as_json:
        print_json({"due": [_as_json(one) for one in found], "undecided": [_choice(one) for one in open_]})
        return
    for one in found if len(found) <= _MOST_LINES else []:
        title = "" if one.project_id is None else titles[one.project_id]
        about = f"{title} {one.code}".strip()
        result(f"{one.since.date().isoformat()}  {sentence(f'retention.rule.{one.rule}')}  {about}".rstrip())
    counts: Counter[str] = Counter()
    for one in found:
        counts[one.rule] += one.count
    for choice in open_ if len(open_) <= _MOST_LINES else []:
        about = f"{titles[choice.project_id]} {choice.code}"
        result(f"{choice.since.date().isoformat()}  {sentence('retention.undecided')}  {about}")
    _say_counts(counts, nothing="Er hoeft niets weg.")
    if open_:
        say(sentence("retention.count.undecided", count=len(open_)))


def _choice(one: Undecided) -> dict[str, object]:
    return {
        "since": one.since.isoformat(),
        "interview": str(one.interview_id),
        "project": str(one.project_id),
        "code": one.code,
        "sound": one.sound,
        "text": one.text,
    }


def _title(project: Project | None) -> str:
    return "" if project is None else project.title


def _as_json(one: Due) -> dict[str, object]:
    return {
        "rule": one.rule,
        "since": one.since.isoformat(),
        "id": str(one.subject_id),
        "project": None if one.project_id is None else str(one.project_id),
        "code": one.code,
        "count": one.count,
    }


def _erase(place: Installation, *, as_json: bool) -> None:
    erased = erase_due(place.engine, place.keys, place.settings.data)
    work = Redacting(place.engine, place.keys, place.settings.data)
    waiting = [one for one in erased.redactions if not work.redact(one)]
    if as_json:
        print_json({"erased": dict(erased.counts), "waiting": len(waiting)})
        return
    _say_counts(Counter(erased.counts), nothing="Er hoefde niets weg.")
    if waiting:
        say("Van een gesprek komt nog geluid binnen. Daar gaat de rest later weg.")


def _say_counts(counts: Counter[str], *, nothing: str) -> None:
    if not counts:
        say(nothing)
    for rule, count in counts.items():
        say(sentence(f"retention.count.{rule}", count=count))
