"""Writers of one process stand in a row, first come first served.

SQLite lets whoever happens to ask at the right moment in first: with fifty people typing on a busy machine, some waited
longer than its patience and were told that the database is locked (`benchmarks/autosave.py`). Between processes SQLite's
own waiting stays.
"""

from __future__ import annotations

import threading
from collections import deque


class Row:
    """A lock that is handed over in the order in which it was asked for."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._waiting: deque[threading.Event] = deque()
        self._held = False

    def take(self, seconds: float) -> bool:
        """Wait for one's turn, at most `seconds`; tell whether one has it."""
        with self._guard:
            if not self._held:
                self._held = True
                return True
            mine = threading.Event()
            self._waiting.append(mine)
        if mine.wait(seconds):
            return True
        with self._guard:
            # Handed over between the last look and this one?
            if mine.is_set():
                return True
            self._waiting.remove(mine)
        return False

    def give(self) -> None:
        """Let the next one in."""
        with self._guard:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._held = False
