"""Running commands: in this process, and as people do, in one of their own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from interviews import recoverysheets
from interviews.db import reading
from webapp.cli import main
from webapp.installation import opened
from webapp.settings import Settings

ROOT = Path(__file__).resolve().parents[3]
Invoke = Callable[..., Result]
Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder for an installation, its key elsewhere, and nothing of the machine's own settings."""
    for name in list(os.environ):
        if name.startswith("DICHTERBIJ_") and name != "DICHTERBIJ_TESTING":
            monkeypatch.delenv(name)
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.delenv("REDIS_URL", raising=False)
    monkeypatch.setenv("DICHTERBIJ_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("DICHTERBIJ_KEY_FILE", str(tmp_path / "elsewhere" / "installation.key"))
    return tmp_path


@pytest.fixture
def invoke(place: Path) -> Invoke:
    """Run a command in this process."""

    def ran(*arguments: object, typed: str | None = None) -> Result:
        return CliRunner().invoke(main, [str(argument) for argument in arguments], input=typed)

    return ran


@pytest.fixture
def run(place: Path) -> Run:
    """Run a command in a process of its own."""

    def ran(*arguments: object) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "webapp.cli", *(str(argument) for argument in arguments)],
            cwd=ROOT,
            env={**os.environ, "DICHTERBIJ_TESTING": "1", "PYTHONIOENCODING": "utf-8"},
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=300,
            check=False,
        )

    return ran


def asked_groups() -> str:
    """What is asked of the recovery sheet of the installation, a group per line, as somebody with the sheet types it."""
    with opened(Settings.from_environment()) as place, reading(place.engine)() as session:
        row = recoverysheets.waiting(session)
        assert row is not None
        assert row.sheets == 1
        groups = place.key.to_recovery_code().split("-")
        return "".join(f"{groups[number - 1]}\n" for _sheet, number in recoverysheets.places(row))


@pytest.fixture
def installed(invoke: Invoke, place: Path) -> Path:
    """An installation with its first project, of which somebody has the recovery sheet."""
    ran = invoke("init", "--title", "Proef")
    assert ran.exit_code == 0, ran.output
    assert invoke("keys", "confirm", typed=asked_groups()).exit_code == 0
    return place
