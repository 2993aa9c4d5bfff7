"""What was drawn on the screen: lines on a board of 600 by 240, as an SVG path. Pure.

Only `M x,y` (the pen comes down) and `L x,y` (and goes there) with whole numbers on the board. A path is shown again in
pages and in Word, so nothing else may ever be in it.
"""

from __future__ import annotations

import re

from interviews.errors import Invalid

WIDTH, HEIGHT = 600, 240
"""Size of the board, in its own units."""
MAX_SIGNATURE = 40_000
"""Most characters of a path: a minute of drawing, and room to spare."""
_PATH = re.compile(r"(?:M\d{1,3},\d{1,3}(?: L\d{1,3},\d{1,3})*)(?: M\d{1,3},\d{1,3}(?: L\d{1,3},\d{1,3})*)*", re.ASCII)
_POINT = re.compile(r"([ML])(\d{1,3}),(\d{1,3})", re.ASCII)

Stroke = tuple[tuple[int, int], ...]


def strokes(path: str) -> tuple[Stroke, ...]:
    """Return the lines of a path, each as the points it goes through.

    Raises Invalid("consent.signature") for anything that is no drawing on the board.
    """
    if len(path) > MAX_SIGNATURE or not _PATH.fullmatch(path):
        raise Invalid("consent.signature")
    found: list[list[tuple[int, int]]] = []
    for command, x, y in _POINT.findall(path):
        point = int(x), int(y)
        if point[0] > WIDTH or point[1] > HEIGHT:
            raise Invalid("consent.signature")
        if command == "M":
            found.append([])
        found[-1].append(point)
    return tuple(tuple(stroke) for stroke in found)
