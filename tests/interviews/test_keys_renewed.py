"""An interview gets a new key beside the old one; whatever stops half-way, what was sealed still opens."""

from __future__ import annotations

import uuid
from pathlib import Path

import pytest

from interviews.keys import InstallationKey, KeyDestroyed, KeyMissing, KeyStore, SealBroken
from interviews.keys.errors import KeyRenewing

ONE = uuid.UUID(int=1)


@pytest.fixture
def key() -> InstallationKey:
    return InstallationKey.generate()


@pytest.fixture
def store(tmp_path: Path, key: InstallationKey) -> KeyStore:
    return KeyStore(tmp_path / "keys", key)


def test_until_it_is_settled_both_keys_open_and_one_seals(store: KeyStore) -> None:
    store.create(ONE)
    old, new = store.renew(ONE)
    assert new.raw != old.raw
    assert [key.raw for key in store.renew(ONE)] == [old.raw, new.raw]
    assert store.renewing() == {ONE}
    for seals in (old, new, new):
        if seals is new:
            store.take_over(ONE)
        held = store.open(ONE)
        assert held.raw == seals.raw
        assert held.open(new.seal(b"nieuw", context="a"), context="a") == b"nieuw"
        assert held.open(old.seal(b"oud", context="a"), context="a") == b"oud"
        assert [key.raw for key in store.renew(ONE)] == [old.raw, new.raw]
        assert not any(key.raw.hex() in repr(held) or str(key.raw) in repr(held) for key in (old, new))


@pytest.mark.parametrize("taken_over", [False, True])
def test_settled_the_old_key_is_nowhere_any_more(
    store: KeyStore, key: InstallationKey, tmp_path: Path, taken_over: bool
) -> None:
    store.create(ONE)
    old, new = store.renew(ONE)
    sealed = old.seal(b"oud", context="a")
    if taken_over:
        store.take_over(ONE)
    store.settle(ONE, renewed=True)
    store.settle(ONE, renewed=True)
    again = KeyStore(tmp_path / "keys", key).open(ONE)
    assert (again.raw, again.beside, store.renewing()) == (new.raw, (), frozenset())
    with pytest.raises(SealBroken):
        again.open(sealed, context="a")
    assert [path.suffix for path in (tmp_path / "keys").glob(f"{ONE}*")] == [".key"]


@pytest.mark.parametrize("taken_over", [False, True])
def test_dropped_the_old_key_is_back_and_the_new_one_is_nowhere(
    store: KeyStore, tmp_path: Path, taken_over: bool
) -> None:
    store.create(ONE)
    old, _new = store.renew(ONE)
    if taken_over:
        store.take_over(ONE)
    store.settle(ONE, renewed=False)
    assert (store.open(ONE).raw, store.open(ONE).beside) == (old.raw, ())
    assert [path.suffix for path in (tmp_path / "keys").glob(f"{ONE}*")] == [".key"]


def test_a_story_that_is_taken_back_takes_both_keys_along(store: KeyStore, tmp_path: Path) -> None:
    store.create(ONE)
    store.renew(ONE)
    store.destroy(ONE)
    assert store.renewing() == frozenset()
    store.settle(ONE, renewed=True)
    with pytest.raises(KeyDestroyed):
        store.open(ONE)
    with pytest.raises(KeyDestroyed):
        store.renew(ONE)
    assert [path.suffix for path in (tmp_path / "keys").glob(f"{ONE}*")] == [".gone"]


def test_without_a_key_there_is_none_to_renew_and_meanwhile_the_installation_keeps_its_own(
    store: KeyStore, key: InstallationKey
) -> None:
    with pytest.raises(KeyMissing):
        store.renew(ONE)
    store.create(ONE)
    store.renew(ONE)
    with pytest.raises(KeyRenewing):
        store.rewrap(InstallationKey.generate())
    assert len(store.open(ONE).beside) == 1
