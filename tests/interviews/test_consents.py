"""What people allowed: never asked is no, and a change of mind counts at once."""

from __future__ import annotations

import random
import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from coding import segments, suggestions
from interviews import consents, interviews, recordings, transcripts
from interviews.access import Permission, actor_for, allows
from interviews.clock import now
from interviews.consents import writing as writing_down
from interviews.db import transaction, writing
from interviews.errors import Invalid, NotAllowed, NotVisible
from interviews.keys import KeyStore
from interviews.models import AuditEntry, ConsentChoice, ConsentTalk, Interview, Interviewee, Recording
from interviews.models.interview import How, Part, Perspective, Representative, TeachBack
from interviews.models.recording import RecordingOrigin, RecordingState
from interviews.scopes import COMPANION_SCOPES, Scope
from tests import factories
from tests.factories import Cast


def say(db: Session, cast: Cast, interviewee: Interviewee, **choices: bool) -> list[ConsentChoice]:
    """Write down answers, as Carla."""
    return consents.record(
        db,
        actor_for(db, cast.carla.id),
        interviewee,
        choices={Scope(name): yes for name, yes in choices.items()},
        how=How.SPOKEN,
    )


def interview(db: Session, cast: Cast, *, people: int = 1) -> Interview:
    return factories.interview(db, actor_for(db, cast.carla.id), cast.project, scopes=(), people=people)


def test_never_asked_is_no(db: Session, cast: Cast) -> None:
    row = unasked(db, cast)
    assert not any(row.allows(scope) for scope in Scope)
    assert consents.unanswered(row.interviewees[0]) == list(Scope)


def test_an_interview_without_anybody_allows_nothing(db: Session, cast: Cast) -> None:
    row = interview(db, cast)
    row.participations.clear()
    db.flush()
    assert not any(row.allows(scope) for scope in Scope)


def test_a_yes_counts_for_its_own_use_only(db: Session, cast: Cast) -> None:
    row = interview(db, cast)
    say(db, cast, row.interviewees[0], use_research=True)
    assert [scope for scope in Scope if row.allows(scope)] == [Scope.USE_RESEARCH]


def test_the_newest_answer_counts_and_the_old_one_stays_on_file(db: Session, cast: Cast) -> None:
    row = interview(db, cast)
    somebody = row.interviewees[0]
    for yes in (True, False, True):
        say(db, cast, somebody, portrait=yes)
        assert row.allows(Scope.PORTRAIT) is yes
    db.expire_all()
    assert row.allows(Scope.PORTRAIT)
    kept = [choice.given for choice in somebody.choices if choice.scope is Scope.PORTRAIT]
    assert kept == [False, True, False, True]


def test_the_same_answer_again_adds_nothing(db: Session, cast: Cast) -> None:
    row = interview(db, cast)
    assert len(say(db, cast, row.interviewees[0], portrait=True, archive=False)) == 1
    assert say(db, cast, row.interviewees[0], portrait=True) == []


