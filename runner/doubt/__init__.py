"""An attempt + the timeline → posted, absent, unclear. Pure."""

from runner.doubt.look import (
    ABSENT_AFTER,
    READS_APART,
    fenced,
    look_at,
    look_from,
    may_look,
    tells_absence,
    unexplained,
)
from runner.doubt.search import Match, search
from runner.doubt.shown import Shown

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
