"""What a process reaches for while others make it read bad files: the network, and the disk outside its own folder."""

from __future__ import annotations

import http.server
import os
import sys
import threading
from pathlib import Path
from typing import Any

_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_APPEND
_MAKING = frozenset({"os.mkdir", "os.rename", "os.symlink", "os.link"})


class Beacon:
    """An address on this machine that counts who asks for anything there."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        beacon = self

        class Answer(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                beacon.asked.append(self.path)
                self.send_response(200)
                self.end_headers()
                self.wfile.write(b"<!ENTITY x 'root:x:'>")

            do_HEAD = do_POST = do_PUT = do_GET  # noqa: N815

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answer)
        self.address = f"http://127.0.0.1:{self._server.server_address[1]}"
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop listening."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(timeout=10)


class Reach:
    """What this process opened for writing, made or moved outside `home`, and whom it called. One at a time.

    `besides`: a folder of the tests' own, which is none of the program's business.
    """

    _hooked = False
    _now: Reach | None = None

    def __init__(self, home: Path, *, besides: Path) -> None:
        self._homes = (str(home), str(besides))
        self.files: list[str] = []
        self.calls: list[str] = []
        self.before: list[int] = []
        """Programs of this process that ran already: a browser of an earlier test, say."""

    def __enter__(self) -> Reach:
        if not Reach._hooked:
            sys.addaudithook(_heard)
            Reach._hooked = True
        Reach._now = self
        return self

    def __exit__(self, *_: object) -> None:
        Reach._now = None

    def hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        """Keep what leads outside."""
        if event == "socket.connect":
            self.calls.append(str(arguments[1]))
        elif event == "open":
            path, mode, flags = arguments
            writes = any(letter in str(mode or "") for letter in "wax+") or (
                isinstance(flags, int) and flags & _WRITING
            )
            if writes:
                self._outside(path)
        elif event in _MAKING:
            self._outside(arguments[1] if event in ("os.rename", "os.symlink", "os.link") else arguments[0])

    def _outside(self, path: object) -> None:
        if not isinstance(path, str | bytes | os.PathLike):
            return  # a pipe that is open already
        where = os.path.realpath(os.fsdecode(path))
        if not where.startswith(self._homes) and "__pycache__" not in where and not where.startswith("/dev/"):
            self.files.append(where)


def _heard(event: str, arguments: tuple[Any, ...]) -> None:
    if Reach._now is not None and (event in ("open", "socket.connect") or event in _MAKING):
        Reach._now.hear(event, arguments)


def children() -> list[int]:
    """The programs that this process started and that are still there, ended but not fetched ones included."""
    found = []
    for task in Path("/proc/self/task").glob("*/children"):
        found += [int(one) for one in task.read_text().split()]
    return found
