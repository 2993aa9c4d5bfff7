"""What the tagger proposes and what people answer."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coding import segments, suggestions
from coding.errors import TextMoved
from coding.models import Segment, Suggestion
from coding.models.segment import Origin
from coding.models.suggestion import Answer
from coding.tagging.tagger import default_tagger
from interviews import transcripts
from interviews.access import Actor
from interviews.db import transaction, writing
from interviews.errors import Invalid, NotAllowed
from interviews.keys import KeyStore
from interviews.turns import SpeakerRole
from tests import factories
from tests.coding.studies import Study, WordTagger
from tests.factories import TALK, Cast

TAGGER = WordTagger(bel_brief="brief", hlp_luisteren="luisterde")


@pytest.fixture
def study(db: Session, cast: Cast, keys: KeyStore) -> Study:
    """A story with two suggestions."""
    made = Study(db, cast, keys)
    suggestions.refresh(db, made.transcript, TAGGER)
    return made


def seen(study: Study, actor: Actor) -> list[Suggestion]:
    return list(suggestions.visible_suggestions(study.db, actor, study.transcript))


def read(study: Study, actor: Actor) -> list[Suggestion]:
    segments.finish_first_reading(study.db, actor, study.transcript)
    return seen(study, actor)


def all_segments(study: Study) -> list[Segment]:
    return list(study.db.scalars(sa.select(Segment)))


def test_nobody_sees_a_suggestion_before_the_own_first_reading(study: Study) -> None:
    for actor in (study.alice, study.bob, study.carla, study.dirk):
        assert seen(study, actor) == []
    assert [row.quote for row in read(study, study.dirk)] == ["brief", "luisterde"]
    assert seen(study, study.bob) == []
    suggestion = study.db.scalars(sa.select(Suggestion)).first()
    assert suggestion is not None
    with pytest.raises(Invalid, match=r"suggestion\.before_reading"):
        suggestions.answer(study.db, study.bob, suggestion, Answer.YES)


def test_a_suggestion_says_why_in_words_of_the_text(study: Study) -> None:
    text = study.text().text or ""
    for row in read(study, study.dirk):
        assert row.reason
        assert all(word in text[row.start : row.end] for word in row.reason)


def test_a_yes_makes_one_segment_and_again_the_same(study: Study) -> None:
    brief = read(study, study.dirk)[0]
    segment = suggestions.answer(study.db, study.dirk, brief, Answer.YES)
    assert segment is not None
    assert (segment.quote, segment.origin, segment.coder_id) == ("brief", Origin.ACCEPTED, study.cast.dirk.id)
    assert suggestions.answer(study.db, study.dirk, brief, Answer.YES) is segment
    assert all_segments(study) == [segment]


@pytest.mark.parametrize("later", [Answer.NO, Answer.LATER])
def test_a_yes_that_becomes_something_else_takes_its_segment_away(study: Study, later: Answer) -> None:
    brief = read(study, study.dirk)[0]
    suggestions.answer(study.db, study.dirk, brief, Answer.YES)
    assert suggestions.answer(study.db, study.dirk, brief, later) is None
    assert all_segments(study) == []
    assert suggestions.answer_of(brief, study.dirk) is later
    assert suggestions.answer(study.db, study.dirk, brief, Answer.YES) is not None


def test_an_answer_can_be_taken_back_whole(study: Study) -> None:
    brief = read(study, study.dirk)[0]
    suggestions.answer(study.db, study.dirk, brief, Answer.YES)
    suggestions.take_back(study.db, study.dirk, brief)
    assert suggestions.answer_of(brief, study.dirk) is None
    assert all_segments(study) == []
    assert brief in seen(study, study.dirk)


def test_a_segment_made_by_hand_is_never_taken_away_by_an_answer(study: Study) -> None:
    brief = read(study, study.dirk)[0]
    start, end = study.place("brief")
    own = segments.code(study.db, study.dirk, study.transcript, revision_id=study.text().id, theme=study.theme(),
                        start=start, end=end)  # fmt: skip
    assert suggestions.answer(study.db, study.dirk, brief, Answer.YES) is own
    suggestions.answer(study.db, study.dirk, brief, Answer.NO)
    suggestions.take_back(study.db, study.dirk, brief)
    assert all_segments(study) == [own]


def test_every_coder_answers_apart(study: Study) -> None:
    brief = read(study, study.dirk)[0]
    read(study, study.bob)
    suggestions.answer(study.db, study.dirk, brief, Answer.YES)
    suggestions.answer(study.db, study.bob, brief, Answer.NO)
    assert suggestions.answer_of(brief, study.dirk) is Answer.YES
    assert suggestions.answer_of(brief, study.bob) is Answer.NO
    assert [row.coder_id for row in all_segments(study)] == [study.cast.dirk.id]
    suggestions.take_back(study.db, study.bob, brief)
    assert suggestions.answer_of(brief, study.dirk) is Answer.YES


def test_asking_again_adds_nothing_and_keeps_every_answer(study: Study) -> None:
    before = read(study, study.dirk)
    suggestions.answer(study.db, study.dirk, before[0], Answer.NO)
    assert suggestions.refresh(study.db, study.transcript, TAGGER) == 0
    assert seen(study, study.dirk) == before
    assert suggestions.answer_of(before[0], study.dirk) is Answer.NO
    assert study.transcript.tagged_at is not None


def test_what_is_no_longer_proposed_goes_unless_somebody_answered(study: Study) -> None:
    brief, _ = read(study, study.dirk)
    suggestions.answer(study.db, study.dirk, brief, Answer.NO)
    assert suggestions.refresh(study.db, study.transcript, WordTagger(hlp_luisteren="vrouw")) == 1
    assert [row.quote for row in seen(study, study.dirk)] == ["brief", "vrouw"]


def test_words_of_the_interviewer_are_not_suggested(study: Study) -> None:
    tagger = WordTagger(bel_brief="brief", hlp_luisteren="deed")
    suggestions.refresh(study.db, study.transcript, tagger)
    assert "deed" not in [row.quote for row in read(study, study.dirk)]
    voice = next(row for row in study.transcript.speakers if row.label == "R")
    transcripts.change_speaker(study.db, study.bob, voice, role=SpeakerRole.INTERVIEWER)
    suggestions.refresh(study.db, study.transcript, TAGGER)
    assert seen(study, study.dirk) == []


def test_the_real_tagger_leaves_the_interviewer_alone(db: Session, cast: Cast, keys: KeyStore) -> None:
    said = "Elke keer moest ik opnieuw mijn verhaal doen."
    study = Study(db, cast, keys, talk=[("I", said), ("R", said)])
    from coding import codebooks
    from coding.starter import start_lexicon

    codebooks.adopt(db, cast.project, start_lexicon())
    assert suggestions.refresh(db, study.transcript, default_tagger()) > 0
    own = study.text().turns[1]
    assert all(row.start >= own.start for row in db.scalars(sa.select(Suggestion)))


def test_a_theme_that_the_codebook_does_not_have_is_not_suggested(study: Study) -> None:
    assert suggestions.refresh(study.db, study.transcript, WordTagger(bel_onbekend="niks")) == 0


def test_a_suggestion_on_an_older_text_cannot_be_answered(study: Study) -> None:
    brief = read(study, study.dirk)[0]
    study.correct(["Zo.", *(text for _, text in TALK[1:])])
    with pytest.raises(TextMoved):
        suggestions.answer(study.db, study.dirk, brief, Answer.YES)


def test_who_may_not_code_may_not_answer(study: Study) -> None:
    brief = read(study, study.dirk)[0]
    with pytest.raises(NotAllowed):
        suggestions.answer(study.db, study.alice, brief, Answer.YES)
    with pytest.raises(NotAllowed):
        suggestions.take_back(study.db, study.alice, brief)


def test_answers_are_counted_per_theme_within_the_project(study: Study) -> None:
    brief, luisterde = read(study, study.dirk)
    read(study, study.bob)
    suggestions.answer(study.db, study.dirk, brief, Answer.YES)
    suggestions.answer(study.db, study.bob, brief, Answer.NO)
    suggestions.answer(study.db, study.dirk, luisterde, Answer.LATER)
    assert suggestions.counts_per_theme(study.db, study.cast.project.id) == {
        "bel.brief": {"offered": 1, "yes": 1, "no": 1, "later": 0},
        "hlp.luisteren": {"offered": 1, "yes": 0, "no": 0, "later": 1},
    }
    assert suggestions.counts_per_theme(study.db, study.cast.elsewhere.id) == {}


def test_suggestions_work_on_both_databases(any_engine: sa.Engine, keys: KeyStore) -> None:
    with writing(any_engine)() as db:
        with transaction(db):
            study = Study(db, factories.cast(db), keys)
            suggestions.refresh(db, study.transcript, TAGGER)
        with transaction(db):
            brief = read(study, study.dirk)[0]
            suggestions.answer(db, study.dirk, brief, Answer.YES)
        with transaction(db):
            suggestions.answer(db, study.dirk, brief, Answer.NO)
        assert all_segments(study) == []
