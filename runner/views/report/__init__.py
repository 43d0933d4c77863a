"""What a report shows in any format, in words and tables; and how its figures read."""

from decimal import Decimal
from typing import Final

from runner.report import Interval
from runner.value import Value

UNKNOWN: Final = "–"
_TENTH: Final = 0.1


class ReportTable(Value, kw_only=True):
    """Rows of words. All columns are figures but those that are `words`, by their places; `links`
    are addresses, and `addresses` those of what the rows are about."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    words: frozenset[int] = frozenset({0})
    links: frozenset[int] = frozenset()
    addresses: tuple[str, ...] = ()


_TEN: Final = 9.95
"""From here on a number would be `10.0` with a digit behind the point: a figure too many."""


def percent(value: float) -> str:
    """`31 %`, `2.3 %`, `0.25 %`: two figures."""
    hundredths = 100 * value
    places = 0 if hundredths >= _TEN else 1 if hundredths >= _TEN / 10 else 2
    return f"{hundredths:.{places}f} %"


def share(part: int, whole: int) -> str:
    """`29 of 30 (96 %)`."""
    return f"{part:,} of {whole:,} ({100 * part // whole} %)"


def number(value: float) -> str:
    """`1,204`, `12`, `3.1`, `0.03`."""
    if value >= _TEN or value == int(value):
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= _TENTH else f"{value:.1g}"


def two_figures(value: float) -> str:
    """`0.000025`, `0.25`, `3.1`, `12`; above that whole: `1,204`."""
    return f"{Decimal(f'{value:.2g}'):f}" if value < 10 else f"{value:,.0f}"


def pace(per_day: float) -> str:
    """`3.1 posts a day`, `1 post a day`."""
    return f"{number(per_day)} {'post' if per_day == 1 else 'posts'} a day"


def times(value: float) -> str:
    """`1.4 ×`."""
    return f"{value:.1f} ×"


def ratio(interval: Interval) -> str:
    """`1.4 × (1.1 to 1.8)`."""
    low, high = (f"{each:.1f}" for each in (interval.low, interval.high))
    return f"{times(interval.value)} ({low} to {high})"


def price(amount: Decimal) -> str:
    """`$1.07`, `$0.0026`: what one of many costs, which need be no sum that X charges."""
    return f"${amount:.2f}" if amount >= Decimal("0.1") else f"${amount:.4f}"
