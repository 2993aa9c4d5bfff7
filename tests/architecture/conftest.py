"""The tree as the tests of its architecture read it."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("interviews", "coding", "webapp")


@dataclass(frozen=True)
class Module:
    """One Python file of the program."""

    path: str
    """From the root of the repository, with slashes."""
    tree: ast.Module
    lines: int


@pytest.fixture(scope="session")
def modules() -> list[Module]:
    """Every module of the three packages."""
    found = []
    for package in PACKAGES:
        for file in sorted((ROOT / package).rglob("*.py")):
            path = file.relative_to(ROOT).as_posix()
            if "node_modules" not in path and "_migrations" not in path:
                text = file.read_text(encoding="utf-8")
                found.append(Module(path, ast.parse(text), text.count("\n")))
    return found


@pytest.fixture(scope="session")
def templates() -> dict[str, str]:
    """Every page template, by its path from the root of the repository."""
    folder = ROOT / "webapp" / "templates"
    return {
        file.relative_to(ROOT).as_posix(): file.read_text(encoding="utf-8") for file in sorted(folder.rglob("*.html"))
    }
