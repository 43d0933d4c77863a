"""Which round of the beacon decides a draw, when it comes, and until when what has to come before
it may go out. Plain arithmetic: whether a round is signed is for `contest` to say."""

from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from runner.schedule.grace import Grace
from runner.value import Value

LATEST_DRAW = timedelta(days=3)
"""How long after `draws` a draw may still be proven; docs/reference/contest-proof.md says why."""
DRAW_NOTICE = timedelta(hours=12)
"""The time between the closing post and the round that decides."""
_DAY: Final = 86_400
_BEFORE_THE_ROUND: Final = timedelta(hours=6)
"""A supplement is closed as long before it at least."""
TIME_TO_MERGE: Final = timedelta(days=7)
"""After the latest round: whoever lets a draw lie for longer did not like it, perhaps."""


class RoundClock(Value, kw_only=True):
    """When the rounds of a beacon come."""

    genesis: int
    """When the first came, in seconds since 1970."""
    period: int
    """Seconds between two rounds."""

    def first_round_after(self, instant: int) -> int:
        """The first that comes strictly after an instant."""
        return max((instant - self.genesis) // self.period + 2, 1)

    def instant(self, round: int) -> datetime:
        """When a round comes."""
        return datetime.fromtimestamp(self.genesis + (round - 1) * self.period, UTC)


QUICKNET_CLOCK: Final = RoundClock(genesis=1_692_803_367, period=3)


class DrawRound(Value):
    """The round that decides, and how many days it is later than the charter says."""

    number: int
    days_late: int


def round_of_draw(clock: RoundClock, draws: int, closed: datetime) -> DrawRound | None:
    """The round that a closing post of this instant leads to; None where that is more than three
    days late, so that nothing is proven any more."""
    for days_late in range(LATEST_DRAW.days + 1):
        number = clock.first_round_after(draws + days_late * _DAY)
        if clock.instant(number) - closed >= DRAW_NOTICE:
            return DrawRound(number, days_late)
    return None


def latest_supplement(comes: datetime) -> datetime:
    """Until when a supplement can be closed, by when the round comes that decides."""
    return comes - _BEFORE_THE_ROUND


def closing_grace(before_the_draw: timedelta, zone: ZoneInfo) -> Grace:
    """The grace of a contest's closing post that is due so long before `draws`: up to half a day
    before the latest round that may decide, whatever comes between."""
    return Grace(length=before_the_draw + LATEST_DRAW - DRAW_NOTICE, zone=zone)
