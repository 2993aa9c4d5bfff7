"""After words were destroyed: silence in the sound, a new key for the story, and nothing left in any file on the disk."""

from __future__ import annotations

import array
import io
import uuid
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from sqlalchemy.orm import Session

from coding import redacting
from interviews import attachments, recordings, redactions, removals, transcripts
from interviews.access import Actor, actor_for
from interviews.db import transaction
from interviews.errors import Invalid
from interviews.formats import media
from interviews.formats.pictures import Picture
from interviews.hidden import BLOCK
from interviews.keys import InstallationKey, KeyStore, SealBroken
from interviews.ledger import Ledger
from interviews.models import Interview, Recording, Redaction, RemovalRequest, Revision, Transcript
from interviews.models.attachment import AttachmentKind
from interviews.models.interview import How
from interviews.models.recording import RecordingOrigin, RecordingState
from interviews.models.redaction import Outcome
from interviews.redactions.renewing import FOLDER
from interviews.redactions.sealed import SEALINGS
from interviews.sealedfiles import SealedFiles, key_of
from tests import factories
from tests.factories import Cast
from tests.interviews.formats.sounds import recorded
from webapp.jobs import Jobs
from webapp.jobs.redacting import Redacting
from webapp.settings import Settings

WORDS = "Mijn broer Zebulon zat toen vast in Zwammerdam"
TALK = (("I", "Hoe was dat?"), ("R", f"Zwaar. {WORDS}. Daarna kwam de brief."), ("I", "Dank je."))
RATE = media.HEARD_RATE


@pytest.fixture
def files(settings: Settings) -> SealedFiles:
    return SealedFiles(settings.data / "files")


@pytest.fixture
def jobs(engine: sa.Engine, settings: Settings, keys: KeyStore) -> Jobs:
    return Jobs(engine, folder=settings.data, immediate=True, keys=keys)


@pytest.fixture
def worker(engine: sa.Engine, settings: Settings, keys: KeyStore) -> Redacting:
    return Redacting(engine, keys, settings.data)


@pytest.fixture
def alice(db: Session, cast: Cast) -> Actor:
    return actor_for(db, cast.alice.id)


@pytest.fixture
def told(db: Session, cast: Cast, alice: Actor, keys: KeyStore) -> Transcript:
    """A story with its names away; committed."""
    carla = actor_for(db, cast.carla.id)
    with transaction(db):
        talk = factories.interview(db, carla, cast.project)
        text = factories.transcript(db, carla, talk, keys=keys, talk=TALK)
        return factories.approved(db, text, by=alice, keys=keys)


@pytest.fixture
def sound(db: Session, cast: Cast, told: Transcript, keys: KeyStore, files: SealedFiles, jobs: Jobs) -> Recording:
    """Six seconds: quiet, loud, quiet, loud, quiet, loud; playable."""
    bob = actor_for(db, cast.bob.id)
    with transaction(db):
        row = recordings.begin(
            db, bob, told.interview, recording_id=uuid.uuid4(), origin=RecordingOrigin.ADDED, media_type="audio/webm"
        )
        recordings.receive(db, bob, row, part=0, number=0, content=recorded(6), keys=keys, files=files)
        recordings.finish(db, bob, row)
    jobs.prepare(row.id)
    db.refresh(row)
    assert row.state is RecordingState.READY
    return row


@pytest.fixture
def picture(db: Session, cast: Cast, told: Transcript, keys: KeyStore, files: SealedFiles) -> str:
    """A drawing of the same story, which stays; the name of its file."""
    carla = actor_for(db, cast.carla.id)
    with transaction(db):
        row = attachments.add(
            db, carla, told.interview, Picture(b"een tekening", 4, 4), kind=AttachmentKind.DRAWING,
            description="Een huis.", may_be_shown=False, how=How.SPOKEN, keys=keys, files=files,
        )  # fmt: skip
    return f"picture/{row.id}"


def destroyed(
    db: Session, alice: Actor, text: Transcript, keys: KeyStore, ledger: Ledger, *silences: redactions.Stretch
) -> Redaction:
    start = TALK[1][1].index(WORDS)
    with transaction(db):
        request = removals.ask_passage(
            db, alice, text.interview, turn=1, start=start, end=start + len(WORDS), keys=keys, reason="Zebulon"
        )
        redaction = redacting.destroy(db, alice, request, keys=keys, ledger=ledger, silences=silences)
        for one in redacting.open_places(db, alice, redaction, keys=keys):
            redacting.decide(db, alice, one.decision, Outcome.DELETED, keys=keys)
    return redaction


def heard(content: bytes) -> array.array[int]:
    return array.array("h", b"".join(media.hear(io.BytesIO(content), len(content))))


def loudest(samples: array.array[int], start: float, end: float) -> int:
    return max(map(abs, samples[int(start * RATE) : int(end * RATE)]))


def opened(keys: KeyStore, files: SealedFiles, interview_id: uuid.UUID, name: str) -> bytes:
    return files.get(name, key_of(keys.open(interview_id), name))


