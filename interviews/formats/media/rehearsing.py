"""Does everything once on a moment of silence of our own, so that nothing has to be loaded after the door is closed.

The library loads parts of itself when they are first used, and reads its own tables then.
"""

from __future__ import annotations

import io
import wave

from interviews.formats.media.child import Asking, FarFile
from interviews.formats.media.preparing import hear, prepare
from interviews.formats.media.silencing import silence


class _Nobody(Asking):
    """Holds its own bytes and tells nobody anything."""

    def __init__(self, parts: list[bytes]) -> None:
        self._parts = parts
        self.made = bytearray()

    def files(self) -> list[FarFile]:
        return [FarFile(self, number, len(part)) for number, part in enumerate(self._parts)]

    def want(self, part: int, place: int, count: int) -> bytes:
        return self._parts[part][place : place + count]

    def out(self, content: bytes | bytearray | memoryview) -> None:
        self.made += content

    def at(self, thousandths: float) -> None:
        pass

    def peaks(self, content: bytes) -> None:
        pass

    def samples(self, content: bytes | bytearray) -> None:
        pass

    def done(self, **facts: object) -> None:
        pass


def rehearse() -> None:
    """Make Opus of two silences that differ, copy that, hear it, and make a part of it silent."""
    first = _Nobody([_silence(8_000), _silence(16_000)])
    prepare(first, first.files(), 1000)
    second = _Nobody([bytes(first.made)])
    prepare(second, second.files(), 1000)
    hear(second, second.files()[0])
    silence(second, second.files()[0], [(50, 100)], 1000)


def _silence(rate: int) -> bytes:
    made = io.BytesIO()
    with wave.open(made, "wb") as file:
        file.setparams((1, 2, rate, 0, "NONE", "not compressed"))
        file.writeframes(bytes(rate // 5))
    return made.getvalue()
