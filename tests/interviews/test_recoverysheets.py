"""The recovery sheet: no real interview before somebody has it."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from interviews import interviews, projects, recoverysheets, transcripts
from interviews.access import actor_for
from interviews.db import transaction
from interviews.errors import Invalid, NotAllowed
from interviews.keys import InstallationKey, KeyStore
from interviews.models import AuditEntry, Project, RecoverySheet
from interviews.models.interview import Perspective
from interviews.recoverysheets import Issued
from tests import factories
from tests.factories import Cast


@pytest.fixture
def key() -> InstallationKey:
    return InstallationKey.generate()


def typed(issued: Issued) -> list[str]:
    """What somebody with the sheets types."""
    return [issued.codes[sheet - 1].split("-")[group - 1] for sheet, group in recoverysheets.places(issued.row)]


@pytest.mark.parametrize("split", [False, True])
def test_who_has_the_sheets_can_confirm_them(db: Session, cast: Cast, key: InstallationKey, split: bool) -> None:
    lead = actor_for(db, cast.alice.id)
    issued = recoverysheets.issue(db, key, split=split)
    assert recoverysheets.waiting(db) is issued.row
    assert len(issued.codes) == issued.row.sheets == (3 if split else 1)
    groups = typed(issued)
    assert len(groups) >= 2
    assert {sheet for sheet, _ in recoverysheets.places(issued.row)} == set(range(1, issued.row.sheets + 1))
    recoverysheets.confirm(db, lead, [group.lower().replace("0", "o") for group in groups], key=key)
    assert recoverysheets.waiting(db) is None
    assert issued.row.confirmed_by_id == cast.alice.id
    with pytest.raises(Invalid) as refused:
        recoverysheets.confirm(db, lead, groups, key=key)
    assert refused.value.key == "recovery.none"
    assert db.scalars(sa.select(AuditEntry.action).where(AuditEntry.action.startswith("recovery."))).all() == [
        "recovery.issue",
        "recovery.confirm",
    ]


def test_a_group_that_is_not_right_is_named(db: Session, cast: Cast, key: InstallationKey) -> None:
    issued = recoverysheets.issue(db, key)
    first, second = typed(issued)
    for wrong in ([first], [first, first], [], ["", second]):
        with pytest.raises(Invalid) as refused:
            recoverysheets.confirm(db, None, wrong, key=key)
        place = recoverysheets.places(issued.row)[0 if not wrong or wrong[0] != first else 1]
        assert refused.value.fields == {"sheet": place[0], "group": place[1]}
    assert recoverysheets.waiting(db) is not None


def test_only_who_leads_a_project_confirms(db: Session, cast: Cast, key: InstallationKey) -> None:
    issued = recoverysheets.issue(db, key)
    with pytest.raises(NotAllowed):
        recoverysheets.confirm(db, actor_for(db, cast.bob.id), typed(issued), key=key)


def test_the_database_holds_nothing_of_the_code(db: Session, key: InstallationKey) -> None:
    issued = recoverysheets.issue(db, key, split=True)
    kept = repr([issued.row.fingerprint, issued.row.asked, issued])
    for code in issued.codes:
        assert not any(group in kept for group in code.split("-"))


def test_the_sheet_of_another_key_does_not_count(db: Session, key: InstallationKey) -> None:
    issued = recoverysheets.issue(db, key)
    recoverysheets.confirm(db, None, typed(issued), key=key)
    assert recoverysheets.ensure(db, key) is issued.row
    other = InstallationKey.generate()
    fresh = recoverysheets.ensure(db, other)
    assert fresh is not issued.row
    assert recoverysheets.waiting(db) is fresh
    assert recoverysheets.ensure(db, other) is fresh
    assert db.scalar(sa.select(sa.func.count()).select_from(RecoverySheet)) == 2


@pytest.fixture
def real(db: Session, cast: Cast) -> Project:
    """A project that is not made up, with Carla in it."""
    from interviews.models.project import Role

    with transaction(db):
        project = projects.start_project(db, title="Echt", research_question="Wat helpt?", lead=cast.alice)
        projects.give_role(db, project, cast.carla, Role.PEER_INTERVIEWER)
    return project


def test_until_then_a_real_interview_is_refused_and_practising_is_not(
    db: Session, cast: Cast, real: Project, key: InstallationKey, keys: KeyStore
) -> None:
    carla = actor_for(db, cast.carla.id)
    begun = factories.interview(db, carla, real)
    issued = recoverysheets.issue(db, key)
    for refused_verb in (
        lambda: interviews.plan(db, carla, real, perspective=Perspective.CLIENT),
        lambda: transcripts.bring_in(db, carla, begun, factories.draft(), keys=keys),
    ):
        with pytest.raises(Invalid) as refused:
            refused_verb()
        assert refused.value.key == "recovery.unconfirmed"
    assert interviews.practise(db, carla, real).practice
    assert interviews.plan(db, carla, cast.project, perspective=Perspective.CLIENT).code == "D-01"
    recoverysheets.confirm(db, None, typed(issued), key=key)
    assert interviews.plan(db, carla, real, perspective=Perspective.CLIENT).code == "D-02"
    assert transcripts.bring_in(db, carla, begun, factories.draft(), keys=keys).transcript.id
