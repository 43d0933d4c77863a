"""What became of an attempt: it and the posts of a timeline in; posted, absent or unclear out.

It owns when to look, how X changes a text, and when not seeing a post means that it is not there.
It reads no timeline itself: `publish` brings it, and records what comes out.
"""

from runner.reconcile.look_times import (
    ABSENT_AFTER,
    READS_APART,
    is_fenced_by_x,
    look_at,
    look_from,
    may_look,
    tells_absence,
    unexplained_posts,
)
from runner.reconcile.matching import Match, says, search
from runner.reconcile.timeline_post import TimelinePost

__all__ = [
    "ABSENT_AFTER",
    "READS_APART",
    "Match",
    "TimelinePost",
    "is_fenced_by_x",
    "look_at",
    "look_from",
    "may_look",
    "says",
    "search",
    "tells_absence",
    "unexplained_posts",
]
