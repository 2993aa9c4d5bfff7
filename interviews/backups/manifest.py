"""What is in a backup, with the SHA-256 of every file: sealed, so that nobody can change both a file and its hash."""

from __future__ import annotations

import enum
import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path

from interviews.backups.errors import BackupFailed
from interviews.keys import InstallationKey, SealBroken
from interviews.streams import SealedReader, SealedWriter

FILE = "manifest.sealed"
FORMAT = 1
_BLOCK = 1024 * 1024


class Kind(enum.StrEnum):
    """What a backup holds."""

    DATA = "data"
    KEYS = "keys"


@dataclass(frozen=True, slots=True)
class Part:
    """One file of a backup: its path within it, its length in bytes and its SHA-256, as it lies there."""

    path: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """The list of a backup."""

    kind: Kind
    made_at: datetime
    parts: tuple[Part, ...]
    database: str = ""
    """ "sqlcipher" or "postgresql"; "" for keys."""
    counts: Mapping[str, int] = field(default_factory=dict)
    """Rows per table."""
    erased: int = 0
    """Lines in the ledger."""


def backup_key(key: InstallationKey, purpose: str) -> bytes:
    """Return the key that seals one kind of file in a backup."""
    return key.derive(f"backup/{purpose}")


def part_of(folder: Path, path: str) -> Part:
    """Read a file of a backup and return what it is. Raises OSError."""
    digest, size = hashlib.sha256(), 0
    with (folder / path).open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
            size += len(block)
    return Part(path, size, digest.hexdigest())


def write_manifest(folder: Path, manifest: Manifest, key: InstallationKey) -> None:
    """Seal the list of a backup; on disk when this returns."""
    fields = {**asdict(manifest), "format": FORMAT, "made_at": manifest.made_at.isoformat()}
    with SealedWriter(folder / FILE, backup_key(key, "manifest")) as file:
        file.write(json.dumps(fields).encode())


def read_manifest(folder: Path, key: InstallationKey) -> Manifest:
    """Return the list of a backup.

    Raises BackupFailed: "backup.none" where there is no backup, "backup.key" when it is not whole or of another key
    (the two cannot be told apart), "backup.newer" for one that a later version of the program made.
    """
    try:
        with SealedReader(folder / FILE, backup_key(key, "manifest")) as file:
            fields = json.loads(file.readall())
    except (FileNotFoundError, NotADirectoryError) as error:
        raise BackupFailed("backup.none", folder=folder) from error
    except SealBroken as error:
        raise BackupFailed("backup.key", folder=folder) from error
    if fields.pop("format") != FORMAT:
        raise BackupFailed("backup.newer", folder=folder)
    parts = tuple(Part(**one) for one in fields.pop("parts"))
    kind, made_at = Kind(fields.pop("kind")), datetime.fromisoformat(fields.pop("made_at"))
    return Manifest(kind=kind, made_at=made_at, parts=parts, **fields)


def require_whole(folder: Path, manifest: Manifest) -> None:
    """Compare every file with the list. Raises BackupFailed: "backup.damaged" names the first that differs."""
    for part in manifest.parts:
        try:
            found = part_of(folder, part.path)
        except OSError as error:
            raise BackupFailed("backup.damaged", name=part.path) from error
        if found != part:
            raise BackupFailed("backup.damaged", name=part.path)
