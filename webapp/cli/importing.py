"""`dichterbij import`: transcripts into a project, or only a look at what would be understood."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from interviews import consents, interviews, names, transcripts
from interviews.db import transaction, writing
from interviews.detect.finder import default_finder
from interviews.errors import Invalid
from interviews.formats.draft import TranscriptDraft
from interviews.models.interview import How, InterviewKind, Perspective
from interviews.scopes import Scope
from interviews.turns import SpeakerRole
from webapp.cli.console import Failed, explain, print_json, read_transcript, result, say, track
from webapp.cli.options import data_option, find_project, installation, operator
from webapp.installation import Installation
from webapp.messages import sentence


@click.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--project", default=None, help="Naam van het project, als er meer dan één is.")
@click.option("--dry-run", is_flag=True, help="Lees alleen, bewaar niets.")
@click.option(
    "--consent", "consent_given", is_flag=True, help="De mensen in deze gesprekken doen mee aan het onderzoek."
)
@click.option("--json", "as_json", is_flag=True, help="Druk de uitkomst af als JSON.")
@data_option
def import_(
    files: tuple[Path, ...], project: str | None, dry_run: bool, consent_given: bool, as_json: bool, data: Path | None
) -> None:
    """Breng uitgetypte gesprekken in een project: Word, ODT, tekst, ondertitels, noScribe, oTranscribe, CSV, JSON.

    Zonder toestemming voor het onderzoek wordt een gesprek niet bewaard. Staat de toestemming in het bestand zelf
    (par-transcript/1), dan telt die. Anders zeg je met --consent dat de mensen meedoen.
    """
    drafts: list[tuple[Path, TranscriptDraft]] = []
    failed = 0
    for path in track(dict.fromkeys(files), total=len(files), label="Lezen", quiet=as_json):
        try:
            drafts.append((path, read_transcript(path)))
        except Invalid as problem:
            failed += 1
            say(f"{path.name}: {explain(problem)}")
    stored: dict[Path, str] = {}
    if not dry_run and drafts:
        with installation(data) as place:
            for path, draft in drafts:
                try:
                    stored[path] = _store(place, draft, project, consent_given)
                except Invalid as problem:
                    failed += 1
                    say(f"{path.name}: {explain(problem)}")
    if as_json:
        print_json({"transcripts": [_shown(path, draft, stored.get(path)) for path, draft in drafts]})
    else:
        for path, draft in drafts:
            where = f" Bewaard als {stored[path]}." if path in stored else ""
            result(f"{path.name}: {len(draft.turns)} stukken, {len(draft.speakers)} sprekers.{where}")
    if failed:
        raise Failed


def _shown(path: Path, draft: TranscriptDraft, code: str | None) -> dict[str, object]:
    shown: dict[str, object] = {
        "file": path.name,
        "format": draft.format,
        "speakers": [{"label": speaker.label, "role": speaker.role.value} for speaker in draft.speakers],
        "turns": [
            {"speaker": turn.speaker, "start_ms": turn.start_ms, "end_ms": turn.end_ms, "text": turn.text}
            for turn in draft.turns
        ],
        "notes": [sentence(note.key, **note.fields) for note in draft.notes],
    }
    return shown if code is None else shown | {"interview": code}


def _store(place: Installation, draft: TranscriptDraft, project_name: str | None, consent_given: bool) -> str:
    with writing(place.engine)() as session, transaction(session):
        project = find_project(session, project_name)
        actor = operator(session, project)
        scopes = draft.metadata.get("consent_scopes")
        listed = scopes if isinstance(scopes, (list, tuple)) else ()
        # A use that we do not know is a use that we do not make: nothing to store.
        given = {scope for scope in Scope if scope.value in listed}
        if consent_given:
            given.add(Scope.USE_RESEARCH)
        if Scope.USE_RESEARCH not in given:
            raise Invalid("consent.no_research")
        perspective = str(draft.metadata.get("perspective", ""))
        tellers = sum(speaker.role is SpeakerRole.INTERVIEWEE for speaker in draft.speakers)
        interview = interviews.plan(
            session,
            actor,
            project,
            perspective=Perspective(perspective) if perspective in set(Perspective) else Perspective.CLIENT,
            kind=InterviewKind.GROUP if tellers > 1 else InterviewKind.INDIVIDUAL,
            people=max(1, min(tellers, interviews.MAX_INTERVIEWEES)),
            held_on=_date(draft.metadata.get("interview_date")),
        )
        for interviewee in interview.interviewees:
            choices = {scope: scope in given for scope in Scope}
            consents.record(session, actor, interviewee, choices=choices, how=How.IMPORTED)
        brought = transcripts.bring_in(session, actor, interview, draft, keys=place.keys)
        names.propose(session, brought.transcript, keys=place.keys, finder=default_finder())
        return interview.code


def _date(value: object) -> dt.date | None:
    try:
        return dt.date.fromisoformat(str(value))
    except ValueError:
        return None
