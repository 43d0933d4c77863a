"""Lengths of time: as files write them, and as people say them."""

from datetime import datetime, timedelta
from typing import Final

_UNITS: Final = (
    ("day", timedelta(days=1)),
    ("hour", timedelta(hours=1)),
    ("minute", timedelta(minutes=1)),
    ("second", timedelta(seconds=1)),
)
LATE_FROM: Final = timedelta(minutes=1)
"""Below that a post is on time: people see times to the minute."""
_MONTH: Final = 365.25 / 12
"""Days, on average."""


def as_written(length: timedelta, *, days: bool = True) -> str:
    """`45m`, `1h`, `7d`: as a file has it. Without `days` no unit is greater than an hour: where a
    moment is told, a day is a step of the calendar, and 24 hours are not."""
    for unit, size in _UNITS[0 if days else 1 : 2]:
        if length and length % size == timedelta(0):
            return f"{length // size}{unit[0]}"
    return f"{length // timedelta(minutes=1)}m"


def rounded_down(length: timedelta) -> timedelta:
    """Whole days from two days on, whole hours from two hours on, else whole minutes: a length that
    is short to write."""
    unit = next((size for _, size in _UNITS[:2] if length >= 2 * size), _UNITS[2][1])
    return length // unit * unit


def in_words(length: timedelta) -> str:
    """`3 days 4 hours`, `6 hours 12 minutes`, `40 seconds`: two units at most, rounded down, and no
    seconds beside minutes. What is before is as long as what is after."""
    left = abs(length)
    for (unit, size), below in zip(_UNITS, (*_UNITS[1:3], None, None), strict=True):
        number, rest = divmod(left, size)
        if number:
            more = below and rest // below[1]
            return _count(number, unit) + (f" {_count(more, below[0])}" if below and more else "")
    return _count(0, "second")


def roughly(length: timedelta) -> str:
    """`45 days`, `11 months`, `4 years`: rounded down, for what is far away."""
    months = int(length.days / _MONTH)
    if months < 2:
        return _count(length.days, "day")
    return _count(months, "month") if months < 36 else _count(months // 12, "year")


def apart(first: datetime, second: datetime) -> timedelta:
    """How far two instants lie apart: Python subtracts two times of one zone by what their clocks
    show."""
    return timedelta(seconds=second.timestamp() - first.timestamp())


def _count(number: int, unit: str) -> str:
    return f"{number} {unit}{'s' * (number != 1)}"
