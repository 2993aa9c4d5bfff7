"""`dichterbij serve` and `dichterbij worker`: the pages, and the work behind them."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from flask import Flask
from waitress.server import BaseWSGIServer, MultiSocketServer, create_server

from interviews.db import reading
from webapp import production
from webapp.cli.console import Failed, say
from webapp.cli.options import data_option, installation, settings_for
from webapp.installation import Installation, has_data
from webapp.production import Danger
from webapp.settings import MAX_UPLOAD_BYTES

THREADS = 8
IN_MEMORY_BYTES = MAX_UPLOAD_BYTES + 1024 * 1024
"""What waitress keeps in memory of one request or answer before it would write it to a temporary file, in the clear."""


@click.command()
@data_option
@click.option("--host", default=None, help="Adres om op te luisteren. Anders DICHTERBIJ_HOST of 127.0.0.1.")
@click.option("--port", type=int, default=None, help="Poort. Anders DICHTERBIJ_PORT of 8000.")
@click.option("--no-worker", is_flag=True, help="Start zelf `dichterbij worker` op een andere plek.")
def serve(data: Path | None, host: str | None, port: int | None, no_worker: bool) -> None:
    """Geef de pagina's. Stop met Ctrl-C. Weigert als dat niet veilig is, en zegt dan wat je moet doen."""
    settings = settings_for(data, host=host, port=port)
    if has_data(settings):
        _refuse(production.outside(settings))
    with installation(data, host=host, port=port) as place:
        with reading(place.engine)() as session:
            _refuse(production.inside(place.settings, place.key, session))
        run(place, host=place.settings.host, port=place.settings.port, worker_too=not no_worker)


def _refuse(dangers: list[Danger]) -> None:
    """Raise Failed with every reason not to serve; return when there is none."""
    if dangers:
        raise Failed("\n".join(danger.sentence for danger in dangers))


@click.command()
@data_option
def worker(data: Path | None) -> None:
    """Doe het werk waar een pagina niet op wacht, zoals thema's zoeken."""
    with installation(data) as place:
        place.jobs().work()


def run(place: Installation, *, host: str, port: int, worker_too: bool = True) -> None:
    """Serve `place` until somebody stops it, with a worker beside it."""
    from webapp import create_app

    app = create_app(place.settings, engine=place.engine, keys=place.keys, key=place.key)
    # A service manager says stop by SIGTERM: leave as with Ctrl-C, so that the worker goes along.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    with _worker(place) if worker_too else _nobody():
        _serve(app, host=host, port=port)


def http_server(app: Flask, *, host: str, port: int) -> MultiSocketServer | BaseWSGIServer:
    """Return the server for `app`, already listening. No request and no answer touches the disk.

    Raises OSError when the address is taken.
    """
    return create_server(
        app,
        host=host,
        port=port,
        threads=THREADS,
        ident="",
        inbuf_overflow=IN_MEMORY_BYTES,
        outbuf_overflow=4 * IN_MEMORY_BYTES,
        max_request_body_size=IN_MEMORY_BYTES,
    )


def _serve(app: Flask, *, host: str, port: int) -> None:
    try:
        server = http_server(app, host=host, port=port)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise Failed(
                f"Op poort {port} luistert al iets anders. Kies een andere poort, bijvoorbeeld --port {port + 1}."
            ) from error
        raise Failed(
            f"Op {host}, poort {port} kan ik niet luisteren. Kies een ander adres of een andere poort."
        ) from error
    shown = "localhost" if host in {"127.0.0.1", "0.0.0.0", "::1"} else host  # noqa: S104  # shown, not bound
    say(f"Open http://{shown}:{port} in je browser. Stop met Ctrl-C.")
    try:
        server.run()
    except KeyboardInterrupt:
        server.close()


@contextmanager
def _worker(place: Installation) -> Iterator[None]:
    """Run the worker as a process of its own: spaCy's start-up and its work never hold up a page."""
    environment = os.environ | {
        "DICHTERBIJ_DATA": str(place.settings.data),
        "DICHTERBIJ_KEY_FILE": str(place.settings.key_file),
        "DATABASE_URL": place.settings.database_url,
        "PYTHONIOENCODING": "utf-8",
    }
    # The passphrase of the key goes by a pipe: other programs can read arguments and variables.
    typed = None if place.passphrase is None else f"{place.passphrase}\n"
    process = subprocess.Popen(
        [sys.executable, "-m", "webapp.cli", "worker"],
        env=environment,
        stdin=subprocess.DEVNULL if typed is None else subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    if process.stdin is not None and typed is not None:
        process.stdin.write(typed)
        process.stdin.close()
    try:
        yield
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()


@contextmanager
def _nobody() -> Iterator[None]:
    yield
