"""Seeing how far long work is, and asking the computer to write down what it hears."""

from __future__ import annotations

import uuid

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from interviews import recordings, speech, tasks
from interviews.access import actor_for
from interviews.db import transaction
from interviews.models import Recording
from interviews.models.recording import RecordingOrigin, RecordingState
from interviews.models.task import TaskKind
from tests import factories
from tests.factories import Cast
from tests.pages import PageClient, browser


@pytest.fixture
def recording(db: Session, cast: Cast) -> Recording:
    """Carla's recording of two minutes, ready to play."""
    carla = actor_for(db, cast.carla.id)
    with transaction(db):
        interview = factories.interview(db, carla, cast.project)
        row = recordings.begin(
            db, carla, interview, recording_id=uuid.uuid4(), origin=RecordingOrigin.ADDED, media_type="audio/mpeg"
        )
        row.state, row.duration_ms = RecordingState.READY, 120_000
    return row


@pytest.fixture
def carla(app: Flask, cast: Cast) -> PageClient:
    return browser(app).sign_in(cast.carla)


class Asked:
    """Jobs that remember what was asked."""

    def __init__(self) -> None:
        self.ids: list[uuid.UUID] = []

    def speech(self, recording_id: uuid.UUID) -> None:
        self.ids.append(recording_id)


@pytest.fixture
def asked(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Asked:
    """An installation with a model; nobody listens."""
    made = Asked()
    monkeypatch.setattr(speech, "missing", lambda model: None)
    monkeypatch.setitem(app.extensions, "jobs", made)
    return made


def test_without_a_model_the_page_says_so_before_anybody_asks(carla: PageClient, recording: Recording) -> None:
    page = carla.get(f"/opnames/{recording.id}/meeschrijven")
    assert page.status_code == 200
    assert "De computer kan hier nog niet meeschrijven." in page.text
    assert "Laat de computer meeschrijven</" not in page.text


@pytest.mark.parametrize(
    ("found", "sentence"), [(None, "Er ontbreekt een programma."), (object(), "Hij kent nog geen Nederlands.")]
)
def test_it_says_what_is_missing(
    carla: PageClient, recording: Recording, found: object, sentence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(speech, "find_spec", lambda name: found)
    assert sentence in carla.get(f"/opnames/{recording.id}/meeschrijven").text
    answer = carla.post(f"/opnames/{recording.id}/meeschrijven", follow_redirects=True)
    assert sentence in answer.text


def test_a_first_text_is_asked_once(carla: PageClient, recording: Recording, asked: Asked, db: Session) -> None:
    address = f"/opnames/{recording.id}/meeschrijven"
    page = carla.get(address)
    assert "De opname duurt 2 minuten." in page.text
    first = carla.post(address)
    again = carla.post(address)
    assert first.status_code == again.status_code == 303
    assert first.location == again.location
    assert set(asked.ids) == {recording.id}
    shown = carla.get(first.location)
    assert "De computer begint zo met meeschrijven." in shown.text
    assert "Kijk opnieuw" in shown.text


def test_a_script_is_told_how_far_it_is(carla: PageClient, recording: Recording, db: Session) -> None:
    with transaction(db):
        task = tasks.ask(
            db, project_id=recording.interview.project_id, kind=TaskKind.SPEECH_TO_TEXT, subject_id=recording.id
        )
        tasks.start(db, task)
        tasks.progress(db, task.id, 30_000, 120_000)
    told = carla.get(f"/taken/{task.id}.json").json
    assert told is not None
    assert (told["state"], told["done"], told["total"], told["ended"]) == ("running", 30_000, 120_000, False)
    assert told["text"].startswith("De computer schrijft mee.")
    with transaction(db):
        tasks.failed(db, task, "speech.nothing_heard")
    told = carla.get(f"/taken/{task.id}.json").json
    assert told is not None
    assert told["ended"]
    assert told["failure"].startswith("De computer hoorde geen woorden")
    assert told["failure"] in carla.get(f"/taken/{task.id}").text
    # Asked again it is tried again.
    assert told["failure"] in carla.get(f"/gesprekken/{recording.interview_id}/opnames").text


def test_when_the_text_is_there_the_page_leads_to_it(carla: PageClient, recording: Recording, db: Session) -> None:
    with transaction(db):
        task = tasks.ask(
            db, project_id=recording.interview.project_id, kind=TaskKind.SPEECH_TO_TEXT, subject_id=recording.id
        )
        tasks.done(db, task)
    page = carla.get(f"/taken/{task.id}")
    assert f"/gesprekken/{recording.interview_id}/uittypen" in page.text
    assert "Luister zelf en maak hem goed." in page.text


@pytest.mark.parametrize(
    ("word", "seen", "speech_page"), [("bob", 200, 200), ("alice", 200, 403), ("dirk", 403, 403), ("zoe", 404, 404)]
)
def test_who_may_see_it(
    app: Flask, cast: Cast, recording: Recording, db: Session, word: str, seen: int, speech_page: int
) -> None:
    with transaction(db):
        task = tasks.ask(
            db, project_id=recording.interview.project_id, kind=TaskKind.PREPARE_RECORDING, subject_id=recording.id
        )
    somebody = browser(app).sign_in(getattr(cast, word))
    assert somebody.get(f"/taken/{task.id}").status_code == seen
    assert somebody.get(f"/taken/{task.id}.json").status_code == seen
    assert somebody.get(f"/opnames/{recording.id}/meeschrijven").status_code == speech_page
    assert somebody.post(f"/opnames/{recording.id}/meeschrijven").status_code == (
        303 if speech_page == 200 else speech_page
    )
    assert browser(app).get(f"/taken/{uuid.uuid4()}").status_code in (302, 303)
