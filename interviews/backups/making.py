"""Taking a backup while people work.

Order: the database first, then the files. A file is on disk before the row that names it, so what the copied rows name
is there to be copied, unless it was erased in between, as it should be. The ledger last: it knows at least every
erasure that the database knows. A backup has its name only when it is whole and on disk.
"""

from __future__ import annotations

import json
import os
import shutil
import stat
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Engine

from interviews import ledger
from interviews.backups import databases
from interviews.backups.errors import BackupFailed
from interviews.backups.manifest import Kind, Manifest, Part, backup_key, part_of, read_manifest, write_manifest
from interviews.clock import now
from interviews.durable import locked, sync_directory
from interviews.keys import InstallationKey
from interviews.ledger import Ledger
from interviews.streams import UNFINISHED, SealedWriter

KEPT_DAYS = 30
"""How long a backup of the keys is kept."""
DATABASE, LEDGER, HEADS, KEYS = "database.sealed", "ledger.sealed", "heads.sealed", "keys.sealed"
FILES = "files"
_BLOCK = 1024 * 1024
_NAMES = {Kind.DATA: "dichterbij", Kind.KEYS: "dichterbij-keys"}
_PASSING = (".new", ".lock")
"""Ends of names of files in the key store that belong to somebody who is busy."""


@dataclass(frozen=True, slots=True)
class Source:
    """What is backed up."""

    engine: Engine
    url: str
    key: InstallationKey
    keys: Path
    """The folder of the key store."""
    files: Path
    """The folder of sealed files."""
    ledger: Path
    """The folder of the ledger."""
    heads: Path
    """The file with the heads of the log."""


def make(source: Source, target: Path) -> Path:
    """Back the data up into a new folder in `target`, and return it.

    Raises BackupFailed: "backup.disk" when `target` cannot be written or is full, and as `databases.copy`; then
    nothing stays.
    """
    with _new(target, Kind.DATA) as (folder, moment):
        copied = databases.copy(
            source.engine, source.url, source.key, folder / DATABASE, backup_key(source.key, "database")
        )
        parts = [part_of(folder, DATABASE), *_copy_files(source.files, folder)]
        erased = _copy_ledger(source, folder)
        heads = source.heads.read_bytes() if source.heads.exists() else b""
        _seal(folder / HEADS, backup_key(source.key, "heads"), heads)
        parts += [part_of(folder, LEDGER), part_of(folder, HEADS)]
        manifest = Manifest(Kind.DATA, moment, tuple(parts), copied.database, copied.counts, erased)
        write_manifest(folder, manifest, source.key)
    return _finished(folder)


def make_keys(source: Source, target: Path) -> Path:
    """Back the key store and the ledger up into a new folder in `target`, and return it. Raises as `make`."""
    with _new(target, Kind.KEYS) as (folder, moment):
        # Nobody changes a key meanwhile.
        with locked(source.keys / "store.lock"):
            kept = {
                path.relative_to(source.keys).as_posix(): b64encode(path.read_bytes()).decode()
                for path in sorted(source.keys.rglob("*"))
                if path.is_file() and not path.name.endswith(_PASSING)
            }
        _seal(folder / KEYS, backup_key(source.key, "keys"), json.dumps(kept).encode())
        erased = _copy_ledger(source, folder)
        parts = (part_of(folder, KEYS), part_of(folder, LEDGER))
        manifest = Manifest(Kind.KEYS, moment, parts, counts={"keys": len(kept)}, erased=erased)
        write_manifest(folder, manifest, source.key)
    return _finished(folder)


def prune_keys(target: Path, key: InstallationKey, *, moment: datetime | None = None) -> list[Path]:
    """Remove the backups of keys in `target` that are older than 30 days, and return them.

    Only what this installation made and can read is touched. Raises BackupFailed("backup.disk").
    """
    before = (moment or now()) - timedelta(days=KEPT_DAYS)
    old = []
    for folder in sorted(target.glob(f"{_NAMES[Kind.KEYS]}-*")):
        try:
            manifest = read_manifest(folder, key)
        except BackupFailed:
            continue
        if manifest.kind is Kind.KEYS and manifest.made_at < before:
            old.append(folder)
    try:
        for folder in old:
            _overwrite(folder / KEYS)
            shutil.rmtree(folder)
    except OSError as error:
        raise BackupFailed("backup.disk", folder=target) from error
    return old


def _overwrite(path: Path) -> None:
    with path.open("r+b", buffering=0) as file:
        file.write(os.urandom(min(path.stat().st_size, 4096)))
        os.fsync(file.fileno())


@contextmanager
def _new(target: Path, kind: Kind) -> Iterator[tuple[Path, datetime]]:
    """Give the folder of a backup that is being made; when anything goes wrong it is gone again."""
    moment = now()
    folder = target / f"{_NAMES[kind]}-{moment:%Y-%m-%dT%H%M%S%fZ}{UNFINISHED}"
    try:
        target.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.mkdir(mode=0o700)
        try:
            yield folder, moment
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
    except OSError as error:
        raise BackupFailed("backup.disk", folder=target) from error


def _finished(folder: Path) -> Path:
    final = folder.with_name(folder.name.removesuffix(UNFINISHED))
    try:
        sync_directory(folder)
        folder.rename(final)
        sync_directory(final.parent)
    except OSError as error:
        shutil.rmtree(folder, ignore_errors=True)
        raise BackupFailed("backup.disk", folder=folder.parent) from error
    return final


def _seal(path: Path, key: bytes, content: bytes) -> None:
    with SealedWriter(path, key) as file:
        file.write(content)


def _copy_ledger(source: Source, folder: Path) -> int:
    """Copy the ledger and return the number of its lines. Raises BackupFailed("backup.ledger") when it is damaged."""
    path = source.ledger / ledger.FILE
    content = path.read_bytes() if path.exists() else b""
    _seal(folder / LEDGER, backup_key(source.key, "ledger"), content[: content.rfind(b"\n") + 1])
    try:
        return len(Ledger(source.ledger).entries())
    except ledger.LedgerDamaged as error:
        raise BackupFailed("backup.ledger", line=error.line) from error


def _copy_files(files: Path, folder: Path) -> Iterator[Part]:
    """Copy every sealed file that is whole; one that is erased meanwhile is left out."""
    (folder / FILES).mkdir(mode=0o700)
    for path in sorted(files.rglob("*")):
        name = path.relative_to(files).as_posix()
        if name.endswith(UNFINISHED) or not _is_file(path):
            continue
        copy = folder / FILES / name
        copy.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with suppress(FileNotFoundError):
            copy_file(path, copy)
            yield part_of(folder, f"{FILES}/{name}")


def copy_file(path: Path, copy: Path) -> None:
    """Copy a file for this user only; on disk when this returns. Raises OSError."""
    with path.open("rb") as file:
        descriptor = os.open(copy, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
        with os.fdopen(descriptor, "wb") as fresh:
            shutil.copyfileobj(file, fresh, _BLOCK)
            fresh.flush()
            os.fsync(fresh.fileno())


def _is_file(path: Path) -> bool:
    try:
        return stat.S_ISREG(path.lstat().st_mode)
    except FileNotFoundError:
        return False
