"""Work that a page does not wait for: a queue of ids, done once, found again after a crash."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coding import codebooks
from coding.models import Suggestion
from coding.starter import start_lexicon
from interviews import consents
from interviews.db import transaction
from interviews.keys import KeyStore
from interviews.models import Transcript
from interviews.models.interview import How, Status
from interviews.scopes import Scope
from tests import factories
from tests.coding.studies import Study
from tests.factories import Cast
from webapp.jobs import Jobs

TALK = (("I", "Hoe ging dat?"), ("R", "Elke keer moest ik opnieuw mijn verhaal doen. Kanariegeel was de brief."))


@pytest.fixture
def study(db: Session, cast: Cast, keys: KeyStore) -> Study:
    """One approved story that nobody has tagged."""
    with transaction(db):
        made = Study(db, cast, keys, talk=TALK)
        codebooks.adopt(db, cast.project, start_lexicon())
    return made


@pytest.fixture
def jobs(engine: sa.Engine, tmp_path: Path) -> Jobs:
    """A queue whose jobs are done at once."""
    return Jobs(engine, folder=tmp_path / "data", immediate=True)


def proposed(db: Session) -> list[object]:
    db.rollback()
    db.expire_all()
    return list(db.scalars(sa.select(Suggestion.id).order_by(Suggestion.id)))


def test_a_job_done_twice_is_done_once(study: Study, jobs: Jobs, db: Session) -> None:
    transcript_id = study.transcript.id
    jobs.tag(transcript_id)
    first = proposed(db)
    assert first
    assert db.get_one(Transcript, transcript_id).tagged_at is not None
    # What this test has read is let go: a job waits for a lock.
    db.rollback()
    jobs.tag(transcript_id)
    assert proposed(db) == first


def test_a_corrected_text_is_read_again_and_the_segments_follow(study: Study, jobs: Jobs, db: Session) -> None:
    jobs.tag(study.transcript.id)
    assert proposed(db)
    with transaction(db):
        study.correct(["Hoe ging dat eigenlijk?", TALK[1][1]])
    jobs.tag(study.transcript.id)
    proposed(db)
    newest = study.text().id
    assert {row.revision_id for row in db.scalars(sa.select(Suggestion))} == {newest}


def test_what_was_not_done_is_found_again(study: Study, jobs: Jobs, db: Session) -> None:
    with transaction(db):
        study.story(talk=TALK)
        waiting = factories.interview(db, study.carla, study.cast.project)
        factories.transcript(db, study.carla, waiting, keys=study.keys, talk=TALK)
    assert jobs.catch_up() == 2
    assert jobs.catch_up() == 0
    assert len(proposed(db)) >= 2


def test_a_job_for_a_text_that_is_gone_or_not_approved_does_nothing(study: Study, jobs: Jobs, db: Session) -> None:
    import uuid

    jobs.tag(uuid.uuid4())
    with transaction(db):
        study.transcript.approved_at = None
    jobs.tag(study.transcript.id)
    assert proposed(db) == []


def test_a_no_that_comes_before_the_job_counts(study: Study, jobs: Jobs, db: Session) -> None:
    with transaction(db):
        person = study.transcript.interview.interviewees[0]
        consents.record(db, study.carla, person, choices={Scope.USE_RESEARCH: False}, how=How.SPOKEN)
        other = study.story(talk=TALK)
        other.interview.status = Status.STOPPED
    jobs.tag(study.transcript.id)
    jobs.tag(other.id)
    assert proposed(db) == []


def test_a_project_without_a_codebook_gets_no_suggestions(db: Session, cast: Cast, keys: KeyStore, jobs: Jobs) -> None:
    with transaction(db):
        study = Study(db, cast, keys, talk=TALK)
        db.delete(study.theme("bel.brief"))
        for theme in list(study.codebook.themes):
            db.delete(theme)
        db.flush()
        db.delete(study.codebook)
    jobs.tag(study.transcript.id)
    assert proposed(db) == []


def test_the_queue_holds_ids_and_never_a_word(study: Study, engine: sa.Engine, tmp_path: Path, db: Session) -> None:
    db.rollback()
    waiting = Jobs(engine, folder=tmp_path / "data")
    assert waiting.catch_up() == 1
    waiting.tag(study.transcript.id)
    assert waiting.queue.pending_count() == 2
    written = b"".join(path.read_bytes() for path in (tmp_path / "data").glob("jobs.db*"))
    assert str(study.transcript.id).encode() in written
    for word in ("Kanariegeel", "opnieuw", "D-01", "Carla", study.cast.project.title):
        assert word.encode() not in written
    # Another process takes the job out and does it.
    task = waiting.queue.dequeue()
    assert task is not None
    waiting.queue.execute(task)
    assert proposed(db)
