"""`backup`, `restore` and `audit`: the drill of docs/beheer.md, and what is said when something is not right."""

from __future__ import annotations

import json
import os
import re
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa
from click.testing import CliRunner, Result
from sqlalchemy.orm import Session

import coding.withdrawing  # noqa: F401  # adds what the analysis erases
from interviews import people, projects, recoverysheets, withdrawal
from interviews.access import actor_for
from interviews.db import reading, transaction, writing
from interviews.keys import InstallationKey
from interviews.ledger import Ledger
from interviews.models import AuditEntry, Interview, LoginSession, Membership, Person
from interviews.models.withdrawal import Asked
from interviews.people import open_session
from webapp.cli import main
from webapp.installation import Installation, create, opened
from webapp.settings import Settings

ROOT = Path(__file__).resolve().parents[3]
Invoke = Callable[..., Result]
BEHEER = (ROOT / "docs" / "beheer.md").read_text(encoding="utf-8")


@contextmanager
def changing() -> Iterator[tuple[Installation, Session]]:
    """Give the installation and a session whose work is kept when the block ends."""
    with opened(Settings.from_environment()) as found, writing(found.engine)() as session, transaction(session):
        yield found, session


@pytest.fixture
def code(invoke: Invoke, place: Path) -> str:
    """An installation with two stories, its recovery sheet confirmed; returns what is on the sheet."""
    made = invoke("init", "--login", "hanna", "--recovery-sheet", place / "blad.txt")
    assert made.exit_code == 0, made.output
    key = InstallationKey.from_file(place / "elsewhere" / "installation.key")
    with changing() as (_found, session):
        row = recoverysheets.waiting(session)
        assert row is not None
        groups = key.to_recovery_code().split("-")
        typed = [groups[number - 1] for _sheet, number in recoverysheets.places(row)]
        recoverysheets.confirm(session, None, typed, key=key)
        person = session.scalars(sa.select(Person)).one()
        open_session(session, person, device="laptop")
    for name in ("een", "twee"):
        story = place / f"{name}.txt"
        story.write_text(f"Interviewer: En toen?\nGast: Het was {name} keer Kanariegeel.\n", encoding="utf-8")
        assert invoke("import", story, "--consent").exit_code == 0
    return key.to_recovery_code()


def stop(place: Installation, code: str) -> None:
    """Let somebody withdraw."""
    with writing(place.engine)() as session, transaction(session):
        interview = session.scalars(sa.select(Interview).where(Interview.code == code)).one()
        lead = session.scalars(sa.select(Membership.person_id)).first()
        assert lead is not None
        withdrawal.withdraw(
            session, actor_for(session, lead), interview, asked=Asked.PHONE, keys=place.keys,
            ledger=Ledger(place.settings.data),
        )  # fmt: skip


def codes(place: Installation) -> list[str]:
    with reading(place.engine)() as session:
        return list(session.scalars(sa.select(Interview.code).order_by(Interview.code)))


def drill() -> list[str]:
    """Return the commands of the restore drill in the manual, as they stand there."""
    found = re.search(r"### The drill\n.*?```console\n(.*?)```", BEHEER, re.S)
    assert found
    return [line.removeprefix("uv run dichterbij ") for line in found[1].splitlines() if line.startswith("uv run")]


