"""When posts are due: models in, dated occurrences out.

It owns anchors, slots, rhythms, graces and the rotation of items, in each account's zone. It knows
no clock and no ledger: what is due now is for `plan` to say.
"""

from runner.schedule.anchors import is_of_results, is_redrawn_since
from runner.schedule.checks import most_within
from runner.schedule.declared import (
    DeclaredCampaign,
    DeclaredContest,
    DeclaredDraw,
    DeclaredPost,
    declared_campaign,
)
from runner.schedule.item_rotation import Order, following, ring
from runner.schedule.moments import Anchor, Clocks
from runner.schedule.occurrence import Occurrence, Shift
from runner.schedule.recurrence import Once, Rhythm
from runner.schedule.rounds import (
    DRAW_NOTICE,
    LATEST_DRAW,
    QUICKNET_CLOCK,
    TIME_TO_MERGE,
    DrawRound,
    RoundClock,
    latest_supplement,
    round_of_draw,
)
from runner.schedule.timetable import (
    EARLIEST_DUE,
    LATEST_DUE,
    Timetable,
    announced_anchors,
    timetable,
)

__all__ = [
    "DRAW_NOTICE",
    "EARLIEST_DUE",
    "LATEST_DRAW",
    "LATEST_DUE",
    "QUICKNET_CLOCK",
    "TIME_TO_MERGE",
    "Anchor",
    "Clocks",
    "DeclaredCampaign",
    "DeclaredContest",
    "DeclaredDraw",
    "DeclaredPost",
    "DrawRound",
    "Occurrence",
    "Once",
    "Order",
    "Rhythm",
    "RoundClock",
    "Shift",
    "Timetable",
    "announced_anchors",
    "declared_campaign",
    "following",
    "is_of_results",
    "is_redrawn_since",
    "latest_supplement",
    "most_within",
    "ring",
    "round_of_draw",
    "timetable",
]
