"""The key store and what it seals: nobody without the key reads it, and a destroyed key stays destroyed."""

from __future__ import annotations

import os
import shutil
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from uuid import UUID, uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interviews import keys
from interviews.errors import InterviewsError
from interviews.keys import DataKey, InstallationKey, KeyStore
from interviews.recoverycodes import RecoveryCodeWrong

HERS = UUID("5b9c7a52-4e0d-4d4c-9d3a-6f0f2f7d1c11")
HIS = UUID("c2a8d0de-93f5-4f2e-8f0b-2b1f3f6f7a22")
STORY = "Toen mijn uitkering stopte, durfde ik de deur niet meer open te doen. 👩‍👧 Ik sliep slecht."

raw_keys = st.binary(min_size=32, max_size=32)
contexts = st.text(min_size=1, max_size=40)
posix_only = pytest.mark.skipif(os.name != "posix", reason="file modes are POSIX")


@pytest.fixture
def installation_key() -> InstallationKey:
    return InstallationKey.generate()


@pytest.fixture
def store(tmp_path: Path, installation_key: InstallationKey) -> KeyStore:
    return KeyStore(tmp_path / "keys", installation_key)


def sealed_by(raw: bytes, plain: bytes, context: str = "revision/1/text") -> tuple[DataKey, bytes]:
    key = DataKey(HERS, raw)
    return key, key.seal(plain, context=context)


# -- sealed values


@given(raw_keys, st.binary(max_size=500), contexts)
def test_what_is_sealed_opens_as_it_was(raw: bytes, plain: bytes, context: str) -> None:
    key, sealed = sealed_by(raw, plain, context)
    assert key.open(sealed, context=context) == plain
    assert len(sealed) == len(plain) + 32


@given(raw_keys, st.text(max_size=200))
def test_a_story_opens_as_it_was_told(raw: bytes, text: str) -> None:
    key = DataKey(HERS, raw)
    assert key.open_text(key.seal_text(text, context="story"), context="story") == text


