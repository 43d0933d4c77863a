"""When posts are due: models in, dated occurrences out.

It owns anchors, slots, rhythms, graces and the rotation of items, in each account's zone. It knows
no clock and no ledger: what is due now is for `plan` to say.
"""

from runner.schedule.declared import (
    DeclaredCampaign,
    DeclaredContest,
    DeclaredDraw,
    DeclaredPost,
    declared_campaign,
)
from runner.schedule.item_rotation import Order, following, item_id, ring
from runner.schedule.moments import Anchor
from runner.schedule.occurrence import Occurrence, Shift
from runner.schedule.timetable import Timetable, timetable

__all__ = [
    "Anchor",
    "DeclaredCampaign",
    "DeclaredContest",
    "DeclaredDraw",
    "DeclaredPost",
    "Occurrence",
    "Order",
    "Shift",
    "Timetable",
    "declared_campaign",
    "following",
    "item_id",
    "ring",
    "timetable",
]
