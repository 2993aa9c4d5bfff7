"""What the child is asked for: a file that plays everywhere with its waveform, or the samples of one."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction

import av
from av.audio.stream import AudioStream
from av.packet import Packet

from interviews.formats.media.child import Asking, FarFile, Refused
from interviews.formats.media.muxing import KINDS, WEBM, Again, Amount, Beginning, Kind, Making, NotTheSame
from interviews.formats.media.sound import Part, Samples, bytes_of, seconds
from interviews.formats.media.waveform import Waveform
from interviews.formats.media.wire import HEARD_RATE

OPUS_RATE, OPUS_FRAME, _OPUS_BITS = 48_000, 960, 40_000
_GIVEN_AT_ONCE = 256 * 1024
_HALF_HOUR_MS = 30 * 60 * 1000

av.logging.set_level(None)


@dataclass(slots=True)
class _Counted:
    """What the first reading finds out."""

    starts: list[Fraction] = field(default_factory=list)
    """Where each part begins, in seconds of the whole."""
    end: Fraction = Fraction(0)
    packets: int = 0
    bytes: int = 0
    changes: int = 0


def prepare(asking: Asking, files: list[FarFile], most_ms: int) -> None:
    """Make one file of the parts, and its waveform. Raises Refused."""
    readable, kind = _look(files)
    if kind is None:
        encoding = Encoding()
        counted, peaks = _first(asking, readable, most_ms, share=950, encoding=encoding)
        made = encoding.finish()
        kind = WEBM
        asking.out(made)
    else:
        counted, peaks = _first(asking, readable, most_ms, share=800, encoding=None)
        _copy(asking, readable, kind, counted)
    if not peaks:
        raise Refused("unreadable.broken_sound")
    asking.peaks(peaks)
    asking.at(1000)
    asking.done(
        media_type=kind.media_type,
        duration_ms=max(1, round(counted.end * 1000)),
        left_out=len(files) - len(readable),
    )


def hear(asking: Asking, file: FarFile) -> None:
    """Give the samples of one file. Raises Refused."""
    part, samples, waiting = Part(file), Samples(format="s16", rate=HEARD_RATE), bytearray()

    def give(least: int) -> None:
        if len(waiting) > least:
            asking.samples(waiting)
            waiting.clear()

    for packet in part.packets():
        for frame in part.frames(packet):
            for heard in samples.of(frame):
                waiting.extend(bytes_of(heard))
        give(_GIVEN_AT_ONCE)
        asking.at(1000 * _share([file], 0))
    for heard in samples.rest():
        waiting.extend(bytes_of(heard))
    give(0)
    asking.done()


def _look(files: list[FarFile]) -> tuple[list[FarFile], Kind | None]:
    """Return the parts with sound in them, and the kind of file they can be copied into; None when into none.

    Raises Refused when there is not one.
    """
    readable, shapes, codec = [], set(), ""
    refusal = Refused("unreadable.broken_sound")
    for file in files:
        try:
            part = Part(file)
        except Refused as error:
            refusal = error
            continue
        shapes.add(part.shape)
        codec = part.codec
        part.close()
        readable.append(file)
    if not readable:
        raise refusal
    return readable, KINDS.get(codec) if len(shapes) == 1 else None


def _first(
    asking: Asking, files: list[FarFile], most_ms: int, *, share: int, encoding: Encoding | None
) -> tuple[_Counted, bytes]:
    """Hear everything once: count it, and make the waveform. Raises Refused when it is longer than `most_ms`."""
    counted, waveform, last = _Counted(), Waveform(most_ms), 0
    for number, file in enumerate(files):
        part = Part(file)
        start = counted.end
        counted.starts.append(start)
        begin: Fraction | None = None
        for packet in part.packets():
            at = seconds(packet.pts, packet.time_base)
            if at is not None and packet.size:
                begin = at if begin is None else begin
                at = start + at - begin
                counted.packets += 1
                counted.bytes += packet.size
                counted.changes += packet.duration != last
                last = packet.duration or 0
                counted.end = max(counted.end, at + (seconds(last, packet.time_base) or 0))
            for frame in part.frames(packet):
                for heard in [frame] if encoding is None else encoding.add(frame):
                    waveform.hear(heard, at)
                    at = None
            if max(counted.end, waveform.seconds) * 1000 > most_ms:
                raise Refused("unreadable.sound_too_long")
            asking.at(share * _share(files, number))
        part.close()
        # What was heard counts where packets do not say how long they are.
        counted.end = max(counted.end, waveform.seconds)
    return counted, waveform.peaks()


def _copy(asking: Asking, files: list[FarFile], kind: Kind, counted: _Counted) -> None:
    """Make the file, twice; see `muxing`."""
    amount = Amount(counted.end, counted.packets, counted.bytes, counted.changes, len(files))
    room = kind.room(amount)
    first = Beginning(room)
    _make(first, asking, files, kind, counted, room, 800)
    again = Again(first, asking.out)
    _make(again, asking, files, kind, counted, room, 900)
    if again.size != first.size:
        raise NotTheSame


def _make(
    out: io.RawIOBase, asking: Asking, files: list[FarFile], kind: Kind, counted: _Counted, room: int, done: int
) -> None:
    # The file that is made is like its first part, to the end.
    like = Part(files[0])
    making = Making(out, kind, room, like.stream)
    for number, (file, start) in enumerate(zip(files, counted.starts, strict=True)):
        part = Part(file) if number else like
        for packet, at in _timed(part):
            making.add(packet, start + at)
            asking.at(done + 100 * _share(files, number))
        if number:
            part.close()
    making.close()
    like.close()


def _timed(part: Part) -> Iterator[tuple[Packet[AudioStream], Fraction]]:
    """Yield the packets with sound in them, with their time since the first."""
    begin: Fraction | None = None
    for packet in part.packets():
        at = seconds(packet.pts, packet.time_base)
        if at is not None and packet.size:
            begin = at if begin is None else begin
            yield packet, at - begin


def _share(files: list[FarFile], number: int) -> float:
    """Return how much of all parts was read, between 0 and 1."""
    whole = sum(file.size for file in files) or 1
    return (sum(file.size for file in files[:number]) + min(files[number].tell(), files[number].size)) / whole


class Encoding:
    """Makes Opus of any sound, in memory: three hours are 54 MB."""

    def __init__(self) -> None:
        self._file = io.BytesIO()
        self._container = av.open(self._file, "w", format="webm", options={"fflags": "+bitexact"})
        self._stream = self._container.add_stream("libopus", rate=OPUS_RATE, layout="mono")
        self._stream.bit_rate = _OPUS_BITS
        self._samples = Samples(format="s16", rate=OPUS_RATE, frame_size=OPUS_FRAME)
        self._at = 0

    def add(self, frame: av.AudioFrame) -> Iterator[av.AudioFrame]:
        """Add the next sound, and yield it as it was added: the frame itself is used up."""
        for heard in self._samples.of(frame):
            self.encode(heard)
            yield heard

    def finish(self) -> memoryview:
        """Return the file."""
        for heard in self._samples.rest():
            self.encode(heard)
        self._container.mux(self._stream.encode(None))
        self._container.close()
        return self._file.getbuffer()

    def encode(self, heard: av.AudioFrame) -> None:
        """Add sound that is in the right shape already: `OPUS_RATE` samples a second, 16 bits, one voice."""
        heard.pts, heard.time_base = self._at, Fraction(1, OPUS_RATE)
        self._at += heard.samples
        self._container.mux(self._stream.encode(heard))
