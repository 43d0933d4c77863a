"""What a period cost, and what one of each thing that it brought cost."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from runner.measure import DayOfOrders
from runner.report.measured_post import MeasuredPost, total
from runner.value import Value


class Orders(Value, kw_only=True):
    """What links of posts have led to, by day, with what was taken, by currency; by none where an
    export does not name it."""

    by_day: Mapping[date, int]
    revenue: Mapping[str, Decimal]

    @property
    def number(self) -> int:
        return sum(self.by_day.values())


def orders_of(found: Iterable[DayOfOrders]) -> Orders:
    """All of these together."""
    by_day: dict[date, int] = {}
    revenue: dict[str, Decimal] = {}
    for each in found:
        by_day[each.day] = by_day.get(each.day, 0) + each.orders
        if each.revenue is not None:
            currency = each.currency or ""
            revenue[currency] = revenue.get(currency, Decimal(0)) + each.revenue
    return Orders(by_day=by_day, revenue=revenue)


class PeriodMoney(Value, kw_only=True):
    """USD, and what came of it up to the last measurement. None is not known."""

    posts: Decimal
    answers: Decimal
    """To what others have said."""
    reading: Decimal
    engagements: int
    clicks: int | None
    orders: int | None
    revenue: Mapping[str, Decimal]

    @property
    def spent(self) -> Decimal:
        return self.posts + self.answers + self.reading

    def per(self, number: int | None) -> Decimal | None:
        """USD for one of so many; None where there are none, or nobody knows."""
        return self.spent / number if number else None


def money_of(
    posts: Sequence[MeasuredPost], *, reading: Decimal, answers: Decimal, orders: Orders | None
) -> PeriodMoney:
    """What these posts cost with answers, and with what was read of X."""
    counted = total([post.newest for post in posts if post.newest])
    return PeriodMoney(
        posts=sum([post.cost for post in posts], Decimal(0)),
        answers=answers,
        reading=reading,
        engagements=counted.engagements,
        clicks=counted.clicks,
        orders=orders.number if orders else None,
        revenue=orders.revenue if orders else {},
    )
