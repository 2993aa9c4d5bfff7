"""The talk: its page without a script, and what phones send."""

from __future__ import annotations

import json
import uuid
from datetime import date
from typing import Any

import lxml.html
import pytest
from flask import Flask
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from coding.starter import start_guide_text
from interviews import guides, talks
from interviews.access import actor_for
from interviews.clock import now
from interviews.db import transaction
from interviews.keys import KeyStore
from interviews.models import Guide, Interview, Question
from interviews.models.interview import Address, Status
from tests import factories
from tests.factories import Cast
from tests.pages import PageClient, browser, untranslated


@pytest.fixture
def carla(app: Flask, cast: Cast) -> PageClient:
    """The browser of the interviewer."""
    return browser(app).sign_in(cast.carla)


@pytest.fixture
def guide(db: Session, cast: Cast) -> Guide:
    """The start guide, in use."""
    with transaction(db):
        return guides.adopt(db, cast.project, start_guide_text())


@pytest.fixture
def interview(db: Session, cast: Cast, guide: Guide) -> Interview:
    """An interview that Carla will hold, with "u"."""
    with transaction(db):
        return factories.interview(db, actor_for(db, cast.carla.id), cast.project)


@pytest.fixture
def question(db: Session, interview: Interview) -> Question:
    """The first question for a client."""
    return next(one for one in talks.questions_for(db, interview) if one.topic == "client")


def send(client: PageClient, interview: Interview, question_id: uuid.UUID, **said: object) -> TestResponse:
    """Send a note as a phone does."""
    return client.put(
        f"/gesprekken/{interview.id}/vragen/{question_id}",
        json=said,
        headers={"Idempotency-Key": str(said.pop("key", uuid.uuid4()))},
    )


def said_in(answer: TestResponse) -> Any:
    """What the server answered, as JSON."""
    return answer.get_json()


def pack(page: TestResponse) -> Any:
    """What the page gives its script."""
    root: Any = lxml.html.document_fromstring(page.text)
    return json.loads(root.get_element_by_id("pack").text)


def test_the_page_has_the_questions_that_fit_as_they_are_said(
    carla: PageClient, interview: Interview, db: Session
) -> None:
    page = carla.get(f"/gesprekken/{interview.id}/gesprek")
    topics = {one["topic"] for one in pack(page)["guide"]["questions"]}
    assert topics == {"opening", "client", "closing"}
    assert "Hoe bent u in de bijstand gekomen?" in page.text
    assert "Hoe ben je in de bijstand gekomen?" not in page.text
    with transaction(db):
        db.get_one(Interview, interview.id).address = Address.JE
    assert "Hoe ben je in de bijstand gekomen?" in carla.get(f"/gesprekken/{interview.id}/gesprek").text


def test_only_the_interviewer_opens_the_talk(app: Flask, cast: Cast, interview: Interview) -> None:
    for person, status in ((cast.alice, 403), (cast.bob, 403), (cast.dirk, 403), (cast.zoe, 404)):
        assert browser(app).sign_in(person).get(f"/gesprekken/{interview.id}/gesprek").status_code == status


def test_a_note_from_a_phone_is_stored_once_and_comes_back_in_the_pack(
    carla: PageClient, interview: Interview, question: Question
) -> None:
    key, question_id = uuid.uuid4(), question.id
    for _ in range(2):
        answer = send(carla, interview, question_id, key=key, asked=True, at_ms=61_000, text="Moe", base="")
        assert answer.status_code == 200
    notes = pack(carla.get(f"/gesprekken/{interview.id}/gesprek"))["guide"]["notes"]
    assert notes == {
        str(question_id): {"asked": True, "skipped": False, "recording": None, "at_ms": 61_000, "text": "Moe"}
    }


def test_a_phone_that_had_not_seen_the_text_gets_it_and_both_stay(
    carla: PageClient, interview: Interview, question: Question
) -> None:
    question_id = question.id
    send(carla, interview, question_id, text="Van de tablet", base="")
    key = uuid.uuid4()
    answer = send(carla, interview, question_id, key=key, text="Van de telefoon", base="")
    assert (answer.status_code, said_in(answer)["text"]) == (409, "Van de tablet")
    assert (
        said_in(send(carla, interview, question_id, key=key, text="Van de telefoon", base=""))["text"]
        == "Van de tablet"
    )
    both = talks.both("Van de telefoon", "Van de tablet")
    kept = send(carla, interview, question_id, text=both, base="Van de tablet")
    assert (kept.status_code, said_in(kept)["text"]) == (200, both)


