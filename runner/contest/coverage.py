"""What of a contest nobody has seen, so that no list is made before it is read or accepted."""

from collections.abc import Collection, Iterator
from datetime import datetime

from runner.charter import Charter
from runner.contest.eligibility import entrants
from runner.contest.readings import OVERLAP, Readings
from runner.contest.tickets import PackedEntries


def unread_since(
    readings: Readings, settled: datetime, charter: Charter, barred: Collection[str]
) -> tuple[datetime, ...]:
    """From when on entries may be missing, once for each time of which some may be; `settled` is
    the beginning of that in which nobody has looked whether the entries still stand."""
    if not readings.walks:
        return (charter.opens_at,)
    found = set(_starts(readings, settled))
    if not_looked_at(readings, settled, charter, barred):
        found.add(settled)
    return tuple(sorted(found))


def _starts(readings: Readings, settled: datetime) -> Iterator[datetime]:
    yield from (gap.since for gap in readings.gaps)
    for walk in readings.walks.values():
        if not walk.is_done:
            yield walk.since
        elif walk.began < settled and not walk.is_extra:
            yield walk.began - OVERLAP


def not_looked_at(
    readings: Readings, settled: datetime, charter: Charter, barred: Collection[str]
) -> PackedEntries:
    """The entries that X has not shown since then."""
    entries = entrants(readings.seen(), charter, barred).entries
    return PackedEntries.of(
        each for each in entries if not readings.looked_at_since(each.post, settled)
    )
