"""All looks at rivals, one after the other, and which weeks they have left."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Final

from runner.kept_files import expect_whole
from runner.rivals.week import RivalLook, RivalState, read_look

WEEK: Final = timedelta(days=7)
MOST_BACK: Final = 5
"""Weeks that are read at once, where nobody has looked for long."""


class RivalLooks:
    """What was found of all rivals, and what that has cost."""

    def __init__(self, looks: Iterable[RivalLook] = ()) -> None:
        self._looks: list[RivalLook] = []
        for look in looks:
            self.add(look)

    def add(self, look: RivalLook) -> None:
        """The next one."""
        self._looks.append(look)

    @property
    def count(self) -> int:
        return len(self._looks)

    def knows(self, user: str) -> bool:
        """Whether anybody has looked at the user of this id."""
        return any(each.user == user for each in self._looks)

    def user_of(self, handle: str) -> str | None:
        """The id of who had a handle when X was asked for it, which outlives the handle."""
        known = (each.user for each in reversed(self._looks) if _is(each, handle) and each.user)
        return next(known, None)

    def of(self, handle: str) -> tuple[RivalLook, ...]:
        """The looks at a rival that came to their end, one a week, oldest first; also those under
        another handle of the same user."""
        user = self.user_of(handle)
        weeks: dict[date, RivalLook] = {}
        for each in self._looks:
            is_same = _is(each, handle) or (user is not None and each.user == user)
            if is_same and each.state is not RivalState.STOPPED:
                weeks.setdefault(each.monday, each)
        return tuple(weeks[monday] for monday in sorted(weeks))

    def due(self, handle: str, today: date) -> tuple[date, ...]:
        """The Mondays of the weeks that nobody has looked at since the last one that somebody has,
        and whose posts are all a week old; at first of the newest of these alone."""
        newest = today - timedelta(days=today.weekday()) - WEEK - WEEK
        seen = self.of(handle)
        oldest = max(seen[-1].monday + WEEK, newest - (MOST_BACK - 1) * WEEK) if seen else newest
        return tuple(oldest + n * WEEK for n in range((newest - oldest) // WEEK + 1))

    def spent(self, since: date, until: date) -> Decimal:
        """USD that looking has cost on these days (UTC), both included."""
        usd = (each.usd for each in self._looks if since <= each.at.date() <= until)
        return sum(usd, Decimal(0))

    def spent_in_month_of(self, moment: datetime) -> Decimal:
        """USD that looking has cost in that calendar month (UTC)."""
        month = (moment.year, moment.month)
        usd = (each.usd for each in self._looks if (each.at.year, each.at.month) == month)
        return sum(usd, Decimal(0))


def _is(look: RivalLook, handle: str) -> bool:
    return look.handle.casefold() == handle.casefold()


def rival_looks(files: Mapping[str, bytes]) -> RivalLooks:
    """What these files say. Raises BadReadings where one is missing, or can't be read."""
    expect_whole(files)
    return RivalLooks(read_look(data) for data in files.values())
