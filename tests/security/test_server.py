"""What the real server does with large requests and answers: nothing of them touches the disk."""

from __future__ import annotations

import tempfile
import threading
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask, request
from waitress.server import BaseWSGIServer

from tests.serving import stop
from webapp.cli.serve import http_server

LARGE = 3 * 1024 * 1024


@pytest.fixture
def address(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A server that gives back what it is sent, on a machine where a temporary file is an error."""
    echo = Flask("echo")

    @echo.post("/")
    def back() -> bytes:
        return request.get_data()

    def refuse(*args: Any, **kwargs: Any) -> Any:
        raise AssertionError("the server wanted a temporary file")

    for name in ("TemporaryFile", "NamedTemporaryFile", "SpooledTemporaryFile", "mkstemp"):
        monkeypatch.setattr(tempfile, name, refuse)
    monkeypatch.setattr("waitress.buffers.TempfileBasedBuffer.newfile", refuse)
    server = http_server(echo, host="127.0.0.1", port=0)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    assert isinstance(server, BaseWSGIServer)
    assert server.socket is not None
    yield f"http://127.0.0.1:{server.socket.getsockname()[1]}/"
    stop(server)
    thread.join(timeout=10)
    assert not thread.is_alive()


def test_a_large_text_comes_in_and_goes_out_without_a_file(address: str) -> None:
    story = b"x" * LARGE
    with urllib.request.urlopen(urllib.request.Request(address, data=story), timeout=30) as answer:
        assert answer.read() == story
