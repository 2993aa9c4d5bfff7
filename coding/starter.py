"""The start material that ships with the toolkit: codebook, interview guide, indicators and made-up interviews.

All of it is synthetic or written for the toolkit; no real person is behind any of it.
"""

from __future__ import annotations

from functools import cache
from importlib import resources

from coding.formats import codebook_yaml
from coding.lexicon import Indicators, IndicatorSet, Lexicon


def _text(*path: str) -> str:
    place = resources.files("coding") / "data"
    for name in path:
        place = place.joinpath(name)
    return place.read_text(encoding="utf-8")


@cache
def start_lexicon() -> Lexicon:
    """Return the start codebook *werkrelatie* (38 themes), meant as a beginning that a team changes."""
    return codebook_yaml.read(_text("codebook_werkrelatie.yaml"))


@cache
def start_indicators() -> IndicatorSet:
    """Return further indicators for the themes of the start codebook (see `coding/data/README.md`)."""
    themes: dict[str, Indicators] = {}
    fields: dict[str, tuple[str, ...]] = {}
    for name in sorted(_names("", "indicators_", ".yaml")):
        found = codebook_yaml.read_indicators(_text(name))
        fields |= found.fields
        for theme, indicators in found.themes.items():
            themes[theme] = themes[theme].merged(indicators) if theme in themes else indicators
    return IndicatorSet(themes, fields)


def start_guide_text() -> str:
    """Return the start interview guide as YAML (`par-guide/1`)."""
    return _text("interview_guide.yaml")


def example_interviews() -> dict[str, str]:
    """Return the six made-up interviews by id, as JSON (`par-transcript/1`)."""
    names = [name for name in _names("interviews", "dev", ".json") if not name.endswith(".gold.json")]
    return {name.removesuffix(".json"): _text("interviews", name) for name in sorted(names)}


def example_gold() -> dict[str, str]:
    """Return what a careful reader found in the six made-up interviews by id, as JSON (`par-gold/1`)."""
    names = _names("interviews", "dev", ".gold.json")
    return {name.removesuffix(".gold.json"): _text("interviews", name) for name in sorted(names)}


def _names(folder: str, prefix: str, suffix: str) -> list[str]:
    root = resources.files("coding") / "data"
    place = root.joinpath(folder) if folder else root
    return [file.name for file in place.iterdir() if file.name.startswith(prefix) and file.name.endswith(suffix)]
