"""The chain of the log: what a line is bound by, and finding what was done to it behind the program's back.

Every line has a place (1, 2, 3 … over the whole installation) and the SHA-256 of the hash before it and of itself. A
line that was changed, taken out, put in or moved no longer fits. Lines cut off at the end leave a chain that is whole
in itself: those are found by the *heads*, place and hash of the newest line, which go out of the database once a day
(`interviews.auditheads`). Whoever can write both the database and every copy of the heads can write another history;
keep one where the operator of the machine cannot reach it.

Of the reason of a line the chain holds a commitment (SHA-256 over a salt and the reason), so that words somebody typed
as a reason can be forgotten with the interview they are about.
"""

from __future__ import annotations

import enum
import hashlib
import json
import secrets
import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, select, text
from sqlalchemy.orm import Session

from interviews.columns import UtcDateTime
from interviews.models import AuditCheckpoint, AuditEntry

FIRST = b"\0" * 32
"""What stands for the line before the first one."""
PRUNED, FORGOTTEN = "audit.prune", "audit.forget"
"""The lines that say that old lines were removed, and that reasons were forgotten."""
SALT_BYTES = 16
_LOCK = 0x61756469  # "audi"
_BATCH = 1_000
_MOST_TRIED = 40
"""Misfits between which is looked for lines that changed places; of more, only where they are is told."""


@dataclass(frozen=True, slots=True)
class Head:
    """The newest line at some moment: its place and hash (hexadecimal). `restored`: the history went back to here."""

    seq: int
    hash: str
    at: datetime
    restored: bool = False


class Tampering(enum.StrEnum):
    """What was done to the log."""

    CHANGED = "changed"
    """The line is not what was written, or was never written by the program."""
    DELETED = "deleted"
    """Lines are missing."""
    INSERTED = "inserted"
    """A line without a place, that the program did not write."""
    MOVED = "moved"
    """The line stood in another place."""
    TRUNCATED = "truncated"
    """Lines that a head speaks of are missing at the end."""
    REWRITTEN = "rewritten"
    """The chain fits in itself and not with a head: from here on it was written anew."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What was done, and to which places, from `first` to `last`. `entry_id`: the line, where there is one."""

    kind: Tampering
    first: int
    last: int
    entry_id: uuid.UUID | None = None


def mark_of(salt: bytes, reason: str) -> bytes:
    """Return what the chain holds of a reason."""
    return hashlib.sha256(salt + reason.encode()).digest()


def digest(before: bytes, entry: AuditEntry, *, seq: int) -> bytes:
    """Return the hash of `entry` in place `seq` after a line with the hash `before`."""
    return _digest(before, seq, _fields(entry, entry.reason_mark))


_Fields = tuple[str, ...]


def _fields(entry: AuditEntry | sa.Row[Any], mark: bytes | None) -> _Fields:
    at = entry.at.astimezone(UTC).isoformat(timespec="microseconds")
    ids = (entry.id, entry.project_id, entry.actor_id, entry.interview_id, entry.object_id)
    plain = ("" if one is None else one.hex for one in ids)
    return (at, *plain, entry.action, entry.object_kind, "" if mark is None else mark.hex())


def _digest(before: bytes, seq: int, fields: _Fields) -> bytes:
    return hashlib.sha256(before + json.dumps([seq, *fields], separators=(",", ":")).encode()).digest()


def link(session: Session, entries: Iterable[AuditEntry]) -> None:
    """Give lines that were just written their place in the chain, in this order. The last thing before a commit.

    On PostgreSQL the writers of the log wait here for each other, for the length of a commit; on SQLCipher one writes
    at a time anyway.
    """
    if session.get_bind().dialect.name == "postgresql":
        # The last lock that a transaction takes, so nobody who has it waits for somebody else's.
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
    seq, before = _newest(session)
    for entry in entries:
        seq += 1
        before = digest(before, entry, seq=seq)
        entry.seq, entry.hash = seq, before
    session.flush()


def _newest(session: Session) -> tuple[int, bytes]:
    for model in (AuditEntry, AuditCheckpoint):
        found = session.execute(
            select(model.seq, model.hash).where(model.seq.is_not(None)).order_by(model.seq.desc()).limit(1)
        ).first()
        if found is not None:
            return found.seq, found.hash
    return 0, FIRST


def head(session: Session, *, at: datetime) -> Head:
    """Return the newest line that was committed; place 0 for an empty log."""
    seq, last = _newest(session)
    return Head(seq, last.hex(), at)


