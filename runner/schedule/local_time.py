"""What the clocks of a zone show, and the instants that it stands for.

Python compares two times of one zone by what their clocks show, not by which of them comes first.
So whatever is compared or counted in this package is in UTC, and only results are in a zone.
"""

from bisect import bisect
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from runner.schedule.occurrence import Shift

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
MIDNIGHT = time(0)


@lru_cache(maxsize=10_000)
def instants(day: date, clock: time, zone: ZoneInfo) -> tuple[datetime, ...]:
    """When the clocks of a zone show this: once; never where they jump over it; twice, the first
    one first, where they are put back. The fold of `clock` is 0.

    Kept, since campaigns share days and times of day."""
    first = datetime.combine(day, clock, zone)
    second = first.replace(fold=1)
    if first.utcoffset() == second.utcoffset():
        return (first,)
    return tuple(found for found in (first, second) if _is_shown(found))


def edges_of_jump(day: date, clock: time, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The minute before the clocks jump over a time, and the instant after it."""
    wall = datetime.combine(day, clock)
    low, high = sorted(int(wall.replace(tzinfo=zone, fold=fold).timestamp()) for fold in (0, 1))
    jump = low + bisect(
        range(low, high), wall, key=lambda s: datetime.fromtimestamp(s, zone).replace(tzinfo=None)
    )
    after = datetime.fromtimestamp(jump, UTC)
    return (after - MINUTE).astimezone(zone), after.astimezone(zone)


def resolve_local_time(day: date, clock: time, zone: ZoneInfo) -> tuple[datetime, Shift | None]:
    """The one instant of a recurring time: the next valid one where the clocks jump over it, the
    first of two where they are put back."""
    found = instants(day, clock, zone)
    if not found:
        return edges_of_jump(day, clock, zone)[1], Shift.SKIPPED
    return found[0], Shift.REPEATED if len(found) > 1 else None


def begin(day: date, zone: ZoneInfo) -> datetime:
    """The first instant of a day, in UTC."""
    return resolve_local_time(day, MIDNIGHT, zone)[0].astimezone(UTC)


def _is_shown(moment: datetime) -> bool:
    shown = moment.astimezone(UTC).astimezone(moment.tzinfo)
    return shown.replace(tzinfo=None) == moment.replace(tzinfo=None)
