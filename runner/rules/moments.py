"""Moments, as problems say them."""

from datetime import datetime, timedelta


def as_local(moment: datetime) -> str:
    """`2026-12-01 10:00`, in the zone that the moment has."""
    return f"{moment:%Y-%m-%d %H:%M}"


def apart(first: datetime, second: datetime) -> timedelta:
    """As instants: Python subtracts two times of one zone by what their clocks show."""
    return timedelta(seconds=second.timestamp() - first.timestamp())
