"""Sound from anybody's phone becomes one file that plays and jumps, in a child process that can do little."""

from __future__ import annotations

import array
import io
import itertools
import os
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import av
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interviews.errors import Unreadable
from interviews.formats import media
from interviews.formats.media import HEARD_RATE, PEAK_MS, Prepared, parent, wire
from interviews.formats.media.muxing import Again, Beginning, NotTheSame
from interviews.formats.media.sniffing import container_of
from tests.interviews.formats.sounds import TITLE, recorded, tone

HOUR = 60 * 60 * 1000


def made(*parts: bytes, most_ms: int = HOUR) -> tuple[Prepared, bytes]:
    """What becomes of these parts, and the file."""
    out = io.BytesIO()
    prepared = media.prepare([(io.BytesIO(part), len(part)) for part in parts], sink=out.write, most_ms=most_ms)
    return prepared, out.getvalue()


def refusal(*parts: bytes, most_ms: int = HOUR) -> str:
    """The key of the sentence that says why not."""
    with pytest.raises(Unreadable) as refused:
        made(*parts, most_ms=most_ms)
    return refused.value.key


def opened(content: bytes) -> av.container.InputContainer:
    return av.open(io.BytesIO(content), "r")


def near(ms: int, expected: int) -> bool:
    return abs(ms - expected) <= 80


KINDS: Sequence[tuple[str, bytes, str]] = [
    ("mp3", tone("mp3", "libmp3lame", rate=44_100), "audio/mpeg"),
    ("m4a, what is where at the end", tone("ipod", "aac", rate=44_100), "audio/mp4"),
    (
        "m4a in pieces, as an iPhone records",
        tone("mp4", "aac", options={"movflags": "frag_keyframe+empty_moov"}),
        "audio/mp4",
    ),
    ("ogg", tone("ogg", "libopus"), "audio/webm"),
    ("wav", tone("wav", "pcm_s16le", rate=16_000), "audio/wav"),
    ("webm", recorded(), "audio/webm"),
    ("a film", tone("mp4", "aac", film=True), "audio/mp4"),
    ("an old phone", tone("3gp", "libopencore_amrnb", rate=8_000, bits=12_200), "audio/webm"),
    ("flac", tone("flac", "flac"), "audio/mp4"),
]


