"""The heads of the log: a small file outside the database with, per day, the place and hash of the newest line.

Lines that somebody cuts off at the end of the log leave a chain that is whole in itself; the heads miss them
(`interviews.auditchain.verify`). The file holds no id and nobody's name, so it can be kept anywhere: the further away from
the machine, the more it proves.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from interviews.auditchain import Head
from interviews.durable import locked, sync_directory
from interviews.errors import InterviewsError

FILE = "audit-heads.jsonl"


class HeadsDamaged(InterviewsError):
    """A line of the file cannot be read. Names the number of the line, from 1."""

    def __init__(self, line: int) -> None:
        super().__init__(f"line {line}")
        self.line = line


def read(path: Path) -> list[Head]:
    """Return the heads in the file, oldest first; none when there is no file. Raises HeadsDamaged.

    Half a line at the very end, which a crash leaves, counts as not written.
    """
    if not path.exists():
        return []
    content = path.read_bytes()
    found = []
    for number, line in enumerate(content[: content.rfind(b"\n") + 1].splitlines(), start=1):
        try:
            fields = json.loads(line)
            at = datetime.fromisoformat(fields["at"])
            one = Head(int(fields["seq"]), str(fields["hash"]), at, bool(fields.get("restored")))
            whole = len(bytes.fromhex(one.hash)) == 32 and one.seq >= 0
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise HeadsDamaged(number) from error
        if not whole:
            raise HeadsDamaged(number)
        found.append(one)
    return found


def add(path: Path, head: Head) -> None:
    """Add a head to the file; on disk when this returns. Raises HeadsDamaged and OSError."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with locked(path.with_name(path.name + ".lock")):
        _append(path, head)


def add_daily(path: Path, head: Head) -> bool:
    """Add a head when the file has none of this day (UTC) yet and something was logged; tell whether it was added."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with locked(path.with_name(path.name + ".lock")):
        known = read(path)
        if not head.seq or (known and (known[-1].at.date() >= head.at.date() or known[-1].seq == head.seq)):
            return False
        _append(path, head)
    return True


def newest(heads: Sequence[Head]) -> Head | None:
    """Return the last head; None when there is none."""
    return heads[-1] if heads else None


def _append(path: Path, head: Head) -> None:
    read(path)
    fields: dict[str, object] = {"at": head.at.isoformat(), "seq": head.seq, "hash": head.hash}
    if head.restored:
        fields["restored"] = True
    fresh = not path.exists()
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(descriptor, "r+b") as file:
        # Half a line of a crash was never promised to anybody.
        whole = file.read().rfind(b"\n") + 1
        file.truncate(whole)
        file.seek(whole)
        file.write(json.dumps(fields).encode() + b"\n")
        file.flush()
        os.fsync(file.fileno())
    if fresh:
        sync_directory(path.parent)
