"""Sound comes in piece by piece, plays when it is whole, and is gone when it should be; not a byte is lost on the way."""

from __future__ import annotations

import io
import os
import uuid
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from interviews import consents, names, recordings
from interviews.access import Actor, actor_for
from interviews.clock import now
from interviews.db import transaction, writing
from interviews.errors import Invalid, NotAllowed, NotVisible
from interviews.keys import KeyStore, SealBroken
from interviews.models import AuditEntry, Interview, Recording, RecordingPiece, TimeMark
from interviews.models.interview import How, Status
from interviews.models.recording import RecordingOrigin, RecordingState, TimeMarkKind
from interviews.recordings.places import name_of
from interviews.recordings.preparing import PartReader
from interviews.scopes import Scope
from interviews.sealedfiles import SealedFiles, key_of
from tests import factories
from tests.factories import Cast
from webapp.settings import Settings

PEAKS = bytes(range(40))


@pytest.fixture
def files(settings: Settings) -> SealedFiles:
    """The folder of sealed files of the installation."""
    return SealedFiles(settings.data / "files")


@pytest.fixture
def carla(db: Session, cast: Cast) -> Actor:
    """The interviewer."""
    return actor_for(db, cast.carla.id)


@pytest.fixture
def interview(db: Session, cast: Cast, carla: Actor) -> Interview:
    """An interview that may be recorded."""
    return factories.interview(db, carla, cast.project)


def begun(db: Session, by: Actor, interview: Interview, recording_id: uuid.UUID | None = None) -> Recording:
    return recordings.begin(
        db,
        by,
        interview,
        recording_id=recording_id or uuid.uuid4(),
        origin=RecordingOrigin.RECORDED,
        media_type='audio/webm; codecs="opus"',
        started_at=now() - timedelta(minutes=5),
    )


Take = Callable[[int, int, bytes], RecordingPiece]


@pytest.fixture
def recording(db: Session, carla: Actor, interview: Interview) -> Recording:
    """A recording that has just begun."""
    return begun(db, carla, interview)


@pytest.fixture
def take(db: Session, carla: Actor, recording: Recording, keys: KeyStore, files: SealedFiles) -> Take:
    """Take in a piece of `recording`."""

    def taken(part: int, number: int, content: bytes) -> RecordingPiece:
        return recordings.receive(
            db, carla, recording, part=part, number=number, content=content, keys=keys, files=files
        )

    return taken


def made_ready(db: Session, recording: Recording, keys: KeyStore, files: SealedFiles) -> bytes:
    """Do what the job does, with the pieces as they are; return the sound."""
    work = recordings.work_on(db, recording, keys=keys, files=files)
    assert work is not None
    with work.sound() as out:
        for reader in work.parts():
            with reader:
                out.write(reader.readall())
    recordings.store_ready(db, recording, media_type="audio/webm", duration_ms=4000, peaks=PEAKS, keys=keys)
    recordings.sweep(db, files, recording)
    with files.read(
        f"recording/{recording.id}/sound", key_of(keys.open(recording.interview_id), _sound(recording))
    ) as it:
        return it.readall()


def _sound(recording: Recording) -> str:
    return f"recording/{recording.id}/sound"


@pytest.fixture
def ready(db: Session, carla: Actor, recording: Recording, take: Take, keys: KeyStore, files: SealedFiles) -> Recording:
    """A recording that can be played."""
    for number in range(3):
        take(0, number, b"stuk %d " % number)
    recordings.finish(db, carla, recording, parts=[3])
    made_ready(db, recording, keys, files)
    return recording


def refusal(call: Callable[[], object]) -> str:
    with pytest.raises(Invalid) as refused:
        call()
    return refused.value.key


# Beginning.


def test_beginning_twice_begins_once(db: Session, carla: Actor, interview: Interview) -> None:
    first = begun(db, carla, interview)
    assert begun(db, carla, interview, first.id) is first
    assert first.media_type == "audio/webm;codecs=opus"
    assert db.scalar(sa.select(sa.func.count()).select_from(Recording)) == 1


def test_without_everybodys_yes_nothing_is_recorded(db: Session, cast: Cast, carla: Actor) -> None:
    shy = factories.interview(db, carla, cast.project, scopes={Scope.USE_RESEARCH}, people=2)
    assert refusal(lambda: begun(db, carla, shy)) == "recording.no_consent"


