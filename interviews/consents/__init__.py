"""What people allowed, per use; a change of mind counts from the moment it was said.

Whether a use is allowed is asked of the row itself: `Interviewee.allows`, `Interview.allows`.
"""

from __future__ import annotations

from interviews.consents.asking import asked_of, part_of, people_of, unanswered, waiting_for
from interviews.consents.company import add_companion, add_representative, remove_companion
from interviews.consents.signatures import HEIGHT, MAX_SIGNATURE, WIDTH, strokes
from interviews.consents.talking import signature_of, talk, talks_of, told_by_pass
from interviews.consents.writing import TEXT_VERSION, record

__all__ = [
    "HEIGHT",
    "MAX_SIGNATURE",
    "TEXT_VERSION",
    "WIDTH",
    "add_companion",
    "add_representative",
    "asked_of",
    "part_of",
    "people_of",
    "record",
    "remove_companion",
    "signature_of",
    "strokes",
    "talk",
    "talks_of",
    "told_by_pass",
    "unanswered",
    "waiting_for",
]
