"""One part of a recording as packets and frames. Only the child opens what somebody sent (`child`).

What is cut off half-way ends where it ends; a packet that cannot be understood is passed over.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import av
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.audio.stream import AudioStream
from av.packet import Packet

from interviews.formats.media.child import FarFile, Refused
from interviews.formats.media.sniffing import HEAD_BYTES, container_of

_BUFFER = 64 * 1024


class Part:
    """A part that is open for one reading from its start."""

    def __init__(self, file: FarFile) -> None:
        """Open it. Raises Refused when it is no sound file, holds no sound, or is broken from the start on."""
        self.file = file
        file.seek(0)
        kind = container_of(file.read(HEAD_BYTES))
        if kind is None:
            raise Refused("unreadable.no_sound_file")
        file.seek(0)
        try:
            self._container = av.open(
                file, "r", format=kind, buffer_size=_BUFFER, metadata_errors="ignore", options={"max_streams": "32"}
            )
            stream = self._container.streams.best("audio")
        except (av.FFmpegError, ValueError) as error:
            raise Refused("unreadable.broken_sound") from error
        if not isinstance(stream, AudioStream):
            raise Refused("unreadable.silent_film")
        stream.codec_context.thread_count = 1
        self.stream = stream

    @property
    def codec(self) -> str:
        """Which kind of sound is in it, as FFmpeg calls it."""
        return self.stream.codec_context.codec.canonical_name

    @property
    def shape(self) -> tuple[object, ...]:
        """What must be the same in every part for them to become one without being made anew."""
        codec = self.stream.codec_context
        return (self.codec, codec.rate, codec.layout.nb_channels, codec.extradata)

    def packets(self) -> Iterator[Packet[AudioStream]]:
        """Yield what is in it, as far as it goes; the last one is empty and empties the decoder."""
        try:
            yield from self._container.demux(self.stream)
        except av.FFmpegError:
            return

    def frames(self, packet: Packet[AudioStream]) -> Iterator[AudioFrame]:
        """Yield the sound in a packet; none when it cannot be understood."""
        try:
            yield from packet.decode()
        except av.FFmpegError:
            return

    def close(self) -> None:
        """Let go of it."""
        self._container.close()


class Samples:
    """Turns sound of any shape, which may change on the way, into one shape."""

    def __init__(self, *, format: str, rate: int, frame_size: int | None = None) -> None:
        self._shape = (format, "mono", rate, frame_size)
        self._resampler = AudioResampler(*self._shape)
        self._source: tuple[object, ...] | None = None

    def of(self, frame: AudioFrame) -> Iterator[AudioFrame]:
        """Yield the same sound in the one shape. The frame is used up.

        What is kept back for the next frame, a few milliseconds, is lost when shapes change.
        """
        source = (frame.format.name, frame.layout.name, frame.sample_rate)
        if self._source not in (None, source):
            self._resampler = AudioResampler(*self._shape)
        self._source = source
        # Its own time is not asked for: the order is what counts.
        frame.pts = None
        yield from self._resampler.resample(frame)

    def rest(self) -> Iterator[AudioFrame]:
        """Yield what was kept back."""
        if self._source is not None:
            yield from self._resampler.resample(None)


def seconds(moment: int | None, base: Fraction | None) -> Fraction | None:
    """Return a time of the library in seconds."""
    return None if moment is None or not base else moment * base


def bytes_of(frame: AudioFrame) -> bytes:
    """Return the samples of a frame in which voices are not apart."""
    return bytes(frame.planes[0])[: frame.samples * frame.format.bytes * frame.layout.nb_channels]
