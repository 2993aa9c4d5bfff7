"""Who holds the key of a project's contacts: named, handed on, and at the end the key itself destroyed by two people."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from interviews import audit, projects, withdrawal
from interviews.access import Actor, Permission, require
from interviews.clock import now
from interviews.errors import Invalid, NotVisible
from interviews.keys import KeyStore
from interviews.ledger import Entry, Ledger
from interviews.models import Contact, KeyEnding, KeyHandOver, Membership, Person, Project
from interviews.models.project import Role
from interviews.sealedfiles import SealedFiles

LEDGER_KIND = "contact_key"
"""What stands in the ledger when a project's contact key was destroyed; its id is `project`."""


def holders(session: Session, project: Project) -> list[Person]:
    """Return who holds the key now, by name; usually one, and none before anybody was named."""
    return list(
        session.scalars(
            select(Person)
            .join(Membership, Membership.person_id == Person.id)
            .where(Membership.project_id == project.id, Membership.role == Role.KEY_HOLDER)
            .order_by(Person.display_name)
        )
    )


def name(session: Session, actor: Actor, project: Project, person: Person) -> KeyHandOver:
    """Name the first holder of the key, or a new one when the last one left: for the project lead.

    Raises Invalid("keys.held") while somebody holds it, who hands it on in person, and NotVisible for who does not work
    in the project.
    """
    require(actor, Permission.KEYS_APPOINT, project)
    require_free(session, project)
    return _give(session, actor, project, person, before=None)


def require_free(session: Session, project: Project) -> None:
    """Raise Invalid("keys.held") while somebody holds the key; until the commit nobody else can be given it meanwhile."""
    _lock(session, project)
    if holders(session, project):
        raise Invalid("keys.held")


def by_invitation(session: Session, project: Project, person: Person, *, by: uuid.UUID | None) -> KeyHandOver:
    """Write down that `person`, whom `by` invited to hold the key, took it. After `require_free`, in one transaction.

    Who invited had the right to name somebody. Raises NotVisible for who does not work in the project.
    """
    return _write_down(session, Actor(person.id), project, person, before=None, by=by, reason="by invitation")


def hand_over(session: Session, actor: Actor, project: Project, person: Person) -> KeyHandOver:
    """Hand one's own key on to somebody else in the project; one's own right to open contacts ends with it.

    Raises Invalid("keys.self") for oneself and NotVisible for who does not work in the project.
    """
    require(actor, Permission.KEYS_HAND_OVER, project)
    _lock(session, project)
    if person.id == actor.person_id:
        raise Invalid("keys.self")
    row = _give(session, actor, project, person, before=actor.person_id)
    session.execute(
        delete(Membership).where(
            Membership.project_id == project.id,
            Membership.person_id == actor.person_id,
            Membership.role == Role.KEY_HOLDER,
        )
    )
    return row


def _give(session: Session, actor: Actor, project: Project, person: Person, *, before: uuid.UUID | None) -> KeyHandOver:
    return _write_down(session, actor, project, person, before=before, by=actor.person_id)


def _write_down(
    session: Session,
    actor: Actor,
    project: Project,
    person: Person,
    *,
    before: uuid.UUID | None,
    by: uuid.UUID | None,
    reason: str | None = None,
) -> KeyHandOver:
    works_here = select(Membership.id).where(Membership.project_id == project.id, Membership.person_id == person.id)
    if person.disabled_at is not None or session.scalar(works_here.limit(1)) is None:
        raise NotVisible
    projects.give_role(session, project, person, Role.KEY_HOLDER)
    row = KeyHandOver(project_id=project.id, from_id=before, to_id=person.id, by_id=by, at=now())
    session.add(row)
    session.flush()
    action = Permission.KEYS_APPOINT if before is None else Permission.KEYS_HAND_OVER
    audit.record(session, actor, action, row, project_id=project.id, reason=reason)
    return row


def history(session: Session, actor: Actor, project: Project) -> Sequence[KeyHandOver]:
    """Return each time the key went to somebody, newest first."""
    require(actor, Permission.KEYS_SEE, project)
    return session.scalars(
        select(KeyHandOver).where(KeyHandOver.project_id == project.id).order_by(KeyHandOver.at.desc(), KeyHandOver.id)
    ).all()


def choose_nameless(session: Session, actor: Actor, project: Project, *, nameless: bool) -> None:
    """Say that the project keeps nobody's name or address at all, or that it does.

    Raises Invalid("keys.contacts_kept") while contacts are kept: they are erased first, or the key is destroyed.
    """
    require(actor, Permission.KEYS_APPOINT, project)
    _lock(session, project)
    if nameless and _any_contact(session, project.id):
        raise Invalid("keys.contacts_kept")
    if project.nameless == nameless:
        return
    project.nameless = nameless
    session.flush()
    reason = "nameless" if nameless else "with names"
    audit.record(session, actor, Permission.KEYS_APPOINT, project, project_id=project.id, reason=reason)


