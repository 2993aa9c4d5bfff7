"""What a codebook says, as frozen values: themes, their groups, and the words that point to them.

Pure: no SQLAlchemy, no Flask, no spaCy. A `Lexicon` is what `coding.formats.codebook_yaml` reads and writes, and what
`coding.tagging` is built from.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from interviews.errors import Invalid

_THEME_ID = re.compile(r"\b\w+\.\w+")


@dataclass(frozen=True, slots=True)
class Indicators:
    """Words that point to a theme. Only for suggestions: a person confirms or rejects each one.

    - `lemmas`: one word each, in any inflection, also as a part of a compound.
    - `phrases`: words in a row; capitals, punctuation and fillers ("eh") do not count.
    - `patterns`: words with `*` (0 to 4 words), `a|b` (one of), `word~` (starts with).
    - `combos`: "X & Y": every side somewhere within two neighbouring sentences; a side is alternatives with `|`, a
      word, `word~`, `several_words` or `@field` (a named list of the lexicon).
    - `not_when`: phrases or patterns that stop the theme in the sentence that holds them.
    """

    lemmas: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()
    combos: tuple[str, ...] = ()
    not_when: tuple[str, ...] = ()

    def merged(self, other: Indicators) -> Indicators:
        """Return the indicators of both, each once, own ones first."""
        return Indicators(
            lemmas=_once(self.lemmas + other.lemmas),
            phrases=_once(self.phrases + other.phrases),
            patterns=_once(self.patterns + other.patterns),
            combos=_once(self.combos + other.combos),
            not_when=_once(self.not_when + other.not_when),
        )

    def __bool__(self) -> bool:
        return bool(self.lemmas or self.phrases or self.patterns or self.combos)


@dataclass(frozen=True, slots=True)
class ThemeGroup:
    """A branch of the codebook. `colour` is `#rrggbb`; a group that is not `assignable` only orders its themes.

    `holds_when_negated`: a denied word still speaks of these themes ("geen respect" is about respect); in other groups
    it turns the theme round ("niet bang") and is no reason for a suggestion.
    """

    id: str
    name: str
    definition: str = ""
    colour: str = ""
    assignable: bool = False
    holds_when_negated: bool = False


@dataclass(frozen=True, slots=True)
class ThemeEntry:
    """One theme as the codebook describes it.

    `include` and `exclude` say when to use it and when not, `sources` and `knowledge` where it comes from (science,
    practice, policy, experience), `sub_labels` are finer words for the same theme, `related` and `tensions` are ids of
    other themes, `level` says on which level it plays (person, organisation, law), `example` is one made-up passage.
    """

    id: str
    group: str
    name: str
    definition: str = ""
    include: str = ""
    exclude: str = ""
    level: str = ""
    example: str = ""
    sources: tuple[str, ...] = ()
    knowledge: tuple[str, ...] = ()
    sub_labels: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    tensions: tuple[str, ...] = ()
    indicators: Indicators = Indicators()


@dataclass(frozen=True, slots=True)
class Lexicon:
    """A whole codebook. Raises `Invalid("codebook.…")` when ids clash or a theme names a group that is not there."""

    id: str
    version: str
    title: str
    groups: tuple[ThemeGroup, ...]
    themes: tuple[ThemeEntry, ...]
    research_question: str = ""
    language: str = "nl"
    coding_rules: tuple[str, ...] = ()
    knowledge_sources: tuple[str, ...] = ()
    seeds: Mapping[str, str] = field(default_factory=dict)
    indicator_syntax: Mapping[str, str] = field(default_factory=dict)
    fields: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        _unique("codebook.group_twice", (group.id for group in self.groups))
        _unique("codebook.theme_twice", (theme.id for theme in self.themes))
        groups = {group.id for group in self.groups}
        for theme in self.themes:
            if theme.group not in groups:
                raise Invalid("codebook.no_such_group", theme=theme.id, group=theme.group)

    def theme(self, theme_id: str) -> ThemeEntry:
        """Return the theme with this id. Raises KeyError when the codebook has none."""
        for theme in self.themes:
            if theme.id == theme_id:
                return theme
        raise KeyError(theme_id)

    def group(self, group_id: str) -> ThemeGroup:
        """Return the group with this id. Raises KeyError when the codebook has none."""
        for group in self.groups:
            if group.id == group_id:
                return group
        raise KeyError(group_id)

    def themes_of(self, group_id: str) -> tuple[ThemeEntry, ...]:
        """Return the themes of one group, in the order of the codebook."""
        return tuple(theme for theme in self.themes if theme.group == group_id)


def with_names(text: str, names: Mapping[str, str]) -> str:
    """Return `text` with ‘name’ in place of each theme id it points at: "bel.stress" is no word for people.

    `names` holds the name per id. An id without a dot is left alone: it may as well be a plain word.
    """
    return _THEME_ID.sub(lambda found: f"‘{names[found[0]]}’" if found[0] in names else found[0], text)


@dataclass(frozen=True, slots=True)
class IndicatorSet:
    """Further indicators per theme id, apart from any codebook. `fields` are the named lists its combos use."""

    themes: Mapping[str, Indicators]
    fields: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def _once(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))


def _unique(key: str, ids: Iterable[str]) -> None:
    seen: set[str] = set()
    for value in ids:
        if not value:
            raise Invalid("codebook.no_id")
        if value in seen:
            raise Invalid(key, id=value)
        seen.add(value)
