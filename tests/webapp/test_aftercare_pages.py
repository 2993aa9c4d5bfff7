"""After an interview: four questions that may each be passed by, and whom to call."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from interviews import interviews, worries
from interviews.access import actor_for
from interviews.db import transaction
from interviews.models import Debrief, Hours, Interview, RemovalRequest
from interviews.models.interview import Status
from tests import factories
from tests.factories import Cast
from tests.pages import PageClient, browser, untranslated
from webapp.moments import today


@pytest.fixture
def carla(app: Flask, cast: Cast) -> PageClient:
    """The browser of the peer interviewer."""
    return browser(app).sign_in(cast.carla)


@pytest.fixture
def talk(db: Session, cast: Cast) -> Interview:
    """An interview of Carla."""
    with transaction(db):
        return factories.interview(db, actor_for(db, cast.carla.id), cast.project, pseudonyms=["Merel"])


def test_all_at_once_is_kept_and_the_talk_counts_as_held(
    app: Flask, carla: PageClient, cast: Cast, db: Session, talk: Interview
) -> None:
    address = f"/gesprekken/{talk.id}/daarna"
    answer = carla.submit(
        carla.get(address),
        held_on="2026-03-12",
        feeling="Het was zwaar.",
        struck="De brief kwam op vrijdag.\r\nDat deed iets.",
        remove="Het stuk over de buurvrouw.",
        worry="yes",
        worry_note="Zij slaapt niet.",
        minutes="90",
    )
    assert answer.location == f"{address}/opgeslagen"
    cared = carla.get(answer.location).text
    assert "De projectleider ziet het meteen." in cared
    assert "0800-0113" in cared
    row = db.get_one(Interview, talk.id)
    assert (row.status, row.held_on) == (Status.HELD, date(2026, 3, 12))
    assert row.reflection == "De brief kwam op vrijdag.\nDat deed iets."
    assert worries.is_open(row)
    assert db.scalars(sa.select(Hours.minutes)).one() == 90
    assert db.scalars(sa.select(RemovalRequest)).one().interview_id == talk.id
    again = carla.get(address).text
    assert "Het was zwaar." in again
    assert "Op welke dag was het gesprek?" not in again
    assert "Het was zwaar." in browser(app).sign_in(cast.alice).get(f"{address}/lezen").text


def test_every_question_may_be_passed_by(carla: PageClient, db: Session, talk: Interview) -> None:
    answer = carla.submit(carla.get(f"/gesprekken/{talk.id}/daarna"))
    assert answer.status_code == 303
    row = db.get_one(Interview, talk.id)
    assert (row.status, row.held_on, row.safety_flag_at) == (Status.HELD, today(), None)
    assert len(db.scalars(sa.select(Debrief)).all()) == 1
    assert db.scalars(sa.select(RemovalRequest)).all() == []
    assert db.scalars(sa.select(Hours)).all() == []


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"held_on": "ooit"}, "Deze datum kan ik niet lezen."),
        ({"held_on": (today() + timedelta(days=2)).isoformat()}, "Kies een dag die al is geweest, of vandaag."),
        ({"worry": "misschien"}, "Kies ja of nee."),
        ({"minutes": "7"}, "Kies een tijd uit de lijst."),
        ({"feeling": "Zwaar. " * 2000}, "Deze tekst is te lang."),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_lost(
    carla: PageClient, db: Session, talk: Interview, typed: dict[str, object], said: str
) -> None:
    answer = carla.submit(carla.get(f"/gesprekken/{talk.id}/daarna"), struck="Dit bleef hangen.", **typed)
    assert answer.status_code == 422
    assert said in answer.text
    assert "Dit bleef hangen." in answer.text
    assert db.get_one(Interview, talk.id).status is Status.PLANNED
    assert db.scalars(sa.select(Debrief)).all() == []


def test_a_practice_talk_notes_no_hours_and_alarms_nobody(carla: PageClient, cast: Cast, db: Session) -> None:
    with transaction(db):
        practice = interviews.practise(db, actor_for(db, cast.carla.id), cast.project)
    answer = carla.submit(carla.get(f"/gesprekken/{practice.id}/daarna"), worry="yes", minutes="90")
    assert "De projectleider krijgt er niets van te zien." in carla.get(answer.location).text
    assert db.scalars(sa.select(Hours)).all() == []


def test_only_who_held_it_tells_and_only_the_lead_reads(app: Flask, cast: Cast, talk: Interview) -> None:
    for person, write, read in (
        (cast.alice, 403, 200), (cast.bob, 403, 403), (cast.dirk, 403, 403), (cast.zoe, 404, 404),
    ):  # fmt: skip
        client = browser(app).sign_in(person)
        assert client.get(f"/gesprekken/{talk.id}/daarna").status_code == write
        assert client.post(f"/gesprekken/{talk.id}/daarna").status_code == write
        assert client.get(f"/gesprekken/{talk.id}/daarna/lezen").status_code == read


def test_the_page_to_rest_on_has_numbers_that_can_be_dialled(app: Flask) -> None:
    text = browser(app).get("/rust").text
    for number in ("tel:112", "tel:113", "tel:08000113", "tel:+31880767000", "tel:08002000"):
        assert number in text, number
    assert "haalt het verhaal weg" not in browser(app).get("/hulp").text


def test_no_text_on_these_pages_escaped_the_translators(app: Flask, cast: Cast, talk: Interview) -> None:
    app.config["PSEUDO_LANGUAGE"] = True
    data = ["Carla", "Alice", "Hanna", cast.project.title, "D-01", "Merel"]
    carla, alice = browser(app).sign_in(cast.carla), browser(app).sign_in(cast.alice)
    for path in (f"/gesprekken/{talk.id}/daarna", f"/gesprekken/{talk.id}/daarna/opgeslagen", "/rust", "/hulp"):
        assert untranslated(carla.get(path).text, data=data) == [], path
    assert untranslated(alice.get(f"/gesprekken/{talk.id}/daarna/lezen").text, data=data) == []
