"""Codes that people read from paper: four groups of four, without letters that look alike."""

from __future__ import annotations

import re
import secrets

# No look-alikes (0/o, 1/l/i).
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def new_code() -> str:
    """Return a new code of 79 random bits, such as "k3vd-92hs-mmpe-4xtz"."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(4))


def plain_code(code: str) -> str:
    """Return a code as it is hashed: without dashes, spaces and capitals."""
    return re.sub(r"[^a-z0-9]", "", code.lower())
