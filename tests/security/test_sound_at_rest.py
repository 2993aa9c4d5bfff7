"""Sound is nowhere on the server's disk but as ciphertext: not while it comes in, not while it lies there, not while it plays."""

from __future__ import annotations

import io
import tempfile
import threading
import time
import uuid
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session
from waitress.server import BaseWSGIServer

from interviews import recordings
from interviews.db import transaction
from interviews.keys import KeyStore
from interviews.models import Recording
from interviews.sealedfiles import SealedFiles
from tests.pages import PageClient, browser
from tests.security.estate import Estate
from tests.security.test_at_rest import hold as words_in
from tests.security.test_at_rest import log as log  # noqa: PLC0414  # a fixture
from tests.security.test_at_rest import rows_with
from tests.serving import stop
from webapp.cli.serve import http_server
from webapp.settings import Settings

CANARY = b"KANARIE-geluid-7f3a9c"
"""What would be recognised in any file that holds a stretch of the sound."""
NOTE = "Zwammerdorffnot"
PIECE = (CANARY + b"\x00\x1f\x9a") * 40_000
"""About 1 MB of sound: more than any server keeps in memory unasked."""


@pytest.fixture
def address(app: Flask, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[tuple[str, int]]:
    """The real server, with a temporary folder of its own that is looked into."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr(app.extensions["jobs"], "prepare", lambda _: None, raising=False)
    server = http_server(app, host="127.0.0.1", port=0)
    assert isinstance(server, BaseWSGIServer)
    assert server.socket is not None
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield "127.0.0.1", server.socket.getsockname()[1]
    stop(server)
    thread.join(timeout=10)
    assert not thread.is_alive()


def plain(*folders: Path) -> list[str]:
    """Return the files that hold the canary, those of which it only holds half a piece included."""
    found = []
    for folder in folders:
        for path in folder.rglob("*"):
            try:
                content = path.read_bytes() if path.is_file() else b""
            except FileNotFoundError:
                continue
            if CANARY in content:
                found.append(str(path))
    return found


class Watch(threading.Thread):
    """Looks into the folders over and over, as somebody with the disk in hand at any moment would."""

    def __init__(self, *folders: Path) -> None:
        super().__init__(daemon=True)
        self.folders, self.found, self.looks, self.done = folders, list[str](), 0, threading.Event()

    def run(self) -> None:
        """Look until it is done."""
        while not self.done.is_set():
            self.found += plain(*self.folders)
            self.looks += 1
            time.sleep(0.005)


def cookies(client: PageClient) -> dict[str, str]:
    """What a browser sends along."""
    with client.session_transaction() as cookie:
        cookie.setdefault("csrf_token", "x")
    pairs = "; ".join(f"{one.decoded_key}={one.value}" for one in (client._cookies or {}).values())
    return {"Cookie": pairs, "X-CSRFToken": client.csrf_token()}


def slowly(address: tuple[str, int], url: str, body: bytes, headers: dict[str, str]) -> int:
    """Send `body` as a phone on a bad line does."""
    connection = HTTPConnection(*address, timeout=20)
    connection.putrequest("PUT", url)
    for name, value in (headers | {"Content-Length": str(len(body)), "Content-Type": "audio/webm"}).items():
        connection.putheader(name, value)
    connection.endheaders()
    step = len(body) // 8 + 1
    for at in range(0, len(body), step):
        connection.send(body[at : at + step])
        time.sleep(0.02)
    status = connection.getresponse().status
    connection.close()
    return status


def test_sound_and_notes_are_on_disk_as_ciphertext_only_also_while_they_come_in(
    app: Flask,
    ours: Estate,
    db: Session,
    keys: KeyStore,
    settings: Settings,
    address: tuple[str, int],
    tmp_path: Path,
    log: io.StringIO,
) -> None:
    carla = browser(app).sign_in(ours.peer)
    recording_id, interview_id = uuid.uuid4(), ours.planned_id
    begun = {"id": str(recording_id), "origin": "recorded", "media_type": "audio/webm"}
    assert carla.post(f"/gesprekken/{interview_id}/opnames", json=begun).status_code == 200
    headers = cookies(carla)
    watch = Watch(settings.data, tmp_path / "temporary")
    watch.start()
    for number in range(3):
        assert slowly(address, f"/opnames/{recording_id}/stukken/0/{number}", PIECE, headers) == 200
    noted = {"id": str(uuid.uuid4()), "at_ms": 1000, "kind": "mark", "note": f"Dat zei {NOTE}."}
    assert carla.post(f"/opnames/{recording_id}/markeringen", json=noted).status_code == 200
    assert carla.post(f"/opnames/{recording_id}/klaar", json={"pieces": 3, "parts": [3]}).status_code == 200
    files = SealedFiles(settings.data / "files")
    with transaction(db):
        row = db.get_one(Recording, recording_id)
        work = recordings.work_on(db, row, keys=keys, files=files)
        assert work is not None
        with work.sound() as out:
            for reader in work.parts():
                with reader:
                    while portion := reader.read(200_000):
                        out.write(portion)
        recordings.store_ready(db, row, media_type="audio/webm", duration_ms=1000, peaks=CANARY, keys=keys)
    recordings.sweep(db, files, db.get_one(Recording, recording_id))
    db.rollback()
    connection = HTTPConnection(*address, timeout=20)
    connection.request("GET", f"/opnames/{recording_id}/geluid", headers=headers | {"Range": "bytes=100-"})
    answer = connection.getresponse()
    assert answer.status == 206
    assert answer.read() == (PIECE * 3)[100:]
    connection.close()
    watch.done.set()
    watch.join()
    assert watch.looks > 3
    assert watch.found == []
    assert plain(tmp_path) == []
    assert words_in(tmp_path) == []
    assert rows_with(db, CANARY.decode()) == []
    assert rows_with(db, NOTE) == []
    said = log.getvalue()
    assert CANARY.decode() not in said
    assert NOTE not in said
    assert files.names(f"recording/{recording_id}") == [f"recording/{recording_id}/sound"]


def test_the_watch_sees_what_is_in_the_clear(tmp_path: Path) -> None:
    (tmp_path / "open").write_bytes(b"..." + CANARY + b"...")
    watch = Watch(tmp_path)
    watch.start()
    while not watch.looks:
        time.sleep(0.01)
    watch.done.set()
    watch.join()
    assert watch.found


def test_an_upload_that_breaks_off_leaves_nothing_in_the_clear(
    app: Flask, ours: Estate, settings: Settings, address: tuple[str, int], tmp_path: Path
) -> None:
    carla = browser(app).sign_in(ours.peer)
    recording_id = uuid.uuid4()
    begun = {"id": str(recording_id), "origin": "recorded", "media_type": "audio/webm"}
    assert carla.post(f"/gesprekken/{ours.planned_id}/opnames", json=begun).status_code == 200
    connection = HTTPConnection(*address, timeout=20)
    connection.putrequest("PUT", f"/opnames/{recording_id}/stukken/0/0")
    for name, value in (cookies(carla) | {"Content-Length": str(len(PIECE))}).items():
        connection.putheader(name, value)
    connection.endheaders()
    connection.send(PIECE[: len(PIECE) // 2])
    time.sleep(0.2)
    assert plain(tmp_path) == []
    connection.close()
    time.sleep(0.1)
    assert plain(tmp_path) == []
    assert SealedFiles(settings.data / "files").names(f"recording/{recording_id}") == []
