"""Planned against actual: how late what went out was."""

from collections.abc import Iterable
from datetime import timedelta, tzinfo

from runner.durations import LATE_FROM, in_words
from runner.ledger import Standing, State
from runner.views.phrases import clock, count, moment


def how_late(late: timedelta) -> str:
    """`on time`, `5 minutes late`."""
    return "on time" if late < LATE_FROM else f"{in_words(late)} late"


def planned_and_actual(standing: Standing, zone: tzinfo) -> str:
    """`on time`; `5 minutes late, due 10:00 +02:00`. Empty of what is not out or
    went out by hand."""
    late = _late(standing)
    if late is None or late < LATE_FROM:
        return "" if late is None else how_late(late)
    out = standing.posted[0].at.astimezone(zone)
    due = out - late
    return f"{how_late(late)}, due {clock(due) if due.date() == out.date() else moment(due)}"


def punctuality(standings: Iterable[Standing]) -> str | None:
    """How many of those that went out did so on time, and how late the latest was."""
    lates = {each.key: late for each in standings if (late := _late(each)) is not None}
    if not lates:
        return None
    on_time = sum(late < LATE_FROM for late in lates.values())
    share = f"{on_time} of {count(len(lates), 'post')} ({100 * on_time // len(lates)} %)"
    latest = max(lates, key=lambda key: lates[key])
    if on_time == len(lates):
        return f"On time: {share}."
    return f"On time: {share}; the latest was {latest}, {how_late(lates[latest])}."


def _late(standing: Standing) -> timedelta | None:
    """How late it went out, by its first part: that decides when people see it."""
    if standing.state is not State.POSTED or standing.opening is None:
        return None
    return standing.posted[0].at - standing.opening.due
