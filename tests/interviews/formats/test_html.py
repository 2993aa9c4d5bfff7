from __future__ import annotations

import json
from collections.abc import Callable

from interviews.formats import html, otr
from interviews.formats.draft import TranscriptDraft

Said = Callable[[TranscriptDraft], list[tuple[str | None, str]]]


def test_only_what_can_be_seen_is_read(said: Said) -> None:
    draft = html.read(
        b"<!DOCTYPE html><html><head><title>Gesprek 1</title><style>p{} .weg, b {display: none}</style></head><body>"
        b"<script>geheim()</script><p>I: Hoe <b>gaat</b>&nbsp;het?</p><p style='display:none'>verborgen tekst</p>"
        b"<p hidden>ook weg</p><p class='x weg'>en weg</p><div>R: Goed<span style='mso-hide:all'>heel</span>, hoor.</div>"
        b"<!-- niets --><template>niets</template></body></html>"
    )
    assert said(draft) == [("I", "Hoe gaat het?"), ("R", "Goed, hoor.")]
    assert [(note.key, note.fields) for note in draft.notes] == [("read.hidden_left_out", {"count": 7})]
    assert draft.metadata == {"title": "Gesprek 1"}


def test_line_breaks_cut_a_page_that_is_one_element(said: Said) -> None:
    draft = html.read(b"<body>I: Hoe gaat het?<br>R: Goed hoor.<br><br>I: Fijn.</body>")
    assert said(draft) == [("I", "Hoe gaat het?"), ("R", "Goed hoor."), ("I", "Fijn.")]


def test_a_table_of_speakers_is_read_by_row(said: Said) -> None:
    rows = "".join(f"<tr><td>{who}<td>0:0{n}<td>woord {n}" for n, who in enumerate(["I", "R", "I", "R"]))
    draft = html.read(f"<table><tr><th>Wie<th>Tijd<th>Tekst</tr>{rows}</table>".encode())
    assert said(draft) == [("I", "woord 0"), ("R", "woord 1"), ("I", "woord 2"), ("R", "woord 3")]
    assert [turn.start_ms for turn in draft.turns] == [0, 1000, 2000, 3000]


def test_noscribe_anchors_give_exact_times(said: Said) -> None:
    draft = html.read(
        b'<html><body><p style="font-weight: 600">Gesprek</p>'
        b"<p><span>Transcribed with noScribe vers. 0.7<br>Audio file: a.mp3<br>(Language: nl)</span></p>"
        b'<p><a name="ts_0_900_">(1 second pause)</a></p>'
        b'<p><a name="ts_1234_2000_S01">S01: <span>[00:00:01]</span> Hoe was dat?</a><a name="ts_2000_3456_S01"> Zwaar?</a></p>'
        b'<p><a name="ts_4000_5000_S00">S00: <span>[00:00:04]</span> Ja.</a><a name="ts_5000_5500_//S01"> //S01: ja.</a></p>'
        b"</body></html>"
    )
    assert said(draft) == [(None, "(1 second pause)"), ("S01", "Hoe was dat? Zwaar?"), ("S00", "Ja. //S01: ja.")]
    assert (draft.turns[1].start_ms, draft.turns[1].end_ms) == (1234, 3456)
    assert [note.key for note in draft.notes] == ["read.remark", "read.heading"]
    assert draft.metadata == {"title": "Gesprek"}


def test_otranscribe_stamps_are_the_times_of_turns(said: Said) -> None:
    content = {
        "text": '<p><span class="timestamp" data-timestamp="12.34">00:12</span> <b>I:</b> Hoe\u00a0gaat het?</p>'
        '<p>R: goed <span class="timestamp" data-timestamp="15">00:15</span>hoor &amp; zo<br></p>',
        "media": "opname.mp3",
        "media-time": 15.2,
    }
    draft = otr.read(json.dumps(content).encode())
    assert said(draft) == [("I", "Hoe gaat het?"), ("R", "goed [00:15] hoor & zo")]
    assert draft.turns[0].start_ms == 12_340
    assert draft.metadata == {"audio": "opname.mp3"}
