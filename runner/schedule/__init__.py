"""Models → dated occurrences."""

from runner.schedule.item_rotation import Order, Turn, following, item_id, ring
from runner.schedule.moments import Anchor
from runner.schedule.occurrence import Occurrence, Shift
from runner.schedule.timetable import Timetable, timetable

__all__ = [
    "Anchor",
    "Occurrence",
    "Order",
    "Shift",
    "Timetable",
    "Turn",
    "following",
    "item_id",
    "ring",
    "timetable",
]
