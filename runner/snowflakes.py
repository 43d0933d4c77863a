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
