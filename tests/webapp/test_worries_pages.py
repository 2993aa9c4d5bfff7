"""Worries on the screen: the lead sees them at once and everywhere, the interviewer sees that they were seen."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from interviews.access import actor_for
from interviews.db import transaction
from interviews.models import AuditEntry, Interview
from tests import factories
from tests.factories import Cast
from tests.pages import PageClient, browser, untranslated

NOTE = "Zij slaapt al weken niet."


@pytest.fixture
def carla(app: Flask, cast: Cast) -> PageClient:
    """The browser of the peer interviewer."""
    return browser(app).sign_in(cast.carla)


@pytest.fixture
def alice(app: Flask, cast: Cast) -> PageClient:
    """The browser of the project lead."""
    return browser(app).sign_in(cast.alice)


@pytest.fixture
def talk(db: Session, cast: Cast) -> Interview:
    """An interview of Carla."""
    with transaction(db):
        return factories.interview(db, actor_for(db, cast.carla.id), cast.project, pseudonyms=["Merel"])


def tell(carla: PageClient, talk: Interview) -> None:
    carla.submit(carla.get(f"/gesprekken/{talk.id}/zorgen/melden"), note=NOTE)


def test_a_worry_stands_on_every_page_of_the_lead_until_it_was_seen(
    app: Flask, carla: PageClient, alice: PageClient, cast: Cast, talk: Interview
) -> None:
    banner = "Bij 1 gesprek zijn er zorgen over iemand."
    pages = (f"/p/{cast.project.id}", f"/p/{cast.project.id}/gesprekken", f"/p/{cast.project.id}/mensen", "/hulp")
    assert all(banner not in alice.get(page).text for page in pages)
    tell(carla, talk)
    assert [page for page in pages if banner not in alice.get(page).text] == []
    assert f'href="/p/{cast.project.id}/zorgen"' in alice.get(pages[0]).text
    for other in (cast.bob, cast.carla, cast.dirk, cast.zoe):
        assert banner not in browser(app).sign_in(other).get("/hulp").text
    alice.submit(alice.get(f"/gesprekken/{talk.id}/zorgen"), f"/gesprekken/{talk.id}/zorgen/gezien")
    assert all(banner not in alice.get(page).text for page in pages)


def test_the_lead_reads_it_says_what_was_done_and_the_interviewer_sees_that(
    carla: PageClient, alice: PageClient, cast: Cast, db: Session, talk: Interview
) -> None:
    tell(carla, talk)
    assert "De projectleider krijgt het te zien." in carla.get(f"/gesprekken/{talk.id}").text
    listed = alice.get(f"/p/{cast.project.id}/zorgen").text
    assert "net gemeld" in listed
    assert "Carla" in listed
    assert NOTE not in listed
    page = alice.get(f"/gesprekken/{talk.id}/zorgen")
    assert NOTE in page.text
    alice.submit(page, f"/gesprekken/{talk.id}/zorgen/gezien")
    assert "De projectleider heeft gezien" in carla.get(f"/gesprekken/{talk.id}").text
    close = f"/gesprekken/{talk.id}/zorgen/afgehandeld"
    refused = alice.submit(alice.get(f"/gesprekken/{talk.id}/zorgen"), close, done=" ")
    assert refused.status_code == 422
    assert "Schrijf eerst op wat je hebt gedaan." in refused.text
    alice.submit(alice.get(f"/gesprekken/{talk.id}/zorgen"), close, done="Gebeld met de huisarts.")
    assert "Gebeld met de huisarts." in carla.get(f"/gesprekken/{talk.id}/zorgen/melden").text
    assert "Alle zorgen zijn afgehandeld." in alice.get(f"/p/{cast.project.id}/zorgen").text
    readers = db.scalars(sa.select(AuditEntry.actor_id).where(AuditEntry.action == "safety.read")).all()
    assert readers == [cast.alice.id]


def test_two_leads_at_once_do_no_harm(alice: PageClient, carla: PageClient, talk: Interview) -> None:
    tell(carla, talk)
    for _ in range(2):
        alice.post(f"/gesprekken/{talk.id}/zorgen/gezien")
        answer = alice.post(f"/gesprekken/{talk.id}/zorgen/afgehandeld", data={"done": "Gebeld."})
        assert answer.status_code == 303
    assert alice.post(f"/gesprekken/{talk.id}/zorgen/gezien").status_code == 303


def test_who_has_nothing_to_do_with_it_neither_says_nor_reads(app: Flask, cast: Cast, talk: Interview) -> None:
    for person, say, read in (
        (cast.bob, 200, 403), (cast.carla, 200, 403), (cast.dirk, 403, 403), (cast.esra, 403, 403),
        (cast.zoe, 404, 404),
    ):  # fmt: skip
        client = browser(app).sign_in(person)
        assert client.get(f"/gesprekken/{talk.id}/zorgen/melden").status_code == say
        assert client.get(f"/gesprekken/{talk.id}/zorgen").status_code == read
        assert client.get(f"/p/{cast.project.id}/zorgen").status_code == read
        assert client.post(f"/gesprekken/{talk.id}/zorgen/gezien").status_code == read


def test_a_researcher_says_it_and_does_not_read_what_others_said(
    app: Flask, carla: PageClient, cast: Cast, talk: Interview
) -> None:
    tell(carla, talk)
    bob = browser(app).sign_in(cast.bob)
    assert NOTE not in bob.get(f"/gesprekken/{talk.id}/zorgen/melden").text
    assert "zorgen gemeld" not in bob.get(f"/gesprekken/{talk.id}").text


def test_no_text_on_these_pages_escaped_the_translators(
    app: Flask, carla: PageClient, cast: Cast, talk: Interview
) -> None:
    tell(carla, talk)
    app.config["PSEUDO_LANGUAGE"] = True
    data = ["Carla", "Alice", "Hanna", cast.project.title, "D-01", "Merel"]
    alice = browser(app).sign_in(cast.alice)
    paths = (f"/p/{cast.project.id}/zorgen", f"/gesprekken/{talk.id}/zorgen", f"/gesprekken/{talk.id}/zorgen/melden")
    for path in (*paths, f"/p/{cast.project.id}"):
        assert untranslated(alice.get(path).text, data=[*data, cast.project.research_question]) == [], path
