"""How people go: what somebody still holds, handing it over, and the end of access, all in one transaction."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from interviews import audit, clock, devices, handing_over, secondfactor
from interviews.access import Actor, Permission, require
from interviews.errors import Invalid, NotVisible
from interviews.keys import KeyStore
from interviews.models import Interview, Membership, Person, Project, Transcript, TypingDraft
from interviews.models.interview import Status
from interviews.models.project import Role
from interviews.people.accounts import Chosen
from interviews.people.cards import end_cards
from interviews.people.sessions import end_all_sessions, live_sessions


@dataclass(frozen=True, slots=True)
class Holding:
    """What somebody still has in hand in a project. Counts and rows; never a word of a story."""

    roles: frozenset[Role]
    interviews: Sequence[Interview]
    """Interviews of which the names are not approved yet, so that only their interviewer goes on with them."""
    drafts: int
    """Texts that are being typed and were not handed in."""
    devices: int
    """Phones and computers with texts, which become unreadable."""
    sessions: int

    @property
    def empty(self) -> bool:
        """Nothing is left to hand over."""
        return not self.interviews


def holding(session: Session, actor: Actor, project: Project, person: Person) -> Holding:
    """Return what `person` still holds in `project`. Raises NotVisible for who is no member."""
    require(actor, Permission.PEOPLE_MANAGE, project)
    roles = _roles(session, project, person)
    if not roles:
        raise NotVisible
    rows = session.scalars(
        select(Interview)
        .outerjoin(Transcript, Transcript.interview_id == Interview.id)
        .where(
            Interview.project_id == project.id,
            Interview.interviewer_id == person.id,
            Interview.status != Status.STOPPED,
            Transcript.approved_at.is_(None),
        )
        .order_by(Interview.code)
    ).all()
    drafts = session.scalar(
        select(func.count())
        .select_from(TypingDraft)
        .join(Interview, Interview.id == TypingDraft.interview_id)
        .where(Interview.project_id == project.id, Interview.interviewer_id == person.id)
    )
    return Holding(
        roles, rows, int(drafts or 0), len(devices.own(session, person)), len(live_sessions(session, person))
    )


def _roles(session: Session, project: Project, person: Person) -> frozenset[Role]:
    rows = session.scalars(
        select(Membership.role).where(Membership.project_id == project.id, Membership.person_id == person.id)
    )
    return frozenset(rows)


def hand_over_all(
    session: Session, actor: Actor, project: Project, person: Person, *, to: Person, note: str, keys: KeyStore
) -> int:
    """Give everything that `person` still holds to somebody else, with one note; return how many interviews.

    Raises as `handing_over.hand_over`; then nothing was given.
    """
    rows = holding(session, actor, project, person).interviews
    for row in rows:
        handing_over.hand_over(session, actor, row, to=to, note=note, keys=keys)
    return len(rows)


def end_access(session: Session, actor: Actor, project: Project, person: Person) -> None:
    """Take every role in `project` from `person` and end the person's sessions; what was handed in stays the project's.

    Drafts on the person's phones become unreadable in the same transaction. Who works in no project any more has no
    account any more. Raises Invalid("people.self") for oneself and Invalid("people.last_lead") for the last project
    lead.
    """
    require(actor, Permission.PEOPLE_MANAGE, project)
    if person.id == actor.person_id:
        raise Invalid("people.self")
    leads = set(
        session.scalars(
            select(Membership.person_id).where(
                Membership.project_id == project.id, Membership.role == Role.PROJECT_LEAD
            )
        )
    )
    if leads == {person.id}:
        raise Invalid("people.last_lead")
    session.execute(delete(Membership).where(Membership.project_id == project.id, Membership.person_id == person.id))
    if session.scalar(select(Membership.id).where(Membership.person_id == person.id).limit(1)) is None:
        close_account(session, person)
    else:
        _shut_out(session, person)
    audit.record(session, actor, Permission.PEOPLE_MANAGE, person, project_id=project.id, reason="access ended")


def close_account(session: Session, person: Person) -> None:
    """Close an account: no session, no card, no PIN, and no device whose key could ever be made again.

    No right is asked for: the verbs that take somebody's access do. The row stays, for the log says who did what.
    """
    if person.disabled_at is None:
        person.disabled_at = clock.now()
    _shut_out(session, person)
    secondfactor.take_away(session, person.id)
    session.flush()


def _shut_out(session: Session, person: Person) -> None:
    devices.revoke_all(session, person)
    end_cards(session, person)
    end_all_sessions(session, person)


def sign_out_everywhere(session: Session, actor: Actor, project: Project, person: Person) -> None:
    """End every session of a member who lost a phone, and make the drafts on every device unreadable for good.

    The roles stay: the person signs in again, with the passphrase or a new card. Raises NotVisible for who is no member
    and Invalid("people.self_devices") for oneself, who has a page for it.
    """
    require(actor, Permission.PEOPLE_MANAGE, project)
    if not _roles(session, project, person):
        raise NotVisible
    if person.id == actor.person_id:
        raise Invalid("people.self_devices")
    _shut_out(session, person)
    audit.record(session, actor, Permission.PEOPLE_MANAGE, person, project_id=project.id, reason="signed out")


def reset_second_factor(session: Session, actor: Actor, project: Project, person: Person) -> None:
    """Take away the second factor of a member who lost phone and codes; every session of that person ends.

    At the next sign-in the passphrase is asked, and a new second factor is set up where the role asks for one. A line
    stands in the log of every project the person works in. Raises NotVisible for who is no member,
    Invalid("second_factor.self") for oneself and Invalid("second_factor.none").
    """
    require(actor, Permission.PEOPLE_MANAGE, project)
    if not _roles(session, project, person):
        raise NotVisible
    if person.id == actor.person_id:
        raise Invalid("second_factor.self")
    _take_factor(session, actor, person)


def reset_by_operator(session: Session, person: Person) -> None:
    """Do the same for somebody whom no project lead can help, such as the only lead. For a command on the server.

    Whoever may run it has the installation's key anyway; the line in the log says that the tool itself did it. Raises
    Invalid("second_factor.none").
    """
    _take_factor(session, None, person)


def give_passphrase_by_operator(session: Session, person: Person, chosen: Chosen) -> None:
    """Give another passphrase to somebody who forgot it and whom no project lead can help. For a command on the server.

    Every session ends and every device is revoked, for whoever used the old one may sit there; the second factor stays.
    The line in the log says that the tool itself did it. Raises Invalid("account.closed") for who may not come in.
    """
    if person.disabled_at is not None:
        raise Invalid("account.closed")
    person.passphrase_hash = chosen.passphrase_hash
    _shut_out(session, person)
    session.flush()
    _note_everywhere(session, None, person, "passphrase reset")


def _take_factor(session: Session, actor: Actor | None, person: Person) -> None:
    if secondfactor.of(session, person.id) is None:
        raise Invalid("second_factor.none")
    secondfactor.take_away(session, person.id)
    end_all_sessions(session, person)
    _note_everywhere(session, actor, person, "second factor reset")


def _note_everywhere(session: Session, actor: Actor | None, person: Person, reason: str) -> None:
    """Write a line in the log of every project the person works in."""
    places: Sequence[uuid.UUID | None] = session.scalars(
        select(Membership.project_id).where(Membership.person_id == person.id).distinct()
    ).all()
    for place in places or [None]:
        audit.record(session, actor, Permission.PEOPLE_MANAGE, person, project_id=place, reason=reason)
