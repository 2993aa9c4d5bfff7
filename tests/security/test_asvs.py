"""The list of OWASP ASVS 5.0 level 2 says the truth: what is called held has tests that exist, the rest says why it is open."""

from __future__ import annotations

import ast
import csv
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LIST = ROOT / "docs" / "security" / "asvs5_level2.tsv"
SHARED = ROOT.parent / "shared" / "asvs5_level2.tsv"


def rows() -> list[dict[str, str]]:
    """Every requirement as a row."""
    lines = LIST.read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader(lines[1:], delimiter="\t", quoting=csv.QUOTE_NONE))


@cache
def names_in(path: str) -> frozenset[str]:
    """The names of the tests in a file."""
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef))


def test_every_requirement_for_the_program_has_a_test_or_says_why_it_is_open() -> None:
    found = rows()
    for row in found:
        if row["applies"].startswith("A"):
            held, why = row["status"] == "held", row["status"].removeprefix("open: ")
            assert held == bool(row["tests"]), row["id"]
            assert held or (why != row["status"] and len(why) > 20), row["id"]
        else:
            assert row["status"].partition(":")[0] in ("operator", "later", "none"), row["id"]
    assert sum(row["status"] == "held" for row in found) >= 130


def test_every_test_that_is_named_is_there() -> None:
    missing = []
    for row in rows():
        for name in row["tests"].split():
            path, _, test = name.partition("::")
            if not (ROOT / path).is_file() or test not in names_in(path):
                missing.append(f"{row['id']}: {name}")
    assert missing == []


@pytest.mark.shared
def test_no_requirement_was_left_out() -> None:
    if not SHARED.exists():
        pytest.skip("no shared material beside this checkout")
    asked = [line.split("\t")[0] for line in SHARED.read_text(encoding="utf-8").splitlines()[2:] if line.strip()]
    assert [row["id"] for row in rows()] == asked