def test_a_change_of_mind_counts_also_when_the_clock_was_set_back(
    db: Session, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = interview(db, cast)
    say(db, cast, row.interviewees[0], use_research=True)
    yesterday = now() - timedelta(days=1)
    monkeypatch.setattr(writing_down, "now", lambda: yesterday)
    say(db, cast, row.interviewees[0], use_research=False)
    db.expire_all()
    assert not row.allows(Scope.USE_RESEARCH)


def test_in_a_group_one_no_is_no(db: Session, cast: Cast) -> None:
    row = interview(db, cast, people=3)
    first, second, third = row.interviewees
    for person in (first, second, third):
        say(db, cast, person, use_research=True)
    assert row.allows(Scope.USE_RESEARCH)
    say(db, cast, second, use_research=False)
    assert not row.allows(Scope.USE_RESEARCH)
    assert first.allows(Scope.USE_RESEARCH)


def test_the_interviewer_and_the_lead_write_choices_down_and_nobody_else(db: Session, cast: Cast) -> None:
    somebody = interview(db, cast).interviewees[0]
    for member in (cast.alice, cast.carla):
        consents.record(db, actor_for(db, member.id), somebody, choices={}, how=How.SIGNED)
    for member in (cast.bob, cast.dirk, cast.esra):
        with pytest.raises(NotAllowed):
            consents.record(db, actor_for(db, member.id), somebody, choices={}, how=How.SIGNED)
    with pytest.raises(NotVisible):
        consents.record(db, actor_for(db, cast.zoe.id), somebody, choices={}, how=How.SIGNED)


def test_for_somebody_without_an_interview_only_the_lead_may(db: Session, cast: Cast) -> None:
    alone = Interviewee(project_id=cast.project.id, code="D-99", perspective=Perspective.CLIENT)
    db.add(alone)
    db.flush()
    with pytest.raises(NotAllowed):
        say(db, cast, alone, use_research=True)
    with pytest.raises(NotVisible):
        consents.record(db, actor_for(db, cast.zoe.id), alone, choices={Scope.RECORD: True}, how=How.SPOKEN)
    consents.record(db, actor_for(db, cast.alice.id), alone, choices={Scope.RECORD: True}, how=How.SPOKEN)
    assert alone.allows(Scope.RECORD)


def test_who_wrote_it_down_when_and_how_is_kept(db: Session, cast: Cast) -> None:
    somebody = interview(db, cast).interviewees[0]
    (row,) = say(db, cast, somebody, archive=True)
    assert (row.recorded_by_id, row.how, row.text_version) == (cast.carla.id, How.SPOKEN, consents.TEXT_VERSION)
    line = db.scalars(sa.select(AuditEntry).where(AuditEntry.action == "consent.yes")).one()
    assert (line.object_id, line.reason) == (somebody.id, "archive")


def test_a_no_closes_reading_and_coding_at_once(db: Session, cast: Cast, keys: KeyStore) -> None:
    carla, bob, dirk = (actor_for(db, person.id) for person in (cast.carla, cast.bob, cast.dirk))
    row = factories.interview(db, carla, cast.project)
    transcript = factories.transcript(db, carla, row, keys=keys)
    factories.approved(db, transcript, by=bob, keys=keys)
    for actor in (carla, bob, dirk):
        transcripts.read_research(db, actor, transcript)
        segments.finish_first_reading(db, actor, transcript)
        assert suggestions.visible_suggestions(db, actor, transcript) == []
    say(db, cast, row.interviewees[0], co_read=False)
    transcripts.read_research(db, bob, transcript)
    with pytest.raises(NotAllowed):
        transcripts.read_research(db, dirk, transcript)
    with pytest.raises(NotAllowed):
        segments.visible_segments(db, dirk, transcript)
    say(db, cast, row.interviewees[0], use_research=False)
    for actor in (carla, bob, dirk):
        for verb in (transcripts.read_research, segments.visible_segments, segments.finish_first_reading,
                     suggestions.visible_suggestions):  # fmt: skip
            with pytest.raises(NotAllowed):
                verb(db, actor, transcript)


def test_without_a_yes_no_text_is_kept(db: Session, cast: Cast, keys: KeyStore) -> None:
    row = interview(db, cast)
    with pytest.raises(Invalid, match=r"consent\.no_research"):
        factories.transcript(db, actor_for(db, cast.carla.id), row, keys=keys)
    assert row.id not in keys.interviews()


def test_choices_work_on_both_databases(any_engine: sa.Engine) -> None:
    with writing(any_engine)() as db:
        with transaction(db):
            cast = factories.cast(db)
            row = interview(db, cast)
            say(db, cast, row.interviewees[0], use_research=True)
            say(db, cast, row.interviewees[0], use_research=False)
        db.expire_all()
        assert not row.allows(Scope.USE_RESEARCH)


def unasked(db: Session, cast: Cast) -> Interview:
    """An interview of Carla in which nobody was asked anything yet."""
    return interviews.plan(db, actor_for(db, cast.carla.id), cast.project, perspective=Perspective.CLIENT)


LINE = "M10,20 L30,40 L50,20 M100,100"
"""A signature."""


def told(
    db: Session,
    cast: Cast,
    row: Interview,
    person: Interviewee,
    choices: Mapping[Scope, bool],
    keys: KeyStore,
    **more: Any,
) -> ConsentTalk:
    """A talk that Carla held, spoken unless `more` says otherwise."""
    given: dict[str, Any] = {"id": uuid.uuid4(), "how": How.SPOKEN, **more}
    return consents.talk(db, actor_for(db, cast.carla.id), person, row, choices=choices, keys=keys, **given)


def everything(yes: bool = True) -> dict[Scope, bool]:
    return dict.fromkeys(Scope, yes)


def test_a_talk_keeps_who_explained_how_it_was_given_and_whether_it_was_understood(
    db: Session, cast: Cast, keys: KeyStore
) -> None:
    row = unasked(db, cast)
    person = row.interviewees[0]
    made = told(
        db, cast, row, person, everything(), keys, how=How.SIGNED, signature=LINE, teach_back=TeachBack.EXPLAINED_AGAIN
    )
    assert (made.by_id, made.how, made.teach_back) == (cast.carla.id, How.SIGNED, TeachBack.EXPLAINED_AGAIN)
    assert {(choice.talk_id, choice.given, choice.text_version) for choice in person.choices} == {
        (made.id, True, consents.TEXT_VERSION)
    }
    assert consents.unanswered(person) == []
    assert consents.talks_of(db, person) == [made]
    actions = list(db.scalars(sa.select(AuditEntry.action).where(AuditEntry.object_id == person.id)))
    assert actions.count("consent.talk") == 1


def test_a_signature_is_ciphertext_and_opens_for_who_may_ask_consent_only(
    db: Session, cast: Cast, keys: KeyStore
) -> None:
    row = interview(db, cast)
    made = told(db, cast, row, row.interviewees[0], everything(), keys, how=How.SIGNED, signature=LINE)
    assert made.signature_sealed is not None
    assert LINE.encode() not in made.signature_sealed
    for member in (cast.alice, cast.carla):
        assert consents.signature_of(db, actor_for(db, member.id), made, keys=keys) == LINE
    for member in (cast.bob, cast.dirk, cast.esra):
        with pytest.raises(NotAllowed):
            consents.signature_of(db, actor_for(db, member.id), made, keys=keys)
    spoken = told(db, cast, row, row.interviewees[0], everything(), keys)
    assert consents.signature_of(db, actor_for(db, cast.carla.id), spoken, keys=keys) is None


@pytest.mark.parametrize(
    "drawn",
    ["", "M1,2 Z", "L1,2", "M1,2L3,4", "M601,1", "M1,241", "M1,2 L-3,4", 'M1,2"/><script>', "M1,2 L3,4\n", "M1.5,2",
     "M1,2 " * 9000, "M١,2"],
)  # fmt: skip
def test_what_is_no_drawing_is_refused(db: Session, cast: Cast, keys: KeyStore, drawn: str) -> None:
    row = interview(db, cast)
    with pytest.raises(Invalid, match=r"consent\.signature"):
        told(db, cast, row, row.interviewees[0], everything(), keys, how=How.SIGNED, signature=drawn)
    assert db.scalars(sa.select(ConsentTalk)).all() == []


@given(
    st.lists(
        st.lists(st.tuples(st.integers(0, consents.WIDTH), st.integers(0, consents.HEIGHT)), min_size=1, max_size=8),
        min_size=1,
        max_size=8,
    )
)
def test_every_drawing_on_the_board_is_read_as_it_was_drawn(lines: list[list[tuple[int, int]]]) -> None:
    path = " ".join(
        f"{'L' if number else 'M'}{x},{y}" for line in lines for number, (x, y) in enumerate(line)
    )  # fmt: skip
    assert consents.strokes(path) == tuple(map(tuple, lines))


def test_the_same_talk_sent_twice_is_written_once(db: Session, cast: Cast, keys: KeyStore) -> None:
    row = interview(db, cast)
    person, talk_id = row.interviewees[0], uuid.uuid4()
    first = told(db, cast, row, person, everything(), keys, id=talk_id)
    count = len(person.choices)
    again = told(db, cast, row, person, everything(False), keys, id=talk_id)
    assert again is first
    assert len(person.choices) == count
    assert row.allows(Scope.USE_RESEARCH)
    other = interview(db, cast)
    with pytest.raises(NotVisible):
        told(db, cast, other, other.interviewees[0], everything(), keys, id=talk_id)


def test_who_does_not_take_part_says_no_to_everything_and_nothing_can_start(
    db: Session, cast: Cast, keys: KeyStore
) -> None:
    row = interview(db, cast)
    person, carla = row.interviewees[0], actor_for(db, cast.carla.id)
    told(db, cast, row, person, everything(), keys)
    assert allows(carla, Permission.RECORDING_ADD, row)
    told(db, cast, row, person, {Scope.USE_RESEARCH: False}, keys)
    assert not any(row.allows(scope) for scope in Scope)
    assert consents.waiting_for(row) == []
    assert not allows(carla, Permission.RECORDING_ADD, row)
    with pytest.raises(Invalid, match=r"consent\.no_research"):
        factories.transcript(db, carla, row, keys=keys)
    # A yes to something else does not count either, and taking part after all brings nothing back unasked.
    told(db, cast, row, person, {Scope.RECORD: True}, keys)
    assert not row.allows(Scope.RECORD)
    told(db, cast, row, person, {Scope.USE_RESEARCH: True}, keys)
    assert [scope for scope in Scope if row.allows(scope)] == [Scope.USE_RESEARCH]


def test_nobody_records_without_everybody_s_yes(db: Session, cast: Cast, keys: KeyStore) -> None:
    row = interview(db, cast, people=2)
    carla = actor_for(db, cast.carla.id)
    beside = consents.add_companion(db, carla, row)
    everybody = [(person, everything()) for person in row.interviewees]
    everybody.append((beside, dict.fromkeys(COMPANION_SCOPES, True)))
    for person, choices in everybody:
        assert not allows(carla, Permission.RECORDING_ADD, row)
        told(db, cast, row, person, choices, keys)
    assert allows(carla, Permission.RECORDING_ADD, row)
    for person, _choices in everybody:
        told(db, cast, row, person, {Scope.RECORD: False}, keys)
        assert not allows(carla, Permission.RECORDING_ADD, row)
        told(db, cast, row, person, {Scope.RECORD: True}, keys)
    assert allows(carla, Permission.RECORDING_ADD, row)


def test_who_sits_in_is_asked_about_own_words_only(db: Session, cast: Cast, keys: KeyStore) -> None:
    row = interview(db, cast)
    carla = actor_for(db, cast.carla.id)
    told(db, cast, row, row.interviewees[0], everything(), keys)
    beside = consents.add_companion(db, carla, row, pseudonym=" Tante  Bea ")
    assert (beside.pseudonym, consents.part_of(row, beside)) == ("Tante Bea", Part.COMPANION)
    assert consents.people_of(row) == [*row.interviewees, beside]
    assert consents.waiting_for(row) == [beside]
    assert consents.unanswered(beside, Part.COMPANION) == [scope for scope in Scope if scope in COMPANION_SCOPES]
    with pytest.raises(Invalid, match=r"consent\.companion"):
        told(db, cast, row, beside, everything(), keys)
    told(db, cast, row, beside, dict.fromkeys(COMPANION_SCOPES, True), keys)
    assert consents.waiting_for(row) == []
    assert row.allows(Scope.PORTRAIT)
    with pytest.raises(Invalid, match=r"consent\.companion_asked"):
        consents.remove_companion(db, carla, row, beside)


def test_a_companion_who_stays_away_does_not_hold_up_the_talk(db: Session, cast: Cast, keys: KeyStore) -> None:
    row = interview(db, cast)
    carla = actor_for(db, cast.carla.id)
    told(db, cast, row, row.interviewees[0], everything(), keys)
    gone = consents.add_companion(db, carla, row)
    assert not row.allows(Scope.RECORD)
    consents.remove_companion(db, carla, row, gone)
    assert row.allows(Scope.RECORD)
    with pytest.raises(NotVisible):
        consents.remove_companion(db, carla, row, row.interviewees[0])
    with pytest.raises(Invalid, match=r"pseudonym\.taken"):
        consents.add_companion(db, carla, row, pseudonym=(row.interviewees[0].pseudonym or "").upper())
    for _ in range(4):
        consents.add_companion(db, carla, row)
    with pytest.raises(Invalid, match=r"consent\.companions"):
        consents.add_companion(db, carla, row)
    for member in (cast.bob, cast.dirk, cast.esra):
        with pytest.raises(NotAllowed):
            consents.add_companion(db, actor_for(db, member.id), row)


def test_for_a_minor_it_takes_a_parent_and_the_minor(db: Session, cast: Cast, keys: KeyStore) -> None:
    row = interview(db, cast)
    young, carla = row.interviewees[0], actor_for(db, cast.carla.id)
    consents.add_representative(db, carla, row, young, Representative.PARENT)
    for missing in ({}, {"agrees": True}):
        with pytest.raises(Invalid, match=r"consent\.representative"):
            told(db, cast, row, young, everything(), keys, **missing)
    with pytest.raises(Invalid, match=r"consent\.agrees"):
        told(db, cast, row, young, everything(), keys, by_representative=True)
    with pytest.raises(Invalid, match=r"consent\.representative"):
        say(db, cast, young, use_research=True)
    told(db, cast, row, young, everything(), keys, by_representative=True, agrees=False)
    assert not any(row.allows(scope) for scope in Scope)
    made = told(db, cast, row, young, everything(), keys, by_representative=True, agrees=True)
    assert (made.by_representative, made.agrees) == (True, True)
    assert all(row.allows(scope) for scope in Scope)
    # The minor alone may always say no.
    told(db, cast, row, young, {Scope.USE_RESEARCH: False}, keys)
    assert not row.allows(Scope.USE_RESEARCH)


def test_what_somebody_allowed_alone_counts_no_longer_once_another_decides_too(
    db: Session, cast: Cast, keys: KeyStore
) -> None:
    row = interview(db, cast)
    person, carla = row.interviewees[0], actor_for(db, cast.carla.id)
    with pytest.raises(Invalid, match=r"consent\.nobody_represents"):
        told(db, cast, row, person, everything(), keys, by_representative=True, agrees=True)
    told(db, cast, row, person, everything(), keys)
    consents.add_representative(db, carla, row, person, Representative.CURATOR)
    db.expire_all()
    assert not any(row.allows(scope) for scope in Scope)
    consents.add_representative(db, carla, row, person, None)
    told(db, cast, row, person, everything(), keys)
    assert all(row.allows(scope) for scope in Scope)


def test_a_yes_that_was_said_before_a_no_does_not_undo_it_when_it_arrives_late(
    db: Session, cast: Cast, keys: KeyStore
) -> None:
    row = unasked(db, cast)
    person, morning = row.interviewees[0], now() - timedelta(hours=5)
    told(db, cast, row, person, everything(), keys, at=morning)
    told(db, cast, row, person, {Scope.RECORD: False}, keys, at=morning + timedelta(hours=2))
    told(db, cast, row, person, everything(), keys, at=morning + timedelta(hours=1))
    assert not row.allows(Scope.RECORD)
    assert row.allows(Scope.ARCHIVE)
    told(db, cast, row, person, {Scope.ARCHIVE: False}, keys, at=morning - timedelta(days=1))
    assert not row.allows(Scope.ARCHIVE)
    told(db, cast, row, person, {Scope.USE_RESEARCH: False}, keys)
    told(db, cast, row, person, everything(), keys, at=morning + timedelta(hours=4))
    assert not any(row.allows(scope) for scope in Scope)


def test_a_phone_that_lives_in_the_future_says_it_now(db: Session, cast: Cast, keys: KeyStore) -> None:
    row = interview(db, cast)
    made = told(db, cast, row, row.interviewees[0], everything(), keys, at=now() + timedelta(days=400))
    assert made.at <= now()
    told(db, cast, row, row.interviewees[0], {Scope.RECORD: False}, keys)
    assert not row.allows(Scope.RECORD)


@pytest.mark.parametrize(
    ("more", "key"),
    [
        ({"choices": {}}, "consent.nothing_asked"),
        ({"how": How.IMPORTED}, "consent.how"),
        ({"text_version": "<b>"}, "consent.text_version"),
        ({"text_version": "1" * 400}, "consent.text_version"),
    ],
)
def test_a_talk_that_cannot_be_is_refused_and_writes_nothing(
    db: Session, cast: Cast, keys: KeyStore, more: dict[str, Any], key: str
) -> None:
    row = interview(db, cast)
    with pytest.raises(Invalid) as refused:
        told(db, cast, row, row.interviewees[0], **{"choices": everything(), "keys": keys, **more})
    assert refused.value.key == key
    assert db.scalars(sa.select(ConsentTalk)).all() == []


def test_only_who_asks_consent_holds_the_talk(db: Session, cast: Cast, keys: KeyStore) -> None:
    row = interview(db, cast)
    given: dict[str, Any] = {"choices": everything(), "how": How.SPOKEN, "keys": keys}
    for member in (cast.bob, cast.dirk, cast.esra):
        with pytest.raises(NotAllowed):
            consents.talk(db, actor_for(db, member.id), row.interviewees[0], row, id=uuid.uuid4(), **given)
    with pytest.raises(NotVisible):
        consents.talk(db, actor_for(db, cast.zoe.id), row.interviewees[0], row, id=uuid.uuid4(), **given)
    other = interview(db, cast)
    with pytest.raises(NotVisible):
        told(db, cast, row, other.interviewees[0], everything(), keys)


def test_an_old_text_stays_the_text_that_was_answered(db: Session, cast: Cast, keys: KeyStore) -> None:
    row = interview(db, cast)
    person = row.interviewees[0]
    told(db, cast, row, person, everything(), keys, text_version="0.1")
    told(db, cast, row, person, {Scope.RECORD: False}, keys, text_version="0.2")
    versions = {choice.scope: choice.text_version for choice in person.current_choices().values()}
    assert versions.pop(Scope.RECORD) == "0.2"
    assert set(versions.values()) == {"0.1"}


def expected(model: dict[Scope, bool], choices: Mapping[Scope, bool]) -> dict[Scope, bool]:
    """What stands after a talk: the last answer per use, and nothing without taking part."""
    takes_part = choices.get(Scope.USE_RESEARCH, model.get(Scope.USE_RESEARCH, False))
    after = model | {scope: yes and takes_part for scope, yes in choices.items()}
    if Scope.USE_RESEARCH in choices and not takes_part:
        after = dict.fromkeys(after, False)
    return after


@pytest.mark.parametrize("seed", range(12))
def test_after_any_row_of_talks_the_last_answer_per_use_counts(
    db: Session, cast: Cast, keys: KeyStore, seed: int
) -> None:
    hat = random.Random(seed)
    row = unasked(db, cast)
    person = row.interviewees[0]
    model: dict[Scope, bool] = {}
    at: datetime = now() - timedelta(days=1)
    for _ in range(12):
        choices = {scope: hat.random() < 0.7 for scope in hat.sample(list(Scope), hat.randint(1, len(Scope)))}
        at = max([at, *(choice.at for choice in person.choices)]) + timedelta(seconds=hat.choice([1, 600]))
        made = told(db, cast, row, person, choices, keys, at=at)
        if hat.random() < 0.3:
            told(db, cast, row, person, {scope: not yes for scope, yes in choices.items()}, keys, id=made.id)
        model = expected(model, choices)
        db.expire_all()
        assert {scope: choice.given for scope, choice in person.current_choices().items()} == model


def recorded(db: Session, cast: Cast, row: Interview) -> Recording:
    """A recording that Carla began."""
    return recordings.begin(
        db,
        actor_for(db, cast.carla.id),
        row,
        recording_id=uuid.uuid4(),
        origin=RecordingOrigin.RECORDED,
        media_type="audio/webm",
    )


def test_a_no_to_the_recording_erases_what_was_recorded_and_another_change_does_not(
    db: Session, cast: Cast, keys: KeyStore
) -> None:
    row = interview(db, cast)
    person, carla = row.interviewees[0], actor_for(db, cast.carla.id)
    told(db, cast, row, person, everything(), keys)
    sound = recorded(db, cast, row)
    # Somebody who was not asked yet closes the recorder, and takes away nothing that there is.
    beside = consents.add_companion(db, carla, row)
    told(db, cast, row, person, {Scope.ARCHIVE: False}, keys)
    assert sound.erased_at is None
    told(db, cast, row, beside, dict.fromkeys(COMPANION_SCOPES, True), keys)
    told(db, cast, row, beside, {Scope.RECORD: False}, keys)
    assert sound.state is RecordingState.ERASED
    with pytest.raises((Invalid, NotAllowed)):
        recorded(db, cast, row)


def test_stopping_and_a_representative_who_was_not_asked_erase_the_recording_too(
    db: Session, cast: Cast, keys: KeyStore
) -> None:
    carla = actor_for(db, cast.carla.id)
    for way in ("stop", "represented"):
        row = interview(db, cast)
        person = row.interviewees[0]
        told(db, cast, row, person, everything(), keys)
        sound = recorded(db, cast, row)
        if way == "stop":
            told(db, cast, row, person, {Scope.USE_RESEARCH: False}, keys)
        else:
            consents.add_representative(db, carla, row, person, Representative.GUARDIAN)
        assert sound.state is RecordingState.ERASED, way