def test_only_who_may_record_begins(db: Session, cast: Cast, interview: Interview) -> None:
    for person in (cast.alice, cast.dirk, cast.esra):
        with pytest.raises(NotAllowed):
            begun(db, actor_for(db, person.id), interview)
    with pytest.raises(NotVisible):
        begun(db, actor_for(db, cast.zoe.id), interview)


def test_an_id_of_another_interview_is_not_told_about(
    db: Session, cast: Cast, carla: Actor, recording: Recording
) -> None:
    other = factories.interview(db, carla, cast.project)
    with pytest.raises(NotVisible):
        begun(db, carla, other, recording.id)


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("audio/webm;codecs=opus", "audio/webm;codecs=opus"),
        ("audio/ogg; codecs=opus", "audio/ogg;codecs=opus"),
        ("audio/x-m4a", "audio/mp4"),
        ("AUDIO/MPEG", "audio/mpeg"),
        ("audio/wav;codecs=1", "audio/wav;codecs=1"),
        ('audio/mp4;codecs="<script>"', "audio/mp4"),
    ],
)
def test_a_kind_of_sound_is_written_down_plainly(said: str, kept: str) -> None:
    assert recordings.media_type_of(said) == kept


@pytest.mark.parametrize("said", ["", "text/html", "audio/", "image/png", "audio/webm\r\nx: y", "video/quicktime"])
def test_what_is_no_sound_is_refused(said: str) -> None:
    assert refusal(lambda: recordings.media_type_of(said)) == "recording.wrong_type"


def test_a_file_that_is_too_large_is_refused_before_it_is_sent(db: Session, carla: Actor, interview: Interview) -> None:
    with pytest.raises(Invalid) as refused:
        recordings.begin(
            db,
            carla,
            interview,
            recording_id=uuid.uuid4(),
            origin=RecordingOrigin.ADDED,
            media_type="audio/mpeg",
            size=600_000_000,
        )
    assert refused.value.key == "recording.too_large"
    assert refused.value.fields == {"size": 600, "maximum": 500, "name": "Hanna"}


def test_a_clock_that_runs_ahead_does_not_put_a_recording_in_the_future(
    db: Session, carla: Actor, interview: Interview
) -> None:
    row = recordings.begin(
        db,
        carla,
        interview,
        recording_id=uuid.uuid4(),
        origin=RecordingOrigin.RECORDED,
        media_type="audio/webm",
        started_at=now() + timedelta(days=9),
    )
    assert row.started_at <= now()


# Pieces.


def test_the_same_piece_twice_is_here_once(take: Take, recording: Recording, files: SealedFiles) -> None:
    assert take(0, 0, b"een") is take(0, 0, b"een")
    assert recording.size == 3
    assert len(files.names("recording")) == 1


def test_other_sound_in_the_same_place_is_refused_and_the_first_stays(
    db: Session, take: Take, recording: Recording, keys: KeyStore, files: SealedFiles
) -> None:
    piece = take(0, 0, b"een")
    with pytest.raises(recordings.OtherBytes):
        take(0, 0, b"twee")
    name = name_of(piece)
    assert files.get(name, key_of(keys.open(recording.interview_id), name)) == b"een"


def test_what_a_piece_is_recognised_by_says_nothing_without_the_key(take: Take) -> None:
    import hashlib

    piece = take(0, 0, b"een")
    assert piece.digest != hashlib.sha256(b"een").digest()


@pytest.mark.parametrize(
    ("part", "number", "content", "said"),
    [
        (0, 0, b"", "recording.empty"),
        (0, 0, b"x" * (recordings.PIECE_BYTES + 1), "recording.piece_too_large"),
        (-1, 0, b"x", "recording.unclear"),
        (0, 10**9, b"x", "recording.unclear"),
    ],
)
def test_a_piece_that_cannot_be_is_refused_and_leaves_no_file(
    take: Take, files: SealedFiles, part: int, number: int, content: bytes, said: str
) -> None:
    assert refusal(lambda: take(part, number, content)) == said
    assert files.names("recording") == []


