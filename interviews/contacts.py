"""How to reach somebody: written down by whoever plans an interview, and opened by the holder of the project's key only.

What is kept is ciphertext under a key of the project's own in the drawer of the key store; destroying that key empties
every contact in every copy. Opening asks for a reason from a short list, and nothing can be read unless the log has the
line that says so.
"""

from __future__ import annotations

import dataclasses
import enum
import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from interviews import audit, notes
from interviews.access import Actor, Permission, require
from interviews.bsn import taken_out
from interviews.clock import now
from interviews.errors import Invalid, NotVisible
from interviews.keys import DataKey, KeyDestroyed, KeyStore
from interviews.models import Contact, Interview, Interviewee, Participation, Project
from interviews.models.interview import Part
from interviews.text import one_line

MOST = {"name": 120, "phone": 40, "email": 200, "address": 300, "language": 60, "reach": 600}
"""Characters of each part that may be kept."""
_OF_MORE_LINES = frozenset({"address", "reach"})


class Reason(enum.StrEnum):
    """Why somebody opens a contact: a list, so that the log never holds a word about a person."""

    MEETING = "meeting"
    CHECK = "check"
    OUTCOME = "outcome"
    STOPS = "stops"
    WORRY = "worry"
    OWN_DATA = "own_data"
    HANDING_OVER = "handing_over"


