"""`withdraw`: an interview goes, fewer uses are allowed, or a person gets everything; and nothing by accident."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa
from click.testing import CliRunner, Result
from sqlalchemy.orm import Session

from interviews.db import transaction, writing
from interviews.interviews import interview_by_code
from interviews.ledger import Ledger
from interviews.models import AuditEntry, Interview, Person, Project
from interviews.scopes import Scope
from interviews.sealedfiles import SealedFiles
from tests import factories
from tests.security.forensics import rows_with
from tests.security.stopping import WORDS, tell
from webapp.cli import main
from webapp.installation import opened
from webapp.settings import Settings

Invoke = Callable[..., Result]


@pytest.fixture
def code(invoke: Invoke, place: Path) -> str:
    """The code of an interview with everything in it, in an installation."""
    assert invoke("init").exit_code == 0
    with opened(Settings.from_environment()) as found, writing(found.engine)() as db, transaction(db):
        cast = factories.cast(db)
        told = tell(db, cast, found.keys, SealedFiles(found.settings.data / "files"))
        return db.get_one(Interview, told.interview).code


PROJECT = ("--project", "Dichterbij de brief")


def look(asked: Callable[[Session], object]) -> object:
    with opened(Settings.from_environment()) as found, writing(found.engine)() as db:
        return asked(db)


def test_an_interview_goes_by_command(invoke: Invoke, code: str, place: Path) -> None:
    dry = invoke("withdraw", code, "--dry-run", "--json", *PROJECT)
    assert json.loads(dry.stdout)["counts"]["segment"] == 2
    assert look(lambda db: rows_with(db, WORDS))
    ran = invoke("withdraw", code, "--yes", "--asked", "phone", "--json", *PROJECT)
    assert ran.exit_code == 0, ran.output
    said = json.loads(ran.stdout)
    assert (said["outcome"], said["finished"], len(said["reports"])) == ("erased", True, 2)
    assert look(lambda db: rows_with(db, WORDS)) == []
    assert [entry.kind for entry in Ledger(place / "data").entries()] == ["withdrawal"]
    again = invoke("withdraw", code, "--yes", *PROJECT)
    assert (again.exit_code, "Er is geen gesprek" in again.output) == (1, True)

    def who(db: Session) -> set[str]:
        lines = db.scalars(sa.select(AuditEntry).where(AuditEntry.action == "withdrawal.ask"))
        return {db.get_one(Person, line.actor_id).display_name for line in lines if line.actor_id}

    assert look(who) == {"Alice"}


def test_without_a_yes_the_code_is_typed_over(code: str) -> None:
    ran = CliRunner().invoke(main, ["withdraw", code, *PROJECT], input="nee\n")
    assert (ran.exit_code, "Er is niets gewist." in ran.output) == (1, True)
    assert look(lambda db: rows_with(db, WORDS))
    assert "gewist" in CliRunner().invoke(main, ["withdraw", code, *PROJECT], input=f"{code}\n").output
    assert look(lambda db: rows_with(db, WORDS)) == []


def test_one_use_is_taken_back_by_command(invoke: Invoke, code: str) -> None:
    ran = invoke("withdraw", code, "--scope", "quote_pseudonym", *PROJECT)
    assert ran.exit_code == 0, ran.output
    assert "quote_pseudonym" in ran.stdout

    def allowed(db: Session) -> set[Scope]:
        project = db.scalars(sa.select(Project).where(Project.title == PROJECT[1])).one()
        row = interview_by_code(db, project.id, code)
        assert row is not None
        return {scope for scope in Scope if row.allows(scope)}

    assert look(allowed) == set(Scope) - {Scope.QUOTE_PSEUDONYM}
    again = invoke("withdraw", code, "--scope", "quote_pseudonym", *PROJECT)
    assert (again.exit_code, "Kies wat er niet meer mag." in again.output) == (1, True)
    whole = invoke("withdraw", code, "--scope", "use_research", *PROJECT)
    assert (whole.exit_code, "helemaal stoppen" in whole.output) == (1, True)


def test_everything_about_a_person_in_a_file_for_its_owner_only(invoke: Invoke, code: str, place: Path) -> None:
    path = place / "alles.zip"
    ran = invoke("withdraw", code, "--bundle", path, *PROJECT)
    assert ran.exit_code == 0, ran.output
    assert path.stat().st_mode & 0o077 == 0
    with zipfile.ZipFile(path) as package:
        assert WORDS[0] in package.read("lees-mij.html").decode()
    again = invoke("withdraw", code, "--bundle", path, *PROJECT)
    assert (again.exit_code, "is er al" in again.output) == (1, True)
    assert invoke("withdraw", code, "--bundle", place / "b.zip", "--dry-run", *PROJECT).exit_code == 2


def test_a_damaged_ledger_stops_everything(invoke: Invoke, code: str, place: Path) -> None:
    (place / "data" / "ledger.jsonl").write_text("dit is geen regel\n")
    ran = invoke("withdraw", code, "--yes", *PROJECT)
    assert (ran.exit_code, "Er is niets gewist." in ran.output) == (1, True)
    assert look(lambda db: rows_with(db, WORDS))
