"""A file that browsers play and jump in, made of packets that are not touched, without a place to go back to.

What a player needs first (length, where is what) is known last, so libraries write a file, go back and fill that in.
Here the file is sealed as it is made and nobody can go back. So it is made twice, byte for byte the same: the first
time only its beginning is kept, filled in and all; the second time that beginning goes out, and then the rest.
"""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

import av
from av.audio.stream import AudioStream
from av.packet import Packet

_BEGINNING = 16 * 1024


@dataclass(frozen=True, slots=True)
class Amount:
    """What the first reading counted; says how much room the beginning takes."""

    seconds: Fraction
    packets: int
    bytes: int
    changes: int
    """Times that a packet was longer or shorter than the one before."""
    parts: int


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file, and what a browser calls it."""

    muxer: str
    media_type: str

    def room(self, amount: Amount) -> int:
        """Return how many bytes in front must be kept free for what is known last."""
        if self.muxer == "webm":
            # A cue per cluster, and a cluster is at most five seconds long.
            return 2048 + 32 * (int(amount.seconds / 5) + 2 * amount.parts + amount.bytes // 2**20)
        if self.muxer == "mp4":
            return 8192 + 4 * amount.packets + 16 * amount.changes + 32 * (amount.bytes // 2**19)
        return 0

    def options(self, room: int) -> dict[str, str]:
        """Return what the library is told, so that it makes the same bytes each time and nothing about anybody."""
        return {
            "webm": {"reserve_index_space": str(room)},
            "mp4": {"moov_size": str(room)},
            "mp3": {"id3v2_version": "0", "write_xing": "1"},
            "wav": {"rf64": "auto"},
        }[self.muxer] | {"fflags": "+bitexact"}


WEBM = Kind("webm", "audio/webm")
MP4 = Kind("mp4", "audio/mp4")
MP3 = Kind("mp3", "audio/mpeg")
WAV = Kind("wav", "audio/wav")
KINDS = {
    "opus": WEBM,
    "vorbis": WEBM,
    "aac": MP4,
    "flac": MP4,
    "mp3": MP3,
    **dict.fromkeys(("pcm_u8", "pcm_s16le", "pcm_s24le", "pcm_s32le", "pcm_f32le", "pcm_alaw", "pcm_mulaw"), WAV),
}
"""What is copied as it is, and into what. Every other kind of sound is made into Opus."""


class NotTheSame(Exception):
    """The second file was not the first, or something far from its beginning had to be filled in."""


class Beginning(io.RawIOBase):
    """Takes a file that is being made and keeps its beginning, filled in and all."""

    def __init__(self, room: int) -> None:
        super().__init__()
        self.kept = bytearray()
        self.size = 0
        self._most = _BEGINNING + room
        self._at = 0

    def writable(self) -> bool:
        """Yes."""
        return True

    def seekable(self) -> bool:
        """Yes."""
        return True

    def tell(self) -> int:
        """Return the place of the next byte."""
        return self._at

    def seek(self, offset: int, whence: int = os.SEEK_SET, /) -> int:
        """Go to a place and return it."""
        self._at = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self.size}[whence] + offset
        return self._at

    def write(self, content: bytes, /) -> int:  # type: ignore[override]  # the library hands out bytes only
        """Take the next bytes. Raises NotTheSame when something is filled in where it is too late."""
        if self._at < self.size and self._at + len(content) > self._most:
            raise NotTheSame
        start, end = self._at, min(self._at + len(content), self._most)
        if start < end:
            if len(self.kept) < end:
                self.kept.extend(bytes(end - len(self.kept)))
            self.kept[start:end] = content[: end - start]
        self._at += len(content)
        self.size = max(self.size, self._at)
        return len(content)


class Again(Beginning):
    """Takes the same file once more: gives its beginning as it became, and then the rest as it comes."""

    def __init__(self, first: Beginning, give: Callable[[bytes | bytearray], None]) -> None:
        super().__init__(0)
        self._given = len(first.kept)
        self._give = give
        give(first.kept)

    def write(self, content: bytes, /) -> int:  # type: ignore[override]
        """Take the next bytes, and give those that were not given."""
        end = self._at + len(content)
        if self._at <= self._given < end:
            self._give(content[self._given - self._at :])
            self._given = end
        elif self._at > self._given:
            raise NotTheSame
        self._at = end
        self.size = max(self.size, end)
        return len(content)


class Making:
    """A file in the making: packets in, in the order of time."""

    def __init__(self, out: io.RawIOBase, kind: Kind, room: int, like: AudioStream) -> None:
        self._container = av.open(out, "w", format=kind.muxer, options=kind.options(room))
        self._stream = self._container.add_stream_from_template(like)
        self._last: Fraction | None = None

    def add(self, packet: Packet[AudioStream], at: Fraction) -> None:
        """Add a packet that begins at `at` seconds; one that would go back in time is left out."""
        if self._last is not None and at <= self._last:
            return
        self._last = at
        packet.pts = packet.dts = round(at / packet.time_base)
        packet.stream = self._stream
        self._container.mux(packet)

    def close(self) -> None:
        """Finish the file."""
        self._container.close()
