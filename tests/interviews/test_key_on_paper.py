"""The installation key in its file under a passphrase, on one sheet, on three sheets, and after a new one came."""

from __future__ import annotations

import json
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviews import keys, recoverycodes
from interviews.errors import Invalid
from interviews.keys import InstallationKey, KeyStore, protecting
from interviews.recoverycodes import RecoveryCodeWrong

PASSPHRASE = "de kat slaapt op mijn krant"


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(protecting, "COST", protecting.Cost(kib=64, rounds=1, lanes=1))


def test_a_key_under_a_passphrase_opens_with_that_passphrase_only(tmp_path: Path) -> None:
    key, path = InstallationKey.generate(), tmp_path / "installation.key"
    key.save(path, passphrase=PASSPHRASE)
    assert path.stat().st_mode & 0o777 == 0o600
    assert InstallationKey.asks_passphrase(path)
    assert InstallationKey.from_file(path, passphrase=PASSPHRASE) == key
    with pytest.raises(keys.PassphraseNeeded):
        InstallationKey.from_file(path)
    with pytest.raises(keys.PassphraseWrong):
        InstallationKey.from_file(path, passphrase=PASSPHRASE + ".")
    content = path.read_bytes()
    assert key.raw not in content
    assert key.to_recovery_code().encode() not in content
    assert PASSPHRASE.encode() not in content


def test_letters_that_two_keyboards_send_differently_are_one_passphrase(tmp_path: Path) -> None:
    key, path = InstallationKey.generate(), tmp_path / "installation.key"
    key.save(path, passphrase="vijfenzestig caf\u00e9s in de stad")
    assert InstallationKey.from_file(path, passphrase="vijfenzestig cafe\u0301s in de stad") == key


def test_a_passphrase_can_be_changed_and_taken_away(tmp_path: Path) -> None:
    key, path = InstallationKey.generate(), tmp_path / "installation.key"
    key.save(path)
    assert not InstallationKey.asks_passphrase(path)
    key.save_again(path, passphrase=PASSPHRASE)
    assert InstallationKey.from_file(path, passphrase=PASSPHRASE) == key
    key.save_again(path, passphrase=None)
    assert InstallationKey.from_file(path) == key


@pytest.mark.parametrize(
    "change",
    [
        {"kib": 8 * 1024 * 1024},
        {"kib": 1},
        {"rounds": 0},
        {"lanes": 64},
        {"salt": "00"},
        {"salt": "geen getal"},
        {"sealed": None},
    ],
)
def test_a_file_that_was_tampered_with_is_damaged_and_costs_nothing(change: dict[str, object]) -> None:
    fields = json.loads(protecting.wrap(bytes(32), PASSPHRASE)) | change
    with pytest.raises(keys.KeyFileDamaged):
        protecting.unwrap(json.dumps(fields).encode(), PASSPHRASE)


def test_costs_that_were_lowered_in_the_file_do_not_open_it() -> None:
    fields = json.loads(protecting.wrap(bytes(32), PASSPHRASE))
    with pytest.raises(keys.PassphraseWrong):
        protecting.unwrap(json.dumps(fields | {"rounds": 2}).encode(), PASSPHRASE)


@pytest.mark.parametrize(
    ("passphrase", "problem"),
    [("te kort", "key_passphrase.short"), ("a" * 257, "key_passphrase.long"), ("abab" * 5, "key_passphrase.easy")],
)
def test_a_passphrase_that_protects_nothing_is_refused(passphrase: str, problem: str) -> None:
    with pytest.raises(Invalid) as refused:
        protecting.check_passphrase(passphrase)
    assert refused.value.key == problem


def test_a_key_that_others_may_read_is_used_when_the_system_itself_guards_it(tmp_path: Path) -> None:
    """Systemd gives a service its credentials by an access list, which shows as a right of the group."""
    key, path = InstallationKey.generate(), tmp_path / "dichterbij.key"
    key.save(path)
    path.chmod(0o440)
    with pytest.raises(keys.KeyFileExposed):
        InstallationKey.from_file(path)
    assert InstallationKey.from_file(path, guarded=True) == key


@given(st.binary(min_size=32, max_size=32))
def test_any_two_of_three_sheets_give_the_key_back(raw: bytes) -> None:
    sheets = [recoverycodes.read(code) for code in InstallationKey(raw).to_sheets()]
    assert [number for number, _ in sheets] == [1, 2, 3]
    for two in combinations(sheets, 2):
        assert InstallationKey.from_codes(dict(two)).raw == raw
    for one in sheets:
        with pytest.raises(Invalid) as refused:
            InstallationKey.from_codes(dict([one]))
        assert refused.value.key == "recovery_code.one_more"


def test_one_sheet_is_not_taken_for_the_whole_code() -> None:
    key = InstallationKey.generate()
    with pytest.raises(RecoveryCodeWrong) as refused:
        InstallationKey.from_recovery_code(key.to_sheets()[1])
    assert (refused.value.key, refused.value.fields) == ("recovery_code.sheet", {"sheet": 2})
    assert InstallationKey.from_codes(dict([recoverycodes.read(key.to_recovery_code())])) == key


@given(st.binary(min_size=32, max_size=32), st.integers(0, recoverycodes.MOST_SHEETS))
def test_a_code_says_which_sheet_it_is_of_however_it_is_typed(raw: bytes, sheet: int) -> None:
    code = recoverycodes.encode(raw, sheet=sheet)
    assert len(code.split("-")) == recoverycodes.GROUPS
    assert recoverycodes.read(code.lower().replace("-", " ").replace("0", "o").replace("1", "l")) == (sheet, raw)


def test_what_lies_on_peoples_phones_still_opens_after_a_new_key(tmp_path: Path) -> None:
    first = InstallationKey.generate()
    KeyStore(tmp_path, first)
    second = first.succeeded_by(InstallationKey.generate())
    keys.leave_lasting(tmp_path, second)
    found = keys.read_lasting(tmp_path, InstallationKey(second.raw))
    third = found.succeeded_by(InstallationKey.generate())
    for key in (second, found, third):
        assert key.derive("device/1/00") == first.derive("device/1/00")
        assert key.derive("second factors") == first.derive("second factors")
        assert key.database_key() != first.database_key()
        assert key.derive("flask cookie") != first.derive("flask cookie")
    with pytest.raises(keys.WrongKey):
        keys.read_lasting(tmp_path, first)


def test_the_drawer_of_contacts_is_apart_from_the_keys_of_interviews(tmp_path: Path) -> None:
    from uuid import uuid4

    key, owner = InstallationKey.generate(), uuid4()
    store = KeyStore(tmp_path, key)
    of_interview, of_contacts = store.create(owner), store.contacts.create(owner)
    assert of_interview.raw != of_contacts.raw
    assert store.interviews() == store.contacts.interviews() == {owner}
    store.contacts.destroy(owner)
    assert store.open(owner).raw == of_interview.raw
    with pytest.raises(keys.KeyDestroyed):
        KeyStore(tmp_path, key).contacts.open(owner)
    # A file that is carried from the one to the other opens in neither.
    (tmp_path / "contacts" / f"{owner}.gone").unlink()
    (tmp_path / "contacts" / f"{owner}.key").write_bytes((tmp_path / f"{owner}.key").read_bytes())
    with pytest.raises(keys.KeyDamaged):
        store.contacts.open(owner)
