"""Pages: who holds the key, its end, and the recovery sheet."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from interviews import contacts, keyholders, projects, recoverysheets
from interviews.access import actor_for
from interviews.contacts import Details
from interviews.db import transaction
from interviews.keys import InstallationKey, KeyStore
from interviews.ledger import Ledger
from interviews.models import Contact, Interview, Person, Project
from interviews.models.interview import Perspective
from interviews.models.project import Role
from tests import factories
from tests.factories import Cast
from tests.pages import PageClient, browser
from webapp.settings import Settings


@pytest.fixture
def alice(app: Flask, cast: Cast) -> PageClient:
    return browser(app).sign_in(cast.alice)


@pytest.fixture
def holder(db: Session, cast: Cast) -> Person:
    with transaction(db):
        person = factories.person(db, "hilde")
        projects.give_role(db, cast.project, person, Role.KEY_HOLDER)
    return person


@pytest.fixture
def hilde(app: Flask, holder: Person) -> PageClient:
    return browser(app).sign_in(holder)


def test_the_lead_names_who_holds_the_key_and_that_one_hands_it_on(
    app: Flask, alice: PageClient, cast: Cast, db: Session
) -> None:
    way = f"/p/{cast.project.id}/sleutel"
    page = alice.get(way)
    assert "Nog niemand" in page.text
    for wrong in ("", "geen id", str(cast.zoe.id)):
        answer = alice.post(f"{way}/houder", data={"person": wrong})
        assert answer.status_code == 422
        assert "Kies eerst iemand uit het project" in answer.text
    assert alice.submit(page, f"{way}/houder", person=str(cast.dirk.id)).location == way
    page = alice.get(way)
    assert f"{way}/houder" not in page.text
    assert f"{way}/doorgeven" not in page.text
    dirk = browser(app).sign_in(cast.dirk)
    assert dirk.submit(dirk.get(way), f"{way}/doorgeven", person=str(cast.esra.id)).status_code == 303
    assert dirk.get(way).status_code == 403
    page = alice.get(way)
    assert "Dirk gaf de sleutel aan Esra" in page.text
    assert "Alice wees Dirk aan" in page.text


def test_two_people_end_it_on_the_page(
    alice: PageClient, hilde: PageClient, cast: Cast, db: Session, keys: KeyStore, settings: Settings
) -> None:
    with transaction(db):
        carla = actor_for(db, cast.carla.id)
        talk = factories.interview(db, carla, cast.project)
        contacts.keep(db, carla, talk, talk.interviewees[0], Details(name="Corrie"), keys=keys)
    way = f"/p/{cast.project.id}/sleutel"
    assert hilde.submit(hilde.get(way), f"{way}/vernietigen").location == way
    page = hilde.get(way)
    assert "Nu is een ander aan de beurt" in page.text
    assert f"{way}/vernietigen/doen" not in page.text
    assert hilde.post(f"{way}/vernietigen/doen", data={"sure": "1"}).status_code == 422
    db.rollback()
    assert db.scalar(sa.select(sa.func.count()).select_from(Contact)) == 1
    page = alice.get(way)
    answer = alice.submit(page, f"{way}/vernietigen/doen")
    assert answer.status_code == 422
    assert "Zet eerst het vinkje" in answer.text
    assert alice.submit(page, f"{way}/vernietigen/doen", sure="1").location == way
    assert "vernietigd" in alice.get(way).text
    db.rollback()
    assert db.scalar(sa.select(sa.func.count()).select_from(Contact)) == 0
    assert keys.contacts.destroyed() == {cast.project.id}
    assert [line.kind for line in Ledger(settings.data).entries()] == [keyholders.LEDGER_KIND]
    assert "De sleutel van de adressen is vernietigd" in hilde.get(f"/p/{cast.project.id}/contacten").text
    carla_page = browser(alice.application).sign_in(cast.carla).get(f"/gesprekken/{talk.id}/contact")
    assert "Er kan niets meer bij" in carla_page.text


def test_a_wish_to_end_it_can_be_taken_back(alice: PageClient, hilde: PageClient, cast: Cast) -> None:
    way = f"/p/{cast.project.id}/sleutel"
    hilde.post(f"{way}/vernietigen")
    assert alice.submit(alice.get(way), f"{way}/vernietigen/terug").location == way
    assert f"{way}/vernietigen/doen" not in alice.get(way).text


def test_a_project_without_names_asks_for_none(app: Flask, alice: PageClient, cast: Cast, db: Session) -> None:
    way = f"/p/{cast.project.id}/sleutel"
    assert alice.submit(alice.get(way), f"{way}/namen", nameless="1").location == way
    with transaction(db):
        talk = factories.interview(db, actor_for(db, cast.carla.id), cast.project)
    carla = browser(app).sign_in(cast.carla)
    assert "bewaart geen namen" in carla.get(f"/gesprekken/{talk.id}/contact").text
    answer = carla.post(
        f"/gesprekken/{talk.id}/contact/bewaren", data={"person": str(talk.interviewees[0].id), "name": "Corrie"}
    )
    assert answer.status_code == 422


# -- the recovery sheet


@pytest.fixture
def real(db: Session, cast: Cast) -> Project:
    """A project of Alice's alone that is not made up."""
    with transaction(db):
        lead = factories.person(db, "lea")
        return projects.start_project(db, title="Echt", research_question="Wat helpt?", lead=lead)


