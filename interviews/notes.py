"""Short notes that people write about an interview: clean, without a BSN, and kept as ciphertext only."""

from __future__ import annotations

import uuid

from interviews.bsn import taken_out
from interviews.errors import Invalid
from interviews.keys import KeyDestroyed, KeyStore
from interviews.text import clean

MAX_NOTE = 5000
"""Characters of one note: two pages, far more than somebody types on a phone."""


def tidy(text: str) -> str:
    """Return `text` clean, without white space around it and without a BSN. Raises Invalid("note.long")."""
    plain = clean(text).strip()
    if len(plain) > MAX_NOTE:
        raise Invalid("note.long", maximum=MAX_NOTE)
    return taken_out(plain)[0]


def seal(keys: KeyStore, interview_id: uuid.UUID, text: str, *, context: str) -> bytes:
    """Return `text` under the interview's own key. Raises KeyDestroyed when the story was taken back."""
    return keys.create(interview_id).seal_text(text, context=context)


def unseal(keys: KeyStore, interview_id: uuid.UUID, sealed: bytes | None, *, context: str) -> str | None:
    """Return what `seal` sealed; None when nothing was, or the interview's key was destroyed."""
    if sealed is None:
        return None
    try:
        return keys.open(interview_id).open_text(sealed, context=context)
    except KeyDestroyed:
        return None
