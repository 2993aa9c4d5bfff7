"""Sound files of every kind, made in memory: a tone that is loud in every second second. Nobody speaks in them."""

from __future__ import annotations

import array
import io
import math
from fractions import Fraction
from typing import Any

import av

TITLE = "Kanariegeel Jansen"
QUIET, LOUD = 4_000, 24_000


def tone(
    muxer: str,
    codec: str,
    *,
    seconds: float = 3,
    rate: int = 48_000,
    film: bool = False,
    options: dict[str, str] | None = None,
    bits: int | None = None,
) -> bytes:
    """A file of this kind with a tone in it; its title is TITLE."""
    made = io.BytesIO()
    with av.open(made, "w", format=muxer, options=options or {}) as file:
        file.metadata["title"] = TITLE
        file.metadata["location"] = "+52.37+004.90/"
        picture = file.add_stream("mpeg4", rate=10) if film else None
        sound: Any = file.add_stream(codec, rate=rate, layout="mono") if codec else None
        if picture is not None:
            _film(file, picture)
        if sound is not None:
            if bits is not None:
                sound.bit_rate = bits
            _sound(file, sound, seconds, rate)
    return made.getvalue()


def recorded(seconds: float = 3) -> bytes:
    """A part as a browser's recorder makes it: WebM that never knew its length and has no list of places."""
    return tone("webm", "libopus", seconds=seconds, options={"live": "1"})


def _film(file: av.container.OutputContainer, stream: Any) -> None:
    stream.width = stream.height = 64
    stream.pix_fmt = "yuv420p"
    for number in range(10):
        frame = av.VideoFrame(64, 64, "yuv420p")
        frame.pts, frame.time_base = number, Fraction(1, 10)
        file.mux(stream.encode(frame))
    file.mux(stream.encode(None))


def _sound(file: av.container.OutputContainer, stream: Any, seconds: float, rate: int) -> None:
    resampler = av.AudioResampler(
        format=stream.format.name, layout="mono", rate=rate, frame_size=stream.frame_size or 1024
    )
    wave = array.array(
        "h",
        (
            round((LOUD if (at // rate) % 2 else QUIET) * math.sin(2 * math.pi * 440 * at / rate))
            for at in range(round(seconds * rate))
        ),
    )
    frame = av.AudioFrame(format="s16", layout="mono", samples=len(wave))
    content = wave.tobytes()
    frame.planes[0].update(content + bytes(frame.planes[0].buffer_size - len(content)))
    frame.sample_rate, frame.pts, frame.time_base = rate, 0, Fraction(1, rate)
    for given in (frame, None):
        for piece in resampler.resample(given):
            file.mux(stream.encode(piece))
    file.mux(stream.encode(None))
