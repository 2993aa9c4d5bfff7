"""The training list and the hours, as an interviewer and as the project lead see them."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from interviews.models import Hours, TrainingMark
from interviews.models.aftercare import HoursKind
from tests.factories import Cast
from tests.pages import PageClient, browser, untranslated
from webapp.forms.training import span_words
from webapp.moments import today


@pytest.fixture
def carla(app: Flask, cast: Cast) -> PageClient:
    """The browser of the peer interviewer."""
    return browser(app).sign_in(cast.carla)


@pytest.fixture
def alice(app: Flask, cast: Cast) -> PageClient:
    """The browser of the project lead."""
    return browser(app).sign_in(cast.alice)


def test_the_lead_fills_in_days_and_the_interviewer_sees_what_is_next(
    carla: PageClient, alice: PageClient, cast: Cast, db: Session
) -> None:
    assert "Training in gesprekken voeren" in carla.get(f"/p/{cast.project.id}").text
    address = f"/p/{cast.project.id}/training/{cast.carla.id}"
    answer = alice.submit(alice.get(address), interview_training="2026-03-12", confidentiality="2026-03-12")
    assert answer.location == f"/p/{cast.project.id}/training/team"
    assert "2 van de 5 gedaan." in alice.get(answer.location).text
    own = carla.get(f"/p/{cast.project.id}/training").text
    assert "12 maart 2026" in own
    assert "Oefengesprek" in carla.get(f"/p/{cast.project.id}").text
    alice.submit(alice.get(address), confidentiality="")
    assert [mark.item.value for mark in db.scalars(sa.select(TrainingMark))] == ["interview_training"]


def test_a_day_that_is_none_is_said_and_the_others_stay(alice: PageClient, cast: Cast, db: Session) -> None:
    answer = alice.submit(
        alice.get(f"/p/{cast.project.id}/training/{cast.carla.id}"), safety="gisteren", confidentiality="2026-03-12"
    )
    assert answer.status_code == 422
    assert "Deze datum kan ik niet lezen." in answer.text
    assert "gisteren" in answer.text
    assert db.scalars(sa.select(TrainingMark)).all() == []


def test_hours_are_noted_and_taken_away_and_the_lead_sees_the_month(
    carla: PageClient, alice: PageClient, cast: Cast, db: Session
) -> None:
    address = f"/p/{cast.project.id}/training"
    carla.submit(carla.get(address), kind="typing", minutes="150", on="2026-03-12")
    row = db.scalars(sa.select(Hours)).one()
    assert (row.kind, row.minutes, row.person_id) == (HoursKind.TYPING, 150, cast.carla.id)
    assert "2 uur en 30 minuten" in carla.get(address).text
    team = alice.get(f"{address}/team").text
    assert "maart 2026" in team
    assert "Vraag dit eerst na bij de gemeente." in team
    remove = f"/p/{cast.project.id}/uren/{row.id}/weghalen"
    assert alice.post(remove).status_code == 303
    assert len(db.scalars(sa.select(Hours)).all()) == 1
    carla.submit(carla.get(address), remove)
    assert db.scalars(sa.select(Hours)).all() == []


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"kind": ""}, "Kies waar je tijd naartoe ging."),
        ({"minutes": "7"}, "Kies een tijd uit de lijst."),
        ({"on": "ooit"}, "Kies eerst een dag."),
        ({"on": (today() + timedelta(days=2)).isoformat()}, "Kies een dag die al is geweest, of vandaag."),
    ],
)
def test_what_is_missing_is_said(
    carla: PageClient, cast: Cast, db: Session, typed: dict[str, object], said: str
) -> None:
    filled = {"kind": "talk", "minutes": "90", "on": "2026-03-12"} | typed
    answer = carla.submit(carla.get(f"/p/{cast.project.id}/training"), **filled)
    assert answer.status_code == 422
    assert said in answer.text
    assert db.scalars(sa.select(Hours)).all() == []


def test_nobody_else_sees_the_list_of_the_team(app: Flask, cast: Cast) -> None:
    for person, own, team in (
        (cast.bob, 200, 403), (cast.dirk, 200, 403), (cast.carla, 200, 403), (cast.esra, 403, 403),
        (cast.zoe, 404, 404),
    ):  # fmt: skip
        client = browser(app).sign_in(person)
        assert client.get(f"/p/{cast.project.id}/training").status_code == own
        assert client.get(f"/p/{cast.project.id}/training/team").status_code == team
        assert client.get(f"/p/{cast.project.id}/training/{cast.carla.id}").status_code == team
    alice = browser(app).sign_in(cast.alice)
    assert alice.get(f"/p/{cast.project.id}/training/{cast.zoe.id}").status_code == 404


def test_a_time_is_said_as_people_say_it(app: Flask) -> None:
    with app.test_request_context():
        assert [span_words(minutes) for minutes in (1, 45, 60, 61, 90, 150)] == [
            "1 minuut", "45 minuten", "1 uur", "1 uur en 1 minuut", "1 uur en 30 minuten", "2 uur en 30 minuten",
        ]  # fmt: skip


def test_no_text_on_these_pages_escaped_the_translators(app: Flask, cast: Cast) -> None:
    app.config["PSEUDO_LANGUAGE"] = True
    data = ["Carla", "Alice", "Hanna", cast.project.title]
    carla, alice = browser(app).sign_in(cast.carla), browser(app).sign_in(cast.alice)
    carla.post(f"/p/{cast.project.id}/uren", data={"kind": "talk", "minutes": "90", "on": "2026-03-12"})
    assert untranslated(carla.get(f"/p/{cast.project.id}/training").text, data=data) == []
    for path in ("team", str(cast.carla.id)):
        assert untranslated(alice.get(f"/p/{cast.project.id}/training/{path}").text, data=data) == [], path
