"""One run that collects: walks through X's lists, kept as they go on.

A walk goes from the newest post of a list down to those of a quarter of an hour before the last
walk. What it has read is kept every thousand posts, with the place where it goes on, so that a run
may die anywhere. Once all has settled after the contest has closed, each entry is looked at again,
and those that are gone leave.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial
from typing import Final, TypeVar

from runner.contest.collecting import Collector
from runner.contest.coverage import not_looked_at
from runner.contest.pending import PendingReading
from runner.contest.ports import EntryPost, EntryReader, EntrySource, SourceKind, below
from runner.contest.readings import OVERLAP, Gap, Readings, Walk
from runner.contest.sources import WayOfEntering
from runner.contest.states import settled_at
from runner.contest.tickets import PackedEntries
from runner.prices import PRICES
from runner.reading import OUT_OF_BUDGET, NotRead, ReadingStopped, answer
from runner.snowflakes import instant

SEARCHED: Final = timedelta(days=7) - timedelta(hours=1)
"""How far a search goes back, less what a walk may take."""
_DEEP: Final = 400
"""Mentions on one walk, half of what X shows: then older ones may have moved out of sight while it
went on, and a search looks for them."""
_PAGE: Final = 100
_KEPT_AT: Final = 10 * _PAGE
"""Posts that may be read twice if the run dies."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Collected:
    """What a run came to."""

    readings: Readings
    read: int
    """Posts that X showed."""
    new: int
    usd: Decimal
    is_complete: bool
    """Whether all is read that there is to read."""
    stopped: NotRead | None
    """Why it did not come to its end."""
    is_over_budget: bool
    """Whether that is because no more may be spent."""