def ending(session: Session, project: Project) -> KeyEnding | None:
    """Return the newest wish to destroy the key that was not taken back; it may have been done."""
    return session.scalar(
        select(KeyEnding)
        .where(KeyEnding.project_id == project.id, KeyEnding.taken_back_at.is_(None))
        .order_by(KeyEnding.asked_at.desc(), KeyEnding.id)
        .limit(1)
    )


def ask_ending(session: Session, actor: Actor, project: Project) -> KeyEnding:
    """Ask that the key is destroyed for good; somebody else must do it. Raises Invalid("keys.asked") when it was asked."""
    require(actor, Permission.KEYS_END, project)
    _lock(session, project)
    if ending(session, project) is not None:
        raise Invalid("keys.asked")
    row = KeyEnding(project_id=project.id, asked_by_id=actor.person_id, asked_at=now())
    session.add(row)
    session.flush()
    audit.record(session, actor, Permission.KEYS_END, row, project_id=project.id, reason="asked")
    return row


def take_back_ending(session: Session, actor: Actor, project: Project) -> None:
    """Take the wish back, one's own or another's. Raises Invalid("keys.not_asked") when there is none to take back."""
    require(actor, Permission.KEYS_END, project)
    row = _open_ending(session, project)
    row.taken_back_at = now()
    session.flush()
    audit.record(session, actor, Permission.KEYS_END, row, project_id=project.id, reason="taken back")


def end(session: Session, actor: Actor, project: Project, *, ledger: Ledger) -> KeyEnding:
    """Do what somebody else asked: forget every contact, for good, and keep none from now on.

    The ledger has the line first, so that no restore brings the key back. The key itself is destroyed by
    `finish_endings`, after this was committed. Raises Invalid("keys.not_asked") when nobody asked, and
    Invalid("keys.two_people") for who asked.
    """
    require(actor, Permission.KEYS_END, project)
    _lock(session, project)
    row = _open_ending(session, project)
    if row.asked_by_id is None or row.asked_by_id == actor.person_id:
        raise Invalid("keys.two_people")
    ledger.note(LEDGER_KIND, {"project": str(project.id)}, now())
    row.done_by_id, row.done_at = actor.person_id, now()
    project.nameless = True
    forget_all(session, project.id)
    audit.record(session, actor, Permission.KEYS_END, row, project_id=project.id, reason="destroyed")
    return row


def forget_all(session: Session, project_id: uuid.UUID) -> None:
    """Remove every contact of a project. Asks no right: for `end`, and for a restore that does it again."""
    session.execute(delete(Contact).where(Contact.project_id == project_id))
    session.flush()


def finish_endings(session: Session, keys: KeyStore) -> list[uuid.UUID]:
    """Destroy the contact keys of projects of which that was decided; return those destroyed now. Again is no error.

    For after a commit, and for the start of a program that a crash kept from it.
    """
    decided = session.scalars(select(KeyEnding.project_id).where(KeyEnding.done_at.is_not(None)).distinct()).all()
    if not decided:
        return []
    drawer = keys.contacts
    todo = sorted(set(decided) - drawer.destroyed())
    drawer.destroy_all(todo)
    return todo


def _end_again(session: Session, keys: KeyStore, files: SealedFiles, entry: Entry) -> bool:
    """Destroy again what a copy brought back; for a restore."""
    project_id = uuid.UUID(entry.ids["project"])
    drawer = keys.contacts
    there = project_id not in drawer.destroyed()
    drawer.destroy(project_id)
    project = session.get(Project, project_id)
    if project is None:
        return there
    there = there or _any_contact(session, project_id)
    forget_all(session, project_id)
    row = ending(session, project)
    if row is None or row.done_at is None:
        # The copy is older than the decision: the page must say how it stands all the same.
        session.add(KeyEnding(project_id=project_id, asked_at=entry.at, done_at=entry.at))
        project.nameless = True
        there = True
    session.flush()
    return there


withdrawal.replayers[LEDGER_KIND] = _end_again


def _open_ending(session: Session, project: Project) -> KeyEnding:
    row = ending(session, project)
    if row is None or row.done_at is not None:
        raise Invalid("keys.not_asked")
    return row


def _any_contact(session: Session, project_id: uuid.UUID) -> bool:
    return session.scalar(select(Contact.id).where(Contact.project_id == project_id).limit(1)) is not None


def _lock(session: Session, project: Project) -> None:
    """Let two who decide about one key at the same moment wait for each other."""
    session.execute(select(Project.id).where(Project.id == project.id).with_for_update())
    session.refresh(project)
