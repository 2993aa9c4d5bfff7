"""Asking for a passphrase, of the installation key or of a person: typed where somebody sits, else the first line of the input.

Never an argument and never a variable: both can be read by other programs on the machine.
"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from interviews.errors import Invalid
from interviews.keys import InstallationKey
from interviews.keys.protecting import check_passphrase
from webapp import rotating
from webapp.cli.console import Failed, explain, say
from webapp.settings import Settings

_MISSING = (
    "De sleutel opent met een wachtzin. Start dit waar je kunt typen, of geef hem als eerste regel van de invoer."
)


def needed(settings: Settings) -> str | None:
    """Ask for the passphrase of the key, when its file opens with one only; None when it does not, or is not there."""
    # A rotation that a crash interrupted may have left the key in the second place only.
    asks = any(_asks(path) for path in (settings.key_path, rotating.beside(settings.key_file)))
    return _typed("Wachtzin van de sleutel") if asks else None


def _asks(path: Path) -> bool:
    try:
        return InstallationKey.asks_passphrase(path)
    except OSError:
        return False


def chosen() -> str:
    """Ask for a new passphrase, twice where somebody types it. Raises Failed for one that protects nothing."""
    passphrase = _typed(
        "Nieuwe wachtzin van de sleutel",
        again="Kies een zin van ten minste 15 tekens. Hij wordt bij elke start gevraagd.",
    )
    try:
        check_passphrase(passphrase)
    except Invalid as problem:
        raise Failed(explain(problem)) from problem
    return passphrase


def of_somebody(minimum: int) -> str:
    """Ask for a new passphrase of a person, twice where somebody types it. The caller looks whether it will do."""
    said = f"Laat diegene zelf een wachtzin typen, van ten minste {minimum} tekens."
    return _typed(
        "Nieuwe wachtzin",
        again=said,
        missing="Start dit waar iemand kan typen, of geef de wachtzin als regel van de invoer.",
    )


def _typed(question: str, *, again: str = "", missing: str = _MISSING) -> str:
    if sys.stdin is not None and sys.stdin.isatty():
        if again:
            say(again)
        typed: str = click.prompt(question, hide_input=True, confirmation_prompt=bool(again), err=True)
        return typed
    line = "" if sys.stdin is None else sys.stdin.readline().rstrip("\r\n")
    if not line:
        raise Failed(missing)
    return line
