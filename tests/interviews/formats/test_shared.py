"""Real files of other programs, where the team's shared material stands beside the checkout."""

from __future__ import annotations

import functools
import json
import re
import textwrap
from collections.abc import Callable
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from interviews.errors import Unreadable
from interviews.formats.draft import TranscriptDraft
from interviews.formats.reading import read, read_here

pytestmark = pytest.mark.shared


def at(shared: Path, name: str) -> bytes:
    path = shared / name
    if not path.is_file():
        pytest.skip(f"no {name}")
    return path.read_bytes()


@pytest.mark.parametrize(
    ("name", "format", "speakers"),
    [
        ("samples/mlss_interview_11.txt", "txt", {"Interviewer 1", "Interviewee"}),
        ("samples/qualcoder_transcript.txt", "txt", {"id1", "id2", "id3"}),
        ("samples/qualcoder_ID1.docx", "docx", set()),
        ("samples/potato_talk_01.srt", "srt", {"Host", "Guest"}),
        ("samples/noscribe_interview.vtt", "vtt", {"S00", "S01", "S02"}),
        ("samples/noscribe_interview.html", "html", {"S00", "S01", "S02"}),
        ("transcripts/dev01.json", "par-json", {"I", "R"}),
        ("transcripts/dev06.json", "par-json", {"I", "R1", "R2", "R3"}),
    ],
)
def test_the_speakers_of_a_real_file_are_found(shared: Path, name: str, format: str, speakers: set[str]) -> None:
    draft = read(name, at(shared, name))
    assert (draft.format, {speaker.label for speaker in draft.speakers}) == (format, speakers)


@pytest.mark.parametrize(
    "name", ["samples/mlss_interview_11.txt", "samples/qualcoder_transcript.txt", *(f"seeds/{n}" for n in range(5))]
)
def test_every_word_of_a_real_text_comes_back(
    shared: Path, name: str, words_of: Callable[[TranscriptDraft], list[str]]
) -> None:
    if name.startswith("seeds/"):
        found = sorted((shared / "seeds").glob(f"00{name[-1]}_*.txt"))
        if not found:
            pytest.skip(f"no {name}")
        data = found[0].read_bytes()
    else:
        data = at(shared, name)
    draft = read_here("x.txt", data)
    text = data.decode()
    if draft.speakers:
        labels = "|".join(re.escape(speaker.label) for speaker in draft.speakers)
        text = re.sub(rf"(?m)^(?:(?:{labels}):|\[(?:{labels})\])", "", text)
    else:
        assert [turn.text for turn in draft.turns] == [" ".join(p.split()) for p in re.split(r"\n+", text) if p.strip()]
    assert words_of(draft) == re.findall(r"\w+", text)


def test_both_files_of_one_recording_say_the_same(
    shared: Path, words_of: Callable[[TranscriptDraft], list[str]]
) -> None:
    vtt = read_here("x.vtt", at(shared, "samples/noscribe_interview.vtt"))
    page = read_here("x.html", at(shared, "samples/noscribe_interview.html"))
    # The page has a stamp every minute inside long turns; the subtitles have none.
    stamps = re.findall(r"\[(\d\d):(\d\d):(\d\d)\]", " ".join(turn.text for turn in page.turns))
    assert sorted([*words_of(vtt), *(part for stamp in stamps for part in stamp)]) == sorted(words_of(page))


@pytest.mark.parametrize("number", range(1, 7))
def test_texts_of_our_own_format_are_untouched(shared: Path, number: int) -> None:
    data = at(shared, f"transcripts/dev0{number}.json")
    assert [turn.text for turn in read_here("x", data).turns] == [turn["text"] for turn in json.loads(data)["turns"]]


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("samples/taguette_1.4.1_codebook.qdc", "unreadable.xml"),
        ("samples/atlasti_23_blank.qdpx", "unreadable.refi_project"),
        ("transcripts/dev01.gold.json", "unreadable.json"),
    ],
)
def test_other_programs_projects_are_refused_by_name(shared: Path, name: str, key: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        read_here(name, at(shared, name))
    assert refusal.value.key == key


def _written_as(content: dict[str, list[dict[str, str]]], docx: Callable[..., bytes]) -> dict[str, bytes]:
    """The same talk as people and programs would have written it."""
    talk = [(turn["speaker"], turn["text"]) for turn in content["turns"]]
    times = [f"00:{n // 60:02}:{n % 60:02}" for n in range(len(talk))]
    wrap = functools.partial(textwrap.fill, width=72, break_long_words=False, break_on_hyphens=False)
    paragraph = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"
    row = "<w:tr><w:tc>" + paragraph + "</w:tc><w:tc>" + paragraph + "</w:tc></w:tr>"
    texts = {
        "lines": "\n".join(f"{who}: {text}" for who, text in talk),
        "times in front": "\n\n".join(f"[{at}] {who}: {text}" for at, (who, text) in zip(times, talk, strict=True)),
        "times behind": "\n".join(f"{who} ({at}): {text}" for at, (who, text) in zip(times, talk, strict=True)),
        "bare times": "\n".join(f"{at} {who}: {text}" for at, (who, text) in zip(times, talk, strict=True)),
        "brackets": "\n".join(f"[{who}] {text}" for who, text in talk),
        "tabs": "\r\n".join(f"{who}\t{text}" for who, text in talk),
        "own line": "\n\n".join(f"{who}\n{text}" for who, text in talk),
        "own line, time": "\n\n".join(f"{who} {at}\n{text}" for at, (who, text) in zip(times, talk, strict=True)),
        "wrapped": "\n\n".join(wrap(f"{who}: {text}") for who, text in talk),
        "wrapped, no blank lines": "\n".join(wrap(f"{who}: {text}") for who, text in talk),
    }
    files = {f"{name}.txt": text.encode() for name, text in texts.items()}
    files["page.html"] = "".join(f"<p><b>{who}:</b> {escape(text)}</p>" for who, text in talk).encode()
    files["a.docx"] = docx("".join(paragraph.format(escape(f"{who}: {text}")) for who, text in talk))
    files["table.docx"] = docx("<w:tbl>" + "".join(row.format(who, escape(text)) for who, text in talk) + "</w:tbl>")
    return files


@pytest.mark.parametrize("number", range(1, 7))
def test_a_talk_comes_back_turn_by_turn_however_it_was_written(
    shared: Path, docx: Callable[..., bytes], number: int
) -> None:
    content = json.loads(at(shared, f"transcripts/dev0{number}.json"))
    for name, data in _written_as(content, docx).items():
        read_back = [(turn.speaker, turn.text) for turn in read_here(name, data).turns]
        assert read_back == [(turn["speaker"], " ".join(turn["text"].split())) for turn in content["turns"]], name


@pytest.mark.parametrize("number", range(1, 7))
def test_a_talk_without_labels_has_no_speakers(shared: Path, number: int) -> None:
    content = json.loads(at(shared, f"transcripts/dev0{number}.json"))
    draft = read_here("x.txt", "\n\n".join(turn["text"] for turn in content["turns"]).encode())
    assert draft.speakers == ()