def test_the_drill_of_the_manual_brings_everything_back_but_who_withdrew(
    invoke: Invoke, place: Path, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(place)
    here, there = drill()[:2], drill()[2:]
    for command in here:
        ran = invoke(*command.split())
        assert ran.exit_code == 0, ran.output
    with opened(Settings.from_environment()) as installation:
        stop(installation, "D-01")
    # What is carried to the other machine: both backups, the ledger, and the sheet in somebody's hand.
    (place / "usb").mkdir()
    shutil.copy(place / "data" / "ledger.jsonl", place / "usb" / "ledger.jsonl")
    shutil.rmtree(place / "data")
    shutil.rmtree(place / "elsewhere")
    for command in there:
        arguments = [str(next(place.glob(one))) if "*" in one else one for one in command.split()]
        ran = CliRunner().invoke(main, arguments, input=f"{code}\n")
        assert ran.exit_code == 0, ran.output
        if arguments[0] == "restore":
            assert "Opnieuw gewist: 1" in ran.stderr
            monkeypatch.setenv("DICHTERBIJ_DATA", str(place / "nieuw"))
    with opened(Settings.from_environment()) as installation:
        assert codes(installation) == ["D-02"]
        with reading(installation.engine)() as session:
            assert session.scalars(sa.select(LoginSession.id).where(LoginSession.ended_at.is_(None))).all() == []
            assert "backup.restored" in session.scalars(sa.select(AuditEntry.action)).all()
        assert len(installation.keys.destroyed()) == 1
    assert b"Kanariegeel" not in b"".join(
        one.read_bytes() for one in place.rglob("*") if one.suffix != ".txt" and one.is_file()
    )


def test_a_demo_that_was_put_back_still_has_a_key_to_throw_away(
    invoke: Invoke, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    demo = place / "demo"
    monkeypatch.setenv("DICHTERBIJ_DATA", str(demo))
    monkeypatch.setenv("DICHTERBIJ_KEY_FILE", str(demo / "voorbeeld.key"))
    made = create(Settings.from_environment(demo, environment={}, key_file=demo / "voorbeeld.key", demo=True))
    with writing(made.engine)() as session, transaction(session):
        lead = people.add_person(session, word="leider", passphrase="vier groene olifanten", display_name="Hanneke")
        projects.start_project(session, title="Proef", research_question="Hoe?", lead=lead, made_up=True)
    made.engine.dispose()
    assert json.loads(invoke("keys", "status", "--json").stdout)["sheet"] == "throw-away"
    for arguments in (["--to", place / "a"], ["--to", place / "b", "--keys"]):
        assert invoke("backup", *arguments).exit_code == 0
    ran = invoke(
        "restore", next((place / "a").iterdir()), "--keys", next((place / "b").iterdir()), "--into", place / "new",
        "--without-ledger",
    )  # fmt: skip
    assert ran.exit_code == 0, ran.output
    monkeypatch.setenv("DICHTERBIJ_DATA", str(place / "new"))
    assert json.loads(invoke("keys", "status", "--json").stdout)["sheet"] == "throw-away"
    with opened(Settings.from_environment()) as found, reading(found.engine)() as session:
        assert recoverysheets.newest(session) is None


def test_without_the_newest_ledger_nothing_is_put_back_unless_one_says_so(
    invoke: Invoke, place: Path, code: str
) -> None:
    assert invoke("backup", "--to", place / "a").exit_code == 0
    assert invoke("backup", "--keys", "--to", place / "b").exit_code == 0
    data, keys = next((place / "a").iterdir()), next((place / "b").iterdir())
    with opened(Settings.from_environment()) as installation:
        stop(installation, "D-01")
    asked = ("restore", data, "--keys", keys, "--into", place / "nieuw")
    refused = invoke(*asked)
    assert refused.exit_code == 1
    assert "--without-ledger" in refused.stderr
    assert not (place / "nieuw").exists()
    told = invoke(*asked, "--without-ledger")
    assert told.exit_code == 0, told.output
    assert "Let op" in told.stderr
    # The log of the copy is shorter than its heads say; that a copy was put back explains it.
    assert invoke("audit", "verify", "--data", place / "nieuw").exit_code == 0


def test_a_damaged_copy_and_a_wrong_key_are_said(invoke: Invoke, place: Path, code: str) -> None:
    made = json.loads(invoke("backup", "--to", place / "a", "--verify", "--json").stdout)
    assert made["checked"]
    folder = Path(made["folder"])
    assert invoke("backup", "--check", folder).exit_code == 0
    sealed = folder / "database.sealed"
    content = bytearray(sealed.read_bytes())
    content[-100] ^= 1
    sealed.write_bytes(content)
    ran = invoke("backup", "--check", folder)
    assert ran.exit_code == 1
    assert "database.sealed klopt niet" in ran.stderr
    typed = CliRunner().invoke(
        main,
        ["restore", str(folder), "--keys", str(folder), "--into", str(place / "nieuw"), "--recover"],
        input=f"{InstallationKey.generate().to_recovery_code()}\n",
    )
    assert typed.exit_code == 1
    assert "Er is al een sleutel" in typed.stderr
    (place / "elsewhere" / "installation.key").unlink()
    for _ in range(2):
        # The key of a code that did not fit does not stay: one may try again.
        typed = CliRunner().invoke(
            main,
            ["restore", str(folder), "--keys", str(folder), "--into", str(place / "nieuw"), "--recover"],
            input=f"{InstallationKey.generate().to_recovery_code()}\n",
        )
        assert typed.exit_code == 1
        assert "gaat niet open" in typed.stderr
        assert not (place / "elsewhere" / "installation.key").exists()


def test_a_full_disk_is_said_and_no_half_copy_stays(invoke: Invoke, place: Path, code: str) -> None:
    target = place / "vol"

    def full() -> None:
        # A file that may not grow any more: to who writes it is a disk that is full.
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))

    ran = subprocess.run(
        [sys.executable, "-m", "webapp.cli", "backup", "--to", str(target)],
        cwd=ROOT,
        env={**os.environ},
        preexec_fn=full,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert ran.returncode == 1
    assert "Is de schijf vol?" in ran.stderr
    assert list(target.iterdir()) == []
    assert invoke("backup", "--to", target).exit_code == 0


@pytest.mark.parametrize("options", [[], ["--to", "a", "--check", "b"]])
def test_a_command_that_says_nothing_or_two_things_is_not_understood(
    invoke: Invoke, place: Path, options: list[str]
) -> None:
    assert invoke("backup", *options).exit_code == 2


def test_the_doctor_misses_copies_files_and_lines(
    invoke: Invoke, place: Path, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from datetime import timedelta

    from interviews.clock import now
    from webapp.cli import safekeeping

    def wrong() -> set[str]:
        return {one["check"] for one in json.loads(invoke("doctor", "--json").stdout) if not one["ok"]}

    assert wrong() == set()
    later = now() + timedelta(days=8)
    with monkeypatch.context() as patch:
        patch.setattr(safekeeping, "now", lambda: later)
        assert wrong() == {"backup", "backup_tried", "log"}
        assert invoke("backup", "--to", place / "a", "--verify").exit_code == 0
        assert invoke("backup", "--keys", "--to", place / "b").exit_code == 0
        assert invoke("audit", "export").exit_code == 0
        # Made today, and the clock of the doctor is eight days on.
        assert wrong() == {"backup"}
    assert wrong() == set()
    with changing() as (_found, session):
        session.connection().exec_driver_sql("DROP TRIGGER IF EXISTS audit_entry_no_delete")
        session.execute(sa.text("DELETE FROM audit_entry WHERE seq = 2"))
    assert wrong() == {"log"}


def test_the_log_is_checked_kept_and_told_by_command(invoke: Invoke, place: Path, code: str) -> None:
    assert "klopt" in invoke("audit", "verify").stderr
    assert re.fullmatch(r"\d+ [0-9a-f]{64} \S+\n", invoke("audit", "head").stdout)
    assert invoke("audit", "export", "--to", place / "usb" / "hoofden.jsonl").exit_code == 0
    told = invoke(
        "audit",
        "breach",
        "--from",
        "2020-01-01T00:00",
        "--until",
        "2100-01-01T00:00",
        "--out",
        place,
        "--person",
        "hanna",
    )
    assert told.exit_code == 0, told.output
    assert (place / "datalek.docx").read_bytes().startswith(b"PK")
    assert (place / "datalek.csv").stat().st_size > 0
    for options in (
        ("--person", "niemand"),
        ("--interview", "D-99"),
        ("--device", "x"),
        ("--from", "gisteren"),
        ("--until", "2000-01-01"),
    ):
        given = {"--from": "2020-01-01T00:00", "--until": "2100-01-01T00:00", options[0]: options[1]}
        refused = invoke("audit", "breach", "--out", place, *(word for pair in given.items() for word in pair))
        assert refused.exit_code == 1
        assert len(refused.stderr.strip().splitlines()) == 1
    with changing() as (_found, session):
        session.connection().exec_driver_sql("DROP TRIGGER IF EXISTS audit_entry_no_change")
        session.execute(sa.text("UPDATE audit_entry SET object_kind = 'X' WHERE seq = 3"))
    touched = invoke("audit", "verify")
    assert touched.exit_code == 1
    assert "Regel 3 is veranderd" in touched.stdout
    assert json.loads(invoke("audit", "verify", "--json").stdout)["findings"][0]["first"] == 3
