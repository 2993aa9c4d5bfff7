"""Transcripts: two layers, each a chain of revisions; with names only as ciphertext."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from coding import segments
from interviews import bsn, consents, names, transcripts
from interviews.access import Actor, actor_for
from interviews.db import Base, transaction, writing
from interviews.detect.finder import default_finder
from interviews.errors import Invalid, NotAllowed
from interviews.keys import KeyStore
from interviews.models import AuditEntry, Interview, Revision, SpeakerRow, Transcript
from interviews.models.interview import How, Status
from interviews.models.transcript import Layer
from interviews.scopes import Scope
from interviews.turns import Speaker, SpeakerRole, Turn
from tests import factories
from tests.factories import TALK, Cast

CANARY = "kanariegeel"
CANARY_NAME = "Quirijntje"
SECRET_TALK = (
    ("Interviewer", "Hoe gaat het?"),
    (f"{CANARY_NAME} Zonnebloem", f"Ik heet {CANARY_NAME} en mijn brief was {CANARY}, echt {CANARY}."),
)
BSN = "111222333"


@pytest.fixture
def carla(db: Session, cast: Cast) -> Actor:
    """The peer interviewer."""
    return actor_for(db, cast.carla.id)


@pytest.fixture
def bob(db: Session, cast: Cast) -> Actor:
    """The researcher."""
    return actor_for(db, cast.bob.id)


@pytest.fixture
def transcript(db: Session, cast: Cast, carla: Actor, keys: KeyStore) -> Transcript:
    """A transcript that Carla brought in."""
    return factories.transcript(db, carla, factories.interview(db, carla, cast.project), keys=keys)


def told(turns: Sequence[Turn]) -> list[tuple[str | None, str]]:
    return [(turn.speaker, turn.text) for turn in turns]


def test_what_is_brought_in_is_read_back_word_for_word(
    db: Session, carla: Actor, transcript: Transcript, keys: KeyStore
) -> None:
    revision, turns = transcripts.read_raw(db, carla, transcript, keys=keys)
    assert told(turns) == list(TALK)
    assert (revision.layer, revision.number, revision.made_by_id) == (Layer.RAW, 1, carla.person_id)
    assert transcript.interview.status is Status.TYPED


@given(
    st.lists(st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1), min_size=1, max_size=8)
)
def test_each_span_points_at_the_words_of_its_turn(texts: list[str]) -> None:
    turns = [Turn(None, text) for text in texts]
    whole = "\n".join(texts)
    rows = transcripts._turn_rows(turns, {})
    assert [whole[row.start : row.end] for row in rows] == texts
    assert [row.number for row in rows] == list(range(len(texts)))


def test_speakers_get_neutral_labels_and_their_names_are_sealed(
    db: Session, cast: Cast, carla: Actor, keys: KeyStore
) -> None:
    row = factories.interview(db, carla, cast.project)
    transcript = factories.transcript(db, carla, row, keys=keys, talk=SECRET_TALK)
    assert {speaker.label for speaker in transcript.speakers} <= {"I", "R", "R1", "R2"}
    assert CANARY_NAME.encode() not in b"".join(speaker.name_sealed for speaker in transcript.speakers)
    assert f"{CANARY_NAME} Zonnebloem" in transcripts.speaker_names(db, transcript, keys=keys).values()


def test_voices_of_one_part_are_numbered_and_a_single_one_is_not() -> None:
    speakers = [
        Speaker("Anna", SpeakerRole.INTERVIEWER),
        Speaker("a", SpeakerRole.INTERVIEWEE),
        Speaker("b", SpeakerRole.INTERVIEWEE),
        Speaker("c", SpeakerRole.COMPANION),
        Speaker("d"),
    ]
    assert transcripts.neutral_labels(speakers) == {"Anna": "I", "a": "R1", "b": "R2", "c": "B", "d": "S"}


def all_bytes(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def test_no_word_with_a_name_stands_in_any_file(
    db: Session, cast: Cast, carla: Actor, bob: Actor, keys: KeyStore, tmp_path: Path, engine: sa.Engine
) -> None:
    with transaction(db):
        row = factories.interview(db, carla, cast.project)
        transcript = factories.transcript(db, carla, row, keys=keys, talk=SECRET_TALK)
        names.propose(db, transcript, keys=keys, finder=default_finder())
        _, turns = transcripts.open_raw(db, transcript, keys=keys)
        turns[1] = Turn(turns[1].speaker, turns[1].text + f" Nog eens {CANARY}.")
        newest = transcripts.newest(db, transcript, Layer.RAW)
        assert newest is not None
        transcripts.correct(db, carla, transcript, turns, base=newest.id, keys=keys)
    written = all_bytes(tmp_path)
    assert (tmp_path / "data" / "dichterbij.db-wal").exists()
    assert len(written) > 100_000
    for word in (CANARY, CANARY_NAME, "Zonnebloem"):
        for encoding in ("utf-8", "utf-16-le"):
            assert word.encode(encoding) not in written


def every_value(db: Session) -> str:
    """Every value of every column of every table, as text; bytes as Latin-1."""
    found = []
    for table in Base.metadata.sorted_tables:
        for row in db.execute(sa.select(table)):
            found += [value.decode("latin-1") if isinstance(value, bytes) else str(value) for value in row]
    return "\n".join(found)


def test_no_column_holds_a_word_with_a_name(any_engine: sa.Engine, keys: KeyStore) -> None:
    # PostgreSQL keeps its rows in the clear: what protects them there is that no column holds them.
    with writing(any_engine)() as db:
        with transaction(db):
            cast = factories.cast(db)
            carla = actor_for(db, cast.carla.id)
            row = factories.interview(db, carla, cast.project)
            transcript = factories.transcript(db, carla, row, keys=keys, talk=SECRET_TALK)
            names.propose(db, transcript, keys=keys, finder=default_finder())
        values = every_value(db)
        assert "D-01" in values
        assert CANARY not in values
        assert CANARY_NAME not in values


def test_a_bsn_is_never_stored_not_even_as_ciphertext(db: Session, cast: Cast, carla: Actor, keys: KeyStore) -> None:
    row = factories.interview(db, carla, cast.project)
    draft = factories.draft([("R", f"Mijn nummer is {BSN}, ja, {BSN}."), ("R", "Meer niet.")])
    brought = transcripts.bring_in(db, carla, row, draft, keys=keys)
    assert brought.bsn_removed == 2
    _, turns = transcripts.open_raw(db, brought.transcript, keys=keys)
    gone = bsn.BSN_GONE
    assert turns[0].text == f"Mijn nummer is {gone}, ja, {gone}."
    newest = transcripts.newest(db, brought.transcript, Layer.RAW)
    assert newest is not None
    transcripts.correct(db, carla, brought.transcript, [Turn("R", f"Toch {BSN}.")], base=newest.id, keys=keys)
    _, turns = transcripts.open_raw(db, brought.transcript, keys=keys)
    assert told(turns) == [("R", f"Toch {gone}.")]


def test_an_interview_has_one_transcript(db: Session, carla: Actor, transcript: Transcript, keys: KeyStore) -> None:
    with pytest.raises(Invalid, match=r"transcript\.exists"):
        factories.transcript(db, carla, transcript.interview, keys=keys)


def test_a_text_without_words_or_with_a_crowd_is_refused(db: Session, cast: Cast, carla: Actor, keys: KeyStore) -> None:
    row = factories.interview(db, carla, cast.project)
    with pytest.raises(Invalid, match=r"transcript\.empty"):
        factories.transcript(db, carla, row, keys=keys, talk=())
    crowd = [(f"S{number}", "Ja.") for number in range(transcripts.MAX_SPEAKERS + 1)]
    with pytest.raises(Invalid, match=r"transcript\.speakers"):
        factories.transcript(db, carla, row, keys=keys, talk=crowd)


def base_of(db: Session, transcript: Transcript) -> Revision:
    found = transcripts.newest(db, transcript, Layer.RAW)
    assert found is not None
    return found


def test_a_correction_is_a_new_revision_and_the_old_one_stays(
    db: Session, carla: Actor, transcript: Transcript, keys: KeyStore
) -> None:
    first = base_of(db, transcript)
    turns = [Turn("I", "Hoe gaat het nu?"), Turn("R", "Goed."), Turn("R", "  ")]
    second = transcripts.correct(db, carla, transcript, turns, base=first.id, keys=keys)
    assert second.number == 2
    assert told(transcripts.open_raw(db, transcript, keys=keys)[1]) == [("I", "Hoe gaat het nu?"), ("R", "Goed.")]
    assert db.scalar(sa.select(sa.func.count()).select_from(Revision)) == 2


def test_the_same_turns_again_store_nothing(db: Session, carla: Actor, transcript: Transcript, keys: KeyStore) -> None:
    first, turns = transcripts.open_raw(db, transcript, keys=keys)
    assert transcripts.correct(db, carla, transcript, turns, base=first.id, keys=keys) is first


def test_who_saves_on_an_older_text_is_refused_and_nothing_is_stored(
    db: Session, carla: Actor, bob: Actor, transcript: Transcript, keys: KeyStore
) -> None:
    first = base_of(db, transcript)
    second = transcripts.correct(db, carla, transcript, [Turn("R", "Van Carla.")], base=first.id, keys=keys)
    with pytest.raises(transcripts.StaleRevision) as stale:
        transcripts.correct(db, bob, transcript, [Turn("R", "Van Bob.")], base=first.id, keys=keys)
    assert stale.value.newest is second
    assert base_of(db, transcript) is second
    assert told(transcripts.open_raw(db, transcript, keys=keys)[1]) == [("R", "Van Carla.")]


@pytest.mark.parametrize(
    ("turns", "key"),
    [([], "transcript.empty"), ([Turn("R", " ")], "transcript.empty"), ([Turn("X", "Hoi")], "speaker.unknown")],
)
def test_a_correction_that_cannot_be_is_refused(
    db: Session, carla: Actor, transcript: Transcript, keys: KeyStore, turns: list[Turn], key: str
) -> None:
    with pytest.raises(Invalid, match=key):
        transcripts.correct(db, carla, transcript, turns, base=base_of(db, transcript).id, keys=keys)


def test_after_a_correction_a_second_person_must_look_again(
    db: Session, carla: Actor, bob: Actor, transcript: Transcript, keys: KeyStore
) -> None:
    factories.approved(db, transcript, by=bob, keys=keys)
    with pytest.raises(NotAllowed):
        transcripts.correct(db, carla, transcript, [Turn("R", "Hm.")], base=base_of(db, transcript).id, keys=keys)
    transcripts.correct(db, bob, transcript, [Turn("R", "Hm.")], base=base_of(db, transcript).id, keys=keys)
    assert transcript.approved_at is None
    assert transcript.handed_in_at is None
    assert transcript.interview.status is Status.TYPED


def test_nobody_corrects_the_text_of_somebody_who_does_not_take_part_any_more(
    db: Session, carla: Actor, transcript: Transcript, keys: KeyStore
) -> None:
    consents.record(
        db, carla, transcript.interview.interviewees[0], choices={Scope.USE_RESEARCH: False}, how=How.SPOKEN
    )
    with pytest.raises(Invalid, match=r"consent\.no_research"):
        transcripts.correct(db, carla, transcript, [Turn("R", "Hm.")], base=base_of(db, transcript).id, keys=keys)


def test_reading_names_is_logged_and_needs_a_reason_after_approval(
    db: Session, carla: Actor, bob: Actor, transcript: Transcript, keys: KeyStore
) -> None:
    transcripts.read_raw(db, bob, transcript, keys=keys)
    factories.approved(db, transcript, by=bob, keys=keys)
    with pytest.raises(Invalid, match=r"raw\.reason"):
        transcripts.read_raw(db, bob, transcript, keys=keys, reason="  ")
    with pytest.raises(NotAllowed):
        transcripts.read_raw(db, carla, transcript, keys=keys, reason="nieuwsgierig")
    transcripts.read_raw(db, bob, transcript, keys=keys, reason="een naam\nvergeten?")
    logged = {
        line.action: line.reason for line in db.scalars(sa.select(AuditEntry).where(AuditEntry.action.like("raw.re%")))
    }
    assert logged == {"raw.read": None, "raw.reread": "een naam vergeten?"}


def test_the_research_text_is_not_there_before_approval(
    db: Session, bob: Actor, transcript: Transcript, keys: KeyStore
) -> None:
    with pytest.raises(Invalid, match=r"research\.none"):
        transcripts.read_research(db, bob, transcript)
    with pytest.raises(Invalid, match=r"research\.none"):
        segments.newest_text(db, transcript)
    factories.approved(db, transcript, by=bob, keys=keys)
    _, turns = transcripts.read_research(db, bob, transcript)
    assert told(turns) == list(TALK)


# Speakers


def test_a_new_voice_gets_the_next_free_label(
    db: Session, carla: Actor, transcript: Transcript, keys: KeyStore
) -> None:
    labels = [
        transcripts.add_speaker(db, carla, transcript, role=role, keys=keys).label
        for role in (SpeakerRole.INTERVIEWEE, SpeakerRole.COMPANION, SpeakerRole.INTERVIEWEE)
    ]
    assert labels == ["R2", "B", "R3"]
    assert [row.position for row in transcript.speakers] == [0, 1, 2, 3, 4]


def speaker(transcript: Transcript, label: str) -> SpeakerRow:
    return next(row for row in transcript.speakers if row.label == label)


def test_another_label_shows_in_every_turn_at_once(
    db: Session, carla: Actor, transcript: Transcript, keys: KeyStore
) -> None:
    transcripts.change_speaker(db, carla, speaker(transcript, "R"), label=" Moeder ", role=SpeakerRole.COMPANION)
    _, turns = transcripts.open_raw(db, transcript, keys=keys)
    assert [turn.speaker for turn in turns] == ["I", "Moeder", "I", "Moeder"]
    assert speaker(transcript, "Moeder").role is SpeakerRole.COMPANION


@pytest.mark.parametrize(("label", "key"), [("", "speaker.label"), ("x" * 13, "speaker.label"), ("I", "speaker.taken")])
def test_a_label_is_short_and_of_one_voice(
    db: Session, carla: Actor, transcript: Transcript, label: str, key: str
) -> None:
    with pytest.raises(Invalid, match=key):
        transcripts.change_speaker(db, carla, speaker(transcript, "R"), label=label)


def test_two_voices_that_are_one_keep_every_turn(db: Session, cast: Cast, carla: Actor, keys: KeyStore) -> None:
    row = factories.interview(db, carla, cast.project)
    talk = (("I", "Hoi?"), ("R", "Ja."), ("Rr", "Nou."), ("R", "Goed."))
    transcript = factories.transcript(db, carla, row, keys=keys, talk=talk)
    transcripts.merge_speakers(db, carla, speaker(transcript, "R2"), into=speaker(transcript, "R1"))
    _, turns = transcripts.open_raw(db, transcript, keys=keys)
    assert told(turns) == [("I", "Hoi?"), ("R1", "Ja."), ("R1", "Nou."), ("R1", "Goed.")]
    assert [row.label for row in transcript.speakers] == ["I", "R1"]


def test_voices_of_two_interviews_are_never_one(
    db: Session, cast: Cast, carla: Actor, transcript: Transcript, keys: KeyStore
) -> None:
    other: Interview = factories.interview(db, carla, cast.project)
    stranger = speaker(factories.transcript(db, carla, other, keys=keys), "R")
    own = speaker(transcript, "R")
    for into in (stranger, own):
        with pytest.raises(Invalid, match=r"speaker\.merge"):
            transcripts.merge_speakers(db, carla, own, into=into)


def test_transcripts_work_on_both_databases(any_engine: sa.Engine, keys: KeyStore) -> None:
    with writing(any_engine)() as db:
        with transaction(db):
            cast = factories.cast(db)
            carla, bob = actor_for(db, cast.carla.id), actor_for(db, cast.bob.id)
            transcript = factories.transcript(db, carla, factories.interview(db, carla, cast.project), keys=keys)
        with transaction(db):
            turns = [Turn("I", "Hoe 😀 dan?"), Turn("R", "Zó, é e\u0301.")]
            transcripts.correct(db, carla, transcript, turns, base=base_of(db, transcript).id, keys=keys)
        with transaction(db):
            factories.approved(db, transcript, by=bob, keys=keys)
        db.expire_all()
        _, read = transcripts.read_research(db, bob, transcript)
        assert told(read) == [("I", "Hoe 😀 dan?"), ("R", "Zó, é e\u0301.")]
