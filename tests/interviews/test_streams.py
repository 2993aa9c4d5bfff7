"""Sealed files: what comes out is what went in, wherever one starts reading; whatever was changed is found."""

from __future__ import annotations

import io
import os
import secrets
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from interviews.keys import SealBroken
from interviews.sealedfiles import SealedFiles
from interviews.streams import CHUNK, SealedReader, SealedWriter, erase

KEY, OTHER = b"k" * 32, b"o" * 32
EDGES = [0, 1, 17, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 2 * CHUNK + 5]
quick = settings(
    max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
lengths = st.sampled_from(EDGES) | st.integers(0, 3 * CHUNK)


def noise(length: int) -> bytes:
    return (b"%d" % length + bytes(range(251)) * (length // 251 + 1))[:length]


def sealed(path: Path, content: bytes, key: bytes = KEY) -> Path:
    with SealedWriter(path, key) as file:
        file.write(content)
    return path


@quick
@given(length=lengths, cuts=st.lists(st.integers(0, 3 * CHUNK), max_size=6))
def test_any_bytes_written_in_any_portions_come_back(tmp_path: Path, length: int, cuts: list[int]) -> None:
    content, path = noise(length), tmp_path / "sound"
    at = 0
    with SealedWriter(path, KEY) as file:
        for cut in [*sorted(cuts), length]:
            file.write(content[at:cut])
            at = max(at, min(cut, length))
        assert file.size == length
    with SealedReader(path, KEY) as back:
        assert (back.size, back.read()) == (length, content)


steps = st.lists(
    st.tuples(st.just("read"), st.integers(0, 2 * CHUNK))
    | st.tuples(st.just("readinto"), st.integers(0, 2 * CHUNK))
    | st.tuples(st.just("set"), st.integers(0, 4 * CHUNK))
    | st.tuples(st.just("end"), st.integers(-3 * CHUNK, 10))
    | st.tuples(st.just("cur"), st.integers(-CHUNK, CHUNK))
    | st.tuples(st.just("rest"), st.just(0)),
    max_size=20,
)


def played(file: io.RawIOBase | io.BytesIO, plan: list[tuple[str, int]]) -> list[object]:
    seen: list[object] = []
    whence = {"set": os.SEEK_SET, "cur": os.SEEK_CUR, "end": os.SEEK_END}
    for what, number in plan:
        if what == "read":
            seen.append(file.read(number))
        elif what == "rest":
            seen.append(file.read())
        elif what == "readinto":
            room = bytearray(number)
            count = file.readinto(room)
            seen.append((count, bytes(room)))
        elif what == "set" or file.seek(0, whence[what]) + number >= 0:
            seen.append(file.seek(number, whence[what]))
        seen.append(file.tell())
    return seen


@quick
@given(length=lengths, plan=steps)
def test_reading_and_jumping_is_as_in_a_plain_file(tmp_path: Path, length: int, plan: list[tuple[str, int]]) -> None:
    content = noise(length)
    with SealedReader(sealed(tmp_path / "sound", content), KEY) as file:
        assert played(file, plan) == played(io.BytesIO(content), plan)


@quick
@given(length=lengths, place=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7))
def test_any_changed_bit_is_found(tmp_path: Path, length: int, place: float, bit: int) -> None:
    path = sealed(tmp_path / "sound", noise(length))
    bytes_ = bytearray(path.read_bytes())
    bytes_[int(place * len(bytes_))] ^= 1 << bit
    path.write_bytes(bytes_)
    with pytest.raises(SealBroken), SealedReader(path, KEY) as file:
        file.readall()


@quick
@given(length=lengths, left=st.floats(0, 1, exclude_max=True))
def test_a_file_that_was_cut_short_does_not_open(tmp_path: Path, length: int, left: float) -> None:
    path = sealed(tmp_path / "sound", noise(length))
    os.truncate(path, int(left * path.stat().st_size))
    with pytest.raises(SealBroken):
        SealedReader(path, KEY)


HEADER, SEALED = 47, CHUNK + 16


def chunks(path: Path) -> list[bytes]:
    body = path.read_bytes()[HEADER:]
    return [body[at : at + SEALED] for at in range(0, len(body), SEALED)]


@pytest.mark.parametrize("order", [[1, 0, 2], [0, 0, 2], [0, 2], [0, 1], [0], [2], [0, 1, 1, 2], [0, 1, 2, 2]])
def test_chunks_that_were_moved_left_out_or_doubled_are_found(tmp_path: Path, order: list[int]) -> None:
    path = sealed(tmp_path / "sound", noise(3 * CHUNK))
    pieces = chunks(path)
    path.write_bytes(path.read_bytes()[:HEADER] + b"".join(pieces[number] for number in order))
    with pytest.raises(SealBroken), SealedReader(path, KEY) as file:
        file.readall()


def test_a_chunk_of_another_file_under_the_same_key_is_found(tmp_path: Path) -> None:
    one, two = (sealed(tmp_path / name, noise(3 * CHUNK)) for name in ("one", "two"))
    mine, theirs = chunks(one), chunks(two)
    one.write_bytes(one.read_bytes()[:HEADER] + mine[0] + theirs[1] + mine[2])
    with SealedReader(one, KEY) as file:
        assert file.read(CHUNK) == noise(3 * CHUNK)[:CHUNK]
        with pytest.raises(SealBroken):
            file.read(1)


def test_bytes_after_the_end_are_found(tmp_path: Path) -> None:
    path = sealed(tmp_path / "sound", noise(CHUNK))
    with path.open("ab") as file:
        file.write(secrets.token_bytes(16))
    with pytest.raises(SealBroken):
        SealedReader(path, KEY)


def test_another_key_opens_nothing(tmp_path: Path) -> None:
    with pytest.raises(SealBroken):
        SealedReader(sealed(tmp_path / "sound", b"stem"), OTHER)


def test_the_same_bytes_twice_look_different_and_neither_shows_them(tmp_path: Path) -> None:
    content = b"een herkenbare zin " * 9000
    one, two = (sealed(tmp_path / name, content).read_bytes() for name in ("one", "two"))
    assert b"herkenbare" not in one + two
    assert one[HEADER : HEADER + 64] != two[HEADER : HEADER + 64]


def test_a_writer_that_stops_half_way_leaves_nothing_and_the_old_file_stays(tmp_path: Path) -> None:
    path = sealed(tmp_path / "sound", b"oud")
    stopped = SealedWriter(path, KEY)
    stopped.write(noise(2 * CHUNK))
    stopped.__exit__(RuntimeError, RuntimeError(), None)
    stopped.close()
    assert [left.name for left in tmp_path.iterdir()] == ["sound"]
    with SealedReader(path, KEY) as back:
        assert back.read() == b"oud"


@pytest.mark.skipif(os.name != "posix", reason="modes of POSIX")
def test_a_sealed_file_is_for_this_user_only(tmp_path: Path) -> None:
    assert sealed(tmp_path / "sound", b"x").stat().st_mode & 0o077 == 0


def test_an_erased_file_is_gone_and_a_copy_of_the_name_made_before_reads_noise(tmp_path: Path) -> None:
    path = sealed(tmp_path / "sound", noise(9))
    os.link(path, tmp_path / "copy")
    erase(path)
    erase(path)
    assert not path.exists()
    with pytest.raises(SealBroken):
        SealedReader(tmp_path / "copy", KEY)


def test_a_folder_of_sealed_files(tmp_path: Path) -> None:
    files = SealedFiles(tmp_path / "files")
    assert files.names("recording") == []
    files.put("recording/a/sound", KEY, b"een")
    files.put("recording/a/piece-0-1", KEY, b"twee")
    busy = files.write("recording/a/busy", KEY)
    assert files.names("recording") == ["recording/a/piece-0-1", "recording/a/sound"]
    assert files.get("recording/a/sound", KEY) == b"een"
    assert files.exists("recording/a/sound")
    files.erase("recording/a/sound")
    files.erase("recording/a/sound")
    with pytest.raises(FileNotFoundError):
        files.read("recording/a/sound", KEY)
    files.erase_folder("recording/a")
    busy.abort()
    assert not (tmp_path / "files" / "recording").exists()


def test_what_a_dead_process_was_writing_is_swept_after_a_day(tmp_path: Path) -> None:
    files = SealedFiles(tmp_path)
    old, fresh = files.write("a/old", KEY), files.write("a/new", KEY)
    (old_path,) = (path for path in (tmp_path / "a").iterdir() if path.name.startswith("old"))
    os.utime(old_path, (0, 0))
    files.sweep()
    assert not old_path.exists()
    fresh.close()
    assert files.names("a") == ["a/new"]
    old.abort()


@pytest.mark.parametrize("name", ["", "/etc/passwd", "../x", "a/../b", "a//b", "A", "a.new", "a\\b", "a/"])
def test_a_name_never_leaves_the_folder(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="name"):
        SealedFiles(tmp_path).put(name, KEY, b"x")
