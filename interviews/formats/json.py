"""JSON from somebody else: an object or a refusal, never another error."""

from __future__ import annotations

import json

from interviews.errors import Unreadable


def parse(text: str) -> dict[str, object]:
    """Return the object a JSON text holds.

    Raises Unreadable: `unreadable.broken` for what is no JSON (or nested too deep), `unreadable.json` for JSON that
    is no object.
    """
    try:
        content = json.loads(text)
    except (ValueError, RecursionError) as e:
        raise Unreadable("unreadable.broken") from e
    if not isinstance(content, dict):
        raise Unreadable("unreadable.json")
    return content
