"""Clock times as transcripts write them: `00:12:30`, `[12:30]`, `(1:02:03,500)`, `#00:12:30-5#`, `12,5`.

Pure. All results are whole milliseconds from the start of the recording.
"""

from __future__ import annotations

import math
import re

CLOCK = r"\d{1,3}:[0-5]\d(?::[0-5]\d(?:[.,:]\d{1,3})?|[.,]\d{1,3})?"
"""A clock time without brackets, as a regular expression without groups."""

_RANGE = rf"{CLOCK}(?:\s*(?:-->|[-–—])\s*{CLOCK})?"
BRACKETED = rf"(?:\[\s*{_RANGE}\s*\]|\(\s*{_RANGE}\s*\)|\{{\s*{_RANGE}\s*\}}|#{CLOCK}(?:-\d)?#)"
"""A clock time, or a from-to pair, inside brackets or hash signs: nobody says that aloud."""

BARE = _RANGE
"""The same without brackets: may also be something that somebody said."""

_CLOCKS = re.compile(CLOCK)
_F4_TENTHS = re.compile(r"-(\d)#$")
_NUMBER = re.compile(r"\d{1,9}(?:[.,]\d{1,6})?")
_LONGEST_MS = 1000 * 3600 * 1000


def milliseconds(clock: str) -> int | None:
    """Return one clock time (`h:mm:ss`, `mm:ss`, fractions after a dot, comma or colon) in ms; None if it is none."""
    clock = clock.strip()
    if not _CLOCKS.fullmatch(clock):
        return None
    parts = re.split(r"[:.,]", clock)
    fraction = 0
    if clock[-1 - len(parts[-1])] in ".," or len(parts) == 4:
        fraction = round(float(f"0.{parts.pop()}") * 1000)
    seconds = 0
    for part in parts:
        seconds = seconds * 60 + int(part)
    return seconds * 1000 + fraction


def stamp(text: str) -> tuple[int | None, int | None]:
    """Return start and end in ms of a stamp that `BRACKETED` or `BARE` matched; the end is mostly None."""
    found = [milliseconds(clock) for clock in _CLOCKS.findall(text)]
    if not found:
        return None, None
    start = found[0]
    tenths = _F4_TENTHS.search(text)
    if tenths and start is not None:
        start += int(tenths[1]) * 100
    return start, found[1] if len(found) > 1 else None


def from_seconds(value: object) -> int | None:
    """Return a number of seconds (as JSON gives it) in ms; None for what is no sensible time."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    if not 0 <= value <= _LONGEST_MS / 1000 or not math.isfinite(value):
        return None
    return round(value * 1000)


def from_cell(text: str, *, unit_ms: bool = False) -> int | None:
    """Return the time in a table's cell in ms: a clock time, or seconds (`unit_ms`: milliseconds) as a number."""
    text = text.strip().strip("[](){}#").strip()
    clock = milliseconds(text)
    if clock is not None:
        return clock
    if not _NUMBER.fullmatch(text):
        return None
    number = float(text.replace(",", "."))
    return round(number) if unit_ms else from_seconds(number)
