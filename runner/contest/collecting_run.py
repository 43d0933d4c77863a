"""One run that collects: walks through X's lists; and once all has settled after the contest has
closed, looks at each entry again. Those that are gone leave."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from functools import partial

from runner.contest.entries import PackedEntries
from runner.contest.paid_reading import PaidReading
from runner.contest.ports import EntryReader
from runner.contest.readings import Readings, not_looked_at
from runner.contest.states import settled_at
from runner.contest.walking import Walks
from runner.reading import OUT_OF_BUDGET, PAGE, NotRead, ReadingStopped
from runner.value import Value
from runner.x_facts import PRICES


class Collected(Value, kw_only=True):
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

    reading: PaidReading
    reader: EntryReader
    barred: Collection[str]
    """Handles of who can't win, casefolded."""
    is_owned: bool
    """Whether the account's user owns the app, which makes reading its mentions cheaper."""
    began: datetime = field(init=False)

    def __post_init__(self) -> None:
        self.began = self.reading.now()

    def run(self) -> Collected:
        """Raises FilesRaced and LedgerUnusable; what was kept until then stays."""
        return self._collected(None if self._is_complete() else self._read_all)

    def look_at(self, ids: Sequence[str]) -> Collected:
        """Reads posts that no list has shown. Raises as `run` does."""

        def look() -> None:
            price = PRICES["read-post"]
            for start in range(0, len(ids), PAGE):
                some = tuple(ids[start : start + PAGE])
                ask = partial(self.reader.still_shown, some)
                found = self.reading.asked(ask, price * len(some))
                self.reading.pay(some, price)
                taken = [each for each in found.posts if self.reading.way.takes_alone(each)]
                self.reading.take(taken, Decimal(0))

        return self._collected(look)

    def _collected(self, read: Callable[[], None] | None) -> Collected:
        stopped = None
        if read:
            try:
                read()
            except ReadingStopped as stop:
                stopped = stop.why
            self.reading.keep()
        return Collected(
            readings=self.reading.readings,
            read=self.reading.read,
            new=self.reading.new,
            usd=self.reading.usd,
            is_complete=self._is_complete(),
            stopped=stopped,
            is_over_budget=stopped is OUT_OF_BUDGET,
        )

    def _read_all(self) -> None:
        has_settled = self.began >= self._settled_at
        Walks(
            reading=self.reading,
            reader=self.reader,
            began=self.began,
            is_owned=self.is_owned,
            has_settled=has_settled,
        ).go()
        if has_settled:
            self._look_again()
        self._count()

    def _look_again(self) -> None:
        """Asks X for each entry that no walk has shown since all has settled."""
        reading, price = self.reading, PRICES["read-post"]
        while entries := self._not_looked_at():
            for start in range(0, len(entries), PAGE):
                ids = tuple(each.post for each in entries[start : start + PAGE])
                found = reading.asked(partial(self.reader.still_shown, ids), price * len(ids))
                reading.take(found.posts, price)
                reading.pending.again.update(ids)
                gone = filter(None, map(reading.readings.entry, found.gone))
                reading.pending.gone.update(each.first for each in gone)
                reading.keep_if_much()
            reading.keep()

    def _count(self) -> None:
        """Asks for X's own count, where it tells one; without it nothing is missing."""
        way = self.reading.way
        counts = {"reply": self.reader.answers, "repost": self.reader.reposts}
        if (how := way.charter.how) not in counts or not way.announced:
            return
        price = PRICES["read-post"]
        ask = partial(counts[how], way.announced)
        counted = self.reading.asked(ask, price * len(way.announced))
        self.reading.pay(way.announced, price)
        own = way.own_answers if how == "reply" else 0
        self.reading.pending.counted = max(counted - own, 0)

    def _not_looked_at(self) -> PackedEntries:
        charter = self.reading.collector.charter
        return not_looked_at(self.reading.readings, self._settled_at, charter, self.barred)

    def _is_complete(self) -> bool:
        return (
            self.reading.readings.has_walked_since(self._settled_at) and not self._not_looked_at()
        )

    @property
    def _settled_at(self) -> datetime:
        return settled_at(self.reading.collector.charter.closes_at)
