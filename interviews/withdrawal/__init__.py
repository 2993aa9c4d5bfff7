"""Somebody stops, or wants less: at any time, whole or per use, without a reason (AVG art. 7(3) and 17).

The order of things makes it last. What reaches the disk first is the ledger, outside the database; then the data key
goes, and with it classes K and R in every copy of the database, however old; then the rows; and after the commit the
sealed files and the database's own log (`erase_files`, `db.empty_log`, `finished`). Whatever a crash leaves undone is
done by `replay`, which a restore calls too: it does again every line of the ledger whose rows are there (again).
"""

from __future__ import annotations

from interviews.withdrawal.erasing import Eraser, erase_files, erasers, listed
from interviews.withdrawal.proving import Left, what_is_left
from interviews.withdrawal.registering import (
    agree,
    entry_of,
    finished,
    listers,
    outcome_of,
    register_of,
    unfinished,
)
from interviews.withdrawal.replaying import Replayer, UnknownErasure, replay, replayers, resume
from interviews.withdrawal.stopping import CLOSED, ERASED, REFUSED, note_refusals, take_back, withdraw

__all__ = [
    "CLOSED",
    "ERASED",
    "REFUSED",
    "Eraser",
    "Left",
    "Replayer",
    "UnknownErasure",
    "agree",
    "entry_of",
    "erase_files",
    "erasers",
    "finished",
    "listed",
    "listers",
    "note_refusals",
    "outcome_of",
    "register_of",
    "replay",
    "replayers",
    "resume",
    "take_back",
    "unfinished",
    "what_is_left",
    "withdraw",
]
