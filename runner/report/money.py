"""What a period cost, and what one of each thing that it brought cost."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from runner.report.measured_post import MeasuredPost, total


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodMoney:
    """USD, and what came of it up to the last measurement. None is not known."""

    posts: Decimal
    reading: Decimal
    engagements: int
    clicks: int | None
    orders: int | None

    @property
    def spent(self) -> Decimal:
        return self.posts + self.reading

    def per(self, number: int | None) -> Decimal | None:
        """USD for one of so many; None where there are none, or nobody knows."""
        return self.spent / number if number else None


def money_of(posts: Sequence[MeasuredPost], *, reading: Decimal, orders: int | None) -> PeriodMoney:
    """What these posts cost with what was read of X."""
    counted = total(post.newest for post in posts if post.newest)
    return PeriodMoney(
        posts=sum((post.cost for post in posts), Decimal(0)),
        reading=reading,
        engagements=counted.engagements,
        clicks=counted.clicks,
        orders=orders,
    )
