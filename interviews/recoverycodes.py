"""An installation key on paper: groups of five letters and digits that a person can copy without a mistake.

The alphabet is Crockford's base 32: no I, L, O or U, so nothing looks like 1, 0 or V. Fourteen groups of four
characters and a check character. The check (over the field of 32 elements, with the number of the group in it) finds
every single wrong character, every swap of two neighbours, and two groups in each other's place, and says *which*
group. The last four data characters are 20 bits of a hash over the whole key.

A key may also be cut in three sheets of which two are enough (`interviews.keys.splitting`). The code of such a sheet
looks the same; the first character tells which it is.
"""

from __future__ import annotations

from hashlib import sha256

from interviews.errors import Invalid

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_VALUES = {character: value for value, character in enumerate(_ALPHABET)}
_KEY_BYTES = 32
_VERSION = 1
MOST_SHEETS = 14
"""The four bits in front tell a whole key (1) from sheet 1, 2 … (2, 3 …)."""
_SUM_BITS = 20
_DATA = 4
GROUPS = 14
"""Number of groups in a code."""
GROUP = _DATA + 1
"""Characters in a group, its check character included."""


class RecoveryCodeWrong(Invalid):
    """A recovery code was not copied well; `fields["group"]` (1-based) says where, when that is known.

    Keys: `recovery_code.length`, `recovery_code.group`, `recovery_code.unknown`, `recovery_code.sheet`.
    """


def encode(key: bytes, *, sheet: int = 0) -> str:
    """Return 32 bytes as 14 groups of five characters, with a hyphen between them.

    `sheet` is 0 for a whole key, else the number of the sheet. Raises ValueError.
    """
    if len(key) != _KEY_BYTES:
        raise ValueError(f"a key has {_KEY_BYTES} bytes, not {len(key)}")
    if not 0 <= sheet <= MOST_SHEETS:
        raise ValueError(f"no sheet has the number {sheet}")
    bits = (_VERSION + sheet << 8 * _KEY_BYTES | int.from_bytes(key, "big")) << _SUM_BITS | _sum(key)
    count = GROUPS * _DATA
    values = [bits >> 5 * (count - 1 - n) & 31 for n in range(count)]
    groups = [values[n : n + _DATA] for n in range(0, count, _DATA)]
    return "-".join(
        "".join(_ALPHABET[value] for value in (*group, _check(number, group))) for number, group in enumerate(groups)
    )


def decode(code: str) -> bytes:
    """Return the whole key of a code. Raises `RecoveryCodeWrong`, also for the code of one sheet of several."""
    sheet, key = read(code)
    if sheet:
        raise RecoveryCodeWrong("recovery_code.sheet", sheet=sheet)
    return key


def typed_characters(code: str) -> str:
    """Return what counts of a code, or of a part of one, as a person types it: the same for every way to type it."""
    plain = "".join(character for character in code.upper() if not character.isspace() and character not in "-–—.,")
    return plain.translate(str.maketrans("OIL", "011"))


def read(code: str) -> tuple[int, bytes]:
    """Return (0 or the number of the sheet, the bytes) of a code as a person types it.

    Small letters, spaces, O for 0 and I or L for 1 are fine. Raises `RecoveryCodeWrong`.
    """
    typed = typed_characters(code)
    bits = 0
    for number in range(GROUPS):
        group = [_VALUES.get(character) for character in typed[number * GROUP : (number + 1) * GROUP]]
        values = [value for value in group if value is not None]
        if None in group or (len(group) == GROUP and _check(number, values[:_DATA]) != values[_DATA]):
            raise RecoveryCodeWrong("recovery_code.group", group=number + 1)
        for value in values[:_DATA]:
            bits = bits << 5 | value
    if len(typed) != GROUPS * GROUP:
        raise RecoveryCodeWrong("recovery_code.length", found=len(typed), expected=GROUPS * GROUP)
    key = (bits >> _SUM_BITS & (1 << 8 * _KEY_BYTES) - 1).to_bytes(_KEY_BYTES, "big")
    sheet = (bits >> _SUM_BITS + 8 * _KEY_BYTES) - _VERSION
    if not 0 <= sheet <= MOST_SHEETS or bits & (1 << _SUM_BITS) - 1 != _sum(key):
        raise RecoveryCodeWrong("recovery_code.unknown")
    return sheet, key


def _sum(key: bytes) -> int:
    return int.from_bytes(sha256(b"dichterbij recovery code" + key).digest()[:4], "big") >> 32 - _SUM_BITS


def _check(number: int, values: list[int]) -> int:
    """Weigh the group's number and values by rising powers of 2 in GF(32), so that no two have the same weight."""
    total = number + 1
    for value in values:
        total = _double(total) ^ value
    return _double(total)


def _double(value: int) -> int:
    value <<= 1
    return value ^ 0b100101 if value & 32 else value
