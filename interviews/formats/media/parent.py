"""The side that has the files and the keys: starts the child, hands it bytes, takes what it makes."""

from __future__ import annotations

import importlib.util
import json
import os
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol, Self

import interviews
from interviews.errors import Unreadable
from interviews.formats.media import wire
from interviews.formats.media.wire import AT, DONE, NO, OUT, PEAK_MS, PEAKS, PLACE, SAMPLES, WANT, WANTED, Broken

STALL_SECONDS = 120
"""A child that says nothing for so long is stopped."""
MEDIA_TYPES = ("audio/webm", "audio/mp4", "audio/mpeg", "audio/wav")
_MOST_MADE = 256 * 1024 * 1024
"""More than twice the parts and this is no copy of them: three hours made into Opus are 54 MB."""
_REFUSALS = frozenset(
    {
        "unreadable.no_sound_file",
        "unreadable.silent_film",
        "unreadable.broken_sound",
        "unreadable.sound_too_long",
    }
)
_BOOTSTRAP = "import sys; sys.path[:0] = sys.argv[1].split(sys.argv[2]); from interviews.formats.media.child import serve; serve()"
_KEPT_ENVIRONMENT = ("SYSTEMROOT",) if sys.platform == "win32" else ()


class Source(Protocol):
    """One part of a recording: bytes in which one can jump, such as a `streams.SealedReader`."""

    def seek(self, offset: int, whence: int = ..., /) -> int:
        """Go to a place."""
        ...

    def read(self, size: int = ..., /) -> bytes | None:
        """Return the next bytes."""
        ...


@dataclass(frozen=True, slots=True)
class Prepared:
    """What was made of a recording."""

    media_type: str
    """One of `MEDIA_TYPES`."""
    duration_ms: int
    peaks: bytes
    """The waveform: one byte (0–255) per `PEAK_MS` of sound, the last one for what is left."""
    left_out: int
    """Parts in which there was no sound that could be read."""


