"""The text that is being typed, as a value: its turns and speakers, how it is read from outside, and how it is packed.

Pure: no database, no web. Unlike a transcript a working text may hold empty turns and half words.
"""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from interviews.errors import Invalid
from interviews.text import clean, one_line
from interviews.turns import Speaker, SpeakerRole, Turn

MAX_SPEAKERS = 40
MAX_TURNS = 20_000
MAX_CHARACTERS = 2_000_000
MAX_LABEL = 60
_MAX_MS = 10**10
_BRACKETS = re.compile(r"\[[^\]]*\]")
_LETTER = {
    SpeakerRole.INTERVIEWER: "I",
    SpeakerRole.INTERVIEWEE: "R",
    SpeakerRole.COMPANION: "B",
    SpeakerRole.UNKNOWN: "S",
}


@dataclass(frozen=True, slots=True)
class WorkingText:
    """Turns and the speakers they name. Every turn's speaker is in `speakers` or None."""

    turns: tuple[Turn, ...]
    speakers: tuple[Speaker, ...]

    @property
    def spoken(self) -> tuple[Turn, ...]:
        """The turns with a word in them, each on one line, as they go into a transcript."""
        return tuple(
            Turn(turn.speaker, text, turn.start_ms, turn.end_ms) for turn in self.turns if (text := one_line(turn.text))
        )


def beginning(tellers: int, companions: int = 0) -> WorkingText:
    """Return an empty text for an interviewer, `tellers` people who tell and `companions` who sit in."""
    roles = [SpeakerRole.INTERVIEWER]
    roles += [SpeakerRole.INTERVIEWEE] * max(1, tellers) + [SpeakerRole.COMPANION] * companions
    speakers: list[Speaker] = []
    for role in roles:
        number, many = sum(one.role is role for one in speakers) + 1, roles.count(role) > 1
        speakers.append(Speaker(f"{_LETTER[role]}{number}" if many else _LETTER[role], role))
    return WorkingText((Turn(speakers[0].label, ""),), tuple(speakers))


def following(text: WorkingText, role: SpeakerRole) -> WorkingText:
    """Return `text` with one more speaker of `role`, under the next free label. Raises Invalid when there are too many."""
    if len(text.speakers) >= MAX_SPEAKERS:
        raise Invalid("transcript.speakers", maximum=MAX_SPEAKERS)
    taken = {one.label for one in text.speakers}
    label, number = _LETTER[role], 1
    while label in taken:
        number += 1
        label = f"{_LETTER[role]}{number}"
    return WorkingText(text.turns, (*text.speakers, Speaker(label, role)))


def joined(first: WorkingText, second: WorkingText) -> WorkingText:
    """Return both texts, one below the other, with the speakers of both."""
    known = {one.label for one in first.speakers}
    more = tuple(one for one in second.speakers if one.label not in known)
    return WorkingText(first.turns + second.turns, first.speakers + more)


def read_json(given: object) -> WorkingText:
    """Return the text that a browser sent as `{"turns": […], "speakers": […]}`, cleaned.

    A turn that names a speaker who is not listed brings that speaker along: nothing that was typed is dropped. Raises
    Invalid("typing.unreadable") for anything that is not such an object, `transcript.speakers` and `typing.too_long`.
    """
    if not isinstance(given, Mapping):
        raise Invalid("typing.unreadable")
    speakers: dict[str, Speaker] = {}
    for one in _list(given.get("speakers")):
        label = _label(one.get("label"))
        if label is not None:
            speakers.setdefault(label, Speaker(label, _role(one.get("role"))))
    turns = []
    for one in _list(given.get("turns")):
        text, label = one.get("text", ""), _label(one.get("speaker"))
        if not isinstance(text, str):
            raise Invalid("typing.unreadable")
        if label is not None:
            speakers.setdefault(label, Speaker(label))
        turns.append(Turn(label, clean(text).replace("\n", " "), _ms(one.get("start_ms")), _ms(one.get("end_ms"))))
    if len(speakers) > MAX_SPEAKERS:
        raise Invalid("transcript.speakers", maximum=MAX_SPEAKERS)
    if len(turns) > MAX_TURNS or sum(len(turn.text) for turn in turns) > MAX_CHARACTERS:
        raise Invalid("typing.too_long")
    return WorkingText(tuple(turns), tuple(speakers.values()))


def _list(given: object) -> Sequence[Mapping[str, Any]]:
    if not isinstance(given, list) or not all(isinstance(one, Mapping) for one in given):
        raise Invalid("typing.unreadable")
    return given


def _label(given: object) -> str | None:
    if given is None:
        return None
    if not isinstance(given, str):
        raise Invalid("typing.unreadable")
    return one_line(given)[:MAX_LABEL].strip() or None


def _role(given: object) -> SpeakerRole:
    return SpeakerRole(given) if given in {role.value for role in SpeakerRole} else SpeakerRole.UNKNOWN


def _ms(given: object) -> int | None:
    """Return a time; a time that cannot be is no time, and no reason to refuse the words."""
    if isinstance(given, bool) or not isinstance(given, int | float) or not 0 <= given < _MAX_MS:
        return None
    return round(given)


def to_json(text: WorkingText) -> dict[str, Any]:
    """Return what `read_json` reads."""
    return {
        "turns": [
            {"speaker": turn.speaker, "text": turn.text, "start_ms": turn.start_ms, "end_ms": turn.end_ms}
            for turn in text.turns
        ],
        "speakers": [{"label": one.label, "role": one.role.value} for one in text.speakers],
    }


def pack(text: WorkingText) -> bytes:
    """Return `text` as few bytes, to be sealed."""
    return zlib.compress(json.dumps(to_json(text), ensure_ascii=False, separators=(",", ":")).encode())


def unpack(packed: bytes) -> WorkingText:
    """Return what `pack` packed."""
    return read_json(json.loads(zlib.decompress(packed)))


@dataclass(frozen=True, slots=True)
class Share:
    """How many of the words the other side of the table said. Marks such as `[lacht]` are no words."""

    told: int
    total: int

    def parts(self) -> tuple[int, int] | None:
        """Return the share as "about `a` of the `b`", b at most 10, to be said in words; None without a word."""
        if not self.total:
            return None
        near = Fraction(self.told, self.total).limit_denominator(4)
        if near in (0, 1) and 0 < self.told < self.total:
            # Nearly nothing and nearly all are not nothing and all.
            return (1, 10) if near == 0 else (9, 10)
        return near.numerator, near.denominator


def share(text: WorkingText) -> Share:
    """Count the words of everybody, and those of the people who are interviewed."""
    roles = {one.label: one.role for one in text.speakers}
    told = total = 0
    for turn in text.turns:
        words = sum(any(c.isalnum() for c in word) for word in _BRACKETS.sub(" ", turn.text).split())
        total += words
        told += words if roles.get(turn.speaker or "") is SpeakerRole.INTERVIEWEE else 0
    return Share(told, total)
