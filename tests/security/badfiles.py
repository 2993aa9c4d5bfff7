"""The corpus of bad files: each is made in code, and each carries the verdict that is right.

Of our own making, after the lists of `safety.md` (goals 5 and 6): bombs, broken packages, entities, odd encodings, hidden
words, damaged sound, lying pictures, and names that want to be somewhere else. Run by `test_bad_files.py`.
"""

from __future__ import annotations

from tests.security.evil.documents import DOCUMENTS
from tests.security.evil.kinds import BadFile
from tests.security.evil.names import NAMES
from tests.security.evil.packages import PACKAGES
from tests.security.evil.pictures import PICTURES
from tests.security.evil.sounds import SOUNDS
from tests.security.evil.texts import TEXTS

CORPUS: tuple[BadFile, ...] = (*PACKAGES, *DOCUMENTS, *TEXTS, *PICTURES, *SOUNDS)
EVIL_NAMES: tuple[str, ...] = NAMES


def of(door: str) -> tuple[BadFile, ...]:
    """Return the files that are sent to one door."""
    return tuple(one for one in CORPUS if one.door == door)
