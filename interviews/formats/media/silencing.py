"""What the child is asked for when something that was said must go: the same sound with silence in its place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

import av
from av.audio.frame import AudioFrame

from interviews.formats.media.child import Asking, FarFile, Refused
from interviews.formats.media.muxing import WEBM
from interviews.formats.media.preparing import OPUS_FRAME, OPUS_RATE, Encoding
from interviews.formats.media.sound import Part, Samples, seconds
from interviews.formats.media.waveform import Waveform

AROUND_MS = 100
"""What becomes silent on either side as well: a moment that somebody pointed at is not exact, nor is a decoder's clock."""
_GAP = Fraction(1, 20)
"""A hole in time smaller than this is rounding; a larger one is silence of its own, so that every moment stays."""


def silence(asking: Asking, file: FarFile, stretches: Sequence[Sequence[int]], most_ms: int) -> None:
    """Give the file anew, with silence in the stretches (from, to, in ms). Raises Refused."""
    spans = [_samples_of(start, end) for start, end in stretches]
    encoding, waveform = Encoding(), Waveform(most_ms)
    at = 0
    for heard in _whole(asking, file):
        _empty(heard, at, spans)
        at += heard.samples
        if at > most_ms * OPUS_RATE // 1000:
            raise Refused("unreadable.sound_too_long")
        encoding.encode(heard)
        waveform.hear(heard, None)
    peaks = waveform.peaks()
    if not peaks:
        raise Refused("unreadable.broken_sound")
    asking.out(encoding.finish())
    asking.peaks(peaks)
    asking.at(1000)
    asking.done(media_type=WEBM.media_type, duration_ms=max(1, at * 1000 // OPUS_RATE), left_out=0)


def _samples_of(start_ms: int, end_ms: int) -> tuple[int, int]:
    return (start_ms - AROUND_MS) * OPUS_RATE // 1000, (end_ms + AROUND_MS) * OPUS_RATE // 1000


def _whole(asking: Asking, file: FarFile) -> Iterator[AudioFrame]:
    """Yield all sound of a file in one shape, with silence where the file jumps ahead in time."""
    part, samples = Part(file), Samples(format="s16", rate=OPUS_RATE, frame_size=OPUS_FRAME)
    begin: Fraction | None = None
    taken = Fraction(0)
    for packet in part.packets():
        at = seconds(packet.pts, packet.time_base)
        begin = at if begin is None else begin
        for frame in part.frames(packet):
            if at is not None and begin is not None and at - begin - taken > _GAP:
                yield from _silent(at - begin - taken)
                taken = at - begin
            # Only the first frame of a packet begins when the packet does.
            at = None
            taken += Fraction(frame.samples, frame.sample_rate)
            yield from samples.of(frame)
        asking.at(950 * min(file.tell() / (file.size or 1), 1))
    part.close()
    yield from samples.rest()


def _silent(length: Fraction) -> Iterator[AudioFrame]:
    left = int(length * OPUS_RATE)
    while left > 0:
        count = min(left, OPUS_FRAME)
        frame = av.AudioFrame(format="s16", layout="mono", samples=count)
        frame.sample_rate = OPUS_RATE
        frame.planes[0].update(bytes(frame.planes[0].buffer_size))
        yield frame
        left -= count


def _empty(frame: AudioFrame, at: int, spans: Sequence[tuple[int, int]]) -> None:
    """Put silence in the part of a frame, which begins at sample `at`, that lies in `spans`."""
    content: bytearray | None = None
    for start, end in spans:
        low, high = max(start - at, 0), min(end - at, frame.samples)
        if low < high:
            content = bytearray(frame.planes[0]) if content is None else content
            content[2 * low : 2 * high] = bytes(2 * (high - low))
    if content is not None:
        frame.planes[0].update(bytes(content))
