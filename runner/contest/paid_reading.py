"""What one run reads of X: kept as it goes on, and within what it may spend."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import TypeVar

from runner.contest.collecting import Collector
from runner.contest.pending import PendingReading
from runner.contest.ports import EntryPost
from runner.contest.readings import Readings
from runner.contest.sources import WayOfEntering
from runner.reading import KEPT_AT, NotRead, ReadingBudget, ReadingTurn

T = TypeVar("T")


@dataclass(kw_only=True)
class PaidReading:
    """What was kept before, and what this run adds to it."""

    collector: Collector
    way: WayOfEntering
    now: Callable[[], datetime]
    turn: ReadingTurn
    left: Decimal | None
    """USD that it may spend."""
    readings: Readings = field(init=False)
    pending: PendingReading = field(init=False)
    """What is not kept yet."""
    read: int = field(default=0, init=False)
    """Posts that X showed."""
    new: int = field(default=0, init=False)
    usd: Decimal = field(default=Decimal(0), init=False)

    def __post_init__(self) -> None:
        self.readings = self.collector.readings()
        self._begin()
        self._budget = ReadingBudget(
            usd=self.left,
            spent=lambda: self.usd + self.pending.usd,
            keep=self.keep,
            turn=self.turn,
        )

    def asked(self, ask: Callable[[], T | NotRead], worst: Decimal) -> T:
        """X's answer, after a wait where it takes no requests for now. Raises ReadingStopped."""
        return self._budget.ask(ask, worst)

    def take(self, posts: Sequence[EntryPost], price: Decimal) -> None:
        self.read += len(posts)
        self.pending.take(posts, price, self.now())

    def pay(self, ids: Sequence[str], price: Decimal) -> None:
        """Counts the price of posts that X was asked for by their ids."""
        self.pending.pay(ids, price, self.now())
        self.pending.again.update(ids)

    def keep_if_much(self) -> None:
        if self.pending.size >= KEPT_AT:
            self.keep()

    def keep(self) -> None:
        """Keeps what was read since the last time."""
        pending = self.pending
        if pending.is_empty:
            return
        self.new += len(pending.seen)
        self.usd += pending.usd
        reading, tally = pending.finished(self.now())
        self.collector.keep(self.readings.count, reading, tally)
        self._begin()

    def _begin(self) -> None:
        self.pending = PendingReading(way=self.way, readings=self.readings)