def test_the_stretch_is_silent_and_the_rest_sounds_as_it_did(
    db: Session, alice: Actor, told: Transcript, sound: Recording, keys: KeyStore, files: SealedFiles, jobs: Jobs,
    settings: Settings,
) -> None:  # fmt: skip
    name = f"recording/{sound.id}/sound"
    before = heard(opened(keys, files, told.interview_id, name))
    stretch = redactions.Stretch(sound.id, 2_500, 4_500)
    redaction = destroyed(db, alice, told, keys, Ledger(settings.data), stretch)
    jobs.redact(redaction.id)
    after = heard(opened(keys, files, told.interview_id, name))
    assert loudest(after, 2.45, 4.55) < 100 < loudest(before, 2.5, 4.5)
    assert abs(len(before) - len(after)) < RATE // 10
    for start in (0.1, 1.1, 4.9, 5.1):
        assert abs(loudest(after, start, start + 0.3) - loudest(before, start, start + 0.3)) < 4_000
    db.refresh(sound)
    db.refresh(redaction)
    shape = keys.open(told.interview_id).open(sound.peaks_sealed or b"", context=f"recording:{sound.id}:peaks")
    assert set(shape[26:44]) == {0}
    assert max(shape[10:20]) > 150
    assert redaction.renewed_at is not None


def test_everything_that_is_left_opens_with_a_new_key_and_nothing_with_the_old_one(
    db: Session, alice: Actor, told: Transcript, sound: Recording, picture: str, keys: KeyStore, files: SealedFiles,
    jobs: Jobs, settings: Settings,
) -> None:  # fmt: skip
    old = keys.open(told.interview_id)
    copy = bytes(db.scalars(sa.select(Revision.sealed)).first() or b"")
    revision = db.scalars(sa.select(Revision.id)).first()
    redaction = destroyed(db, alice, told, keys, Ledger(settings.data))
    jobs.redact(redaction.id)
    db.expire_all()
    new = keys.open(told.interview_id)
    assert (new.raw != old.raw, new.beside, keys.renewing()) == (True, (), frozenset())
    for sealing in SEALINGS:
        for row in sealing.of(db, told.interview_id):
            new.open(getattr(row, sealing.column), context=sealing.context(row))
            with pytest.raises(SealBroken):
                old.open(getattr(row, sealing.column), context=sealing.context(row))
    # The same value in an old backup opens with no key that there still is.
    with pytest.raises(SealBroken):
        new.open(copy, context=f"revision:{revision}")
    assert opened(keys, files, told.interview_id, picture) == b"een tekening"
    assert len(heard(opened(keys, files, told.interview_id, f"recording/{sound.id}/sound"))) > 5 * RATE
    assert files.names(FOLDER) == []
    _, turns = transcripts.open_raw(db, told, keys=keys)
    assert turns[1].text == f"Zwaar. {BLOCK * len(WORDS)}. Daarna kwam de brief."


def test_no_byte_of_the_words_is_left_on_the_disk(
    db: Session, alice: Actor, told: Transcript, keys: KeyStore, jobs: Jobs, settings: Settings,
    installation_key: InstallationKey,
) -> None:  # fmt: skip
    database = settings.data / "dichterbij.db"
    assert any(b"Zebulon" in page for page in pages(database, installation_key))
    ledger = Ledger(settings.data)
    redaction = destroyed(db, alice, told, keys, ledger)
    db.close()
    jobs.redact(redaction.id)
    for page in pages(database, installation_key):
        assert b"Zebulon" not in page
        assert b"Zwammerdam" not in page
    for path in settings.data.rglob("*"):
        if path.is_file():
            assert b"Zebulon" not in path.read_bytes(), path.name
    key = keys.open(told.interview_id)
    for sealing in SEALINGS:
        for row in sealing.of(db, told.interview_id):
            plain = key.open(getattr(row, sealing.column), context=sealing.context(row))
            assert b"Zebulon" not in plain, sealing.column
            assert b"Zebulon" not in _unpacked(plain)


def _unpacked(plain: bytes) -> bytes:
    try:
        return zlib.decompress(plain)
    except zlib.error:
        return plain


def pages(database: Path, key: InstallationKey) -> Iterator[bytes]:
    """Every page of an SQLCipher file and of its log, decrypted, those that are free as well (AES-256-CBC, 80 reserved)."""
    content = database.read_bytes()
    frames = [content[at : at + 4096] for at in range(0, len(content), 4096)]
    log = database.with_name(database.name + "-wal")
    if log.exists():
        written = log.read_bytes()[32:]
        frames += [written[at + 24 : at + 24 + 4096] for at in range(0, len(written), 24 + 4096)]
    for number, page in enumerate(frames):
        start = 16 if number == 0 else 0
        cipher = Cipher(algorithms.AES(key.database_key()), modes.CBC(page[4096 - 80 : 4096 - 64]))
        yield cipher.decryptor().update(page[start : 4096 - 80])


