"""One installation on disk: its folder, its key, its database. What commands and servers open first."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from sqlalchemy import Engine

from interviews import keyholders, recoverysheets
from interviews.db import make_engine, reading, transaction, writing
from interviews.keys import InstallationKey, KeyStore, WrongKey, opens_store
from webapp import migrating, rotating
from webapp.jobs import Jobs
from webapp.settings import Settings


class NotInstalled(Exception):
    """There is no installation here yet: `dichterbij init` makes one."""


class KeyLost(Exception):
    """The data are here and their key is not. A new key would open nothing, so none is made."""


class NotMigrated(Exception):
    """The database is of another version of the program: `dichterbij init` brings it up to date."""


@dataclass(frozen=True, slots=True)
class Installation:
    """An opened installation."""

    settings: Settings
    key: InstallationKey
    engine: Engine
    keys: KeyStore
    passphrase: str | None = field(default=None, repr=False)
    """What the key's file opens with, for the worker that is started beside the pages."""

    def jobs(self, *, immediate: bool = False) -> Jobs:
        """Return the queue of this installation."""
        return Jobs(
            self.engine,
            folder=self.settings.data,
            redis_url=self.settings.redis_url,
            immediate=immediate,
            keys=self.keys,
            speech_model=self.settings.speech_model,
            heads=self.settings.heads_file,
        )


def create(settings: Settings, *, passphrase: str | None = None) -> Installation:
    """Make what is missing (folder, key, schema) and open the installation. Safe to repeat.

    A key that is made here opens with `passphrase` only, when there is one. From then on a real project waits until
    somebody has the recovery sheet; the demo has a throw-away key and no sheet. Raises KeyLost when there are data and
    no key, as `InstallationKey.from_file` when a key is there that cannot be used, and DatabaseLocked or WrongKey when
    it is the key of other data.
    """
    rotating.settle(settings, passphrase)
    if not settings.key_path.exists() and has_data(settings):
        raise KeyLost
    settings.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not settings.key_path.exists():
        settings.key_file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        InstallationKey.generate().save(settings.key_file, passphrase=passphrase)
    installation = _open(settings, upgrade=True, passphrase=passphrase)
    if not settings.demo:
        with writing(installation.engine)() as session, transaction(session):
            recoverysheets.ensure(session, installation.key)
    return installation


@contextmanager
def opened(settings: Settings, *, passphrase: str | None = None) -> Iterator[Installation]:
    """Open an installation that exists and close its database again. A rotation that was interrupted is settled first.

    Raises NotInstalled, KeyLost, NotMigrated, and as `create` for a key that does not fit.
    """
    rotating.settle(settings, passphrase)
    if not settings.key_path.exists() and has_data(settings):
        raise KeyLost
    if not settings.key_path.exists() or not has_data(settings):
        raise NotInstalled
    installation = _open(settings, upgrade=False, passphrase=passphrase)
    try:
        yield installation
    finally:
        installation.engine.dispose()


def has_data(settings: Settings) -> bool:
    """Tell whether somebody's data are in the folder. The key store is there with either kind of database."""
    return (settings.data / "keys").is_dir() or (settings.data / "dichterbij.db").exists()


def put_back(settings: Settings, key: InstallationKey, *, passphrase: str | None = None) -> None:
    """Make the key's file again, of a key that came from paper.

    Raises NotInstalled where there are no data that it could be the key of, WrongKey when it is the key of other data,
    and KeyFileExists when there is a file: it is never overwritten.
    """
    if not has_data(settings):
        raise NotInstalled
    if not opens_store(settings.data / "keys", key):
        raise WrongKey(str(settings.data))
    key.save(settings.key_file, passphrase=passphrase)


def _open(settings: Settings, *, upgrade: bool, passphrase: str | None) -> Installation:
    key = settings.read_key(passphrase)
    engine = make_engine(settings.database_url, key=key.database_key())
    try:
        # The key store first: it knows whose it is, so that no other key ever makes a database beside it.
        keys = KeyStore(settings.data / "keys", key)
        if upgrade:
            migrating.upgrade(engine)
        elif not migrating.is_current(engine):
            raise NotMigrated
        with reading(engine)() as session:
            # Decided and written down; the program may have stopped before it was done.
            keyholders.finish_endings(session, keys)
    except BaseException:
        engine.dispose()
        raise
    return Installation(settings, key, engine, keys, passphrase)
