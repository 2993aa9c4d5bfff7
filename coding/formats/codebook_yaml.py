"""Codebooks as YAML (`par-codebook/1`): how they travel between projects.

Reading is safe by construction: the text is bounded, aliases (the "billion laughs") and deep nesting are refused
before anything is built, no tag makes an object, and every scalar stays the words that were written (so `no` is a
word and `0.10` a version). Every refusal is an `Invalid("codebook.…")` with the line a person can look at.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import yaml

from coding.lexicon import Indicators, IndicatorSet, Lexicon, ThemeEntry, ThemeGroup
from interviews.errors import Invalid

SCHEMA = "par-codebook/1"
MAX_CHARACTERS = 2_000_000
MAX_DEPTH = 8
MAX_NODES = 200_000

# libyaml's parser when it is there: the packaged lists hold thousands of words, and it is ten times faster.
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_V = TypeVar("_V")

_LISTS = ("lemmas", "phrases", "patterns", "combos", "not_when")
_THEME_TEXTS = ("id", "group", "name", "definition", "include", "exclude", "level", "example")
_THEME_LISTS = ("sources", "knowledge", "sub_labels", "related", "tensions")
_TOP_TEXTS = ("schema", "id", "version", "language", "title", "research_question")
_TOP_LISTS = ("coding_rules", "knowledge_sources")
_TOP_MAPS = ("seeds", "indicator_syntax")


def read(text: str) -> Lexicon:
    """Return the codebook that `text` describes.

    Raises `Invalid`: `codebook.too_big`, `.not_yaml`, `.alias`, `.too_deep`, `.wrong_shape`, `.unknown_field`,
    `.field_twice`, `.missing`, `.wrong_schema`, `.theme_twice`, `.group_twice`, `.no_such_group`, `.no_id`; all but the
    last four with the field `line`.
    """
    root = _compose(text)
    top = _mapping(root, {*_TOP_TEXTS, *_TOP_LISTS, *_TOP_MAPS, "fields", "groups", "codes"})
    if "schema" in top and _text(top["schema"]) != SCHEMA:
        raise Invalid("codebook.wrong_schema", line=_line(top["schema"]), schema=_text(top["schema"])[:80])
    for name in ("id", "title", "groups", "codes"):
        if name not in top:
            raise Invalid("codebook.missing", field=name, line=_line(root))
    return Lexicon(
        id=_text(top["id"]),
        version=_text(top["version"]) if "version" in top else "",
        title=_text(top["title"]),
        groups=tuple(_group(node) for node in _sequence(top["groups"])),
        themes=tuple(_theme(node) for node in _sequence(top["codes"])),
        research_question=_text(top["research_question"]) if "research_question" in top else "",
        language=_text(top["language"]) if "language" in top else "nl",
        coding_rules=_words(top.get("coding_rules")),
        knowledge_sources=_words(top.get("knowledge_sources")),
        seeds=_map_of(top.get("seeds"), _text),
        indicator_syntax=_map_of(top.get("indicator_syntax"), _text),
        fields=_map_of(top.get("fields"), _words),
    )


def read_indicators(text: str) -> IndicatorSet:
    """Return further indicators (`fields`, and `codes` with an id and word lists). Raises as `read` does."""
    top = _mapping(_compose(text), {"fields", "codes"})
    themes: dict[str, Indicators] = {}
    for node in _sequence(top["codes"]) if "codes" in top else []:
        values = _mapping(node, {"id", *_LISTS})
        if "id" not in values:
            raise Invalid("codebook.missing", field="id", line=_line(node))
        themes[_text(values["id"])] = _indicators(values)
    return IndicatorSet(themes, _map_of(top.get("fields"), _words))


def write(lexicon: Lexicon) -> str:
    """Return the codebook as YAML that `read` reads back to an equal value."""
    document: dict[str, object] = {"schema": SCHEMA, "id": lexicon.id, "version": lexicon.version}
    document |= {"language": lexicon.language, "title": lexicon.title}
    optional: tuple[tuple[str, object], ...] = (
        ("research_question", lexicon.research_question),
        ("indicator_syntax", dict(lexicon.indicator_syntax)),
        ("coding_rules", list(lexicon.coding_rules)),
        ("seeds", dict(lexicon.seeds)),
        ("knowledge_sources", list(lexicon.knowledge_sources)),
        ("fields", {name: list(words) for name, words in lexicon.fields.items()}),
    )
    document |= {name: value for name, value in optional if value}
    document["groups"] = [_group_out(group) for group in lexicon.groups]
    document["codes"] = [_theme_out(theme) for theme in lexicon.themes]
    return yaml.dump(document, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=120)


class _Dumper(yaml.SafeDumper):
    """Never writes an alias (we refuse them) and always quotes what is not plainly a word."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _group_out(group: ThemeGroup) -> dict[str, object]:
    out: dict[str, object] = {"id": group.id, "name": group.name}
    if group.definition:
        out["definition"] = group.definition
    if group.colour:
        out["colour"] = group.colour
    out["assignable"] = group.assignable
    if group.holds_when_negated:
        out["holds_when_negated"] = True
    return out


