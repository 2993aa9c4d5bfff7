"""What makes it unsafe to serve: looked at before the first page, each with what to do about it.

Some of these are refused elsewhere too (a key that others can read is not read at all); here they are all said at once,
before anything is opened.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from interviews.keys import InstallationKey
from interviews.models import Person
from interviews.passphrases import fits
from webapp.example.accounts import ACCOUNTS, PASSPHRASE
from webapp.messages import sentence
from webapp.settings import LOOPBACK, Settings

FEWEST_KINDS = 12
"""Different bytes in a key of 32. A random one has fewer once in 10**13 keys; one that somebody typed often has."""


@dataclass(frozen=True, slots=True)
class Danger:
    """A reason not to serve: a short name, and what to do."""

    name: str
    sentence: str


def outside(settings: Settings, environment: Mapping[str, str] | None = None) -> list[Danger]:
    """Return what is unsafe before anything is opened: settings, files and their rights. Nothing for the demo."""
    return [] if settings.demo else list(_outside(settings, os.environ if environment is None else environment))


def _outside(settings: Settings, environment: Mapping[str, str]) -> Iterator[Danger]:
    if environment.get("FLASK_DEBUG", "").lower() not in ("", "0", "false", "no"):
        yield Danger("debug", sentence("unsafe.debug"))
    if settings.host not in LOOPBACK and not settings.proxies:
        # https is made by the proxy in front; without one, other machines reach the plain pages themselves.
        yield Danger("http", sentence("unsafe.http", host=settings.host))
    path = settings.key_path
    if not path.exists():
        yield Danger("key_missing", sentence("unsafe.key_missing", path=path))
    elif settings.credential is None:
        if _open_to_others(path):
            yield Danger("key_exposed", sentence("unsafe.key_exposed", path=path))
        if settings.data.resolve() in path.resolve().parents:
            yield Danger("key_inside", sentence("unsafe.key_inside", path=path))
    if settings.data.exists() and _open_to_others(settings.data):
        yield Danger("data_exposed", sentence("unsafe.data_exposed", path=settings.data))


def _open_to_others(path: Path) -> bool:
    return sys.platform != "win32" and bool(path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO))


def inside(settings: Settings, key: InstallationKey, session: Session) -> list[Danger]:
    """Return what is unsafe in an installation that was opened: its key, and accounts that everybody knows."""
    return [] if settings.demo else list(_inside(key, session))


def _inside(key: InstallationKey, session: Session) -> Iterator[Danger]:
    if len(set(key.raw)) < FEWEST_KINDS:
        yield Danger("key_weak", sentence("unsafe.key_weak"))
    words = [account.login_word for account in ACCOUNTS]
    known = session.scalars(select(Person).where(Person.login_word.in_(words), Person.disabled_at.is_(None)))
    if any(fits(person.passphrase_hash, PASSPHRASE) for person in known):
        yield Danger("demo_account", sentence("unsafe.demo_account"))
