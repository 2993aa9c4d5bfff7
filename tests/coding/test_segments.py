"""Coded passages: code, take off, see, and follow the text when it is corrected."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from coding import memos, segments, suggestions
from coding.errors import TextMoved
from coding.models import Memo, Segment, Suggestion
from coding.models.segment import Origin, Placement
from coding.models.suggestion import Answer
from coding.models.theme import ThemeStatus
from interviews import projects
from interviews.access import Actor, actor_for
from interviews.db import transaction, writing
from interviews.errors import Invalid, NotAllowed, NotVisible
from interviews.keys import KeyStore
from interviews.models import AuditEntry
from interviews.models.project import Role
from interviews.scopes import Scope
from tests import factories
from tests.coding.studies import Study, WordTagger
from tests.factories import ALL_SCOPES, TALK, Cast


@pytest.fixture
def study(db: Session, cast: Cast, keys: KeyStore) -> Study:
    """One approved story and a small codebook."""
    return Study(db, cast, keys)


def code(study: Study, actor: Actor, words: str, theme: str = "bel.brief") -> Segment:
    start, end = study.place(words)
    return segments.code(
        study.db,
        actor,
        study.transcript,
        revision_id=study.text().id,
        theme=study.theme(theme),
        start=start,
        end=end,
    )


def test_a_passage_gets_a_theme_by_a_person_in_a_role(study: Study) -> None:
    segment = code(study, study.dirk, "toen de brief kwam")
    assert (segment.quote, segment.coder_id, segment.coder_role) == (
        "toen de brief kwam",
        study.cast.dirk.id,
        Role.CO_CODER,
    )
    assert (segment.origin, segment.placement) == (Origin.SELF, Placement.PLACED)
    assert segment.before.endswith("Ik wist van niks ")


def test_white_space_at_the_ends_is_left_out(study: Study) -> None:
    assert code(study, study.bob, " brief ").quote == "brief"


def test_the_same_passage_twice_is_one_segment_and_overlaps_are_normal(study: Study) -> None:
    first = code(study, study.bob, "toen de brief")
    assert code(study, study.bob, "toen de brief") is first
    assert code(study, study.bob, "de brief kwam") is not first
    assert code(study, study.bob, "toen de brief", "hlp.luisteren") is not first
    assert code(study, study.dirk, "toen de brief") is not first


def test_somebody_who_is_both_codes_as_who_has_lived_it(study: Study) -> None:
    projects.give_role(study.db, study.cast.project, study.cast.bob, Role.CO_CODER)
    both = actor_for(study.db, study.cast.bob.id)
    assert code(study, both, "brief").coder_role is Role.CO_CODER


@pytest.mark.parametrize(
    ("start", "end", "key"), [(5, 5, "segment.outside"), (-1, 3, "segment.outside"), (0, 10**6, "segment.outside")]
)
def test_a_passage_outside_the_text_is_refused(study: Study, start: int, end: int, key: str) -> None:
    with pytest.raises(Invalid, match=key):
        segments.code(study.db, study.bob, study.transcript, revision_id=study.text().id, theme=study.theme(),
                      start=start, end=end)  # fmt: skip


def test_a_passage_without_words_is_refused(study: Study) -> None:
    with pytest.raises(Invalid, match=r"segment\.empty"):
        code(study, study.bob, " ")


def test_only_a_theme_of_the_project_that_is_in_use_can_be_chosen(study: Study) -> None:
    for theme in ("bel",):
        with pytest.raises(Invalid, match=r"theme\.other_project"):
            code(study, study.bob, "brief", theme)
    study.theme().status = ThemeStatus.RETIRED
    with pytest.raises(Invalid, match=r"theme\.other_project"):
        code(study, study.bob, "brief")


def test_who_codes_a_text_that_was_corrected_meanwhile_reads_it_again(study: Study) -> None:
    old = study.text().id
    study.correct(["Hoe gaat het?", *(text for _, text in TALK[1:])])
    with pytest.raises(TextMoved):
        segments.code(study.db, study.bob, study.transcript, revision_id=old, theme=study.theme(), start=0, end=3)


def test_nobody_codes_beyond_consent_or_role(db: Session, cast: Cast, keys: KeyStore) -> None:
    study = Study(db, cast, keys, scopes=ALL_SCOPES - {Scope.CO_READ})
    code(study, study.carla, "brief")
    for actor, refusal in ((study.dirk, NotAllowed), (study.alice, NotAllowed), (study.zoe, NotVisible)):
        with pytest.raises(refusal):
            code(study, actor, "brief")


def test_others_segments_show_after_the_own_first_reading(study: Study) -> None:
    own, others = code(study, study.dirk, "brief"), code(study, study.bob, "niks")
    assert segments.visible_segments(study.db, study.dirk, study.transcript) == [own]
    segments.finish_first_reading(study.db, study.dirk, study.transcript)
    segments.finish_first_reading(study.db, study.dirk, study.transcript)
    assert segments.visible_segments(study.db, study.dirk, study.transcript) == [others, own]
    # A researcher and a lead account for the work: they see it all.
    assert segments.visible_segments(study.db, study.bob, study.transcript) == [others, own]
    assert segments.visible_segments(study.db, study.alice, study.transcript) == [others, own]
    with pytest.raises(NotVisible):
        segments.visible_segments(study.db, study.zoe, study.transcript)


def test_a_peer_interviewer_who_may_co_read_sees_others_after_reading(study: Study) -> None:
    with transaction(study.db):
        fatou = factories.person(study.db, "fatou")
        projects.give_role(study.db, study.cast.project, fatou, Role.PEER_INTERVIEWER)
    actor = actor_for(study.db, fatou.id)
    others = code(study, study.bob, "niks")
    assert segments.visible_segments(study.db, actor, study.transcript) == []
    segments.finish_first_reading(study.db, actor, study.transcript)
    assert segments.visible_segments(study.db, actor, study.transcript) == [others]


def test_only_the_coder_takes_a_theme_off(study: Study) -> None:
    segment = code(study, study.dirk, "brief")
    with pytest.raises(NotAllowed):
        segments.uncode(study.db, study.bob, segment)
    segments.uncode(study.db, study.dirk, segment)
    assert study.db.scalars(sa.select(Segment)).all() == []


def test_what_somebody_wrote_at_a_passage_outlives_the_passage(study: Study) -> None:
    segment = code(study, study.dirk, "brief")
    memo = memos.add(study.db, study.bob, segment, text="Dit is de kern.", shared=True)
    segments.uncode(study.db, study.dirk, segment)
    study.db.expire_all()
    assert study.db.scalars(sa.select(Memo)).all() == [memo]
    assert (memo.segment_id, memo.transcript_id) == (None, study.transcript.id)


# Following the text


def test_an_untouched_passage_moves_along_and_needs_nobody(study: Study) -> None:
    segment = code(study, study.dirk, "toen de brief kwam")
    study.correct(["Hoe gaat het nu eigenlijk met je?", *(text for _, text in TALK[1:])])
    done = segments.follow(study.db, study.transcript)
    assert (done.placed, done.to_confirm, done.orphans) == (1, 0, 0)
    assert (study.text().text or "")[segment.start : segment.end] == segment.quote == "toen de brief kwam"
    assert segment.revision_id == study.text().id
    assert segment.placement is Placement.PLACED


def test_a_changed_passage_waits_for_a_person(study: Study) -> None:
    segment = code(study, study.dirk, "Ik wist van niks toen de brief kwam.")
    study.correct([TALK[0][1], TALK[1][1].replace("brief", "grote brief"), TALK[2][1], TALK[3][1]])
    segments.follow(study.db, study.transcript)
    assert segment.placement.value == "to_confirm"
    assert segments.to_look_at(study.db, [study.transcript]) == [segment]
    segments.confirm(study.db, study.dirk, segment)
    assert segment.placement is Placement.PLACED
    assert segments.to_look_at(study.db, [study.transcript]) == []


def test_a_passage_whose_words_are_gone_is_kept_and_can_be_put_back(study: Study) -> None:
    segment = code(study, study.dirk, "Later belde er een vrouw van de gemeente")
    study.correct([*(text for _, text in TALK[:3]), "Ik durfde niet te bellen."])
    assert segments.follow(study.db, study.transcript).orphans == 1
    assert segment.placement is Placement.ORPHAN
    assert segment.quote == "Later belde er een vrouw van de gemeente"
    assert segments.to_look_at(study.db, [study.transcript]) == [segment]
    start, end = study.place("Ik durfde niet")
    segments.place(study.db, study.bob, segment, revision_id=study.text().id, start=start, end=end)
    assert (segment.quote, segment.placement, segment.coder_id) == (
        "Ik durfde niet",
        Placement.PLACED,
        study.cast.dirk.id,
    )
    line = study.db.scalars(sa.select(AuditEntry).where(AuditEntry.action == "segment.place")).one()
    assert (line.actor_id, line.reason) == (study.cast.bob.id, "of somebody else")


def test_a_passage_that_waits_for_a_person_waits_on_at_the_next_correction(study: Study) -> None:
    segment = code(study, study.dirk, "Ik wist van niks toen de brief kwam")
    texts = [text for _, text in TALK]
    study.correct([texts[0], texts[1].replace("van niks", "van helemaal niks"), *texts[2:]])
    segments.follow(study.db, study.transcript)
    waiting = segment.placement.value
    study.correct(["Zo.", texts[1].replace("van niks", "van helemaal niks"), *texts[2:]])
    segments.follow(study.db, study.transcript)
    assert (waiting, segment.placement.value) == ("to_confirm", "to_confirm")


def test_following_twice_changes_nothing_more(study: Study) -> None:
    code(study, study.dirk, "brief")
    study.correct(["Zo.", *(text for _, text in TALK[1:])])
    segments.follow(study.db, study.transcript)
    again = segments.follow(study.db, study.transcript)
    assert (again.placed, again.to_confirm, again.orphans) == (0, 0, 0)
    logged = study.db.scalars(sa.select(AuditEntry.reason).where(AuditEntry.action == "segments.follow")).all()
    assert logged == ["placed 1, to confirm 0, orphans 0"]


def test_answered_suggestions_stay_and_unanswered_ones_go_with_their_words(study: Study) -> None:
    suggestions.refresh(study.db, study.transcript, WordTagger(bel_brief="brief", hlp_luisteren="luisterde"))
    segments.finish_first_reading(study.db, study.dirk, study.transcript)
    brief = suggestions.visible_suggestions(study.db, study.dirk, study.transcript)[0]
    suggestions.answer(study.db, study.dirk, brief, Answer.NO)
    study.correct([TALK[0][1], "Het gaat wel.", TALK[2][1], "Ik durfde niet te bellen."])
    segments.follow(study.db, study.transcript)
    assert study.db.scalars(sa.select(Suggestion)).all() == [brief]
    assert [answer.answer for answer in brief.answers] == [Answer.NO]
    # Its place means nothing in the new text, so it is not shown there.
    assert suggestions.visible_suggestions(study.db, study.dirk, study.transcript) == []


STORY = (
    "Hoe gaat het nu met je?",
    "Het gaat wel, ja. Ik wist van niks toen de brief kwam, van niks.",
    "Wat deed dat met je?",
    "Ik durfde niet te bellen. Later belde er een vrouw 😀 van de gemeente, die luisterde echt.",
    "Ja. Dat hielp. Ja, dat hielp echt.",
)
PIECES = st.sampled_from(
    ["", "ja ", "niet ", "brief ", "é", "😀", " en toen", ".", "Ik wist van niks ", "van de gemeente"]
)


@st.composite
def edited(draw: st.DrawFn) -> list[str]:
    """The story after several random corrections: letters, words, sentences and whole turns."""
    texts = list(STORY)
    for _ in range(draw(st.integers(3, 7))):
        number = draw(st.integers(0, len(texts) - 1))
        text = texts[number]
        kind = draw(st.sampled_from(["replace", "drop turn", "swap turns", "repeat turn"]))
        if kind == "drop turn" and len(texts) > 2:
            del texts[number]
        elif kind == "swap turns":
            other = draw(st.integers(0, len(texts) - 1))
            texts[number], texts[other] = texts[other], texts[number]
        elif kind == "repeat turn" and len(texts) < 8:
            texts.insert(number, text)
        else:
            start = draw(st.integers(0, len(text)))
            end = draw(st.integers(start, min(len(text), start + 25)))
            texts[number] = text[:start] + draw(PIECES) + text[end:]
    texts = [text for text in texts if text.strip()]
    return texts or ["Niets."]


SPANS = st.tuples(st.integers(0, sum(map(len, STORY)) + 3), st.integers(1, 60), st.booleans())


@settings(max_examples=120)
@given(rounds=st.lists(edited(), min_size=1, max_size=2), spans=st.lists(SPANS, min_size=1, max_size=6))
def test_after_any_correction_each_passage_has_its_words_or_waits_for_a_person(
    db: Session, cast: Cast, keys: KeyStore, rounds: list[list[str]], spans: list[tuple[int, int, bool]]
) -> None:
    talk = [("I" if number % 2 == 0 else "R", text) for number, text in enumerate(STORY)]
    study = Study(db, cast, keys, talk=talk)
    text = study.text().text or ""
    made: dict[object, tuple[object, object]] = {}
    for start, length, by_dirk in spans:
        end = min(len(text), start + length)
        if not text[start:end].strip():
            continue
        actor = study.dirk if by_dirk else study.bob
        row = segments.code(db, actor, study.transcript, revision_id=study.text().id, theme=study.theme(),
                            start=start, end=end)  # fmt: skip
        made[row.id] = (row.coder_id, row.theme_id)
    said = {row.id: row.quote for row in db.scalars(sa.select(Segment))}
    for texts in rounds:
        study.correct(texts)
        segments.follow(db, study.transcript)
        db.expire_all()
        rows = {
            row.id: row for row in db.scalars(sa.select(Segment).where(Segment.transcript_id == study.transcript.id))
        }
        assert {key: (row.coder_id, row.theme_id) for key, row in rows.items()} == made
        newest = study.text()
        waiting = set(segments.to_look_at(db, [study.transcript]))
        for key, row in rows.items():
            if row.placement is Placement.ORPHAN:
                assert row in waiting
                continue
            assert row.revision_id == newest.id
            assert (newest.text or "")[row.start : row.end] == row.quote
            assert row.quote == said[key] or row in waiting
            said[key] = row.quote
    db.rollback()


def test_segments_work_on_both_databases(any_engine: sa.Engine, keys: KeyStore) -> None:
    with writing(any_engine)() as db:
        with transaction(db):
            study = Study(db, factories.cast(db), keys)
            segment = code(study, study.dirk, "brief")
            memos.add(db, study.dirk, segment, text="Hm.")
        with transaction(db):
            study.correct(["Zo.", *(text for _, text in TALK[1:])])
            assert segments.follow(db, study.transcript).placed == 1
        with transaction(db):
            segments.uncode(db, study.dirk, segment)
        assert db.scalars(sa.select(Segment)).all() == []
