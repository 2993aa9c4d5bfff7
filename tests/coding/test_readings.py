"""Which stories somebody may read, and how far the coding of each is."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coding import readings, segments
from interviews import consents
from interviews.access import Actor
from interviews.keys import KeyStore
from interviews.models.interview import How
from interviews.scopes import Scope
from tests import factories
from tests.coding.studies import Study
from tests.factories import ALL_SCOPES, Cast


def codes(study: Study, actor: Actor) -> list[str]:
    return [story.interview.code for story in readings.readable(study.db, actor, study.cast.project)]


def test_everybody_reads_what_consent_and_role_allow(db: Session, cast: Cast, keys: KeyStore) -> None:
    study = Study(db, cast, keys)
    study.story(scopes=ALL_SCOPES - {Scope.CO_READ})
    assert [
        codes(study, actor) for actor in (study.alice, study.bob, study.carla, study.dirk, study.esra, study.zoe)
    ] == [
        ["D-01", "D-02"],
        ["D-01", "D-02"],
        ["D-01", "D-02"],
        ["D-01"],
        [],
        [],
    ]


def test_a_story_whose_names_are_still_in_it_is_not_there(db: Session, cast: Cast, keys: KeyStore) -> None:
    study = Study(db, cast, keys)
    factories.transcript(db, study.carla, factories.interview(db, study.carla, cast.project), keys=keys)
    assert codes(study, study.bob) == ["D-01"]


def test_a_no_takes_a_story_off_the_list_at_once(db: Session, cast: Cast, keys: KeyStore) -> None:
    study = Study(db, cast, keys)
    person = study.transcript.interview.interviewees[0]
    consents.record(db, study.carla, person, choices={Scope.USE_RESEARCH: False}, how=How.SPOKEN)
    assert codes(study, study.bob) == []


def test_the_list_says_how_far_one_is(db: Session, cast: Cast, keys: KeyStore) -> None:
    study = Study(db, cast, keys)
    start, end = study.place("brief")
    for actor in (study.dirk, study.bob):
        segments.code(
            db, actor, study.transcript, revision_id=study.text().id, theme=study.theme(), start=start, end=end
        )
    segments.finish_first_reading(db, study.dirk, study.transcript)
    (story,) = readings.readable(db, study.dirk, cast.project)
    assert (story.own_segments, story.first_reading_done) == (1, True)
    (story,) = readings.readable(db, study.carla, cast.project)
    assert (story.own_segments, story.first_reading_done) == (0, False)


def test_the_list_costs_the_same_number_of_questions_however_long_it_is(
    db: Session, cast: Cast, keys: KeyStore, engine: sa.Engine
) -> None:
    study = Study(db, cast, keys)
    asked: list[str] = []
    sa.event.listen(engine, "before_cursor_execute", lambda *args: asked.append(args[2]))

    def cost() -> int:
        db.flush()
        db.expire_all()
        _ = cast.project.id
        asked.clear()
        readings.readable(db, study.bob, cast.project)
        return len(asked)

    few = cost()
    for _ in range(4):
        study.story()
    assert cost() == few
