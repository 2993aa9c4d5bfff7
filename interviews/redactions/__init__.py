"""Redactions: destroying for good what a removal request hid (`interviews.removals`), and what follows from it.

1. `destroy` takes the words out of every copy at once: both layers of the text in all versions, names, drafts, member
   checks. What people wrote themselves and may hold them is a `RedactionDecision` each.
2. `decide`, per such place: the words out, the text deleted, or kept as it says something else.
3. A job makes the sound silent and gives the interview a new key (`renewing`), so that old backups cannot be read.
4. `again` does it once more after an old backup was put back (`interviews.ledger`).

The analysis adds its own places: `coding.redacting` is what pages call.
"""

from __future__ import annotations

from interviews.redactions.deciding import Open, decide, open_places, redaction_of, waiting
from interviews.redactions.destroying import LEDGER_KIND, Destroyed, Stretch, carry_out, destroy, stretch_of
from interviews.redactions.places import Place
from interviews.redactions.renewing import (
    Made,
    Work,
    clear_up,
    finish,
    half_way,
    is_half_way,
    store_renewed,
    to_do,
    work_on,
)
from interviews.redactions.replaying import again, interview_in

__all__ = [
    "LEDGER_KIND",
    "Destroyed",
    "Made",
    "Open",
    "Place",
    "Stretch",
    "Work",
    "again",
    "carry_out",
    "clear_up",
    "decide",
    "destroy",
    "finish",
    "half_way",
    "interview_in",
    "is_half_way",
    "open_places",
    "redaction_of",
    "store_renewed",
    "stretch_of",
    "to_do",
    "waiting",
    "work_on",
]
