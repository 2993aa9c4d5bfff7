"""What is left of an interview that was erased: looked up in the rows, the key store and the files, never remembered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from interviews import attachments, belongings
from interviews.access import Actor, Permission, require
from interviews.keys import KeyStore
from interviews.ledger import Ledger
from interviews.models import Withdrawal
from interviews.recordings.places import FOLDER
from interviews.sealedfiles import SealedFiles
from interviews.withdrawal.erasing import listed
from interviews.withdrawal.registering import entry_of


@dataclass(frozen=True, slots=True)
class Left:
    """What is still there of an interview that was erased, as looked up now."""

    rows: Mapping[str, int]
    """Rows that hold one of its ids in any column, per table. The log and the register remain, and hold no word."""
    files: int
    key: bool
    """True when there still is a key that opens something."""


def what_is_left(
    session: Session, actor: Actor, row: Withdrawal, *, keys: KeyStore, files: SealedFiles, ledger: Ledger
) -> Left:
    """Look through every table, the key store and the files for what is left of an interview that was erased."""
    require(actor, Permission.WITHDRAWAL_KEEP, row)
    entry = entry_of(ledger, row.id)
    ids = {row.interview_id}
    found = 0
    if entry is not None:
        ids |= {one for name in ("people", "recordings", "pictures") for one in listed(entry, name)}
        found = sum(len(files.names(f"{FOLDER}/{one}")) for one in listed(entry, "recordings"))
        found += sum(files.exists(f"{attachments.FOLDER}/{one}") for one in listed(entry, "pictures"))
    return Left(belongings.mentions(session, ids), found, row.interview_id in keys.interviews())
