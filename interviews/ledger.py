"""The ledger of what was erased: a file outside the database, which every restore reads and does again.

A backup of the database that is put back brings back what was erased since. So each erasure is first written here: what
kind it was, of which rows (ids and places only, never a word), and when. `interviews.withdrawal.replay` does them again.

What is promised: a line is on disk when `note` returns. Each line carries the SHA-256 of itself and of the line before
it: a line that was changed, moved, left out or put in between is found by `entries`. What is not: lines that somebody
cut off at the very end leave a shorter ledger that is whole in itself. So the ledger is part of every backup, and the
longest one counts.

Pure file work: knows nothing of the database or of keys.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from interviews.durable import locked, sync_directory
from interviews.errors import InterviewsError
from interviews.scopes import Scope

FILE = "ledger.jsonl"
_LOCK = "ledger.lock"
_FIRST = "0" * 64
"""What stands for the line before the first one."""
_KIND = re.compile(r"[a-z_]{1,32}")
_VALUE = re.compile(r"[0-9a-f,-]{1,4000}")
"""Ids, numbers, ranges such as "12-40,60-75", and digests in hexadecimal: nothing that could be somebody's words."""
_SCOPES = frozenset(scope.value for scope in Scope)


class LedgerDamaged(InterviewsError):
    """A line of the ledger is not what it was, or one is missing. Names the number of the line, from 1."""

    def __init__(self, line: int) -> None:
        super().__init__(f"line {line}")
        self.line = line


@dataclass(frozen=True, slots=True)
class Entry:
    """One erasure: its kind ("withdrawal", "redaction"), the ids it was about, and when (aware, UTC)."""

    kind: str
    ids: Mapping[str, str]
    at: datetime


class Ledger:
    """The file `ledger.jsonl` in `folder`: JSON lines, only ever added to. Threads and processes wait for each other."""

    def __init__(self, folder: Path) -> None:
        """Use the ledger in `folder`; the file is made by the first line."""
        self.folder = folder
        self.path = folder / FILE

    def note(self, kind: str, ids: Mapping[str, str], at: datetime) -> None:
        """Add a line; on disk when this returns.

        Values are ids (UUIDs), numbers, ranges, hexadecimal digests, or the name of a `Scope`. Raises ValueError for
        anything else, so that no word can get in, and for a moment without a time zone; LedgerDamaged when what is
        there already is damaged: nothing is built on a broken chain.
        """
        if not _KIND.fullmatch(kind) or not all(_KIND.fullmatch(key) for key in ids):
            raise ValueError("a kind and a key are lower case letters")
        if not all(value in _SCOPES or _VALUE.fullmatch(value) for value in ids.values()):
            raise ValueError("only ids, numbers and scopes go into the ledger")
        if at.tzinfo is None:
            raise ValueError("a moment without a time zone")
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with locked(self.folder / _LOCK):
            content = self._read()
            whole = content[: content.rfind(b"\n") + 1]
            before = _checked(whole)[1]
            fields = {"at": at.astimezone(UTC).isoformat(), "ids": dict(ids), "kind": kind, "before": before}
            line = json.dumps({**fields, "hash": _digest(fields)}, sort_keys=True).encode() + b"\n"
            self._append(line, keep=len(whole))

    def _append(self, line: bytes, *, keep: int) -> None:
        """Write `line` after the first `keep` bytes: half a line of a crash was never promised to anybody."""
        fresh = not self.path.exists()
        descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
        with os.fdopen(descriptor, "r+b") as file:
            file.truncate(keep)
            file.seek(keep)
            file.write(line)
            file.flush()
            os.fsync(file.fileno())
        if fresh:
            sync_directory(self.folder)

    def _read(self) -> bytes:
        return self.path.read_bytes() if self.path.exists() else b""

    def entries(self) -> list[Entry]:
        """Return every line, oldest first; none when there is no file. Raises LedgerDamaged.

        Half a line at the very end, which a crash leaves, counts as not written: `note` had not returned.
        """
        content = self._read()
        return _checked(content[: content.rfind(b"\n") + 1])[0]

    def head(self) -> str:
        """Return the digest of the newest line (64 hexadecimal characters), to keep elsewhere. Raises LedgerDamaged."""
        content = self._read()
        return _checked(content[: content.rfind(b"\n") + 1])[1]


def _digest(fields: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(fields, sort_keys=True).encode()).hexdigest()


def _checked(content: bytes) -> tuple[list[Entry], str]:
    """Return the entries of whole lines and the digest of the last. Raises LedgerDamaged."""
    found: list[Entry] = []
    before = _FIRST
    for number, line in enumerate(content.splitlines(), start=1):
        try:
            fields = json.loads(line)
            digest = fields.pop("hash")
            entry = Entry(str(fields["kind"]), dict(fields["ids"]), datetime.fromisoformat(fields["at"]))
            chained = fields["before"] == before and digest == _digest(fields)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise LedgerDamaged(number) from error
        if not chained:
            raise LedgerDamaged(number)
        found.append(entry)
        before = digest
    return found, before