@given(raw_keys, st.binary(max_size=60), st.data())
@settings(max_examples=200)
def test_any_flipped_bit_is_refused(raw: bytes, plain: bytes, data: st.DataObject) -> None:
    key, sealed = sealed_by(raw, plain)
    bit = data.draw(st.integers(0, len(sealed) * 8 - 1))
    broken = bytearray(sealed)
    broken[bit // 8] ^= 1 << bit % 8
    with pytest.raises(keys.SealBroken):
        key.open(bytes(broken), context="revision/1/text")


def test_every_single_bit_of_one_sealed_story_counts() -> None:
    key, sealed = sealed_by(bytes(range(32)), STORY.encode())
    for bit in range(len(sealed) * 8):
        broken = bytearray(sealed)
        broken[bit // 8] ^= 1 << bit % 8
        with pytest.raises(keys.SealBroken):
            key.open(bytes(broken), context="revision/1/text")


@given(raw_keys, st.binary(max_size=60), st.data())
def test_a_sealed_value_that_was_cut_short_or_grew_is_refused(raw: bytes, plain: bytes, data: st.DataObject) -> None:
    key, sealed = sealed_by(raw, plain)
    length = data.draw(st.integers(0, len(sealed) - 1))
    for broken in (sealed[:length], sealed + b"\0"):
        with pytest.raises(keys.SealBroken):
            key.open(broken, context="revision/1/text")


@given(raw_keys, st.binary(max_size=60), contexts, contexts)
def test_a_sealed_value_opens_only_in_its_own_place(raw: bytes, plain: bytes, own: str, other: str) -> None:
    key, sealed = sealed_by(raw, plain, own)
    if own != other:
        with pytest.raises(keys.SealBroken):
            key.open(sealed, context=other)


def test_a_value_of_one_interview_does_not_open_in_another_even_under_the_same_key() -> None:
    _, sealed = sealed_by(bytes(32), b"haar verhaal")
    with pytest.raises(keys.SealBroken):
        DataKey(HIS, bytes(32)).open(sealed, context="revision/1/text")


def test_the_key_of_another_interview_does_not_open_a_story(store: KeyStore) -> None:
    sealed = store.create(HERS).seal_text(STORY, context="story")
    with pytest.raises(keys.SealBroken):
        store.create(HIS).open_text(sealed, context="story")


@given(raw_keys, st.binary(max_size=60))
def test_the_same_words_sealed_twice_look_different(raw: bytes, plain: bytes) -> None:
    assert sealed_by(raw, plain)[1] != sealed_by(raw, plain)[1]


def test_a_sealed_value_says_where_it_belongs() -> None:
    with pytest.raises(ValueError, match="context"):
        DataKey(HERS, bytes(32)).seal(b"x", context="")


def test_no_error_and_no_repr_shows_a_key_or_a_story() -> None:
    key, sealed = sealed_by(b"geheim!!" * 4, b"haar verhaal")
    with pytest.raises(keys.SealBroken) as caught:
        key.open(sealed[:-1], context="story")
    shown = repr(key) + repr(InstallationKey(key.raw)) + repr(caught.value) + str(caught.value)
    assert "geheim" not in shown
    assert "haar verhaal" not in shown
    assert key.raw.hex() not in shown


def test_a_key_has_256_bits() -> None:
    for length in (0, 16, 31, 33):
        with pytest.raises(ValueError, match="32 bytes"):
            InstallationKey(bytes(length))
        with pytest.raises(ValueError, match="32 bytes"):
            DataKey(HERS, bytes(length))


@given(raw_keys, st.text(min_size=1, max_size=20), st.text(min_size=1, max_size=20))
def test_keys_for_different_purposes_differ(raw: bytes, one: str, other: str) -> None:
    key = InstallationKey(raw)
    assert key.derive(one) == key.derive(one) != raw
    assert (key.derive(one) == key.derive(other)) == (one == other)
    assert len(key.database_key()) == 32


def test_a_key_derived_today_is_the_key_derived_next_year() -> None:
    """A changed derivation would lock every installation out of its own data."""
    key = InstallationKey(bytes(range(32)))
    assert key.database_key().hex() == "0618ce869e05478e6f08d9ec82ae7589852a5b042a3d9e09b9834baa4941d1bc"
    assert (
        DataKey(HERS, key.raw).derive("audio/1").hex()
        == "47c92360944ada1c048f87c683464aa179476a02e0e924fe0ca3180d3ad6160f"
    )


def test_every_error_of_keys_is_an_error_of_the_field() -> None:
    assert issubclass(keys.KeysError, InterviewsError)
    assert issubclass(RecoveryCodeWrong, InterviewsError)


# -- the installation key in a file


def test_a_saved_key_is_read_back(tmp_path: Path, installation_key: InstallationKey) -> None:
    installation_key.save(tmp_path / "secrets" / "installation.key")
    assert InstallationKey.from_file(tmp_path / "secrets" / "installation.key") == installation_key
    assert [path.name for path in (tmp_path / "secrets").iterdir()] == ["installation.key"]


@posix_only
def test_a_saved_key_is_for_its_owner_only(tmp_path: Path, installation_key: InstallationKey) -> None:
    previous = os.umask(0)
    try:
        installation_key.save(tmp_path / "installation.key")
    finally:
        os.umask(previous)
    assert stat.S_IMODE((tmp_path / "installation.key").stat().st_mode) == 0o600


@posix_only
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o644, 0o610, 0o601])
def test_a_key_that_others_can_reach_is_not_used(tmp_path: Path, installation_key: InstallationKey, mode: int) -> None:
    installation_key.save(tmp_path / "installation.key")
    (tmp_path / "installation.key").chmod(mode)
    with pytest.raises(keys.KeyFileExposed):
        InstallationKey.from_file(tmp_path / "installation.key")


def test_a_key_file_is_never_overwritten(tmp_path: Path, installation_key: InstallationKey) -> None:
    installation_key.save(tmp_path / "installation.key")
    with pytest.raises(keys.KeyFileExists):
        InstallationKey.generate().save(tmp_path / "installation.key")
    assert InstallationKey.from_file(tmp_path / "installation.key") == installation_key


