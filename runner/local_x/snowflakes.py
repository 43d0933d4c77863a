"""Snowflakes: ids that carry the millisecond in which X made them.

Source: X's page "X IDs" (docs.x.com/fundamentals/x-ids).
"""

from datetime import UTC, datetime, timedelta

EPOCH_MS = 1_288_834_974_657
_START = datetime(1970, 1, 1, tzinfo=UTC)


def snowflake(at: datetime) -> int:
    """The least id of the millisecond of `at`."""
    return max((at - _START) // timedelta(milliseconds=1) - EPOCH_MS, 0) << 22


def instant(id: str) -> datetime:
    """The millisecond that an id carries."""
    return _START + timedelta(milliseconds=(int(id) >> 22) + EPOCH_MS)


class SnowflakeIds:
    """Unique and increasing, even when the clock stands still or is set back."""

    def __init__(self) -> None:
        self._last = 0

    def next(self, at: datetime) -> str:
        self._last = max(self._last + 1, snowflake(at))
        return str(self._last)

    def skip_past(self, id: str) -> None:
        """No later id will be smaller than one that was given out before a restart."""
        self._last = max(self._last, int(id))