@pytest.mark.parametrize(
    ("name", "first"), [("store_renewed", False), ("finish", False), ("clear_up", False), ("clear_up", True)]
)
def test_a_worker_that_dies_half_way_loses_nothing_and_the_next_one_finishes(
    db: Session, cast: Cast, alice: Actor, told: Transcript, sound: Recording, picture: str, keys: KeyStore,
    files: SealedFiles, worker: Redacting, settings: Settings, name: str, first: bool, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    redaction = destroyed(db, alice, told, keys, Ledger(settings.data), redactions.Stretch(sound.id, 2_500, 4_500))

    def die(*given: object, **more: object) -> None:
        if first:
            keys.settle(told.interview_id, renewed=True)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(redactions, name, die)
        with pytest.raises(KeyboardInterrupt):
            worker.redact(redaction.id)
    # Meanwhile people go on: what they write is under whichever key is in the store.
    with transaction(db):
        assert transcripts.open_raw(db, told, keys=keys)[1][1].text.startswith("Zwaar. ")
        said = removals.ask_in_words(
            db, actor_for(db, cast.carla.id), told.interview, words="En het stuk over de brief.", keys=keys
        )
    db.close()
    worker.catch_up()
    assert db.get_one(Redaction, redaction.id).renewed_at is not None
    assert keys.renewing() == frozenset()
    assert loudest(heard(opened(keys, files, told.interview_id, f"recording/{sound.id}/sound")), 2.5, 4.5) < 100
    assert opened(keys, files, told.interview_id, picture) == b"een tekening"
    assert transcripts.open_raw(db, told, keys=keys)[1][1].text.endswith("Daarna kwam de brief.")
    assert removals.in_words(db.get_one(RemovalRequest, said.id), keys=keys) == "En het stuk over de brief."


def test_a_commit_that_fails_leaves_the_old_key_and_everything_under_it(
    db: Session, alice: Actor, told: Transcript, picture: str, keys: KeyStore, files: SealedFiles, worker: Redacting,
    settings: Settings, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    redaction = destroyed(db, alice, told, keys, Ledger(settings.data))
    old = keys.open(told.interview_id).raw
    db.close()
    take_over = keys.take_over

    def full(interview_id: uuid.UUID) -> None:
        take_over(interview_id)
        raise OSError("no room on the disk")

    with monkeypatch.context() as patch:
        patch.setattr(worker._keys, "take_over", full)  # the disk of this worker
        assert worker.redact(redaction.id) is False
    assert (keys.open(told.interview_id).raw, keys.renewing()) == (old, frozenset())
    assert opened(keys, files, told.interview_id, picture) == b"een tekening"
    assert transcripts.open_raw(db, told, keys=keys)[1][1].text.startswith("Zwaar. ")
    db.close()
    assert worker.catch_up() == 1
    assert keys.open(told.interview_id).raw != old


def test_it_waits_while_sound_comes_in_and_keeps_pieces_of_a_recording_that_stopped(
    db: Session, cast: Cast, alice: Actor, told: Transcript, keys: KeyStore, files: SealedFiles, worker: Redacting,
    settings: Settings, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    bob = actor_for(db, cast.bob.id)
    with transaction(db):
        row = recordings.begin(
            db, bob, told.interview, recording_id=uuid.uuid4(), origin=RecordingOrigin.ADDED, media_type="audio/webm"
        )
        recordings.receive(db, bob, row, part=0, number=0, content=b"een stuk geluid", keys=keys, files=files)
    redaction = destroyed(db, alice, told, keys, Ledger(settings.data))
    worker.redact(redaction.id)
    db.refresh(redaction)
    assert redaction.renewed_at is None
    db.close()
    monkeypatch.setattr(redactions.renewing, "QUIET", redactions.renewing.QUIET * 0)
    worker.catch_up()
    db.expire_all()
    assert db.get_one(Redaction, redaction.id).renewed_at is not None
    (piece,) = db.get_one(Recording, row.id).pieces
    name = recordings.places.name_of(piece)
    assert opened(keys, files, told.interview_id, name) == b"een stuk geluid"
    row = db.get_one(Recording, row.id)
    with transaction(db):
        again = recordings.receive(db, bob, row, part=0, number=0, content=b"een stuk geluid", keys=keys, files=files)
    assert again.id == piece.id


def test_sound_that_is_not_ready_cannot_be_made_silent_yet(
    db: Session, cast: Cast, alice: Actor, told: Transcript, keys: KeyStore, settings: Settings
) -> None:
    with transaction(db):
        row = recordings.begin(
            db, actor_for(db, cast.bob.id), told.interview, recording_id=uuid.uuid4(), origin=RecordingOrigin.ADDED,
            media_type="audio/webm",
        )  # fmt: skip
    with pytest.raises(Invalid, match=r"removal\.sound_not_ready"):
        destroyed(db, alice, told, keys, Ledger(settings.data), redactions.Stretch(row.id, 0, 1_000))


def test_a_story_that_was_taken_back_meanwhile_gets_no_key(
    db: Session, alice: Actor, told: Transcript, keys: KeyStore, worker: Redacting, settings: Settings
) -> None:
    redaction = destroyed(db, alice, told, keys, Ledger(settings.data))
    keys.destroy(told.interview_id)
    assert worker.catch_up() == 0
    assert keys.renewing() == frozenset()
    assert db.get_one(Interview, told.interview_id).id not in keys.interviews()
    assert redaction.renewed_at is None