def test_a_recording_does_not_grow_over_its_limit(db: Session, take: Take, recording: Recording) -> None:
    take(0, 0, b"een")
    recording.size = recordings.MAX_BYTES - 1
    db.flush()
    assert refusal(lambda: take(0, 1, b"xx")) == "recording.too_large"
    take(0, 1, b"x")


def test_a_piece_is_on_disk_before_its_row_is(
    carla: Actor, recording: Recording, keys: KeyStore, files: SealedFiles
) -> None:
    piece = recordings.seal_piece(
        recording.interview_id, recording.id, part=0, number=0, content=b"een", keys=keys, files=files
    )
    assert len(files.names("recording")) == 1
    assert piece.size == 3


# The end.


def test_what_is_missing_is_said_and_nothing_changes(
    db: Session, carla: Actor, recording: Recording, take: Take
) -> None:
    take(0, 0, b"a")
    take(1, 1, b"b")
    with pytest.raises(recordings.MissingPieces) as refused:
        recordings.finish(db, carla, recording, parts=[2, 2])
    assert refused.value.missing == [(0, 1), (1, 0)]
    assert recording.state is RecordingState.RECEIVING
    assert recordings.have(db, carla, recording) == [(0, 0), (1, 1)]


def test_a_whole_recording_means_that_the_interview_was_held(
    db: Session, carla: Actor, recording: Recording, take: Take
) -> None:
    take(0, 0, b"a")
    recordings.finish(db, carla, recording, parts=[1])
    recordings.finish(db, carla, recording, parts=[1])
    assert recording.state is RecordingState.WHOLE
    assert recording.finished_at is not None
    assert recording.interview.status is Status.HELD
    assert recording.interview.held_on is not None


def test_a_phone_that_died_is_finished_with_what_is_here(
    db: Session, carla: Actor, recording: Recording, take: Take, keys: KeyStore, files: SealedFiles
) -> None:
    take(0, 0, b"a")
    take(0, 2, b"c")
    recordings.finish(db, carla, recording)
    assert made_ready(db, recording, keys, files) == b"ac"


def test_nothing_at_all_cannot_be_finished(db: Session, carla: Actor, recording: Recording) -> None:
    assert refusal(lambda: recordings.finish(db, carla, recording)) == "recording.empty"


def test_after_the_end_the_same_piece_is_no_error_and_a_new_one_is(ready: Recording, take: Take) -> None:
    assert take(0, 1, b"stuk 1 ").number == 1
    assert refusal(lambda: take(0, 3, b"te laat")) == "recording.closed"


def test_a_failure_keeps_the_pieces_and_can_be_tried_again(
    db: Session, carla: Actor, recording: Recording, take: Take, keys: KeyStore, files: SealedFiles
) -> None:
    take(0, 0, b"a")
    recordings.finish(db, carla, recording)
    recordings.store_failed(db, recording, "recording.wrong_type")
    recordings.sweep(db, files, recording)
    assert (recording.state, recording.failure) == (RecordingState.FAILED, "recording.wrong_type")
    assert recordings.work_on(db, recording, keys=keys, files=files) is None
    take(0, 1, b"b")
    recordings.finish(db, carla, recording, parts=[2])
    assert made_ready(db, recording, keys, files) == b"ab"


@settings(max_examples=30)
@given(
    sizes=st.lists(st.integers(1, 3000), min_size=1, max_size=6),
    plan=st.lists(st.tuples(st.integers(0, 12000), st.integers(0, 5000)), max_size=12),
)
def test_the_pieces_of_a_part_read_as_one_file(tmp_path: Path, sizes: list[int], plan: list[tuple[int, int]]) -> None:
    from interviews.keys import DataKey

    files, key = SealedFiles(tmp_path), DataKey(uuid.uuid4(), b"k" * 32)
    contents = [bytes([65 + number]) * size for number, size in enumerate(sizes)]
    for number, content in enumerate(contents):
        files.put(f"p/{number}", key_of(key, f"p/{number}"), content)
    plain = io.BytesIO(b"".join(contents))
    with PartReader([(f"p/{number}", size) for number, size in enumerate(sizes)], files, key) as reader:
        assert reader.size == len(plain.getvalue())
        for place, count in plan:
            assert reader.seek(place) == plain.seek(place)
            assert reader.read(count) == plain.read(count)
            assert reader.tell() == plain.tell()
        assert reader.seek(-1, os.SEEK_END) == plain.seek(-1, os.SEEK_END)
        assert reader.read() == plain.read()


