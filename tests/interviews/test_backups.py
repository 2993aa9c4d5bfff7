"""A backup is taken while people work, is whole or not there, and comes back without what was erased since."""

from __future__ import annotations

import shutil
import threading
import uuid
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from interviews import attachments, audit, auditheads, backups
from interviews.access import actor_for
from interviews.backups import BackupFailed, Diary, Kind, Note, Source, databases
from interviews.backups.inventory import take
from interviews.backups.restoring import heads_of
from interviews.clock import now
from interviews.db import make_engine, reading, transaction, writing
from interviews.formats.pictures import Picture
from interviews.keys import InstallationKey, KeyStore
from interviews.ledger import Ledger
from interviews.models import AuditEntry, Interview, Project
from interviews.models.attachment import AttachmentKind
from interviews.models.interview import How
from interviews.sealedfiles import SealedFiles
from tests import factories
from tests.factories import Cast
from webapp.settings import Settings

CANARY = "Kanariegeel"


@pytest.fixture
def source(settings: Settings, engine: sa.Engine, installation_key: InstallationKey, keys: KeyStore) -> Source:
    """An installation with a sealed file, a line in the ledger and a head."""
    data = settings.data
    return Source(
        engine, settings.database_url, installation_key, data / "keys", data / "files", data,
        settings.heads_file,
    )  # fmt: skip


@pytest.fixture
def told(source: Source, cast: Cast, keys: KeyStore) -> Interview:
    """An interview with a text and a picture."""
    with writing(source.engine)() as session, transaction(session):
        carla = actor_for(session, cast.carla.id)
        interview = factories.interview(session, carla, cast.project)
        talk = (("I", "En toen?"), ("R", f"Het was {CANARY}."))
        factories.transcript(session, carla, interview, keys=keys, talk=talk)
        attachments.add(
            session, carla, interview, Picture(CANARY.encode() * 10_000, 40, 30), kind=AttachmentKind.DRAWING,
            description=CANARY, may_be_shown=False, how=How.SPOKEN, keys=keys, files=SealedFiles(source.files),
        )  # fmt: skip
    return interview


def put_back(source: Source, folder: Path, keys: Path, into: Path, **asked: object) -> backups.Restored:
    given = {"finish": lambda work: 0, "without_ledger": True, **asked}
    return backups.restore(folder, keys=keys, into=into, key=source.key, url=source.url, **given)  # type: ignore[arg-type]


@pytest.fixture
def both(source: Source, told: Interview, tmp_path: Path) -> tuple[Path, Path]:
    """A backup of the data and one of the keys."""
    return backups.make(source, tmp_path / "copies"), backups.make_keys(source, tmp_path / "keycopies")


def failing(key: str) -> AbstractContextManager[object]:
    return pytest.raises(BackupFailed, check=lambda error: error.key == key)


def test_what_comes_back_is_what_was_there(
    source: Source, told: Interview, both: tuple[Path, Path], tmp_path: Path
) -> None:
    manifest = backups.check(both[0], source.key, url=source.url)
    assert backups.check(both[1], source.key, url=source.url).kind is Kind.KEYS
    assert manifest.counts["interview"] == 1
    into = tmp_path / "again"
    put_back(source, *both, into)
    engine = make_engine(f"sqlite+pysqlcipher:///{into / databases.DATABASE}", key=source.key.database_key())
    with engine.connect() as connection, source.engine.connect() as before:
        assert databases.counts_of(connection) == databases.counts_of(before) == dict(manifest.counts)
        for table in ("interview", "revision", "audit_entry"):
            rows = f"SELECT * FROM {table} ORDER BY id"
            assert connection.exec_driver_sql(rows).all() == before.exec_driver_sql(rows).all()
    store = KeyStore(into / "keys", source.key)
    with reading(engine)() as session:
        found = take(session, store, SealedFiles(into / "files"))
        assert (found.whole, found.missing, found.damaged) == (1, (), ())
        assert audit.verify(session) == []
    engine.dispose()
    assert store.interviews() == {told.id}


def test_nothing_in_a_backup_can_be_read_without_the_key(both: tuple[Path, Path]) -> None:
    for folder in both:
        for path in folder.rglob("*"):
            assert not path.stat().st_mode & 0o077
            if path.is_file():
                content = path.read_bytes()
                assert CANARY.encode() not in content
                assert b"SQLite format" not in content
                assert b"interview" not in content
    for folder in both:
        with failing("backup.key"):
            backups.check(folder, InstallationKey.generate(), url="sqlite+pysqlcipher:///x")


