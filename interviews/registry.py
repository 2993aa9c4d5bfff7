"""What the program holds: for every table, and every column that differs, which class of data, what for, and how long.

The records of processing (AVG art. 30) are printed from here, and a test walks the tables: a column that nobody declared
fails it. A new table is a line in `HOLDINGS`; a column that is of another class than its table stands in `columns`. The
analysis adds its own tables (`coding.registry`).
"""

from __future__ import annotations

import enum
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from sqlalchemy import MetaData


class DataClass(enum.StrEnum):
    """The six classes of data (docs/data-protection.md), and what says nothing of anybody."""

    IDENTITY = "K"
    RAW = "R"
    PSEUDONYMISED = "P"
    EXPORT = "E"
    ACCOUNT = "A"
    SECRET = "S"  # noqa: S105  # the letter of a class
    NONE = "-"
    """Nothing about a person: the words of a guide, a title."""


class Purpose(enum.StrEnum):
    """What something is kept for."""

    STORY = "story"
    """To hear, type out and understand a story."""
    CONSENT = "consent"
    """To do what the person allowed, and to show that."""
    NAMES = "names"
    """To take names out of a text."""
    CHECK = "check"
    """To let the person hear it back and change it."""
    REACH = "reach"
    """To reach the person."""
    ANALYSIS = "analysis"
    """To find themes together."""
    REPORTING = "reporting"
    """To know what was given out, and get it back."""
    WORK = "work"
    """To do the work: accounts, roles, hours, training, lists of questions."""
    SAFETY = "safety"
    """To look after interviewees and interviewers."""
    ACCOUNTING = "accounting"
    """To account for who did what."""
    ERASURE = "erasure"
    """To show what was erased, without what it was."""


class Term(enum.StrEnum):
    """How long something stays."""

    RULE_SOUND = "sound"
    RULE_RAW = "raw"
    RULE_CONTACT = "contact"
    RULE_STORIES = "stories"
    RULE_ACCOUNT = "account"
    RULE_LOG = "log"
    RULE_USED_UP = "used_up"
    """So far the rules of `interviews.retention`."""
    HANDED_IN = "handed_in"
    """Until the text is handed in."""
    PROJECT = "project"
    """As long as the project: nothing about an interviewee."""
    SET = "set"
    """Until somebody sets another one, or the account goes."""


@dataclass(frozen=True, slots=True)
class Holding:
    """What one table holds."""

    data_class: DataClass
    purpose: Purpose
    term: Term
    columns: Mapping[str, DataClass | tuple[DataClass, Term]] = field(default_factory=dict)
    """Columns of another class, or of another class and term."""


@dataclass(frozen=True, slots=True)
class Held:
    """What one column holds."""

    table: str
    column: str
    data_class: DataClass
    purpose: Purpose
    term: Term


_K, _R, _P, _E, _A, _S, _NONE = DataClass
_P_STORY = Holding(_P, Purpose.STORY, Term.RULE_STORIES)

