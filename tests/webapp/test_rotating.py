"""A new installation key: everything goes along, and a crash at any moment loses nothing."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from interviews.db import DatabaseBusy, make_engine, transaction, writing
from interviews.keys import InstallationKey, KeyRenewing, KeysError, KeyStore, PassphraseNeeded, protecting
from interviews.models import Person
from tests import factories
from webapp import rotating
from webapp.rotating import Step
from webapp.settings import Settings

STORY = "Ik durfde niet te bellen."
PASSPHRASE = "de kat slaapt op mijn krant"


@dataclass(frozen=True)
class House:
    """An installation that nobody has open, with a person, a story and a contact in it."""

    settings: Settings
    key: InstallationKey
    interview: UUID
    sealed: bytes
    contact: bytes

    def key_now(self, passphrase: str | None = None) -> InstallationKey:
        """Settle what a crash left, and return the key."""
        rotating.settle(self.settings, passphrase)
        return self.settings.read_key(passphrase)

    def reads(self, key: InstallationKey) -> None:
        """Look whether everything opens with `key`."""
        engine = make_engine(self.settings.database_url, key=key.database_key())
        with writing(engine)() as session, transaction(session):
            assert session.scalars(sa.select(Person.login_word)).all() == ["alice"]
            session.execute(sa.update(Person).values(display_name="Alice schrijft"))
        engine.dispose()
        store = KeyStore(self.settings.data / "keys", key)
        assert store.open(self.interview).open_text(self.sealed, context="story") == STORY
        assert store.contacts.open(self.interview).open_text(self.contact, context="contact") == STORY
        assert key.derive("device/1") == self.key.derive("device/1")

    def is_tidy(self) -> bool:
        """Tell whether nothing half-made lies about."""
        left = [path.name for path in self.settings.data.parent.rglob("*")]
        return not [name for name in left if ".next" in name or name == "rotation.ready" or name.endswith(".new")]


@pytest.fixture
def house(settings: Settings, empty_database: Path, installation_key: InstallationKey) -> House:
    shutil.copy(empty_database, settings.data / "dichterbij.db")
    engine = make_engine(settings.database_url, key=installation_key.database_key())
    with writing(engine)() as session, transaction(session):
        factories.person(session, "alice")
    engine.dispose()
    store, interview = KeyStore(settings.data / "keys", installation_key), uuid4()
    return House(
        settings,
        installation_key,
        interview,
        store.create(interview).seal_text(STORY, context="story"),
        store.contacts.create(interview).seal_text(STORY, context="contact"),
    )


def test_everything_goes_along_to_the_new_key(house: House) -> None:
    assert list(rotating.rotate(house.settings, house.key)) == list(Step)
    new = house.key_now()
    assert new != house.key
    house.reads(new)
    assert house.is_tidy()
    with pytest.raises(KeysError):
        KeyStore(house.settings.data / "keys", house.key)
    old_code = house.key.to_recovery_code().encode()
    assert not [
        path for path in house.settings.data.parent.rglob("*") if path.is_file() and old_code in path.read_bytes()
    ]
    # And a second time.
    list(rotating.rotate(house.settings, new))
    house.reads(house.key_now())


@pytest.mark.parametrize("done", range(len(Step)))
def test_a_crash_between_two_steps_is_rolled_back_or_finished(house: House, done: int) -> None:
    going = rotating.rotate(house.settings, house.key)
    for _ in range(done):
        next(going)
    going.close()
    assert rotating.settle(house.settings) == (done > 1)
    found = house.key_now()
    assert (found == house.key) == (done <= list(Step).index(Step.READY))
    house.reads(found)
    assert house.is_tidy()
    list(rotating.rotate(house.settings, found))
    house.reads(house.key_now())


class Crash(BaseException):
    """Stands for the power going out: no code of ours catches it."""


class Power:
    """Goes out at the `at`-th change of a file."""

    def __init__(self, at: int) -> None:
        self.left = at
        self.out = False

    def use(self) -> None:
        """Count one change."""
        if self.out or self.left == 0:
            self.out = True
            raise Crash
        self.left -= 1


@pytest.fixture
def power(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Power]:
    """Power that goes out, watched at every call by which a file changes its name, its place or its being there."""
    found = Power(request.param)
    for owner, name in ((Path, "replace"), (Path, "unlink"), (os, "fsync")):
        real = getattr(owner, name)

        def watched(*args: object, real: object = real, **more: object) -> object:
            found.use()
            return real(*args, **more)  # type: ignore[operator]  # what was there before

        monkeypatch.setattr(owner, name, watched)
    yield found
    monkeypatch.undo()


@pytest.mark.parametrize("power", [*range(0, 20, 2), *range(21, 60, 3)], indirect=True)
def test_a_crash_within_a_step_loses_nothing(house: House, power: Power, monkeypatch: pytest.MonkeyPatch) -> None:
    with suppress(Crash):
        list(rotating.rotate(house.settings, house.key))
    monkeypatch.undo()
    found = house.key_now()
    house.reads(found)
    assert house.is_tidy()


def test_the_sixty_changes_of_that_test_are_all_there_are(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    power = Power(10_000)
    for owner, name in ((Path, "replace"), (Path, "unlink"), (os, "fsync")):
        real = getattr(owner, name)

        def counted(*args: object, real: object = real, **more: object) -> object:
            power.use()
            return real(*args, **more)  # type: ignore[operator]  # what was there before

        monkeypatch.setattr(owner, name, counted)
    list(rotating.rotate(house.settings, house.key))
    assert 20 < 10_000 - power.left <= 60


@pytest.mark.parametrize("power", [0, 3, 7, 11, 15, 18, 20], indirect=True)
def test_a_second_crash_while_it_is_finished_loses_nothing_either(
    house: House, power: Power, monkeypatch: pytest.MonkeyPatch
) -> None:
    at, power.left = power.left, 10_000
    going = rotating.rotate(house.settings, house.key)
    while next(going) is not Step.READY:
        pass
    going.close()
    power.left = at
    with pytest.raises(Crash):
        house.key_now()
    monkeypatch.undo()
    house.reads(house.key_now())
    assert house.is_tidy()


def test_a_program_that_is_still_busy_keeps_it_from_happening(house: House) -> None:
    engine = make_engine(house.settings.database_url, key=house.key.database_key())
    with Session(engine) as session:
        session.execute(sa.select(Person)).all()
        with pytest.raises(DatabaseBusy):
            list(rotating.rotate(house.settings, house.key))
    engine.dispose()
    assert house.is_tidy()
    house.reads(house.key_now())


def test_while_an_interview_gets_a_new_key_nothing_happens(house: House) -> None:
    KeyStore(house.settings.data / "keys", house.key).renew(house.interview)
    with pytest.raises(KeyRenewing):
        list(rotating.rotate(house.settings, house.key))
    assert house.is_tidy()
    assert house.key_now() == house.key


def test_a_key_that_does_not_open_stops_it_before_anything_changes(house: House) -> None:
    (house.settings.data / "keys" / f"{uuid4()}.key").write_bytes(b"kapot")
    with pytest.raises(KeysError):
        list(rotating.rotate(house.settings, house.key))
    assert house.is_tidy()
    assert house.key_now() == house.key


@pytest.mark.parametrize("done", [2, 4, 6, 7, 8])
def test_the_passphrase_stays_the_same_also_after_a_crash(
    house: House, monkeypatch: pytest.MonkeyPatch, done: int
) -> None:
    monkeypatch.setattr(protecting, "COST", protecting.Cost(kib=64, rounds=1, lanes=1))
    house.key.save_again(house.settings.key_file, passphrase=PASSPHRASE)
    going = rotating.rotate(house.settings, house.key, passphrase=PASSPHRASE)
    for _ in range(done):
        next(going)
    going.close()
    found = house.key_now(PASSPHRASE)
    house.reads(found)
    assert house.is_tidy()
    with pytest.raises(PassphraseNeeded):
        house.settings.read_key()
