"""Projects, their municipalities and who works in them."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from interviews import projects
from interviews.access import actor_for
from interviews.errors import Invalid
from interviews.models import Membership, Person
from interviews.models.project import Role
from tests import factories
from tests.factories import Cast


def test_a_project_starts_with_a_lead(db: Session) -> None:
    alice = factories.person(db, "alice")
    project = factories.project(db, alice, title="  Samen \n aan tafel ")
    assert project.title == "Samen aan tafel"
    assert actor_for(db, alice.id).roles_in(project.id) == {Role.PROJECT_LEAD}


@pytest.mark.parametrize(
    ("title", "question", "key"), [(" ", "Wat helpt?", "project.title"), ("Tafel", "\n", "project.question")]
)
def test_a_project_has_a_name_and_a_question(db: Session, title: str, question: str, key: str) -> None:
    alice = factories.person(db, "alice")
    with pytest.raises(Invalid, match=key):
        projects.start_project(db, title=title, research_question=question, lead=alice)


def test_a_role_given_twice_is_one_role(db: Session, cast: Cast) -> None:
    first = projects.give_role(db, cast.project, cast.bob, Role.CO_CODER)
    assert projects.give_role(db, cast.project, cast.bob, Role.CO_CODER) is first
    rows = db.scalars(sa.select(Membership.role).where(Membership.person_id == cast.bob.id)).all()
    assert sorted(rows) == [Role.CO_CODER, Role.RESEARCHER]


def test_a_municipality_leaves_the_house_under_a_letter(db: Session, cast: Cast) -> None:
    assert cast.municipality.export_name == "gemeente A"
    again = projects.add_municipality(db, cast.project, " wilgenburg ")
    assert again is cast.municipality
    with pytest.raises(Invalid, match=r"municipality\.name"):
        projects.add_municipality(db, cast.project, " ")


def test_no_two_municipalities_share_a_letter(db: Session, cast: Cast) -> None:
    rows = [projects.add_municipality(db, cast.project, f"Plaats {number}") for number in range(54)]
    shown = [cast.municipality.export_name, *(row.export_name for row in rows)]
    assert len(set(shown)) == 55
    assert shown[25:28] == ["gemeente Z", "gemeente AA", "gemeente AB"]
    assert shown[53] == "gemeente BB"


def test_the_members_of_a_project_come_by_name_with_their_roles(db: Session, cast: Cast) -> None:
    projects.give_role(db, cast.project, cast.dirk, Role.PEER_INTERVIEWER)
    found: list[tuple[Person, list[Role]]] = list(projects.members(db, cast.project))
    assert [person.display_name for person, _ in found] == ["Alice", "Bob", "Carla", "Dirk", "Esra"]
    assert set({person.display_name: roles for person, roles in found}["Dirk"]) == {
        Role.CO_CODER,
        Role.PEER_INTERVIEWER,
    }
