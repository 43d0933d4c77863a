"""An attempt + the timeline → posted, absent, unclear. Pure."""

from runner.reconcile.look_times import (
    ABSENT_AFTER,
    READS_APART,
    fenced,
    look_at,
    look_from,
    may_look,
    tells_absence,
    unexplained,
)
from runner.reconcile.matching import Match, search
from runner.reconcile.timeline_post import Shown

__all__ = [
    "ABSENT_AFTER",
    "READS_APART",
    "Match",
    "Shown",
    "fenced",
    "look_at",
    "look_from",
    "may_look",
    "search",
    "tells_absence",
    "unexplained",
]
