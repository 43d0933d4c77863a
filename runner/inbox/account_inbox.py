"""All that was heard of an account, record after record, as one; and the record that a run adds,
while it grows."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal

from runner.inbox.record import HeardStretch, InboxRecord, KeptIssue, Mention, OwnReply, read_record
from runner.reading import expect_whole, unread


class AccountInbox:
    """The mentions of an account, its own replies, and what hearing of them has cost."""

    def __init__(self, records: Iterable[InboxRecord] = ()) -> None:
        self.mentions: dict[str, Mention] = {}
        """By the id of their first version."""
        self.firsts: dict[str, str] = {}
        """The first version of each of them, by the id of each version that was heard."""
        self.replies: dict[str, OwnReply] = {}
        """What the account has answered, by id."""
        self.gone: set[str] = set()
        self.unseen: list[tuple[int, int]] = []
        """Parts of which X did not show all mentions any more."""
        self.issues: dict[str, KeptIssue] = {}
        """By the mention that their conversation began with."""
        self.told: set[str] = set()
        """Versions of mentions whose words stand in a comment."""
        self.taken_back: set[str] = set()
        """Versions of mentions of which no words stand in a comment any more."""
        self.dismissed: set[str] = set()
        """Mentions that a person does not want to be answered."""
        self.count = 0
        """How many records there are."""
        self.last: datetime | None = None
        """When it was listened to last."""
        self.looked_on: date | None = None
        """The day (UTC) on which X was asked last which of those that wait are gone."""
        self._mentions_read: list[tuple[int, int]] = []
        self._replies_read: list[tuple[int, int]] = []
        self._paid: dict[date, set[str]] = {}
        self._spent: dict[date, Decimal] = {}
        for record in records:
            self.add(record)

    def add(self, record: InboxRecord) -> None:
        """Takes in the next record. Of an edited mention the newest version counts."""
        today = record.at.date()
        self.count += 1
        self.last = record.at
        self._spent[today] = self._spent.get(today, Decimal(0)) + record.usd
        if record.has_looked:
            self.looked_on = today
        self._mentions_read += ((each.since, each.until) for each in record.mentions_read)
        self._replies_read += ((each.since, each.until) for each in record.replies_read)
        self.unseen += ((each.since, each.until) for each in record.unseen)
        self.mentions.update({each.post: each for each in record.mentions})
        self.firsts.update({id: each.post for each in record.mentions for id in each.ids})
        self.gone.difference_update(each.post for each in record.mentions)
        self.replies.update({each.post: each for each in record.replies})
        self.gone.update(record.gone)
        self.issues.update({each.began: each for each in record.issues})
        self.told.difference_update(record.untold)
        self.told.update(record.told)
        self.taken_back.update(record.untold)
        self.taken_back.difference_update(record.told)
        self.dismissed.update(record.dismissed)
        self.dismissed.update(each.post for each in record.skipped)
        read = (*(each.newest for each in record.mentions), *(each.post for each in record.replies))
        self._paid.setdefault(today, set()).update(read)

    def unread_mentions(self, since: int, until: int) -> Iterator[tuple[int, int]]:
        """The parts between two posts of which no mention was read, newest first."""
        return unread(self._mentions_read, since, until)

    def unread_replies(self, since: int, until: int) -> Iterator[tuple[int, int]]:
        """The parts between two posts of which no post of ours was read, newest first."""
        return unread(self._replies_read, since, until)

    def is_paid(self, post: str, day: date) -> bool:
        """Whether it was read on that day (UTC), on which X charges for it once."""
        return post in self._paid.get(day, ())

    def is_silent(self, today: date) -> bool:
        """Whether it was listened to once, and neither on that day (UTC) nor on the one before."""
        return self.looked_on is not None and today - self.looked_on > timedelta(days=1)

    def spent(self, since: date, until: date) -> Decimal:
        """USD that listening has cost on these days (UTC), both included."""
        return sum((usd for day, usd in self._spent.items() if since <= day <= until), Decimal(0))

    def spent_in_month_of(self, moment: datetime) -> Decimal:
        """USD that listening has cost in that calendar month (UTC)."""
        month = (moment.year, moment.month)
        found = (usd for day, usd in self._spent.items() if (day.year, day.month) == month)
        return sum(found, Decimal(0))


def account_inbox(files: Mapping[str, bytes]) -> AccountInbox:
    """What these files say. Raises BadReadings where one is missing, or can't be read."""
    expect_whole(files)
    return AccountInbox(read_record(data) for data in files.values())


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