HOLDINGS: dict[str, Holding] = {
    # The story.
    "interview": Holding(_P, Purpose.STORY, Term.RULE_STORIES, {"safety_note_sealed": _R}),
    "interviewee": Holding(_P, Purpose.STORY, Term.RULE_STORIES),
    "participation": _P_STORY,
    "transcript": _P_STORY,
    "revision": Holding(_P, Purpose.STORY, Term.RULE_STORIES, {"sealed": (_R, Term.RULE_RAW)}),
    "turn": _P_STORY,
    "speaker": Holding(_P, Purpose.STORY, Term.RULE_STORIES, {"name_sealed": (_K, Term.RULE_RAW)}),
    "recording": Holding(_P, Purpose.STORY, Term.RULE_STORIES, {"peaks_sealed": (_R, Term.RULE_SOUND)}),
    "recording_piece": Holding(_R, Purpose.STORY, Term.RULE_SOUND),
    "time_mark": Holding(_P, Purpose.STORY, Term.RULE_STORIES, {"note_sealed": (_R, Term.RULE_SOUND)}),
    "attachment": Holding(_P, Purpose.STORY, Term.RULE_STORIES, {"description_sealed": _R}),
    "question_note": Holding(_P, Purpose.STORY, Term.RULE_STORIES, {"text_sealed": _R}),
    "typing_draft": Holding(_R, Purpose.STORY, Term.HANDED_IN),
    "typing_version": Holding(_R, Purpose.STORY, Term.HANDED_IN),
    "hand_over": Holding(_P, Purpose.STORY, Term.RULE_STORIES, {"note_sealed": _R}),
    # Names.
    "name_entity": Holding(_P, Purpose.NAMES, Term.RULE_RAW, {"canonical_sealed": _K}),
    "name_mention": Holding(_P, Purpose.NAMES, Term.RULE_RAW),
    "name_step": Holding(_P, Purpose.NAMES, Term.RULE_STORIES, {"note_sealed": (_R, Term.RULE_RAW)}),
    "part_look": Holding(_P, Purpose.NAMES, Term.RULE_STORIES),
    "residual_risk": Holding(_P, Purpose.NAMES, Term.RULE_STORIES, {"reason_sealed": (_R, Term.RULE_RAW)}),
    # The person: choices, contact, hearing it back, what must go.
    "consent_talk": Holding(_P, Purpose.CONSENT, Term.RULE_STORIES, {"signature_sealed": _K}),
    "consent_choice": Holding(_P, Purpose.CONSENT, Term.RULE_STORIES),
    "contact": Holding(_K, Purpose.REACH, Term.RULE_CONTACT),
    "guest_pass": Holding(_A, Purpose.CHECK, Term.RULE_USED_UP, {"token_hash": _S, "code_hash": _S}),
    "member_check": Holding(
        _P, Purpose.CHECK, Term.RULE_STORIES, {"summary_sealed": _R, "top_sealed": _R, "remark_sealed": _R}
    ),
    "check_answer": Holding(_P, Purpose.CHECK, Term.RULE_STORIES, {"words_sealed": _R}),
    "removal_request": Holding(
        _P, Purpose.ERASURE, Term.RULE_STORIES, {"words_sealed": _R, "reason_sealed": _R, "print_sealed": _S}
    ),
    "redaction": Holding(_P, Purpose.ERASURE, Term.RULE_STORIES, {"key_proof": _S}),
    "redaction_decision": Holding(_P, Purpose.ERASURE, Term.RULE_STORIES),
    "withdrawal": Holding(_P, Purpose.ERASURE, Term.RULE_STORIES),
    "debrief": Holding(_P, Purpose.SAFETY, Term.RULE_STORIES, {"sealed": _R}),
    # The work.
    "project": Holding(_NONE, Purpose.WORK, Term.PROJECT, {"help_name": _A, "help_phone": _A}),
    "municipality": Holding(_NONE, Purpose.WORK, Term.PROJECT),
    "guide": Holding(_NONE, Purpose.WORK, Term.PROJECT),
    "question": Holding(_NONE, Purpose.WORK, Term.PROJECT),
    "question_remark": Holding(_P, Purpose.WORK, Term.PROJECT),
    "membership": Holding(_A, Purpose.WORK, Term.RULE_ACCOUNT),
    "hours": Holding(_A, Purpose.WORK, Term.RULE_ACCOUNT),
    "training_mark": Holding(_A, Purpose.WORK, Term.RULE_ACCOUNT),
    # Accounts.
    "person": Holding(_A, Purpose.WORK, Term.RULE_ACCOUNT, {"passphrase_hash": _S}),
    "login_session": Holding(_A, Purpose.WORK, Term.RULE_USED_UP, {"token_hash": _S}),
    "login_attempt": Holding(_A, Purpose.WORK, Term.RULE_USED_UP, {"subject_hash": _S}),
    "invitation": Holding(_A, Purpose.WORK, Term.RULE_USED_UP, {"code_hash": _S}),
    "device": Holding(_A, Purpose.WORK, Term.RULE_ACCOUNT, {"token_hash": _S, "salt": _S, "pin_hash": _S}),
    "received": Holding(_A, Purpose.WORK, Term.RULE_USED_UP),
    "second_factor": Holding(_A, Purpose.WORK, Term.RULE_ACCOUNT, {"sealed": _S}),
    "recovery_code": Holding(_A, Purpose.WORK, Term.RULE_ACCOUNT, {"code_hash": _S}),
    "card_code": Holding(_A, Purpose.WORK, Term.RULE_ACCOUNT, {"code_hash": _S}),
    "task": Holding(_A, Purpose.WORK, Term.RULE_USED_UP),
    # Accounting.
    "audit_entry": Holding(_A, Purpose.ACCOUNTING, Term.RULE_LOG),
    "audit_checkpoint": Holding(_NONE, Purpose.ACCOUNTING, Term.PROJECT),
    "key_hand_over": Holding(_A, Purpose.ACCOUNTING, Term.PROJECT),
    "key_ending": Holding(_A, Purpose.ACCOUNTING, Term.PROJECT),
    "recovery_sheet": Holding(_NONE, Purpose.ACCOUNTING, Term.SET, {"fingerprint": _S}),
}
"""Per table what it holds."""


def columns(metadata: MetaData) -> Iterator[Held | tuple[str, str]]:
    """Yield what every column of every table holds; of one that nobody declared (table, column)."""
    for table in metadata.sorted_tables:
        holding = HOLDINGS.get(table.name)
        for column in table.columns:
            if holding is None:
                yield table.name, column.name
                continue
            own = holding.columns.get(column.name, holding.data_class)
            data_class, term = own if isinstance(own, tuple) else (own, holding.term)
            yield Held(table.name, column.name, data_class, holding.purpose, term)
