"""Where a contest stands by its files and the clock alone: one of five states."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from runner.schedule import DRAW_NOTICE, LATEST_DRAW, TIME_TO_MERGE, DeclaredContest

_SETTLING: Final = timedelta(minutes=15)
AnchorTimes = Mapping[str, datetime | date]


class ContestState(StrEnum):
    OPEN = "open"
    """People enter, and entries are collected."""
    CLOSED = "closed"
    """Nobody enters any more, and there is no list yet."""
    WAITING = "waiting"
    """Its list is fixed, and the round that decides is still to come, or to be drawn from."""
    DRAWN = "drawn"
    BY_HAND = "by hand"
    """Nobody can verify who wins: it has no key, its results have no proof, or it is too late for
    one."""


def state_of(contest: DeclaredContest, anchors: AnchorTimes, now: datetime) -> ContestState | None:
    """The state of a contest; None before it opens, unless it has no key, and where its times are
    not known."""
    if not contest.has_key:
        return ContestState.BY_HAND
    opens, closes = anchors.get("opens"), anchors.get("closes")
    if not (isinstance(opens, datetime) and isinstance(closes, datetime)):
        return None
    if now < opens:
        return None
    draw = contest.draw
    if draw and draw.is_drawn and not draw.has_proof:
        return ContestState.BY_HAND
    if draw is not None:
        return ContestState.DRAWN if draw.is_drawn else ContestState.WAITING
    if now < closes:
        return ContestState.OPEN
    return ContestState.BY_HAND if is_too_late_to_close(anchors, now) else ContestState.CLOSED


def settled_at(closes: datetime) -> datetime:
    """From when on X shows every post from before the contest closed: it shows some late, so that
    no list can be made sooner."""
    return closes + _SETTLING


def is_too_late_to_close(anchors: AnchorTimes, now: datetime) -> bool:
    """Whether a closing post of now would lead to no round any more."""
    draws = anchors.get("draws")
    return not isinstance(draws, datetime) or now > draws + LATEST_DRAW - DRAW_NOTICE


def is_collected(contest: DeclaredContest, anchors: AnchorTimes, now: datetime) -> bool:
    """Whether its entries are read now: from its beginning until there is a list, as long as there
    can be one."""
    return state_of(contest, anchors, now) in (ContestState.OPEN, ContestState.CLOSED)


def is_step_due(contest: DeclaredContest, anchors: AnchorTimes, now: datetime) -> bool:
    """Whether its list can be fixed now, or its winners drawn, as far as the clock tells."""
    closes, draws = anchors.get("closes"), anchors.get("draws")
    if not (isinstance(closes, datetime) and isinstance(draws, datetime)):
        return False
    match state_of(contest, anchors, now):
        case ContestState.CLOSED:
            return now >= settled_at(closes)
        case ContestState.WAITING:
            return draws <= now <= draws + LATEST_DRAW + TIME_TO_MERGE
        case _:
            return False
