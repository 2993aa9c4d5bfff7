"""The child: is asked one thing, wants bytes, answers, ends. Knows no file, no key and no network."""

from __future__ import annotations

import io
import json
import os
import sys
from typing import IO, NoReturn

from interviews.formats.media import wire
from interviews.formats.media.wire import AT, DONE, NO, OUT, PEAKS, PLACE, SAMPLES, WANT, WANTED, Broken

MEMORY_BYTES = 512 * 1024 * 1024
CPU_SECONDS = 60 * 60
_AHEAD = 256 * 1024
_HEARD_AT_ONCE = 256 * 1024


class Refused(Exception):
    """It cannot be done; `key` names the sentence."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


class Asking:
    """The pipes to the parent."""

    def __init__(self, to_child: IO[bytes], to_parent: IO[bytes]) -> None:
        self._in, self._out = to_child, to_parent
        self._told = -1

    def want(self, part: int, place: int, count: int) -> bytes:
        """Return bytes of a part. Ends the process when the parent is gone."""
        try:
            wire.say(self._out, WANT, WANTED.pack(part, place, count))
            return wire.answered(self._in)
        except (Broken, OSError):
            os._exit(4)

    def at(self, thousandths: float) -> None:
        """Say how far it is, when that is news."""
        now = max(0, min(1000, int(thousandths)))
        if now > self._told:
            self._told = now
            wire.say(self._out, AT, PLACE.pack(now))

    def out(self, content: bytes | bytearray | memoryview) -> None:
        """Give the next bytes of the file that is made."""
        wire.say(self._out, OUT, content)

    def peaks(self, content: bytes) -> None:
        """Give the waveform."""
        wire.say(self._out, PEAKS, content)

    def samples(self, content: bytes | bytearray) -> None:
        """Give the next samples."""
        wire.say(self._out, SAMPLES, content)

    def done(self, **facts: object) -> None:
        """Say that all is said."""
        wire.say(self._out, DONE, json.dumps(facts).encode())

    def no(self, key: str) -> None:
        """Say that it cannot be done."""
        wire.say(self._out, NO, json.dumps({"key": key}).encode())


class FarFile(io.RawIOBase):
    """One part, read through the pipe as if it were a file here."""

    def __init__(self, asking: Asking, part: int, size: int) -> None:
        super().__init__()
        self.size = size
        self._asking, self._part, self._at = asking, part, 0
        self._held, self._start = b"", 0

    def readable(self) -> bool:
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
        base = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self.size}[whence]
        self._at = max(0, base + offset)
        return self._at

    def read(self, size: int = -1, /) -> bytes:
        """Return the next bytes: fewer than asked where the held ones or the part end."""
        if size < 0:
            raise io.UnsupportedOperation("a part is never read whole")
        start = self._at - self._start
        if not 0 <= start < len(self._held):
            count = min(max(size, _AHEAD), self.size - self._at)
            if count <= 0:
                return b""
            self._held, self._start, start = self._asking.want(self._part, self._at, count), self._at, 0
        given = self._held[start : start + size]
        self._at += len(given)
        return given


def serve() -> NoReturn:
    """Be the child: read the request from standard input, answer on standard output, exit.

    Everything is imported before the limits close the door.
    """
    from interviews.formats.media.preparing import hear, prepare
    from interviews.formats.media.rehearsing import rehearse
    from interviews.formats.media.silencing import silence

    rehearse()
    asking = Asking(sys.stdin.buffer, sys.stdout.buffer)
    request = json.loads(sys.stdin.buffer.readline())
    files = [FarFile(asking, part, size) for part, size in enumerate(request["sizes"])]
    limit()
    try:
        if request["task"] == "hear":
            hear(asking, files[0])
        elif request["task"] == "silence":
            silence(asking, files[0], request["stretches"], request["most_ms"])
        else:
            prepare(asking, files, request["most_ms"])
    except Refused as refusal:
        asking.no(refusal.key)
    except MemoryError:
        os._exit(3)
    except Exception:  # noqa: BLE001
        # A mistake on a file nobody foresaw reaches the person as "broken", and nothing of the file gets out.
        asking.no("unreadable.broken_sound")
    os._exit(0)


def limit() -> None:
    """Close the door: from here on no file, program or address can be opened, and memory and time end somewhere."""
    sys.addaudithook(_refuse)
    try:
        import resource
    except ImportError:
        return
    limits = {
        resource.RLIMIT_AS: MEMORY_BYTES,
        resource.RLIMIT_CPU: CPU_SECONDS,
        # The three pipes are open; a fourth of anything, file or socket, there cannot be. Holds for C as well.
        resource.RLIMIT_NOFILE: 3,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
    }
    for which, most in limits.items():
        _, hard = resource.getrlimit(which)
        value = most if hard == resource.RLIM_INFINITY else min(most, hard)
        try:
            resource.setrlimit(which, (value, value))
        except (ValueError, OSError):
            # macOS has no working limit on address space; the others still hold.
            continue


def _refuse(event: str, arguments: tuple[object, ...]) -> None:
    if event == "open" or event.startswith(
        ("socket.", "subprocess.", "os.exec", "os.posix_spawn", "os.fork", "os.system", "ctypes.")
    ):
        os._exit(4)
