"""Passphrases and PINs: what may be chosen, and what it costs to look at one.

The price of a hash stands here and nowhere else; `benchmarks/passphrase.py` prints what it costs on a machine. Each
hash takes `MEMORY_KIB` of memory, so that not more than `AT_ONCE` are made at one moment: whoever sends many wrong
passphrases at once fills no memory.

What may be chosen follows NIST SP 800-63B and ASVS 5.0 (6.2): length, and not one of the passphrases that guessers try
first; no rules about capitals and digits. The list of those is the one that comes with `zxcvbn` (30,000, from leaked
collections), which is a file: nothing is asked of any service.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
import threading
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import lru_cache
from itertools import pairwise

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from interviews.errors import Invalid

TIME_COST, MEMORY_KIB, LANES = 6, 64 * 1024, 1
"""argon2id with the memory of RFC 9106's second recommendation and twice its passes, in one lane: so that whoever signs
in leaves the other core of a small server to the others. Aim: 250 to 500 ms there."""
AT_ONCE = 2
PATIENCE = 20.0
"""Seconds that one may wait for a place in the pool."""
MIN_ALONE = 15
"""Characters of a passphrase that is the only thing asked."""
MIN_WITH_FACTOR = 12
"""Characters of a passphrase that comes with a second factor."""
MAX_PASSPHRASE = 1024
PIN_DIGITS = 6
_FEWEST_KINDS = 5
"""Different characters in a passphrase: "abababababababab" is long and no secret."""
_HOUSE_WORDS = ("dichterbij", "wachtzin", "wachtwoord", "interview", "gemeente")
_hasher = PasswordHasher(time_cost=TIME_COST, memory_cost=MEMORY_KIB, parallelism=LANES)
_pool = threading.BoundedSemaphore(AT_ONCE)


@lru_cache(maxsize=1)
def nobody() -> str:
    """Return a hash that fits nothing: looked at when there is no such person, so that both cases are the same work."""
    return _hasher.hash(secrets.token_hex(16))


@contextmanager
def _a_place() -> Iterator[None]:
    """Wait for a place in the pool. Raises Invalid("sign_in.busy") after `PATIENCE`."""
    if not _pool.acquire(timeout=PATIENCE):
        raise Invalid("sign_in.busy")
    try:
        yield
    finally:
        _pool.release()


def normal(passphrase: str) -> str:
    """Return a passphrase as it is hashed: as typed, in NFC, for phones and laptops write "é" in different ways."""
    return unicodedata.normalize("NFC", passphrase)


def hash_of(secret: str) -> str:
    """Return what is stored instead of `secret`. Slow on purpose: hold no transaction. Raises Invalid("sign_in.busy")."""
    with _a_place():
        return _hasher.hash(normal(secret))


def fits(known: str, secret: str) -> bool:
    """Tell whether `secret` is what `known` was made of. As slow as `hash_of`. Raises Invalid("sign_in.busy")."""
    with _a_place():
        try:
            return _hasher.verify(known, normal(secret)[: MAX_PASSPHRASE + 1])
        except (VerificationError, InvalidHashError):
            return False


def is_cheap(known: str) -> bool:
    """Tell whether `known` was made at another price than today's."""
    return _hasher.check_needs_rehash(known)


@lru_cache(maxsize=1)
def leaked() -> frozenset[str]:
    """Return the passphrases that guessers try first, in lower case."""
    # Imported here: the list is a megabyte that signing in does not need.
    from zxcvbn.frequency_lists import FREQUENCY_LISTS

    return frozenset(FREQUENCY_LISTS["passwords"])


def check_passphrase(passphrase: str, *, login_word: str, minimum: int = MIN_ALONE, names: Iterable[str] = ()) -> None:
    """Raise Invalid when a passphrase is too short, too long, or one of the first that somebody would guess.

    `names` are words that belong to this person or project; a passphrase of one of them, with digits, is refused.
    """
    plain = normal(passphrase)
    if len(plain) < minimum:
        raise Invalid("passphrase.short", minimum=minimum)
    if len(plain) > MAX_PASSPHRASE:
        raise Invalid("passphrase.long", maximum=MAX_PASSPHRASE)
    if _is_guessed(plain.lower(), {login_word.lower(), *_HOUSE_WORDS, *(name.lower() for name in names)}):
        raise Invalid("passphrase.easy")


def _is_guessed(plain: str, own: set[str]) -> bool:
    together = _squeezed(plain)
    known = leaked() | own | {_squeezed(word) for word in own}
    core = _core(together)
    return (
        len(set(plain)) < _FEWEST_KINDS
        or _is_row(together)
        or not core
        or bool({plain, together, core, _repeated(together), _repeated(core), _core(_repeated(together))} & known)
    )


def _squeezed(text: str) -> str:
    """Return `text` without spaces, dashes and the like."""
    return re.sub(r"[\W_]+", "", text)


def _core(text: str) -> str:
    """Return `text` without the digits in front and behind: what people add to make a word longer."""
    return re.sub(r"^\d+|\d+$", "", text)


def _is_row(text: str) -> bool:
    """Tell whether each character is the next one, or the one before: "abcdefgh", "98765432", "7890123"."""
    if len(text) < 4:
        return False
    steps = {(ord(after) - ord(before)) % (10 if text.isdigit() else 26) for before, after in pairwise(text)}
    return len(steps) == 1 and steps <= {0, 1, 9 if text.isdigit() else 25}


def _repeated(text: str) -> str:
    """Return the shortest piece that makes `text` by saying it again and again; `text` itself when there is none."""
    found = (text + text).find(text, 1) if text else 0
    return text[:found]


def is_pin(text: str) -> bool:
    """Tell whether `text` looks like a PIN: six digits and nothing else."""
    return len(text) == PIN_DIGITS and text.isascii() and text.isdecimal()


def check_pin(pin: str) -> None:
    """Raise Invalid when a PIN is not six digits or one that somebody would try first: a row, a date, a year."""
    if not is_pin(pin):
        raise Invalid("pin.shape", digits=PIN_DIGITS)
    if _is_row(pin) or len(_repeated(pin)) < PIN_DIGITS or len(set(pin)) < 3 or pin in leaked() or _is_date(pin):
        raise Invalid("pin.easy")


def _is_date(pin: str) -> bool:
    if re.search(r"19[2-9]\d|20[0-4]\d", pin):
        return True
    one, two, three = int(pin[:2]), int(pin[2:4]), int(pin[4:])
    return any(_exists(*parts) for parts in ((three, two, one), (one, two, three), (three, one, two)))


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(2000 + year, month, day)
    except ValueError:
        return False
    return True


def pin_on_device(pin: str, token: str) -> str:
    """Return what is hashed of a PIN: mixed with the token that only this device has.

    A million PINs are tried in no time by whoever has the database; without the token there is nothing to try.
    """
    return hmac.new(token.encode(), b"pin:" + pin.encode(), hashlib.sha256).hexdigest()
