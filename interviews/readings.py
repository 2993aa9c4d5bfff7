"""Which line of the log says that somebody read a sealed word, and writing that line once a sitting.

`READ_AS` has every sealed column of class K and R (`interviews.registry`); a test fails on one that is not there, and
opens the pages to see that the line is written.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping

from sqlalchemy.orm import Session

from interviews import audit
from interviews.access import Actor, Permission
from interviews.bsn import taken_out
from interviews.models import Interview
from interviews.text import one_line
from interviews.worries import READ as WORRY

LONGEST_REASON = 200


class Reading(enum.StrEnum):
    """Readings that are about an interview and are no permission of their own."""

    SIGNATURE = "read.signature"
    HAND_OVER = "read.hand_over"
    NOTES = "read.notes"
    """Notes at questions and at moments of the sound that somebody else wrote."""
    REMOVAL = "read.removal"
    """The words of a wish that something goes, and the places that may hold them."""
    CHECK = "read.check"
    """A summary to check, and what somebody answered."""
    RISK = "read.risk"
    """Why somebody thought the text safe enough."""


_TEXT = Permission.RAW_READ
READ_AS: Mapping[tuple[str, str], str] = {
    ("revision", "sealed"): _TEXT,
    ("typing_draft", "sealed"): _TEXT,
    ("typing_version", "sealed"): _TEXT,
    ("speaker", "name_sealed"): _TEXT,
    # Names and what was written with them stand on pages that show the text with names, and nowhere else.
    ("name_entity", "canonical_sealed"): _TEXT,
    ("name_step", "note_sealed"): _TEXT,
    ("residual_risk", "reason_sealed"): Reading.RISK,
    # Which moment is loud says nothing that was said: drawn by who may listen, and a line is written at listening.
    ("recording", "peaks_sealed"): Permission.RECORDING_PLAY,
    ("time_mark", "note_sealed"): Reading.NOTES,
    ("question_note", "text_sealed"): Reading.NOTES,
    ("hand_over", "note_sealed"): Reading.HAND_OVER,
    ("attachment", "description_sealed"): Permission.ATTACHMENT_SEE,
    ("debrief", "sealed"): Permission.DEBRIEF_READ,
    ("interview", "safety_note_sealed"): WORRY,
    ("consent_talk", "signature_sealed"): Reading.SIGNATURE,
    ("contact", "sealed"): Permission.CONTACT_OPEN,
    ("member_check", "summary_sealed"): Reading.CHECK,
    ("member_check", "top_sealed"): Reading.CHECK,
    ("member_check", "remark_sealed"): Reading.CHECK,
    ("check_answer", "words_sealed"): Reading.CHECK,
    ("removal_request", "words_sealed"): Reading.REMOVAL,
    ("removal_request", "reason_sealed"): Reading.REMOVAL,
}
"""Per sealed column of class K or R the action under which reading it is in the log."""


def reason_in_log(reason: str | None) -> str | None:
    """Return a reason as the log keeps it, without a BSN; None for one without a word in it."""
    return None if reason is None else taken_out(one_line(reason)[:LONGEST_REASON])[0] or None


def is_logged(session: Session, actor: Actor, action: str, interview: Interview) -> bool:
    """Tell whether `log` would write nothing, as the log has this sitting already."""
    return audit.in_sitting(session, actor, action, interview)


def log(session: Session, actor: Actor, action: str, interview: Interview) -> None:
    """Write that somebody reads this of `interview`, once a sitting. Asks no permission: the page or verb has."""
    if not is_logged(session, actor, action, interview):
        audit.record(session, actor, action, interview, project_id=interview.project_id)


def log_taken(
    session: Session,
    actor: Actor,
    interview: Interview,
    columns: Iterable[tuple[str, str]],
    *,
    approved: bool,
    reason: str,
) -> None:
    """Write a line for each kind of sealed words that somebody takes along in one go, with the reason."""
    for action in sorted({READ_AS[one] for one in columns if one in READ_AS}):
        said = Permission.RAW_REREAD if approved and action == _TEXT else action
        audit.record(session, actor, said, interview, project_id=interview.project_id, reason=reason)
