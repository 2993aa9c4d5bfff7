"""Planning an interview, changing what was agreed, and handing it over."""

from __future__ import annotations

from datetime import date

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from interviews import projects
from interviews.access import actor_for
from interviews.db import transaction
from interviews.models import Interview, Person
from interviews.models.interview import Address, Channel, InterviewKind, PlaceType, Representative, Status
from interviews.models.project import Role
from tests import factories
from tests.factories import Cast
from tests.pages import PageClient, browser, untranslated
from webapp.moments import HERE


@pytest.fixture
def carla(app: Flask, cast: Cast) -> PageClient:
    """The browser of the peer interviewer."""
    return browser(app).sign_in(cast.carla)


@pytest.fixture
def fred(db: Session, cast: Cast) -> Person:
    """A second peer interviewer."""
    with transaction(db):
        person = factories.person(db, "fred")
        projects.give_role(db, cast.project, person, Role.PEER_INTERVIEWER)
    return person


def new(cast: Cast) -> str:
    return f"/p/{cast.project.id}/gesprekken/nieuw"


def held(db: Session, cast: Cast, **options: object) -> Interview:
    """An interview of Carla."""
    with transaction(db):
        return factories.interview(db, actor_for(db, cast.carla.id), cast.project, **options)  # type: ignore[arg-type]


def test_an_interviewer_plans_an_interview_and_goes_on_to_consent(carla: PageClient, cast: Cast, db: Session) -> None:
    answer = carla.submit(
        carla.get(new(cast)),
        perspective="client",
        pseudonyms="Merel",
        day="2999-03-12",
        time="14:05",
    )
    assert answer.status_code == 422
    answer = carla.submit(
        carla.get(new(cast)),
        perspective="client",
        pseudonyms="Merel",
        day="2035-03-12",
        time="14:05",
        place_type="library",
        channel="flyer",
        address="je",
        companions="1",
        represented_by="parent",
        municipality=str(cast.municipality.id),
    )
    made = db.scalars(sa.select(Interview)).one()
    assert (answer.status_code, answer.location) == (303, f"/gesprekken/{made.id}/toestemming")
    assert made.interviewees[0].pseudonym == "Merel"
    assert made.planned_for is not None
    assert f"{made.planned_for.astimezone(HERE):%Y-%m-%d %H:%M}" == "2035-03-12 14:05"
    assert (made.place_type, made.channel, made.address) == (PlaceType.LIBRARY, Channel.FLYER, Address.JE)
    assert (made.status, made.peer, made.municipality_id) == (Status.PLANNED, True, cast.municipality.id)
    assert (len(made.companions), made.interviewees[0].represented_by) == (1, Representative.PARENT)
    assert "12 maart 2035 om 14.05 uur" in carla.get(f"/gesprekken/{made.id}").text


def test_a_day_that_is_past_means_that_the_talk_was_held(carla: PageClient, cast: Cast, db: Session) -> None:
    carla.submit(carla.get(new(cast)), perspective="client", day="2026-03-12")
    made = db.scalars(sa.select(Interview)).one()
    assert (made.held_on, made.status) == (date(2026, 3, 12), Status.HELD)


def test_a_group_has_as_many_people_as_was_said(carla: PageClient, cast: Cast, db: Session) -> None:
    carla.submit(
        carla.get(new(cast)),
        perspective="social_worker",
        people="3",
        pseudonyms="Merel\n\nRobin",
        represented_by="parent",
    )
    made = db.scalars(sa.select(Interview)).one()
    assert [person.pseudonym for person in made.interviewees][:2] == ["Merel", "Robin"]
    assert (len(made.interviewees), made.kind) == (3, InterviewKind.GROUP)
    assert {person.represented_by for person in made.interviewees} == {None}


def test_a_researcher_without_lived_experience_is_no_peer(app: Flask, cast: Cast, db: Session) -> None:
    bob = browser(app).sign_in(cast.bob)
    answer = bob.submit(bob.get(new(cast)), perspective="client")
    made = db.scalars(sa.select(Interview)).one()
    assert not made.peer
    # A researcher may not write down consent, so that is not where the way leads.
    assert answer.location == f"/gesprekken/{made.id}"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({}, "Kies eerst met wie je praat."),
        ({"perspective": "client", "people": "99"}, "In een groep zitten 2 tot 12 mensen."),
        ({"perspective": "client", "people": "٣"}, "In een groep zitten 2 tot 12 mensen."),
        ({"perspective": "client", "day": "gisteren"}, "Deze datum kan ik niet lezen."),
        ({"perspective": "client", "day": "0001-01-01"}, "Deze datum kan ik niet lezen."),
        ({"perspective": "client", "time": "straks"}, "Deze tijd kan ik niet lezen."),
        ({"perspective": "client", "time": "14:00"}, "Kies bij de tijd ook een dag."),
        ({"perspective": "client", "municipality": "elders"}, "Kies een gemeente uit de lijst."),
        ({"perspective": "client", "channel": "x", "place_type": "x", "companions": "9"}, "Kies iets uit de lijst."),
        ({"perspective": "client", "address": "gij", "represented_by": "x"}, "Kies iets uit de lijst."),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_lost(
    carla: PageClient, cast: Cast, db: Session, typed: dict[str, object], said: str
) -> None:
    answer = carla.submit(carla.get(new(cast)), pseudonyms="Vlinder", **typed)
    assert answer.status_code == 422
    assert said in answer.text
    assert "Vlinder" in answer.text
    assert db.scalars(sa.select(Interview)).all() == []


def test_a_name_that_somebody_has_is_refused_beside_the_field(carla: PageClient, cast: Cast, db: Session) -> None:
    held(db, cast, pseudonyms=["Merel"])
    answer = carla.submit(carla.get(new(cast)), perspective="client", pseudonyms="Merel")
    assert answer.status_code == 422
    assert "al iemand ‘Merel’" in answer.text


