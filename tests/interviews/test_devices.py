"""Phones that keep drafts: the key that comes back, and the key that never does."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from interviews import devices, people
from interviews.access import actor_for
from interviews.clock import now
from interviews.db import transaction
from interviews.errors import NotVisible
from interviews.keys import InstallationKey
from interviews.models import AuditEntry, LoginSession
from tests.factories import Cast

KEY = InstallationKey(bytes(range(32)))


def test_a_device_has_the_same_key_each_time_and_no_other_device_has_it(db: Session, cast: Cast) -> None:
    first, second = devices.add(db, cast.carla, name="Chrome · Android"), devices.add(db, cast.carla)
    key = devices.key_of(KEY, first.device)
    assert len(key) == 32
    assert devices.key_of(KEY, first.device) == key
    assert devices.key_of(KEY, second.device) != key
    assert devices.key_of(InstallationKey.generate(), first.device) != key


def test_a_device_is_found_by_its_token_which_is_stored_nowhere(db: Session, cast: Cast) -> None:
    added = devices.add(db, cast.carla)
    other = devices.add(db, cast.bob)
    assert devices.find(db, [other.token, "guessed", added.token]) == [
        (other.token, other.device),
        (added.token, added.device),
    ]
    assert devices.find(db, []) == []
    assert added.token.encode() not in added.device.token_hash
    assert added.token not in repr(added)


def test_revoking_erases_the_salt_and_ends_the_sessions_on_that_device_alone(db: Session, cast: Cast) -> None:
    lost, kept = devices.add(db, cast.carla).device, devices.add(db, cast.carla).device
    here, there = (people.open_session(db, cast.carla) for _ in range(2))
    devices.link(here.session, kept)
    devices.link(there.session, lost)
    db.flush()
    devices.revoke(db, actor_for(db, cast.carla.id), lost)
    devices.revoke(db, actor_for(db, cast.carla.id), lost)
    db.expire_all()
    assert lost.salt is None
    assert lost.revoked_at is not None
    assert devices.is_over(lost)
    with pytest.raises(devices.DeviceRevoked):
        devices.key_of(KEY, lost)
    assert people.find_session(db, there.token) is None
    assert people.find_session(db, here.token) is not None
    assert list(devices.own(db, cast.carla)) == [kept]
    logged = db.scalars(sa.select(AuditEntry.action).where(AuditEntry.object_id == lost.id))
    assert list(logged) == ["device.add", "device.revoke"]


def test_nobody_revokes_or_uses_the_device_of_another(db: Session, cast: Cast) -> None:
    device = devices.add(db, cast.carla).device
    with pytest.raises(NotVisible):
        devices.revoke(db, actor_for(db, cast.alice.id), device)
    with pytest.raises(NotVisible):
        devices.link(people.open_session(db, cast.bob).session, device)
    assert device.revoked_at is None


def test_a_session_does_not_start_on_a_revoked_device(db: Session, cast: Cast) -> None:
    device = devices.add(db, cast.carla).device
    devices.revoke(db, actor_for(db, cast.carla.id), device)
    with pytest.raises(devices.DeviceRevoked):
        devices.link(people.open_session(db, cast.carla).session, device)


def test_who_loses_access_loses_the_drafts_in_the_same_transaction(db: Session, cast: Cast) -> None:
    device = devices.add(db, cast.carla).device
    with transaction(db):
        people.end_access(db, actor_for(db, cast.alice.id), cast.project, cast.carla)
    assert device.salt is None
    assert devices.is_over(device)
    assert not db.scalars(
        sa.select(LoginSession).where(LoginSession.person_id == cast.carla.id, LoginSession.ended_at.is_(None))
    ).all()


def test_an_account_that_was_closed_gets_no_key(db: Session, cast: Cast) -> None:
    device = devices.add(db, cast.carla).device
    cast.carla.disabled_at = now()
    assert devices.is_over(device)
    with pytest.raises(devices.DeviceRevoked):
        devices.key_of(KEY, device)