@dataclass(kw_only=True)
class CollectingRun:
    """Collects for one contest, once."""

    collector: Collector
    way: WayOfEntering
    reader: EntryReader
    barred: Collection[str]
    """Handles of who can't win, casefolded."""
    now: Callable[[], datetime]
    wait_until: Callable[[datetime], bool]
    """Sleeps until X takes requests again, if this run lasts so long."""
    is_owned: bool
    """Whether the account's user owns the app, which makes reading its mentions cheaper."""
    left: Decimal | None
    """USD that it may spend."""
    readings: Readings = field(init=False)

    def __post_init__(self) -> None:
        self.readings = self.collector.kept()
        self._began = self.now()
        self._usd = Decimal(0)
        self._read = self._new = 0
        self._pending = PendingReading(way=self.way, readings=self.readings)

    def run(self) -> Collected:
        """Raises FilesRaced and LedgerUnusable; what was kept until then stays."""
        return self._collected(None if self._is_complete() else self._read_all)

    def look_at(self, ids: Sequence[str]) -> Collected:
        """Reads posts that no list has shown, a hundred at most. Raises as `run` does."""

        def look() -> None:
            price = PRICES["read-post"]
            found = self._asked(partial(self.reader.standing, tuple(ids)), price * len(ids))
            self._pending.pay(ids, price, self.now())
            self._pending.again.update(ids)
            self._take([each for each in found.posts if self.way.takes_alone(each)], Decimal(0))

        return self._collected(look)

    def _collected(self, read: Callable[[], None] | None) -> Collected:
        stopped = None
        if read:
            try:
                read()
            except ReadingStopped as stop:
                stopped = stop.why
            self._keep()
        return Collected(
            readings=self.readings,
            read=self._read,
            new=self._new,
            usd=self._usd,
            is_complete=self._is_complete(),
            stopped=stopped,
            is_over_budget=stopped is OUT_OF_BUDGET,
        )

    def _read_all(self) -> None:
        beyond = self.way.beyond_mentions
        if beyond in self.readings.walks and not self.readings.walks[beyond].is_done:
            self._go(self.readings.walks[beyond])
        for source in self.way.sources:
            self._walk(source)
        self._keep()
        if self._has_settled:
            self._look_again()
        self._count()

    # Walks

    def _walk(self, source: EntrySource) -> None:
        """Walks through a list, once more where it has only come to the end of an old walk."""
        walk = self._next_walk(source)
        self._go(walk)
        if walk.began < self._began:
            self._keep()
            self._walk(source)

    def _next_walk(self, source: EntrySource) -> Walk:
        before, now = self.readings.walks.get(source), self.now()
        opens = self.collector.charter.opens_at
        if before is None:
            return Walk(source=source, since=opens, began=now)
        if not before.is_done:
            return before
        return Walk(source=source, since=max(opens, before.began - OVERLAP), began=now)

    def _go(self, walk: Walk) -> None:
        """Goes a walk to its end. Raises ReadingStopped."""
        is_mentions = walk.source.kind is SourceKind.MENTIONS
        walk, gaps = self._within_reach(walk)
        since = self.collector.charter.opens_at if is_mentions and self._has_settled else walk.since
        read, oldest, cursor = 0, "", walk.cursor
        while True:
            posts, cursor = self._page(walk.source, since, cursor)
            read, oldest = read + len(posts), posts[-1].post if posts else oldest
            self._pending.gaps += gaps
            gaps = []
            if cursor is None:
                break
            if not is_mentions:  # they move out of sight, so that a walk through them begins anew
                self._pending.walks[walk.source] = replace(walk, cursor=cursor)
                self._keep_if_much()
        self._pending.walks[walk.source] = replace(walk, cursor=None, is_done=True)
        if is_mentions and read >= _DEEP and instant(oldest) > walk.since:
            self._go_beyond(replace(walk, cursor=below(oldest), is_extra=True))

    def _go_beyond(self, walk: Walk) -> None:
        """Goes on with a search where the mentions end."""
        walk = replace(walk, source=self.way.beyond_mentions)
        self._pending.walks[walk.source] = walk
        self._go(walk)

    def _within_reach(self, walk: Walk) -> tuple[Walk, list[Gap]]:
        """A walk as far back as X goes, and the time that is out of its reach."""
        earliest = self.now() - SEARCHED
        if walk.source.kind is not SourceKind.SEARCH or walk.since >= earliest:
            return walk, []
        return replace(walk, since=earliest), [Gap(since=walk.since, until=earliest)]

    def _page(
        self, source: EntrySource, since: datetime, cursor: str | None
    ) -> tuple[Sequence[EntryPost], str | None]:
        owned = self.is_owned and source.kind is SourceKind.MENTIONS
        price = PRICES["read-owned" if owned else "read-post"]
        ask = partial(self.reader.page, source, since, cursor)
        found = self._asked(ask, price * _PAGE)
        self._take(found.posts, price)
        return found.posts, found.following

    def _take(self, posts: Sequence[EntryPost], price: Decimal) -> None:
        self._read += len(posts)
        self._pending.take(posts, price, self.now())

    # After it has closed

    def _look_again(self) -> None:
        """Asks X for each entry that no walk has shown since all has settled."""
        price = PRICES["read-post"]
        while entries := self._unlooked():
            for start in range(0, len(entries), _PAGE):
                ids = tuple(each.post for each in entries[start : start + _PAGE])
                found = self._asked(partial(self.reader.standing, ids), price * len(ids))
                self._take(found.posts, price)
                self._pending.again.update(ids)
                gone = filter(None, map(self.readings.entry, found.gone))
                self._pending.gone.update(each.first for each in gone)
                self._keep_if_much()
            self._keep()

    def _unlooked(self) -> PackedEntries:
        charter = self.collector.charter
        return not_looked_at(self.readings, self._settled_at, charter, self.barred)

    def _is_complete(self) -> bool:
        return self.readings.has_walked_since(self._settled_at) and not self._unlooked()

    def _count(self) -> None:
        """Asks for X's own count, where it tells one; without it nothing is missing."""
        ids = self.way.announced
        counts = {"reply": self.reader.answers, "repost": self.reader.reposts}
        if (how := self.way.charter.how) not in counts or not ids:
            return
        price = PRICES["read-post"]
        counted = self._asked(partial(counts[how], ids), price * len(ids))
        self._pending.pay(ids, price, self.now())
        self._pending.again.update(ids)
        own = self.way.own_answers if how == "reply" else 0
        self._pending.counted = max(counted - own, 0)

    # What was read

    def _asked(self, ask: Callable[[], T | NotRead], worst: Decimal) -> T:
        """X's answer, after a wait where it takes no requests for now. Raises ReadingStopped."""
        left = None if self.left is None else self.left - self._usd - self._pending.usd
        return answer(ask, worst=worst, left=left, wait_until=self._kept_until)

    def _kept_until(self, again_at: datetime) -> bool:
        """Keeps all that was read, and waits; whether it is time to ask again."""
        self._keep()
        return self.wait_until(again_at)

    # What is kept

    def _keep_if_much(self) -> None:
        if self._pending.size >= _KEPT_AT:
            self._keep()

    def _keep(self) -> None:
        """Keeps what was read since the last time."""
        pending = self._pending
        if pending.is_empty:
            return
        self._new += len(pending.seen)
        self._usd += pending.usd
        reading, tally = pending.finished(self.now())
        self.collector.keep(self.readings.count, reading, tally)
        self._pending = PendingReading(way=self.way, readings=self.readings)

    @property
    def _settled_at(self) -> datetime:
        return settled_at(self.collector.charter.closes_at)

    @property
    def _has_settled(self) -> bool:
        return self._began >= self._settled_at
