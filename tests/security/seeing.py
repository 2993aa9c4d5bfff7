"""Which sealed words a page shows: what was opened while it was made, and stands in the answer."""

from __future__ import annotations

import html
import json
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import pytest

from interviews.keys import DataKey
from interviews.redactions.sealed import SEALINGS

SHORTEST = 5
"""Of words that are looked for in a page: shorter ones stand there anyway."""


@dataclass(frozen=True)
class Seen:
    """A sealed value of which words stand in an answer."""

    table: str
    column: str
    row_id: str


def _patterns() -> dict[tuple[str, str], re.Pattern[str]]:
    """Return per sealed column what its contexts look like."""
    row = SimpleNamespace(id="ID", version="0", draft_id="0", number="0")
    found = {
        (sealing.model.__table__.name, sealing.column): sealing.context(row) for sealing in SEALINGS
    } | {("contact", "sealed"): "contact:ID"}  # fmt: skip
    return {
        place: re.compile(re.escape(context).replace("ID", "(?P<id>[^:]+)").replace("0", "[^:]+") + r"\Z")
        for place, context in found.items()
    }


PATTERNS = _patterns()


class Watch:
    """Keeps what is opened, until it is asked for."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._opened: list[tuple[str, str]] = []
        whole = DataKey.open

        def watched(key: DataKey, sealed: bytes, *, context: str) -> bytes:
            plain = whole(key, sealed, context=context)
            # Working texts are packed.
            told = zlib.decompress(plain) if context.startswith("typing_") else plain
            self._opened.append((context, told.decode("utf-8", "ignore")))
            return plain

        monkeypatch.setattr(DataKey, "open", watched)

    def seen(self, answer: str) -> set[Seen]:
        """Return of which values words stand in `answer`, of those that were opened since this was asked last."""
        opened, self._opened = self._opened, []
        shown = html.unescape(answer)
        found = set()
        for context, plain in opened:
            if any(words in shown for words in _words(plain)):
                place, row_id = next(
                    (place, match["id"]) for place, one in PATTERNS.items() if (match := one.fullmatch(context))
                )
                found.add(Seen(*place, row_id))
        return found


def _words(plain: str) -> Iterator[str]:
    """Yield the pieces of a value that a page may show: its lines, or each text in it."""
    try:
        value: Any = json.loads(plain)
    except ValueError:
        value = plain.split("\n")
    yield from (words for words in _texts(value) if len(words) >= SHORTEST)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)
    elif isinstance(value, dict):
        for one in value.values():
            yield from _texts(one)
