"""Walks through X's lists, kept as they go on.

A walk goes from the newest post of a list down to those of a quarter of an hour before the last
walk. What it has read is kept every thousand posts, with the place where it goes on, so that a run
may die anywhere.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from runner.contest.paid_reading import PaidReading
from runner.contest.ports import EntryPost, EntryReader, EntrySource, SourceKind, cursor_below
from runner.contest.readings import OVERLAP, Gap, Walk
from runner.reading import PAGE
from runner.value import replace
from runner.x_facts import PRICES, instant

SEARCHED: Final = timedelta(days=7) - timedelta(hours=1)
"""How far a search goes back, less what a walk may take."""
_DEEP: Final = 400
"""Mentions on one walk, half of what X shows: then older ones may have moved out of sight while it
went on, and a search looks for them."""


@dataclass(kw_only=True)
class Walks:
    """The walks of one run."""

    reading: PaidReading
    reader: EntryReader
    began: datetime
    """When the run did."""
    is_owned: bool
    """Whether the account's user owns the app, which makes reading its mentions cheaper."""
    has_settled: bool
    """Whether the contest had closed by then, and X shows all of its posts."""

    def go(self) -> None:
        """Goes through all lists. Raises ReadingStopped."""
        beyond = self.reading.readings.walks.get(self.reading.way.beyond_mentions)
        if beyond and not beyond.is_done:
            self._go(beyond)
        for source in self.reading.way.sources:
            self._walk(source)
        self.reading.keep()

    def _walk(self, source: EntrySource) -> None:
        """Walks through a list, once more where it has only come to the end of an old walk."""
        walk = self._next_walk(source)
        self._go(walk)
        if walk.began < self.began:
            self.reading.keep()
            self._walk(source)

    def _next_walk(self, source: EntrySource) -> Walk:
        before = self.reading.readings.walks.get(source)
        now = max(self.reading.now(), self.began)  # a clock may be set back
        opens = self._opens
        if before is None:
            return Walk(source=source, since=opens, began=now)
        if not before.is_done:
            return before
        return Walk(source=source, since=max(opens, before.began - OVERLAP), began=now)

    def _go(self, walk: Walk) -> None:
        """Goes a walk to its end. Raises ReadingStopped."""
        is_mentions = walk.source.kind is SourceKind.MENTIONS
        walk, gaps = self._within_reach(walk)
        since = self._opens if is_mentions and self.has_settled else walk.since
        read, oldest, cursor = 0, "", walk.cursor
        while True:
            posts, cursor = self._page(walk.source, since, cursor)
            read, oldest = read + len(posts), posts[-1].post if posts else oldest
            self.reading.pending.gaps += gaps
            gaps = []
            if cursor is None:
                break
            if not is_mentions:  # they move out of sight, so that a walk through them begins anew
                self.reading.pending.walks[walk.source] = replace(walk, cursor=cursor)
                self.reading.keep_if_much()
        self.reading.pending.walks[walk.source] = replace(walk, cursor=None, is_done=True)
        if is_mentions and read >= _DEEP and instant(oldest) > walk.since:
            self._go_beyond(replace(walk, cursor=cursor_below(oldest), is_extra=True))

    def _go_beyond(self, walk: Walk) -> None:
        """Goes on with a search where the mentions end."""
        walk = replace(walk, source=self.reading.way.beyond_mentions)
        self.reading.pending.walks[walk.source] = walk
        self._go(walk)

    def _within_reach(self, walk: Walk) -> tuple[Walk, list[Gap]]:
        """A walk as far back as X goes, and the time that is out of its reach."""
        earliest = self.reading.now() - SEARCHED
        if walk.source.kind is not SourceKind.SEARCH or walk.since >= earliest:
            return walk, []
        return replace(walk, since=earliest), [Gap(since=walk.since, until=earliest)]

    def _page(
        self, source: EntrySource, since: datetime, cursor: str | None
    ) -> tuple[Sequence[EntryPost], str | None]:
        owned = self.is_owned and source.kind is SourceKind.MENTIONS
        price = PRICES["read-owned" if owned else "read-post"]
        ask = partial(self.reader.page, source, since, cursor)
        found = self.reading.asked(ask, price * PAGE)
        self.reading.take(found.posts, price)
        return found.posts, found.following

    @property
    def _opens(self) -> datetime:
        return self.reading.collector.charter.opens_at
