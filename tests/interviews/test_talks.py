"""Holding an interview: notes from phones that were away, and when it was held."""

from __future__ import annotations

import uuid
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from coding.starter import start_guide_text
from interviews import guides, talks
from interviews.access import Actor, actor_for
from interviews.clock import now
from interviews.errors import Invalid, NotAllowed, NotVisible
from interviews.keys import KeyStore
from interviews.models import AuditEntry, Guide, Interview, Question, QuestionNote, Recording
from interviews.models.interview import Status
from interviews.models.recording import RecordingOrigin
from interviews.talks import BETWEEN, Jotting, OtherNote
from tests import factories
from tests.factories import Cast


@pytest.fixture
def guide(db: Session, cast: Cast) -> Guide:
    """The start guide, in use."""
    return guides.adopt(db, cast.project, start_guide_text())


@pytest.fixture
def carla(db: Session, cast: Cast) -> Actor:
    """The interviewer."""
    return actor_for(db, cast.carla.id)


@pytest.fixture
def interview(db: Session, cast: Cast, carla: Actor, guide: Guide) -> Interview:
    """An interview that Carla will hold."""
    return factories.interview(db, carla, cast.project)


def first(db: Session, interview: Interview) -> Question:
    """The first question of the talk."""
    return talks.questions_for(db, interview)[0]


def rows(db: Session) -> list[QuestionNote]:
    return list(db.scalars(sa.select(QuestionNote)))


def test_a_note_is_ciphertext_at_rest_and_words_for_the_interviewer(
    db: Session, interview: Interview, carla: Actor, keys: KeyStore
) -> None:
    question = first(db, interview)
    kept = talks.note(
        db, carla, interview, question, Jotting(asked=True, at_ms=61_000, text="Moe van wachten"), keys=keys
    )
    assert (kept.asked, kept.at_ms, kept.text) == (True, 61_000, "Moe van wachten")
    [row] = rows(db)
    assert row.text_sealed is not None
    assert b"wachten" not in row.text_sealed
    assert talks.notes_of(db, carla, interview, keys=keys) == {question.id: kept}


def test_the_same_note_again_changes_nothing(db: Session, interview: Interview, carla: Actor, keys: KeyStore) -> None:
    question = first(db, interview)
    jotting = Jotting(text="Eén keer")
    for _ in range(3):
        assert talks.note(db, carla, interview, question, jotting, keys=keys).text == "Eén keer"
    assert len(rows(db)) == 1


def test_what_a_device_says_nothing_about_stays(
    db: Session, interview: Interview, carla: Actor, keys: KeyStore
) -> None:
    question = first(db, interview)
    talks.note(db, carla, interview, question, Jotting(asked=True, text="Tekst"), keys=keys)
    kept = talks.note(db, carla, interview, question, Jotting(skipped=True), keys=keys)
    assert (kept.asked, kept.skipped, kept.text) == (False, True, "Tekst")
    assert talks.note(db, carla, interview, question, Jotting(asked=True), keys=keys).skipped is False
    assert talks.note(db, carla, interview, question, Jotting(text="", base="Tekst"), keys=keys).text == ""


def test_another_text_that_the_writer_had_not_seen_is_never_written_over(
    db: Session, interview: Interview, carla: Actor, keys: KeyStore
) -> None:
    question = first(db, interview)
    talks.note(db, carla, interview, question, Jotting(text="Van de telefoon"), keys=keys)
    with pytest.raises(OtherNote) as refused:
        talks.note(db, carla, interview, question, Jotting(text="Van de tablet", asked=True), keys=keys)
    assert refused.value.text == "Van de telefoon"
    assert (rows(db)[0].asked, talks.notes_of(db, carla, interview, keys=keys)[question.id].text) == (
        False,
        "Van de telefoon",
    )
    merged = talks.both("Van de tablet", refused.value.text)
    assert merged == f"Van de tablet{BETWEEN}Van de telefoon"
    kept = talks.note(db, carla, interview, question, Jotting(text=merged, base=refused.value.text), keys=keys)
    assert kept.text == merged


