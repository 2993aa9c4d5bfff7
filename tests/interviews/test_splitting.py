"""A secret cut in parts: enough of them give it back, and fewer say nothing."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviews.keys import splitting
from interviews.keys.splitting import combine, split


@given(st.binary(min_size=1, max_size=40), st.integers(2, 5), st.integers(0, 4))
def test_any_parts_that_are_enough_give_the_secret_back(secret: bytes, need: int, more: int) -> None:
    parts = split(secret, need=need, of=need + more)
    assert set(parts) == set(range(1, need + more + 1))
    for chosen in combinations(parts, need):
        assert combine({number: parts[number] for number in chosen}) == secret
    assert combine(parts) == secret


@pytest.mark.parametrize("number", [1, 2, 3])
@pytest.mark.parametrize("secret", [0, 1, 77, 255])
def test_one_part_of_two_can_be_any_byte_whatever_the_secret_is(number: int, secret: int) -> None:
    """For each secret byte every value of a part comes from exactly one curve: a part alone says nothing."""
    seen = Counter(splitting._value((secret, slope), number) for slope in range(256))
    assert seen == Counter(range(256))


def test_the_field_multiplies_and_divides_as_aes_says() -> None:
    # The example of FIPS 197, 4.2: {57} · {83} = {c1}, and {57} · {13} = {fe}.
    assert splitting._times(0x57, 0x83) == 0xC1
    assert splitting._times(0x57, 0x13) == 0xFE
    assert all(splitting._times(value, splitting._inverse(value)) == 1 for value in range(1, 256))


def test_two_parts_of_two_cuttings_do_not_give_the_secret() -> None:
    secret = bytes(range(32))
    one, other = split(secret, need=2, of=3), split(secret, need=2, of=3)
    assert combine({1: one[1], 2: other[2]}) != secret


@pytest.mark.parametrize("parts", [{}, {1: b"a"}, {1: b"a", 2: b"ab"}, {0: b"a", 1: b"b"}, {1: b"a", 256: b"b"}])
def test_what_is_no_set_of_parts_is_refused(parts: dict[int, bytes]) -> None:
    with pytest.raises(ValueError, match="part"):
        combine(parts)


@pytest.mark.parametrize(("need", "of"), [(1, 3), (3, 2), (2, 256), (0, 0)])
def test_numbers_that_make_no_sense_are_refused(need: int, of: int) -> None:
    with pytest.raises(ValueError, match="parts are needed"):
        split(b"geheim", need=need, of=of)
