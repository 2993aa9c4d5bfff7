"""Somebody stops: afterwards not one byte of the story is left, and no old copy can be read (check B14)."""

from __future__ import annotations

import logging
import shutil
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coding import reports, withdrawing
from coding.models import HandOut, Memo, Report, Segment, Theme
from coding.models.report import ReportKind
from interviews import withdrawal
from interviews.access import actor_for
from interviews.db import make_engine, reading, transaction, writing
from interviews.keys import InstallationKey, KeyDestroyed, KeyStore
from interviews.ledger import Ledger
from interviews.models import Hours, Interview, Interviewee, Project, Revision, Task, Withdrawal
from interviews.models.withdrawal import Asked, Outcome
from interviews.redactions.sealed import SEALINGS
from interviews.sealedfiles import SealedFiles
from tests import factories
from tests.factories import Cast
from tests.security.forensics import plain_database, plain_log, rows_with
from tests.security.stopping import WORDS, Told, tell
from webapp import erasing
from webapp.settings import Settings


def count(content: bytes) -> int:
    """How often one of the words is in it, in whichever capitals."""
    return sum(content.lower().count(word.lower().encode()) for word in WORDS)


@pytest.fixture
def files(settings: Settings) -> SealedFiles:
    """The sealed files of the installation."""
    return SealedFiles(settings.data / "files")


@pytest.fixture
def ledger(settings: Settings) -> Ledger:
    """The ledger of the installation."""
    return Ledger(settings.data)


def stop(db: Session, cast: Cast, told: Told, keys: KeyStore, ledger: Ledger) -> Withdrawal:
    """Alice writes down that the person stops."""
    with transaction(db):
        return withdrawal.withdraw(
            db,
            actor_for(db, cast.alice.id),
            db.get_one(Interview, told.interview),
            asked=Asked.PHONE,
            keys=keys,
            ledger=ledger,
        )