@settings(max_examples=12)
@given(data=st.data())
def test_pieces_in_any_order_and_any_number_of_times_become_the_sound_that_was_recorded(
    any_recording: tuple[sa.Engine, uuid.UUID, uuid.UUID], keys: KeyStore, files: SealedFiles, data: st.DataObject
) -> None:
    engine, interview_id, person_id = any_recording
    parts = data.draw(st.lists(st.integers(1, 4), min_size=1, max_size=3))
    told = [(part, number) for part, count in enumerate(parts) for number in range(count)]
    sent = data.draw(st.lists(st.sampled_from(told), max_size=12)) + data.draw(st.permutations(told))
    recording_id = uuid.uuid4()
    with writing(engine)() as db, transaction(db):
        by = actor_for(db, person_id)
        row = begun(db, by, db.get_one(Interview, interview_id), recording_id)
        for part, number in sent:
            content = b"%d.%d " % (part, number)
            recordings.receive(db, by, row, part=part, number=number, content=content, keys=keys, files=files)
        recordings.finish(db, by, row, parts=parts)
        assert made_ready(db, row, keys, files) == b"".join(b"%d.%d " % place for place in told)
        assert files.names(f"recording/{recording_id}") == [_sound(row)]


@pytest.fixture
def any_recording(any_engine: sa.Engine) -> tuple[sa.Engine, uuid.UUID, uuid.UUID]:
    """An interview that may be recorded, on each kind of database."""
    with writing(any_engine)() as db, transaction(db):
        cast = factories.cast(db)
        interview = factories.interview(db, actor_for(db, cast.carla.id), cast.project)
        return any_engine, interview.id, cast.carla.id


# Playing.


def test_what_plays_is_what_was_recorded_and_the_listening_is_logged_once(
    db: Session, carla: Actor, ready: Recording, keys: KeyStore, files: SealedFiles
) -> None:
    assert not recordings.playing_is_logged(db, carla, ready)
    for _ in range(3):
        with recordings.open_sound(db, carla, ready, keys=keys, files=files) as reader:
            reader.seek(5)
            assert reader.read(2) == b"0 "
            assert reader.size == len(b"stuk 0 stuk 1 stuk 2 ")
    assert recordings.playing_is_logged(db, carla, ready)
    assert db.scalars(sa.select(AuditEntry.action)).all().count("recording.play") == 1
    assert recordings.peaks(db, carla, ready, keys=keys) == PEAKS


def test_only_who_may_listen_listens(
    db: Session, cast: Cast, ready: Recording, keys: KeyStore, files: SealedFiles
) -> None:
    recordings.open_sound(db, actor_for(db, cast.bob.id), ready, keys=keys, files=files).close()
    for person in (cast.alice, cast.dirk, cast.esra):
        with pytest.raises(NotAllowed):
            recordings.open_sound(db, actor_for(db, person.id), ready, keys=keys, files=files)
    with pytest.raises(NotVisible):
        recordings.open_sound(db, actor_for(db, cast.zoe.id), ready, keys=keys, files=files)


def test_what_is_not_ready_does_not_play(
    db: Session, carla: Actor, recording: Recording, keys: KeyStore, files: SealedFiles
) -> None:
    for call in (
        lambda: recordings.open_sound(db, carla, recording, keys=keys, files=files),
        lambda: recordings.peaks(db, carla, recording, keys=keys),
    ):
        assert refusal(call) == "recording.not_ready"


def test_sound_of_another_recording_put_in_its_place_does_not_play(
    db: Session, carla: Actor, interview: Interview, ready: Recording, keys: KeyStore, files: SealedFiles
) -> None:
    other = begun(db, carla, interview)
    recordings.receive(db, carla, other, part=0, number=0, content=b"ander", keys=keys, files=files)
    recordings.finish(db, carla, other)
    made_ready(db, other, keys, files)
    (files.directory / _sound(other)).replace(files.directory / _sound(ready))
    with pytest.raises(SealBroken):
        recordings.open_sound(db, carla, ready, keys=keys, files=files)
    assert refusal(lambda: recordings.open_sound(db, carla, other, keys=keys, files=files)) == "recording.damaged"


