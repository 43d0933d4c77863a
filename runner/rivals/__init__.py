"""What rivals do: how often, when and with what they post, and what that brings, as sums of weeks.

It knows which week of whom is read, how posts become sums, and what of that is kept, byte for byte.
It knows neither X nor files nor the clock: pages of posts come in through `ports`, and lines go
out. No words of anybody are in it, and of single posts the ids of the best alone.

Its words:

look: a week of a rival as one run has read it, with what that came to and has cost. Elsewhere it is
    what is read of our own timeline to settle a doubt.
"""

from runner.rivals.looks import (
    HOURS,
    RivalLook,
    RivalLooks,
    RivalState,
    WeekNumbers,
    rival_looks,
)
from runner.rivals.ports import PostKind, RivalPage, RivalPost, RivalUser
from runner.rivals.reading import RivalsRead, RivalsRun, cost_of_month, cost_of_week

__all__ = [
    "HOURS",
    "PostKind",
    "RivalLook",
    "RivalLooks",
    "RivalPage",
    "RivalPost",
    "RivalState",
    "RivalUser",
    "RivalsRead",
    "RivalsRun",
    "WeekNumbers",
    "cost_of_month",
    "cost_of_week",
    "rival_looks",
]
