"""How soon the first sound comes after a jump in a long recording.

    python benchmarks/playback.py [--minutes 60] [--kbps 64] [--seeks 200]

A made-up recording of `minutes` at `kbps` (noise: nothing looks at what it is) lies sealed in an installation of its
own; the real server plays it over loopback to a browser that is signed in. Each seek asks for everything from a random
place on, as an <audio> element does, and is timed until the first byte. In the same run the same server sends the same
ranges of a plain file, without asking who wants it, so that the ratio holds on a slow or busy machine. The goal is a
median under 300 ms.
"""

from __future__ import annotations

import argparse
import random
import secrets
import statistics
import tempfile
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

from flask import Flask, Response, send_file
from sqlalchemy.orm import Session
from waitress.server import BaseWSGIServer

import coding.models  # noqa: F401  # declares its tables
from interviews import consents, interviews, people, projects, recordings
from interviews.access import actor_for
from interviews.db import Base, make_engine, transaction, writing
from interviews.keys import InstallationKey
from interviews.models import Interview
from interviews.models.interview import How, Perspective
from interviews.models.project import Role
from interviews.models.recording import RecordingOrigin
from interviews.scopes import Scope
from webapp import create_app
from webapp.cli.serve import http_server
from webapp.db import store
from webapp.settings import Settings

WORTH_A_PIECE = 2 * 1024 * 1024


def installation(folder: Path) -> Flask:
    """Return an application with an empty database in `folder`."""
    key = InstallationKey.generate()
    key.save(folder / "keys" / "installation.key")
    (folder / "data").mkdir()
    settings = Settings.from_environment(folder / "data", environment={}, key_file=folder / "keys" / "installation.key")
    engine = make_engine(settings.database_url, key=key.database_key())
    Base.metadata.create_all(engine)
    return create_app(settings, engine=engine)


def signed_in(app: Flask, session: Session) -> tuple[Interview, dict[str, str]]:
    """Return an interview that may be recorded, and the headers of its interviewer's browser."""
    lead = people.add_person(session, word="lead", passphrase="leest graag brieven", display_name="Lead")
    project = projects.start_project(
        session,
        title="Meting",
        research_question="Hoe snel?",
        lead=lead,
        help_name="Hanna",
        help_phone="06 12 34 56 78",
    )
    projects.give_role(session, project, lead, Role.PEER_INTERVIEWER)
    actor = actor_for(session, lead.id)
    interview = interviews.plan(session, actor, project, perspective=Perspective.CLIENT)
    for person in interview.interviewees:
        consents.record(session, actor, person, choices=dict.fromkeys(Scope, True), how=How.SPOKEN)
    opened = people.open_session(session, lead, device="Meting")
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie["token"] = opened.token
        cookie.permanent = True
    name = app.config["SESSION_COOKIE_NAME"]
    sealed = client.get_cookie(name)
    assert sealed is not None
    return interview, {"Cookie": f"{name}={sealed.value}"}


def recorded(session: Session, interview: Interview, sound: bytes) -> uuid.UUID:
    """Take `sound` in, in pieces, and make it ready, by the same verbs that the pages and the worker use."""
    assert interview.interviewer_id is not None
    actor, keys, files = actor_for(session, interview.interviewer_id), store().keys, store().files
    row = recordings.begin(
        session,
        actor,
        interview,
        recording_id=uuid.uuid4(),
        origin=RecordingOrigin.ADDED,
        media_type="audio/webm;codecs=opus",
    )
    for number, start in enumerate(range(0, len(sound), WORTH_A_PIECE)):
        content = sound[start : start + WORTH_A_PIECE]
        recordings.receive(session, actor, row, part=0, number=number, content=content, keys=keys, files=files)
    recordings.finish(session, actor, row)
    work = recordings.work_on(session, row, keys=keys, files=files)
    assert work is not None
    with work.sound() as out:
        for reader in work.parts():
            with reader:
                while portion := reader.read(WORTH_A_PIECE):
                    out.write(portion)
    recordings.store_ready(session, row, media_type=row.media_type, duration_ms=3_600_000, peaks=b"", keys=keys)
    return row.id


@contextmanager
def served(app: Flask) -> Iterator[int]:
    """Serve `app` as the product does; give the port."""
    server = http_server(app, host="127.0.0.1", port=0)
    assert isinstance(server, BaseWSGIServer)
    assert server.socket is not None
    threading.Thread(target=server.run, daemon=True).start()
    yield server.socket.getsockname()[1]
    server.task_dispatcher.shutdown()


def first_byte_ms(port: int, url: str, headers: dict[str, str], start: int) -> float:
    """Return milliseconds until the first byte of everything from `start` on, over a new connection."""
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    began = time.perf_counter()
    connection.request("GET", url, headers=headers | {"Range": f"bytes={start}-"})
    answer = connection.getresponse()
    got = answer.read(1)
    took = (time.perf_counter() - began) * 1000
    assert answer.status == 206, answer.status
    assert got
    connection.close()
    return took


def bare(path: Path) -> Flask:
    """Return an application that sends a plain file and asks nothing."""
    app = Flask("bare")

    @app.get("/geluid")
    def sound() -> Response:
        return send_file(path, mimetype="audio/webm", conditional=True)

    return app


def told(name: str, took: list[float]) -> float:
    """Print what was measured and return the median."""
    took.sort()
    median = statistics.median(took)
    p95 = took[int(len(took) * 0.95)]
    print(f"{name:24} median {median:7.1f} ms   p95 {p95:7.1f} ms   slowest {took[-1]:7.1f} ms")
    return median


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--minutes", type=int, default=60)
    parser.add_argument("--kbps", type=int, default=64)
    parser.add_argument("--seeks", type=int, default=200)
    given = parser.parse_args()
    sound = secrets.token_bytes(given.minutes * 60 * given.kbps * 1000 // 8)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        app = installation(folder)
        began = time.perf_counter()
        with app.app_context(), writing(store().engine)() as session, transaction(session):
            interview, headers = signed_in(app, session)
            recording_id = recorded(session, interview, sound)
        size = len(sound) / 1e6
        print(f"{given.minutes} minutes, {size:.1f} MB, in and ready after {time.perf_counter() - began:.1f} s")
        (folder / "plain").write_bytes(sound)
        chance = random.Random(3)
        places = [chance.randrange(len(sound) - 1) for _ in range(given.seeks)]
        with served(app) as sealed_port, served(bare(folder / "plain")) as plain_port:
            ask: dict[str, Callable[[int], float]] = {
                "sealed, signed in": lambda at: first_byte_ms(
                    sealed_port, f"/opnames/{recording_id}/geluid", headers, at
                ),
                "plain file": lambda at: first_byte_ms(plain_port, "/geluid", {}, at),
            }
            # One of each first: what is loaded once is not what is measured. Then in turns, so that both get the same
            # share of whatever else the machine does.
            took: dict[str, list[float]] = {what: [] for what in ask}
            for what, measure in ask.items():
                print(f"{what}: first ever {measure(0):.1f} ms")
            for place in places:
                for what, measure in ask.items():
                    took[what].append(measure(place))
        medians = [told(what, numbers) for what, numbers in took.items()]
        print(f"sealed takes {medians[0] / medians[1]:.1f} times as long; the goal is a median under 300 ms")


if __name__ == "__main__":
    main()
