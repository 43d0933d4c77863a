"""Where a contest with a key stands, by its files and the clock."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from runner.schedule import DeclaredContest

SETTLING: Final = timedelta(minutes=15)
"""X shows some posts late: entries are read until then, so that no list can be closed sooner."""
_LAST_ROUND: Final = timedelta(days=3)
"""After `draws`: no later round proves anything."""
_LATEST: Final = timedelta(days=10)
"""After `draws`: the latest round, and a week to merge what it has drawn."""


class ContestState(StrEnum):
    OPEN = "open"
    """People enter, and entries are collected."""
    CLOSED = "closed"
    """Nobody enters any more, and there is no list yet."""
    WAITING = "waiting"
    """Its list is fixed, and the round that decides is still to come, or to be drawn from."""
    DRAWN = "drawn"
    BY_HAND = "by hand"
    """Nobody can verify who wins: it has no key, or its results have no proof."""


def state_of(
    contest: DeclaredContest, anchors: Mapping[str, datetime | date], now: datetime
) -> ContestState | None:
    """None before it opens, and where its times are not known."""
    opens, closes = anchors.get("opens"), anchors.get("closes")
    if not (isinstance(opens, datetime) and isinstance(closes, datetime)):
        return None
    if now < opens:
        return None
    draw = contest.draw
    if not contest.has_key or (draw and draw.is_drawn and not draw.has_proof):
        return ContestState.BY_HAND
    if draw is not None:
        return ContestState.DRAWN if draw.is_drawn else ContestState.WAITING
    return ContestState.OPEN if now < closes else ContestState.CLOSED


def is_collected(
    contest: DeclaredContest, anchors: Mapping[str, datetime | date], now: datetime
) -> bool:
    """Whether its entries are read now: from its beginning until there is a list, as long as there
    can be one."""
    draws = anchors.get("draws")
    if not isinstance(draws, datetime) or now > draws + _LAST_ROUND:
        return False
    return state_of(contest, anchors, now) in (ContestState.OPEN, ContestState.CLOSED)


def is_due(contest: DeclaredContest, anchors: Mapping[str, datetime | date], now: datetime) -> bool:
    """Whether its list can be fixed now, or its winners drawn, as far as the clock tells."""
    closes, draws = anchors.get("closes"), anchors.get("draws")
    if not (isinstance(closes, datetime) and isinstance(draws, datetime)) or now > draws + _LATEST:
        return False
    match state_of(contest, anchors, now):
        case ContestState.CLOSED:
            return now >= closes + SETTLING
        case ContestState.WAITING:
            return now >= draws
        case _:
            return False
