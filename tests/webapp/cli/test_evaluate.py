"""`dichterbij evaluate`: how well names and themes are found."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from coding.starter import example_gold, example_interviews

Invoke = Callable[..., Result]


@pytest.fixture
def gold(place: Path) -> Path:
    """A folder with one made-up interview and what careful readers marked."""
    folder = place / "gold"
    folder.mkdir()
    (folder / "dev01.json").write_text(example_interviews()["dev01"], encoding="utf-8")
    (folder / "dev01.gold.json").write_text(example_gold()["dev01"], encoding="utf-8")
    return folder


def test_the_figures_come_as_a_table_and_as_json(invoke: Invoke, gold: Path) -> None:
    ran = invoke("evaluate", gold)
    assert ran.exit_code == 0, ran.output
    assert "precisie" in ran.stdout
    assert ran.stderr == ""
    shown = json.loads(invoke("evaluate", gold, "--json").stdout)
    assert shown["interviews"] == 1
    assert 0 < shown["names"]["recall"] <= 1
    assert 0 < shown["themes"]["micro_f1"] <= 1


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("dev01.gold.json", "{", "geen leesbare JSON"),
        ("dev01.gold.json", "{}", "par-gold/1"),
        ("dev01.gold.json", "[]", "par-gold/1"),
        ("dev01.json", "{", "dev01.json"),
    ],
)
def test_what_is_no_gold_is_said_in_one_sentence(invoke: Invoke, gold: Path, name: str, text: str, said: str) -> None:
    (gold / name).write_text(text, encoding="utf-8")
    ran = invoke("evaluate", gold)
    assert ran.exit_code == 1
    assert said in ran.stderr
    assert len(ran.stderr.strip().splitlines()) == 1


def test_a_missing_half_is_said(invoke: Invoke, gold: Path) -> None:
    (gold / "dev01.json").unlink()
    ran = invoke("evaluate", gold)
    assert ran.exit_code == 1
    assert "dev01.json, en dat bestand is er niet" in ran.stderr
    (gold / "dev01.gold.json").unlink()
    assert "Kies een andere map" in invoke("evaluate", gold).stderr
