"""Starts that are not safe are refused, each with a sentence that says what to do."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa
from click.testing import CliRunner, Result
from sqlalchemy.orm import Session

from interviews.db import transaction, writing
from interviews.keys import InstallationKey, KeyStore
from interviews.models import Person
from webapp import migrating, production
from webapp.cli import main, serve
from webapp.cli.serve import serve as serve_command
from webapp.example import ACCOUNTS
from webapp.example.accounts import add
from webapp.installation import Installation
from webapp.settings import Settings

SERVED = "served"


@pytest.fixture
def place(
    settings: Settings, engine: sa.Engine, keys: KeyStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Settings:
    """An installation that is ready to serve; instead of serving, it says so."""
    settings.data.chmod(0o700)
    for name in list(os.environ):
        if name.startswith("DICHTERBIJ_") and name != "DICHTERBIJ_TESTING":
            monkeypatch.delenv(name)
    for name in ("DATABASE_URL", "FLASK_DEBUG", "CREDENTIALS_DIRECTORY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DICHTERBIJ_DATA", str(settings.data))
    monkeypatch.setenv("DICHTERBIJ_KEY_FILE", str(settings.key_file))
    # Tables as the tests make them; that a database of another version is refused has a test of its own.
    monkeypatch.setattr(migrating, "is_current", lambda engine: True)

    def instead(place: Installation, **asked: object) -> None:
        raise SystemExit(SERVED)

    monkeypatch.setattr(serve, "run", instead)
    return settings


def start(*options: str) -> Result:
    assert serve_command is not None
    return CliRunner().invoke(main, ["serve", *options])


def is_served(ran: Result) -> bool:
    return str(ran.exception) == SERVED


def debug(place: Settings, patch: pytest.MonkeyPatch) -> None:
    patch.setenv("FLASK_DEBUG", "1")


def no_key(place: Settings, patch: pytest.MonkeyPatch) -> None:
    place.key_file.unlink()


def weak_key(place: Settings, patch: pytest.MonkeyPatch) -> None:
    # As somebody makes up a key: a word, again and again. The store and the database are its own.
    weak = InstallationKey((b"dichterbij" * 4)[:32])
    place.key_file.unlink()
    weak.save(place.key_file)
    for path in (place.data / "dichterbij.db", *(place.data / "keys").iterdir()):
        path.unlink()
    from interviews.db import Base, make_engine

    KeyStore(place.data / "keys", weak)
    made = make_engine(place.database_url, key=weak.database_key())
    Base.metadata.create_all(made)
    made.dispose()


def key_for_all(place: Settings, patch: pytest.MonkeyPatch) -> None:
    place.key_file.chmod(0o644)


def key_with_the_data(place: Settings, patch: pytest.MonkeyPatch) -> None:
    place.key_file.rename(place.data / "installation.key")
    patch.setenv("DICHTERBIJ_KEY_FILE", str(place.data / "installation.key"))


def data_for_all(place: Settings, patch: pytest.MonkeyPatch) -> None:
    place.data.chmod(0o755)


def plain_http(place: Settings, patch: pytest.MonkeyPatch) -> None:
    patch.setenv("DICHTERBIJ_HOST", "0.0.0.0")


def https_without_a_proxy(place: Settings, patch: pytest.MonkeyPatch) -> None:
    patch.setenv("DICHTERBIJ_HOST", "0.0.0.0")
    patch.setenv("DICHTERBIJ_PUBLIC_URL", "https://dichterbij.example.nl")


def other_version(place: Settings, patch: pytest.MonkeyPatch) -> None:
    patch.setattr(migrating, "is_current", lambda engine: False)


def demo_account(place: Settings, patch: pytest.MonkeyPatch) -> None:
    from interviews.db import make_engine

    engine = make_engine(place.database_url, key=place.read_key().database_key())
    with writing(engine)() as session, transaction(session):
        add(session, ACCOUNTS[0])
    engine.dispose()


UNSAFE: list[tuple[Callable[[Settings, pytest.MonkeyPatch], None], str]] = [
    (debug, "FLASK_DEBUG"),
    (no_key, "Zet hem terug"),
    (weak_key, "keys rotate"),
    (key_for_all, "chmod 600"),
    (key_with_the_data, "DICHTERBIJ_KEY_FILE"),
    (data_for_all, "chmod 700"),
    (plain_http, "DICHTERBIJ_PUBLIC_URL"),
    (https_without_a_proxy, "DICHTERBIJ_PROXIES"),
    (other_version, "dichterbij init"),
    (demo_account, "Haal die mensen weg"),
]


def test_a_safe_installation_is_served(place: Settings) -> None:
    assert is_served(start())


@pytest.mark.parametrize(("make_unsafe", "what_to_do"), UNSAFE, ids=[one.__name__ for one, _ in UNSAFE])
def test_an_unsafe_start_is_refused_with_what_to_do(
    place: Settings,
    monkeypatch: pytest.MonkeyPatch,
    make_unsafe: Callable[[Settings, pytest.MonkeyPatch], None],
    what_to_do: str,
) -> None:
    make_unsafe(place, monkeypatch)
    ran = start()
    assert ran.exit_code == 1, ran.output
    assert not is_served(ran)
    assert what_to_do in ran.stderr
    assert len(ran.stderr.strip().splitlines()) == 1


def test_everything_that_is_unsafe_is_said_at_once(place: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    for make_unsafe in (debug, key_for_all, data_for_all):
        make_unsafe(place, monkeypatch)
    assert len(start().stderr.strip().splitlines()) == 3


def test_a_proxy_in_front_may_be_on_another_machine(place: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    https_without_a_proxy(place, monkeypatch)
    monkeypatch.setenv("DICHTERBIJ_PROXIES", "1")
    assert is_served(start())


def test_somebody_with_a_word_of_the_example_and_an_own_passphrase_is_no_danger(
    place: Settings, db: Session, installation_key: InstallationKey
) -> None:
    with transaction(db):
        person = add(db, ACCOUNTS[0])
    assert [one.name for one in production.inside(place, installation_key, db)] == ["demo_account"]
    with transaction(db):
        from interviews import passphrases

        db.get_one(Person, person.id).passphrase_hash = passphrases.hash_of("iets anders dan het voorbeeld")
    assert production.inside(place, installation_key, db) == []


def test_the_demo_may_do_what_a_real_project_may_not(place: Settings, installation_key: InstallationKey) -> None:
    from dataclasses import replace

    place.data.chmod(0o755)
    assert production.outside(replace(place, demo=True), {"FLASK_DEBUG": "1"}) == []
