"""The waveform: how loud it is, per tenth of a second."""

from __future__ import annotations

from fractions import Fraction

from av.audio.frame import AudioFrame

from interviews.formats.media.sound import Samples, bytes_of
from interviews.formats.media.wire import PEAK_MS

_RATE = 8_000
_STEP = _RATE * PEAK_MS // 1000
_GAP = Fraction(1, 2)
"""A hole in time smaller than this is rounding, not silence."""


class Waveform:
    """Hears sound and remembers the loudest moment of each step as one byte."""

    def __init__(self, most_ms: int) -> None:
        self._samples = Samples(format="s16", rate=_RATE)
        self._most = most_ms * _RATE // 1000
        self._waiting = bytearray()
        self._heard = 0
        self._peaks = bytearray()

    @property
    def seconds(self) -> Fraction:
        """How much was heard."""
        return Fraction(self._heard, _RATE)

    def hear(self, frame: AudioFrame, at: Fraction | None) -> None:
        """Hear a frame that begins at `at` seconds; what lies between is silence."""
        if at is not None and at - self.seconds > _GAP:
            missing = min(int((at - self.seconds) * _RATE), self._most - self._heard)
            self._take(b"", missing)
        for heard in self._samples.of(frame):
            self._take(bytes_of(heard), 0)

    def peaks(self) -> bytes:
        """Return the waveform of everything that was heard."""
        for heard in self._samples.rest():
            self._take(bytes_of(heard), 0)
        if self._waiting:
            self._peaks.append(_loudest(memoryview(self._waiting).cast("h")))
            self._waiting = bytearray()
        return bytes(self._peaks)

    def _take(self, samples: bytes, silent: int) -> None:
        """Take samples, or a number of silent ones, in steps so that a long silence costs no memory."""
        self._heard += len(samples) // 2 + max(silent, 0)
        while silent > 0:
            part = min(silent, _STEP)
            self._waiting += bytes(2 * part)
            silent -= part
            self._empty()
        self._waiting += samples
        self._empty()

    def _empty(self) -> None:
        if len(self._waiting) < 2 * _STEP:
            return
        whole = len(self._waiting) // (2 * _STEP) * _STEP
        with memoryview(self._waiting) as held, held.cast("h") as values:
            self._peaks += bytes(_loudest(values[start : start + _STEP]) for start in range(0, whole, _STEP))
        del self._waiting[: 2 * whole]


def _loudest(values: memoryview) -> int:
    loudest, deepest = max(values), -min(values)
    return min(255, max(loudest, deepest) * 255 // 32767)