def test_a_text_that_holds_the_other_one_loses_nothing(
    db: Session, interview: Interview, carla: Actor, keys: KeyStore
) -> None:
    question = first(db, interview)
    talks.note(db, carla, interview, question, Jotting(text="Moe"), keys=keys)
    assert talks.note(db, carla, interview, question, Jotting(text="Moe en boos"), keys=keys).text == "Moe en boos"
    assert talks.both("Moe en boos", "Moe") == talks.both("Moe", "Moe en boos") == "Moe en boos"


def test_a_bsn_in_a_note_is_taken_out(db: Session, interview: Interview, carla: Actor, keys: KeyStore) -> None:
    question = first(db, interview)
    kept = talks.note(db, carla, interview, question, Jotting(text="bsn 123456782 genoemd"), keys=keys)
    assert "123456782" not in kept.text
    # The phone still has the number in its text, and sends on from there.
    again = Jotting(text="bsn 123456782 genoemd, en boos", base="bsn 123456782 genoemd")
    assert talks.note(db, carla, interview, question, again, keys=keys).text.endswith("genoemd, en boos")


@pytest.mark.parametrize(
    ("jotting", "key"),
    [
        (Jotting(text="x" * 5001), "note.long"),
        (Jotting(asked=True, at_ms=-1), "talk.mark"),
        (Jotting(asked=True, at_ms=25 * 3600 * 1000), "talk.mark"),
    ],
)
def test_what_does_not_fit_is_refused(
    db: Session, interview: Interview, carla: Actor, keys: KeyStore, jotting: Jotting, key: str
) -> None:
    with pytest.raises(Invalid, match=key.replace(".", r"\.")):
        talks.note(db, carla, interview, first(db, interview), jotting, keys=keys)
    assert rows(db) == []


def test_only_who_holds_the_interview_notes(db: Session, cast: Cast, interview: Interview, keys: KeyStore) -> None:
    question = first(db, interview)
    for person in (cast.alice, cast.bob, cast.dirk):
        with pytest.raises(NotAllowed):
            talks.note(db, actor_for(db, person.id), interview, question, Jotting(asked=True), keys=keys)
    with pytest.raises(NotVisible):
        talks.notes_of(db, actor_for(db, cast.zoe.id), interview, keys=keys)


def test_a_question_of_another_project_or_a_concept_does_not_exist_here(
    db: Session, cast: Cast, interview: Interview, guide: Guide, carla: Actor, keys: KeyStore
) -> None:
    foreign = guides.adopt(db, cast.elsewhere, start_guide_text())
    concept = guides.new_version(db, actor_for(db, cast.bob.id), guide)
    for question in (foreign.questions[0], concept.questions[0]):
        with pytest.raises(NotVisible):
            talks.note(db, carla, interview, question, Jotting(asked=True), keys=keys)


def test_a_mark_in_a_recording_belongs_to_a_recording_of_this_interview(
    db: Session, cast: Cast, interview: Interview, carla: Actor, keys: KeyStore
) -> None:
    other = factories.interview(db, carla, cast.project)
    own, foreign = (
        Recording(interview_id=one.id, origin=RecordingOrigin.RECORDED, media_type="audio/webm", started_at=now())
        for one in (interview, other)
    )
    db.add_all([own, foreign])
    db.flush()
    question = first(db, interview)
    kept = talks.note(db, carla, interview, question, Jotting(asked=True, at_ms=5, recording_id=own.id), keys=keys)
    assert kept.recording_id == own.id
    with pytest.raises(NotVisible):
        talks.note(db, carla, interview, question, Jotting(at_ms=5, recording_id=foreign.id), keys=keys)
    unknown = talks.note(db, carla, interview, question, Jotting(at_ms=7, recording_id=uuid.uuid4()), keys=keys)
    assert (unknown.at_ms, unknown.recording_id) == (7, None)


