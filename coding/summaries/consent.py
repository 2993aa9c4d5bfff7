"""The consent gate of the reports: what the person said yes to, and nothing else.

Pure. Every builder passes this gate itself and never trusts its caller. A scope without an answer is a no; a person
who stopped, and a practice interview, permit nothing.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from coding.summaries.material import InterviewFacts
from interviews.scopes import Scope


class Use(enum.Enum):
    """What a report wants to do with a story, and every scope that use needs."""

    COUNT = (Scope.USE_RESEARCH,)
    QUOTE = (Scope.USE_RESEARCH, Scope.QUOTE_PSEUDONYM)
    CO_READ = (Scope.USE_RESEARCH, Scope.CO_READ)
    SELF_SUMMARY = (Scope.USE_RESEARCH, Scope.SUMMARY_SELF)
    MUNICIPALITY = (Scope.USE_RESEARCH, Scope.MUNICIPALITY_REPORT)
    MUNICIPALITY_QUOTE = (Scope.USE_RESEARCH, Scope.MUNICIPALITY_REPORT, Scope.QUOTE_PSEUDONYM)
    PORTRAIT = (Scope.USE_RESEARCH, Scope.PORTRAIT)
    OWN_NAME = (Scope.USE_RESEARCH, Scope.PORTRAIT, Scope.OWN_NAME)
    ARCHIVE = (Scope.USE_RESEARCH, Scope.ARCHIVE)


@dataclass(frozen=True, slots=True)
class Gate:
    """The interviews a report may speak of, and how many it leaves out and why (numbers only)."""

    counted: tuple[InterviewFacts, ...]
    without_consent: int
    withdrawn: int
    practice: int


def permitted(interview: InterviewFacts, use: Use) -> bool:
    """Tell whether the interviewee permits `use`: a clear yes to every scope it needs, not stopped, not practice."""
    return not interview.withdrawn and not interview.practice and _yes(interview.consent, use)


def voice_permitted(interview: InterviewFacts, speaker: str, use: Use) -> bool:
    """Tell whether the words of one voice may be used: the interview permits it, and so does that person.

    `speaker` is a label. A label the interview does not know has given no permission.
    """
    if not permitted(interview, use):
        return False
    voice = next((one for one in interview.speakers if one.label == speaker), None)
    if voice is None:
        return not interview.speakers
    return voice.consent is None or _yes(voice.consent, use)


def gate(interviews: Iterable[InterviewFacts]) -> Gate:
    """Let through the interviews that may count, and count the others per reason."""
    counted: list[InterviewFacts] = []
    refused = withdrawn = practice = 0
    for interview in interviews:
        if permitted(interview, Use.COUNT):
            counted.append(interview)
        elif interview.withdrawn:
            withdrawn += 1
        elif interview.practice:
            practice += 1
        else:
            refused += 1
    return Gate(tuple(counted), refused, withdrawn, practice)


def _yes(consent: Mapping[str, bool] | None, use: Use) -> bool:
    # `is True`: a half-filled form (None, "yes") is not a yes.
    return consent is not None and all(consent.get(scope) is True for scope in use.value)


def workable(interview: InterviewFacts) -> bool:
    """Tell whether a loose file may be worked on by the person who holds it (`analyse`).

    Either the interviewee takes part, or no form was ever read (consent None) and nobody said no. A working document
    is not a report: of an interview without a form nothing may be quoted anywhere else.
    """
    if interview.consent is None:
        return not interview.withdrawn and not interview.practice
    return permitted(interview, Use.COUNT)
