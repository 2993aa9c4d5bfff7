from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interviews.errors import Unreadable
from interviews.formats import par_json, whisper
from interviews.formats.draft import TranscriptDraft
from interviews.formats.paragraphs import has_words
from interviews.text import clean
from interviews.turns import Speaker, SpeakerRole, Turn

_TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40).map(
    lambda text: clean(text).replace("\n", " ")
)


@settings(max_examples=80, deadline=None)
@given(
    roles=st.lists(st.sampled_from(SpeakerRole), min_size=1, max_size=4),
    talk=st.lists(st.tuples(st.integers(0, 4), _TEXT.filter(has_words), st.none() | st.integers(0, 10_000_000))),
    title=_TEXT,
)
def test_what_we_write_we_read_back_the_same(
    roles: list[SpeakerRole], talk: list[tuple[int, str, int | None]], title: str
) -> None:
    speakers = tuple(Speaker(f"P{n}", role) for n, role in enumerate(roles))
    turns = tuple(
        Turn(speakers[who].label if who < len(speakers) else None, text, start, None if start is None else start + 7)
        for who, text, start in talk
    )
    draft = TranscriptDraft(turns, speakers, "par-json", metadata={"title": title, "consent_scopes": ["record"]})
    again = par_json.read(par_json.dump(draft).encode())
    assert (again.turns, again.speakers, again.metadata) == (draft.turns, draft.speakers, draft.metadata)


def test_a_role_in_other_words_is_kept_and_the_label_tells_the_part() -> None:
    content = {
        "schema": "par-transcript/1",
        "speakers": [
            {"id": "I", "role": "interviewer"},
            {"id": "R1", "role": "opbouwwerker"},
            {"id": "B", "role": "metgezel"},
        ],
        "turns": [{"speaker": "I", "start_s": 1.25, "text": "Ja?"}, {"speaker": "R1", "text": "Twee  spaties."}],
    }
    draft = par_json.read(json.dumps(content).encode())
    assert [speaker.role.value for speaker in draft.speakers] == ["interviewer", "interviewee", "companion"]
    assert draft.metadata == {"speaker_roles": {"R1": "opbouwwerker"}}
    assert draft.turns == (Turn("I", "Ja?", 1250), Turn("R1", "Twee  spaties."))
    assert json.loads(par_json.dump(draft))["speakers"][1]["role"] == "opbouwwerker"


def test_turns_without_words_are_left_out_and_told() -> None:
    content = {"schema": "par-transcript/1", "turns": [{"speaker": "I", "text": " "}, {"speaker": "R", "text": "Ja"}]}
    draft = par_json.read(json.dumps(content).encode())
    assert len(draft.turns) == 1
    assert draft.notes[0].fields == {"count": 1}


@pytest.mark.parametrize(
    ("content", "key"),
    [
        ('{"schema": "par-transcript/2", "turns": []}', "unreadable.par_version"),
        ('{"schema": "par-transcript/1", "turns": [1]}', "unreadable.broken"),
        ('{"schema": "par-transcript/1", "turns": {}}', "unreadable.broken"),
        ('{"schema": "par-transcript/1", "turns": [], "speakers": 1}', "unreadable.broken"),
        ('{"schema": "par-transcript/1", "turns": [{"speaker": [], "text": "a"}]}', "unreadable.broken"),
        ('{"schema": "par-transcript/1"', "unreadable.broken"),
        ("[]", "unreadable.json"),
        ('{"a": 1}', "unreadable.json"),
        ("[" * 100_000, "unreadable.broken"),
    ],
)
def test_other_or_broken_json_is_refused(content: str, key: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        par_json.read(content.encode())
    assert refusal.value.key == key


@pytest.mark.parametrize("time", ["NaN", "-1", "1e400", "true", '"3"', "null"])
def test_a_time_that_is_none_is_no_time(time: str) -> None:
    draft = par_json.read(
        f'{{"schema": "par-transcript/1", "turns": [{{"speaker": "I", "text": "a", "start_s": {time}}}]}}'.encode()
    )
    assert draft.turns[0].start_ms is None


def test_speech_recognisers_segments_are_joined_within_a_sentence() -> None:
    content = {
        "language": "nl",
        "segments": [
            {"start": 0.0, "end": 1.0, "text": " Hoe was", "speaker": "SPEAKER_00"},
            {"start": 1.1, "end": 2.0, "text": " dat?", "speaker": "SPEAKER_00"},
            {"start": 2.1, "end": 3.0, "text": " Zwaar.", "speaker": "SPEAKER_01"},
        ],
    }
    draft = whisper.read(json.dumps(content).encode())
    assert draft.turns == (Turn("SPEAKER_00", "Hoe was dat?", 0, 2000), Turn("SPEAKER_01", "Zwaar.", 2100, 3000))
