"""What one run has heard and not kept yet."""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from runner.inbox.mention import Mention, OwnReply
from runner.inbox.record import HeardStretch, InboxRecord


@dataclass(kw_only=True)
class PendingInbox:
    """A record that still grows."""

    mentions: dict[str, Mention] = field(default_factory=dict)
    replies: dict[str, OwnReply] = field(default_factory=dict)
    gone: frozenset[str] = frozenset()
    mentions_read: list[HeardStretch] = field(default_factory=list)
    replies_read: list[HeardStretch] = field(default_factory=list)
    unseen: list[HeardStretch] = field(default_factory=list)
    has_looked: bool = False
    usd: Decimal = Decimal(0)

    @property
    def has_news(self) -> bool:
        """Whether it holds more than where nothing was found."""
        return bool(self.mentions or self.replies or self.unseen or self.usd) or self.has_looked

    def record(self, at: datetime, *, settled: int) -> InboxRecord:
        """What is kept of it; from the post `settled` on nothing counts as read."""
        return InboxRecord(
            at=at,
            usd=self.usd,
            mentions_read=tuple(_below(settled, self.mentions_read)),
            replies_read=tuple(_below(settled, self.replies_read)),
            unseen=tuple(self.unseen),
            has_looked=self.has_looked,
            mentions=tuple(self.mentions.values()),
            replies=tuple(self.replies.values()),
            gone=tuple(sorted(self.gone, key=int)),
        )


def note(read: list[HeardStretch], since: int, until: int) -> None:
    """Notes that a part was read, as one with that above it."""
    if read and read[-1].since == until:
        until = read.pop().until
    read.append(HeardStretch(since=since, until=until))


def _below(settled: int, read: list[HeardStretch]) -> list[HeardStretch]:
    return [
        HeardStretch(since=each.since, until=min(each.until, settled))
        for each in read
        if each.since < settled
    ]
