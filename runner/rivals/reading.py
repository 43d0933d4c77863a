"""One run that reads rivals: each week of each, once, when all of its posts are a week old;
and what that costs at the most.

A week is kept as soon as it is read. So a run may die anywhere: the next one goes on with the first
week that nobody has looked at.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from decimal import Decimal
from functools import partial
from typing import Final

from runner.models import Rival
from runner.reading import (
    LEAST_PAGE,
    FilesRaced,
    KeptFiles,
    NotRead,
    ReadingBudget,
    ReadingStopped,
    ReadingTurn,
    file_name,
)
from runner.rivals.looks import (
    WEEK,
    RivalLook,
    RivalLooks,
    RivalState,
    WeekNumbers,
    as_bytes,
    rival_looks,
)
from runner.rivals.ports import RivalPage, RivalPost, RivalReader, RivalUser
from runner.rivals.sums import sums_of
from runner.value import Value
from runner.x_facts import PRICES, instant, snowflake

_MONDAYS: Final = 5
"""The most Mondays that a month has: on each of them a week can be read."""


_ATTEMPTS: Final = 5
"""How often a look is written anew, while others write, too."""
_DAY: Final = timedelta(days=1)


def cost_of_week(rivals: Iterable[Rival]) -> Decimal:
    """USD of a week of all of these: who each is, and as many posts as are read of it."""
    costs = (PRICES["read-user"] + each.at_most * PRICES["read-post"] for each in rivals)
    return sum(costs, Decimal(0))


def cost_of_month(rivals: Iterable[Rival]) -> Decimal:
    """USD of a calendar month, where nothing was left over from the one before."""
    return _MONDAYS * cost_of_week(rivals)


class RivalsRead(Value, kw_only=True):
    """What a run came to."""

    looks: tuple[RivalLook, ...]
    usd: Decimal
    stopped: NotRead | None
    """Why it did not come to its end."""


@dataclass(kw_only=True)
class RivalsRun:
    """Reads what is due of these rivals."""

    files: KeptFiles
    reader: RivalReader
    rivals: Sequence[Rival]
    zone: tzinfo
    now: Callable[[], datetime]
    turn: ReadingTurn
    left: Decimal | None
    """USD that it may spend."""
    looks: RivalLooks = field(init=False)

    def __post_init__(self) -> None:
        self.looks = rival_looks(self.files.read())
        self._usd = Decimal(0)
        self._new: list[RivalLook] = []

    def run(self) -> RivalsRead:
        """Raises FilesRaced and LedgerUnusable; what was kept until then stays."""
        stopped = None
        try:
            for rival in sorted(self.rivals, key=self._last_seen):
                self._read(rival)
        except ReadingStopped as stop:
            stopped = stop.why
        return RivalsRead(looks=tuple(self._new), usd=self._usd, stopped=stopped)

    def _last_seen(self, rival: Rival) -> date:
        """The Monday of the last week that was looked at. The rival with the earliest one comes
        first, so that a budget leaves out nobody for ever."""
        seen = self.looks.of(rival.handle)
        return seen[-1].monday if seen else date.min

    def _read(self, rival: Rival) -> None:
        """Everything that is due of a rival. Raises ReadingStopped."""
        while due := self.looks.due(rival.handle, self.now().astimezone(self.zone).date()):
            self._read_week(rival, due[0])

    def _read_week(self, rival: Rival, monday: date) -> None:
        """Keeps what came of a week. Raises ReadingStopped."""
        open_look = _OpenLook(rival=rival, monday=monday)
        # half a week would be paid for, and not told
        self._budget(open_look).afford(cost_of_week([rival]))
        try:
            self._look(open_look)
        except ReadingStopped:
            open_look.state = RivalState.STOPPED
            if open_look.usd:
                self._keep(open_look)
            raise
        self._keep(open_look)

    def _look(self, look: "_OpenLook") -> None:
        """Who it is, and the sums of its week. Raises ReadingStopped."""
        known = self.looks.user_of(look.rival.handle)
        ask = partial(self.reader.user, look.rival.handle, known)
        user = self._budget(look).ask(ask, PRICES["read-user"])
        look.user, look.state = user, user.state
        look.usd += PRICES["read-user"] if user.user_id else Decimal(0)
        if user.user_id and known is None and self.looks.knows(user.user_id):
            look.state = RivalState.STOPPED  # somebody known by another name: which weeks are due?
        if look.state is RivalState.SEEN and user.user_id:
            look.week = self._week(user.user_id, user.followers, look)

    def _week(self, user_id: str, followers: int | None, look: "_OpenLook") -> WeekNumbers:
        """The sums of as many of its newest posts as are read of a week. Raises ReadingStopped."""
        begins, ends = (datetime.combine(day, time(), self.zone) for day in look.days)
        since, until = snowflake(begins), snowflake(ends)
        posts: list[RivalPost] = []
        while since < until and (size := look.rival.at_most - len(posts)) >= LEAST_PAGE:
            ask = partial(self.reader.page, user_id, since, until, size)
            page: RivalPage = self._budget(look).ask(ask, size * PRICES["read-post"])
            look.usd += page.shown * PRICES["read-post"]
            posts += page.posts
            until = page.since
        covered = ends - max(begins, instant(str(until)))
        return sums_of(posts, self.zone, days=covered / _DAY, followers=followers)

    def _budget(self, look: "_OpenLook") -> ReadingBudget:
        return ReadingBudget(usd=self.left, spent=lambda: self._usd + look.usd, turn=self.turn)

    def _keep(self, open_look: "_OpenLook") -> None:
        """Keeps a look, beside others who keep theirs."""
        look = open_look.closed(self.now().astimezone(UTC))
        self._usd += look.usd
        for attempt in range(_ATTEMPTS):
            try:
                self.files.add(file_name(self.looks.count + 1), as_bytes(look))
                break
            except FilesRaced:
                if attempt + 1 == _ATTEMPTS:
                    raise
                self.looks = rival_looks(self.files.read())
        self.looks.add(look)
        self._new.append(look)


@dataclass(kw_only=True)
class _OpenLook:
    """A look that is not kept yet."""

    rival: Rival
    monday: date
    state: RivalState = RivalState.STOPPED
    user: RivalUser | None = None
    week: WeekNumbers | None = None
    usd: Decimal = Decimal(0)

    @property
    def days(self) -> tuple[date, date]:
        """The first day of the week, and that of the next one."""
        return self.monday, self.monday + WEEK

    def closed(self, at: datetime) -> RivalLook:
        """What is kept of it."""
        called = self.user.handle if self.user else None
        is_renamed = called is not None and called.casefold() != self.rival.handle.casefold()
        return RivalLook(
            at=at,
            handle=self.rival.handle,
            monday=self.monday,
            state=self.state,
            usd=self.usd,
            user=self.user.user_id if self.user else None,
            renamed=called if is_renamed else None,
            week=self.week,
        )