def test_one_flipped_bit_is_found_wherever_it_is_and_so_is_what_was_cut_off(
    source: Source, both: tuple[Path, Path], tmp_path: Path
) -> None:
    for folder in both:
        for path in sorted(one for one in folder.rglob("*") if one.is_file()):
            whole = path.read_bytes()
            flipped = bytearray(whole)
            flipped[len(whole) // 2] ^= 1
            for damaged in (bytes(flipped), whole[:-1], whole[: len(whole) // 2], b""):
                path.write_bytes(damaged)
                with pytest.raises(BackupFailed) as caught:
                    backups.check(folder, source.key, url=source.url)
                assert caught.value.key in {"backup.damaged", "backup.key"}
                with pytest.raises(BackupFailed):
                    put_back(source, *both, tmp_path / "again")
                assert not (tmp_path / "again").exists()
            path.unlink()
            with pytest.raises(BackupFailed):
                backups.check(folder, source.key, url=source.url)
            path.write_bytes(whole)
            path.chmod(0o600)
        backups.check(folder, source.key, url=source.url)
    assert list(tmp_path.glob("again*")) == []


def test_parts_of_two_backups_do_not_go_together(source: Source, both: tuple[Path, Path], cast: Cast) -> None:
    with writing(source.engine)() as session, transaction(session):
        audit.record(session, None, "later", cast.project, project_id=cast.project.id)
    later = backups.make(source, both[0].parent)
    shutil.copy(both[0] / "database.sealed", later / "database.sealed")
    with failing("backup.damaged"):
        backups.check(later, source.key, url=source.url)


def test_a_backup_under_work_is_of_one_moment(source: Source, told: Interview, cast: Cast, tmp_path: Path) -> None:
    stop, written = threading.Event(), []

    def work() -> None:
        while not stop.is_set():
            with writing(source.engine)() as session, transaction(session):
                # Two rows in one change: a copy has both or neither.
                for _ in range(2):
                    audit.record(session, None, "busy", cast.project, project_id=cast.project.id)
            written.append(1)

    workers = [threading.Thread(target=work) for _ in range(3)]
    for worker in workers:
        worker.start()
    try:
        made = [backups.make(source, tmp_path / "copies") for _ in range(3)]
    finally:
        stop.set()
        for worker in workers:
            worker.join()
    keys = backups.make_keys(source, tmp_path / "keycopies")
    assert len(written) > 3
    for place, folder in enumerate(made):
        backups.check(folder, source.key, url=source.url)
        into = tmp_path / f"again-{place}"
        put_back(source, folder, keys, into)
        engine = make_engine(f"sqlite+pysqlcipher:///{into / databases.DATABASE}", key=source.key.database_key())
        with reading(engine)() as session:
            assert audit.verify(session) == []
            assert (session.scalar(sa.select(sa.func.count()).where(AuditEntry.action == "busy")) or 0) % 2 == 0
        engine.dispose()


def test_where_writing_fails_no_half_backup_stays(source: Source, told: Interview, tmp_path: Path) -> None:
    target = tmp_path / "file"
    target.write_text("geen map")
    with failing("backup.disk"):
        backups.make(source, target)
    # A ledger that is damaged is found before the backup is called good.
    Ledger(source.ledger).note("withdrawal", {"interview": str(told.id)}, now())
    path = source.ledger / "ledger.jsonl"
    path.write_bytes(path.read_bytes().replace(b'"kind": "w', b'"kind": "x'))
    with failing("backup.ledger"):
        backups.make(source, tmp_path / "copies")
    assert list((tmp_path / "copies").iterdir()) == []


def test_putting_back_asks_for_the_newest_ledger(
    source: Source, told: Interview, both: tuple[Path, Path], tmp_path: Path
) -> None:
    into, newest = tmp_path / "again", tmp_path / "usb" / "ledger.jsonl"
    with failing("restore.ledger"):
        put_back(source, *both, into, without_ledger=False)
    Ledger(source.ledger).note("withdrawal", {"interview": str(told.id)}, now())
    newest.parent.mkdir()
    shutil.copy(source.ledger / "ledger.jsonl", newest)
    seen: list[int] = []

    def finish(work: Path) -> int:
        seen.append(len(Ledger(work).entries()))
        return 1

    restored = put_back(source, *both, into, newest_ledger=newest, without_ledger=False, finish=finish)
    assert (seen, restored.again) == ([1], 1)
    # A ledger that knows less than a backup is not the newest.
    later = backups.make(source, tmp_path / "copies")
    newest.write_bytes(b"")
    with failing("restore.old_ledger"):
        put_back(source, later, both[1], tmp_path / "third", newest_ledger=newest, without_ledger=False)
    with failing("restore.no_ledger_file"):
        put_back(source, later, both[1], tmp_path / "third", newest_ledger=tmp_path / "usb", without_ledger=False)
    # Without one, the one that the newest backup has is done again.
    put_back(source, later, both[1], tmp_path / "third", finish=finish)
    assert seen == [1, 1]


def test_putting_back_changes_nothing_that_is_there(source: Source, both: tuple[Path, Path], tmp_path: Path) -> None:
    into = tmp_path / "again"
    into.mkdir()
    (into / "iets").write_text("van iemand")
    with failing("restore.not_empty"):
        put_back(source, *both, into)
    assert (into / "iets").read_text() == "van iemand"
    (into / "iets").unlink()
    with failing("restore.kind"):
        put_back(source, both[1], both[0], into)
    with failing("backup.none"):
        put_back(source, tmp_path, both[1], into)

    def broken(work: Path) -> int:
        raise RuntimeError("half-way")

    with pytest.raises(RuntimeError):
        put_back(source, *both, into, finish=broken)
    assert list(into.iterdir()) == []
    assert list(tmp_path.glob("again.*")) == []
    put_back(source, *both, into)


def test_backups_of_keys_go_after_thirty_days_and_nothing_else_does(
    source: Source, both: tuple[Path, Path], tmp_path: Path
) -> None:
    keycopies = both[1].parent
    (keycopies / "dichterbij-keys-van-iemand-anders").mkdir()
    moved = shutil.copytree(both[0], keycopies / "dichterbij-keys-but-data")
    later = now() + timedelta(days=backups.KEPT_DAYS, minutes=1)
    assert backups.prune_keys(keycopies, InstallationKey.generate(), moment=later) == []
    assert backups.prune_keys(keycopies, source.key, moment=later - timedelta(days=1)) == []
    assert backups.prune_keys(keycopies, source.key, moment=later) == [both[1]]
    assert not both[1].exists()
    assert moved.exists()


def test_a_backup_knows_the_heads_of_the_log(source: Source, told: Interview, tmp_path: Path) -> None:
    with reading(source.engine)() as session:
        auditheads.add(source.heads, audit.head(session))
    made = backups.make(source, tmp_path / "copies")
    assert heads_of(made, source.key) == source.heads.read_bytes()


def test_files_that_are_gone_or_changed_are_seen(source: Source, told: Interview, keys: KeyStore) -> None:
    files = SealedFiles(source.files)
    (name,) = files.names("picture")
    path = source.files / name

    def look() -> tuple[int, int, int]:
        with reading(source.engine)() as session:
            found = take(session, keys, files)
        return found.whole, len(found.missing), len(found.damaged)

    assert look() == (1, 0, 0)
    path.write_bytes(path.read_bytes()[:-1])
    assert look() == (0, 0, 1)
    path.unlink()
    assert look() == (0, 1, 0)


def test_the_diary_remembers_the_last_of_each(tmp_path: Path) -> None:
    diary = Diary(tmp_path)
    assert diary.last(Kind.DATA) is None
    first = Note(Kind.DATA, now() - timedelta(days=2), "/a")
    second = Note(Kind.DATA, now(), "/b")
    for note in (first, second, replace(first, checked_at=now())):
        diary.add(note)
    assert diary.last(Kind.DATA) == second
    assert diary.last(Kind.DATA, checked=True) == replace(first, checked_at=diary.notes()[-1].checked_at)
    assert diary.last(Kind.KEYS) is None
    (tmp_path / "backups.json").write_text("niets")
    assert diary.notes() == []


@pytest.mark.postgres
def test_postgresql_comes_back_too(
    postgres_schema: str, source: Source, cast: Cast, tmp_path: Path, installation_key: InstallationKey
) -> None:
    engine = make_engine(postgres_schema)
    try:
        with writing(engine)() as session, transaction(session):
            lead = factories.person(session, f"p{uuid.uuid4().hex[:8]}")
            factories.project(session, lead, title=CANARY)
        there = replace(source, engine=engine, url=postgres_schema)
        made, keys = backups.make(there, tmp_path / "copies"), backups.make_keys(there, tmp_path / "keycopies")
        assert CANARY.encode() not in (made / "database.sealed").read_bytes()
        manifest = backups.check(made, installation_key, url=postgres_schema)
        assert manifest.counts["project"] == 1
        with failing("restore.other_database"):
            put_back(source, made, keys, tmp_path / "again")
        with failing("restore.not_empty_database"):
            put_back(there, made, keys, tmp_path / "again")
        with databases.scratch(postgres_schema) as address:
            put_back(replace(there, url=address), made, keys, tmp_path / "again")
            fresh = make_engine(address)
            with reading(fresh)() as session:
                assert session.scalars(sa.select(Project.title)).all() == [CANARY]
                assert audit.verify(session) == []
            with writing(fresh)() as session, pytest.raises(sa.exc.DBAPIError, match="only ever added to"):
                session.execute(sa.delete(AuditEntry))
            fresh.dispose()
    finally:
        with engine.begin() as connection:
            tables = ", ".join(f'"{name}"' for name in sa.inspect(connection).get_table_names())
            connection.exec_driver_sql(f"TRUNCATE {tables} CASCADE")
        engine.dispose()
