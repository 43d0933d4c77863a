"""What a timetable consists of: posts that are due once, and posts that recur in a rhythm."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from runner.ledger import Key
from runner.models import WEEKDAYS, Every
from runner.schedule.declared import DeclaredCampaign
from runner.schedule.grace import Grace
from runner.schedule.moments import DAY, Anchor, begin, resolve_local_time
from runner.schedule.occurrence import Occurrence
from runner.value import Value


class Once(Value, kw_only=True):
    """A post that is due once on an account."""

    key: Key
    campaign: DeclaredCampaign
    grace: Grace
    due: datetime
    """In UTC."""
    zone: ZoneInfo

    @property
    def most(self) -> int:
        """How many occurrences there are at most, without looking at any."""
        return 1

    def between(self, after: datetime, until: datetime) -> Iterator[Occurrence]:
        """The occurrence, if it is due after one instant and not after another, both in UTC."""
        if after < self.due <= until:
            yield Occurrence(
                key=self.key,
                campaign=self.campaign,
                due=self.due.astimezone(self.zone),
                until=self.grace.until(self.due).astimezone(self.zone),
                zone=self.zone,
            )


class Rhythm(Value, kw_only=True):
    """A post that recurs on an account, at slots of every matching day from `first` to `last`, none
    of them before `start` or after `end`."""

    key: Key
    """Of the post, without a nominal date."""
    campaign: DeclaredCampaign
    grace: Grace
    first: date
    last: date
    start: datetime
    end: datetime
    weekdays: frozenset[int]
    slots: tuple[tuple[str, time], ...]
    excepted: frozenset[date]
    zone: ZoneInfo

    @classmethod
    def of(
        cls,
        every: Every,
        span: tuple[Anchor, Anchor],
        *,
        key: Key,
        campaign: DeclaredCampaign,
        grace: Grace,
        slots: tuple[tuple[str, time], ...],
    ) -> "Rhythm":
        """A rhythm from one anchor to another; a whole day counts from its begin to its end."""
        zone = grace.zone
        start, end = span
        return cls(
            key=key,
            campaign=campaign,
            grace=grace,
            first=_day(start, zone),
            last=_day(end, zone),
            start=_utc(start) or begin(_day(start, zone), zone),
            end=_utc(end) or begin(_day(end, zone) + DAY, zone),
            weekdays=frozenset(WEEKDAYS.index(day) for day in every.days),
            slots=slots,
            excepted=frozenset(every.except_),
            zone=zone,
        )

    @property
    def most(self) -> int:
        """How many occurrences there are at most, without looking at any."""
        days = (self.last - self.first).days + 1
        return max(days, 0) * len(self.weekdays) // 7 * len(self.slots) + len(self.slots)

    def between(self, after: datetime, until: datetime) -> Iterator[Occurrence]:
        """What is due after one instant and not after another, both in UTC; in order of dates."""
        after, until = max(after, self.start - DAY), min(until, self.end)
        if until <= after:
            return
        account, campaign, post = self.key.account, self.key.campaign, self.key.post
        # a jump of the clocks moves what is due by up to a day
        first = after.astimezone(self.zone).date() - DAY
        last = until.astimezone(self.zone).date() + DAY
        for day, name, clock in self._nominal(max(self.first, first), min(self.last, last)):
            moment, shift = resolve_local_time(day, clock, self.zone)
            due = moment.astimezone(UTC)
            if self.start <= due and after < due <= until:
                yield Occurrence(
                    key=Key(account, campaign, post, f"{day}.{name}"),
                    campaign=self.campaign,
                    due=moment,
                    until=self.grace.until(due).astimezone(self.zone),
                    zone=self.zone,
                    shift=shift,
                )

    def walls(self) -> Iterator[datetime]:
        """What clocks and calendars show at each occurrence, before any jump of the clocks; day by
        day, without a zone."""
        for day, _, clock in self._nominal(self.first, self.last):
            due = resolve_local_time(day, clock, self.zone)[0].astimezone(UTC)
            if self.start <= due <= self.end:
                yield datetime.combine(day, clock)

    def _nominal(self, first: date, last: date) -> Iterator[tuple[date, str, time]]:
        for number in range(first.toordinal(), last.toordinal() + 1):
            day = date.fromordinal(number)
            if day.weekday() in self.weekdays and day not in self.excepted:
                for name, clock in self.slots:
                    yield day, name, clock


def _day(anchor: Anchor, zone: ZoneInfo) -> date:
    return anchor.astimezone(zone).date() if isinstance(anchor, datetime) else anchor


def _utc(anchor: Anchor) -> datetime | None:
    return anchor.astimezone(UTC) if isinstance(anchor, datetime) else None
