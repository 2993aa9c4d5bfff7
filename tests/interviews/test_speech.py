"""The computer makes a first text of a recording, with times; a person corrects it. Never online."""

from __future__ import annotations

import array
import io
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interviews import speech
from interviews.errors import Invalid
from interviews.formats.media import HEARD_RATE
from interviews.speech import Said, stretches, together
from interviews.turns import Turn
from tests.interviews import tinymodel
from tests.interviews.formats.sounds import tone

IN_CI = bool(os.environ.get("DICHTERBIJ_CI"))


class Sound(io.BytesIO):
    """Sound as a sealed file gives it."""

    @property
    def size(self) -> int:
        return len(self.getbuffer())


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model that hears "Goede middag."; without the extra `speech` its tests are skipped by name, in CI they fail."""
    if speech.missing(None) == "speech.no_program":
        if IN_CI:
            pytest.fail("faster-whisper is not installed: uv sync --inexact --extra speech")
        pytest.skip("faster-whisper is not installed (the extra speech)")
    return tinymodel.make(tmp_path_factory.mktemp("model"))


def test_a_recording_becomes_words_with_times(model: Path) -> None:
    sound = Sound(tone("ogg", "libopus", seconds=4))
    told: list[tuple[int, int]] = []
    turns = list(
        speech.turns(
            model,
            sound,  # type: ignore[arg-type]  # a sealed file without the seal
            duration_ms=4000,
            progress=lambda done, total: told.append((done, total)),
            only_voices=False,
        )
    )
    assert turns == [Turn(None, "Goede middag.", 0, 2000)]
    assert told[-1] == (4000, 4000)
    assert told == sorted(told)


def test_where_nobody_speaks_no_words_are_made_up(model: Path) -> None:
    sound = Sound(tone("wav", "pcm_s16le", seconds=3, rate=16_000))
    assert list(speech.turns(model, sound, duration_ms=3000)) == []  # type: ignore[arg-type]


def test_what_is_missing_is_said_and_nothing_is_fetched(
    model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert speech.missing(model) is None
    assert speech.missing(None) == "speech.no_model"
    assert speech.missing(tmp_path / "nowhere") == "speech.no_model"
    for name in ("model.bin", "config.json", "vocabulary.json"):
        (tmp_path / name).write_bytes((model / name).read_bytes())
    # Without its list of words the library would go and get one.
    assert speech.missing(tmp_path) == "speech.no_model"
    monkeypatch.setattr(speech, "find_spec", lambda name: None)
    assert speech.missing(model) == "speech.no_program"
    with pytest.raises(Invalid, match=r"speech\.no_program"):
        list(speech.turns(model, Sound(b""), duration_ms=1))  # type: ignore[arg-type]


def test_a_broken_model_is_said(model: Path, tmp_path: Path) -> None:
    for file in model.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes()[:1000])
    with pytest.raises(Invalid, match=r"speech\.broken_model"):
        list(speech.turns(tmp_path, Sound(b""), duration_ms=1))  # type: ignore[arg-type]


def test_what_is_said_in_one_breath_stays_together() -> None:
    heard = [Said("Goede", 0, 400), Said("middag.", 500, 900), Said("Ga", 3000, 3200), Said("zitten.", 3300, 3900)]
    assert list(together(heard)) == [Turn(None, "Goede middag.", 0, 900), Turn(None, "Ga zitten.", 3000, 3900)]


def test_a_long_story_is_cut_at_the_end_of_a_sentence() -> None:
    heard = [
        Said("En toen kwam er weer een brief met moeilijke woorden.", 1000 * at, 1000 * at + 990) for at in range(20)
    ]
    turns = list(together(heard))
    assert len(turns) > 2
    assert all(turn.text.endswith(".") for turn in turns)
    assert " ".join(turn.text for turn in turns) == " ".join(one.text for one in heard)
    assert [turn.start_ms for turn in turns] == sorted(turn.start_ms or 0 for turn in turns)


@settings(max_examples=20)
@given(st.lists(st.integers(1, 40), min_size=1, max_size=40), st.integers(1, 5))
def test_stretches_hold_every_sample_once_and_in_order(lengths: list[int], least: int) -> None:
    total = sum(lengths) * 1600
    samples = array.array("h", ((at * 7919) % 20_000 - 10_000 for at in range(total)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(speech, "_STRETCH_SECONDS", 1 + least)
        patch.setattr(speech, "_LOOK_BACK_SECONDS", 1)
        found = list(stretches(_portions(samples, lengths)))
    assert [start for start, _ in found] == [sum(len(part) for _, part in found[:at]) for at in range(len(found))]
    joined = array.array("h")
    for _, part in found:
        joined += part
        assert len(part) <= (1 + least) * HEARD_RATE
    assert joined == samples


def _portions(samples: array.array[int], lengths: list[int]) -> Iterator[bytes]:
    at = 0
    for length in lengths:
        yield samples[at : at + length * 1600].tobytes()
        at += length * 1600


def test_a_stretch_is_cut_where_it_is_quiet() -> None:
    loud = array.array("h", [9000, -9000] * (HEARD_RATE // 2))
    quiet = array.array("h", [3, -3] * (HEARD_RATE // 2))
    # Quiet in second 287 of five minutes.
    whole = loud * 287 + quiet + loud * 30
    (first, cut), (second, _) = stretches([whole.tobytes()])
    assert first == 0
    assert 287 * HEARD_RATE < len(cut) == second < 288 * HEARD_RATE
