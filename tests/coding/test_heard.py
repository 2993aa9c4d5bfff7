"""How often a theme was heard, and the passages of it that somebody may read."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coding import heard, readings, segments
from coding.heard import Heard
from interviews import consents
from interviews.access import Actor
from interviews.keys import KeyStore
from interviews.models import Transcript
from interviews.models.interview import How, Status
from interviews.scopes import Scope
from tests.coding.studies import Study
from tests.factories import ALL_SCOPES, Cast


def choose(study: Study, actor: Actor, words: str, transcript: Transcript | None = None) -> None:
    start, end = study.place(words, transcript)
    segments.code(
        study.db,
        actor,
        transcript or study.transcript,
        revision_id=study.text(transcript).id,
        theme=study.theme(),
        start=start,
        end=end,
    )


def counted(study: Study, actor: Actor) -> tuple[int, Heard]:
    found = heard.counts(study.db, actor, readings.approved(study.db, study.cast.project))
    return found.interviews, found.of(study.theme())


def read(study: Study, actor: Actor) -> list[str]:
    stories = readings.approved(study.db, study.cast.project)
    return [row.quote for row in heard.passages(study.db, actor, study.theme(), stories)]


def test_a_theme_nobody_chose_is_not_heard(db: Session, cast: Cast, keys: KeyStore) -> None:
    study = Study(db, cast, keys)
    assert counted(study, study.bob) == (1, Heard(interviews=0, passages=0, own=0))


def test_people_who_agree_are_one_passage(db: Session, cast: Cast, keys: KeyStore) -> None:
    study = Study(db, cast, keys)
    choose(study, study.dirk, "brief")
    choose(study, study.bob, "brief")
    assert counted(study, study.dirk) == (1, Heard(interviews=1, passages=1, own=1))
    assert counted(study, study.alice) == (1, Heard(interviews=1, passages=1, own=0))


def test_interviews_are_counted_once_and_out_of_all_that_count(db: Session, cast: Cast, keys: KeyStore) -> None:
    study = Study(db, cast, keys)
    study.story()
    choose(study, study.bob, "brief")
    choose(study, study.bob, "Ik wist van niks")
    assert counted(study, study.bob) == (2, Heard(interviews=1, passages=2, own=2))


def test_a_story_of_somebody_who_said_no_does_not_count(db: Session, cast: Cast, keys: KeyStore) -> None:
    study = Study(db, cast, keys)
    choose(study, study.bob, "brief")
    person = study.transcript.interview.interviewees[0]
    consents.record(db, study.carla, person, choices={Scope.USE_RESEARCH: False}, how=How.SPOKEN)
    assert counted(study, study.bob) == (0, Heard())
    assert read(study, study.bob) == []


def test_a_story_that_was_stopped_and_a_practice_interview_do_not_count(
    db: Session, cast: Cast, keys: KeyStore
) -> None:
    study = Study(db, cast, keys)
    practice = study.story()
    choose(study, study.bob, "brief")
    choose(study, study.bob, "brief", practice)
    study.transcript.interview.status = Status.STOPPED
    practice.interview.practice = True
    db.flush()
    assert counted(study, study.bob) == (0, Heard())


def test_a_passage_whose_words_are_gone_is_not_counted(db: Session, cast: Cast, keys: KeyStore) -> None:
    study = Study(db, cast, keys)
    choose(study, study.bob, "brief")
    study.correct(["Hoe ging het?", "Daar zeg ik niets meer over."])
    segments.follow(db, study.transcript)
    assert counted(study, study.bob) == (1, Heard())
    assert read(study, study.bob) == []


def test_numbers_are_for_everybody_and_words_wait_for_the_own_reading(db: Session, cast: Cast, keys: KeyStore) -> None:
    study = Study(db, cast, keys)
    choose(study, study.bob, "brief")
    assert counted(study, study.dirk)[1].passages == 1
    assert read(study, study.dirk) == []
    segments.finish_first_reading(db, study.dirk, study.transcript)
    assert read(study, study.dirk) == ["brief"]


def test_ones_own_words_are_read_at_once_and_those_of_a_closed_story_never(
    db: Session, cast: Cast, keys: KeyStore
) -> None:
    study = Study(db, cast, keys)
    closed = study.story(scopes=ALL_SCOPES - {Scope.CO_READ})
    choose(study, study.dirk, "brief")
    choose(study, study.bob, "brief", closed)
    segments.finish_first_reading(db, study.dirk, study.transcript)
    assert read(study, study.dirk) == ["brief"]
    assert read(study, study.bob) == ["brief", "brief"]
    assert read(study, study.zoe) == []


def test_counting_costs_the_same_number_of_questions_however_much_was_said(
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
        heard.counts(db, study.bob, readings.approved(db, cast.project))
        return len(asked)

    few = cost()
    for _ in range(3):
        choose(study, study.bob, "brief", study.story())
    assert cost() == few
