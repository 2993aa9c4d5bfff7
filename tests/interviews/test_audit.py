"""The log: who did what, when and why, never what was said; and nobody changes it unseen."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from interviews import audit, auditchain, auditheads, transcripts
from interviews.access import actor_for
from interviews.audit import Finding, Head, Tampering
from interviews.clock import now
from interviews.db import reading, transaction, writing
from interviews.errors import NotAllowed, NotVisible
from interviews.keys import KeyStore
from interviews.models import AuditCheckpoint, AuditEntry
from interviews.models.audit import APPEND_ONLY, TAKE_AWAY
from tests import factories
from tests.factories import TALK, Cast, cast


@pytest.fixture
def hanna(any_engine: sa.Engine) -> Cast:
    """The cast, on each kind of database."""
    with writing(any_engine)() as session, transaction(session):
        return cast(session)


def note(engine: sa.Engine, who: Cast, number: int = 1, *, reason: str | None = None) -> None:
    """Let something be logged, each in a change of its own."""
    for place in range(number):
        with writing(engine)() as session, transaction(session):
            audit.record(session, None, f"step.{place}", who.project, project_id=who.project.id, reason=reason)


def look(engine: sa.Engine, heads: list[Head] | None = None) -> list[Finding]:
    with reading(engine)() as session:
        return audit.verify(session, heads or [])


def newest(engine: sa.Engine) -> Head:
    with reading(engine)() as session:
        return audit.head(session)


def behind_its_back(engine: sa.Engine, *statements: str) -> None:
    """Do what the database refuses: its guards are taken away first, as somebody who owns it could."""
    with writing(engine)() as session, transaction(session):
        for statement in (*TAKE_AWAY[engine.dialect.name], *statements, *APPEND_ONLY[engine.dialect.name]):
            session.connection().exec_driver_sql(statement)


def test_a_line_says_who_did_what_to_which_thing(db: Session, cast: Cast) -> None:
    bob = actor_for(db, cast.bob.id)
    line = audit.record(db, bob, "theme.add", cast.project, project_id=cast.project.id, reason="test")
    assert (line.actor_id, line.action, line.object_kind, line.object_id, line.reason) == (
        cast.bob.id,
        "theme.add",
        "Project",
        cast.project.id,
        "test",
    )
    assert line.at.tzinfo is not None


def test_what_the_tool_itself_does_has_no_person(db: Session, cast: Cast) -> None:
    assert audit.record(db, None, "segments.follow", cast.project, project_id=cast.project.id).actor_id is None


def test_the_newest_lines_of_a_project_come_first_and_no_other_project_shows(db: Session, cast: Cast) -> None:
    for number in range(3):
        audit.record(db, None, f"step.{number}", cast.project, project_id=cast.project.id)
    audit.record(db, None, "elsewhere", cast.elsewhere, project_id=cast.elsewhere.id)
    lines = [line.action for line in db.scalars(audit.entries(cast.project, limit=3))]
    assert lines == ["step.2", "step.1", "step.0"]


def test_a_line_knows_the_interview_it_is_about(db: Session, cast: Cast, keys: KeyStore) -> None:
    carla = actor_for(db, cast.carla.id)
    interview = factories.interview(db, carla, cast.project)
    transcript = factories.transcript(db, carla, interview, keys=keys)
    about = {
        line.object_kind: line.interview_id
        for line in db.scalars(sa.select(AuditEntry).where(AuditEntry.actor_id == cast.carla.id))
    }
    assert about["Interview"] == about["Transcript"] == interview.id
    transcripts.read_raw(db, carla, transcript, keys=keys)
    lead, lines = actor_for(db, cast.alice.id), audit.Asked(interview_id=interview.id, actions=["raw."])
    found = db.scalars(audit.find(db, lead, cast.project, lines)).all()
    assert [line.action for line in found] == ["raw.read", "raw.edit"]
    assert audit.codes_of(db, found) == {interview.id: interview.code}


def test_the_lead_finds_lines_by_person_kind_and_time_and_nobody_else_does(
    db: Session, cast: Cast, acting: Callable
) -> None:
    with transaction(db):
        for who, action in ((cast.bob, "theme.add"), (cast.carla, "theme_other"), (cast.bob, "themeXadd")):
            audit.record(db, acting(who), action, cast.project, project_id=cast.project.id)
    alice, later = acting(cast.alice), now() + timedelta(minutes=1)

    def found(asked: audit.Asked) -> list[str]:
        return sorted(line.action for line in db.scalars(audit.find(db, alice, cast.project, asked)))

    assert found(audit.Asked(person_id=cast.carla.id)) == ["theme_other"]
    assert found(audit.Asked(actions=["theme_"])) == ["theme_other"]
    assert found(audit.Asked(person_id=cast.bob.id, end=later)) == ["theme.add", "themeXadd"]
    assert found(audit.Asked(start=later)) == []
    with pytest.raises(NotAllowed):
        audit.find(db, acting(cast.bob), cast.project, audit.Asked())
    with pytest.raises(NotVisible):
        audit.find(db, acting(cast.zoe), cast.project, audit.Asked())


def test_no_line_holds_a_word_of_an_interview(db: Session, cast: Cast, keys: KeyStore) -> None:
    carla = actor_for(db, cast.carla.id)
    transcript = factories.transcript(db, carla, factories.interview(db, carla, cast.project), keys=keys)
    transcripts.read_raw(db, carla, transcript, keys=keys)
    factories.approved(db, transcript, by=actor_for(db, cast.bob.id), keys=keys)
    words = {word for _, text in TALK for word in text.split() if len(word) > 4}
    for line in db.scalars(sa.select(AuditEntry)):
        assert not words & set(f"{line.action} {line.reason}".split())


def test_every_line_gets_its_place_when_its_change_is_kept(any_engine: sa.Engine, hanna: Cast) -> None:
    note(any_engine, hanna, 3, reason="why")
    with writing(any_engine)() as session:
        audit.record(session, None, "never.kept", hanna.project, project_id=hanna.project.id)
        session.rollback()
        with transaction(session):
            savepoint = session.begin_nested()
            audit.record(session, None, "half.kept", hanna.project, project_id=hanna.project.id)
            savepoint.rollback()
            audit.record(session, None, "kept", hanna.project, project_id=hanna.project.id)
    with reading(any_engine)() as session:
        lines = session.scalars(sa.select(AuditEntry).order_by(AuditEntry.seq)).all()
    assert [line.seq for line in lines] == list(range(1, len(lines) + 1))
    assert [line.action for line in lines][-4:] == ["step.0", "step.1", "step.2", "kept"]
    assert look(any_engine, [newest(any_engine)]) == []


TAMPERINGS = [
    ("UPDATE audit_entry SET action = 'raw.edit' WHERE seq = {n}", (Tampering.CHANGED, 0, 0)),
    ("UPDATE audit_entry SET reason = 'anders' WHERE seq = {n}", (Tampering.CHANGED, 0, 0)),
    ("UPDATE audit_entry SET reason = NULL, reason_salt = NULL WHERE seq = {n}", (Tampering.CHANGED, 0, 0)),
    ("UPDATE audit_entry SET actor_id = NULL, interview_id = project_id WHERE seq = {n}", (Tampering.CHANGED, 0, 0)),
    ("DELETE FROM audit_entry WHERE seq IN ({n}, {n} + 1)", (Tampering.DELETED, 0, 1)),
    (
        """INSERT INTO audit_entry (id, at, action, object_kind, object_id)
        SELECT '{id}', at, action, object_kind, object_id FROM audit_entry WHERE seq = {n}""",
        (Tampering.INSERTED, 0, 0),
    ),
    ("DELETE FROM audit_entry WHERE seq > {n} + 2", (Tampering.TRUNCATED, 3, 5)),
]


def unguarded(session: Session, *statements: str) -> None:
    for statement in (*TAKE_AWAY[session.get_bind().dialect.name], *statements):
        session.connection().exec_driver_sql(statement)


def test_what_was_done_to_the_log_is_found_and_its_place_is_named(any_engine: sa.Engine, hanna: Cast) -> None:
    start = newest(any_engine).seq + 2
    note(any_engine, hanna, 7, reason="why")
    head = newest(any_engine)
    # The first of the lines in question is the second of seven.
    assert head.seq == start + 5
    for statement, finding in TAMPERINGS:
        with writing(any_engine)() as session:
            unguarded(session, statement.format(n=start, id=uuid.uuid4().hex))
            found = audit.verify(session, [head])
            assert [(one.kind, one.first - start, one.last - start) for one in found] == [finding], statement
            session.rollback()
    for apart in (1, 3):
        a, b = start, start + apart
        with writing(any_engine)() as session:
            unguarded(
                session,
                f"UPDATE audit_entry SET seq = 999999 WHERE seq = {a}",
                f"UPDATE audit_entry SET seq = {a} WHERE seq = {b}",
                f"UPDATE audit_entry SET seq = {b} WHERE seq = 999999",
            )
            found = audit.verify(session, [head])
            assert [(one.kind, one.first) for one in found] == [(Tampering.MOVED, a), (Tampering.MOVED, b)]
            session.rollback()
    assert look(any_engine, [head]) == []


def test_a_log_that_was_written_anew_from_some_line_on_does_not_fit_its_head(engine: sa.Engine, cast: Cast) -> None:
    note(engine, cast, 2)
    before = newest(engine)
    note(engine, cast, 3)
    after = newest(engine)
    behind_its_back(engine, f"DELETE FROM audit_entry WHERE seq > {before.seq + 1}")
    note(engine, cast, 4)
    assert look(engine) == []
    assert look(engine, [before, after]) == [Finding(Tampering.REWRITTEN, before.seq + 1, after.seq)]


def test_the_database_itself_refuses_to_change_or_remove_a_line(any_engine: sa.Engine, hanna: Cast) -> None:
    note(any_engine, hanna, 1, reason="why")
    with writing(any_engine)() as session, transaction(session):
        session.add(AuditCheckpoint(seq=1, hash=b"x" * 32))
    for statement in (
        "UPDATE audit_entry SET action = 'x' WHERE seq = 2",
        "UPDATE audit_entry SET reason = 'x' WHERE reason IS NOT NULL",
        "UPDATE audit_entry SET reason = NULL, reason_salt = NULL, object_kind = 'x' WHERE reason IS NOT NULL",
        "UPDATE audit_entry SET seq = NULL WHERE seq = 2",
        "DELETE FROM audit_entry WHERE seq = 2",
        "UPDATE audit_checkpoint SET seq = 5",
        "DELETE FROM audit_checkpoint",
    ):
        with writing(any_engine)() as session, pytest.raises(sa.exc.DBAPIError, match="only ever added to"):
            session.execute(sa.text(statement))
    # Where no checkpoint stands, nothing goes; this one was put there by hand, and that is seen.
    with writing(any_engine)() as session, transaction(session):
        session.execute(sa.text("DELETE FROM audit_entry WHERE seq = 1"))
    assert Finding(Tampering.DELETED, 1, 1) in look(any_engine)


def test_old_lines_go_and_the_rest_still_fits(
    any_engine: sa.Engine, hanna: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    heads = [newest(any_engine)]
    long_ago = now() - timedelta(days=900)
    monkeypatch.setattr(audit, "now", lambda: long_ago)
    with writing(any_engine)() as session, transaction(session):
        # Nothing at the front is that old, so nothing goes yet.
        assert audit.prune(session, long_ago) == 0
    monkeypatch.undo()
    note(any_engine, hanna, 3)
    heads.append(newest(any_engine))
    cut = now()
    note(any_engine, hanna, 2)
    with writing(any_engine)() as session, transaction(session):
        assert audit.prune(session, cut) == heads[-1].seq
    assert look(any_engine, [*heads, newest(any_engine)]) == []
    with reading(any_engine)() as session:
        left = [line.action for line in session.scalars(sa.select(AuditEntry).order_by(AuditEntry.seq))]
    assert left == ["step.0", "step.1", "audit.prune"]
    with writing(any_engine)() as session, transaction(session):
        # Everything may go at once, and again.
        assert audit.prune(session, now()) == 3
    note(any_engine, hanna, 1)
    assert look(any_engine, [*heads, newest(any_engine)]) == []
    behind_its_back(any_engine, f"DELETE FROM audit_entry WHERE seq = {newest(any_engine).seq - 1}")
    assert {one.kind for one in look(any_engine)} == {Tampering.DELETED}


def test_what_somebody_gave_as_reason_can_be_forgotten_with_the_interview(engine: sa.Engine, cast: Cast) -> None:
    with writing(engine)() as session, transaction(session):
        carla = actor_for(session, cast.carla.id)
        interview = factories.interview(session, carla, cast.project)
        audit.record(session, carla, "raw.reread", interview, project_id=cast.project.id, reason="Kanariegeel")
    with writing(engine)() as session, transaction(session):
        assert audit.forget_reasons(session, interview.id, project_id=cast.project.id) >= 1
        assert audit.forget_reasons(session, interview.id, project_id=cast.project.id) == 0
    with reading(engine)() as session:
        lines = session.scalars(sa.select(AuditEntry).where(AuditEntry.interview_id == interview.id)).all()
    assert "raw.reread" in {line.action for line in lines}
    assert [line.reason for line in lines if line.reason] == []
    assert [line.reason_salt for line in lines if line.reason_salt] == []
    assert look(engine, [newest(engine)]) == []


def test_people_who_write_at_once_make_one_chain(any_engine: sa.Engine, hanna: Cast) -> None:
    from threading import Thread

    def write() -> None:
        note(any_engine, hanna, 10)

    threads = [Thread(target=write) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    head = newest(any_engine)
    assert head.seq >= 60
    assert look(any_engine, [head]) == []


def test_a_log_from_before_the_chain_gets_one(any_engine: sa.Engine, hanna: Cast) -> None:
    note(any_engine, hanna, 3, reason="why")
    behind_its_back(
        any_engine,
        "UPDATE audit_entry SET seq = NULL, hash = NULL, reason_salt = NULL, reason_mark = NULL",
    )
    with any_engine.execution_options(writes=True).begin() as connection:
        for statement in TAKE_AWAY[any_engine.dialect.name]:
            connection.exec_driver_sql(statement)
        number = auditchain.link_existing(connection)
        for statement in APPEND_ONLY[any_engine.dialect.name]:
            connection.exec_driver_sql(statement)
    assert number == newest(any_engine).seq
    note(any_engine, hanna, 1)
    assert look(any_engine, [newest(any_engine)]) == []


def test_the_heads_are_kept_in_a_file_once_a_day(engine: sa.Engine, cast: Cast, tmp_path: Path) -> None:
    path = tmp_path / "elsewhere" / auditheads.FILE
    assert auditheads.read(path) == []
    first = newest(engine)
    assert auditheads.add_daily(path, first)
    note(engine, cast)
    assert not auditheads.add_daily(path, newest(engine))
    tomorrow = Head(newest(engine).seq, newest(engine).hash, now() + timedelta(days=1))
    assert auditheads.add_daily(path, tomorrow)
    # Half a line of a crash counts as not written.
    path.write_bytes(path.read_bytes() + b'{"at": "20')
    assert auditheads.read(path) == [first, tomorrow]
    later = Head(tomorrow.seq, tomorrow.hash, tomorrow.at + timedelta(days=1))
    assert not auditheads.add_daily(path, later)  # nothing was logged since
    auditheads.add(path, later)
    assert auditheads.read(path) == [first, tomorrow, later]
    assert path.stat().st_mode & 0o077 == 0
    path.write_text("geen hoofd\n")
    with pytest.raises(auditheads.HeadsDamaged):
        auditheads.read(path)


def test_after_a_backup_was_put_back_the_lines_that_it_lacks_are_not_missed(engine: sa.Engine, cast: Cast) -> None:
    note(engine, cast, 2)
    at_backup = newest(engine)
    note(engine, cast, 4)
    lost = newest(engine)
    behind_its_back(engine, f"DELETE FROM audit_entry WHERE seq > {at_backup.seq}")
    assert [one.kind for one in look(engine, [at_backup, lost])] == [Tampering.TRUNCATED]
    put_back = Head(at_backup.seq, at_backup.hash, now(), restored=True)
    assert look(engine, [at_backup, lost, put_back]) == []
    behind_its_back(engine, f"DELETE FROM audit_entry WHERE seq = {at_backup.seq}")
    assert [one.kind for one in look(engine, [at_backup, lost, put_back])] == [Tampering.TRUNCATED]
