"""How a sentence is written down for the catalogue, and a sentence that counts."""

from __future__ import annotations

from dataclasses import dataclass

GENERAL = "general"


@dataclass(frozen=True, slots=True)
class Counted:
    """A sentence about a number of things; `field` names the number."""

    one: str
    many: str
    field: str = "count"


def _l(text: str) -> str:
    """Mark `text` for the catalogue; it is translated when it is said."""
    return text


def _n(one: str, many: str, field: str = "count") -> Counted:
    return Counted(one, many, field)
