"""What must go is hidden at once, in the raw text and in the research text, and can be shown again."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from coding import codebooks, segments
from coding.models import Theme
from coding.starter import start_lexicon
from interviews import hidden, names, removals, transcripts
from interviews.access import Actor, actor_for
from interviews.errors import Invalid, NotAllowed, NotVisible
from interviews.hidden import BLOCK, OMITTED
from interviews.keys import KeyStore
from interviews.models import Recording, RemovalRequest, Transcript
from interviews.models.aftercare import RemovalState
from interviews.models.recording import RecordingOrigin
from interviews.models.transcript import Layer
from interviews.turns import Turn
from tests import factories
from tests.factories import Cast

SECRET = "Mijn broer zat toen vast in Zutphen"
TALK = (("I", "Hoe was dat?"), ("R", f"Zwaar. {SECRET}. Daarna kreeg ik stress."), ("I", "Dank je."))
START = TALK[1][1].index(SECRET)


@pytest.fixture
def carla(db: Session, cast: Cast) -> Actor:
    return actor_for(db, cast.carla.id)


@pytest.fixture
def alice(db: Session, cast: Cast) -> Actor:
    return actor_for(db, cast.alice.id)


@pytest.fixture
def transcript(db: Session, cast: Cast, carla: Actor, keys: KeyStore) -> Transcript:
    return factories.transcript(db, carla, factories.interview(db, carla, cast.project), keys=keys, talk=TALK)


def ask(db: Session, actor: Actor, transcript: Transcript, keys: KeyStore) -> RemovalRequest:
    return removals.ask_passage(
        db,
        actor,
        transcript.interview,
        turn=1,
        start=START,
        end=START + len(SECRET),
        keys=keys,
        reason="Te herkenbaar.",
    )


def raw(db: Session, transcript: Transcript, keys: KeyStore) -> str:
    return "\n".join(turn.text for turn in transcripts.open_raw(db, transcript, keys=keys)[1])


def test_a_passage_that_must_go_is_blocked_out_wherever_the_raw_text_is_opened(
    db: Session, carla: Actor, transcript: Transcript, keys: KeyStore
) -> None:
    before = raw(db, transcript, keys)
    request = ask(db, carla, transcript, keys)
    after = raw(db, transcript, keys)
    assert SECRET not in after
    assert len(after) == len(before)
    assert after.replace(BLOCK * len(SECRET), SECRET) == before
    assert removals.reason_of(request, keys=keys) == "Te herkenbaar."


def test_it_is_left_out_of_the_research_text_that_is_made_later(
    db: Session, carla: Actor, alice: Actor, transcript: Transcript, keys: KeyStore
) -> None:
    ask(db, carla, transcript, keys)
    factories.approved(db, transcript, by=alice, keys=keys)
    _, turns = transcripts.read_research(db, alice, transcript)
    assert turns[1].text == f"Zwaar. {OMITTED}. Daarna kreeg ik stress."


def test_it_is_taken_out_of_a_research_text_that_was_approved_and_codings_stay_on_the_same_words(
    db: Session, cast: Cast, carla: Actor, alice: Actor, transcript: Transcript, keys: KeyStore
) -> None:
    factories.approved(db, transcript, by=alice, keys=keys)
    codebook = codebooks.adopt(db, cast.project, start_lexicon())
    theme: Theme = next(one for one in codebook.themes if one.assignable)
    bob = actor_for(db, cast.bob.id)
    revision, _ = transcripts.read_research(db, bob, transcript)
    text = revision.text or ""
    stays = text.index("Daarna kreeg ik stress")
    kept = segments.code(db, bob, transcript, theme=theme, start=stays, end=stays + 22, revision_id=revision.id)
    gone = segments.code(
        db, bob, transcript, theme=theme, start=text.index(SECRET), end=text.index(SECRET) + 10, revision_id=revision.id
    )
    ask(db, carla, transcript, keys)
    segments.follow(db, transcript)
    newer, _ = transcripts.read_research(db, bob, transcript)
    assert SECRET not in (newer.text or "")
    assert transcript.approved_at is not None
    assert (newer.text or "")[kept.start : kept.end] == "Daarna kreeg ik stress"
    assert gone.placement.value != "placed"


def test_a_name_inside_what_must_go_is_not_named_either(
    db: Session, carla: Actor, alice: Actor, transcript: Transcript, keys: KeyStore
) -> None:
    from interviews.detect.finder import default_finder
    from interviews.models import NameMention
    from interviews.models.name import MentionStatus

    names.propose(db, transcript, keys=keys, finder=default_finder())
    for mention in db.scalars(sa.select(NameMention)):
        mention.status = MentionStatus.ACCEPTED
    db.flush()
    ask(db, carla, transcript, keys)
    names.hand_in(db, carla, transcript)
    names.approve(db, alice, transcript, keys=keys, risk=factories.RISK)
    _, turns = transcripts.read_research(db, alice, transcript)
    assert turns[1].text == f"Zwaar. {OMITTED}. Daarna kreeg ik stress."


def test_who_points_in_the_text_without_names_hides_the_same_words_in_the_text_with_names(
    db: Session, carla: Actor, alice: Actor, transcript: Transcript, keys: KeyStore
) -> None:
    from interviews.detect.finder import default_finder

    names.propose(db, transcript, keys=keys, finder=default_finder())
    names.accept_rest(db, carla, transcript)
    names.hand_in(db, carla, transcript)
    names.approve(db, alice, transcript, keys=keys, risk=factories.RISK)
    shown = transcripts.read_research(db, alice, transcript)[1][1].text
    assert "Zutphen" not in shown
    end = shown.index(". Daarna")
    removals.ask_passage(db, carla, transcript.interview, turn=1, start=START, end=end, layer=Layer.RESEARCH, keys=keys)
    assert SECRET not in raw(db, transcript, keys)
    assert transcripts.read_research(db, alice, transcript)[1][1].text == f"Zwaar. {OMITTED}. Daarna kreeg ik stress."
    with pytest.raises(Invalid, match=r"removal\.nothing"):
        removals.ask_passage(
            db, carla, transcript.interview, turn=1, start=0, end=9_999, layer=Layer.RESEARCH, keys=keys
        )


def test_the_same_words_stay_hidden_when_the_text_is_corrected(
    db: Session, carla: Actor, transcript: Transcript, keys: KeyStore
) -> None:
    revision, turns = transcripts.open_raw(db, transcript, keys=keys)
    ask(db, carla, transcript, keys)
    # A draft that was opened before the wish still holds the words.
    transcripts.correct(db, carla, transcript, [turns[0], turns[1]], base=revision.id, keys=keys)
    assert SECRET not in raw(db, transcript, keys)


def test_the_lead_shows_it_again(
    db: Session, carla: Actor, alice: Actor, transcript: Transcript, keys: KeyStore
) -> None:
    factories.approved(db, transcript, by=alice, keys=keys)
    request = ask(db, carla, transcript, keys)
    with pytest.raises(NotAllowed):
        removals.take_back(db, carla, request, keys=keys)
    assert removals.take_back(db, alice, request, keys=keys) is False
    assert SECRET in raw(db, transcript, keys)
    assert SECRET in transcripts.read_research(db, alice, transcript)[1][1].text
    with pytest.raises(Invalid, match=r"removal\.settled"):
        removals.take_back(db, alice, request, keys=keys)


def test_taken_back_the_words_return_to_a_text_that_was_corrected_meanwhile_and_names_are_looked_at_again(
    db: Session, carla: Actor, alice: Actor, transcript: Transcript, keys: KeyStore
) -> None:
    before = raw(db, transcript, keys)
    request = ask(db, carla, transcript, keys)
    base, turns = transcripts.open_raw(db, transcript, keys=keys)
    corrected = [*turns[:2], Turn("I", "Dank je wel.")]
    transcripts.correct(db, carla, transcript, corrected, base=base.id, keys=keys)
    factories.approved(db, transcript, by=alice, keys=keys)
    assert removals.take_back(db, alice, request, keys=keys) is True
    assert raw(db, transcript, keys) == before.replace("Dank je.", "Dank je wel.")
    assert transcript.approved_at is None
    with pytest.raises(Invalid, match=r"names\.text_changed|research\.none|names\.not_handed_in"):
        names.approve(db, alice, transcript, keys=keys, risk=factories.RISK)


def test_a_place_that_does_not_exist_is_refused(
    db: Session, carla: Actor, transcript: Transcript, keys: KeyStore
) -> None:
    for turn, start, end in ((9, 0, 1), (1, 5, 5), (1, 0, 9_999), (-1, 0, 1)):
        with pytest.raises(Invalid, match=r"removal\.nothing"):
            removals.ask_passage(db, carla, transcript.interview, turn=turn, start=start, end=end, keys=keys)


def test_a_stretch_of_sound_is_passed_over_by_the_player(db: Session, cast: Cast, carla: Actor, keys: KeyStore) -> None:
    row = factories.interview(db, carla, cast.project)
    other = factories.interview(db, carla, cast.project)
    sound = Recording(interview_id=row.id, origin=RecordingOrigin.RECORDED, media_type="audio/webm")
    db.add(sound)
    db.flush()
    removals.ask_stretch(db, carla, row, recording_id=sound.id, from_ms=1_000, to_ms=4_500, keys=keys)
    assert removals.hidden_stretches(db, sound) == [(1_000, 4_500)]
    with pytest.raises(NotVisible):
        removals.ask_stretch(db, carla, other, recording_id=sound.id, from_ms=0, to_ms=1, keys=keys)
    with pytest.raises(Invalid, match=r"removal\.nothing"):
        removals.ask_stretch(db, carla, row, recording_id=sound.id, from_ms=5, to_ms=5, keys=keys)


def test_what_must_go_can_be_said_in_words_before_there_is_a_text(
    db: Session, cast: Cast, carla: Actor, keys: KeyStore
) -> None:
    row = factories.interview(db, carla, cast.project)
    request = removals.ask_in_words(db, carla, row, words="Het stuk over haar broer.", keys=keys)
    assert request.state is RemovalState.HIDDEN
    assert removals.in_words(request, keys=keys) == "Het stuk over haar broer."
    assert b"broer" not in (request.words_sealed or b"")
    with pytest.raises(Invalid, match=r"removal\.nothing"):
        removals.ask_in_words(db, carla, row, words="  ", keys=keys)
    assert list(removals.requests_of(db, carla, row)) == [request]


def test_a_researcher_who_held_another_interview_asks_for_nothing_here(
    db: Session, cast: Cast, transcript: Transcript, keys: KeyStore
) -> None:
    with pytest.raises(NotAllowed):
        ask(db, actor_for(db, cast.bob.id), transcript, keys)


words = st.text(alphabet=st.sampled_from("ab éß😀\n.,"), max_size=80)


@given(words, st.integers(0, 80), st.integers(0, 80))
def test_blocking_out_keeps_every_other_character_and_every_place(text: str, one: int, other: int) -> None:
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    masked = hidden.mask(text, [(start, end)])
    assert len(masked) == len(text)
    assert masked[:start] == text[:start]
    assert masked[end:] == text[end:]
    assert masked.count("\n") == text.count("\n")
    assert set(masked[start:end]) <= {BLOCK, "\n"}
    assert all(set(masked[a:b]) == {BLOCK} for a, b in hidden.blocked(masked))


@given(words, words)
def test_words_are_found_again_wherever_white_space_moved(before: str, after: str) -> None:
    said = "Mijn broer zat toen vast"
    text = f"{before}{said.replace(' ', chr(10))}{after}"
    assert any(text[a:b].split() == said.split() for a, b in hidden.places_of(said, text))