@dataclass(frozen=True, slots=True)
class Details:
    """How to reach somebody; empty for what is not known. Never shown by `repr`."""

    name: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)
    email: str = field(default="", repr=False)
    address: str = field(default="", repr=False)
    language: str = field(default="", repr=False)
    reach: str = field(default="", repr=False)
    """The best way and time, and what to mind."""
    message_is_safe: bool = field(default=False, repr=False)
    """Whether one may leave a message: others in the house may hear or read it."""

    @property
    def empty(self) -> bool:
        """Tell whether there is nothing to reach anybody with."""
        return not any(getattr(self, name) for name in MOST)


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody in the list of who is whom."""

    interviewee: Interviewee
    interviews: tuple[str, ...]
    """Codes of the interviews this person was in."""
    details: Details | None
    """None when nothing is kept."""


def keep(
    session: Session, actor: Actor, interview: Interview, person: Interviewee, details: Details, *, keys: KeyStore
) -> Contact:
    """Write down how to reach `person`; of what was known before, what is empty in `details` stays.

    Nobody reads it back here. A BSN is taken out. Raises Invalid("contact.nameless") where the project keeps no names,
    Invalid("contact.practice") for a made-up person, Invalid("contact.ended") once the key was destroyed,
    Invalid("contact.empty"), Invalid("contact.long") with the part, and NotVisible for somebody of another interview.
    """
    require(actor, Permission.CONTACT_WRITE, interview)
    _require_of(interview, person)
    if interview.project.nameless:
        raise Invalid("contact.nameless")
    if interview.practice:
        raise Invalid("contact.practice")
    given = _tidied(details)
    key = _key_for_writing(keys, interview.project_id)
    row = session.scalar(select(Contact).where(Contact.interviewee_id == person.id).with_for_update())
    if row is not None:
        given = _merged(_open(row, key), given)
    if given.empty:
        raise Invalid("contact.empty")
    if row is None:
        row = Contact(id=uuid.uuid4(), project_id=interview.project_id, interviewee_id=person.id, created_at=now())
        session.add(row)
    row.sealed = key.seal_text(json.dumps(dataclasses.asdict(given), ensure_ascii=False), context=_place(row))
    row.changed_at, row.changed_by_id = now(), actor.person_id
    session.flush()
    _log(session, actor, Permission.CONTACT_WRITE, row)
    return row


def erase(session: Session, actor: Actor, interview: Interview, person: Interviewee) -> None:
    """Forget how to reach `person`; nothing kept is no error. Raises NotVisible for somebody of another interview.

    Old copies of the database hold the ciphertext, and the project's key opens it until that is destroyed.
    """
    require(actor, Permission.CONTACT_WRITE, interview)
    _require_of(interview, person)
    row = session.scalar(select(Contact).where(Contact.interviewee_id == person.id))
    if row is None:
        return
    _log(session, actor, Permission.CONTACT_WRITE, row, reason="erased")
    session.delete(row)
    session.flush()


def kept(session: Session, people: Sequence[Interviewee]) -> Mapping[uuid.UUID, Contact]:
    """Return the contacts that are kept, per interviewee: that there is one, not what it says."""
    rows = session.scalars(select(Contact).where(Contact.interviewee_id.in_([one.id for one in people])))
    return {row.interviewee_id: row for row in rows}


def people(session: Session, actor: Actor, project: Project) -> Sequence[tuple[Interviewee, tuple[str, ...], bool]]:
    """Return everybody who told a story, with the codes of their interviews and whether a contact is kept; by code."""
    require(actor, Permission.CONTACT_OPEN, project)
    codes: dict[uuid.UUID, list[str]] = {}
    found: dict[uuid.UUID, Interviewee] = {}
    rows = session.execute(
        select(Interviewee, Interview.code)
        .join(Participation, Participation.interviewee_id == Interviewee.id)
        .join(Interview, Interview.id == Participation.interview_id)
        .where(Interviewee.project_id == project.id, Interview.practice.is_(False), Participation.part == Part.TELLER)
        .order_by(Interviewee.code, Interview.code)
    )
    for person, code in rows:
        found[person.id] = person
        codes.setdefault(person.id, []).append(code)
    has = kept(session, list(found.values()))
    return [(one, tuple(codes[one.id]), one.id in has) for one in found.values()]


def unlock(session: Session, actor: Actor, thing: Contact | Project, reason: Reason) -> None:
    """Write in the log that `actor` opens one contact, or of a whole project who is whom, and why.

    From then on `read` and `who_is_whom` answer, for as long as one sitting lasts (`audit.SITTING`) at most; the page
    locks sooner.
    """
    require(actor, Permission.CONTACT_OPEN, thing)
    project_id = thing.id if isinstance(thing, Project) else thing.project_id
    audit.record(session, actor, Permission.CONTACT_OPEN, thing, project_id=project_id, reason=reason.value)


def read(session: Session, actor: Actor, contact: Contact, *, keys: KeyStore, reason: Reason) -> Details:
    """Return how to reach somebody. Raises Invalid("contact.locked") unless the log says that it was unlocked."""
    _require_unlocked(session, actor, contact, reason)
    return _open(contact, keys.contacts.open(contact.project_id))


def who_is_whom(session: Session, actor: Actor, project: Project, *, keys: KeyStore, reason: Reason) -> list[Known]:
    """Return who stands behind each pseudonym. Raises Invalid("contact.locked") unless the project was unlocked."""
    _require_unlocked(session, actor, project, reason)
    rows = people(session, actor, project)
    has = kept(session, [person for person, _, _ in rows])
    key = keys.contacts.open(project.id) if has else None
    return [
        Known(person, codes, None if key is None or person.id not in has else _open(has[person.id], key))
        for person, codes, _ in rows
    ]


def _require_unlocked(session: Session, actor: Actor, thing: Contact | Project, reason: Reason) -> None:
    require(actor, Permission.CONTACT_OPEN, thing)
    if not audit.in_sitting(session, actor, Permission.CONTACT_OPEN, thing, reason=reason.value):
        raise Invalid("contact.locked")


def _require_of(interview: Interview, person: Interviewee) -> None:
    if person not in interview.interviewees:
        raise NotVisible


def _key_for_writing(keys: KeyStore, project_id: uuid.UUID) -> DataKey:
    try:
        return keys.contacts.create(project_id)
    except KeyDestroyed:
        raise Invalid("contact.ended") from None


def _open(row: Contact, key: DataKey) -> Details:
    return Details(**json.loads(key.open_text(row.sealed, context=_place(row))))


def _place(row: Contact) -> str:
    return f"contact:{row.id}"


def _tidied(details: Details) -> Details:
    parts: dict[str, str] = {}
    for name, most in MOST.items():
        text: str = getattr(details, name)
        plain = taken_out(notes.tidy(text) if name in _OF_MORE_LINES else one_line(text))[0]
        if len(plain) > most:
            raise Invalid("contact.long", part=name, maximum=most)
        parts[name] = plain
    return Details(**parts, message_is_safe=details.message_is_safe)


def _merged(old: Details, new: Details) -> Details:
    """Return `new` with what it leaves out taken from `old`; whether a message is safe was asked anew."""
    parts = {name: getattr(new, name) or getattr(old, name) for name in MOST}
    return Details(**parts, message_is_safe=new.message_is_safe)


def _log(session: Session, actor: Actor, action: str, row: Contact, *, reason: str | None = None) -> None:
    audit.record(session, actor, action, row, project_id=row.project_id, reason=reason)
