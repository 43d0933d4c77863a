"""What one run has read and not kept yet, and what it has spent."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal

from runner.contest.costs import Tally
from runner.contest.ports import EntryPost, EntrySource
from runner.contest.readings import Gap, Reading, Readings, Walk
from runner.contest.seen_posts import SeenEntry
from runner.contest.sources import WayOfEntering


@dataclass(kw_only=True)
class PendingReading:
    """A reading that is still being read, beside those that are kept."""

    way: WayOfEntering
    readings: Readings
    seen: dict[str, SeenEntry] = field(default_factory=dict)
    again: set[str] = field(default_factory=set)
    gone: set[str] = field(default_factory=set)
    walks: dict[EntrySource, Walk] = field(default_factory=dict)
    gaps: list[Gap] = field(default_factory=list)
    counted: int | None = None
    usd: Decimal = Decimal(0)

    @property
    def size(self) -> int:
        """How many posts are in it."""
        return len(self.seen) + len(self.again)

    @property
    def is_empty(self) -> bool:
        return not (self.size or self.gone or self.walks or self.gaps)

    def take(self, posts: Sequence[EntryPost], price: Decimal, now: datetime) -> None:
        """Posts that X has shown, each at this price unless it was shown today already."""
        self.pay([each.post for each in posts], price, now)
        news = (each for each in self.way.seen(posts) if self.readings.is_news(each))
        self.seen.update({each.post: each for each in news})
        self.again.update(each.post for each in posts if each.post not in self.seen)

    def pay(self, ids: Sequence[str], price: Decimal, now: datetime) -> None:
        """Counts the price of posts that X has shown: of each once on a day (UTC), as X does."""
        paid = (id in self.seen or id in self.again or self.readings.is_paid(id, now) for id in ids)
        self.usd += price * sum(not each for each in paid)

    def finished(self, now: datetime) -> tuple[Reading, Tally]:
        """What is kept of it, in secret and in the open. From here on the readings hold it."""
        reading = Reading(
            began=now.astimezone(UTC),
            seen=tuple(self.seen.values()),
            again=tuple(self.again),
            gone=tuple(self.gone),
            walks=tuple(self.walks.values()),
            gaps=tuple(self.gaps),
            counted=self.counted,
        )
        self.readings.add(reading)
        return reading, Tally(
            at=reading.began,
            usd=self.usd,
            seen=self.readings.seen_count,
            counted=self.readings.counted,
            is_whole=not self.readings.gaps and not self.readings.is_walking,
            gaps=tuple(gap.minute for gap in self.readings.gaps),
            is_walking=self.readings.is_walking,
        )
