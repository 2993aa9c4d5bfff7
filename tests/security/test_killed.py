"""A server that is killed loses nothing that it called saved (check B01, in a small size)."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_nothing_that_was_called_saved_is_lost_when_the_server_is_killed() -> None:
    ran = subprocess.run(
        [
            sys.executable,
            "benchmarks/kill9.py",
            "--kills",
            "3",
            "--clients",
            "3",
            "--alive",
            "1.5",
            "--engine",
            "sqlcipher",
        ],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])},
        capture_output=True,
        text=True,
        timeout=280,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    found = re.search(r"3 kills, (\d+) acknowledged saves, lost 0;", ran.stdout)
    assert found, ran.stdout
    assert int(found[1]) > 0
