"""When posts are due: models in, dated occurrences out.

It owns anchors, slots, rhythms, graces and the rotation of items, in each account's zone. It knows
no clock and no ledger: what is due now is for `plan` to say.
"""

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
