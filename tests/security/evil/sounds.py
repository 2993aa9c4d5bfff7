"""Recordings that were cut off, lie about themselves, are something else, or name other files."""

from __future__ import annotations

import struct
from collections.abc import Callable
from functools import cache

from tests.interviews.formats.sounds import recorded, tone
from tests.security.evil.kinds import BadFile

_NO = ("no_sound_file",)
_BROKEN = ("broken_sound",)


@cache
def _of(muxer: str, codec: str) -> bytes:
    return tone(muxer, codec, seconds=2)


def _wav(*, channels: int = 1, rate: int = 8000, bits: int = 16, data: bytes = b"", says: int | None = None) -> bytes:
    frame = struct.pack("<HHIIHH", 1, channels, rate & 0xFFFFFFFF, 16000, 2, bits)
    body = (
        b"WAVEfmt " + struct.pack("<I", 16) + frame + b"data" + struct.pack("<I", len(data) if says is None else says)
    )
    return b"RIFF" + struct.pack("<I", 36 + len(data)) + body + data


def _without_list() -> bytes:
    """An m4a of which the telephone died before it wrote where everything is."""
    whole = _of("mp4", "aac")
    at = whole.find(b"moov") - 4
    return whole[:at]


def _elsewhere(beacon: str) -> bytes:
    """A film that says its sound is in another file: `dref` with an address."""
    whole = bytearray(_of("mp4", "aac"))
    at = whole.find(b"url ")
    whole[at + 4 : at + 8] = b"\0\0\0\0"
    return bytes(whole).replace(b"mdat", b"free", 1) + f"{beacon}/geluid.m4a\x00file:///etc/passwd".encode()


def _film(width: int) -> bytes:
    """A film whose picture says it is gigantic; the sound is sound."""
    return tone("mov", "aac", seconds=2, film=True).replace(
        struct.pack(">HH", 64, 64), struct.pack(">HH", width, width)
    )


def sound(title: str, name: str, make: Callable[[str], bytes], **verdict: object) -> BadFile:
    """A file that is sent as a recording."""
    return BadFile(title, name, make, door="sound", **verdict)  # type: ignore[arg-type]


_ANY = (*_NO, *_BROKEN, "silent_film", "sound_too_long", "sound_too_heavy")
SOUNDS: tuple[BadFile, ...] = (
    sound("a wav that says it is endless", "a.wav", lambda _: _wav(data=bytes(32_000), says=0xFFFFFFFF)),
    sound("a wav of an hour without sound in it", "a.wav", lambda _: _wav(says=57_600_000), refused=_BROKEN),
    sound("a wav without voices", "a.wav", lambda _: _wav(channels=0, data=bytes(4000)), refused=_ANY),
    sound("a wav of 65,535 voices", "a.wav", lambda _: _wav(channels=65_535, data=bytes(4000)), refused=_ANY),
    sound("a wav of four thousand million samples a second", "a.wav", lambda _: _wav(rate=0xFFFFFFFF, data=bytes(4000)), refused=_ANY),
    sound("a wav of no samples a second", "a.wav", lambda _: _wav(rate=0, data=bytes(4000)), refused=_ANY),
    sound("half an mp3", "a.mp3", lambda _: _of("mp3", "mp3")[: len(_of("mp3", "mp3")) // 2]),
    sound("an mp3 with an endless label", "a.mp3", lambda _: b"ID3\x04\x00\x00\x7f\x7f\x7f\x7f" + _of("mp3", "mp3"), refused=_ANY, either=True),
    sound("an m4a that was never finished", "a.m4a", lambda _: _without_list(), refused=_BROKEN),
    sound("an m4a whose sound is elsewhere", "a.m4a", _elsewhere, refused=_ANY, either=True),
    sound("garbage that begins as ogg", "a.ogg", lambda _: b"OggS" + bytes(range(256)) * 200, refused=_BROKEN),
    sound("a recording of a browser, cut off", "a.webm", lambda _: recorded(3)[:-700]),
    sound("a recording of a browser, its head only", "a.webm", lambda _: recorded(2)[:200], refused=_BROKEN),
    sound("a recording with a hole in it", "a.webm", lambda _: recorded(3)[:2000] + bytes(3000) + recorded(3)[5000:], refused=_ANY, either=True),
    sound("a film of 65,000 by 65,000 points", "a.mov", lambda _: _film(65_000), refused=_ANY, either=True),
    sound("a film without sound", "a.mov", lambda _: tone("mov", "", seconds=1, film=True), refused=("silent_film",)),
    sound("a flac cut off", "a.flac", lambda _: _of("flac", "flac")[:5000], refused=_ANY, either=True),
    sound("one byte", "a.mp3", lambda _: b"\xff", refused=_NO),
    sound("nothing but zeros", "a.wav", lambda _: bytes(50_000), refused=_NO),
    sound("a play list", "a.mp3", lambda beacon: f"#EXTM3U\n#EXTINF:10,\n{beacon}/lijst.ts\nfile:///etc/passwd\n".encode(), refused=_NO),
    sound("a list of files to join", "a.mp3", lambda beacon: f"ffconcat version 1.0\nfile '{beacon}/x'\nfile '/etc/passwd'\n".encode(), refused=_NO),
    sound("a Word document", "a.mp3", lambda _: b"PK\x03\x04" + bytes(400), refused=_NO),
    sound("a page with a script", "a.mp3", lambda _: b"<html><script>x()</script></html>", refused=_NO),
)  # fmt: skip
"""Verdicts on recordings. Refused means: kept as it is, and the page says why it does not play."""
