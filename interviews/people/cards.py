"""The log-in card: a login word, the address, and a code that makes one more phone or computer known, once.

A card never has the PIN on it. The PIN is chosen by the person, on the device, and is worth nothing without that
device (`passphrases.pin_on_device`). A project lead makes a card only for people who work in nobody else's project and
need no second factor: with a card one becomes that person.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from interviews import audit, clock, devices, passphrases, secondfactor, throttle
from interviews.access import Actor, Permission, allows, require
from interviews.errors import Invalid, NotVisible
from interviews.models import CardCode, Device, Membership, Person, Project
from interviews.people.codes import new_code, plain_code
from interviews.people.sessions import Opened, open_session
from interviews.text import one_line
from interviews.throttle import Knock

CARD_DAYS = 14


@dataclass(frozen=True, slots=True)
class ChosenPin:
    """A PIN that somebody chose on a device, hashed with the token of that device."""

    token: str = field(repr=False)
    pin_hash: str = field(repr=False)


def token_for(here: Sequence[tuple[str, Device]], word: str) -> str:
    """Return the token under which this browser is known for the person with this login word, else a new one.

    The same one is kept where there is one: drafts on the device are under its key.
    """
    plain = one_line(word).lower()
    known = (token for token, one in here if one.person.login_word == plain and not devices.is_over(one))
    return next(known, None) or devices.new_token()


def choose_pin(pin: str, *, token: str) -> ChosenPin:
    """Check and hash a PIN for the device with this token. Slow on purpose: hold no transaction meanwhile.

    Raises Invalid("pin.shape") and Invalid("pin.easy").
    """
    passphrases.check_pin(pin)
    return ChosenPin(token, passphrases.hash_of(passphrases.pin_on_device(pin, token)))


def set_pin(session: Session, person: Person, chosen: ChosenPin, *, name: str = "") -> Device:
    """Let `person` in with this PIN on the device of its token, which becomes a known one if it was not.

    Raises NotVisible for somebody else's device, and as `devices.DeviceRevoked` does for one that was revoked.
    """
    device = next((row for _token, row in devices.find(session, [chosen.token])), None)
    if device is None:
        device = devices.add(session, person, name=name, token=chosen.token).device
    if device.person_id != person.id:
        raise NotVisible
    if devices.is_over(device):
        raise devices.DeviceRevoked(str(device.id))
    device.pin_hash = chosen.pin_hash
    session.flush()
    audit.record(session, Actor(person.id), "device.pin", device, project_id=None)
    return device


def make_card(session: Session, actor: Actor, project: Project, person: Person) -> tuple[CardCode, str]:
    """Make a card for a member; return the row and the code, which is shown once and stored nowhere.

    Older cards stop working. Raises NotVisible for who is no member, Invalid("card.factor") for who signs in with a
    second factor, and Invalid("card.elsewhere") for who also works where the actor is no lead.
    """
    require(actor, Permission.PEOPLE_MANAGE, project)
    places = set(session.scalars(select(Membership.project_id).where(Membership.person_id == person.id)))
    if project.id not in places:
        raise NotVisible
    if secondfactor.of(session, person.id) is not None or secondfactor.obliged(session, person.id):
        raise Invalid("card.factor")
    if not all(_leads(session, actor, place) for place in places):
        raise Invalid("card.elsewhere")
    end_cards(session, person)
    code = new_code()
    row = CardCode(
        person_id=person.id,
        project_id=project.id,
        code_hash=_hash(code),
        made_by_id=actor.person_id,
        ends_at=clock.now() + timedelta(days=CARD_DAYS),
    )
    session.add(row)
    session.flush()
    audit.record(session, actor, Permission.PEOPLE_MANAGE, person, project_id=project.id, reason="card made")
    return row, code


def _leads(session: Session, actor: Actor, project_id: uuid.UUID) -> bool:
    project = session.get_one(Project, project_id)
    return allows(actor, Permission.PEOPLE_MANAGE, project)


def end_cards(session: Session, person: Person) -> None:
    """Make the cards of `person` that were not used yet worth nothing."""
    session.execute(
        update(CardCode)
        .where(CardCode.person_id == person.id, CardCode.used_at.is_(None), CardCode.ends_at > clock.now())
        .values(ends_at=clock.now())
    )


def _hash(code: str) -> bytes:
    return hashlib.sha256(b"card:" + plain_code(code).encode()).digest()


def use_card(
    session: Session,
    *,
    word: str,
    code: str,
    chosen: ChosenPin,
    device: str = "",
    address: bytes | None = None,
) -> Opened | None:
    """Let the person of the card in on this device, with the PIN just chosen; None when word and code do not fit.

    The caller commits in both cases. Raises Invalid("sign_in.wait") after too many wrong tries.
    """
    plain = one_line(word).lower()[:64]
    knock = Knock(throttle.of_word(plain), address)
    throttle.require(session, knock)
    row = session.scalar(
        select(CardCode)
        .join(Person, Person.id == CardCode.person_id)
        .where(
            CardCode.code_hash == _hash(code),
            CardCode.used_at.is_(None),
            CardCode.ends_at > clock.now(),
            Person.login_word == plain,
            Person.disabled_at.is_(None),
        )
    )
    if row is None or not _take(session, row):
        throttle.wrong(session, knock)
        return None
    throttle.right(session, knock)
    person = session.get_one(Person, row.person_id)
    # A role may have changed since the card was printed: then a passphrase and a second factor are the way in.
    if secondfactor.of(session, person.id) is not None or secondfactor.obliged(session, person.id):
        raise Invalid("card.factor")
    known = set_pin(session, person, chosen, name=device)
    opened = open_session(session, person, device=device, own_device=True)
    devices.link(opened.session, known)
    audit.record(session, Actor(person.id), "card.use", known, project_id=row.project_id)
    return opened


def _take(session: Session, row: CardCode) -> bool:
    """Tell whether the code was still to be used; of two at one moment, one gets True."""
    taken = session.execute(
        update(CardCode).where(CardCode.id == row.id, CardCode.used_at.is_(None)).values(used_at=clock.now())
    )
    return bool(taken.rowcount == 1)  # type: ignore[attr-defined]  # an UPDATE has it
