"""How people come into a project: an invitation with a code, on a card or in a message."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Collection
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from interviews import audit, clock, keyholders, passphrases, secondfactor
from interviews.access import Actor, Permission, require
from interviews.errors import Invalid
from interviews.models import Invitation, Membership, Person, Project
from interviews.models.project import Role
from interviews.people.accounts import MAX_DISPLAY_NAME, Chosen, add_chosen, choose, login_word
from interviews.people.codes import new_code, plain_code
from interviews.text import one_line

INVITATION_DAYS = 14


def _code_hash(code: str) -> bytes:
    return hashlib.sha256(b"invitation:" + plain_code(code).encode()).digest()


def invite(
    session: Session,
    actor: Actor,
    project: Project,
    *,
    display_name: str,
    roles: Collection[Role],
    municipality_id: uuid.UUID | None = None,
) -> tuple[Invitation, str]:
    """Invite somebody into `project`; return the row and the code, which is shown once and stored nowhere.

    Raises Invalid when no role is chosen, the name is empty, or a reader gets no municipality of this project.
    """
    require(actor, Permission.PEOPLE_MANAGE, project)
    name = one_line(display_name)[:MAX_DISPLAY_NAME]
    if not name:
        raise Invalid("display_name.empty")
    if not roles:
        raise Invalid("roles.none")
    if Role.KEY_HOLDER in roles and keyholders.holders(session, project):
        raise Invalid("keys.held")
    if Role.MUNICIPALITY_READER in roles and municipality_id is None:
        raise Invalid("invitation.municipality")
    if municipality_id is not None and municipality_id not in {place.id for place in project.municipalities}:
        raise Invalid("invitation.municipality")
    code = new_code()
    row = Invitation(
        project_id=project.id,
        code_hash=_code_hash(code),
        display_name=name,
        roles=sorted(role.value for role in roles),
        municipality_id=municipality_id,
        invited_by_id=actor.person_id,
        ends_at=clock.now() + timedelta(days=INVITATION_DAYS),
    )
    session.add(row)
    session.flush()
    audit.record(session, actor, Permission.PEOPLE_MANAGE, row, project_id=project.id, reason="invited")
    return row, code


def find_invitation(session: Session, code: str) -> Invitation | None:
    """Return the invitation of this code when it can still be used."""
    row = session.scalar(select(Invitation).where(Invitation.code_hash == _code_hash(code)))
    return row if row is not None and row.used_at is None and row.ends_at > clock.now() else None


def waits_in_vain(session: Session, invitation: Invitation) -> bool:
    """Tell whether this invitation is for holding a key that somebody else got in the meantime."""
    project = session.get_one(Project, invitation.project_id)
    return Role.KEY_HOLDER in invitation.roles and bool(keyholders.holders(session, project))


def shown_pin(session: Session, invitation: Invitation) -> bool:
    """Tell whether who is invited may choose a PIN instead of a passphrase: nobody whose role asks for more."""
    project = session.get_one(Project, invitation.project_id)
    return not secondfactor.is_obliging(project, {Role(role) for role in invitation.roles})


def minimum_of(session: Session, invitation: Invitation) -> int:
    """Return how long the passphrase of who is invited must be: shorter for who must have a second factor."""
    return passphrases.MIN_ALONE if shown_pin(session, invitation) else passphrases.MIN_WITH_FACTOR


def accept_invitation(
    session: Session, *, code: str, word: str = "", passphrase: str = "", chosen: Chosen | None = None
) -> Person:
    """Make the account and the memberships that an invitation promises. Raises Invalid("invitation.over").

    Who is to hold the key gets it here, on record; of two who were invited to, the second is refused as a whole with
    Invalid("invitation.key_held"), for only the holder hands the key on.

    Pages give `chosen`, made before their transaction began; else `word` and `passphrase` are hashed here. `chosen`
    without a passphrase is for who just chose a PIN: raises Invalid("card.factor") where that is not enough.
    """
    # Locked: of two people who use one code at the same moment, one is let in.
    session.scalars(
        select(Invitation)
        .where(Invitation.code_hash == _code_hash(code))
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()
    row = find_invitation(session, code)
    if row is None:
        raise Invalid("invitation.over")
    if chosen is not None and not chosen.passphrase_hash and not shown_pin(session, row):
        raise Invalid("card.factor")
    project = session.get_one(Project, row.project_id)
    if Role.KEY_HOLDER in row.roles:
        try:
            keyholders.require_free(session, project)
        except Invalid as held:
            raise Invalid("invitation.key_held") from held
    person = add_chosen(
        session,
        chosen or choose(word=login_word(word), passphrase=passphrase, minimum=minimum_of(session, row)),
        display_name=row.display_name,
    )
    for role in row.roles:
        session.add(
            Membership(
                project_id=row.project_id,
                person_id=person.id,
                role=Role(role),
                # The reach of a reader; of another role it says nothing.
                municipality_id=row.municipality_id if role == Role.MUNICIPALITY_READER else None,
            )
        )
    row.used_at = clock.now()
    session.flush()
    if Role.KEY_HOLDER in row.roles:
        keyholders.by_invitation(session, project, person, by=row.invited_by_id)
    audit.record(session, Actor(person.id), "invitation.accept", row, project_id=row.project_id)
    return person
