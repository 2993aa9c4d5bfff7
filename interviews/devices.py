"""Phones and laptops that keep drafts: letting one in, the key of its drafts, and making them unreadable.

A device has a token in a cookie of its own that outlives sessions, so that the same person on the same phone gets the
same key back after signing in again. The key is never stored: it is derived from the installation's key and the row's
salt. Erasing the salt is erasing the key.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from interviews import audit
from interviews.access import Actor
from interviews.clock import now
from interviews.errors import InterviewsError, NotVisible
from interviews.keys import InstallationKey
from interviews.models import Device, LoginSession, Person
from interviews.text import one_line

SALT_BYTES = 16
LEASE = timedelta(days=14)
"""How long a phone works on without having reached the server; after that its owner signs in first."""
MAX_NAME = 80


class DeviceRevoked(InterviewsError):
    """The device was revoked: its key can be made by nobody any more."""


@dataclass(frozen=True, slots=True)
class Added:
    """A new device with the token for its cookie, which is stored nowhere."""

    device: Device
    token: str = field(repr=False)


def new_token() -> str:
    """Return a new token for the cookie of a device: 256 random bits."""
    return secrets.token_urlsafe(32)


def add(session: Session, person: Person, *, name: str = "", token: str | None = None) -> Added:
    """Let `person` keep drafts on one more device. `token` is one that `new_token` made and nothing has yet."""
    token = token or new_token()
    device = Device(
        person_id=person.id,
        token_hash=_hash(token),
        salt=secrets.token_bytes(SALT_BYTES),
        name=one_line(name)[:MAX_NAME],
        first_seen_at=now(),
        last_seen_at=now(),
    )
    session.add(device)
    session.flush()
    audit.record(session, Actor(person.id), "device.add", device, project_id=None)
    return Added(device, token)


def _hash(token: str) -> bytes:
    return hashlib.sha256(b"device:" + token.encode()).digest()


def find(session: Session, tokens: Iterable[str]) -> list[tuple[str, Device]]:
    """Return the device of each token, revoked ones too, in the order of the tokens; unknown tokens are left out."""
    by_hash = {_hash(token): token for token in tokens}
    if not by_hash:
        return []
    rows = session.scalars(select(Device).where(Device.token_hash.in_(by_hash)))
    found = {row.token_hash: row for row in rows}
    return [(token, found[digest]) for digest, token in by_hash.items() if digest in found]


def is_over(device: Device) -> bool:
    """Tell whether what is on this device must go: it was revoked, or its owner's account was closed."""
    return device.revoked_at is not None or device.person.disabled_at is not None


def key_of(installation_key: InstallationKey, device: Device) -> bytes:
    """Return the 32-byte key of the drafts on `device`; the same one each time. Raises DeviceRevoked."""
    if device.salt is None or is_over(device):
        raise DeviceRevoked(str(device.id))
    return installation_key.derive(f"device/{device.id}/{device.salt.hex()}")


def link(login: LoginSession, device: Device) -> None:
    """Remember that this session runs on this device: revoking the device ends it.

    Raises NotVisible when they are not of one person, and DeviceRevoked.
    """
    if login.person_id != device.person_id:
        raise NotVisible
    if is_over(device):
        raise DeviceRevoked(str(device.id))
    login.device_id = device.id
    device.last_seen_at = now()


def own(session: Session, person: Person) -> Sequence[Device]:
    """Return the devices on which `person` may keep drafts, the last used one first."""
    return session.scalars(
        select(Device)
        .where(Device.person_id == person.id, Device.revoked_at.is_(None))
        .order_by(Device.last_seen_at.desc(), Device.id)
    ).all()


def revoke(session: Session, actor: Actor, device: Device) -> None:
    """Make the drafts on one's own `device` unreadable for good, and end every session on it. Again is no error.

    Raises NotVisible for somebody else's device.
    """
    if device.person_id != actor.person_id:
        raise NotVisible
    if device.revoked_at is None:
        _revoke(session, [device])
        audit.record(session, actor, "device.revoke", device, project_id=None)


def revoke_all(session: Session, person: Person) -> None:
    """Make the drafts of `person` unreadable on every device, and end the sessions there.

    No right is asked for: the verbs that take somebody's access do.
    """
    _revoke(session, own(session, person))


def _revoke(session: Session, devices: Sequence[Device]) -> None:
    moment = now()
    for device in devices:
        device.salt = device.pin_hash = None
        device.revoked_at = moment
    session.flush()
    session.execute(
        update(LoginSession)
        .where(LoginSession.device_id.in_([device.id for device in devices]), LoginSession.ended_at.is_(None))
        .values(ended_at=moment)
    )
