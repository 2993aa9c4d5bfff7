"""A backup that was never put back does not exist: this puts one back in a folder of its own, looks, and clears up."""

from __future__ import annotations

import json
import tempfile
from base64 import b64decode
from pathlib import Path, PurePosixPath

from interviews import ledger
from interviews.backups import databases
from interviews.backups.errors import BackupFailed
from interviews.backups.making import DATABASE, KEYS, LEDGER
from interviews.backups.manifest import Kind, Manifest, backup_key, read_manifest, require_whole
from interviews.durable import write_whole
from interviews.keys import InstallationKey, KeysError, KeyStore, SealBroken
from interviews.ledger import Entry, Ledger, LedgerDamaged
from interviews.streams import SealedReader


def check(folder: Path, key: InstallationKey, *, url: str) -> Manifest:
    """Put the backup in `folder` back into a folder beside it, see that it is whole, and clear that up again.

    Every file against its hash; the database opens, is sound and has the rows it had; every key opens. `url` is the
    database of the installation: a copy of a PostgreSQL database is tried on the same server. Raises BackupFailed, also
    "backup.disk" when there is no room for it and "backup.no_scratch" as `databases.scratch`.
    """
    manifest = read_manifest(folder, key)
    require_whole(folder, manifest)
    try:
        with tempfile.TemporaryDirectory(prefix=".check-", dir=folder.parent) as name:
            work = Path(name)
            if len(ledger_of(folder, key, work / "ledger")) != manifest.erased:
                raise BackupFailed("backup.damaged", name=LEDGER)
            if manifest.kind is Kind.KEYS:
                _try_keys(folder, key, work / "keys")
            else:
                _try_database(folder, manifest, key, work, url)
    except OSError as error:
        raise BackupFailed("backup.disk", folder=folder.parent) from error
    except SealBroken as error:
        raise BackupFailed("backup.damaged", name=folder.name) from error
    return manifest


def _try_database(folder: Path, manifest: Manifest, key: InstallationKey, work: Path, url: str) -> None:
    seal = backup_key(key, "database")
    if manifest.database == "sqlcipher":
        databases.write_plain(folder / DATABASE, work / databases.DATABASE, seal)
        with databases.opened(work / databases.DATABASE, key) as engine, engine.connect() as connection:
            databases.require_sound(connection)
            counts = databases.counts_of(connection)
    else:
        with databases.scratch(url) as address:
            databases.load_postgresql(folder / DATABASE, address, seal)
            counts = databases.counts_at(address)
    if counts != dict(manifest.counts):
        raise BackupFailed("backup.database")


def _try_keys(folder: Path, key: InstallationKey, work: Path) -> None:
    write_keys(folder, key, work)
    try:
        store = KeyStore(work, key)
        for interview in store.interviews():
            store.open(interview)
    except KeysError as error:
        raise BackupFailed("backup.damaged", name=KEYS) from error


def write_keys(folder: Path, key: InstallationKey, into: Path) -> None:
    """Write the key store of a backup of keys into a new folder. Raises `keys.SealBroken` and OSError."""
    with SealedReader(folder / KEYS, backup_key(key, "keys")) as file:
        kept: dict[str, str] = json.loads(file.readall())
    into.mkdir(mode=0o700)
    for name, content in kept.items():
        place = into.joinpath(*_plain(name))
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_whole(place, b64decode(content))


def _plain(name: str) -> tuple[str, ...]:
    """Return the parts of a path within a backup; one that would lead out of it was never written by us."""
    parts = PurePosixPath(name).parts
    if not parts or PurePosixPath(name).is_absolute() or ".." in parts:
        raise BackupFailed("backup.damaged", name=KEYS)
    return parts


def ledger_of(folder: Path, key: InstallationKey, into: Path) -> list[Entry]:
    """Write the ledger of a backup into a new folder and return its lines.

    Raises BackupFailed("backup.ledger"), `keys.SealBroken` and OSError.
    """
    with SealedReader(folder / LEDGER, backup_key(key, "ledger")) as file:
        content = file.readall()
    into.mkdir(mode=0o700, parents=True)
    write_whole(into / ledger.FILE, content)
    try:
        return Ledger(into).entries()
    except LedgerDamaged as error:
        raise BackupFailed("backup.ledger", line=error.line) from error
