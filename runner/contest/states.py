"""Where a contest with a key stands, by its files and the clock."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum

from runner.models import Contest, Draw


class ContestState(StrEnum):
    OPEN = "open"
    """People enter, and entries are collected."""
    CLOSED = "closed"
    """Nobody enters any more, and there is no list yet."""
    WAITING = "waiting"
    """Its list is fixed, and the round that decides is still to come, or to be drawn from."""
    DRAWN = "drawn"


def state_of(
    contest: Contest, draw: Draw | None, anchors: Mapping[str, datetime | date], now: datetime
) -> ContestState | None:
    """None before it opens, of one that is drawn by hand, and where its times are not known."""
    opens, closes = anchors.get("opens"), anchors.get("closes")
    if not (isinstance(opens, datetime) and isinstance(closes, datetime)):
        return None
    if contest.key is None or now < opens:
        return None
    if draw is not None:
        return ContestState.DRAWN if draw.drawn else ContestState.WAITING
    return ContestState.OPEN if now < closes else ContestState.CLOSED