def test_a_recording_that_is_far_too_long_is_not_made_ready(
    db: Session, carla: Actor, recording: Recording, take: Take, keys: KeyStore
) -> None:
    take(0, 0, b"a")
    recordings.finish(db, carla, recording)
    said = refusal(
        lambda: recordings.store_ready(
            db, recording, media_type="audio/webm", duration_ms=4 * 60 * 60 * 1000, peaks=b"", keys=keys
        )
    )
    assert said == "recording.too_long"


# Marks.


def test_a_mark_keeps_its_moment_and_its_note_sealed(
    db: Session, carla: Actor, recording: Recording, keys: KeyStore
) -> None:
    mark_id = uuid.uuid4()
    for note in ("de brief", "de brief van 111222333\n van juni"):
        recordings.mark(
            db, carla, recording, mark_id=mark_id, at_ms=61_000, kind=TimeMarkKind.LEAVE_OUT, note=note, keys=keys
        )
    (found,) = recordings.marks(db, carla, recording, keys=keys)
    assert (found.id, found.at_ms, found.kind) == (mark_id, 61_000, TimeMarkKind.LEAVE_OUT)
    assert found.note == "de brief van [BSN weggehaald] van juni"
    assert b"brief" not in (db.get_one(TimeMark, mark_id).note_sealed or b"")
    recordings.unmark(db, carla, recording, mark_id=mark_id)
    recordings.unmark(db, carla, recording, mark_id=mark_id)
    assert recordings.marks(db, carla, recording, keys=keys) == []


def test_a_mark_of_another_recording_is_not_touched(
    db: Session, carla: Actor, interview: Interview, recording: Recording, keys: KeyStore
) -> None:
    other, mark_id = begun(db, carla, interview), uuid.uuid4()
    recordings.mark(db, carla, other, mark_id=mark_id, at_ms=1, keys=keys)
    with pytest.raises(NotVisible):
        recordings.mark(db, carla, recording, mark_id=mark_id, at_ms=2, keys=keys)
    recordings.unmark(db, carla, recording, mark_id=mark_id)
    assert [mark.at_ms for mark in recordings.marks(db, carla, other, keys=keys)] == [1]


def test_a_note_that_is_too_long_is_refused(db: Session, carla: Actor, recording: Recording, keys: KeyStore) -> None:
    said = refusal(
        lambda: recordings.mark(db, carla, recording, mark_id=uuid.uuid4(), at_ms=1, note="x" * 501, keys=keys)
    )
    assert said == "recording.note_too_long"


# Erasing.


def test_erased_is_gone_from_disk_and_only_that_it_was_there_stays(
    db: Session, carla: Actor, ready: Recording, keys: KeyStore, files: SealedFiles
) -> None:
    recordings.mark(db, carla, ready, mark_id=uuid.uuid4(), at_ms=1, note="geheim", keys=keys)
    recordings.erase(db, carla, ready)
    recordings.erase(db, carla, ready)
    recordings.sweep(db, files, ready)
    assert ready.state is RecordingState.ERASED
    assert ready.erased_at is not None
    assert ready.peaks_sealed is None
    assert [(mark.at_ms, mark.note_sealed) for mark in ready.marks] == [(1, None)]
    assert ready.pieces == []
    assert [path for path in files.directory.rglob("*") if path.is_file()] == []
    assert refusal(lambda: recordings.open_sound(db, carla, ready, keys=keys, files=files)) == "recording.erased"
    assert db.scalars(sa.select(AuditEntry.reason).where(AuditEntry.action == "recording.erase")).all() == ["asked"]


def test_a_piece_that_was_on_its_way_does_not_bring_an_erased_recording_back(
    db: Session, carla: Actor, recording: Recording, take: Take, files: SealedFiles
) -> None:
    recordings.erase(db, carla, recording)
    assert refusal(lambda: take(0, 0, b"te laat")) == "recording.erased"
    recordings.sweep(db, files)
    assert files.names("recording") == []


def test_a_recording_erased_while_it_is_made_ready_stays_erased(
    db: Session, carla: Actor, recording: Recording, take: Take, keys: KeyStore, files: SealedFiles
) -> None:
    take(0, 0, b"a")
    recordings.finish(db, carla, recording)
    work = recordings.work_on(db, recording, keys=keys, files=files)
    assert work is not None
    recordings.erase(db, carla, recording)
    with work.sound() as out:
        out.write(b"a")
    ready = lambda: recordings.store_ready(  # noqa: E731
        db, recording, media_type="audio/webm", duration_ms=1, peaks=b"", keys=keys
    )
    assert refusal(ready) == "recording.erased"
    recordings.sweep(db, files, recording)
    assert files.names("recording") == []


