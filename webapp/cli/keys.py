"""`dichterbij keys …`: how it stands with the installation key, a new one, its sheet and its passphrase."""

from __future__ import annotations

from pathlib import Path

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from interviews import recoverysheets
from interviews.db import DatabaseBusy, DatabaseUnsafe, reading, transaction, writing
from interviews.errors import Invalid
from interviews.keys import InstallationKey, KeyFileExists, KeyRenewing, KeysError
from interviews.models import Project
from webapp import rotating
from webapp.cli import passphrases, sheets
from webapp.cli.console import Failed, explain, print_json, result, say
from webapp.cli.options import data_option, installation
from webapp.installation import Installation
from webapp.rotating import Step
from webapp.settings import KeySource

SOURCES = {
    KeySource.FILE: "De sleutel staat in een bestand dat alleen jij kunt lezen.",
    KeySource.PASSPHRASE: "De sleutel staat in een bestand en opent met een wachtzin.",
    KeySource.CREDENTIAL: "De sleutel komt van systemd (een credential van deze dienst).",
}
_STEPS = {
    Step.CHECKED: "Alle sleutels van gesprekken gaan open.",
    Step.NEW_KEY: "Er is een nieuwe sleutel gemaakt, naast de oude.",
    Step.COPIED: "De gegevens zijn gekopieerd onder de nieuwe sleutel en nagekeken.",
    Step.READY: "Alles staat klaar.",
    Step.CONTACTS: "De sleutels van adressen horen bij de nieuwe sleutel.",
    Step.STORE: "De sleutels van gesprekken horen bij de nieuwe sleutel.",
    Step.DATABASE: "De gegevens horen bij de nieuwe sleutel.",
    Step.KEY: "De oude sleutel is weg.",
}


@click.group()
def keys() -> None:
    """Sleutel van de installatie: hoe het ermee staat, een nieuwe, het herstelblad, de wachtzin."""


@keys.command()
@data_option
@click.option("--json", "as_json", is_flag=True, help="Druk de uitkomst af als JSON.")
def status(data: Path | None, as_json: bool) -> None:
    """Zeg waar de sleutel vandaan komt, of het herstelblad er is en hoeveel sleutels er zijn."""
    with installation(data) as place:
        found = status_of(place)
    if as_json:
        print_json(found)
        return
    result(SOURCES[KeySource(str(found["source"]))])
    result(f"Kenmerk van de sleutel: {found['fingerprint']}")
    result(_SHEETS[str(found["sheet"])])
    result(
        f"Sleutels van gesprekken: {found['interviews']}, vernietigd: {found['destroyed']}. "
        f"Sleutels van adressen: {found['contacts']}, vernietigd: {found['contacts_destroyed']}."
    )


_SHEETS = {
    "confirmed": "Het herstelblad is er: iemand heeft het bevestigd.",
    "waiting": "Het herstelblad is nog niet bevestigd. Doe dat met `dichterbij keys confirm`.",
    "other key": "Het herstelblad hoort bij een andere sleutel. Maak een nieuw blad: `dichterbij keys sheet`.",
    "none": "Er is geen herstelblad. Maak er een: `dichterbij keys sheet`.",
    "throw-away": "Dit is een voorbeeld met een wegwerpsleutel. Er is geen herstelblad.",
}


def is_example(session: Session) -> bool:
    """Tell whether these are the demo's data. Commands open them as any installation: the only project says it."""
    made_up = session.scalars(select(Project.made_up)).all()
    return bool(made_up) and all(made_up)


def sheet_state(place: Installation) -> str:
    """Return how it stands with the recovery sheet, as one of the keys of `keys status --json`."""
    with reading(place.engine)() as session:
        row = recoverysheets.newest(session)
        example = is_example(session)
    if row is None:
        return "throw-away" if example else "none"
    if row.fingerprint != place.key.fingerprint():
        return "other key"
    return "waiting" if row.confirmed_at is None else "confirmed"


def status_of(place: Installation) -> dict[str, object]:
    """Return how it stands with the keys of an installation, for `--json`."""
    drawer = place.keys.contacts
    return {
        "source": place.settings.key_source().value,
        "fingerprint": place.key.fingerprint(),
        "sheet": sheet_state(place),
        "interviews": len(place.keys.interviews()),
        "destroyed": len(place.keys.destroyed()),
        "contacts": len(drawer.interviews()),
        "contacts_destroyed": len(drawer.destroyed()),
    }


