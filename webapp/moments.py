"""Days and times as people in the Netherlands mean them: read from a form, and said in a sentence."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from interviews.clock import now
from webapp.i18n import format_day, format_moment

HERE = ZoneInfo("Europe/Amsterdam")


def today() -> date:
    """Return the day it is in the Netherlands."""
    return now().astimezone(HERE).date()


def moment_of(day: date, at: time | None) -> datetime:
    """Return the moment; midnight stands for a day whose time nobody said."""
    return datetime.combine(day, at or time.min, tzinfo=HERE)


def parts_of(moment: datetime | None) -> tuple[date | None, time | None]:
    """Return day and time as they were filled in; no time for midnight."""
    if moment is None:
        return None, None
    local = moment.astimezone(HERE)
    return local.date(), None if local.time() == time.min else local.time()


def when(moment: datetime) -> str:
    """Return "dinsdag 12 maart 2024 om 14.05 uur", or the day alone when no time is known."""
    _day, at = parts_of(moment)
    return format_day(moment) if at is None else format_moment(moment)
