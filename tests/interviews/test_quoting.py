"""Words that must go are found in every later version of a text, and in what somebody wrote about it."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviews import quoting
from interviews.hidden import mask

LINES = ("Hoe was dat?", "Zwaar. Mijn broer Zebulon zat toen vast. Daarna kwam de brief.", "Dank je.", "Tot ziens.")
TEXT = "\n".join(LINES)
WORDS = "Mijn broer Zebulon zat toen vast."
SPAN = (TEXT.index(WORDS), TEXT.index(WORDS) + len(WORDS))


def left(new: str) -> str:
    """The new text with what followed the passage blocked out."""
    return mask(new, quoting.follow(TEXT, new, [SPAN])).replace("█", "")


def test_in_the_same_text_it_is_the_same_place() -> None:
    assert quoting.follow(TEXT, TEXT, [SPAN]) == [SPAN]
    assert quoting.follow(TEXT, "", [SPAN]) == []
    assert quoting.follow(TEXT, TEXT, []) == []


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("Zebulon", "Sebulon"),
        ("Zebulon zat", "Zebulon, ja Zebulon, zat"),
        ("toen vast", "toen in Zebulon vast"),
        ("Mijn broer Zebulon zat toen vast.", "Zebulon zat vast, mijn broer."),
        ("Hoe was dat?", "En hoe was dat dan?"),
        ("Daarna kwam de brief.", "Daarna de brief."),
    ],
)
def test_what_was_corrected_in_or_around_it_goes_with_it_and_the_rest_stays(was: str, now: str) -> None:
    new = TEXT.replace(was, now)
    assert "ebulon" not in left(new)
    assert "broer" not in left(new)
    assert "Dank je.\nTot ziens." in left(new)
    if "brief" in now:
        assert now in left(new)


def test_it_is_found_where_a_turn_was_split_or_moved_within_the_change() -> None:
    split = TEXT.replace("zat toen vast. Daarna", "zat toen\nvast. Daarna")
    assert "broer" not in left(split)
    assert "vast" not in left(split)
    assert "Daarna kwam de brief." in left(split)


other_lines = st.lists(st.sampled_from(["ja", "nee hoor", "de brief", "Tot ziens.", "", "Zwaar."]), max_size=4)


@given(other_lines, other_lines, other_lines)
def test_lines_that_are_written_before_behind_and_after_never_hide_it(
    before: list[str], between: list[str], after: list[str]
) -> None:
    new = "\n".join([*before, LINES[0], *between, LINES[1], *after])
    assert "Zebulon" not in left(new)
    assert all(line in left(new) for line in [*before, *after])


def test_a_quote_is_enough_words_in_the_same_order() -> None:
    elsewhere = quoting.words_in("Zwaar. Daarna kwam de brief. Dat was toen vast niet zo.")
    found = [
        ("Hij zei: mijn broer Zebulon zat er.", ["mijn broer Zebulon zat"]),
        ("MIJN BROER, ZEBULON!", ["MIJN BROER, ZEBULON"]),
        ("Mijn zus zat toen vast wel thuis.", []),
        ("Dat was toen vast niet zo.", []),
        ("Over de brief gesproken.", []),
    ]
    for text, quotes in found:
        assert [text[a:b] for a, b in quoting.quoted(WORDS, text, elsewhere=elsewhere)] == quotes, text
    assert quoting.quoted("ja dat", "ja dat", elsewhere=()) == []


def test_a_word_that_is_said_nowhere_else_tells_something() -> None:
    text = "Zebulon blijft bij me. Toen ook."
    spans = quoting.telling(WORDS, text, elsewhere={"toen"})
    assert [text[a:b] for a, b in spans] == ["Zebulon"]


spans = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=6)


@given(spans, spans)
def test_spans_are_joined_and_taken_out_of_each_other_as_sets_of_places(
    some: list[tuple[int, int]], others: list[tuple[int, int]]
) -> None:
    def places(given_spans: list[tuple[int, int]]) -> set[int]:
        return {place for start, end in given_spans for place in range(start, end)}

    joined, less = quoting.merged(some), quoting.without(some, quoting.merged(others))
    assert places(joined) == places(some)
    assert all(first[1] < second[0] for first, second in itertools.pairwise(joined))
    assert places(less) == places(some) - places(others)