def prepare(
    parts: Sequence[tuple[Source, int]],
    *,
    sink: Callable[[bytes], object],
    most_ms: int,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Prepared:
    """Make one file of the parts that plays and jumps in browsers, and give its bytes to `sink` in order.

    `parts` are (source, size in bytes), one after the other in time; each is a file of its own. Sound that browsers
    know is copied as it is; other sound becomes Opus. Titles, places, pictures and film stay out. `progress` is told
    (done, total) in bytes of reading.

    Raises Unreadable: `unreadable.no_sound_file`, `.silent_film` (no sound in it), `.broken_sound`, `.sound_too_long`
    (longer than `most_ms`) and `.sound_too_heavy` (the child was stopped or makes no sense). What
    was given to `sink` is then worth nothing.
    """
    return _made(parts, {"task": "prepare", "most_ms": most_ms}, sink=sink, most_ms=most_ms, progress=progress)


def silence(
    source: Source,
    size: int,
    stretches: Sequence[tuple[int, int]],
    *,
    sink: Callable[[bytes], object],
    most_ms: int,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Prepared:
    """Make one file anew with silence in `stretches` (from, to, in milliseconds), and give its bytes to `sink`.

    What was said there is not in the result in any form: the sound is decoded, emptied and made into Opus, all of it.
    The rest sounds as it did, as far as a second compression lets it. Raises Unreadable as `prepare` does.
    """
    request = {"task": "silence", "most_ms": most_ms, "stretches": [list(stretch) for stretch in stretches]}
    return _made([(source, size)], request, sink=sink, most_ms=most_ms, progress=progress)


def _made(
    parts: Sequence[tuple[Source, int]],
    request: Mapping[str, object],
    *,
    sink: Callable[[bytes], object],
    most_ms: int,
    progress: Callable[[int, int], None],
) -> Prepared:
    peaks = bytearray()
    made = 0
    most_bytes = _MOST_MADE + 2 * sum(size for _, size in parts)
    with _Child(parts, request) as child:
        for kind, content in child.frames(progress):
            if kind == OUT:
                made += len(content)
                sink(content)
            elif kind == PEAKS:
                peaks += content
            if made > most_bytes or len(peaks) > most_ms // PEAK_MS + 2:
                raise Unreadable("unreadable.sound_too_heavy")
        return _prepared(child.facts, bytes(peaks), most_ms)


def hear(
    source: Source, size: int, *, progress: Callable[[int, int], None] = lambda done, total: None
) -> Iterator[bytes]:
    """Yield the sound of one file as samples of one voice: `HEARD_RATE` a second, 16 bits, little end first.

    In pieces of any length, an even number of bytes each. Raises Unreadable as `prepare` does.
    """
    with _Child([(source, size)], {"task": "hear"}) as child:
        for kind, content in child.frames(progress):
            if kind == SAMPLES:
                if len(content) % 2:
                    raise Unreadable("unreadable.sound_too_heavy")
                yield content


def _prepared(facts: Mapping[str, Any], peaks: bytes, most_ms: int) -> Prepared:
    with _sensible():
        prepared = Prepared(str(facts["media_type"]), int(facts["duration_ms"]), peaks, int(facts["left_out"]))
        if prepared.media_type not in MEDIA_TYPES or not 0 < prepared.duration_ms <= most_ms + PEAK_MS or not peaks:
            raise Broken
    return prepared


class _Child:
    """The process, and what it may ask for. Leaving it ends the process, however it went."""

    def __init__(self, parts: Sequence[tuple[Source, int]], request: Mapping[str, object]) -> None:
        self._parts = list(parts)
        self._request = {**request, "sizes": [size for _, size in self._parts]}
        self._over = threading.Event()
        self._waiting_since: float | None = None
        self.facts: dict[str, Any] = {}
        """What it said last, after `frames`."""

    def __enter__(self) -> Self:
        try:
            self._process = subprocess.Popen(
                [sys.executable, "-I", "-S", "-B", "-c", _BOOTSTRAP, os.pathsep.join(_paths()), os.pathsep],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={key: os.environ[key] for key in _KEPT_ENVIRONMENT if key in os.environ},
                cwd=Path(sys.executable).anchor or None,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        except OSError as error:
            raise Unreadable("unreadable.sound_too_heavy") from error
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._to, self._from = self._process.stdin, self._process.stdout
        threading.Thread(target=self._watch, daemon=True).start()
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, at: TracebackType | None) -> None:
        self._over.set()
        self._process.kill()
        for pipe in (self._to, self._from):
            with suppress(OSError):
                pipe.close()
        self._process.wait()

    def frames(self, progress: Callable[[int, int], None]) -> Iterator[tuple[bytes, bytes]]:
        """Yield what it makes, and give it the bytes it wants meanwhile. Raises Unreadable; puts `facts` at the end."""
        with _sensible():
            self._to.write(json.dumps(self._request).encode() + b"\n")
            self._to.flush()
        while True:
            thousandths: int | None = None
            with _sensible():
                kind, content = self._next()
                if kind == AT:
                    (thousandths,) = PLACE.unpack(content)
                elif kind == NO:
                    raise self._refusal(json.loads(content)["key"])
                elif kind == DONE:
                    self.facts = json.loads(content)
                    return
            # Outside: what goes wrong in telling is no fault of the child's.
            if thousandths is None:
                yield kind, content
            else:
                progress(min(thousandths, 1000), 1000)

    def _next(self) -> tuple[bytes, bytes]:
        """Return the next frame that is not a wish for bytes."""
        while True:
            self._waiting_since = time.monotonic()
            kind, content = wire.listen(self._from)
            self._waiting_since = None
            if kind != WANT:
                return kind, content
            wire.answer(self._to, self._wanted(*WANTED.unpack(content)))

    def _refusal(self, key: str) -> Unreadable:
        if key not in _REFUSALS:
            raise Broken
        return Unreadable(key)

    def _wanted(self, part: int, place: int, count: int) -> bytes:
        if part >= len(self._parts) or count > wire.MOST_BYTES:
            raise Broken
        source, size = self._parts[part]
        if place >= size:
            return b""
        source.seek(place)
        return source.read(min(count, size - place)) or b""

    def _watch(self) -> None:
        while not self._over.wait(STALL_SECONDS / 20):
            since = self._waiting_since
            if since is not None and time.monotonic() - since > STALL_SECONDS:
                self._process.kill()
                return


@contextmanager
def _sensible() -> Iterator[None]:
    """Take whatever goes wrong between the two for what it is: the child was stopped, or makes no sense."""
    try:
        yield
    except (BrokenPipeError, ConnectionResetError, struct.error, ValueError, KeyError, TypeError) as error:
        raise Unreadable("unreadable.sound_too_heavy") from error


def _paths() -> list[str]:
    """Return the folders the child needs: ours, and the one the library of sound stands in."""
    ours = [str(Path(folder).resolve().parent) for folder in interviews.__path__]
    found = importlib.util.find_spec("av")
    theirs = (
        [str(Path(folder).resolve().parent) for folder in (found.submodule_search_locations or ())] if found else []
    )
    return list(dict.fromkeys([*ours, *theirs]))