_LINES = sa.table(
    "audit_entry",
    sa.column("id", sa.Uuid()),
    sa.column("at", UtcDateTime()),
    *(sa.column(name, sa.Uuid()) for name in ("project_id", "actor_id", "interview_id", "object_id")),
    *(sa.column(name, sa.Text()) for name in ("action", "object_kind", "reason")),
    sa.column("seq", sa.BigInteger()),
    *(sa.column(name, sa.LargeBinary()) for name in ("hash", "reason_salt", "reason_mark")),
)
"""The columns of the chain by themselves: a migration meets a table that lacks what later versions add."""


def link_existing(connection: Connection) -> int:
    """Give the lines of a log that had no chain yet their places, oldest first; return their number. For a migration.

    Call it before the triggers of `interviews.models.audit.APPEND_ONLY` are made, and only then: it believes what is
    there.
    """
    lines = connection.execute(select(_LINES).where(_LINES.c.seq.is_(None)).order_by(_LINES.c.at, _LINES.c.id)).all()
    before = FIRST
    for seq, line in enumerate(lines, start=1):
        salt = mark = None
        if line.reason is not None:
            salt = secrets.token_bytes(SALT_BYTES)
            mark = mark_of(salt, line.reason)
        before = _digest(before, seq, _fields(line, mark))
        connection.execute(
            sa.update(_LINES)
            .where(_LINES.c.id == line.id)
            .values(seq=seq, hash=before, reason_salt=salt, reason_mark=mark)
        )
    return len(lines)


@dataclass(slots=True)
class _Misfit:
    """A line whose hash is not that of the line before and itself."""

    seq: int
    entry_id: uuid.UUID
    fields: _Fields
    hash: bytes
    before: bytes


@dataclass(slots=True)
class _Walk:
    """What was seen on the way from the first line to the last."""

    findings: list[Finding] = field(default_factory=list)
    misfits: list[_Misfit] = field(default_factory=list)
    wanted: set[int] = field(default_factory=set)
    hashes: dict[int, bytes] = field(default_factory=dict)
    """Of the places that heads speak of."""
    pruned: set[uuid.UUID] = field(default_factory=set)
    forgetful: list[tuple[int, uuid.UUID, uuid.UUID | None]] = field(default_factory=list)
    """Lines whose reason is gone: place, id, interview."""
    forgotten: dict[uuid.UUID, int] = field(default_factory=dict)
    """Interviews whose reasons were forgotten by the program, and the last line that says so."""


def verify(session: Session, heads: Sequence[Head] = ()) -> list[Finding]:
    """Walk the whole chain and return what does not fit, in order of place; an empty list when all is well.

    `heads` as they were exported, oldest first; without them lines that were cut off at the end are not missed.
    """
    start = session.execute(
        select(AuditCheckpoint.id, AuditCheckpoint.seq, AuditCheckpoint.hash)
        .order_by(AuditCheckpoint.seq.desc())
        .limit(1)
    ).first()
    first, before = (0, FIRST) if start is None else (start.seq, start.hash)
    held = _held(heads)
    walk = _Walk(wanted={one.seq for one in held}, hashes={first: before})
    last = _walk(session, walk, first, before)
    if start is not None and start.id not in walk.pruned:
        # A checkpoint that the program made has a line of its own, right after what it removed.
        walk.findings.append(Finding(Tampering.DELETED, 1, first))
    walk.findings += _lost_reasons(walk)
    walk.findings += _explained(walk.misfits)
    walk.findings += list(_loose(session))
    walk.findings += _against_heads(held, walk.hashes, first, last)
    return sorted(walk.findings, key=lambda one: (one.first, one.last, one.kind))


def _walk(session: Session, walk: _Walk, seq: int, before: bytes) -> int:
    """Look at every line in order; return the last place."""
    lines = session.scalars(
        select(AuditEntry)
        .where(AuditEntry.seq.is_not(None))
        .order_by(AuditEntry.seq)
        .execution_options(yield_per=_BATCH, populate_existing=True)
    )
    start = seq
    for line in lines:
        place, said = line.seq or 0, line.hash or b""
        if place <= start:
            walk.findings.append(Finding(Tampering.INSERTED, place, place, line.id))
            continue
        if place > seq + 1:
            # What came before is not here to be looked at: this line is only held against the next one.
            walk.findings.append(Finding(Tampering.DELETED, seq + 1, place - 1))
        elif digest(before, line, seq=place) != said or not _keeps_its_reason(walk, line):
            walk.misfits.append(_Misfit(place, line.id, _fields(line, line.reason_mark), said, before))
        _notice(walk, line, place)
        seq, before = place, said
    return seq


