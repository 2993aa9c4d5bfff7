"""The interviewer's notebook: what waits for whom, and what one can do with an interview."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import lxml.html
import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from coding import heard, readings
from coding.reports.gathering import interview_facts, stories_of
from coding.summaries.consent import Use, permitted
from interviews import aftercare, consents, names, people, worries
from interviews import interviews as planning
from interviews.access import actor_for
from interviews.db import transaction
from interviews.keys import KeyStore
from interviews.models import Interview
from interviews.models.interview import How, Perspective, Status
from interviews.scopes import Scope
from tests import factories
from tests.factories import Cast
from tests.pages import PageClient, browser, untranslated
from webapp import steps


@pytest.fixture
def carla(app: Flask, cast: Cast) -> PageClient:
    """The browser of the peer interviewer."""
    return browser(app).sign_in(cast.carla)


def overview(cast: Cast) -> str:
    return f"/p/{cast.project.id}/gesprekken"


def held(db: Session, cast: Cast, *, by: str = "carla", **options: object) -> Interview:
    """An interview that somebody of the cast held and asked consent for."""
    with transaction(db):
        actor = actor_for(db, getattr(cast, by).id)
        return factories.interview(db, actor, cast.project, **options)  # type: ignore[arg-type]  # handed on as given


@contextmanager
def counted(engine: sa.Engine) -> Iterator[list[str]]:
    """The statements that are sent while this is open."""
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        sent.append(statement)

    sa.event.listen(engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        sa.event.remove(engine, "before_cursor_execute", note)


def test_who_has_no_interview_yet_is_told_what_to_do(carla: PageClient, cast: Cast) -> None:
    text = carla.get(overview(cast)).text
    assert "Je hebt nog geen gesprekken" in text
    assert "Nieuw gesprek" in text
    assert "Bel Hanna" in text


def test_a_peer_interviewer_sees_own_interviews_only(carla: PageClient, cast: Cast, db: Session) -> None:
    held(db, cast, pseudonyms=["Merel"])
    held(db, cast, by="alice", pseudonyms=["Robin"])
    text = carla.get(overview(cast)).text
    assert "Merel" in text
    assert "Robin" not in text


def test_each_card_follows_the_whole_process_and_says_who_does_the_next_step(
    app: Flask, carla: PageClient, cast: Cast, db: Session, keys: KeyStore
) -> None:
    one = held(db, cast, pseudonyms=["Merel"])
    bob = browser(app).sign_in(cast.bob)
    mine = carla.get(overview(cast)).text
    assert "houd het gesprek. De vragen staan klaar." in mine
    assert "gepland" in mine
    assert "Carla houdt het gesprek." in bob.get(overview(cast)).text
    with transaction(db):
        actor = actor_for(db, cast.carla.id)
        one.status, one.held_on = Status.HELD, date(2026, 3, 12)
    assert f"/gesprekken/{one.id}/daarna" in carla.get(overview(cast)).text
    with transaction(db):
        aftercare.write(db, actor, one, feeling="", struck="", keys=keys)
    mine = carla.get(overview(cast)).text
    assert "typ het gesprek uit of voeg de tekst toe." in mine
    assert f"/gesprekken/{one.id}/uittypen" in mine
    assert "Carla typt het gesprek uit." in bob.get(overview(cast)).text
    with transaction(db):
        transcript = factories.transcript(db, actor, one, keys=keys)
    assert "haal de namen weg en lever de tekst in." in carla.get(overview(cast)).text
    with transaction(db):
        names.hand_in(db, actor, transcript)
    text = bob.get(overview(cast)).text
    assert text.index("Wacht op jou") < text.index("Merel")
    assert "kijk na of alle namen weg zijn." in text
    assert "een onderzoeker kijkt na of alle namen weg zijn." in carla.get(overview(cast)).text
    with transaction(db):
        names.approve(db, actor_for(db, cast.bob.id), transcript, keys=keys, risk=factories.RISK)
    assert "lees het gesprek en kies thema&#39;s." in bob.get(overview(cast)).text


def test_the_interviewee_checks_before_the_interviewer_reads_on(
    app: Flask, carla: PageClient, cast: Cast, db: Session, keys: KeyStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = held(db, cast, pseudonyms=["Merel"])
    with transaction(db):
        transcript = factories.transcript(db, actor_for(db, cast.carla.id), row, keys=keys)
        factories.approved(db, transcript, by=actor_for(db, cast.bob.id), keys=keys)
    carla_s, bob_s = (actor_for(db, person.id) for person in (cast.carla, cast.bob))
    with app.test_request_context():
        for there, action in ((True, "Laten nakijken"), (False, "Lezen en thema's kiezen")):
            monkeypatch.setattr(steps, "endpoint_exists", lambda name, there=there: there or name != "checks.ask")
            assert steps.step_of(carla_s, row, transcript).action == action
            assert steps.step_of(bob_s, row, transcript).action == "Lezen en thema's kiezen"
        monkeypatch.setattr(steps, "endpoint_exists", lambda name: True)
        asked = steps.Known(checked=True, checking=True)
        assert steps.step_of(carla_s, row, transcript, asked).next == "de ander kijkt na of het klopt."
        wishes = steps.Known(checked=True, wishes=2)
        assert steps.step_of(carla_s, row, transcript, wishes).action == "Wensen bekijken"
        assert steps.step_of(carla_s, row, transcript, steps.Known(checked=True)).endpoint == "desk.show"


def test_the_words_for_where_an_interview_stands_are_those_of_the_wording_guide(app: Flask) -> None:
    with app.test_request_context():
        assert list(dict.fromkeys(steps.status_word(status) for status in Status)) == [
            "gepland", "gehouden", "uitgetypt", "namen weg", "nagekeken", "klaar voor thema's", "gebruikt in verslag",
            "gestopt",
        ]  # fmt: skip


def test_a_practice_interview_is_marked_and_counted_nowhere(
    app: Flask, carla: PageClient, cast: Cast, db: Session, keys: KeyStore
) -> None:
    held(db, cast, pseudonyms=["Merel"])
    page = carla.get(overview(cast))
    answer = carla.submit(page, f"/p/{cast.project.id}/gesprekken/oefenen")
    practice = db.scalars(sa.select(Interview).where(Interview.practice)).one()
    assert (answer.status_code, answer.location) == (303, f"/gesprekken/{practice.id}")
    assert "oefengesprek met een verzonnen persoon" in carla.get(answer.location).text
    text = carla.get(overview(cast)).text
    assert "Wacht op jou (1)" in text
    assert text.index("Oefenen") < text.index(practice.code)
    with transaction(db):
        actor = actor_for(db, cast.carla.id)
        for person in practice.interviewees:
            consents.record(db, actor, person, choices=dict.fromkeys(Scope, True), how=How.SPOKEN)
        transcript = factories.transcript(db, actor, practice, keys=keys)
        factories.approved(db, transcript, by=actor_for(db, cast.bob.id), keys=keys)
        worries.flag(db, actor, practice, keys=keys)
    stories = readings.approved(db, cast.project)
    assert heard.counts(db, actor_for(db, cast.bob.id), stories).interviews == 0
    assert not permitted(interview_facts(stories_of(db, cast.project, None)[0]), Use.MUNICIPALITY)
    assert "zorgen over iemand" not in browser(app).sign_in(cast.alice).get(overview(cast)).text


def test_before_consent_the_next_step_is_to_ask(carla: PageClient, cast: Cast, db: Session) -> None:
    with transaction(db):
        planning.plan(db, actor_for(db, cast.carla.id), cast.project, perspective=Perspective.CLIENT)
    text = carla.get(overview(cast)).text
    assert "vraag wat er met het verhaal mag." in text
    assert "Toestemming vragen" in text


def test_a_researcher_s_own_interview_waits_for_the_lead_to_ask_consent(app: Flask, cast: Cast, db: Session) -> None:
    with transaction(db):
        planning.plan(db, actor_for(db, cast.bob.id), cast.project, perspective=Perspective.CONSULENT, peer=False)
    bob, alice = browser(app).sign_in(cast.bob), browser(app).sign_in(cast.alice)
    assert "de projectleider vraagt wat er met het verhaal mag." in bob.get(overview(cast)).text
    assert "vraag wat er met het verhaal mag." in alice.get(overview(cast)).text


def test_who_does_not_take_part_or_stopped_gives_nobody_work(carla: PageClient, cast: Cast, db: Session) -> None:
    held(db, cast, scopes=frozenset())
    stopped = held(db, cast)
    with transaction(db):
        stopped.status = Status.STOPPED
    text = carla.get(overview(cast)).text
    assert "De ander doet niet mee." in text
    assert "gestopt" in text
    assert "Wacht op jou" not in text


def test_the_list_asks_the_database_no_more_for_many_interviews_than_for_few(
    app: Flask, engine: sa.Engine, cast: Cast, db: Session, keys: KeyStore
) -> None:
    bob = browser(app).sign_in(cast.bob)

    def more(number: int) -> None:
        for _ in range(number):
            row = held(db, cast, municipality=cast.municipality, people=2)
            with transaction(db):
                actor = actor_for(db, cast.carla.id)
                names.hand_in(db, actor, factories.transcript(db, actor, row, keys=keys))

    address = overview(cast)
    more(2)
    bob.get(address)
    with counted(engine) as few:
        bob.get(address)
    more(5)
    with counted(engine) as many:
        assert "D-07" in bob.get(address).text
    assert len(many) == len(few)


def test_an_interview_shows_what_is_next_first_and_only_ways_that_are_open(
    app: Flask, carla: PageClient, cast: Cast, db: Session
) -> None:
    row = held(db, cast, pseudonyms=["Merel"], scopes={Scope.USE_RESEARCH})
    text = carla.get(f"/gesprekken/{row.id}").text
    assert text.index("Volgende stap") < text.index("Tekst toevoegen") < text.index("Over dit gesprek")
    for way in ("Toestemming veranderen", "Na het gesprek", "Zorgen melden", "Afspraak veranderen", "Doorgeven"):
        assert way in text, way
    assert "Wilgenburg" not in text
    seen_by_bob = browser(app).sign_in(cast.bob).get(f"/gesprekken/{row.id}").text
    for way in ("Toestemming veranderen", "Na het gesprek", "Afspraak veranderen", "Doorgeven"):
        assert way not in seen_by_bob, way


def test_every_way_on_the_page_of_an_interview_opens(app: Flask, cast: Cast, db: Session, keys: KeyStore) -> None:
    row = held(db, cast)
    with transaction(db):
        factories.transcript(db, actor_for(db, cast.carla.id), row, keys=keys)
    for person in (cast.carla, cast.bob, cast.alice):
        client = browser(app).sign_in(person)
        root = lxml.html.document_fromstring(client.get(f"/gesprekken/{row.id}").text)
        ways = [way.get("href", "") for way in root.iterfind(".//main//section//ul//a")]
        assert ways
        # Whether each is a good page is for its own tests to say.
        assert {way: FlaskClient.open(client, way).status_code for way in ways} == dict.fromkeys(ways, 200)


def test_when_the_interviewer_left_the_lead_is_asked_to_hand_over(app: Flask, cast: Cast, db: Session) -> None:
    row = held(db, cast)
    with transaction(db):
        people.end_access(db, actor_for(db, cast.alice.id), cast.project, cast.carla)
    text = browser(app).sign_in(cast.alice).get(overview(cast)).text
    assert "Carla doet niet meer mee. Geef het gesprek door." in text
    assert f"/gesprekken/{row.id}/overdragen" in text


def test_somebody_else_s_interview_is_not_for_a_peer_interviewer(app: Flask, cast: Cast, db: Session) -> None:
    row = held(db, cast, by="alice")
    assert browser(app).sign_in(cast.carla).get(f"/gesprekken/{row.id}").status_code == 403
    assert browser(app).sign_in(cast.dirk).get(f"/gesprekken/{row.id}").status_code == 403
    assert browser(app).sign_in(cast.esra).get(f"/gesprekken/{row.id}").status_code == 403
    assert browser(app).sign_in(cast.zoe).get(f"/gesprekken/{row.id}").status_code == 404


def test_who_leaves_the_project_opens_nothing_any_more(app: Flask, carla: PageClient, cast: Cast, db: Session) -> None:
    row = held(db, cast)
    with transaction(db):
        people.end_access(db, actor_for(db, cast.alice.id), cast.project, cast.carla)
    # This was her only project: she has no account any more.
    answer = browser(app).sign_in(cast.carla).get(f"/gesprekken/{row.id}")
    assert (answer.status_code, answer.location.partition("?")[0]) == (303, "/inloggen")


def test_who_leaves_one_of_two_projects_no_longer_finds_its_interviews(app: Flask, cast: Cast, db: Session) -> None:
    row = held(db, cast)
    with transaction(db):
        factories.project(db, cast.carla, title="Een ander project")
        people.end_access(db, actor_for(db, cast.alice.id), cast.project, cast.carla)
    assert browser(app).sign_in(cast.carla).get(f"/gesprekken/{row.id}").status_code == 404


def test_no_text_on_these_pages_escaped_the_translators(app: Flask, cast: Cast, db: Session) -> None:
    row = held(db, cast, pseudonyms=["Merel"])
    app.config["PSEUDO_LANGUAGE"] = True
    data = ["Carla", cast.project.title, "Wilgenburg", "D-01", "Merel", "cliënt", "consulent"]
    carla = browser(app).sign_in(cast.carla)
    for path in (
        overview(cast),
        overview(cast) + "/nieuw",
        f"/gesprekken/{row.id}",
    ):
        assert untranslated(carla.get(path).text, data=data) == [], path
