"""The names review: each step with who did it, undone until approval; one person or two; other names across the project."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from interviews import names
from interviews.detect.finder import default_finder
from interviews.detect.findings import IdentifierType
from interviews.errors import Invalid, NotAllowed
from interviews.keys import KeyStore
from interviews.models import NameEntity, Transcript
from interviews.models.name import MentionStatus, StepKind
from interviews.pseudonyms import NEUTRAL_NAMES
from tests import factories
from tests.factories import Cast
from tests.interviews.namedesk import Desk, choose


@pytest.fixture
def desk(db: Session, cast: Cast, keys: KeyStore) -> Desk:
    """The desk with names proposed."""
    made = Desk(db, cast, keys)
    made.propose()
    return made


# Undoing, and who did what


def test_each_step_is_undone_and_remembered_with_who_did_it(desk: Desk) -> None:
    before = desk.said(MentionStatus.PROPOSED)
    kept = desk.entity("Gerrit").replacement
    names.decide(desk.db, desk.carla, desk.mentions("Gerrit"), status=MentionStatus.ACCEPTED)
    choose(desk, "Gerrit", "Wout")
    names.join(desk.db, desk.carla, desk.entity("Fatma"), into=desk.entity("Gerrit"))
    names.accept_rest(desk.db, desk.carla, desk.transcript)
    desk.add("buurman")
    made = [one.kind for one in names.steps_of(desk.db, desk.transcript)]
    assert made == [StepKind.ADDED, StepKind.DECIDED, StepKind.JOINED, StepKind.RENAMED, StepKind.DECIDED]
    while (one := names.newest_own(desk.db, desk.carla, desk.transcript)) is not None:
        names.undo(desk.db, desk.carla, one)
    assert desk.said(MentionStatus.PROPOSED) == before == desk.said()
    assert desk.entity("Gerrit").replacement == kept
    assert desk.entity("Gerrit") is not desk.entity("Fatma Yilmaz")
    steps = names.steps_of(desk.db, desk.transcript)
    assert {(one.by_id, one.undone_by_id) for one in steps} == {(desk.carla.person_id, desk.carla.person_id)}


def test_what_changed_later_is_undone_first(desk: Desk) -> None:
    names.decide(desk.db, desk.carla, desk.mentions("Gerrit"), status=MentionStatus.ACCEPTED)
    first = names.newest_own(desk.db, desk.carla, desk.transcript)
    assert first is not None
    names.decide(desk.db, desk.carla, desk.mentions("Gerrit"), status=MentionStatus.REJECTED)
    with pytest.raises(Invalid, match=r"names\.undo_later"):
        names.undo(desk.db, desk.carla, first)
    second = names.newest_own(desk.db, desk.carla, desk.transcript)
    assert second is not None
    names.undo(desk.db, desk.carla, second)
    names.undo(desk.db, desk.carla, first)
    with pytest.raises(Invalid, match=r"names\.undo_gone"):
        names.undo(desk.db, desk.carla, first)


def test_an_older_step_is_undone_when_nothing_later_touched_the_same(desk: Desk) -> None:
    names.decide(desk.db, desk.carla, desk.mentions("Gerrit"), status=MentionStatus.ACCEPTED)
    older = names.newest_own(desk.db, desk.carla, desk.transcript)
    assert older is not None
    names.decide(desk.db, desk.carla, desk.mentions("Almelo"), status=MentionStatus.ACCEPTED)
    names.undo(desk.db, desk.carla, older)
    assert desk.said(MentionStatus.ACCEPTED) == ["Almelo"] * len(desk.mentions("Almelo"))


def test_after_approval_and_after_a_correction_nothing_is_undone(desk: Desk) -> None:
    names.accept_rest(desk.db, desk.carla, desk.transcript)
    step = names.newest_own(desk.db, desk.carla, desk.transcript)
    assert step is not None
    desk.correct("Hoe heet jij?")
    desk.propose()
    assert names.newest_own(desk.db, desk.carla, desk.transcript) is None
    with pytest.raises(Invalid, match=r"names\.undo_gone"):
        names.undo(desk.db, desk.carla, step)
    names.decide(desk.db, desk.carla, desk.mentions("Gerrit"), status=MentionStatus.REJECTED)
    desk.hand_in()
    desk.approve()
    assert not any(names.can_be_undone(one) for one in names.steps_of(desk.db, desk.transcript))
    assert all(one.before is None and one.after is None for one in names.steps_of(desk.db, desk.transcript))


def test_after_handing_in_the_interviewer_undoes_nothing(desk: Desk) -> None:
    names.accept_rest(desk.db, desk.carla, desk.transcript)
    step = names.newest_own(desk.db, desk.carla, desk.transcript)
    assert step is not None
    desk.hand_in()
    with pytest.raises(NotAllowed):
        names.undo(desk.db, desk.carla, step)


def test_the_steps_hold_no_word_of_the_text(desk: Desk) -> None:
    names.accept_rest(desk.db, desk.carla, desk.transcript)
    desk.add("buurman")
    names.join(desk.db, desk.carla, desk.entity("buurman"), into=desk.entity("Gerrit"))
    for one in names.steps_of(desk.db, desk.transcript):
        assert not any(word in f"{one.before} {one.after}" for word in ("Fatma", "Gerrit", "buurman", "Almelo"))


def test_who_decided_something_does_not_approve_it_until_it_is_undone(desk: Desk) -> None:
    names.accept_rest(desk.db, desk.carla, desk.transcript)
    desk.hand_in()
    names.decide(desk.db, desk.bob, desk.mentions("Gerrit"), status=MentionStatus.ACCEPTED)
    assert names.may_approve(desk.db, desk.bob, desk.transcript), "the same answer is still Carla's"
    names.decide(desk.db, desk.bob, desk.mentions("Gerrit"), status=MentionStatus.REJECTED)
    with pytest.raises(names.OwnProposal, match=r"names\.own_decision"):
        desk.approve(desk.bob)
    step = names.newest_own(desk.db, desk.bob, desk.transcript)
    assert step is not None
    names.undo(desk.db, desk.bob, step)
    assert "Gerrit" not in desk.approve(desk.bob)


@pytest.mark.parametrize("deed", ["rename", "join", "split"])
def test_who_changed_who_is_who_does_not_approve_either(desk: Desk, deed: str) -> None:
    names.accept_rest(desk.db, desk.carla, desk.transcript)
    desk.hand_in()
    gerrit = desk.entity("Gerrit")
    if deed == "rename":
        names.set_replacement(desk.db, desk.bob, gerrit, "[buurman]", keys=desk.keys)
    elif deed == "join":
        names.join(desk.db, desk.bob, gerrit, into=desk.entity("Fatma"))
    else:
        names.split(desk.db, desk.bob, desk.mentions("Gerrit")[:1], keys=desk.keys)
    assert names.why_not_approve(desk.db, desk.bob, desk.transcript) == "names.own_decision"
    assert names.may_approve(desk.db, desk.alice, desk.transcript)


# One person or two


def test_a_place_that_means_somebody_else_gets_a_name_of_its_own(desk: Desk) -> None:
    first, second = desk.mentions("Gerrit")
    made = names.split(desk.db, desk.carla, [second], keys=desk.keys)
    assert second.entity_id == made.id != first.entity_id
    assert made.replacement != first.entity.replacement
    names.accept_rest(desk.db, desk.carla, desk.transcript)
    desk.hand_in()
    text = desk.approve()
    assert made.replacement in text
    assert first.entity.replacement in text


def test_not_everything_and_not_two_people_are_split_off(desk: Desk) -> None:
    for chosen in ([], desk.mentions("Gerrit"), [desk.mentions("Gerrit")[0], desk.mentions("Fatma")[0]]):
        with pytest.raises(Invalid, match=r"names\.split"):
            names.split(desk.db, desk.carla, chosen, keys=desk.keys)


def test_splitting_is_undone(desk: Desk) -> None:
    names.split(desk.db, desk.carla, desk.mentions("Gerrit")[:1], keys=desk.keys)
    step = names.newest_own(desk.db, desk.carla, desk.transcript)
    assert step is not None
    names.undo(desk.db, desk.carla, step)
    one, other = desk.mentions("Gerrit")
    assert one.entity_id == other.entity_id


# Other names, across the project


def elsewhere(desk: Desk, talk: Sequence[tuple[str, str]]) -> Transcript:
    """Another interview of the same project."""
    row = factories.interview(desk.db, desk.carla, desk.cast.project)
    return factories.transcript(desk.db, desk.carla, row, keys=desk.keys, talk=talk)


def test_no_pseudonym_is_a_name_in_any_raw_text_of_the_project(db: Session, cast: Cast, keys: KeyStore) -> None:
    desk = Desk(db, cast, keys)
    elsewhere(desk, [("R", " ".join(NEUTRAL_NAMES[5:]))])
    desk.propose()
    free = {*NEUTRAL_NAMES[:5], desk.transcript.interview.interviewees[0].pseudonym}
    persons = {r.entity.replacement for r in desk.readings() if r.entity.type is IdentifierType.PERSON}
    assert {name for name in persons if not name.startswith("[")} <= free
    with pytest.raises(Invalid, match=r"replacement\.in_project"):
        choose(desk, "Gerrit", NEUTRAL_NAMES[9])
    assert not set(names.suggestions(db, desk.transcript, desk.entity("Gerrit"), keys=keys)) & set(NEUTRAL_NAMES[5:])


def test_nobody_gets_the_pseudonym_of_somebody_in_another_interview(desk: Desk) -> None:
    other = elsewhere(desk, [("R", "Mijn zus Karima hielp.")])
    names.propose(desk.db, other, keys=desk.keys, finder=default_finder())
    karima = next(
        row.replacement
        for row in desk.db.scalars(sa.select(NameEntity).where(NameEntity.transcript_id == other.id))
        if row.type is IdentifierType.PERSON
    )
    with pytest.raises(Invalid, match=r"replacement\.in_project"):
        choose(desk, "Gerrit", karima)


def test_the_own_choice_of_the_interviewee_comes_first(desk: Desk) -> None:
    own = desk.transcript.interview.interviewees[0].pseudonym
    choose(desk, "Fatma", "[verteller]")
    offered = names.suggestions(desk.db, desk.transcript, desk.entity("Gerrit"), keys=desk.keys)
    assert offered[0] == own
    assert len(offered) == 4
    assert len(set(offered)) == 4
    choose(desk, "Fatma", offered[0])


def test_a_role_before_the_name_is_not_said_twice(db: Session, cast: Cast, keys: KeyStore) -> None:
    desk = Desk(db, cast, keys, talk=[("R", "Toen kwam mijn dochter Fatma. Fatma huilde.")])
    desk.add("Fatma")
    choose(desk, "Fatma", "[mijn dochter]")
    desk.hand_in()
    assert desk.approve() == "Toen kwam [mijn dochter]. [mijn dochter] huilde."
