"""Putting a backup back to work with: into an empty folder, whole or not at all, and what was erased since stays erased.

The erasures since the backup stand in the ledger, not in the backup. So the newest ledger is asked for, and only who says
that there is none goes on with the one in the backup: somebody who withdrew after that is then back.
"""

from __future__ import annotations

import secrets
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from interviews import ledger as ledgers
from interviews.backups import databases
from interviews.backups.checking import ledger_of, write_keys
from interviews.backups.errors import BackupFailed
from interviews.backups.making import DATABASE, FILES, HEADS, copy_file
from interviews.backups.manifest import Kind, Manifest, backup_key, read_manifest, require_whole
from interviews.durable import sync_directory
from interviews.keys import InstallationKey, SealBroken
from interviews.ledger import Entry, Ledger, LedgerDamaged
from interviews.streams import SealedReader


@dataclass(frozen=True, slots=True)
class Places:
    """Where the parts of an installation are within its data folder."""

    keys: str = "keys"
    files: str = "files"
    ledger: str = "."
    """The data folder itself."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put back: of when, and how many erasures were done again (`finish` counts them)."""

    manifest: Manifest
    again: int


Finish = Callable[[Path], int]
"""Brings what lies in the folder up to date and does the ledger again; returns the number of erasures."""


def restore(
    folder: Path,
    *,
    keys: Path,
    into: Path,
    key: InstallationKey,
    url: str,
    finish: Finish,
    newest_ledger: Path | None = None,
    without_ledger: bool = False,
    places: Places | None = None,
) -> Restored:
    """Put the backup in `folder` back into `into`, a folder that is empty or not there, with the keys of another backup.

    `url` is only looked at when it is a PostgreSQL database, which must be empty. `newest_ledger` is the file
    `ledger.jsonl` as it was last. Raises BackupFailed: "restore.not_empty", "restore.kind" for a backup of the wrong
    kind, "restore.ledger" without a ledger, "restore.old_ledger" for one that knows less than the backups,
    and everything that `checking.check` raises; then `into` is as it was.
    """
    if into.exists() and (not into.is_dir() or any(into.iterdir())):
        raise BackupFailed("restore.not_empty", folder=into)
    manifest = _listed(folder, key, Kind.DATA)
    _listed(keys, key, Kind.KEYS)
    if (manifest.database == "postgresql") != (databases.kind_of(url) == "postgresql"):
        raise BackupFailed("restore.other_database")
    if newest_ledger is None and not without_ledger:
        raise BackupFailed("restore.ledger")
    where = places or Places()
    work = into.with_name(f"{into.name}.restoring-{secrets.token_hex(4)}")
    try:
        work.mkdir(mode=0o700, parents=True)
        try:
            _write_ledger(folder, keys, key, newest_ledger, work, work / where.ledger)
            write_keys(keys, key, work / where.keys)
            _write_files(folder, manifest, work / where.files)
            seal = backup_key(key, "database")
            if manifest.database == "sqlcipher":
                databases.write_plain(folder / DATABASE, work / databases.DATABASE, seal)
            else:
                databases.load_postgresql(folder / DATABASE, url, seal)
            again = finish(work)
            sync_directory(work)
            if into.exists():
                into.rmdir()
            work.rename(into)
            sync_directory(into.parent)
        except BaseException:
            shutil.rmtree(work, ignore_errors=True)
            raise
    except OSError as error:
        raise BackupFailed("backup.disk", folder=into.parent) from error
    except SealBroken as error:
        raise BackupFailed("backup.damaged", name=folder.name) from error
    return Restored(manifest, again)


def heads_of(folder: Path, key: InstallationKey) -> bytes:
    """Return the file with the heads of the log as it was when a backup was made. Raises `keys.SealBroken`, OSError."""
    with SealedReader(folder / HEADS, backup_key(key, "heads")) as file:
        return file.readall()


def _listed(folder: Path, key: InstallationKey, kind: Kind) -> Manifest:
    manifest = read_manifest(folder, key)
    if manifest.kind is not kind:
        raise BackupFailed("restore.kind", folder=folder)
    require_whole(folder, manifest)
    return manifest


def _write_files(folder: Path, manifest: Manifest, into: Path) -> None:
    into.mkdir(mode=0o700)
    for part in manifest.parts:
        if not part.path.startswith(f"{FILES}/"):
            continue
        place = into / part.path.removeprefix(f"{FILES}/")
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        copy_file(folder / part.path, place)


def _write_ledger(folder: Path, keys: Path, key: InstallationKey, newest: Path | None, work: Path, into: Path) -> None:
    """Write the ledger that knows most. One that was given and knows less than a backup is not the newest."""
    with tempfile.TemporaryDirectory(prefix="ledgers-", dir=work) as name:
        places = [Path(name) / kind for kind in Kind]
        held = [len(ledger_of(one, key, place)) for one, place in zip((folder, keys), places, strict=True)]
        chosen = places[held.index(max(held))] / ledgers.FILE
        if newest is not None:
            if len(_entries(newest)) < max(held):
                raise BackupFailed("restore.old_ledger")
            chosen = newest
        into.mkdir(mode=0o700, exist_ok=True)
        copy_file(chosen, into / ledgers.FILE)


def _entries(path: Path) -> list[Entry]:
    if path.name != ledgers.FILE or not path.is_file():
        raise BackupFailed("restore.no_ledger_file", file=ledgers.FILE)
    try:
        return Ledger(path.parent).entries()
    except LedgerDamaged as error:
        raise BackupFailed("backup.ledger", line=error.line) from error
