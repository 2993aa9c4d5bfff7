"""A word with a name in it is nowhere on this machine but inside ciphertext: not in a file, a log, a cookie or an address."""

from __future__ import annotations

import io
import logging
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import lxml.html
import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from interviews import names
from interviews.access import actor_for
from interviews.db import Base, transaction
from interviews.keys import KeyStore
from interviews.models import AuditEntry, Transcript
from tests import factories
from tests.factories import Cast
from tests.pages import PageClient, browser
from tests.security.estate import Estate
from webapp.settings import Settings

WORD = "Zwammerdorff"
"""The surname of somebody who does not exist, once per way in with another ending."""
PASTED, UPLOADED, TYPED, CORRECTED, PREVIEWED, SPEAKER, FILE_NAME = (
    f"{WORD}{ending}" for ending in ("pas", "upl", "typ", "cor", "pre", "spk", "fil")
)
EVERY = (PASTED, UPLOADED, TYPED, CORRECTED, PREVIEWED, SPEAKER, FILE_NAME)


_armed: list[tuple[str, list[str]]] = []


def _watch(event: str, arguments: tuple[object, ...]) -> None:
    if _armed and event == "open" and isinstance(arguments[0], str | bytes):
        folder, opened = _armed[-1]
        path = os.fsdecode(arguments[0])
        if path.startswith(folder):
            opened.append(path)


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Every temporary file that Python opens from now on, those without a name included."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    monkeypatch.setenv("TMPDIR", str(folder))
    if not _hooked:
        sys.addaudithook(_watch)
        _hooked.append(True)
    opened: list[str] = []
    with tempfile.TemporaryFile():
        pass
    _armed.append((str(folder), opened))
    with tempfile.TemporaryFile():
        assert opened, "the watch sees nothing"
    opened.clear()
    yield opened
    _armed.pop()


_hooked: list[bool] = []


def multipart(name: str, content: bytes) -> dict[str, Any]:
    """A form with one file, made in memory: the client of the tests would make a temporary file of its own."""
    boundary = "grens-van-de-test"
    head = f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
    data = head.encode() + content + f"\r\n--{boundary}--\r\n".encode()
    return {"data": data, "content_type": f"multipart/form-data; boundary={boundary}"}


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Everything that anything logs, at the finest level."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    root = logging.getLogger()
    named = [root, *(logging.getLogger(name) for name in ("werkzeug", "waitress", "huey", "webapp"))]
    before = [one.level for one in named]
    root.addHandler(handler)
    for one in named:
        one.setLevel(logging.DEBUG)
    # Each statement; at a finer level SQLAlchemy writes every row on purpose.
    named.append(logging.getLogger("sqlalchemy.engine"))
    before.append(named[-1].level)
    named[-1].setLevel(logging.INFO)
    yield stream
    root.removeHandler(handler)
    for one, level in zip(named, before, strict=True):
        one.setLevel(level)


class Watched:
    """A browser that keeps what a machine in between, or a finder of the phone, would see: all but the pages' words."""

    def __init__(self, client: PageClient) -> None:
        self.client = client
        self.seen: list[str] = []

    def keep(self, answer: TestResponse) -> TestResponse:
        self.seen += [answer.request.full_path, *(f"{name}: {value}" for name, value in answer.headers)]
        if answer.mimetype == "text/html" and answer.status_code < 300:
            root: Any = lxml.html.document_fromstring(answer.text)
            self.seen += [root.findtext(".//title") or "", *root.xpath("//meta/@content")]
            self.seen += root.xpath("//@href | //@action | //@src | //@id | //@formaction")
        return answer


def hold(folder: Path) -> list[str]:
    """Return the files under `folder` that hold the word, in any of the encodings that programs write."""
    signs = [WORD.encode(), WORD.encode("utf-16-le"), WORD.lower().encode()]
    return [
        str(path) for path in folder.rglob("*") if path.is_file() and any(sign in path.read_bytes() for sign in signs)
    ]


def rows_with(db: Session, word: str = WORD) -> list[str]:
    """Return the columns of the opened database that hold the word: what the key of the database does not hide."""
    found = []
    for table in Base.metadata.sorted_tables:
        for row in db.execute(sa.select(table)).mappings():
            found += [
                f"{table.name}.{name}"
                for name, value in row.items()
                if word.lower() in (value.decode("latin-1") if isinstance(value, bytes) else str(value)).lower()
            ]
    return found