def test_of_two_who_save_a_key_at_once_one_gets_it(tmp_path: Path) -> None:
    candidates = [InstallationKey.generate() for _ in range(8)]
    barrier = Barrier(len(candidates))

    def save(key: InstallationKey) -> InstallationKey | None:
        barrier.wait()
        try:
            key.save(tmp_path / "installation.key")
        except keys.KeyFileExists:
            return None
        return key

    with ThreadPoolExecutor(len(candidates)) as pool:
        saved = [key for key in pool.map(save, candidates) if key]
    assert saved == [InstallationKey.from_file(tmp_path / "installation.key")]


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"hallo", b"0" * 70, bytes(32)])
def test_a_file_without_a_whole_key_is_said_to_be_damaged(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "installation.key"
    path.touch(mode=0o600)
    path.write_bytes(content)
    with pytest.raises(keys.KeyFileDamaged):
        InstallationKey.from_file(path)


# -- the recovery code


@given(raw_keys)
def test_a_recovery_code_gives_the_key_back(raw: bytes) -> None:
    code = InstallationKey(raw).to_recovery_code()
    assert InstallationKey.from_recovery_code(code).raw == raw
    assert len(code.split("-")) == 14
    assert {len(group) for group in code.split("-")} == {5}
    assert not set(code) & set("ILOU")


@given(raw_keys)
def test_a_recovery_code_may_be_typed_the_way_people_type(raw: bytes) -> None:
    code = InstallationKey(raw).to_recovery_code()
    typed = "  " + code.lower().replace("-", "\n ").replace("0", "o").replace("1", "l")
    assert InstallationKey.from_recovery_code(typed).raw == raw


@given(raw_keys, st.integers(0, 69), st.sampled_from("0123456789ABCDEFGHJKMNPQRSTVWXYZ"))
def test_one_wrong_character_is_found_and_its_group_named(raw: bytes, at: int, wrong: str) -> None:
    typed = list(InstallationKey(raw).to_recovery_code().replace("-", ""))
    if typed[at] != wrong:
        typed[at] = wrong
        with pytest.raises(RecoveryCodeWrong) as caught:
            InstallationKey.from_recovery_code("".join(typed))
        assert (caught.value.key, caught.value.fields) == ("recovery_code.group", {"group": at // 5 + 1})


@given(raw_keys, st.integers(0, 68))
def test_two_neighbours_in_each_others_place_are_found(raw: bytes, at: int) -> None:
    typed = list(InstallationKey(raw).to_recovery_code().replace("-", ""))
    if typed[at] != typed[at + 1]:
        typed[at], typed[at + 1] = typed[at + 1], typed[at]
        with pytest.raises(RecoveryCodeWrong):
            InstallationKey.from_recovery_code("".join(typed))


@given(raw_keys, st.integers(0, 13), st.integers(0, 13))
def test_two_groups_in_each_others_place_are_found(raw: bytes, one: int, other: int) -> None:
    groups = InstallationKey(raw).to_recovery_code().split("-")
    if groups[one][:4] != groups[other][:4]:
        groups[one], groups[other] = groups[other], groups[one]
        with pytest.raises(RecoveryCodeWrong) as caught:
            InstallationKey.from_recovery_code("-".join(groups))
        assert caught.value.fields == {"group": min(one, other) + 1}


def test_a_forgotten_group_is_said_to_be_a_matter_of_length() -> None:
    groups = InstallationKey(bytes(range(32))).to_recovery_code().split("-")
    with pytest.raises(RecoveryCodeWrong) as caught:
        InstallationKey.from_recovery_code("-".join(groups[:-1]))
    assert (caught.value.key, caught.value.fields) == ("recovery_code.length", {"found": 65, "expected": 70})
    with pytest.raises(RecoveryCodeWrong):
        InstallationKey.from_recovery_code("")


def test_a_recovery_code_printed_today_is_read_next_year() -> None:
    code = "20012-081G1-8186T-0W40Z-J2GBN-1G6G7-W3RGT-2491E-650N5-2RBHJ-G68TE-3CE1W-T7GZC-SF7ED"
    assert InstallationKey(bytes(range(32))).to_recovery_code() == code


# -- the store


def test_a_key_that_was_created_opens_again(tmp_path: Path, store: KeyStore, installation_key: InstallationKey) -> None:
    sealed = store.create(HERS).seal_text(STORY, context="story")
    reopened = KeyStore(tmp_path / "keys", installation_key)
    assert reopened.open(HERS).open_text(sealed, context="story") == STORY
    assert reopened.interviews() == {HERS}


def test_creating_a_key_again_gives_the_same_key(store: KeyStore) -> None:
    assert store.create(HERS).raw == store.create(HERS).raw != store.create(HIS).raw


def test_an_interview_that_never_had_a_key_is_missing_and_not_destroyed(store: KeyStore) -> None:
    with pytest.raises(keys.KeyMissing):
        store.open(HERS)


def test_two_threads_that_create_at_once_get_one_key(tmp_path: Path, installation_key: InstallationKey) -> None:
    threads = 8
    for _ in range(10):
        interview, barrier = uuid4(), Barrier(threads)

        def create(number: int, interview: UUID = interview, barrier: Barrier = barrier) -> bytes:
            own_store = KeyStore(tmp_path / "keys", installation_key)
            barrier.wait()
            return own_store.create(interview).raw

        with ThreadPoolExecutor(threads) as pool:
            assert len(set(pool.map(create, range(threads)))) == 1


def test_another_installation_key_does_not_open_the_store(tmp_path: Path, store: KeyStore) -> None:
    store.create(HERS)
    with pytest.raises(keys.WrongKey):
        KeyStore(tmp_path / "keys", InstallationKey.generate())
    store.open(HERS)


def test_a_store_that_lost_its_check_file_is_not_taken_over(
    tmp_path: Path, store: KeyStore, installation_key: InstallationKey
) -> None:
    store.create(HERS)
    (tmp_path / "keys" / "store.check").unlink()
    for key in (installation_key, InstallationKey.generate()):
        with pytest.raises(keys.WrongKey):
            KeyStore(tmp_path / "keys", key)


def test_nothing_readable_lies_in_the_folder(
    tmp_path: Path, store: KeyStore, installation_key: InstallationKey
) -> None:
    data_keys = [store.create(HERS), store.create(HIS)]
    (tmp_path / "keys" / "sealed").write_bytes(data_keys[0].seal_text(STORY, context="story"))
    on_disk = b"".join(path.read_bytes() for path in (tmp_path / "keys").iterdir())
    secret = [key.raw for key in data_keys] + [installation_key.raw, b"uitkering", STORY.encode()]
    for canary in secret:
        assert canary not in on_disk
        assert canary.hex().encode() not in on_disk


@posix_only
def test_the_store_is_for_its_owner_only(tmp_path: Path, store: KeyStore) -> None:
    store.create(HERS)
    store.destroy(HIS)
    assert stat.S_IMODE((tmp_path / "keys").stat().st_mode) == 0o700
    for path in (tmp_path / "keys").iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, path.name


def test_a_damaged_key_file_is_told_apart_from_a_wrong_key(tmp_path: Path, store: KeyStore) -> None:
    store.create(HERS)
    path = tmp_path / "keys" / f"{HERS}.key"
    whole = path.read_bytes()
    for broken in (b"", whole[:-1], whole[:-1] + bytes([whole[-1] ^ 1])):
        path.write_bytes(broken)
        with pytest.raises(keys.KeyDamaged):
            store.open(HERS)
        with pytest.raises(keys.KeyDamaged):
            store.create(HERS)


def test_the_key_file_of_one_interview_is_not_accepted_for_another(tmp_path: Path, store: KeyStore) -> None:
    store.create(HERS)
    shutil.copy(tmp_path / "keys" / f"{HERS}.key", tmp_path / "keys" / f"{HIS}.key")
    with pytest.raises(keys.KeyDamaged):
        store.open(HIS)


def test_files_of_somebody_else_in_the_folder_are_left_alone(
    tmp_path: Path, store: KeyStore, installation_key: InstallationKey
) -> None:
    (tmp_path / "keys" / "lees-mij.key").write_bytes(b"van een ander")
    reopened = KeyStore(tmp_path / "keys", installation_key)
    assert reopened.interviews() == frozenset()
    assert (tmp_path / "keys" / "lees-mij.key").read_bytes() == b"van een ander"


# -- destroying


def test_a_destroyed_key_is_gone_and_says_so(tmp_path: Path, store: KeyStore) -> None:
    store.create(HERS)
    store.create(HIS)
    store.destroy(HERS)
    store.destroy(HERS)
    with pytest.raises(keys.KeyDestroyed):
        store.open(HERS)
    with pytest.raises(keys.KeyDestroyed):
        store.create(HERS)
    assert store.interviews() == {HIS}
    assert store.destroyed() == {HERS}
    assert not (tmp_path / "keys" / f"{HERS}.key").exists()


@posix_only
def test_the_bytes_of_a_destroyed_key_are_overwritten_before_the_file_goes(tmp_path: Path, store: KeyStore) -> None:
    store.create(HERS)
    path = tmp_path / "keys" / f"{HERS}.key"
    before = path.read_bytes()
    with path.open("rb") as still_open:
        store.destroy(HERS)
        after = still_open.read()
    assert len(after) == len(before)
    assert before[4:] not in after


def test_a_key_that_comes_back_from_a_backup_stays_destroyed(
    tmp_path: Path, store: KeyStore, installation_key: InstallationKey
) -> None:
    store.create(HERS)
    path = tmp_path / "keys" / f"{HERS}.key"
    backup = path.read_bytes()
    store.destroy(HERS)
    path.write_bytes(backup)
    with pytest.raises(keys.KeyDestroyed):
        store.open(HERS)
    KeyStore(tmp_path / "keys", installation_key)
    assert not path.exists()


def test_a_ledger_replayed_on_an_old_backup_destroys_what_is_in_it(
    tmp_path: Path, store: KeyStore, installation_key: InstallationKey
) -> None:
    store.create(HERS)
    shutil.copytree(tmp_path / "keys", tmp_path / "backup")
    store.destroy(HERS)
    restored = KeyStore(tmp_path / "backup", installation_key)
    restored.open(HERS)
    restored.destroy_all([HERS, HIS])
    for interview in (HERS, HIS):
        with pytest.raises(keys.KeyDestroyed):
            restored.open(interview)


def test_destroying_that_a_crash_interrupted_is_finished_at_the_next_start(
    tmp_path: Path, store: KeyStore, installation_key: InstallationKey
) -> None:
    store.create(HERS)
    (tmp_path / "keys" / f"{HERS}.gone").write_bytes(b"destroyed\n")
    reopened = KeyStore(tmp_path / "keys", installation_key)
    assert reopened.interviews() == frozenset()
    assert not (tmp_path / "keys" / f"{HERS}.key").exists()


# -- a new installation key


def test_after_rewrapping_only_the_new_key_opens_the_store(
    tmp_path: Path, store: KeyStore, installation_key: InstallationKey
) -> None:
    sealed = store.create(HERS).seal_text(STORY, context="story")
    store.destroy(HIS)
    bystander = KeyStore(tmp_path / "keys", installation_key)
    new = InstallationKey.generate()
    store.rewrap(new)
    assert store.open(HERS).open_text(sealed, context="story") == STORY
    assert KeyStore(tmp_path / "keys", new).open(HERS).open_text(sealed, context="story") == STORY
    with pytest.raises(keys.WrongKey):
        KeyStore(tmp_path / "keys", installation_key)
    for use in (bystander.open, bystander.create, bystander.destroy):
        with pytest.raises(keys.WrongKey):
            use(HERS)
    with pytest.raises(keys.KeyDestroyed):
        store.open(HIS)


class Crash(Exception):
    """Stands for the power going out."""


@pytest.mark.parametrize("step", range(12))
def test_a_crash_at_any_step_of_rewrapping_loses_no_key(
    tmp_path: Path,
    store: KeyStore,
    installation_key: InstallationKey,
    monkeypatch: pytest.MonkeyPatch,
    step: int,
) -> None:
    raw = {interview: store.create(interview).raw for interview in (HERS, HIS, uuid4())}
    new, calls = InstallationKey.generate(), iter(range(100))
    replace = Path.replace

    def replace_until_the_crash(path: Path, target: Path) -> Path:
        if next(calls) == step:
            raise Crash
        return replace(path, target)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", replace_until_the_crash)
        try:
            store.rewrap(new)
        except Crash:
            assert step < 7
        else:
            assert step >= 7
    opens = []
    for key in (installation_key, new):
        try:
            reopened = KeyStore(tmp_path / "keys", key)
        except keys.WrongKey:
            continue
        opens.append(key)
        assert {interview: reopened.open(interview).raw for interview in reopened.interviews()} == raw
    assert opens == [installation_key if step < 4 else new]
    assert not list((tmp_path / "keys").glob("*.n*"))


def test_rewrapping_a_store_with_a_damaged_key_changes_nothing(
    tmp_path: Path, store: KeyStore, installation_key: InstallationKey
) -> None:
    raw = store.create(HERS).raw
    (tmp_path / "keys" / f"{HIS}.key").write_bytes(b"kapot")
    with pytest.raises(keys.KeyDamaged):
        store.rewrap(InstallationKey.generate())
    assert KeyStore(tmp_path / "keys", installation_key).open(HERS).raw == raw
