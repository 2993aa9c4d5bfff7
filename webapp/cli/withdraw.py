"""`dichterbij withdraw`: somebody stops or shares less; and everything about one person, from the command line."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import click
from sqlalchemy.orm import Session

import coding.bundling  # noqa: F401  # adds the analysis to the bundle
from coding.formats import bundle as packing
from interviews import belongings, bundles, consents, withdrawal
from interviews.access import Actor
from interviews.db import reading, transaction, writing
from interviews.errors import Invalid
from interviews.interviews import interview_by_code
from interviews.keys import DataKey, KeyDestroyed, KeyMissing
from interviews.ledger import Ledger, LedgerDamaged
from interviews.models import Interview, Interviewee, Project, Withdrawal
from interviews.models.withdrawal import Asked
from interviews.scopes import Scope
from interviews.sealedfiles import SealedFiles
from webapp import erasing
from webapp.cli.console import Failed, explain, print_json, result, say
from webapp.cli.options import data_option, find_project, installation, operator
from webapp.installation import Installation

_WAYS = [one.value for one in Asked if one is not Asked.LINK]


@click.command()
@click.argument("code")
@click.option("--scope", "scopes", multiple=True, type=click.Choice([one.value for one in Scope]),
              help="Alleen dit gebruik niet meer. Mag vaker. Zonder --scope stopt het hele gesprek.")  # fmt: skip
@click.option("--person", "number", type=click.IntRange(1), default=1, show_default=True,
              help="Bij een gesprek met meer mensen: de hoeveelste persoon.")  # fmt: skip
@click.option(
    "--asked", type=click.Choice(_WAYS), default=Asked.OTHER.value, show_default=True, help="Hoe het is gevraagd."
)
@click.option("--project", default=None, help="Naam van het project, als er meer dan één is.")
@click.option("--bundle", type=click.Path(dir_okay=False, path_type=Path), default=None,
              help="Wis niets. Schrijf alles over deze persoon in dit ZIP-bestand.")  # fmt: skip
@click.option("--dry-run", is_flag=True, help="Wis niets. Laat alleen zien wat er weg zou gaan.")
@click.option("--yes", is_flag=True, help="Vraag niet of het zeker is.")
@click.option("--json", "as_json", is_flag=True, help="Druk de uitkomst af als JSON.")
@data_option
def withdraw(  # one option each
    code: str,
    scopes: tuple[str, ...],
    number: int,
    asked: str,
    project: str | None,
    bundle: Path | None,
    dry_run: bool,
    yes: bool,
    as_json: bool,
    data: Path | None,
) -> None:
    """Wis alles van gesprek CODE (zoals D-07), omdat iemand stopt. Of deel minder met --scope."""
    if bundle is not None and (scopes or dry_run):
        raise click.UsageError("Kies --bundle, of --scope, of --dry-run.")
    with installation(data) as place, writing(place.engine)() as session:
        found = find_project(session, project)
        interview = _interview(session, found, code)
        actor = operator(session, found)
        if bundle is not None:
            _write_bundle(session, actor, interview, _person(interview, number), bundle, place)
            return
        if dry_run:
            _show(code, {name: len(ids) for name, ids in belongings.of(session, interview).items()}, as_json=as_json)
            return
        if not yes and not scopes:
            typed = click.prompt(
                f"Alles van {code} gaat weg. Niemand kan het terughalen. Typ {code} om door te gaan", err=True
            )
            if typed.strip() != code:
                raise Failed("Er is niets gewist.")
        noted = Ledger(place.settings.data)
        done = _done(session, actor, interview, [Scope(one) for one in scopes], number, Asked(asked), place, noted)
        withdrawal_id = done.id
    erasing.finish(place.engine, SealedFiles(place.settings.data / "files"), noted)
    _report(place, withdrawal_id, as_json=as_json)


def _interview(session: Session, project: Project, code: str) -> Interview:
    found = interview_by_code(session, project.id, code)
    if found is None:
        raise Failed(f"Er is geen gesprek {code} in {project.title}.")
    return found


def _person(interview: Interview, number: int) -> Interviewee:
    people = consents.people_of(interview)
    if number > len(people):
        raise Failed(f"In {interview.code} zitten geen {number} mensen.")
    return people[number - 1]


def _done(
    session: Session,
    actor: Actor,
    interview: Interview,
    scopes: list[Scope],
    number: int,
    asked: Asked,
    place: Installation,
    noted: Ledger,
) -> Withdrawal:
    try:
        with transaction(session):
            if scopes:
                person = _person(interview, number)
                return withdrawal.take_back(session, actor, interview, person, scopes, asked=asked, ledger=noted)
            return withdrawal.withdraw(session, actor, interview, asked=asked, keys=place.keys, ledger=noted)
    except Invalid as problem:
        raise Failed(explain(problem)) from problem
    except LedgerDamaged as problem:
        raise Failed(
            f"Regel {problem.line} van {noted.path} is beschadigd. Er is niets gewist. Zet een goede kopie terug."
        ) from problem


def _write_bundle(
    session: Session, actor: Actor, interview: Interview, person: Interviewee, path: Path, place: Installation
) -> None:
    contact: DataKey | None = None
    with suppress(KeyMissing, KeyDestroyed):
        # Who works on the machine holds the key already.
        contact = place.keys.contacts.open(interview.project_id)
    try:
        with transaction(session):
            gathered = bundles.gather(
                session, actor, interview, person, keys=place.keys, reason="stopping", contact=contact
            )
    except KeyDestroyed as error:
        raise Failed(f"Het verhaal van {interview.code} is gewist. Er is niets meer.") from error
    try:
        with path.open("xb") as out:
            path.chmod(0o600)
            for piece in packing.stream(gathered, SealedFiles(place.settings.data / "files")):
                out.write(piece)
    except FileExistsError as error:
        raise Failed(f"Het bestand {path} is er al. Kies een andere naam.") from error
    except OSError as error:
        raise Failed(f"In {path} kan ik niet schrijven. Kies een andere map.") from error
    say("Geef dit bestand alleen aan de persoon zelf. Gooi het daarna weg.")
    result(str(path))


def _show(code: str, counts: dict[str, int], *, as_json: bool) -> None:
    if as_json:
        print_json({"code": code, "dry_run": True, "counts": counts})
        return
    result(f"Van {code} zou dit weggaan:")
    for name, count in sorted(counts.items()):
        result(f"  {name}: {count}")


def _report(place: Installation, withdrawal_id: object, *, as_json: bool) -> None:
    with reading(place.engine)() as session:
        row = session.get_one(Withdrawal, withdrawal_id)
        if as_json:
            print_json(
                {
                    "code": row.code,
                    "withdrawal": str(row.id),
                    "outcome": row.outcome.value,
                    "scopes": list(row.scopes),
                    "counts": dict(row.counts),
                    "reports": list(row.reports),
                    "finished": row.finished_at is not None,
                }
            )
            return
        said = {
            "erased": f"Alles van {row.code} is gewist.",
            "closed": f"Niemand gebruikt {row.code} nog. De opname is gewist, de tekst is bewaard.",
            "less": f"Van {row.code} mag nu minder: {', '.join(row.scopes)}.",
        }
        result(said[row.outcome.value])
        if row.reports:
            result(f"Er zijn {len(row.reports)} verslagen met iets uit dit gesprek. Kijk bij Mensen, Wie stopte.")
        if row.finished_at is None:
            say("De database is nog in gebruik. De laatste resten gaan binnen een uur weg.")