def talk(word: str, turns: int = 4) -> str:
    lines = [f"I: Hoe was dat?\nR: Ik ben {word} en mijn buurman heet ook {word}." for _ in range(turns // 2)]
    return "\n".join(lines)


def test_no_way_in_leaves_a_word_outside_the_ciphertext(
    app: Flask,
    ours: Estate,
    cast: Cast,
    db: Session,
    settings: Settings,
    temporary: list[str],
    log: io.StringIO,
    tmp_path: Path,
) -> None:
    carla = Watched(browser(app).sign_in(ours.peer))
    with transaction(db):
        by = actor_for(db, ours.peer.id)
        talks = [factories.interview(db, by, ours.project).id for _ in range(3)]
    # Pasted.
    url = f"/gesprekken/{talks[0]}/tekst"
    page = carla.keep(carla.client.post(f"{url}/bekijken", data={"pasted": talk(PASTED)}))
    assert PASTED in page.text
    carla.keep(carla.client.submit(page, f"{url}/opslaan"))
    # A file that Werkzeug would spool, with a speaker and a name that say who it is.
    url = f"/gesprekken/{talks[1]}/tekst"
    content = talk(UPLOADED, 200).replace("R:", f"{SPEAKER}:").replace("ook", "ook, zei hij, " * 500).encode()
    assert len(content) > 600_000
    page = carla.keep(carla.client.post(f"{url}/bekijken", **multipart(f"{FILE_NAME}.txt", content)))
    assert UPLOADED in page.text
    carla.keep(carla.client.submit(page, f"{url}/opslaan"))
    # Typed.
    url = f"/gesprekken/{talks[2]}/uittypen"
    for more in ({"add": "1"}, {"add_speaker": "1", "new_role": "companion"}, {"hand_in": "1"}):
        page = carla.keep(carla.client.get(url))
        carla.keep(carla.client.submit(page, f"{url}/opslaan", **({"who-0": "R", "text-0": f"Ik ben {TYPED}."} | more)))
    # Corrected, looked at, and refused.
    url = f"/gesprekken/{talks[2]}"
    page = carla.keep(carla.client.get(f"{url}/uittypen"))
    assert TYPED in page.text
    carla.keep(carla.client.submit(page, f"{url}/uittypen/opslaan", **{"text-0": f"Nee: {CORRECTED}.", "hand_in": "1"}))
    carla.keep(carla.client.submit(page, f"{url}/uittypen/opslaan", **{"text-0": f"Te laat: {CORRECTED}."}))
    carla.keep(carla.client.get(f"{url}/sprekers"))
    page = carla.keep(carla.client.get(f"{url}/namen"))
    assert CORRECTED in page.text
    carla.keep(carla.client.post(f"{url}/namen/erbij", data={"words": f"{CORRECTED} staat er niet"}))
    # Looked at and never stored.
    url = f"/gesprekken/{ours.planned.id}/tekst"
    page = carla.keep(carla.client.post(f"{url}/bekijken", data={"pasted": talk(PREVIEWED)}))
    assert PREVIEWED in page.text
    # Signed out half-way: the words come back, and stay nowhere.
    lost = browser(app).post(f"{url}/bekijken", data={"pasted": talk(PREVIEWED)})
    assert PREVIEWED in lost.text
    assert temporary == []
    assert hold(tmp_path) == []
    assert hold(settings.data) == []
    assert rows_with(db) == []
    assert WORD not in log.getvalue()
    assert [line for line in carla.seen if WORD.lower() in line.lower()] == []
    cookies = [value.value for value in (carla.client._cookies or {}).values()]
    assert cookies
    assert not any(WORD in value for value in cookies)


def test_the_log_of_who_did_what_holds_no_word_of_a_story(app: Flask, ours: Estate, db: Session) -> None:
    carla = browser(app).sign_in(ours.peer)
    url = f"/gesprekken/{ours.typed.interview_id}"
    page = carla.get(f"{url}/uittypen")
    carla.submit(page, f"{url}/uittypen/opslaan", **{"text-0": f"Ik ben {WORD}.", "hand_in": "1"})
    carla.post(f"{url}/namen/erbij", data={"words": WORD})
    carla.post(f"{url}/namen/inleveren")
    for line in db.scalars(sa.select(AuditEntry)):
        assert WORD not in f"{line.action} {line.object_kind} {line.reason}"


def test_after_approval_the_name_itself_is_in_no_row(
    app: Flask, ours: Estate, db: Session, keys: KeyStore, settings: Settings
) -> None:
    carla, bob = browser(app).sign_in(ours.peer), browser(app).sign_in(ours.researcher)
    with transaction(db):
        row = factories.interview(db, actor_for(db, ours.peer.id), ours.project)
        talk_id = row.id
        made = factories.transcript(
            db,
            actor_for(db, ours.peer.id),
            row,
            keys=keys,
            talk=[("I", "Wie hielp je?"), ("R", f"Mijn buurman {WORD}. En {WORD.lower()} weer.")],
        )
        names.add(db, actor_for(db, ours.peer.id), made, WORD, kind=ours.entity(db).type, keys=keys)
    assert carla.post(f"/gesprekken/{talk_id}/namen/inleveren").status_code == 303
    risk = {"risk": "low", "reason": f"Niemand kent {WORD}."}
    answer = bob.post(f"/gesprekken/{talk_id}/namen/goedkeuren", data=risk)
    assert answer.location == f"/gesprekken/{talk_id}"
    assert db.get_one(Transcript, made.id).approved_at is not None
    assert rows_with(db) == []
    assert hold(settings.data) == []
    assert WORD not in bob.get(f"/lezen/{made.id}").text


class Broken(Exception):
    """What no page foresees."""


def test_an_error_nobody_foresaw_tells_neither_page_nor_log_a_word(
    app: Flask, ours: Estate, monkeypatch: pytest.MonkeyPatch, log: io.StringIO
) -> None:
    from coding import memos

    def full(*_: object, **__: object) -> None:
        raise Broken

    app.testing = False
    app.config["PROPAGATE_EXCEPTIONS"] = False
    monkeypatch.setattr(memos, "add", full)
    bob = browser(app).sign_in(ours.researcher)
    answer = bob.post(f"/lezen/{ours.ready.id}/opvallend", data={"text": f"Dit is {WORD}."})
    assert answer.status_code == 500
    assert "Broken" in log.getvalue()
    assert WORD not in answer.text
    assert WORD not in log.getvalue()


def test_a_database_that_refuses_a_row_puts_no_word_of_it_in_the_log(
    app: Flask, ours: Estate, db: Session, log: io.StringIO
) -> None:
    # A full disk, a lock, a wrong migration: the driver's error carries the statement with what went into it.
    app.testing = False
    app.config["PROPAGATE_EXCEPTIONS"] = False
    with transaction(db):
        db.execute(sa.text("CREATE TRIGGER full BEFORE INSERT ON memo BEGIN SELECT no_such_function(); END"))
    bob = browser(app).sign_in(ours.researcher)
    answer = bob.post(f"/lezen/{ours.ready.id}/opvallend", data={"text": f"Dit is {WORD}."})
    assert answer.status_code == 500
    assert "no_such_function" in log.getvalue()
    assert WORD not in answer.text
    assert WORD not in log.getvalue()


def test_a_job_that_fails_leaves_no_word_in_the_queue(
    app: Flask, ours: Estate, db: Session, settings: Settings, keys: KeyStore
) -> None:
    jobs = app.extensions["jobs"]
    with transaction(db):
        row = factories.interview(db, actor_for(db, ours.peer.id), ours.project)
        made = factories.transcript(
            db, actor_for(db, ours.peer.id), row, keys=keys, talk=[("R", f"De brief van {WORD} kwam. Ik had stress.")]
        )
        factories.approved(db, made, by=actor_for(db, ours.lead.id), keys=keys)
        db.execute(sa.text("CREATE TRIGGER full BEFORE INSERT ON suggestion BEGIN SELECT no_such_function(); END"))
    jobs.tag(made.id)
    assert len(jobs.queue) == 1
    result = jobs.queue.execute(jobs.queue.dequeue())
    assert result is None
    assert hold(settings.data) == []
