"""All that was measured of an account, record after record, as one."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Final

from runner.measure.measurement import Measurement, Window
from runner.measure.record import MeasuredStretch, MeasuringRecord, read_record
from runner.reading import expect_whole, unread
from runner.x_facts import instant

_DAY: Final = timedelta(days=1)
_BY_AGE: Final = tuple(Window)


class MeasuredAccount:
    """The measurements of an account, its followers by day, and what telling them has cost."""

    def __init__(self, records: Iterable[MeasuringRecord] = ()) -> None:
        self._measured: dict[str, dict[Window, Measurement]] = {}
        self._stretches: dict[Window, list[MeasuredStretch]] = {window: [] for window in Window}
        self._spent: dict[date, Decimal] = {}
        self.posts: dict[str, Measurement] = {}
        """The last measurement of each post."""
        self.followers: dict[date, int] = {}
        """How many followers the account had, by day (UTC)."""
        self.count = 0
        """How many records there are."""
        self.last: datetime | None = None
        """When it was measured last."""
        for record in records:
            self.add(record)

    def add(self, record: MeasuringRecord) -> None:
        """Takes in the next record. Of two measurements of a post at one age the first counts."""
        head = record.head
        self.count += 1
        self.last = head.at
        today = head.at.date()
        self._spent[today] = self._spent.get(today, Decimal(0)) + head.usd
        if head.followers is not None:
            self.followers[today] = head.followers
        for stretch in head.stretches:
            self._stretches[stretch.window].append(stretch)
        for each in record.measurements:
            if (known := self._measured.get(each.post)) is None:
                known = self._measured[each.post] = {}
            known.setdefault(each.window, each)
            self.posts[each.post] = each

    @property
    def by_post(self) -> Iterator[tuple[str, Mapping[Window, Measurement]]]:
        """The posts, oldest first, each with what was measured of it, by age."""
        for post in sorted(self._measured, key=int):
            found = self._measured[post]
            yield post, {window: found[window] for window in _BY_AGE if window in found}

    @property
    def measurements(self) -> tuple[Measurement, ...]:
        """All of them, by post and age, oldest first."""
        return tuple(each for _, found in self.by_post for each in found.values())

    def of(self, post: str, window: Window) -> Measurement | None:
        """The measurement of a post at an age."""
        return self._measured.get(post, {}).get(window)

    @property
    def deleted(self) -> frozenset[str]:
        """The posts of which X did not have anything any more."""
        return frozenset(
            post
            for post, found in self._measured.items()
            if any(each.deleted for each in found.values())
        )

    def spent(self, since: date, until: date) -> Decimal:
        """USD that measuring has cost on these days (UTC), both included."""
        return sum((usd for day, usd in self._spent.items() if since <= day <= until), Decimal(0))

    def spent_in_month_of(self, moment: datetime) -> Decimal:
        """USD that measuring has cost in that calendar month (UTC)."""
        month = (moment.year, moment.month)
        found = (usd for day, usd in self._spent.items() if (day.year, day.month) == month)
        return sum(found, Decimal(0))

    def is_due(self, sent: Iterable[str], now: datetime) -> bool:
        """Whether one of the posts that were sent has come of age since it was measured, or a day
        has passed, in which somebody may have posted by hand."""
        if self.last is None or now - self.last >= _DAY:
            return True
        deleted = self.deleted
        ages = ((post, Window.of(now - instant(post))) for post in sent if post not in deleted)
        return any(window and self.of(post, window) is None for post, window in ages)

    def unread(self, window: Window, since: int, until: int) -> Iterator[tuple[int, int]]:
        """The parts between two posts of which nothing was measured at this age, newest first."""
        read = ((each.since, each.until) for each in self._stretches[window])
        return unread(read, since, until)


def measured_account(files: Mapping[str, bytes]) -> MeasuredAccount:
    """What these files say. Raises BadReadings where one is missing, or can't be read."""
    expect_whole(files)
    return MeasuredAccount(read_record(data) for data in files.values())