def _theme_out(theme: ThemeEntry) -> dict[str, object]:
    out: dict[str, object] = {}
    for name in _THEME_TEXTS:
        value: str = getattr(theme, name)
        if value or name in ("id", "group", "name"):
            out[name] = value
    for source, names in ((theme, _THEME_LISTS), (theme.indicators, _LISTS)):
        out |= {name: list(getattr(source, name)) for name in names if getattr(source, name)}
    return out


def _compose(text: str) -> yaml.Node:
    if len(text) > MAX_CHARACTERS:
        raise Invalid("codebook.too_big", line=1, limit=MAX_CHARACTERS)
    try:
        _guard(text)
        root = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise Invalid("codebook.not_yaml", line=mark.line + 1 if mark else 1) from error
    except (yaml.YAMLError, UnicodeError) as error:
        # The reader of YAML refuses some characters before it knows of lines.
        position = getattr(error, "position", 0)
        line = text.count("\n", 0, position if isinstance(position, int) else 0) + 1
        raise Invalid("codebook.not_yaml", line=line) from error
    if root is None:
        raise Invalid("codebook.missing", field="id", line=1)
    return root


def _guard(text: str) -> None:
    """Walk the events once, before a node is built: no alias, no depth, no flood."""
    depth = 0
    for nodes, event in enumerate(yaml.parse(text, Loader=_Loader)):
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.AliasEvent):
            raise Invalid("codebook.alias", line=line)
        if isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
            depth += 1
        elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            depth -= 1
        if depth > MAX_DEPTH:
            raise Invalid("codebook.too_deep", line=line)
        if nodes > MAX_NODES:
            raise Invalid("codebook.too_big", line=line, limit=MAX_NODES)


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1


def _mapping(node: yaml.Node, known: set[str] | None) -> dict[str, yaml.Node]:
    if not isinstance(node, yaml.MappingNode):
        raise Invalid("codebook.wrong_shape", line=_line(node), expected="mapping")
    values: dict[str, yaml.Node] = {}
    for key, value in node.value:
        name = _text(key)
        # A misspelt field would otherwise drop a list of words without a sound.
        if known is not None and name not in known:
            raise Invalid("codebook.unknown_field", line=_line(key), field=name[:80])
        if name in values:
            raise Invalid("codebook.field_twice", line=_line(key), field=name[:80])
        values[name] = value
    return values


def _sequence(node: yaml.Node) -> list[yaml.Node]:
    if _is_null(node):
        return []
    if not isinstance(node, yaml.SequenceNode):
        raise Invalid("codebook.wrong_shape", line=_line(node), expected="list")
    return list(node.value)


def _text(node: yaml.Node) -> str:
    if not isinstance(node, yaml.ScalarNode):
        raise Invalid("codebook.wrong_shape", line=_line(node), expected="text")
    return "" if _is_null(node) else str(node.value)


def _is_null(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and node.style is None and node.value in ("", "~", "null")


def _words(node: yaml.Node | None) -> tuple[str, ...]:
    return () if node is None else tuple(_text(item) for item in _sequence(node))


def _map_of(node: yaml.Node | None, value: Callable[[yaml.Node], _V]) -> Mapping[str, _V]:
    if node is None or _is_null(node):
        return {}
    return {name: value(item) for name, item in _mapping(node, None).items()}


def _indicators(values: Mapping[str, yaml.Node]) -> Indicators:
    return Indicators(**{name: _words(values.get(name)) for name in _LISTS})


def _group(node: yaml.Node) -> ThemeGroup:
    values = _mapping(node, {"id", "name", "definition", "colour", "assignable", "holds_when_negated"})
    texts = {name: _text(values[name]) for name in ("id", "name", "definition", "colour") if name in values}
    for name in ("id", "name"):
        if name not in texts:
            raise Invalid("codebook.missing", field=name, line=_line(node))
    return ThemeGroup(
        id=texts["id"],
        name=texts["name"],
        definition=texts.get("definition", ""),
        colour=texts.get("colour", ""),
        assignable=_flag(values.get("assignable")),
        holds_when_negated=_flag(values.get("holds_when_negated")),
    )


def _flag(node: yaml.Node | None) -> bool:
    if node is None:
        return False
    written = _text(node).lower()
    if written not in ("true", "false"):
        raise Invalid("codebook.wrong_shape", line=_line(node), expected="true_or_false")
    return written == "true"


def _theme(node: yaml.Node) -> ThemeEntry:
    values = _mapping(node, {*_THEME_TEXTS, *_THEME_LISTS, *_LISTS})
    texts = {name: _text(values[name]) for name in _THEME_TEXTS if name in values}
    for name in ("id", "group", "name"):
        if name not in texts:
            raise Invalid("codebook.missing", field=name, line=_line(node))
    lists = {name: _words(values.get(name)) for name in _THEME_LISTS}
    return ThemeEntry(
        id=texts["id"],
        group=texts["group"],
        name=texts["name"],
        definition=texts.get("definition", ""),
        include=texts.get("include", ""),
        exclude=texts.get("exclude", ""),
        level=texts.get("level", ""),
        example=texts.get("example", ""),
        indicators=_indicators(values),
        **lists,
    )
