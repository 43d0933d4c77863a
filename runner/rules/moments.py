"""Moments and stretches of time, as problems say them and as files write them."""

from datetime import datetime, timedelta

_MINUTE, _HOUR, _DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
_MONTH = 365.25 / 12
"""Days, on average."""
_UNITS = (("day", _DAY), ("hour", _HOUR), ("minute", _MINUTE))


def shown(moment: datetime) -> str:
    """`2026-12-01 10:00`, in the zone that the moment has."""
    return f"{moment:%Y-%m-%d %H:%M}"


def said(length: timedelta) -> str:
    """`45 minutes`, `1 hour`, `7 days`: in the greatest unit that leaves nothing over."""
    count, unit = _counted(length)
    return f"{count} {unit}{'s' * (count != 1)}"


def written(length: timedelta) -> str:
    """`45m`, `1h`, `7d`: a duration as files write it."""
    count, unit = _counted(length)
    return f"{count}{unit[0]}"


def roughly(length: timedelta) -> str:
    """`45 days`, `11 months`, `4 years`: rounded down, for what is far away."""
    days = length // _DAY
    months = int(days / _MONTH)
    count, unit = (months // 12, "year") if months >= 36 else (months, "month")
    if months < 2:
        count, unit = days, "day"
    return f"{count} {unit}{'s' * (count != 1)}"


def apart(first: datetime, second: datetime) -> timedelta:
    """As instants: Python subtracts two times of one zone by what their clocks show."""
    return timedelta(seconds=second.timestamp() - first.timestamp())


def _counted(length: timedelta) -> tuple[int, str]:
    for unit, size in _UNITS:
        if length >= size and length % size == timedelta(0):
            return length // size, unit
    return length // _MINUTE, "minute"
