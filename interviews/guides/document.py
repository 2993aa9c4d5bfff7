"""Guides as YAML (`par-guide/1`): how they travel between projects.

Read by a safe loader and bounded; a document may hold more than the toolkit keeps (advice, consent texts): that is
passed over, and is not in what `write` returns.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import yaml

from interviews.errors import Invalid
from interviews.guides.topics import CLOSING, OPENING, topics_of
from interviews.models import Guide
from interviews.text import clean, one_line

SCHEMA = "par-guide/1"
MAX_CHARACTERS = 400_000
MAX_QUESTIONS = 400


@dataclass(frozen=True, slots=True)
class QuestionText:
    """One question of a document."""

    key: str
    topic: str
    text_je: str
    text_u: str
    must: bool = False
    follow_up: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GuideText:
    """A guide as a document says it."""

    key: str
    version: str
    title: str = ""
    questions: tuple[QuestionText, ...] = field(default=())


class _Loader(yaml.SafeLoader):
    """Reads no aliases: a small file that unfolds into a huge one is refused."""

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        """Return the next node. Raises for an alias."""
        if self.check_event(yaml.AliasEvent):
            raise yaml.YAMLError("an alias")
        node: yaml.Node | None = super().compose_node(parent, index)
        return node


def read(source: str) -> GuideText:
    """Return the guide that `source` describes. Raises Invalid("guide.unreadable") for anything else."""
    if len(source) > MAX_CHARACTERS:
        raise Invalid("guide.unreadable")
    try:
        # A subclass of the safe loader: no tag makes an object.
        document = yaml.load(source, Loader=_Loader)  # noqa: S506
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise Invalid("guide.unreadable") from error
    if not isinstance(document, dict) or document.get("schema") != SCHEMA:
        raise Invalid("guide.unreadable")
    try:
        guide = GuideText(
            key=one_line(str(document["id"])),
            version=one_line(str(document["version"])),
            title=one_line(str(document.get("title") or "")),
            questions=tuple(_questions(document)),
        )
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise Invalid("guide.unreadable") from error
    keys = {question.key for question in guide.questions}
    whole = guide.key and guide.version and all(one.text_je and one.text_u and one.key for one in guide.questions)
    if not whole or len(keys) < len(guide.questions) or len(keys) > MAX_QUESTIONS:
        raise Invalid("guide.unreadable")
    return guide


def _questions(document: dict[str, Any]) -> list[QuestionText]:
    """Return the questions in order. Raises KeyError, TypeError, AttributeError or ValueError where it is no guide."""
    sections: list[tuple[str, Any]] = [(OPENING, document.get(OPENING) or [])]
    sections += list((document.get("topics") or {}).items())
    sections.append((CLOSING, document.get(CLOSING) or []))
    cards = {
        str(entry["id"]): _cards(entry.get("cards")) for _, entries in sections for entry in entries if "cards" in entry
    }
    return [
        QuestionText(
            key=one_line(str(entry["id"])),
            topic=one_line(str(topic)),
            must=_flag(entry.get("must", False)),
            text_je=one_line(str(entry["je"])),
            text_u=one_line(str(entry["u"])),
            # What is read out from cards is read out from the screen here.
            follow_up=(
                *_lines(entry.get("follow_up")),
                *cards.get(str(entry["id"] if "cards" in entry else entry.get("cards_from")), ()),
            ),
            themes=_lines(entry.get("codes")),
        )
        for topic, entries in sections
        for entry in entries
    ]


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError("not yes or no")
    return value


def _lines(value: object) -> tuple[str, ...]:
    if value is None:
        return ()
    if not isinstance(value, list):
        raise TypeError("not a list")
    return tuple(line for one in value if (line := one_line(str(one))))


def _cards(value: Any) -> tuple[str, ...]:
    return _lines([card["text"] for card in value or []])


def write(guide: Guide) -> str:
    """Return a guide as YAML that `read` reads back to the same questions."""
    document: dict[str, Any] = {"schema": SCHEMA, "id": guide.key, "version": guide.version, "language": "nl"}
    if guide.title and guide.title != guide.key:
        document["title"] = guide.title
    topics: dict[str, list[dict[str, Any]]] = {}
    for topic in topics_of(guide.questions):
        topics[topic] = [_entry(question) for question in guide.questions if question.topic == topic]
    if OPENING in topics:
        document[OPENING] = topics.pop(OPENING)
    closing = topics.pop(CLOSING, None)
    if topics:
        document["topics"] = topics
    if closing is not None:
        document[CLOSING] = closing
    return clean(yaml.safe_dump(document, allow_unicode=True, sort_keys=False, width=120))


def _entry(question: Any) -> dict[str, Any]:
    entry: dict[str, Any] = {"id": question.key}
    if question.must:
        entry["must"] = True
    entry |= {"je": question.text_je, "u": question.text_u}
    # Lists of their own: the writer would point at a list that it has seen before.
    if question.follow_up:
        entry["follow_up"] = list(question.follow_up)
    if question.themes:
        entry["codes"] = list(question.themes)
    return entry
