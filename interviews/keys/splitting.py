"""Cutting a secret in parts of which a few are enough, and fewer tell nothing: Shamir's scheme, byte by byte.

Each byte of the secret is where a random curve of degree `need - 1` over GF(256) crosses zero; a part is another point
of that curve. The field is AES's (x^8 + x^4 + x^3 + x + 1). Source: A. Shamir, How to share a secret, CACM 22 (1979).

Pure: knows nothing of keys, files or paper.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping

_FIELD = 0x11B
_MOST = 255


def split(secret: bytes, *, need: int, of: int) -> dict[int, bytes]:
    """Return `of` parts, numbered from 1 and as long as `secret`; any `need` of them give it back.

    Fewer than `need` parts say nothing about the secret but its length. Raises ValueError for numbers that make no
    sense.
    """
    if not 2 <= need <= of <= _MOST:
        raise ValueError("two or more parts are needed, of at most 255")
    curves = [(byte, *secrets.token_bytes(need - 1)) for byte in secret]
    return {part: bytes(_value(curve, part) for curve in curves) for part in range(1, of + 1)}


def combine(parts: Mapping[int, bytes]) -> bytes:
    """Return the secret of `parts` (number to bytes), by Lagrange's formula at zero.

    Too few parts, or parts of two secrets, give other bytes: whoever asks must be able to tell. Raises ValueError for
    less than two, for parts of unequal length and for a number that no part has.
    """
    if len(parts) < 2 or len({len(part) for part in parts.values()}) != 1:
        raise ValueError("two or more parts of one length")
    if not all(1 <= number <= _MOST for number in parts):
        raise ValueError("parts are numbered from 1 to 255")
    length = len(next(iter(parts.values())))
    weights = {number: _weight(number, parts) for number in parts}
    found = bytearray(length)
    for number, part in parts.items():
        for place in range(length):
            found[place] ^= _times(part[place], weights[number])
    return bytes(found)


def _weight(number: int, parts: Mapping[int, bytes]) -> int:
    weight = 1
    for other in parts:
        if other != number:
            # In this field minus is plus, and both are xor.
            weight = _times(weight, _times(other, _inverse(other ^ number)))
    return weight


def _value(curve: tuple[int, ...], at: int) -> int:
    """Return the curve at a point, by Horner's rule; the first number is its value at zero."""
    value = 0
    for coefficient in reversed(curve):
        value = _times(value, at) ^ coefficient
    return value


def _times(one: int, other: int) -> int:
    product = 0
    while other:
        # Without a branch on the secret: what is added is masked.
        product ^= one & -(other & 1)
        one = one << 1 ^ _FIELD & -(one >> 7)
        other >>= 1
    return product


def _inverse(value: int) -> int:
    """Return value ** 254, which is 1 / value as every value ** 255 is 1. Never asked for zero."""
    inverse = 1
    for _ in range(254):
        inverse = _times(inverse, value)
    return inverse
