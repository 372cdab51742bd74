"""The one place that reads the clock; everything else is told what time it is."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo


def now() -> datetime:
    """The present instant, in UTC and aware of it."""
    return datetime.now(UTC)


def local_day(instant: datetime, timezone: str) -> date:
    """The calendar day people at `timezone` live at `instant`: a night shift ends on its own date."""
    return instant.astimezone(ZoneInfo(timezone)).date()
