"""Models → dated occurrences."""

from runner.schedule.moments import Anchor
from runner.schedule.occurrence import Occurrence, Shift
from runner.schedule.ring import Ring, after, item_id, ring
from runner.schedule.timetable import Timetable, timetable

__all__ = [
    "Anchor",
    "Occurrence",
    "Ring",
    "Shift",
    "Timetable",
    "after",
    "item_id",
    "ring",
    "timetable",
]