@pytest.mark.parametrize(("content", "media_type"), [kind[1:] for kind in KINDS], ids=[kind[0] for kind in KINDS])
def test_every_kind_of_sound_becomes_one_file_that_plays_without_its_title(content: bytes, media_type: str) -> None:
    prepared, file = made(content)
    assert prepared.media_type == media_type
    assert near(prepared.duration_ms, 3000)
    assert prepared.left_out == 0
    with opened(file) as container:
        assert [stream.type for stream in container.streams] == ["audio"]
        assert container.duration is not None
        assert near(container.duration // 1000, 3000)
        assert not {"title", "location", "creation_time"} & {key.lower() for key in container.metadata}
    assert TITLE.encode() not in file
    assert b"+52.37" not in file


@pytest.mark.parametrize("content", [recorded(21), tone("ipod", "aac", seconds=21)], ids=["webm", "m4a"])
def test_what_a_player_needs_first_stands_in_front(content: bytes) -> None:
    # So that a jump costs one request: the list of places is read before the sound.
    _, file = made(content)
    front = file[: len(file) // 4]
    assert b"\x1cS\xbbk" in front or b"moov" in front
    with opened(file) as container:
        stream = container.streams.audio[0]
        assert stream.time_base is not None
        container.seek(round(15 / stream.time_base), stream=stream)
        packet = next(container.demux(stream))
        assert packet.pts is not None
        assert 9.9 < float(packet.pts * packet.time_base) <= 15.1


def test_the_waveform_has_a_byte_per_tenth_of_a_second() -> None:
    prepared, _ = made(tone("wav", "pcm_s16le", seconds=4, rate=16_000))
    assert PEAK_MS == 100
    assert len(prepared.peaks) == 40
    # Quiet, loud, quiet, loud; without the borders.
    for second, (least, most) in enumerate([(25, 40), (170, 200), (25, 40), (170, 200)]):
        heard = prepared.peaks[10 * second + 1 : 10 * second + 9]
        assert least <= min(heard)
        assert max(heard) <= most


def test_the_parts_of_a_broken_recording_follow_each_other() -> None:
    part = recorded(3)
    prepared, file = made(part, part, part)
    assert near(prepared.duration_ms, 9000)
    assert len(prepared.peaks) in (90, 91)
    with opened(file) as container:
        times = [float(packet.pts * packet.time_base) for packet in container.demux(audio=0) if packet.pts is not None]
    steps = [later - sooner for sooner, later in itertools.pairwise(times)]
    assert min(steps) > 0
    assert max(steps) < 0.1


def test_a_part_that_was_cut_off_plays_to_where_it_was_cut() -> None:
    part = recorded(6)
    prepared, _ = made(part[: len(part) * 2 // 3], part)
    assert 9000 < prepared.duration_ms < 11_000
    assert prepared.left_out == 0


def test_a_part_without_sound_is_left_out_and_counted() -> None:
    prepared, _ = made(recorded(2), b"\x1aE\xdf\xa3", recorded(2))
    assert near(prepared.duration_ms, 4000)
    assert prepared.left_out == 1


def test_parts_of_different_kinds_become_one() -> None:
    prepared, file = made(tone("ipod", "aac", rate=44_100), recorded(3))
    assert prepared.media_type == "audio/webm"
    assert near(prepared.duration_ms, 6000)
    with opened(file) as container:
        assert container.streams.audio[0].codec_context.name == "opus"


def test_what_is_no_sound_is_refused_with_the_reason() -> None:
    assert refusal(b"Dit is een brief.\n" * 50) == "unreadable.no_sound_file"
    assert refusal(b"\x89PNG\r\n\x1a\n" + bytes(500)) == "unreadable.no_sound_file"
    assert refusal(tone("mp4", "", film=True)) == "unreadable.silent_film"
    assert refusal(b"\x1aE\xdf\xa3" + os.urandom(2000)) == "unreadable.broken_sound"
    assert refusal(recorded(3), most_ms=2000) == "unreadable.sound_too_long"


def test_a_play_list_opens_nothing(tmp_path: Path) -> None:
    other = tmp_path / "other.wav"
    other.write_bytes(tone("wav", "pcm_s16le", seconds=1, rate=16_000))
    for text in (f"#EXTM3U\n#EXTINF:1,\nfile://{other}\n#EXT-X-ENDLIST\n", f"ffconcat version 1.0\nfile '{other}'\n"):
        assert refusal(text.encode()) == "unreadable.no_sound_file"


def test_progress_goes_up_to_the_whole() -> None:
    told: list[tuple[int, int]] = []
    part = tone("wav", "pcm_s16le", seconds=20)
    media.prepare(
        [(io.BytesIO(part), len(part))],
        sink=lambda content: None,
        most_ms=HOUR,
        progress=lambda done, total: told.append((done, total)),
    )
    assert told[-1] == (1000, 1000)
    assert told == sorted(told)
    assert len(told) > 5


@settings(max_examples=12)
@given(st.data())
def test_damage_never_does_more_than_be_refused(data: st.DataObject) -> None:
    content = bytearray(data.draw(st.sampled_from([kind[1] for kind in KINDS])))
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(content) - 9))
        content[at : at + 8] = data.draw(st.binary(min_size=8, max_size=8))
    del content[data.draw(st.integers(len(content) // 2, len(content))) :]
    with suppress(Unreadable):
        prepared, file = made(bytes(content))
        assert prepared.media_type in parent.MEDIA_TYPES
        assert file


def test_the_samples_that_are_heard_are_of_one_voice() -> None:
    content = tone("ipod", "aac", seconds=2, rate=44_100)
    heard = array.array("h", b"".join(media.hear(io.BytesIO(content), len(content))))
    assert abs(len(heard) - 2 * HEARD_RATE) < HEARD_RATE // 10
    assert 3_000 < max(heard[HEARD_RATE // 4 : HEARD_RATE // 2]) < 5_000
    assert 20_000 < max(heard[HEARD_RATE * 5 // 4 : HEARD_RATE * 3 // 2]) < 27_000


def test_an_error_of_the_source_reaches_the_caller() -> None:
    class Broken(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            raise OSError("the disk is gone")

    with pytest.raises(OSError, match="the disk is gone"):
        media.prepare([(Broken(), 5000)], sink=lambda content: None, most_ms=HOUR)


@pytest.mark.skipif(sys.platform == "win32", reason="limits of the system are those of POSIX")
@pytest.mark.parametrize(
    "deed",
    [
        "open('/etc/hostname')",
        "open(sys.argv[3], 'w')",
        "__import__('socket').socket()",
        "__import__('os').system('true')",
        # Past Python: what a mistake in the library itself could do.
        "(posix.open('/etc/hostname', 0), 1)[1]",
        "bytearray(800 * 1024 * 1024)",
    ],
)
def test_the_child_can_open_nothing(deed: str, tmp_path: Path) -> None:
    code = (
        "import sys, posix; sys.path[:0] = sys.argv[1].split(':');"
        "from interviews.formats.media.child import limit; import socket; limit();"
        f"\ntry:\n    {deed}\nexcept (OSError, MemoryError):\n    raise SystemExit(3)\nprint('did it')"
    )
    child = subprocess.run(
        [sys.executable, "-I", "-S", "-B", "-c", code, ":".join(parent._paths()), "", str(tmp_path / "left")],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert child.returncode in (3, 4)
    assert child.stdout == ""
    assert not (tmp_path / "left").exists()


def test_a_child_that_says_nothing_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parent, "_BOOTSTRAP", "import time; time.sleep(600)")
    monkeypatch.setattr(parent, "STALL_SECONDS", 0.2)
    assert refusal(recorded(1)) == "unreadable.sound_too_heavy"


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"Z\x00\x00\x00\x00",
        b"B\xff\xff\xff\xff",
        b'X\x10\x00\x00\x00{"key": "help"}\n',
        b"D\x02\x00\x00\x00{}",
        b"R\x10\x00\x00\x00" + wire.WANTED.pack(7, 0, 5),
        b"K\x05\x00\x00\x00aaaaaD\x3b\x00\x00\x00"
        + b'{"media_type": "text/html", "duration_ms": 500, "left_out":0}'[:59],
    ],
)
def test_a_child_that_makes_no_sense_is_not_believed(said: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parent, "_BOOTSTRAP", f"import sys; sys.stdout.buffer.write({said!r}); sys.stdout.flush()")
    assert refusal(recorded(1)) == "unreadable.sound_too_heavy"


def test_nothing_is_left_on_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    made(recorded(2))
    assert list(tmp_path.iterdir()) == []


def test_the_second_making_gives_the_first_with_its_beginning_filled_in() -> None:
    def write(file: Beginning) -> None:
        file.write(b"....")
        file.write(b"x" * 40_000)
        file.seek(0)
        file.write(b"1234")
        file.seek(0, os.SEEK_END)
        file.write(b"end")

    first = Beginning(0)
    write(first)
    given: list[bytes] = []
    write(Again(first, lambda content: given.append(bytes(content))))
    assert b"".join(given) == b"1234" + b"x" * 40_000 + b"end"


def test_what_would_have_to_be_filled_in_late_is_not_made() -> None:
    file = Beginning(0)
    file.write(b"x" * 40_000)
    file.seek(39_000)
    with pytest.raises(NotTheSame):
        file.write(b"late")


@given(st.binary(max_size=64))
def test_any_bytes_have_a_kind_or_none(head: bytes) -> None:
    assert container_of(head) is None or head