def test_an_interview_keeps_the_version_it_was_begun_with(
    db: Session, cast: Cast, interview: Interview, guide: Guide, carla: Actor, keys: KeyStore
) -> None:
    bob = actor_for(db, cast.bob.id)
    assert talks.guide_for(db, interview) is guide
    talks.note(db, carla, interview, first(db, interview), Jotting(asked=True), keys=keys)
    newer = guides.new_version(db, bob, guide)
    guides.publish(db, bob, newer)
    assert talks.guide_for(db, interview) is guide
    assert talks.guide_for(db, factories.interview(db, carla, cast.project)) is newer


def test_what_should_always_be_asked_is_told_until_it_was_asked_or_skipped(
    db: Session, interview: Interview, carla: Actor, keys: KeyStore
) -> None:
    questions = talks.questions_for(db, interview)
    musts = [one for one in questions if one.must]
    talks.note(db, carla, interview, musts[0], Jotting(asked=True), keys=keys)
    talks.note(db, carla, interview, musts[1], Jotting(skipped=True), keys=keys)
    assert talks.still_to_ask(questions, talks.notes_of(db, carla, interview, keys=keys)) == musts[2:]


def test_a_project_without_a_guide_has_a_talk_without_questions(db: Session, cast: Cast, carla: Actor) -> None:
    interview = factories.interview(db, carla, cast.project)
    assert talks.guide_for(db, interview) is None
    assert talks.questions_for(db, interview) == []
    talks.held(db, carla, interview, now().date())
    assert interview.status is Status.HELD


def test_an_interview_is_held_once_and_never_set_back(
    db: Session, interview: Interview, carla: Actor, guide: Guide
) -> None:
    day = now().date() - timedelta(days=1)
    talks.held(db, carla, interview, day)
    assert (interview.status, interview.held_on, interview.guide_id) == (Status.HELD, day, guide.id)
    talks.held(db, carla, interview, now().date())
    assert interview.held_on == day
    interview.status = Status.TYPED
    talks.held(db, carla, interview, day)
    assert interview.status is Status.TYPED
    logged = db.scalars(sa.select(AuditEntry).where(AuditEntry.action == "interview.held")).all()
    assert len(logged) == 1


def test_an_interview_is_not_held_in_the_future_nor_after_it_was_stopped(
    db: Session, interview: Interview, carla: Actor
) -> None:
    with pytest.raises(Invalid, match=r"talk\.day"):
        talks.held(db, carla, interview, date(2999, 1, 1))
    interview.status = Status.STOPPED
    with pytest.raises(NotAllowed):
        talks.held(db, carla, interview, now().date())


WORDS = st.lists(st.sampled_from(["moe", "boos", "wacht", "Anja"]), min_size=1, max_size=3).map(" ".join)


@settings(max_examples=25)
@given(writes=st.lists(st.tuples(st.integers(0, 1), WORDS, st.booleans()), min_size=1, max_size=8))
def test_no_words_are_lost_between_two_devices(
    db: Session, interview: Interview, carla: Actor, keys: KeyStore, writes: list[tuple[int, str, bool]]
) -> None:
    db.execute(sa.delete(QuestionNote))
    db.expire_all()
    question = first(db, interview)
    seen = ["", ""]
    for device, words, reads_first in writes:
        stored = talks.notes_of(db, carla, interview, keys=keys).get(question.id, talks.Note()).text
        if reads_first:
            seen[device] = stored
        try:
            kept = talks.note(db, carla, interview, question, Jotting(text=words, base=seen[device]), keys=keys).text
        except OtherNote as error:
            # What a phone does then.
            both = talks.both(words, error.text)
            kept = talks.note(db, carla, interview, question, Jotting(text=both, base=error.text), keys=keys).text
        assert words in kept
        if stored != seen[device]:
            assert stored in kept, "what this device had not seen is still there"
        seen[device] = kept
