"""What an installation is made of: pinned by hash, under one licence, with everything it needs on board."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def name_of(requirement: str) -> str:
    """The normalised name of a requirement such as "psycopg[binary]>=3.2"."""
    found = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert found is not None
    return re.sub(r"[-_.]+", "-", found.group()).lower()


def test_every_dependency_is_locked(project: dict[str, Any]) -> None:
    extras = project["project"]["optional-dependencies"].values()
    wanted = {
        name_of(line) for line in [*project["project"]["dependencies"], *(one for many in extras for one in many)]
    }
    locked = {name_of(line) for line in LOCK.splitlines() if re.match(r"[a-z0-9]", line)}
    assert wanted - locked == set(), "run .ci/lock"


def test_every_locked_package_has_one_version_and_a_hash() -> None:
    for package in re.split(r"\n(?=[a-z0-9])", LOCK.strip()):
        assert re.match(r"[a-z0-9._\[\],-]+==\S+", package), package[:80]
        assert "--hash=sha256:" in package, package[:80]


def test_the_locks_name_no_address() -> None:
    assert "://" not in LOCK
    assert not re.search(r"^\s*--(?!hash)", LOCK, re.MULTILINE)
    packages = json.loads((ROOT / "webapp/frontend/package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert [name for name, package in packages.items() if "resolved" in package] == []
    assert [name for name, package in packages.items() if name and "integrity" not in package] == []


def test_the_licence_is_whole(project: dict[str, Any]) -> None:
    licence = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert project["project"]["license"] == "EUPL-1.2"
    assert licence.startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2")
    assert all(f"\n{article}.{title}" in licence for article, title in ((1, "Definitions"), (15, "Applicable Law")))
    assert "Appendix" in licence


def test_a_wheel_carries_the_migrations(project: dict[str, Any]) -> None:
    wheel = project["tool"]["hatch"]["build"]["targets"]["wheel"]
    assert wheel["force-include"] == {"migrations": "webapp/_migrations"}
    assert wheel["packages"] == ["interviews", "coding", "webapp"]


def test_every_decision_has_the_same_parts() -> None:
    parts = ["## Why the question came up", "## What we decided", "## What else was possible", "## What it costs"]
    for decision in sorted((ROOT / "docs" / "adr").glob("*.md")):
        text = decision.read_text(encoding="utf-8")
        assert all(part in text for part in parts), decision.name
        assert re.match(r"# \w+\. .+\n\nDate: .+ · Status: ", text), decision.name
