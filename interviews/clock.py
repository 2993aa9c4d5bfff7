"""The one place that asks what time it is, so that a test can say."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]


def now() -> datetime:
    """Return the present moment, aware, in UTC."""
    return datetime.now(UTC)
