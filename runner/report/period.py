"""The days that a report is about, and its weeks, from Monday to Sunday."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal

from runner.report.measured_post import MeasuredPost, Numbers, total
from runner.value import Value


class Period(Value, kw_only=True):
    """Whole days, both included."""

    since: date
    until: date

    @classmethod
    def of_month(cls, day: date, *, until: date) -> "Period":
        """The month of a day, as far as it has come `until` another."""
        first = day.replace(day=1)
        last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        return cls(since=first, until=min(last, until))

    @property
    def days(self) -> int:
        return (self.until - self.since).days + 1

    def holds(self, moment: datetime) -> bool:
        """Whether it lies within, by the calendar of its own zone."""
        return self.since <= moment.date() <= self.until


class PostedWeek(Value, kw_only=True):
    """A week's posts, or those of its days that the period has. `early` is what X counted of them
    at 48 hours."""

    monday: date
    posts: int
    early: Numbers
    cost: Decimal


def weeks_of(posts: Sequence[MeasuredPost], period: Period) -> tuple[PostedWeek, ...]:
    """All weeks of a period, those without a post included."""
    found: dict[date, list[MeasuredPost]] = defaultdict(list)
    for post in posts:
        found[monday_of(post.at.date())].append(post)
    first, last = monday_of(period.since), monday_of(period.until)
    mondays = [first + timedelta(weeks=n) for n in range((last - first).days // 7 + 1)]
    return tuple(
        PostedWeek(
            monday=monday,
            posts=len(found[monday]),
            early=total([early for post in found[monday] if (early := post.early)]),
            cost=sum([post.cost for post in found[monday]], Decimal(0)),
        )
        for monday in mondays
    )


def monday_of(day: date) -> date:
    """The first day of its week."""
    return day - timedelta(days=day.weekday())