@pytest.fixture
def lea(app: Flask, real: Project, db: Session, monkeypatch: pytest.MonkeyPatch) -> PageClient:
    from interviews import secondfactor

    # What leads of real projects must set up first has tests of its own.
    monkeypatch.setattr(secondfactor, "obliged", lambda *_: False)
    return browser(app).sign_in(db.scalars(sa.select(Person).where(Person.login_word == "lea")).one())


@pytest.mark.parametrize("split", [False, True])
def test_until_the_sheet_is_confirmed_each_page_says_so_and_nothing_real_begins(
    lea: PageClient, real: Project, db: Session, installation_key: InstallationKey, split: bool
) -> None:
    with transaction(db):
        issued = recoverysheets.issue(db, installation_key, split=split)
        asked = recoverysheets.places(issued.row)
    notice = "Niemand heeft nog laten zien dat het herstelblad er is."
    way = f"/p/{real.id}/herstelblad"
    for place in (f"/p/{real.id}", f"/p/{real.id}/gesprekken", f"/p/{real.id}/mensen"):
        page = lea.get(place)
        assert notice in page.text
        assert f'href="{way}"' in page.text
    new = f"/p/{real.id}/gesprekken/nieuw"
    answer = lea.submit(lea.get(new), new, perspective=Perspective.CLIENT.value, pseudonyms="Merel")
    assert answer.status_code == 422
    assert "Eerst moet iemand laten zien dat het herstelblad er is" in answer.text
    assert "Merel</textarea>" in answer.text
    db.rollback()
    assert db.scalar(sa.select(sa.func.count()).select_from(Interview)) == 0
    page = lea.get(way)
    groups = [issued.codes[sheet - 1].split("-")[group - 1] for sheet, group in asked]
    boxes = dict(zip(("first", "second", "third"), groups, strict=False))
    assert not any(group in page.text for group in groups)
    wrong = lea.submit(page, way, **(boxes | {"second": "AAAAA"}))
    assert wrong.status_code == 422
    assert f"Groep {asked[1][1]} van blad {asked[1][0]} klopt niet" in wrong.text
    assert boxes["first"] in wrong.text
    assert lea.submit(page, way, **boxes).status_code == 303
    assert notice not in lea.get(f"/p/{real.id}").text
    assert "Het herstelblad is er." in lea.get(way).text
    assert lea.submit(lea.get(new), new, perspective=Perspective.CLIENT.value).status_code == 303


def test_a_made_up_project_needs_no_sheet(
    alice: PageClient, cast: Cast, db: Session, installation_key: InstallationKey
) -> None:
    with transaction(db):
        recoverysheets.issue(db, installation_key)
    assert "herstelblad" not in alice.get(f"/p/{cast.project.id}").text
