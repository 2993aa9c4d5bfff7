"""Who may know whom: the contracts in pyproject.toml, and what an import costs when the program starts."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]

# Names that say nothing about what is inside.
DRAWERS = {"utils", "util", "helpers", "helper", "misc", "common", "manager", "managers", "tools", "stuff"}


@pytest.mark.parametrize("contract", [contract["id"] for contract in CONTRACTS])
def test_the_contract_is_kept(contract: str) -> None:
    # In a process of its own: called from here the linter silences every logger that exists, and a later test that
    # reads the log would find it empty.
    lint = Path(sys.executable).with_name("lint-imports")
    told = subprocess.run(
        [lint, "--contract", contract, "--no-cache"], capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert told.returncode == 0, told.stdout + told.stderr


def test_no_module_is_a_drawer(modules: list) -> None:
    named = [module.path for module in modules if set(Path(module.path).with_suffix("").parts) & DRAWERS]
    assert named == []


def loaded_by(statement: str) -> set[str]:
    """The top names of all modules that a fresh Python holds after `statement`."""
    told = subprocess.run(
        [sys.executable, "-c", f"{statement}\nimport sys\nprint(*{{name.split('.')[0] for name in sys.modules}})"],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert told.returncode == 0, told.stderr
    return set(told.stdout.split())


EVERY_PAGE = """
import importlib, pkgutil, webapp
for found in pkgutil.walk_packages(webapp.__path__, "webapp."):
    if not found.name.endswith("__main__") and "frontend" not in found.name:
        importlib.import_module(found.name)
"""


def test_no_page_or_command_loads_spacy_when_it_is_imported() -> None:
    assert not loaded_by(EVERY_PAGE) & {"spacy", "thinc"}


def test_the_libraries_load_no_web() -> None:
    every_verb = EVERY_PAGE.replace("webapp", "coding") + EVERY_PAGE.replace("webapp", "interviews")
    assert not loaded_by(every_verb) & {"flask", "werkzeug", "jinja2", "webapp"}


def test_the_field_does_not_load_the_analysis() -> None:
    assert not loaded_by(EVERY_PAGE.replace("webapp", "interviews")) & {"coding", "webapp"}


def test_the_command_line_starts_without_the_web_framework() -> None:
    assert not loaded_by("import webapp.cli") & {"flask", "spacy"}
