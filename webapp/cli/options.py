"""Options that several commands share, and the sentences for an installation that is not there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from interviews.access import Actor
from interviews.db import DatabaseLocked
from interviews.keys import KeyFileDamaged, KeyFileExposed, KeysError, PassphraseWrong
from interviews.models import Membership, Project
from interviews.models.project import Role
from webapp.cli import passphrases
from webapp.cli.console import Failed
from webapp.installation import Installation, KeyLost, NotInstalled, NotMigrated, opened
from webapp.settings import Settings, UnsafeSettings

data_option = click.option(
    "--data",
    type=click.Path(file_okay=False, path_type=Path),
    help="Map met de gegevens. Anders DICHTERBIJ_DATA of de gewone plek voor gegevens.",
)


def settings_for(data: Path | None, *, host: str | None = None, port: int | None = None) -> Settings:
    """Return the settings of a command. Raises Failed for settings that are not safe, or no settings at all."""
    try:
        return Settings.from_environment(data, host=host, port=port)
    except UnsafeSettings as error:
        raise Failed(
            "Andere computers mogen hier alleen over https bij. "
            "Zet DICHTERBIJ_PUBLIC_URL op het https-adres, of gebruik --host 127.0.0.1."
        ) from error
    except ValueError as error:
        raise Failed("Een instelling is geen getal: kijk naar DICHTERBIJ_PORT en DICHTERBIJ_PROXIES.") from error


def key_lost(settings: Settings) -> str:
    """Return what to do when the data are there and their key is not."""
    return (
        f"De sleutel {settings.key_file} is weg, en de gegevens zijn er nog. Zet het sleutelbestand terug. "
        "Of typ het herstelblad over met `dichterbij init --recover`."
    )


def key_refused(settings: Settings, error: Exception) -> str:
    """Return what to do when there is a key that cannot be used."""
    path = settings.key_path
    if isinstance(error, PassphraseWrong):
        return "Deze wachtzin past niet bij de sleutel. Probeer het nog een keer."
    if isinstance(error, KeyFileExposed):
        return f"Anderen op deze computer kunnen {path} lezen. Zet het op alleen voor jou: chmod 600."
    if isinstance(error, KeyFileDamaged):
        return f"In {path} staat geen hele sleutel. Haal het bestand weg. Start dan `dichterbij init --recover`."
    return f"De sleutel in {path} past niet. Zet het goede sleutelbestand terug."


@contextmanager
def installation(
    data: Path | None, *, host: str | None = None, port: int | None = None, passphrase: str | None = None
) -> Iterator[Installation]:
    """Open the installation of a command; a sentence says what to do when it does not open.

    The passphrase of the key is asked for when the key has one and none is given.
    """
    settings = settings_for(data, host=host, port=port)
    known = passphrases.needed(settings) if passphrase is None else passphrase
    try:
        with opened(settings, passphrase=known) as found:
            yield found
    except NotInstalled as error:
        raise Failed(f"In {settings.data} staat nog geen installatie. Maak die eerst met `dichterbij init`.") from error
    except KeyLost as error:
        raise Failed(key_lost(settings)) from error
    except NotMigrated as error:
        raise Failed("De gegevens horen bij een andere versie. Werk ze bij met `dichterbij init`.") from error
    except (DatabaseLocked, KeysError) as error:
        raise Failed(key_refused(settings, error)) from error


def find_project(session: Session, name: str | None) -> Project:
    """Return the project with this title or id, or the only one. Raises Failed with the choices otherwise."""
    projects = session.scalars(select(Project).order_by(Project.created_at)).all()
    chosen = [project for project in projects if name is None or name in {project.title, str(project.id)}]
    if len(chosen) == 1:
        return chosen[0]
    titles = "; ".join(project.title for project in projects) or "nog geen enkel project"
    raise Failed(f"Kies een project met --project. Er is: {titles}.")


def operator(session: Session, project: Project) -> Actor:
    """Return the first project lead, with a researcher's rights as well.

    Who works on the machine itself holds the key, so a finer right would protect nothing; what is done is logged under
    the lead's name.
    """
    membership = session.scalar(
        select(Membership)
        .where(Membership.project_id == project.id, Membership.role == Role.PROJECT_LEAD)
        .order_by(Membership.created_at)
        .limit(1)
    )
    if membership is None:
        raise Failed("Dit project heeft geen projectleider meer. Geef eerst iemand die rol.")
    return Actor(membership.person_id, {project.id: frozenset({Role.PROJECT_LEAD, Role.RESEARCHER})})
