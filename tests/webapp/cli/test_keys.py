"""`dichterbij keys …` and `init --recover`: the key from a file, a passphrase or systemd; its sheet; a new one."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from click.testing import Result
from docx import Document

from interviews.db import writing
from interviews.keys import InstallationKey, PassphraseNeeded, protecting
from interviews.models import Interview, Person
from tests.webapp.cli.conftest import asked_groups
from webapp.cli import passphrases
from webapp.cli.serve import _worker
from webapp.installation import opened
from webapp.settings import CREDENTIAL, KeySource, Settings

ROOT = Path(__file__).resolve().parents[3]
Invoke = Callable[..., Result]
PASSPHRASE = "de kat slaapt op mijn krant"


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(protecting, "COST", protecting.Cost(kib=64, rounds=1, lanes=1))


@pytest.fixture
def key_file(place: Path) -> Path:
    return place / "elsewhere" / "installation.key"


def status(invoke: Invoke, **more: str) -> dict[str, object]:
    ran = invoke("keys", "status", "--json", **more)
    assert ran.exit_code == 0, ran.output
    found: dict[str, object] = json.loads(ran.stdout)
    return found


def codes(output: str) -> list[str]:
    return re.findall(r"Herstelcode[^:]*: +(\S+)", output)


def test_a_real_story_waits_until_the_sheet_is_confirmed(invoke: Invoke, place: Path) -> None:
    (code,) = codes(invoke("init").stdout)
    text = place / "gesprek.txt"
    text.write_text("Gast: Hoi daar allemaal.")
    refused = invoke("import", text, "--consent")
    assert refused.exit_code == 1
    assert "herstelblad" in refused.stderr
    assert status(invoke)["sheet"] == "waiting"
    assert "nog niet bevestigd" in invoke("init").stderr
    wrong = invoke("keys", "confirm", typed="AAAAA\nBBBBB\n")
    assert wrong.exit_code == 1
    assert "klopt niet" in wrong.stderr
    asked = [int(number) for number in re.findall(r"Groep (\d+)", wrong.stderr)][:2]
    typed = "".join(code.split("-")[number - 1].lower() + "\n" for number in asked)
    assert invoke("keys", "confirm", typed=typed).exit_code == 0
    assert status(invoke)["sheet"] == "confirmed"
    assert "hoeft niets" in invoke("keys", "confirm").stderr
    assert invoke("import", text, "--consent").exit_code == 0


@pytest.mark.parametrize("suffix", [".docx", ".html", ".txt"])
def test_the_sheet_is_a_file_for_its_owner_only(invoke: Invoke, place: Path, key_file: Path, suffix: str) -> None:
    file = place / f"blad{suffix}"
    ran = invoke("init", "--recovery-sheet", file)
    assert codes(ran.stdout) == []
    assert file.stat().st_mode & 0o777 == 0o600
    groups = InstallationKey.from_file(key_file).to_recovery_code().split("-")
    if suffix == ".docx":
        (table,) = Document(str(file)).tables
        said = " ".join(cell.text for row in table.rows for cell in row.cells)
    else:
        said = file.read_text(encoding="utf-8")
    assert all(group in said for group in groups)


def test_two_of_three_sheets_bring_the_key_back(invoke: Invoke, place: Path, key_file: Path) -> None:
    sheet = place / "blad.txt"
    invoke("init", "--recovery-sheet", sheet, "--split")
    sheets = [place / f"blad-{number}.txt" for number in (1, 2, 3)]
    first, _second, third = (path.read_text(encoding="utf-8").strip().splitlines()[-1] for path in sheets)
    key = InstallationKey.from_file(key_file)
    key_file.unlink()
    slip = third[:8] + ("A" if third[8] != "A" else "B") + third[9:]
    ran = invoke("init", "--recover", typed=f"{first}\n{first}\n{slip}\n{third}\n")
    assert ran.exit_code == 0, ran.output
    assert "In groep 2" in ran.stderr
    assert ran.stderr.count("Typ nu de code van een ander blad") == 2
    assert InstallationKey.from_file(key_file) == key
    assert key_file.stat().st_mode & 0o777 == 0o600
    assert status(invoke)["fingerprint"] == key.fingerprint()


def test_the_whole_code_brings_the_key_back_under_a_passphrase(invoke: Invoke, place: Path, key_file: Path) -> None:
    (code,) = codes(invoke("init").stdout)
    key_file.unlink()
    ran = invoke("init", "--recover", "--key", "passphrase", typed=f"{PASSPHRASE}\n{code}\n")
    assert ran.exit_code == 0, ran.output
    with pytest.raises(PassphraseNeeded):
        InstallationKey.from_file(key_file)
    assert status(invoke, typed=f"{PASSPHRASE}\n")["source"] == "passphrase"


def test_a_code_of_other_data_is_not_written(invoke: Invoke, place: Path, key_file: Path) -> None:
    invoke("init")
    key_file.unlink()
    other = InstallationKey.generate()
    mixed = [other.to_sheets()[0], InstallationKey.generate().to_sheets()[1]]
    for typed in (other.to_recovery_code(), "\n".join(mixed)):
        ran = invoke("init", "--recover", typed=typed + "\n")
        assert ran.exit_code == 1
        assert "hoort niet bij deze gegevens" in ran.stderr
        assert not key_file.exists()


def test_recovering_where_nothing_is_lost_is_refused(invoke: Invoke, place: Path, key_file: Path) -> None:
    (code,) = codes(invoke("init").stdout)
    assert "Er is al een sleutelbestand" in invoke("init", "--recover", typed=f"{code}\n").stderr
    key_file.unlink()
    (place / "data").rename(place / "weg")
    assert "staan geen gegevens" in invoke("init", "--recover", typed=f"{code}\n").stderr


def test_a_passphrase_is_asked_at_each_start_and_stands_nowhere(invoke: Invoke, place: Path, key_file: Path) -> None:
    assert invoke("init", "--key", "passphrase", typed="te kort\n").exit_code == 1
    assert not key_file.exists()
    assert invoke("init", "--key", "passphrase", typed=f"{PASSPHRASE}\n").exit_code == 0
    assert "wachtzin" in invoke("keys", "status", typed=f"{PASSPHRASE}\n").stdout
    wrong = invoke("keys", "status", typed="een heel andere zin\n")
    assert wrong.exit_code == 1
    assert "Deze wachtzin past niet" in wrong.stderr
    nothing = invoke("worker", typed="")
    assert nothing.exit_code == 1
    assert "opent met een wachtzin" in nothing.stderr
    assert "Er is al een sleutel" in invoke("init", "--key", "file").stderr
    found = [path for path in place.rglob("*") if path.is_file() and PASSPHRASE.encode() in path.read_bytes()]
    assert found == []


def test_a_passphrase_is_put_on_changed_and_taken_off(invoke: Invoke, place: Path, key_file: Path) -> None:
    invoke("init")
    key = InstallationKey.from_file(key_file)
    assert invoke("keys", "passphrase", typed=f"{PASSPHRASE}\n").exit_code == 0
    other = "vier koeien in een stille wei"
    assert invoke("keys", "passphrase", typed=f"{PASSPHRASE}\n{other}\n").exit_code == 0
    assert InstallationKey.from_file(key_file, passphrase=other) == key
    assert invoke("keys", "passphrase", "--remove", typed=f"{other}\n").exit_code == 0
    assert InstallationKey.from_file(key_file) == key


def test_the_worker_beside_the_pages_gets_the_passphrase_by_a_pipe(
    invoke: Invoke, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    invoke("init", "--key", "passphrase", typed=f"{PASSPHRASE}\n")
    heard, started = place / "gehoord", []
    real = subprocess.Popen
    # Another program in the worker's place, that writes down what it is told and waits.
    program = f"import sys, time; open({str(heard)!r}, 'w').write(sys.stdin.readline()); time.sleep(60)"

    def in_its_place(arguments: list[str], *, env: dict[str, str], **more: Any) -> subprocess.Popen[str]:
        started.append([*arguments, *env.values()])
        return real([sys.executable, "-c", program], env=env, **more)

    monkeypatch.setattr(subprocess, "Popen", in_its_place)
    with opened(Settings.from_environment(), passphrase=PASSPHRASE) as installed, _worker(installed):
        for _ in range(600):
            if heard.exists() and heard.read_text():
                break
            time.sleep(0.05)
    assert heard.read_text() == f"{PASSPHRASE}\n"
    assert len(started) == 1
    assert not any(PASSPHRASE in part for part in started[0])


def test_the_key_may_come_from_systemd(
    invoke: Invoke, place: Path, key_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused = invoke("init", "--key", "credential")
    assert refused.exit_code == 1
    assert "credential" in refused.stderr
    handed = place / "credentials"
    handed.mkdir()
    assert invoke("keys", "new", handed / CREDENTIAL).exit_code == 0
    assert "is er al" in invoke("keys", "new", handed / CREDENTIAL).stderr
    (handed / CREDENTIAL).chmod(0o440)
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(handed))
    assert invoke("init", "--key", "credential").exit_code == 0
    assert not key_file.exists()
    assert status(invoke)["source"] == "credential"
    ran = invoke("doctor")
    assert ran.exit_code == 0, ran.output
    assert "systemd" in ran.stdout
    assert invoke("keys", "passphrase").exit_code == 1
    monkeypatch.delenv("CREDENTIALS_DIRECTORY")
    assert "is weg" in invoke("doctor").stderr


def test_a_new_key_for_everything_with_a_new_sheet(invoke: Invoke, installed: Path, key_file: Path) -> None:
    text = installed / "gesprek.txt"
    text.write_text("Gast: Hoi daar allemaal.")
    assert invoke("import", text, "--consent").exit_code == 0
    before = InstallationKey.from_file(key_file)
    ran = invoke("keys", "rotate")
    assert ran.exit_code == 0, ran.output
    after = InstallationKey.from_file(key_file)
    assert after != before
    (code,) = codes(ran.stdout)
    assert InstallationKey.from_recovery_code(code) == after
    found = status(invoke)
    assert (found["interviews"], found["sheet"]) == (1, "waiting")
    assert invoke("keys", "confirm", typed=asked_groups()).exit_code == 0
    with opened(Settings.from_environment()) as place, writing(place.engine)() as db:
        (interview,) = db.scalars(sa.select(Interview.id)).all()
        assert place.keys.open(interview)
        assert db.scalar(sa.select(sa.func.count()).select_from(Person)) == 1


def test_a_rotation_that_a_crash_interrupted_is_settled_by_the_next_command(
    invoke: Invoke, installed: Path, key_file: Path
) -> None:
    from webapp import rotating
    from webapp.rotating import Step

    settings = Settings.from_environment()
    for last in (Step.COPIED, Step.STORE):
        key = InstallationKey.from_file(key_file)
        going = rotating.rotate(settings, settings.read_key())
        while next(going) is not last:
            pass
        going.close()
        assert invoke("keys", "status").exit_code == 0
        assert (InstallationKey.from_file(key_file) == key) == (last is Step.COPIED)
        assert not list(installed.rglob("*.next"))


def test_the_sheet_after_a_new_key_is_of_the_new_key(invoke: Invoke, installed: Path) -> None:
    (code,) = codes(invoke("keys", "sheet").stdout)
    assert status(invoke)["sheet"] == "waiting"
    three = codes(invoke("keys", "sheet", "--split").stdout)
    assert len(three) == 3
    assert code not in three


def test_the_demo_has_a_key_to_throw_away_and_says_so(place: Path, invoke: Invoke) -> None:
    from webapp.cli.keys import sheet_state
    from webapp.installation import create

    settings = Settings.from_environment(
        place / "demo", environment={}, key_file=place / "demo" / "voorbeeld.key", demo=True
    )
    found = create(settings)
    try:
        assert sheet_state(found) == "none"
        assert found.settings.key_source() is KeySource.FILE
    finally:
        found.engine.dispose()


def test_nothing_is_asked_of_who_has_no_passphrase(place: Path) -> None:
    assert passphrases.needed(Settings.from_environment()) is None


def test_a_closed_input_is_a_sentence_and_no_trace(invoke: Invoke, place: Path) -> None:
    invoke("init", "--key", "passphrase", typed=f"{PASSPHRASE}\n")
    ran = subprocess.run(
        [sys.executable, "-m", "webapp.cli", "keys", "status"],
        cwd=ROOT,
        env={**os.environ, "DICHTERBIJ_TESTING": "1"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert ran.returncode == 1
    assert len(ran.stderr.strip().splitlines()) == 1
