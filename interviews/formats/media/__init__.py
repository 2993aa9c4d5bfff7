"""Sound of any kind made ready to play and to listen to, in a child process that can do little.

Whoever sends a file chooses every byte of it, and the libraries that understand sound are large and written in C. So
`prepare`, `silence` and `hear` let a child process do it that has no environment, little memory, no file and no network, and that
never sees a key: when it wants bytes it asks for them by a pipe, and what it makes comes back by a pipe
(`interviews.formats.media.parent`). Nothing is written to disk here; the caller seals what it is given.
"""

from __future__ import annotations

from interviews.formats.media.parent import Prepared, Source, hear, prepare, silence
from interviews.formats.media.wire import HEARD_RATE, PEAK_MS

__all__ = ["HEARD_RATE", "PEAK_MS", "Prepared", "Source", "hear", "prepare", "silence"]
