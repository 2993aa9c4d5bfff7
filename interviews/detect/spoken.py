"""Numbers as people say them: "vierendertig", "nul zes, twaalf", "twee keer nul".

House rule of transcription: numbers may stand as spoken words in the text, so both have to be understood.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from interviews.detect.signs import REMARK

_UNITS = ("nul", "een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen")
_TEENS = ("tien", "elf", "twaalf", "dertien", "veertien", "vijftien", "zestien", "zeventien", "achttien", "negentien")
_TENS = ("twintig", "dertig", "veertig", "vijftig", "zestig", "zeventig", "tachtig", "negentig")
_ORDINALS = {1: "eerste", 3: "derde", 8: "achtste"}


def _spellings() -> dict[str, int]:
    found = {word: value for value, word in enumerate(_UNITS + _TEENS)}
    for ten, word in enumerate(_TENS, start=2):
        found[word] = ten * 10
        for unit in range(1, 10):
            for joint in ("en", "ën"):
                found[_UNITS[unit] + joint + word] = ten * 10 + unit
    found |= {"één": 1, "eén": 1, "énen": 1, "noppes": 0, "zeuven": 7, "zeeven": 7, "achtien": 18}
    for tail, value in list(found.items()):
        if 0 < value < 100:
            found["honderd" + tail] = 100 + value
            found["honderden" + tail] = 100 + value
            for unit in range(2, 10):
                found[f"{_UNITS[unit]}honderd{tail}"] = unit * 100 + value
    found["honderd"] = 100
    for unit in range(2, 10):
        found[_UNITS[unit] + "honderd"] = unit * 100
    return found


NUMBERS: dict[str, int] = _spellings()
"""Every Dutch number word from nul to negenhonderdnegenennegentig that is written as one word, in lower case."""

ORDINALS: dict[str, int] = {
    _ORDINALS.get(value, word + ("de" if value < 20 else "ste")): value
    for word, value in NUMBERS.items()
    if 1 <= value <= 99
}
"""Ordinals as words: "eerste", "negentiende", "vijftigste"."""


def alternatives(low: int, high: int) -> str:
    """Return a regular expression (no groups) for a number from `low` to `high`, as digits' words; longest first."""
    words = [word for word, value in NUMBERS.items() if low <= value <= high]
    return "|".join(sorted(words, key=len, reverse=True))


_QUICK = re.compile(r"[^\W_]+")
_ANY_NUMBER = frozenset(word for word, value in NUMBERS.items() if value >= 2) | ORDINALS.keys()


def says_a_number(text: str) -> bool:
    """Tell, cheaply, whether `text` holds a digit or a number word of two or more."""
    return (
        any(mark.isdecimal() for mark in text)
        or "duizend" in text
        or not _ANY_NUMBER.isdisjoint(_QUICK.findall(text.lower()))
    )


def value_of(text: str) -> int | None:
    """Return what `text` says as a number, in digits or as one word; None if it says none."""
    plain = text.strip().lower()
    return int(plain) if plain.isdecimal() else NUMBERS.get(plain, ORDINALS.get(plain))


@dataclass(frozen=True, slots=True)
class DigitRun:
    """Number words said one after another, read as one row of digits ("nul zes, twaalf" is 0612)."""

    start: int
    end: int
    digits: str
    values: tuple[int, ...]
    plus: bool

    @property
    def counts(self) -> bool:
        """Tell whether somebody is only counting, up or down."""
        steps = {after - before for before, after in zip(self.values, self.values[1:], strict=False)}
        return len(self.values) > 2 and (steps == {1} or steps == {-1})


_TOKEN = re.compile(r"\d+|[^\W\d_]+|[+]")
_GAP = re.compile(r"^[\s,.…\-–/]*$")
_FILLER = frozenset(
    """eh ehm uh uhm en dan streepje streep spatie komma nee ja nog wacht even effe kijken dus zo hoor he hè toch punt
    daarna weer""".split()
)
_LONGEST_FIGURES = 4
_REPEAT = {"dubbel": 2, "dubbele": 2, "tweemaal": 2, "driemaal": 3}
_PLURALS = {"nullen": 0, "enen": 1, "tweeën": 2, "drieën": 3, "vieren": 4, "vijven": 5, "zessen": 6, "zevens": 7,
            "achten": 8, "negens": 9}  # fmt: skip


def digit_runs(text: str, *, at_least: int = 3) -> list[DigitRun]:
    """Find rows of at least `at_least` spoken numbers. A row of digits only is not spoken and not returned."""
    # What the transcriber noted between two numbers is no part of them.
    lowered = REMARK.sub(lambda match: " " * len(match.group()), text.lower())
    if sum(word in NUMBERS for word in _QUICK.findall(lowered)) * 2 < at_least:
        return []
    if len(lowered) != len(text):
        lowered = "".join(mark.lower() if len(mark.lower()) == 1 else mark for mark in text)
        lowered = REMARK.sub(lambda match: " " * len(match.group()), lowered)
    runs: list[DigitRun] = []
    builder = _Builder()
    position = 0
    for match in _TOKEN.finditer(lowered):
        word = match.group()
        if not _GAP.match(lowered[position : match.start()]):
            builder.close_into(runs, at_least)
        position = match.end()
        if not builder.take(word, match.start(), match.end()):
            builder.close_into(runs, at_least)
            builder.take(word, match.start(), match.end())
    builder.close_into(runs, at_least)
    return runs


class _Builder:
    """Collects one row of spoken numbers."""

    def __init__(self) -> None:
        self._reset()

    def _reset(self) -> None:
        self._parts: list[str] = []
        self._values: list[int] = []
        self._start = self._end = -1
        self._words = 0
        self._times = 1
        self._plus = False

    def take(self, word: str, start: int, end: int) -> bool:
        """Take one more word; False when it does not belong to a row."""
        if word in _FILLER:
            return bool(self._parts)
        if word in ("plus", "+") and not self._parts:
            self._start, self._plus = start, True
            return True
        if word in _REPEAT:
            self._times = _REPEAT[word]
            self._start = start if self._start < 0 else self._start
            return True
        if word in ("keer", "maal") and self._values and self._values[-1] in (2, 3, 4):
            self._times = self._values.pop()
            self._parts.pop()
            return True
        if word in _PLURALS and self._values and 2 <= self._values[-1] <= 5:
            self._parts[-1] = str(_PLURALS[word]) * self._values[-1]
            self._end = end
            return True
        if word == "nulzes" and not self._parts:
            return self.take("nul", start, end) and self.take("zes", start, end)
        number = None if word.isdecimal() else NUMBERS.get(word)
        if number is None and not word.isdecimal():
            return False
        if self._parts and word.isdecimal() and (len(word) > _LONGEST_FIGURES or word == "06"):
            return False
        self._start = start if self._start < 0 else self._start
        self._words += number is not None
        self._parts.append((word if number is None else str(number)) * self._times)
        self._values.append(int(word) if number is None else number)
        self._times, self._end = 1, end
        return True

    def close_into(self, runs: list[DigitRun], at_least: int) -> None:
        """End the row; keep it when it is long enough and at least half of it was said in words."""
        if len(self._parts) >= at_least and self._words * 2 >= len(self._parts):
            runs.append(DigitRun(self._start, self._end, "".join(self._parts), tuple(self._values), self._plus))
        self._reset()
