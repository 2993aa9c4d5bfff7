"""What may be chosen as a passphrase or PIN, and how many are looked at at once."""

from __future__ import annotations

import threading
import time

import pytest

from interviews import passphrases
from interviews.errors import Invalid


@pytest.mark.parametrize(
    "passphrase",
    [
        "vier gewone woorden achter",
        "regen tafel zondag fiets",
        "ik fiets elke dag naar de markt",
        "correct-horse-battery",
        "لا أحد يعرف هذه الجملة",
    ],
)
def test_a_few_ordinary_words_are_enough(passphrase: str) -> None:
    passphrases.check_passphrase(passphrase, login_word="carla", names=["Carla", "Dichterbij de brief"])


@pytest.mark.parametrize(
    ("passphrase", "key"),
    [
        ("veertien tekens"[:14], "passphrase.short"),
        ("welkom12345678901", "passphrase.easy"),
        ("passwordpassword", "passphrase.easy"),
        ("Password Password 123", "passphrase.easy"),
        ("123456789012345", "passphrase.easy"),
        ("abcdefghijklmnopq", "passphrase.easy"),
        ("zyxwvutsrqponmlk", "passphrase.easy"),
        ("aaaaaaaaaaaaaaaa", "passphrase.easy"),
        ("a-b-a-b-a-b-a-b-a-b", "passphrase.easy"),
        ("carla carla carla 99", "passphrase.easy"),
        ("Wilgenburg 2026 2026", "passphrase.easy"),
        ("Dichterbij-Dichterbij", "passphrase.easy"),
    ],
)
def test_what_a_guesser_tries_first_is_refused(passphrase: str, key: str) -> None:
    with pytest.raises(Invalid, match=key):
        passphrases.check_passphrase(passphrase, login_word="carla", names=["Wilgenburg 20262026"])


def test_the_list_of_leaked_passphrases_is_there_without_asking_anybody() -> None:
    assert len(passphrases.leaked()) == 30_000
    assert {"password", "qwerty", "123456"} <= passphrases.leaked()


def test_twelve_characters_are_enough_with_a_second_factor() -> None:
    passphrases.check_passphrase("regen tafels", login_word="bob", minimum=passphrases.MIN_WITH_FACTOR)
    with pytest.raises(Invalid, match=r"passphrase\.short"):
        passphrases.check_passphrase("regen tafels", login_word="bob")


def test_an_accent_is_the_same_however_a_phone_writes_it() -> None:
    assert passphrases.fits(passphrases.hash_of("caf\u00e9 om de hoek"), "cafe\u0301 om de hoek")


@pytest.mark.parametrize("pin", ["482916", "907315", "650974"])
def test_six_digits_without_a_pattern_are_a_pin(pin: str) -> None:
    passphrases.check_pin(pin)


@pytest.mark.parametrize(
    ("pin", "key"),
    [
        ("12345", "pin.shape"),
        ("1234567", "pin.shape"),
        ("12a456", "pin.shape"),
        ("١٢٣٤٥٦", "pin.shape"),
        ("123456", "pin.easy"),
        ("890123", "pin.easy"),
        ("654321", "pin.easy"),
        ("000000", "pin.easy"),
        ("121212", "pin.easy"),
        ("483483", "pin.easy"),
        ("112211", "pin.easy"),
        ("311279", "pin.easy"),  # a day, a month, a year
        ("790131", "pin.easy"),
        ("041984", "pin.easy"),
        ("198404", "pin.easy"),
    ],
)
def test_a_row_or_a_birthday_is_no_pin(pin: str, key: str) -> None:
    with pytest.raises(Invalid, match=key):
        passphrases.check_pin(pin)


def test_a_pin_of_one_device_is_another_secret_on_another() -> None:
    one, other = (passphrases.pin_on_device("482916", token) for token in ("a" * 43, "b" * 43))
    assert one != other
    assert "482916" not in one


class Counting:
    """A hasher that counts how many are at work at once."""

    def __init__(self) -> None:
        self.busy = self.most = 0
        self._lock = threading.Lock()

    def hash(self, secret: str) -> str:
        with self._lock:
            self.busy += 1
            self.most = max(self.most, self.busy)
        time.sleep(0.01)
        with self._lock:
            self.busy -= 1
        return secret


def test_however_many_sign_in_at_once_memory_stays_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    counting = Counting()
    monkeypatch.setattr(passphrases, "_hasher", counting)
    threads = [threading.Thread(target=passphrases.hash_of, args=("x",)) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert counting.most == passphrases.AT_ONCE


def test_who_cannot_be_helped_in_time_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passphrases, "PATIENCE", 0.01)
    monkeypatch.setattr(passphrases, "_pool", threading.BoundedSemaphore(1))
    with passphrases._a_place(), pytest.raises(Invalid, match=r"sign_in\.busy"):
        passphrases.hash_of("x")