def test_who_does_not_want_a_recording_any_more_gets_it_erased_in_a_group_too(
    db: Session, cast: Cast, carla: Actor, keys: KeyStore, files: SealedFiles
) -> None:
    group = factories.interview(db, carla, cast.project, people=2)
    row = begun(db, carla, group)
    recordings.receive(db, carla, row, part=0, number=0, content=b"stem", keys=keys, files=files)
    second = group.interviewees[1]
    assert recordings.erase_disallowed(db, carla, second) == []
    consents.record(db, carla, second, choices={Scope.RECORD: False}, how=How.SPOKEN)
    # The writing down of a no may have erased it already.
    recordings.erase_disallowed(db, carla, second)
    recordings.sweep(db, files, row)
    assert row.state is RecordingState.ERASED
    assert files.names("recording") == []
    assert "consent" in db.scalars(sa.select(AuditEntry.reason).where(AuditEntry.action == "recording.erase")).all()


def test_the_day_of_erasing_follows_the_approval(
    db: Session, cast: Cast, carla: Actor, interview: Interview, ready: Recording, keys: KeyStore, files: SealedFiles
) -> None:
    transcript = factories.transcript(db, carla, interview, keys=keys)
    recordings.schedule_erasure(db, transcript)
    assert ready.erase_on is None
    names.hand_in(db, carla, transcript)
    names.approve(db, actor_for(db, cast.bob.id), transcript, keys=keys, risk=factories.RISK)
    transcript.approved_at = datetime(2026, 3, 1, 12, tzinfo=UTC)
    recordings.schedule_erasure(db, transcript)
    assert ready.erase_on == date(2026, 3, 31)
    late = begun(db, actor_for(db, cast.bob.id), interview)
    assert late.erase_on == date(2026, 3, 31)
    assert recordings.erase_due(db, today=date(2026, 3, 30)) == []
    assert {row.id for row in recordings.erase_due(db, today=date(2026, 3, 31))} == {ready.id, late.id}
    recordings.sweep(db, files)
    assert files.names("recording") == []
    assert ready.erase_on is None
    transcript.approved_at = None
    recordings.schedule_erasure(db, transcript)


def test_taking_an_approval_back_takes_the_day_back(
    db: Session, carla: Actor, interview: Interview, ready: Recording, keys: KeyStore
) -> None:
    transcript = factories.transcript(db, carla, interview, keys=keys)
    transcript.approved_at = now()
    recordings.schedule_erasure(db, transcript)
    assert ready.erase_on is not None
    transcript.approved_at = None
    recordings.schedule_erasure(db, transcript)
    assert ready.erase_on is None


# What a crash leaves.


def test_a_sweep_takes_what_no_row_names_and_leaves_what_may_still_come(
    db: Session, ready: Recording, interview: Interview, carla: Actor, keys: KeyStore, files: SealedFiles
) -> None:
    open_one = begun(db, carla, interview)
    recordings.receive(db, carla, open_one, part=0, number=0, content=b"binnen", keys=keys, files=files)
    for number, content in ((1, b"nu"), (2, b"lang geleden")):
        recordings.seal_piece(interview.id, open_one.id, part=0, number=number, content=content, keys=keys, files=files)
    for path in (files.directory / "recording" / str(open_one.id)).iterdir():
        if not path.name.startswith("piece-0-1-"):
            os.utime(path, (0, 0))
    files.put(f"recording/{ready.id}/piece-0-9-aaaa", b"k" * 32, b"x")
    files.put(f"recording/{uuid.UUID(int=5)}/sound", b"k" * 32, b"x")
    recordings.sweep(db, files)
    left = [name.split("/")[2][:9] for name in files.names(f"recording/{open_one.id}")]
    assert left == ["piece-0-0", "piece-0-1"]
    assert files.names(f"recording/{ready.id}") == [_sound(ready)]
    assert files.exists(f"recording/{uuid.UUID(int=5)}/sound")
