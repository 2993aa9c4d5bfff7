"""A key under a passphrase: what stands in the key's file when somebody must type a passphrase at each start.

Argon2id (RFC 9106) makes a key of the passphrase, which seals the real one. The costs stand in the file, so that they
can rise without locking anybody out, and are bound to the ciphertext. One line of JSON, in ASCII.
"""

from __future__ import annotations

import binascii
import json
import secrets
import unicodedata
from dataclasses import dataclass

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag

from interviews.errors import Invalid
from interviews.keys.errors import KeyFileDamaged, PassphraseWrong
from interviews.keys.sealing import KEY_BYTES, decrypt, encrypt

MIN_PASSPHRASE = 15
"""Characters. Who stole the file may try for years; a passphrase at a sign-in page is slowed down by the page."""
MAX_PASSPHRASE = 256
MAX_BYTES = 1024
_START = b'{"dichterbij-key": 1, '
_MAGIC = b"DBw1"
_SALT_BYTES = 16
_MOST_KIB, _MOST_ROUNDS, _MOST_LANES = 2 * 1024 * 1024, 32, 16
"""What a file may ask for: one that was tampered with must not eat the machine."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one try costs: memory in KiB, rounds, lanes."""

    kib: int
    rounds: int
    lanes: int

    @property
    def sane(self) -> bool:
        """Tell whether argon2 takes these, and this machine can."""
        return (
            1 <= self.lanes <= _MOST_LANES
            and 8 * self.lanes <= self.kib <= _MOST_KIB
            and 1 <= self.rounds <= _MOST_ROUNDS
        )


COST = Cost(kib=256 * 1024, rounds=3, lanes=4)
"""About a second: it is asked once, at the start, and whoever guesses pays it each time."""


def check_passphrase(passphrase: str) -> None:
    """Raise Invalid("key_passphrase.short", "….long" or "….easy") for a passphrase that protects nothing."""
    if len(passphrase) < MIN_PASSPHRASE:
        raise Invalid("key_passphrase.short", minimum=MIN_PASSPHRASE)
    if len(passphrase) > MAX_PASSPHRASE:
        raise Invalid("key_passphrase.long", maximum=MAX_PASSPHRASE)
    if len(set(passphrase)) < 6:
        raise Invalid("key_passphrase.easy")


def wrap(raw: bytes, passphrase: str) -> bytes:
    """Return the content of a file that gives `raw` back to who knows the passphrase. Takes about a second."""
    salt = secrets.token_bytes(_SALT_BYTES)
    sealed = encrypt(_key_of(passphrase, salt, COST), _MAGIC, raw, _bound(salt, COST))
    fields = {
        "dichterbij-key": 1,
        "kib": COST.kib,
        "rounds": COST.rounds,
        "lanes": COST.lanes,
        "salt": salt.hex(),
        "sealed": sealed.hex(),
    }
    return json.dumps(fields).encode("ascii") + b"\n"


def is_wrapped(content: bytes) -> bool:
    """Tell whether this is the content of a file that `wrap` made."""
    return content.startswith(_START)


def unwrap(content: bytes, passphrase: str) -> bytes:
    """Return the key. Takes about a second. Raises `PassphraseWrong`, and `KeyFileDamaged` for what `wrap` never wrote.

    A file of which a byte of the sealed part was changed cannot be told from a wrong passphrase.
    """
    try:
        fields = json.loads(content)
        cost = Cost(int(fields["kib"]), int(fields["rounds"]), int(fields["lanes"]))
        salt, sealed = binascii.unhexlify(fields["salt"]), binascii.unhexlify(fields["sealed"])
    except (ValueError, KeyError, TypeError) as error:
        raise KeyFileDamaged from error
    if not cost.sane or len(salt) != _SALT_BYTES:
        raise KeyFileDamaged
    try:
        raw = decrypt(_key_of(passphrase, salt, cost), _MAGIC, sealed, _bound(salt, cost))
    except InvalidTag:
        raise PassphraseWrong from None
    if len(raw) != KEY_BYTES:
        raise KeyFileDamaged
    return raw


def _key_of(passphrase: str, salt: bytes, cost: Cost) -> bytes:
    # An é that one keyboard sends as one character and another as two is the same é.
    secret = unicodedata.normalize("NFC", passphrase).encode()
    return hash_secret_raw(
        secret,
        salt,
        time_cost=cost.rounds,
        memory_cost=cost.kib,
        parallelism=cost.lanes,
        hash_len=KEY_BYTES,
        type=Type.ID,
    )


def _bound(salt: bytes, cost: Cost) -> bytes:
    return f"{cost.kib}/{cost.rounds}/{cost.lanes}/".encode() + salt
