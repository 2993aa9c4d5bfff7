"""Who sits in, and who decides with somebody who does not decide alone."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from interviews import audit, recordings
from interviews.access import Actor, Permission, require
from interviews.clock import now
from interviews.consents.asking import part_of
from interviews.consents.writing import log, require_consent
from interviews.detect.findings import IdentifierType
from interviews.errors import Invalid, NotVisible
from interviews.models import ConsentChoice, Interview, Interviewee, Participation
from interviews.models.interview import How, Part, Perspective, Representative
from interviews.projects import pseudonyms_of
from interviews.pseudonyms import propose_replacement
from interviews.scopes import Scope
from interviews.text import one_line

MAX_COMPANIONS = 4


def add_companion(session: Session, actor: Actor, interview: Interview, *, pseudonym: str | None = None) -> Interviewee:
    """Add somebody who sits in, and is asked what touches own words; return the person.

    Who chose no other name gets a neutral one. Raises Invalid("consent.companions") when there are four already, and
    Invalid("pseudonym.taken") for a name that another interviewee chose.
    """
    require(actor, Permission.INTERVIEW_PLAN, interview)
    if len(interview.companions) >= MAX_COMPANIONS:
        raise Invalid("consent.companions", maximum=MAX_COMPANIONS)
    codes = set(session.scalars(select(Interviewee.code).where(Interviewee.project_id == interview.project_id)))
    number = 1
    while (code := f"{interview.code}.B{number}") in codes:
        number += 1
    name = one_line(pseudonym or "")
    if name:
        told = session.scalars(select(Interviewee.pseudonym).where(Interviewee.project_id == interview.project_id))
        if name.casefold() in {one.casefold() for one in told if one}:
            raise Invalid("pseudonym.taken", name=name)
    else:
        taken = pseudonyms_of(session, interview.project_id)
        name = propose_replacement(IdentifierType.PERSON, taken=taken, seed=len(codes))
    person = Interviewee(
        project_id=interview.project_id,
        code=code,
        pseudonym=name,
        perspective=Perspective.OTHER,
        municipality_id=interview.municipality_id,
    )
    session.add(person)
    session.flush()
    position = max((one.position for one in interview.participations), default=-1) + 1
    interview.participations.append(Participation(interviewee=person, position=position, part=Part.COMPANION))
    session.flush()
    audit.record(
        session, actor, Permission.INTERVIEW_PLAN, interview, project_id=interview.project_id, reason="companion"
    )
    return person


def remove_companion(session: Session, actor: Actor, interview: Interview, person: Interviewee) -> None:
    """Take out a companion who did not come after all.

    Raises NotVisible for somebody who does not sit in here, and Invalid("consent.companion_asked") for one who was
    asked: an answer is never taken away, and a no least of all.
    """
    require(actor, Permission.INTERVIEW_PLAN, interview)
    if part_of(interview, person) is not Part.COMPANION:
        raise NotVisible
    if person.choices:
        raise Invalid("consent.companion_asked")
    here = next(one for one in interview.participations if one.interviewee_id == person.id)
    interview.participations.remove(here)
    session.flush()
    session.delete(person)
    session.flush()
    audit.record(
        session, actor, Permission.INTERVIEW_PLAN, interview, project_id=interview.project_id, reason="companion gone"
    )


def add_representative(
    session: Session, actor: Actor, interview: Interview, person: Interviewee, who: Representative | None
) -> None:
    """Write down who decides with `person`; None for who decides alone after all.

    What a person allowed alone counts no longer once somebody represents, until both are asked: those uses become no,
    and a recording is erased (`recordings.sweep` after the commit).
    Raises NotVisible for somebody who is not in the interview.
    """
    require(actor, Permission.INTERVIEW_PLAN, interview)
    if part_of(interview, person) is None:
        raise NotVisible
    if person.represented_by is who:
        return
    alone = person.represented_by is None
    allowed = [choice for choice in person.current_choices().values() if choice.given] if alone else []
    if allowed:
        require_consent(session, actor, person)
    person.represented_by = who
    moment = max([now(), *(choice.at + timedelta(microseconds=1) for choice in person.choices)])
    for choice in allowed:
        person.choices.append(
            ConsentChoice(
                scope=choice.scope,
                given=False,
                how=How.SPOKEN,
                text_version=choice.text_version,
                at=moment,
                recorded_by_id=actor.person_id,
            )
        )
    session.flush()
    log(session, actor, person, {choice.scope: False for choice in allowed})
    if any(choice.scope is Scope.RECORD for choice in allowed):
        recordings.erase_disallowed(session, actor, person)
    audit.record(
        session, actor, Permission.INTERVIEW_PLAN, interview, project_id=interview.project_id, reason="representative"
    )
