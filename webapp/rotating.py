"""A new installation key for everything: the database, the key store, the file of the key itself.

Nothing that is in use changes before all is ready beside it. The old and the new key are both on disk until the end, so
that a crash at any moment loses nothing: before the file `rotation.ready` is there, whoever opens the installation next
throws the new things away; from then on it finishes the work. Each step may be done twice.
"""

from __future__ import annotations

import enum
import os
import secrets
from collections.abc import Generator, Iterator
from contextlib import suppress
from pathlib import Path

from sqlalchemy import make_url

from interviews.db import copied_under
from interviews.durable import locked, sync_directory, write_whole
from interviews.keys import InstallationKey, KeyRenewing, KeyStore, WrongKey, leave_lasting, opens_store, read_lasting
from webapp.settings import Settings

_READY = "rotation.ready"
_LOCK = "rotation.lock"
_NEXT = ".next"


class Step(enum.StrEnum):
    """What was just done; the value is the last part of the key of its sentence."""

    CHECKED = "checked"
    NEW_KEY = "new_key"
    COPIED = "copied"
    READY = "ready"
    CONTACTS = "contacts"
    STORE = "store"
    DATABASE = "database"
    KEY = "key"


def rotate(settings: Settings, old: InstallationKey, *, passphrase: str | None = None) -> Generator[Step]:
    """Put a new installation key in the place of `old`, a step each time the iterator is asked for one.

    Stop everything that uses the installation first. The new key is in `settings.key_file` when this ends, under
    `passphrase` when the old one was under one; sessions have ended, drafts on phones and codes of apps still fit.
    Raises DatabaseBusy when another program is in the database, KeyRenewing or KeyDamaged when a key of the store
    cannot go along, and OSError for a full disk; then nothing has changed.
    """
    settle(settings, passphrase)
    with locked(settings.data / _LOCK):
        try:
            _require_whole(settings, old)
            yield Step.CHECKED
            new = old.succeeded_by(InstallationKey.generate())
            new.save(beside(settings.key_file), passphrase=passphrase)
            yield Step.NEW_KEY
            yield from _prepare(settings, old, new)
        except Exception:
            # What a crash would leave to the next start, an error clears up at once.
            if not (settings.data / _READY).exists():
                _roll_back(settings)
            raise
        yield from _roll_forward(settings, old, new)


def _require_whole(settings: Settings, old: InstallationKey) -> None:
    """Raise unless every key of the store and of its drawer opens: a later step could not go back."""
    store = KeyStore(settings.data / "keys", old)
    for each in (store, store.contacts):
        if each.renewing():
            raise KeyRenewing(str(min(each.renewing())))
        for owner in each.interviews():
            each.open(owner)


def _prepare(settings: Settings, old: InstallationKey, new: InstallationKey) -> Iterator[Step]:
    """Make the copy of the database, and say that all is ready while nobody can write in the old one."""
    database = database_file(settings)
    if database is None:
        _say_ready(settings)
        yield Step.READY
        return
    copy = beside(database)
    with copied_under(database, old.database_key(), target=copy, new_key=new.database_key()):
        yield Step.COPIED
        _say_ready(settings)
    yield Step.READY


def _say_ready(settings: Settings) -> None:
    write_whole(settings.data / _READY, b"ready\n")


def settle(settings: Settings, passphrase: str | None = None) -> bool:
    """Finish or throw away a rotation that was interrupted; tell whether there was one.

    Waits for one that is going on. Raises as `Settings.read_key`, and PassphraseNeeded or PassphraseWrong.
    """
    if not _interrupted(settings):
        return False
    with locked(settings.data / _LOCK):
        if not _interrupted(settings):
            return False
        if (settings.data / _READY).exists():
            for _ in _finish(settings, passphrase):
                pass
        else:
            _roll_back(settings)
    return True


def _interrupted(settings: Settings) -> bool:
    return (settings.data / _READY).exists() or beside(settings.key_file).exists()


def _finish(settings: Settings, passphrase: str | None) -> Iterator[Step]:
    fresh = beside(settings.key_file)
    if not fresh.exists():
        # The last thing that happened was the key taking its place.
        (settings.data / _READY).unlink()
        return
    new = InstallationKey.from_file(fresh, passphrase=passphrase)
    if opens_store(settings.data / "keys", new):
        # The store changed hands, so the old key is not asked for any more: it may be half overwritten.
        yield from _last_steps(settings, new)
        return
    guarded = settings.credential is not None
    old = InstallationKey.from_file(settings.key_path, passphrase=passphrase, guarded=guarded)
    yield from _roll_forward(settings, old, new)


def _roll_forward(settings: Settings, old: InstallationKey, new: InstallationKey) -> Iterator[Step]:
    """Let everything change hands, the key store first: it is what says whose key counts."""
    directory = settings.data / "keys"
    store = KeyStore(directory, old)
    # Else the drawer changed hands before the crash.
    with suppress(WrongKey):
        store.contacts.rewrap(new)
    yield Step.CONTACTS
    leave_lasting(directory, _with_lasting(directory, old, new))
    store.rewrap(new)
    yield Step.STORE
    yield from _last_steps(settings, new)


def _with_lasting(directory: Path, old: InstallationKey, new: InstallationKey) -> InstallationKey:
    """Return the new key with the root of lasting keys, which may have been left for it before a crash."""
    try:
        return read_lasting(directory, old).succeeded_by(new)
    except WrongKey:
        return read_lasting(directory, new)


def _last_steps(settings: Settings, new: InstallationKey) -> Iterator[Step]:
    """Put the database and the key in their places. The store is the new key's already."""
    # Opening finishes what a crash interrupted, in the store and in its drawer.
    KeyStore(settings.data / "keys", new).contacts.interviews()
    database = database_file(settings)
    if database is not None and beside(database).exists():
        for rest in ("-wal", "-shm", "-journal"):
            database.with_name(database.name + rest).unlink(missing_ok=True)
        beside(database).replace(database)
        sync_directory(database.parent)
    yield Step.DATABASE
    _overwrite(settings.key_file)
    beside(settings.key_file).replace(settings.key_file)
    sync_directory(settings.key_file.parent)
    (settings.data / _READY).unlink(missing_ok=True)
    yield Step.KEY


def _roll_back(settings: Settings) -> None:
    """Throw away what was made beside the things in use."""
    database = database_file(settings)
    if database is not None:
        beside(database).unlink(missing_ok=True)
    fresh = beside(settings.key_file)
    # And what was being written when it stopped.
    for path in (fresh.with_name(fresh.name + ".new"), settings.data / f"{_READY}.new", fresh):
        _overwrite(path)
        path.unlink(missing_ok=True)


def database_file(settings: Settings) -> Path | None:
    """Return the file of the embedded database; None for a database elsewhere, which has no key of ours."""
    address = make_url(settings.database_url)
    return Path(address.database) if address.get_backend_name() == "sqlite" and address.database else None


def beside(path: Path) -> Path:
    """Return where the new one of a file waits until it takes its place."""
    return path.with_name(path.name + _NEXT)


def _overwrite(path: Path) -> None:
    """Write over the bytes of a key that is no longer used. A medium that never writes in place keeps them all the same."""
    if not path.exists():
        return
    with path.open("r+b", buffering=0) as file:
        file.write(secrets.token_bytes(path.stat().st_size))
        os.fsync(file.fileno())
