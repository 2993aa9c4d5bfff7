"""A sound and a drawing for the example, made here: nobody is heard in the one, and nobody's house is in the other."""

from __future__ import annotations

import array
import functools
import io
import math
import random
import sys
import wave
from collections.abc import Sequence
from dataclasses import dataclass

from interviews.formats.pictures import Picture

RATE = 16_000
"""Samples a second: enough for a voice."""
_LOUDEST = 9_000
_SYLLABLE_MS = (130, 170, 210)
_HARMONICS = (1.0, 0.7, 0.5, 0.2, 0.35, 0.15)
_WORD = 4
"""About so many syllables go on without a breath."""


@dataclass(frozen=True, slots=True)
class Voice:
    """One voice: how high it is (in Hz), and from when to when it is heard (in milliseconds)."""

    hertz: int
    stretches: Sequence[tuple[int, int]]


def sound(voices: Sequence[Voice], *, milliseconds: int) -> bytes:
    """Return a WAV file in which the voices are heard as tones in the rhythm of speech. The same each time."""
    samples = array.array("h", bytes(2 * RATE * milliseconds // 1000))
    for voice in voices:
        hat = random.Random(voice.hertz)  # noqa: S311  # a rhythm, no secret
        syllables = [_syllable(voice.hertz * pitch, long) for pitch in (0.92, 1.0, 1.12) for long in _SYLLABLE_MS]
        for start, end in voice.stretches:
            at, last = RATE * start // 1000, min(RATE * end // 1000, len(samples))
            while at + len(one := hat.choice(syllables)) <= last:
                samples[at : at + len(one)] = one
                at += len(one) + RATE * (hat.randrange(180, 420) if hat.randrange(_WORD) == 0 else 25) // 1000
    if sys.byteorder == "big":
        samples.byteswap()
    made = io.BytesIO()
    with wave.open(made, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(samples.tobytes())
    return made.getvalue()


@functools.cache
def _syllable(hertz: float, milliseconds: int) -> array.array[int]:
    """Return one tone that swells and dies away, with overtones as a voice has them."""
    count = RATE * milliseconds // 1000
    step, whole = 2 * math.pi * hertz / RATE, sum(_HARMONICS)
    return array.array(
        "h",
        (
            int(
                _LOUDEST
                * math.sin(math.pi * place / count) ** 2
                * sum(size * math.sin(step * (number + 1) * place) for number, size in enumerate(_HARMONICS))
                / whole
            )
            for place in range(count)
        ),
    )


def drawing() -> Picture:
    """Return a drawing of a house with one lit window, as somebody draws it on paper."""
    from PIL import Image, ImageDraw

    paper = Image.new("RGB", (960, 720), "#fdfcf7")
    pen = ImageDraw.Draw(paper)
    ink = "#2b3a67"
    pen.line([(60, 600), (900, 590)], fill="#4f7a4a", width=10)
    pen.rectangle([300, 330, 660, 600], outline=ink, width=8)
    pen.line([(270, 340), (480, 160), (692, 338)], fill=ink, width=9, joint="curve")
    pen.rectangle([440, 450, 525, 600], outline=ink, width=7)
    pen.ellipse([500, 520, 512, 532], fill=ink)
    pen.rectangle([345, 380, 415, 445], fill="#f4c95d", outline=ink, width=6)
    pen.rectangle([552, 380, 620, 445], outline=ink, width=6)
    pen.line([(586, 380), (586, 445)], fill=ink, width=4)
    # Somebody stands outside, at some distance from the door.
    pen.ellipse([778, 470, 818, 510], outline=ink, width=6)
    pen.line([(798, 510), (798, 565)], fill=ink, width=6)
    pen.line([(770, 535), (826, 535)], fill=ink, width=6)
    pen.line([(775, 598), (798, 565), (822, 598)], fill=ink, width=6)
    made = io.BytesIO()
    paper.save(made, "JPEG", quality=80)
    return Picture(made.getvalue(), paper.width, paper.height)
