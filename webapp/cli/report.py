"""`dichterbij report`: a Word report out of a project, through the same consent gate as on screen."""

from __future__ import annotations

from pathlib import Path

import click

from coding import reports
from coding.models.report import ReportKind
from interviews.db import transaction, writing
from interviews.errors import Invalid, NotAllowed
from interviews.interviews import interview_by_code
from webapp.cli.console import Failed, explain, print_json, result
from webapp.cli.options import data_option, find_project, installation, operator


@click.command()
@click.argument("kind", type=click.Choice([kind.value for kind in ReportKind]))
@click.option("--interview", "code", default=None, help="Code van het gesprek, zoals D-01 (voor team en transcript).")
@click.option("--project", default=None, help="Naam van het project, als er meer dan één is.")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), default=Path(), help="Map voor het verslag.")
@click.option(
    "--language", type=click.Choice(["nl", "en"]), default="nl", show_default=True, help="Taal van het verslag."
)
@click.option("--json", "as_json", is_flag=True, help="Druk de uitkomst af als JSON.")
@data_option
def report(
    kind: str, code: str | None, project: str | None, out: Path, language: str, as_json: bool, data: Path | None
) -> None:
    """Maak een verslag in Word: team (één gesprek), codebook (het hele project) of transcript (één gesprek)."""
    wanted = ReportKind(kind)
    if wanted is not ReportKind.CODEBOOK and code is None:
        raise click.UsageError("Kies een gesprek met --interview, bijvoorbeeld --interview D-01.")
    try:
        # Before anything is built: what the register calls given out must have somewhere to go.
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Failed(f"De map {out} kan ik niet maken. Kies een andere map.") from error
    with installation(data) as place, writing(place.engine)() as session:
        found = find_project(session, project)
        interview = None if code is None else interview_by_code(session, found.id, code)
        if code is not None and interview is None:
            raise Failed(f"Er is geen gesprek {code} in {found.title}.")
        try:
            with transaction(session):
                built = reports.build(
                    session,
                    operator(session, found),
                    kind=wanted,
                    project=found,
                    interview=interview,
                    language=language,
                )
        except Invalid as problem:
            raise Failed(explain(problem)) from problem
        except NotAllowed as refused:
            raise Failed(f"Van gesprek {code} mag geen verslag komen: niet iedereen doet (nog) mee.") from refused
    path = out / built.file_name
    path.write_bytes(built.content)
    if as_json:
        print_json({"file": str(path), "sha256": built.report.sha256, "quotes": built.report.quotes})
    else:
        result(f"Het verslag staat in {path}.")