def test_not_one_byte_is_left_in_the_database_its_log_or_any_file(
    db: Session,
    engine: sa.Engine,
    settings: Settings,
    installation_key: InstallationKey,
    keys: KeyStore,
    files: SealedFiles,
    ledger: Ledger,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    with transaction(db):
        cast = factories.cast(db)
        told = tell(db, cast, keys, files)
    db.close()
    path, key = settings.data / "dichterbij.db", installation_key.database_key()
    # The search finds what is there: else finding nothing would prove nothing.
    assert count(plain_database(path, key)) + count(plain_log(path, key)) > 20
    row = stop(db, cast, told, keys, ledger)
    withdrawal_id = row.id
    db.close()
    assert erasing.finish(engine, files, ledger) == 1
    assert count(plain_database(path, key)) == 0
    assert count(plain_log(path, key)) == 0
    everything = [one for one in settings.data.parent.rglob("*") if one.is_file()]
    assert sum(count(one.read_bytes()) + count(str(one).encode()) for one in everything) == 0
    assert files.names("recording") == files.names("picture") == []
    assert count(caplog.text.encode()) == 0
    with reading(engine)() as session:
        assert session.get_one(Withdrawal, withdrawal_id).finished_at is not None


def test_no_row_of_any_table_holds_a_word_and_the_other_story_is_whole(
    any_engine: sa.Engine, settings: Settings, installation_key: InstallationKey, tmp_path: Path
) -> None:
    keys, files, ledger = KeyStore(tmp_path / "k", installation_key), SealedFiles(tmp_path / "f"), Ledger(tmp_path)
    with writing(any_engine)() as db:
        with transaction(db):
            cast = factories.cast(db)
            told = tell(db, cast, keys, files)
        before = {name.partition(".")[0] for name in rows_with(db, WORDS)}
        assert {"interviewee", "revision", "segment", "memo", "theme"} <= before
        row = stop(db, cast, told, keys, ledger)
        left = withdrawal.what_is_left(db, actor_for(db, cast.alice.id), row, keys=keys, files=files, ledger=ledger)
        assert set(left.rows) == {"audit_entry", "withdrawal"}
        assert not left.key
        assert left.files == 3
        assert rows_with(db, WORDS) == []
        assert db.get(Interview, told.interview) is None
        assert db.get(Theme, told.theme) is None
        assert db.scalars(sa.select(Task)).all() == []
        known = db.get_one(Theme, told.known)
        assert (known.example, known.definition) == ("", "Alles over een brief.")
        assert [memo.text for memo in db.scalars(sa.select(Memo))] == ["Een eigen gedachte van het team."]
        assert db.get(Interview, told.other) is not None
        assert [one.theme_id for one in db.scalars(sa.select(Segment))] == [told.known]
        assert row.counts["recording"] == 1
        assert row.counts["segment"] == 2
        db.rollback()
    erasing.finish(any_engine, files, ledger)
    assert files.names("recording") == files.names("picture") == []


def test_of_a_copy_made_before_nobody_opens_what_was_sealed(
    db: Session,
    engine: sa.Engine,
    settings: Settings,
    installation_key: InstallationKey,
    keys: KeyStore,
    files: SealedFiles,
    ledger: Ledger,
    tmp_path: Path,
) -> None:
    with transaction(db):
        cast = factories.cast(db)
        told = tell(db, cast, keys, files)
    db.close()
    engine.dispose()
    copy = tmp_path / "copy"
    shutil.copytree(settings.data, copy)
    stop(db, cast, told, keys, ledger)
    db.close()
    old = make_engine(f"sqlite+pysqlcipher:///{copy / 'dichterbij.db'}", key=installation_key.database_key())
    # The copy of the keys is gone by then (30 days): what is left is the key store as it is now.
    sealed = 0
    with reading(old)() as session:
        for sealing in SEALINGS:
            sealed += len(list(sealing.of(session, told.interview)))
        assert session.get_one(Interview, told.interview).code
    assert sealed > 10
    with pytest.raises(KeyDestroyed):
        keys.open(told.interview)
    # Also when the key itself comes back from a copy: the tombstone is stronger.
    shutil.copy(copy / "keys" / f"{told.interview}.key", settings.data / "keys")
    with pytest.raises(KeyDestroyed):
        KeyStore(settings.data / "keys", installation_key).open(told.interview)
    assert not (settings.data / "keys" / f"{told.interview}.key").exists()
    old.dispose()


def test_putting_an_old_copy_back_erases_it_again(
    db: Session,
    engine: sa.Engine,
    settings: Settings,
    installation_key: InstallationKey,
    keys: KeyStore,
    files: SealedFiles,
    ledger: Ledger,
    tmp_path: Path,
) -> None:
    with transaction(db):
        cast = factories.cast(db)
        told = tell(db, cast, keys, files)
    db.close()
    engine.dispose()
    copy = tmp_path / "copy"
    shutil.copytree(settings.data, copy)
    first = stop(db, cast, told, keys, ledger)
    withdrawal_id, at = first.id, first.at
    db.close()
    old = make_engine(f"sqlite+pysqlcipher:///{copy / 'dichterbij.db'}", key=installation_key.database_key())
    old_keys, old_files = KeyStore(copy / "keys", installation_key), SealedFiles(copy / "files")
    with writing(old)() as session:
        with transaction(session):
            assert withdrawal.replay(session, old_keys, old_files, ledger) == 1
        assert rows_with(session, WORDS) == []
        again = session.get_one(Withdrawal, withdrawal_id)
        assert (again.at, again.outcome) == (at, Outcome.ERASED)
        assert again.counts["segment"] == 2
        with transaction(session):
            assert withdrawal.replay(session, old_keys, old_files, ledger) == 0
    assert old_files.names("recording") == old_files.names("picture") == []
    assert told.interview in old_keys.destroyed()
    old.dispose()


class PowerCut(Exception):
    """The machine goes off."""


def _cut_off(db: Session, cast: Cast, told: Told, keys: KeyStore, ledger: Ledger) -> None:
    with transaction(db):
        stop(db, cast, told, keys, ledger)
        raise PowerCut


def test_what_a_crash_left_before_the_commit_is_finished_by_the_worker(
    db: Session, engine: sa.Engine, keys: KeyStore, files: SealedFiles, ledger: Ledger
) -> None:
    with transaction(db):
        cast = factories.cast(db)
        told = tell(db, cast, keys, files)

    with pytest.raises(PowerCut):
        _cut_off(db, cast, told, keys, ledger)
    db.close()
    with reading(engine)() as session:
        assert session.get(Interview, told.interview) is not None
    assert erasing.catch_up(engine, keys, files, ledger) == 1
    with reading(engine)() as session:
        assert session.get(Interview, told.interview) is None
        assert rows_with(session, WORDS) == []
    assert files.names("recording") == []
    assert erasing.catch_up(engine, keys, files, ledger) == 0


def test_a_report_with_these_words_stays_as_a_line_and_its_holders_are_listed(
    db: Session, keys: KeyStore, files: SealedFiles, ledger: Ledger
) -> None:
    with transaction(db):
        cast = factories.cast(db)
        told = tell(db, cast, keys, files)
        bob = actor_for(db, cast.bob.id)
        withdrawing.give(db, bob, db.get_one(Report, told.report), holder="gemeente Wilgenburg")
        assert withdrawing.outdated(db, cast.project) == []
    row = stop(db, cast, told, keys, ledger)
    assert len(row.reports) == 2
    found = {one.report.id: one for one in withdrawing.outdated(db, db.get_one(Project, cast.project.id))}
    assert {str(one) for one in found} == set(row.reports)
    whole = found[told.report]
    assert whole.whole
    assert [holder.holder for holder in whole.holders] == ["", "gemeente Wilgenburg"]
    assert [holder.person_id for holder in whole.holders] == [cast.bob.id, None]
    assert not any(whole.told(holder) for holder in whole.holders)
    with transaction(db):
        withdrawing.tell(db, actor_for(db, cast.alice.id), whole.holders[1])
    assert [whole.told(holder) for holder in whole.holders] == [False, True]
    with transaction(db):
        built = reports.build(db, actor_for(db, cast.bob.id), kind=ReportKind.CODEBOOK, project=cast.project)
    assert count(built.content) == 0
    assert built.report.id not in {one.report.id for one in withdrawing.outdated(db, cast.project)}


def test_the_hours_of_the_volunteer_stay_without_the_interview(
    db: Session, keys: KeyStore, files: SealedFiles, ledger: Ledger
) -> None:
    from interviews import training
    from interviews.models.aftercare import HoursKind

    with transaction(db):
        cast = factories.cast(db)
        told = tell(db, cast, keys, files)
        carla = actor_for(db, cast.carla.id)
        spent = training.note_hours(
            db, carla, cast.project, kind=HoursKind.TALK, minutes=60, on=cast.project.created_at.date()
        )
        spent.interview_id = told.interview
    stop(db, cast, told, keys, ledger)
    kept = db.get_one(Hours, spent.id)
    assert (kept.minutes, kept.interview_id) == (60, None)


def test_nobody_of_the_interview_is_known_afterwards(
    db: Session, keys: KeyStore, files: SealedFiles, ledger: Ledger
) -> None:
    with transaction(db):
        cast = factories.cast(db)
        told = tell(db, cast, keys, files)
        people = [one.id for one in db.get_one(Interview, told.interview).interviewees]
    stop(db, cast, told, keys, ledger)
    assert [db.get(Interviewee, one) for one in people] == [None]
    assert db.scalars(sa.select(HandOut)).all() != []
    assert db.scalar(sa.select(sa.func.count()).select_from(Revision)) == 2
