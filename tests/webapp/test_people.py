"""Who works in a project."""

from __future__ import annotations

import re

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from interviews import audit, people, projects
from interviews.access import actor_for
from interviews.db import transaction
from interviews.models import Invitation, Membership
from interviews.models.project import Role
from tests.factories import Cast, person
from tests.pages import PageClient, browser


@pytest.fixture
def alice(client: PageClient, cast: Cast) -> PageClient:
    """The browser of the project lead."""
    return client.sign_in(cast.alice)


def address(cast: Cast, rest: str = "") -> str:
    return f"/p/{cast.project.id}/mensen{rest}"


def test_a_lead_sees_everybody_with_their_roles(alice: PageClient, cast: Cast) -> None:
    text = alice.get(address(cast)).text
    assert all(member.display_name in text for member in cast.members.values())
    assert "Ervaringsdeskundige" in text
    assert "Zoë" not in text


def test_a_lead_invites_somebody_and_sees_the_code_once(alice: PageClient, app: Flask, cast: Cast, db: Session) -> None:
    page = alice.get(address(cast, "/uitnodigen"))
    answer = alice.submit(page, display_name="Fatou", roles=["peer_interviewer", "co_coder"])
    assert answer.status_code == 303
    card = alice.get(answer.location)
    found = re.search(r"data-code>([a-z2-9-]{19})<", card.text)
    assert found
    code = found[1]
    assert f"http://127.0.0.1:8000/uitnodiging/{code}" in card.text
    assert "Interviewer, Ervaringsdeskundige" in card.text
    again = alice.get(answer.location)
    assert code not in again.text
    assert "al één keer getoond" in again.text
    assert "Fatou" in alice.get(address(cast)).text
    assert code.encode() not in db.scalars(sa.select(Invitation)).one().code_hash
    assert browser(app).get(f"/uitnodiging/{code}").status_code == 200


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"display_name": "  ", "roles": ["researcher"]}, "Vul een naam in."),
        ({"display_name": "Fatou"}, "Kies wat deze persoon gaat doen."),
        ({"display_name": "Fatou", "roles": ["municipality_reader"]}, "Kies van welke gemeente deze lezer is."),
        ({"display_name": "Fatou", "roles": ["koning"]}, "Kies wat deze persoon gaat doen."),
    ],
)
def test_what_is_missing_is_said(
    alice: PageClient, cast: Cast, db: Session, typed: dict[str, object], said: str
) -> None:
    answer = alice.submit(alice.get(address(cast, "/uitnodigen")), **typed)
    assert answer.status_code == 422
    assert said in answer.text
    assert db.scalars(sa.select(Invitation)).all() == []


def test_a_reader_is_invited_for_a_municipality_of_this_project_only(
    alice: PageClient, cast: Cast, db: Session
) -> None:
    with transaction(db):
        other = projects.add_municipality(db, cast.elsewhere, "Elders")
    page = alice.get(address(cast, "/uitnodigen"))
    typed = {"display_name": "Fatou", "roles": ["municipality_reader"]}
    assert alice.submit(page, **typed, municipality=str(other.id)).status_code == 422
    assert alice.submit(page, **typed, municipality=str(cast.municipality.id)).status_code == 303


def test_a_lead_lets_somebody_go(alice: PageClient, cast: Cast, db: Session) -> None:
    page = alice.get(address(cast, f"/{cast.carla.id}/weghalen"))
    assert "Carla weghalen uit het project" in page.text
    answer = alice.submit(page)
    assert "Carla kan niet meer in dit project." in alice.get(answer.location).text
    assert actor_for(db, cast.carla.id).roles == {}


def test_a_lead_does_not_let_herself_go(alice: PageClient, cast: Cast) -> None:
    answer = alice.post(address(cast, f"/{cast.alice.id}/weghalen"))
    assert answer.status_code == 303
    assert "Je kunt jezelf niet weghalen." in alice.get(answer.location).text


def test_somebody_outside_the_project_looks_like_nobody(alice: PageClient, cast: Cast, db: Session) -> None:
    assert alice.get(address(cast, f"/{cast.zoe.id}/weghalen")).status_code == 404
    assert alice.post(address(cast, f"/{cast.zoe.id}/weghalen")).status_code == 404
    assert db.scalars(sa.select(Membership).where(Membership.person_id == cast.zoe.id)).all()


def test_an_invitation_of_another_project_has_no_card_here(alice: PageClient, cast: Cast, db: Session) -> None:
    with transaction(db):
        row, _code = people.invite(
            db, actor_for(db, cast.zoe.id), cast.elsewhere, display_name="Gijs", roles=[Role.RESEARCHER]
        )
    assert alice.get(address(cast, f"/uitnodigen/{row.id}")).status_code == 404


def test_the_log_says_who_did_what(alice: PageClient, cast: Cast) -> None:
    alice.submit(alice.get(address(cast, "/uitnodigen")), display_name="Fatou", roles=["researcher"])
    page = alice.get(f"/p/{cast.project.id}/logboek")
    text = re.sub(r"<[^>]+>", " ", page.text)
    assert re.search(r"Alice\s+nodigde iemand uit", text)
    assert re.search(r"Alice\s+begon het project", text)
    assert "Fatou" not in text


def test_an_action_without_words_of_its_own_is_still_shown(alice: PageClient, cast: Cast, db: Session) -> None:
    with transaction(db):
        audit.record(db, None, "something.new", cast.project, project_id=cast.project.id)
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", alice.get(f"/p/{cast.project.id}/logboek").text))
    assert "Dichterbij zelf deed: something.new" in text


def test_the_list_of_people_costs_the_same_number_of_questions_however_many_there_are(
    alice: PageClient, cast: Cast, db: Session, engine: sa.Engine
) -> None:
    page, asked = address(cast), list[str]()
    alice.get(page)
    sa.event.listen(engine, "before_cursor_execute", lambda *args: asked.append(args[2]))
    alice.get(page)
    few = len(asked)
    with transaction(db):
        for number in range(12):
            projects.give_role(db, cast.project, person(db, f"extra{number}"), Role.CO_CODER)
    asked.clear()
    alice.get(page)
    assert len(asked) == few


# Home and help


def test_somebody_with_one_project_arrives_in_it(client: PageClient, cast: Cast) -> None:
    assert client.sign_in(cast.dirk).get("/").location == f"/p/{cast.project.id}"


def test_somebody_with_several_projects_chooses(client: PageClient, cast: Cast, db: Session) -> None:
    with transaction(db):
        projects.give_role(db, cast.elsewhere, cast.bob, Role.CO_CODER)
    text = client.sign_in(cast.bob).get("/").text
    assert "Dichterbij de brief" in text
    assert "Een ander project" in text


def test_somebody_without_a_project_reads_what_to_do(client: PageClient, cast: Cast, db: Session) -> None:
    with transaction(db):
        alone = person(db, "fatou")
    assert "Je doet nu niet mee aan een project" in client.sign_in(alone).get("/").text


def test_the_start_of_a_project_shows_only_what_one_may_do(app: Flask, cast: Cast) -> None:
    for member in cast.everybody()[:-1]:
        text = browser(app).sign_in(member).get(f"/p/{cast.project.id}").text
        assert ("/mensen" in text) == (member is cast.alice)


def test_help_says_whom_to_call_on_every_page(app: Flask, cast: Cast) -> None:
    client = browser(app).sign_in(cast.carla)
    for path in ("/hulp", "/rust", f"/p/{cast.project.id}", "/apparaten"):
        assert "06 12 34 56 78" in client.get(path).text
    assert "06 12 34 56 78" not in browser(app).get("/hulp").text
