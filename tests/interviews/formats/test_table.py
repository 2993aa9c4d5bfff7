from __future__ import annotations

from collections.abc import Callable

import pytest

from interviews.errors import Unreadable
from interviews.formats import table
from interviews.formats.draft import TranscriptDraft

Said = Callable[[TranscriptDraft], list[tuple[str | None, str]]]


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize(
    "header",
    [
        ("spreker", "begin", "eind", "tekst"),
        ("Speaker", "Start time", "End", "Text"),
        ("Wie", "Van", "Tot", "Transcript"),
    ],
)
def test_a_table_with_a_header_in_dutch_or_english_is_read(delimiter: str, header: tuple[str, ...], said: Said) -> None:
    rows = [header, ("I", "00:00:01", "00:00:02", "Hoe gaat het?"), ("R", "2", "3.5", '"Goed, hoor; ja"')]
    draft = table.read("\r\n".join(delimiter.join(row) for row in rows).encode("utf-8-sig"))
    assert said(draft) == [("I", "Hoe gaat het?"), ("R", "Goed, hoor; ja")]
    assert [(turn.start_ms, turn.end_ms) for turn in draft.turns] == [(1000, 2000), (2000, 3500)]


def test_a_table_without_a_header_is_understood_by_what_stands_in_it(said: Said) -> None:
    draft = table.read(b'00:01,I,Hoe gaat het?\n00:02,R,"Goed, hoor"\n00:03,I,Fijn\n')
    assert said(draft) == [("I", "Hoe gaat het?"), ("R", "Goed, hoor"), ("I", "Fijn")]
    assert draft.turns[2].start_ms == 3000


def test_words_in_other_columns_are_kept_and_codes_are_named(said: Said) -> None:
    draft = table.read(b"id;spreker;tekst;opmerking;zeker\n1;I;Hoe?;;0.9\n2;R;Zo.;ze kijkt naar haar dochter;0.8\n")
    assert said(draft) == [("I", "Hoe?"), ("R", "Zo."), (None, "ze kijkt naar haar dochter")]
    assert [note.fields for note in draft.notes] == [{"columns": ["id", "zeker"]}]


def test_milliseconds_are_milliseconds() -> None:
    draft = table.read(b"speaker,start_ms,end_ms,text\nI,1500,2500,Ja?\nR,2500,3000,Nee\n")
    assert [(turn.start_ms, turn.end_ms) for turn in draft.turns] == [(1500, 2500), (2500, 3000)]


def test_a_table_of_numbers_is_refused() -> None:
    with pytest.raises(Unreadable, match=r"unreadable\.no_text_column"):
        table.read(b"a;b\n")


def test_a_very_long_cell_is_read() -> None:
    draft = table.read(b"speaker;text\nI;ja\nR;" + b"woord " * 60_000 + b"\n")
    assert len(draft.turns[1].text.split()) == 60_000
