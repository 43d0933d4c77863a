"""Ids of X, "snowflakes": each carries the millisecond in which it was made.

Source: X's page "X IDs" (https://docs.x.com/fundamentals/x-ids, read 2026-08-22).
"""

from datetime import UTC, datetime, timedelta
from typing import Final

X_EPOCH: Final = datetime.fromtimestamp(1288834974.657, UTC)


def instant(id: str) -> datetime:
    """When X made the post, or the account, with this id."""
    return X_EPOCH + timedelta(milliseconds=int(id) >> 22)


def snowflake(at: datetime) -> int:
    """The least id of the millisecond of `at`."""
    return max((at - X_EPOCH) // timedelta(milliseconds=1), 0) << 22


class SnowflakeIds:
    """The ids that a local X gives out: unique and increasing, even when the clock stands
    still or is set back."""

    def __init__(self) -> None:
        self._last = 0

    def next(self, at: datetime) -> str:
        self._last = max(self._last + 1, snowflake(at))
        return str(self._last)

    def skip_past(self, id: str) -> None:
        """No later id will be smaller than one that was given out before a restart."""
        self._last = max(self._last, int(id))
