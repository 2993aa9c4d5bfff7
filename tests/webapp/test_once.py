"""A phone that hears nothing sends again; the second time nothing happens."""

from __future__ import annotations

import threading
import uuid

import pytest
import sqlalchemy as sa
from flask import Flask, jsonify, request
from flask.typing import ResponseReturnValue
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from interviews import audit
from interviews.db import transaction
from interviews.errors import Invalid
from interviews.models import AuditEntry, Project, Received
from tests.factories import Cast
from tests.pages import PageClient, browser
from webapp import identity
from webapp.db import session
from webapp.guard import signed_in
from webapp.once import once, wordless


def done(db: Session) -> int:
    """How often the change was made."""
    db.rollback()
    return db.scalar(sa.select(sa.func.count()).where(AuditEntry.action == "tried")) or 0


@pytest.fixture
def app(app: Flask) -> Flask:
    """The application with one more view that changes something."""

    @app.post("/proef")
    @signed_in
    @once("trial")
    def trial() -> ResponseReturnValue:
        asked = request.get_json()
        with transaction(session()):
            row = session().scalars(sa.select(Project)).first()
            assert row is not None
            audit.record(session(), identity.actor(), "tried", row, project_id=row.id)
        if asked.get("refuse"):
            raise Invalid("sign_in.wait", minutes=1)
        return jsonify(version=3, id=str(row.id), said="Anja belde", state="held"), 201

    return app


def key() -> dict[str, str]:
    return {"Idempotency-Key": str(uuid.uuid4())}


@pytest.fixture
def carla(app: Flask, cast: Cast) -> PageClient:
    """Carla's phone."""
    return browser(app).sign_in(cast.carla)


def test_the_same_key_again_changes_nothing_and_gets_the_same_answer_without_words(
    carla: PageClient, db: Session
) -> None:
    headers = key()
    first = carla.post("/proef", json={}, headers=headers)
    again = carla.post("/proef", json={}, headers=headers)
    assert (first.status_code, again.status_code) == (201, 201)
    assert done(db) == 1
    assert first.json is not None
    assert again.json == {name: value for name, value in first.json.items() if name != "said"}
    kept = db.get_one(Received, uuid.UUID(headers["Idempotency-Key"]))
    assert "Anja" not in str(kept.answer)


def test_another_key_is_another_deed(carla: PageClient, db: Session) -> None:
    for _ in range(2):
        carla.post("/proef", json={}, headers=key())
    assert done(db) == 2


def test_without_a_key_nothing_is_done(carla: PageClient, db: Session) -> None:
    for headers in ({}, {"Idempotency-Key": "1"}):
        answer = carla.post("/proef", json={}, headers=headers)
        assert answer.status_code == 400
        assert answer.json is not None
        assert answer.json["error"].endswith(".")
    assert done(db) == 0


def test_what_was_refused_is_not_done_and_may_be_asked_again(carla: PageClient, db: Session) -> None:
    headers = key()
    assert carla.post("/proef", json={"refuse": True}, headers=headers).status_code == 422
    assert done(db) == 0
    assert carla.post("/proef", json={}, headers=headers).status_code == 201
    assert done(db) == 1


def test_a_key_of_somebody_else_says_nothing(app: Flask, carla: PageClient, cast: Cast, db: Session) -> None:
    headers = key()
    carla.post("/proef", json={}, headers=headers)
    answer = browser(app).sign_in(cast.bob).post("/proef", json={}, headers=headers)
    assert answer.status_code == 422
    assert "version" not in (answer.json or {})
    assert done(db) == 1


def test_what_one_person_wrote_is_not_sent_as_another(app: Flask, cast: Cast, db: Session) -> None:
    phone = browser(app).sign_in(cast.bob)
    answer = phone.post("/proef", json={}, headers={**key(), "X-Person": str(cast.carla.id)})
    assert answer.status_code == 401
    assert done(db) == 0


def test_twice_at_one_moment_is_once(app: Flask, cast: Cast, db: Session) -> None:
    phones = [browser(app).sign_in(cast.carla) for _ in range(4)]
    headers, answers, start = key(), [], threading.Barrier(4)

    def ask(phone: PageClient) -> None:
        start.wait()
        answers.append(phone.post("/proef", json={}, headers=headers).status_code)

    threads = [threading.Thread(target=ask, args=(phone,)) for phone in phones]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [201] * 4
    assert done(db) == 1


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inside: st.lists(inside, max_size=3) | st.dictionaries(st.text("abc"), inside, max_size=3),
        max_leaves=8,
    )
)
def test_no_words_are_kept_of_any_answer(answer: object) -> None:
    kept = wordless(answer)

    def texts(value: object) -> list[str]:
        if isinstance(value, dict):
            return [text for one in value.values() for text in texts(one)]
        if isinstance(value, list):
            return [text for one in value for text in texts(one)]
        return [value] if isinstance(value, str) else []

    assert all(" " not in text and text == text.lower() for text in texts(kept))


def test_ids_versions_and_moments_are_kept() -> None:
    answer = {"version": 4, "saved_at": "2026-11-23T09:00:00+00:00", "have": [[1, 2], [1, 3]], "id": str(uuid.uuid4())}
    assert wordless(answer) == answer
    assert wordless({"error": "Zij zei dat.", "who": "Merel", "turns": [{"text": "ik"}]}) == {"turns": [{}]}
    assert wordless({"state": "held", "name": "jan"}) == {"state": "held"}
    assert wordless(["x"]) == {}
