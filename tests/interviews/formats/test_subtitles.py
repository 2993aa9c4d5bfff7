from __future__ import annotations

from collections.abc import Callable

from interviews.formats import subtitles
from interviews.formats.draft import TranscriptDraft

Said = Callable[[TranscriptDraft], list[tuple[str | None, str]]]


def test_voices_of_a_webvtt_file_are_the_speakers(said: Said) -> None:
    draft = subtitles.read(
        b"WEBVTT - Gesprek\n\nNOTE\nGemaakt met een programma\n\nSTYLE\n::cue { color: red }\n\n"
        b"intro\n00:01.000 --> 00:02.000 align:start line:0\n<v.loud Gerda>Hoe <i>gaat</i> het &amp; zo?</v>\n\n"
        b"01:00:03.500 --> 01:00:04.000\n<v Wilma>Goed. //S02: ja//\n<c.geel>Heel goed.</c>\n"
    )
    assert said(draft) == [("Gerda", "Hoe gaat het & zo?"), ("Wilma", "Goed. //S02: ja// Heel goed.")]
    assert [(turn.start_ms, turn.end_ms) for turn in draft.turns] == [(1000, 2000), (3_603_500, 3_604_000)]
    assert [(note.key, note.fields.get("text")) for note in draft.notes] == [
        ("read.heading", "Gesprek"),
        ("read.remark", "Gemaakt met een programma"),
    ]
    assert draft.metadata == {"title": "Gesprek"}


def test_two_voices_in_one_cue_are_two_turns(said: Said) -> None:
    draft = subtitles.read(b"WEBVTT\n\n00:01.000 --> 00:02.000\n<v Gerda>Ja?</v>\n<v Wilma>Nee.</v>\n")
    assert said(draft) == [("Gerda", "Ja?"), ("Wilma", "Nee.")]


def test_labels_in_srt_cues_are_the_speakers_and_broken_sentences_are_joined(said: Said) -> None:
    draft = subtitles.read(
        b"1\r\n00:00:01,000 --> 00:00:02,000\r\nHost: Dit is een\r\n\r\n"
        b"2\r\n00:00:02,100 --> 00:00:03,000\r\nhele zin.\r\n\r\n"
        b"3\r\n00:00:03,200 --> 00:00:04,000\r\nHost: En nog een.\r\n\r\n"
        b"4\r\n00:00:09,000 --> 00:00:10,000\r\n(muziek)\r\n\r\n"
        b"5\r\n00:00:11,000 --> 00:00:12,000\r\nGuest: Mooi.\r\n"
    )
    assert said(draft) == [
        ("Host", "Dit is een hele zin."),
        ("Host", "En nog een."),
        (None, "(muziek)"),
        ("Guest", "Mooi."),
    ]
    assert (draft.turns[0].start_ms, draft.turns[0].end_ms) == (1000, 3000)


def test_cues_of_nobody_stay_apart(said: Said) -> None:
    draft = subtitles.read(b"1\n00:00:01,000 --> 00:00:02,000\neen\n\n2\n00:00:02,000 --> 00:00:03,000\ntwee\n")
    assert said(draft) == [(None, "een"), (None, "twee")]


def test_a_file_without_blank_lines_between_cues_loses_nothing(said: Said) -> None:
    draft = subtitles.read(b"1\n00:00:01,000 --> 00:00:02,000\neen\n2\n00:00:02,000 --> 00:00:03,000\ntwee\ndrie\n")
    assert said(draft) == [(None, "een"), (None, "twee drie")]


def test_a_blank_line_inside_a_cue_loses_nothing(words_of: Callable[[TranscriptDraft], list[str]]) -> None:
    draft = subtitles.read(b"1\n00:00:01,000 --> 00:00:02,000\neen\n\ntwee\n\n2\n00:00:02,000 --> 00:00:03,000\ndrie\n")
    assert words_of(draft) == ["een", "twee", "drie"]


def test_short_and_odd_times_are_read() -> None:
    draft = subtitles.read(b"1\n0:0:7,5 -> 0:0:8\nja\n")
    assert (draft.turns[0].start_ms, draft.turns[0].end_ms) == (7500, 8000)
