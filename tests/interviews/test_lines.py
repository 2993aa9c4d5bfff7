"""Line numbers: the same on screen, in Word and in the source line of a quote."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviews.lines import WIDTH, Line, lines_of_span, number_lines

TEXTS = st.lists(st.text(alphabet=st.sampled_from("ab é😀-'.\t\u00a0 "), max_size=300), max_size=6)


def test_lines_count_through_the_whole_transcript() -> None:
    assert number_lines(["een twee drie", "vier"], width=8) == [
        Line(1, 0, 0, 8),
        Line(2, 0, 9, 13),
        Line(3, 1, 0, 4),
    ]


def test_a_word_longer_than_a_line_is_broken() -> None:
    assert [(line.start, line.end) for line in number_lines(["a" * 20], width=8)] == [(0, 8), (8, 16), (16, 20)]


@given(TEXTS, st.integers(5, 90))
def test_every_character_but_spaces_is_on_exactly_one_line(texts: list[str], width: int) -> None:
    lines = number_lines(texts, width=width)
    assert [line.number for line in lines] == list(range(1, len(lines) + 1))
    for turn, text in enumerate(texts):
        covered = [0] * len(text)
        for line in lines:
            if line.turn == turn:
                assert 0 < line.end - line.start <= width
                for position in range(line.start, line.end):
                    covered[position] += 1
        assert all(count == 1 or (count == 0 and text[position] == " ") for position, count in enumerate(covered))


@given(TEXTS, st.data())
def test_a_span_with_a_letter_in_it_touches_a_line(texts: list[str], data: st.DataObject) -> None:
    lines = number_lines(texts)
    spoken = [(turn, at) for turn, text in enumerate(texts) for at, letter in enumerate(text) if not letter.isspace()]
    if not spoken:
        return
    turn, at = data.draw(st.sampled_from(spoken))
    first, last = lines_of_span(lines, turn, at, at + 1)
    assert first == last
    assert lines[first - 1].start <= at < lines[first - 1].end


def test_a_span_over_a_line_end_names_both_lines() -> None:
    lines = number_lines(["woord " * 40])
    assert WIDTH == 72
    assert lines_of_span(lines, 0, 60, 80) == (1, 2)


def test_a_span_that_touches_no_line_is_an_error() -> None:
    with pytest.raises(ValueError, match="no line"):
        lines_of_span(number_lines(["een"]), 0, 5, 6)
