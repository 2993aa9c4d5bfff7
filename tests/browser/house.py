"""An installation that is really served: SQLCipher in a folder of its own, waitress on a free port of this machine."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from sqlalchemy.orm import Session
from waitress.server import BaseWSGIServer, create_server

from interviews.db import transaction, writing
from tests.serving import stop
from webapp import create_app
from webapp.installation import Installation, create
from webapp.settings import Settings


@dataclass(frozen=True)
class House:
    """A served installation: where it is, and its inside for arranging and looking."""

    url: str
    app: Flask
    place: Installation

    @contextmanager
    def arranging(self) -> Iterator[Session]:
        """Give a session whose work is committed when the block ends."""
        with writing(self.place.engine)() as session, transaction(session):
            yield session

    def do_waiting_jobs(self) -> int:
        """Do now, in this process, what a worker would find to do; return the number of transcripts tagged."""
        return self.place.jobs(immediate=True).catch_up()


@contextmanager
def served(folder: Path, *, demo: bool = False) -> Iterator[House]:
    """Make an installation in `folder`, serve it, and stop when the block ends. Rate limits are off."""
    with socket.socket() as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(("127.0.0.1", 0))
        listening.listen(64)
        port = listening.getsockname()[1]
        settings = Settings.from_environment(
            folder / "data", environment={}, key_file=folder / "installation.key", demo=demo, port=port
        )
        place = create(settings)
        app = create_app(settings, engine=place.engine, keys=place.keys)
        app.config["RATELIMIT_ENABLED"] = False
        server = create_server(app, sockets=[listening], threads=4, ident="")
        assert isinstance(server, BaseWSGIServer)
        thread = threading.Thread(target=server.run, name=f"served-{port}", daemon=True)
        thread.start()
        try:
            yield House(f"http://localhost:{port}", app, place)
        finally:
            stop(server)
            thread.join(timeout=10)
            place.engine.dispose()
