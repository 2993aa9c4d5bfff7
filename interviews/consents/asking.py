"""Who is asked what, and what was not asked yet. Asks no database: people come with their choices loaded."""

from __future__ import annotations

from interviews.models import Interview, Interviewee
from interviews.models.interview import Part
from interviews.scopes import COMPANION_SCOPES, Scope


def people_of(interview: Interview) -> list[Interviewee]:
    """Return everybody who is asked for consent: who tells the story first, then who sits in."""
    return interview.interviewees + interview.companions


def part_of(interview: Interview, person: Interviewee) -> Part | None:
    """Return what `person` does in this interview; None for somebody who is not in it."""
    return next((one.part for one in interview.participations if one.interviewee_id == person.id), None)


def asked_of(part: Part) -> tuple[Scope, ...]:
    """Return the uses that somebody with this part is asked about, in the order of the consent text."""
    return tuple(scope for scope in Scope if part is Part.TELLER or scope in COMPANION_SCOPES)


def unanswered(interviewee: Interviewee, part: Part = Part.TELLER) -> list[Scope]:
    """Return the scopes that were never asked, in the order of the consent text.

    Who does not take part is asked nothing more: that no is an answer to everything.
    """
    asked = interviewee.current_choices()
    first = asked.get(Scope.USE_RESEARCH)
    if first is not None and not first.given:
        return []
    return [scope for scope in asked_of(part) if scope not in asked]


def waiting_for(interview: Interview) -> list[Interviewee]:
    """Return who still has to be asked something, in order; empty when everybody answered everything."""
    return [person for person in people_of(interview) if unanswered(person, part_of(interview, person) or Part.TELLER)]