def _notice(walk: _Walk, line: AuditEntry, place: int) -> None:
    if place in walk.wanted:
        walk.hashes[place] = line.hash or b""
    if line.action == PRUNED:
        walk.pruned.add(line.object_id)
    if line.action == FORGOTTEN and line.interview_id is not None:
        walk.forgotten[line.interview_id] = place


def _keeps_its_reason(walk: _Walk, line: AuditEntry) -> bool:
    """Tell whether the reason is the one that was written. One that is gone is looked at when all lines were seen."""
    if line.reason_mark is None:
        return line.reason is None
    if line.reason is None:
        walk.forgetful.append((line.seq or 0, line.id, line.interview_id))
        return True
    return line.reason_salt is not None and mark_of(line.reason_salt, line.reason) == line.reason_mark


def _lost_reasons(walk: _Walk) -> Iterator[Finding]:
    for place, entry_id, interview_id in walk.forgetful:
        if interview_id is None or walk.forgotten.get(interview_id, 0) < place:
            yield Finding(Tampering.CHANGED, place, place, entry_id)


def _explained(misfits: Sequence[_Misfit]) -> Iterator[Finding]:
    """Say of each line that does not fit whether it was moved or changed; join neighbours of one kind.

    A line that fits by itself after the hash of another misfit only stands beside one that was moved, and is no finding.
    """
    judged: list[tuple[Tampering, _Misfit]] = []
    if len(misfits) > _MOST_TRIED:
        judged = [(Tampering.CHANGED, one) for one in misfits]
    else:
        befores = {one.before for one in misfits} | {one.hash for one in misfits}
        hashes = {one.hash for one in misfits}
        for one in misfits:
            if any(_digest(before, one.seq, one.fields) == one.hash for before in befores - {one.before}):
                continue
            moved = any(
                _digest(before, other.seq, one.fields) in hashes
                for other in misfits
                if other is not one
                for before in befores
            )
            judged.append((Tampering.MOVED if moved else Tampering.CHANGED, one))
    yield from _joined(judged)


def _joined(judged: Sequence[tuple[Tampering, _Misfit]]) -> Iterator[Finding]:
    """Make one finding of neighbours that were changed; lines that were moved are named one by one."""
    at = 0
    while at < len(judged):
        kind, first = judged[at]
        end = at
        while (
            kind is Tampering.CHANGED
            and end + 1 < len(judged)
            and judged[end + 1][0] is kind
            and judged[end + 1][1].seq == judged[end][1].seq + 1
        ):
            end += 1
        yield Finding(kind, first.seq, judged[end][1].seq, first.entry_id if end == at else None)
        at = end + 1


def _loose(session: Session) -> Iterator[Finding]:
    """Find lines without a place, and name the place after which they say they were written."""
    for line in session.scalars(select(AuditEntry).where(AuditEntry.seq.is_(None)).order_by(AuditEntry.at)):
        after = session.scalar(
            select(AuditEntry.seq)
            .where(AuditEntry.seq.is_not(None), AuditEntry.at <= line.at)
            .order_by(AuditEntry.at.desc(), AuditEntry.seq.desc())
            .limit(1)
        )
        yield Finding(Tampering.INSERTED, after or 0, after or 0, line.id)


def _held(heads: Sequence[Head]) -> list[Head]:
    """Return the heads that still count: a backup that was put back takes the later ones along."""
    held: list[Head] = []
    for one in heads:
        if one.restored:
            held = [before for before in held if before.seq <= one.seq]
        held.append(one)
    return held


def _against_heads(heads: Sequence[Head], hashes: dict[int, bytes], first: int, last: int) -> Iterator[Finding]:
    newest = max((one.seq for one in heads), default=0)
    if newest > last:
        yield Finding(Tampering.TRUNCATED, last + 1, newest)
    fits = first
    for one in sorted(heads, key=lambda head: head.seq):
        if one.seq < first or one.seq > last or (one.seq not in hashes and one.seq != 0):
            continue
        if one.seq and hashes[one.seq].hex() != one.hash:
            yield Finding(Tampering.REWRITTEN, fits + 1, one.seq)
            return
        fits = one.seq