def test_who_was_found_through_a_consulent_gets_a_kind_warning(carla: PageClient, cast: Cast, db: Session) -> None:
    carla.submit(carla.get(new(cast)), perspective="client", channel="consulent")
    made = db.scalars(sa.select(Interview)).one()
    assert "meedoen hoeft niet. Nee zeggen heeft geen gevolgen." in carla.get(f"/gesprekken/{made.id}").text


def test_what_was_agreed_can_be_changed_and_the_change_is_told(carla: PageClient, cast: Cast, db: Session) -> None:
    row = held(db, cast, pseudonyms=["Merel"])
    address = f"/gesprekken/{row.id}/afspraak"
    person = row.interviewees[0].id
    answer = carla.submit(
        carla.get(address), day="2035-05-01", place_type="outside", add_companion="1", **{f"name-{person}": "Vlinder"}
    )
    assert answer.location == f"/gesprekken/{row.id}"
    again = db.get_one(Interview, row.id)
    assert (again.interviewees[0].pseudonym, len(again.companions)) == ("Vlinder", 1)
    assert again.place_type is PlaceType.OUTSIDE
    text = carla.get(address).text
    assert "2035-05-01" in text
    for line in ("veranderde de dag of tijd", "veranderde de plek", "koos een andere naam", "iemand meekomt"):
        assert line in text, line
    assert "dinsdag 1 mei 2035" in carla.get(f"/gesprekken/{row.id}").text


def test_a_name_that_is_taken_changes_nothing_at_all(carla: PageClient, cast: Cast, db: Session) -> None:
    held(db, cast, pseudonyms=["Robin"])
    row = held(db, cast, pseudonyms=["Merel"])
    person = row.interviewees[0].id
    answer = carla.submit(
        carla.get(f"/gesprekken/{row.id}/afspraak"), place_type="outside", **{f"name-{person}": "Robin"}
    )
    assert answer.status_code == 422
    assert "al iemand ‘Robin’" in answer.text
    again = db.get_one(Interview, row.id)
    assert (again.interviewees[0].pseudonym, again.place_type) == ("Merel", None)


def test_who_decides_along_is_not_changed_by_what_is_in_no_list(carla: PageClient, cast: Cast, db: Session) -> None:
    row = held(db, cast)
    person = row.interviewees[0].id
    carla.submit(carla.get(f"/gesprekken/{row.id}/afspraak"), **{f"for-{person}": "koning"})
    assert db.get_one(Interview, row.id).interviewees[0].represented_by is None


def test_an_interview_goes_to_another_in_one_step_with_a_note(
    app: Flask, carla: PageClient, cast: Cast, db: Session, fred: Person
) -> None:
    row = held(db, cast, pseudonyms=["Merel"])
    address = f"/gesprekken/{row.id}/overdragen"
    refused = carla.submit(carla.get(address), person=str(fred.id))
    assert refused.status_code == 422
    assert "Schrijf eerst een briefje." in refused.text
    assert "Kies eerst wie het gesprek overneemt." in carla.submit(carla.get(address), note="Bel eerst.").text
    carla.submit(carla.get(address), person=str(fred.id), note="Bel haar eerst.\nZij schrikt van brieven.")
    assert carla.get(f"/gesprekken/{row.id}").status_code == 403
    client = browser(app).sign_in(fred)
    listed = client.get(f"/p/{cast.project.id}/gesprekken").text
    assert "lees het briefje van Carla." in listed
    page = client.get(f"/gesprekken/{row.id}")
    assert "Zij schrikt van brieven." in page.text
    assert "houd het gesprek." in page.text
    client.submit(page, f"{address}/gelezen")
    assert "Zij schrikt van brieven." not in client.get(f"/gesprekken/{row.id}").text
    assert browser(app).sign_in(cast.alice).post(f"{address}/gelezen").status_code == 404


def test_somebody_who_cannot_hold_it_does_not_get_it(carla: PageClient, cast: Cast, db: Session, fred: Person) -> None:
    row = held(db, cast)
    address = f"/gesprekken/{row.id}/overdragen"
    for nobody in (cast.dirk, cast.zoe, cast.carla):
        answer = carla.post(address, data={"person": str(nobody.id), "note": "Voor jou."})
        assert answer.status_code == 422
    assert db.get_one(Interview, row.id).interviewer_id == cast.carla.id


def test_strangers_and_others_plan_and_hand_over_nothing(app: Flask, cast: Cast, db: Session) -> None:
    row = held(db, cast)
    for person, code in ((cast.bob, 403), (cast.dirk, 403), (cast.zoe, 404)):
        client = browser(app).sign_in(person)
        for part in ("afspraak", "overdragen"):
            assert client.get(f"/gesprekken/{row.id}/{part}").status_code == code
            assert client.post(f"/gesprekken/{row.id}/{part}").status_code == code


def test_no_text_on_these_pages_escaped_the_translators(app: Flask, cast: Cast, db: Session, fred: Person) -> None:
    row = held(db, cast, pseudonyms=["Merel"])
    app.config["PSEUDO_LANGUAGE"] = True
    data = ["Carla", "Fred", "Bob", cast.project.title, "Wilgenburg", "D-01", "Merel", "cliënt", "consulent"]
    carla = browser(app).sign_in(cast.carla)
    carla.submit(carla.get(f"/gesprekken/{row.id}/afspraak"), place_type="outside")
    for path in (new(cast), f"/gesprekken/{row.id}/afspraak", f"/gesprekken/{row.id}/overdragen"):
        assert untranslated(carla.get(path).text, data=data) == [], path
