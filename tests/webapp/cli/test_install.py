"""`init`, `doctor`, `demo`, `serve`: an installation from nothing, and one that is not well."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import stat
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa
from click.testing import Result
from flask import Flask

from interviews import people
from interviews.db import transaction, writing
from interviews.keys import InstallationKey
from interviews.models import Person, Project
from webapp.example import ACCOUNTS
from webapp.installation import KeyLost, create, opened
from webapp.settings import Settings

ROOT = Path(__file__).resolve().parents[3]
Invoke = Callable[..., Result]
Run = Callable[..., "subprocess.CompletedProcess[str]"]


def printed(ran: Result, what: str) -> str:
    found = re.search(rf"{what}: +(\S.*)", ran.stdout)
    assert found, ran.output
    return found[1].strip()


def test_from_nothing_to_a_project_somebody_can_sign_in_to(invoke: Invoke, place: Path) -> None:
    ran = invoke("init", "--title", "Proef", "--login", "hanna", "--name", "Hanna", "--phone", "06 12 34 56 78")
    assert ran.exit_code == 0, ran.output
    assert printed(ran, "Inlogwoord") == "hanna"
    with opened(Settings.from_environment()) as installation, writing(installation.engine)() as db:
        with transaction(db):
            assert people.sign_in(db, word="hanna", passphrase=printed(ran, "Wachtzin")) is not None
        project = db.scalars(sa.select(Project)).one()
        assert (project.title, project.help_name, project.help_phone) == ("Proef", "Hanna", "06 12 34 56 78")
    key = InstallationKey.from_file(place / "elsewhere" / "installation.key")
    assert InstallationKey.from_recovery_code(printed(ran, "Herstelcode")) == key


def test_a_second_time_nothing_is_lost_and_no_secret_is_shown(invoke: Invoke, place: Path) -> None:
    invoke("init")
    key = (place / "elsewhere" / "installation.key").read_bytes()
    again = invoke("init", "--title", "Anders")
    assert again.exit_code == 0
    assert "Wachtzin" not in again.output
    assert "Herstelcode" not in again.output
    assert (place / "elsewhere" / "installation.key").read_bytes() == key
    with opened(Settings.from_environment()) as installation, writing(installation.engine)() as db:
        assert db.scalars(sa.select(Project.title)).all() == ["Nieuw project"]


def test_a_first_try_that_failed_still_ends_with_a_recovery_code(invoke: Invoke, place: Path) -> None:
    failed = invoke("init", "--login", "a b")
    assert failed.exit_code == 1
    assert len(failed.stderr.strip().splitlines()) == 1
    assert printed(invoke("init"), "Herstelcode")


def test_the_recovery_sheet_is_for_its_owner_only(invoke: Invoke, place: Path) -> None:
    sheet = place / "blad.txt"
    ran = invoke("init", "--recovery-sheet", sheet)
    assert "Herstelcode" not in ran.stdout
    assert stat.S_IMODE(sheet.stat().st_mode) == 0o600
    code = sheet.read_text(encoding="utf-8").strip().splitlines()[-1]
    assert InstallationKey.from_recovery_code(code) == InstallationKey.from_file(
        place / "elsewhere" / "installation.key"
    )


def test_a_recovery_sheet_that_cannot_be_written_stops_before_anything_is_made(invoke: Invoke, place: Path) -> None:
    there = place / "er-al.txt"
    there.write_text("iets")
    for sheet in (there, place / "geen-map" / "blad.txt"):
        assert invoke("init", "--recovery-sheet", sheet).exit_code == 2
    assert there.read_text() == "iets"
    assert not (place / "data").exists()


def test_where_the_data_are_and_the_key_is_not_no_new_key_is_made(invoke: Invoke, place: Path) -> None:
    invoke("init")
    key = place / "elsewhere" / "installation.key"
    kept = key.read_bytes()
    key.unlink()
    for command in ("init", "doctor", "worker"):
        ran = invoke(command)
        assert ran.exit_code == 1
        assert "Zet het sleutelbestand terug" in ran.stderr
        assert not key.exists()
    with pytest.raises(KeyLost):
        create(Settings.from_environment())
    key.write_bytes(kept)
    key.chmod(0o600)
    assert invoke("doctor").exit_code == 0


def test_a_key_of_other_data_is_refused_with_a_sentence(invoke: Invoke, place: Path) -> None:
    invoke("init")
    key = place / "elsewhere" / "installation.key"
    key.unlink()
    InstallationKey.generate().save(key)
    for command in ("init", "doctor"):
        ran = invoke(command)
        assert ran.exit_code == 1
        assert "past niet" in ran.stderr


def test_a_healthy_installation_is_called_healthy(run: Run, invoke: Invoke, place: Path) -> None:
    invoke("init")
    ran = run("doctor", "--json")
    assert ran.returncode == 0, ran.stderr
    checks = json.loads(ran.stdout)
    assert all(check["ok"] for check in checks)
    assert len(checks) >= 7
    assert "goed" in invoke("doctor").stdout


def test_the_doctor_sees_what_is_open_to_others_or_lost(invoke: Invoke, installed: Path, place: Path) -> None:
    text = place / "gesprek.txt"
    text.write_text("Gast: Hoi daar allemaal.")
    assert invoke("import", text, "--consent").exit_code == 0
    (place / "data").chmod(0o755)
    for stored in (place / "data" / "keys").glob("*-*.key"):
        stored.unlink()
    ran = invoke("doctor", "--json")
    assert ran.exit_code == 1
    assert {check["check"] for check in json.loads(ran.stdout) if not check["ok"]} == {"folder_private", "keys"}


@pytest.mark.parametrize("variables", [{"DICHTERBIJ_PORT": "veel"}, {"DICHTERBIJ_HOST": "0.0.0.0"}])
def test_settings_that_are_wrong_or_not_safe_are_said(
    invoke: Invoke, place: Path, monkeypatch: pytest.MonkeyPatch, variables: dict[str, str]
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    for command in ("init", "doctor", "serve"):
        ran = invoke(command)
        assert ran.exit_code == 1
        assert len(ran.stderr.strip().splitlines()) == 1


def test_no_option_serves_other_machines_over_plain_http(invoke: Invoke, place: Path) -> None:
    invoke("init")
    ran = invoke("serve", "--host", "0.0.0.0", "--port", "1")
    assert ran.exit_code == 1
    assert "https" in ran.stderr


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def test_a_port_that_is_taken_is_said(run: Run, invoke: Invoke, place: Path) -> None:
    invoke("init")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        ran = run("serve", "--port", port, "--no-worker")
    assert ran.returncode == 1
    assert f"--port {port + 1}" in ran.stderr


def test_serve_answers_and_leaves_no_worker_behind(invoke: Invoke, place: Path) -> None:
    invoke("init")
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "webapp.cli", "serve", "--port", str(port)], cwd=ROOT, stderr=subprocess.DEVNULL
    )
    try:
        for _ in range(600):
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/inloggen", timeout=20) as answer:
                    assert answer.status == 200
                break
            except OSError:
                assert process.poll() is None
                time.sleep(0.2)
        else:
            pytest.fail("nobody answers")
        children = subprocess.run(
            ["ps", "-o", "pid=", "--ppid", str(process.pid)], capture_output=True, text=True, check=False
        ).stdout.split()
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=60)
    assert children
    for child in children:
        assert not alive(int(child))


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except OSError:
        return False
    return Path(f"/proc/{pid}/stat").exists() and " Z " not in Path(f"/proc/{pid}/stat").read_text()


def test_the_demo_is_made_once_and_opened_again(run: Run, place: Path) -> None:
    first = run("demo", "--prepare", "--data", place / "demo")
    assert first.returncode == 0, first.stderr
    assert "tien verzonnen gesprekken" in first.stderr
    before = (place / "demo" / "voorbeeld.key").read_bytes()
    second = run("demo", "--prepare", "--data", place / "demo")
    assert second.returncode == 0, second.stderr
    assert "tien verzonnen gesprekken" not in second.stderr
    assert (place / "demo" / "voorbeeld.key").read_bytes() == before
    settings = Settings.from_environment(
        place / "demo", environment={}, key_file=place / "demo" / "voorbeeld.key", demo=True
    )
    with opened(settings) as installation, writing(installation.engine)() as db:
        assert db.scalar(sa.select(sa.func.count()).select_from(Person)) == len(ACCOUNTS)
        assert db.scalar(sa.select(sa.func.count()).select_from(Project)) == 1
    (place / "demo" / "voorbeeld.key").unlink()
    lost = run("demo", "--prepare", "--data", place / "demo")
    assert lost.returncode == 1
    assert "Gooi die map weg" in lost.stderr


def test_the_people_of_the_demo_can_be_chosen_on_its_page(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from webapp.cli import serve

    settings = Settings.from_environment(
        place / "demo", environment={}, key_file=place / "demo" / "voorbeeld.key", demo=True
    )
    shown: list[str] = []

    def look(app: Flask, *, host: str, port: int) -> None:
        shown.append(app.test_client().get("/inloggen").text)

    monkeypatch.setattr(serve, "_serve", look)
    before = signal.getsignal(signal.SIGTERM)
    installation = create(settings)
    try:
        serve.run(installation, host="127.0.0.1", port=1, worker_too=False)
    finally:
        signal.signal(signal.SIGTERM, before)
        installation.engine.dispose()
    for account in ACCOUNTS:
        assert f'value="{account.login_word}"' in shown[0]