@pytest.mark.parametrize(
    "said",
    [
        {"text": 5}, {"asked": "ja"}, {"at_ms": True}, {"at_ms": "1"}, {"at_ms": -1}, {"recording": "x"},
        {"base": []}, {"text": "x" * 5001}, {"recording": 7}, {"at_ms": 10**15},
    ],
)  # fmt: skip
def test_what_no_phone_of_ours_sends_is_refused_with_a_sentence(
    carla: PageClient, interview: Interview, question: Question, said: dict[str, object]
) -> None:
    answer = send(carla, interview, question.id, **said)
    assert answer.status_code == 422
    assert said_in(answer)["error"]


def test_a_body_that_is_no_object_is_refused(carla: PageClient, interview: Interview, question: Question) -> None:
    address, key = f"/gesprekken/{interview.id}/vragen/{question.id}", {"Idempotency-Key": str(uuid.uuid4())}
    for body in ("[]", "5", "null", "{"):
        assert carla.put(address, data=body, content_type="application/json", headers=key).status_code == 422
    assert carla.put(address, json={"text": "x"}).status_code == 400


def test_a_question_that_is_not_there_and_one_elsewhere_are_the_same(
    carla: PageClient, interview: Interview, cast: Cast, db: Session
) -> None:
    with transaction(db):
        foreign = guides.adopt(db, cast.elsewhere, start_guide_text()).questions[0].id
    there, missing = (send(carla, interview, one, asked=True) for one in (foreign, uuid.uuid4()))
    assert (there.status_code, there.json) == (missing.status_code, missing.json)
    assert there.status_code == 404


def test_without_a_script_the_notes_are_one_form(
    carla: PageClient, interview: Interview, question: Question, db: Session, keys: KeyStore, cast: Cast
) -> None:
    address = f"/gesprekken/{interview.id}/gesprek"
    question_id, interview_id = question.id, interview.id
    name = f"text-{question_id}"
    page = carla.get(address)
    send(carla, interview, question_id, text="Van de telefoon", base="")
    assert carla.submit(page, address, **{name: "Van de laptop", f"asked-{question_id}": "1"}).status_code == 303
    shown = carla.get(address)
    assert "We bewaren ze allebei" in shown.text
    notes = talks.notes_of(db, actor_for(db, cast.carla.id), db.get_one(Interview, interview_id), keys=keys)
    assert notes[question_id].text == talks.both("Van de laptop", "Van de telefoon")
    assert notes[question_id].asked
    assert len(notes) == 1, "what nobody touched is not written"
    refused = carla.submit(carla.get(address), address, **{name: "x" * 5001})
    assert refused.status_code == 422
    assert "x" * 5001 in refused.text


def test_an_interview_is_held_by_form_and_by_phone(
    carla: PageClient, interview: Interview, db: Session, cast: Cast
) -> None:
    interview_id = interview.id
    address = f"/gesprekken/{interview_id}/gehouden"
    for wrong in ("", "gisteren", "2999-01-01"):
        refused = carla.submit(carla.get(f"/gesprekken/{interview_id}/gesprek"), address, on=wrong)
        assert refused.status_code == 422
        assert "Kies de dag van het gesprek" in refused.text
    assert carla.submit(carla.get(f"/gesprekken/{interview_id}/gesprek"), address, on="2026-03-12").status_code == 303
    done = db.get_one(Interview, interview_id)
    assert (done.status, done.held_on) == (Status.HELD, date(2026, 3, 12))
    with transaction(db):
        other = factories.interview(db, actor_for(db, cast.carla.id), cast.project).id
    by_phone, key = f"/gesprekken/{other}/gehouden", {"Idempotency-Key": str(uuid.uuid4())}
    wrong_bodies: tuple[object, ...] = ({"on": "morgen"}, {"on": 5}, [], {})
    for body in wrong_bodies:
        assert carla.put(by_phone, json=body, headers=key).status_code == 422
    for _ in range(2):
        answer = carla.put(by_phone, json={"on": now().date().isoformat()}, headers=key)
        assert answer.json == {"held_on": now().date().isoformat()}


def test_a_project_without_a_guide_still_has_the_page(carla: PageClient, cast: Cast, db: Session) -> None:
    with transaction(db):
        bare = factories.interview(db, actor_for(db, cast.carla.id), cast.project).id
    page = carla.get(f"/gesprekken/{bare}/gesprek")
    assert "Er is nog geen vragenlijst" in page.text
    assert pack(page)["guide"]["questions"] == []


def test_no_text_on_the_page_escaped_the_translators(app: Flask, cast: Cast, interview: Interview) -> None:
    app.config["PSEUDO_LANGUAGE"] = True
    page = browser(app).sign_in(cast.carla).get(f"/gesprekken/{interview.id}/gesprek")
    assert untranslated(page.text, data=["Testbrowser", cast.project.title, "Carla", interview.code]) == []
