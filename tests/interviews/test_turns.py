"""Turns, speakers and spans: a value that makes no sense cannot exist."""

from __future__ import annotations

from dataclasses import FrozenInstanceError

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviews.turns import Speaker, SpeakerRole, Turn, TurnSpan

bounds = st.tuples(st.integers(0, 30), st.integers(1, 10)).map(lambda pair: (pair[0], pair[0] + pair[1]))
spans = st.builds(lambda turn, ends: TurnSpan(turn, *ends), st.integers(0, 2), bounds)


def test_a_turn_holds_what_one_person_said_on_one_line() -> None:
    turn = Turn("Meedenker 1", "Ik wil graag werken. 👍🏽", start_ms=0, end_ms=4_200)
    assert (turn.speaker, turn.end_ms) == ("Meedenker 1", 4_200)
    with pytest.raises(ValueError, match="line break"):
        Turn(None, "eerst dit\ndan dat")


def test_a_turn_does_not_start_before_the_recording() -> None:
    with pytest.raises(ValueError, match="negative"):
        Turn(None, "ja", start_ms=-1)


def test_a_speaker_is_unknown_until_somebody_says_who_it_is() -> None:
    assert Speaker("S1").role is SpeakerRole.UNKNOWN


def test_what_was_said_cannot_be_changed_afterwards() -> None:
    for value, name in ((Turn(None, "ja"), "text"), (Speaker("S1"), "label"), (TurnSpan(0, 0, 1), "end")):
        with pytest.raises((FrozenInstanceError, AttributeError)):
            setattr(value, name, "anders")


@pytest.mark.parametrize(("turn", "start", "end"), [(-1, 0, 1), (0, -1, 1), (0, 2, 2), (0, 3, 2)])
def test_an_empty_or_backward_span_cannot_exist(turn: int, start: int, end: int) -> None:
    with pytest.raises(ValueError, match="not a span"):
        TurnSpan(turn, start, end)


@given(spans, spans)
def test_two_spans_overlap_exactly_when_they_share_a_character(one: TurnSpan, other: TurnSpan) -> None:
    characters = [{(span.turn, at) for at in range(span.start, span.end)} for span in (one, other)]
    assert one.overlaps(other) == other.overlaps(one) == bool(characters[0] & characters[1])


@given(st.lists(spans))
def test_spans_sort_in_reading_order(several: list[TurnSpan]) -> None:
    assert sorted(several) == sorted(several, key=lambda span: (span.turn, span.start, span.end))
