"""What a bad file is, and what must become of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

GOOD = "Zichtbaar"
"""Begins every word that must be shown."""
BAD = "Verborgen"
"""Begins every word that must not be."""
ASKED = "Hoe ging het toen verder?"


@dataclass(frozen=True, slots=True)
class BadFile:
    """One file of the corpus, with its verdict: `refused` with one of these sentences, or read and `shown`.

    `make` gets the address of somebody who counts the visits: whatever in the file may ask for a page asks there.
    """

    title: str
    name: str
    make: Callable[[str], bytes]
    refused: tuple[str, ...] = ()
    """Keys without `unreadable.`; several where the version of a library decides which; empty when it is read."""
    shown: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    """Keys of what a person is told about a file that is read."""
    door: Literal["text", "picture", "sound"] = "text"
    either: bool = False
    """Damaged so that both are right: what is left of it is shown, or it is refused."""

    @property
    def keys(self) -> frozenset[str]:
        """The sentences it may be refused with."""
        return frozenset(f"unreadable.{key}" for key in self.refused)


def talk(*words: str) -> str:
    """A small interview in which somebody says each of the words."""
    return "".join(f"I: {ASKED}\nR: Daar stond {word} bij.\n" for word in words)