@keys.command()
@data_option
@sheets.sheet_option
@sheets.split_option
def rotate(data: Path | None, sheet: Path | None, split: bool) -> None:
    """Geef alles een nieuwe sleutel: de gegevens, de sleutels van gesprekken en het sleutelbestand.

    Stop eerst `serve` en `worker`. Valt de stroom uit? Start daarna opnieuw: er gaat niets verloren. Iedereen logt na
    afloop opnieuw in. Het oude herstelblad opent alleen nog oude reservekopieën.
    """
    files = sheets.files_for(sheet, split=split)
    with installation(data) as place:
        settings, old, passphrase = place.settings, place.key, place.passphrase
    try:
        for step in rotating.rotate(settings, old, passphrase=passphrase):
            say(_STEPS[step])
    except DatabaseBusy as error:
        raise Failed(
            "Er is nog een programma met de gegevens bezig. Stop `serve` en `worker`. Probeer het dan weer."
        ) from error
    except KeyRenewing as error:
        raise Failed(
            "Er wordt net iets uit een gesprek gewist. Start `dichterbij worker` even. Probeer het dan weer."
        ) from error
    except (KeysError, DatabaseUnsafe) as error:
        raise Failed(
            "Een sleutel of de kopie is beschadigd. Er is niets veranderd. Kijk met `dichterbij doctor`."
        ) from error
    except OSError as error:
        raise Failed("Ik kan niet alles schrijven. Is de schijf vol? Start opnieuw: er is niets kwijt.") from error
    if settings.credential is not None:
        say(
            f"De nieuwe sleutel staat in {settings.key_file}. Maak daar de credential {settings.credential.name} van. "
            "Wis daarna dat bestand. Maak dan een herstelblad: `dichterbij keys sheet`."
        )
        return
    with installation(data, passphrase=passphrase) as place:
        issue(place, files, split=split)


@keys.command()
@data_option
@sheets.sheet_option
@sheets.split_option
def sheet(data: Path | None, sheet: Path | None, split: bool) -> None:
    """Maak een nieuw herstelblad, of drie bladen waarvan er twee genoeg zijn. Oude bladen blijven werken."""
    files = sheets.files_for(sheet, split=split)
    with installation(data) as place:
        issue(place, files, split=split)


def issue(place: Installation, files: list[Path], *, split: bool) -> None:
    """Make sheets of the key of `place` and give them out."""
    with writing(place.engine)() as session, transaction(session):
        sheets.give(session, recoverysheets.issue(session, place.key, split=split), files)


@keys.command()
@data_option
def confirm(data: Path | None) -> None:
    """Bevestig dat het herstelblad er is: typ over wat erop staat."""
    with installation(data) as place, writing(place.engine)() as session, transaction(session):
        row = recoverysheets.waiting(session)
        if row is None:
            say("Er hoeft niets bevestigd te worden.")
            return
        typed = [
            click.prompt(f"Groep {group}" + (f" van blad {number}" if row.sheets > 1 else ""), err=True)
            for number, group in recoverysheets.places(row)
        ]
        try:
            recoverysheets.confirm(session, None, typed, key=place.key)
        except Invalid as problem:
            raise Failed(explain(problem)) from problem
    say("Bevestigd. Het project kan beginnen.")


@keys.command()
@data_option
@click.option("--remove", is_flag=True, help="Haal de wachtzin weg: het bestand opent dan zonder.")
def passphrase(data: Path | None, remove: bool) -> None:
    """Zet een wachtzin op het sleutelbestand, of kies een andere. Hij wordt bij elke start gevraagd."""
    with installation(data) as place:
        if place.settings.credential is not None:
            raise Failed("De sleutel komt van systemd. Een wachtzin past daar niet bij.")
        new = None if remove else passphrases.chosen()
        try:
            place.key.save_again(place.settings.key_file, passphrase=new)
        except OSError as error:
            raise Failed(f"Ik kan niet schrijven in {place.settings.key_file}.") from error
    say("Het sleutelbestand opent nu zonder wachtzin." if remove else "Het sleutelbestand opent nu met deze wachtzin.")


@keys.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def new(file: Path) -> None:
    """Maak een bestand met een nieuwe sleutel, om er een credential van systemd van te maken."""
    try:
        InstallationKey.generate().save(file)
    except KeyFileExists as error:
        raise Failed(f"{file} is er al. Kies een nieuw bestand.") from error
    except OSError as error:
        raise Failed(f"Ik kan niet schrijven in {file}.") from error
    say(f"De nieuwe sleutel staat in {file}. Wis dat bestand als de credential er is.")
