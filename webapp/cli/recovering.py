"""Bringing the installation key back from paper: the whole code, or two of three sheets."""

from __future__ import annotations

import click

from interviews import recoverycodes
from interviews.errors import Invalid
from interviews.keys import InstallationKey, KeyFileExists, WrongKey
from webapp.cli.console import Failed, explain, say
from webapp.installation import NotInstalled, put_back
from webapp.settings import Settings


def recover(settings: Settings, *, passphrase: str | None = None) -> None:
    """Ask for the code, as often as is needed, and write the key's file again; under `passphrase` when there is one."""
    if settings.credential is not None:
        raise Failed("De sleutel komt van systemd. Zet daar de goede credential terug.")
    if settings.key_file.exists():
        raise Failed(f"Er is al een sleutelbestand: {settings.key_file}. Haal dat eerst weg als het niet goed is.")
    key = typed_key()
    try:
        put_back(settings, key, passphrase=passphrase)
    except NotInstalled as error:
        raise Failed(f"In {settings.data} staan geen gegevens. Zet die eerst terug.") from error
    except WrongKey as error:
        raise Failed(
            "Deze code hoort niet bij deze gegevens. Kijk naar het kenmerk en de datum op het blad. "
            "Twee bladen moeten van dezelfde keer zijn."
        ) from error
    except (KeyFileExists, OSError) as error:
        raise Failed(f"Ik kan niet schrijven in {settings.key_file}.") from error
    say(f"De sleutel is terug: {settings.key_file}.")


def typed_key() -> InstallationKey:
    """Return the key of what somebody types; a slip is named and asked again."""
    codes: dict[int, bytes] = {}
    question = "Code van het herstelblad"
    while True:
        try:
            sheet, part = recoverycodes.read(click.prompt(question, err=True))
            codes[sheet] = part
            return InstallationKey.from_codes(codes)
        except Invalid as problem:
            say(explain(problem))
            if problem.key == "recovery_code.one_more":
                question = "Code van een ander blad"
