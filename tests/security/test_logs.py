"""What is written down about the work itself: never a word of a story, a name, an address of a browser, or a search."""

from __future__ import annotations

import io
import logging
import os
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from interviews.models import AuditEntry
from tests.pages import PageClient, browser
from tests.security.estate import SAFE, Estate, address, rules
from tests.security.test_bad_input import FIELDS, unsafe, url_of, who_may

CANARY = "Zwammerdorff"
FULL = bool(os.environ.get("DICHTERBIJ_FULL"))
ADDRESS = "203.0.113.77"
"""An address for examples (RFC 5737)."""


@pytest.fixture
def everything() -> Iterator[io.StringIO]:
    """Whatever ours say, down to the smallest detail, and the libraries: with DICHTERBIJ_FULL each statement too."""
    heard = io.StringIO()
    handler = logging.StreamHandler(heard)
    handler.setFormatter(logging.Formatter("%(name)s %(levelname)s %(message)s"))
    root = logging.getLogger()
    levels = {name: logging.getLogger(name).level for name in [None, *logging.Logger.manager.loggerDict]}
    root.addHandler(handler)
    for name in levels:
        # At its most talkative the library of the database shows rows as they are: nobody may set that here.
        ours = (name or "").partition(".")[0] in (
            "webapp",
            "interviews",
            "coding",
            "werkzeug",
            "waitress",
            "flask-limiter",
        )
        logging.getLogger(name).setLevel(logging.DEBUG if ours else logging.INFO if FULL else logging.WARNING)
    yield heard
    root.removeHandler(handler)
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)


def answers_to(client: PageClient, url: str, method: str) -> Iterator[Any]:
    """Everything typed is the canary: in a form, in JSON, and in the address."""
    headers = {"Idempotency-Key": str(uuid.uuid4())}
    environ = {"REMOTE_ADDR": ADDRESS}
    typed = dict.fromkeys(FIELDS, CANARY)
    if method in SAFE:
        yield client.open(url, method=method, query_string={"q": CANARY, "persoon": CANARY}, environ_base=environ)
    else:
        yield client.open(url, method=method, data=typed, headers=headers, environ_base=environ)
        again = {"Idempotency-Key": str(uuid.uuid4())}
        yield client.open(url, method=method, json=typed, headers=again, environ_base=environ)


def test_a_walk_past_every_page_leaves_no_word_in_logs_and_addresses(
    app: Flask, ours: Estate, db: Session, everything: io.StringIO
) -> None:
    people = [ours.lead, ours.researcher, ours.peer]
    clients = [browser(app).sign_in(person) for person in people]
    asked = 0
    walk = [(address(rule, ours.ids()), rule.endpoint) for rule, method in rules(app) if method == "GET"]
    for number, (url, _endpoint) in enumerate(walk):
        for client in clients if FULL else clients[number % 3 : number % 3 + 1]:
            for answer in answers_to(client, url, "GET"):
                asked += 1
                # A page that asks to sign in may carry where one wanted to go; never a word that was typed there.
                assert CANARY not in (answer.location or ""), url
                answer.close()
    for endpoint, method in unsafe(app):
        client = who_may(endpoint, clients)
        for answer in answers_to(client, url_of(app, endpoint, ours), method):
            asked += 1
            assert CANARY not in (answer.location or ""), endpoint
            if answer.status_code == 401:
                client.sign_in(people[clients.index(client)])
            answer.close()
    assert asked > 250
    logging.getLogger("webapp.guard").debug("the walk is over")
    said = everything.getvalue()
    assert "the walk is over" in said, "this test hears nothing"
    assert [line for line in said.splitlines() if CANARY.lower() in line.lower()][:3] == []
    assert [line for line in said.splitlines() if ADDRESS in line][:3] == []
    rows = db.scalars(sa.select(AuditEntry)).all()
    assert rows
    assert [row for row in rows if CANARY in f"{row.action} {row.object_kind} {row.reason}"] == []


def test_whoever_asks_too_often_is_counted_without_an_address(everything: io.StringIO) -> None:
    from webapp.guard import init_app, limiter

    small = Flask("small")
    small.config["RATELIMIT_ENABLED"] = True
    init_app(small)
    small.before_request_funcs[None].clear()
    small.add_url_rule("/veel", "veel", limiter.limit("2 per minute")(lambda: "ja"))
    small.before_request(limiter._check_request_limit)
    statuses = [small.test_client().get("/veel", environ_base={"REMOTE_ADDR": ADDRESS}).status_code for _ in range(4)]
    limiter.reset()
    assert statuses[-1] == 429
    said = everything.getvalue()
    assert "exceeded at endpoint" in said
    assert ADDRESS not in said


def test_an_error_nobody_foresaw_says_where_and_not_what(
    app: Flask, ours: Estate, everything: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    app.testing = False
    app.config["PROPAGATE_EXCEPTIONS"] = False
    from coding import memos

    def broken(*_: object, **__: object) -> None:
        raise LookupError

    monkeypatch.setattr(memos, "add", broken)
    client = browser(app).sign_in(ours.researcher)
    url = f"/lezen/{ours.ready.id}/opvallend"
    answer = client.post(url, data={"text": f"Dit zei {CANARY}."}, environ_base={"REMOTE_ADDR": ADDRESS})
    assert answer.status_code == 500
    said = everything.getvalue()
    assert "LookupError" in said
    assert CANARY not in said + answer.text
    assert ADDRESS not in said
