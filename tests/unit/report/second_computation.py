"""The same figures computed in another way: sums by SQLite, regressions by Gaussian elimination
over exact fractions, quantiles by halving."""

import sqlite3
from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import gamma, pi, sqrt

from runner.measure import Window
from runner.report import MeasuredPost


def sums_of(posts: Iterable[MeasuredPost], group: str) -> dict[str, tuple[int, int, int, float]]:
    """Posts, views, engagements and cost by an expression over the columns below."""
    base = sqlite3.connect(":memory:")
    base.execute(
        "create table posts (campaign, kind, slot, weekday, language, link, cost, views, "
        "replies, quotes, reposts, likes)"
    )
    for post in posts:
        early = post.numbers.get(Window.TWO_DAYS)
        counts = (
            (early.impressions, early.replies, early.quotes, early.reposts, early.likes)
            if early
            else (0,) * 5
        )
        base.execute(
            f"insert into posts values ({', '.join('?' * 12)})",
            (
                *(post.campaign, post.kind, post.slot, post.at.isoweekday(), post.language),
                *(post.has_link, float(post.cost), *counts),
            ),
        )
    rows = base.execute(
        f"select {group}, count(*), sum(views), sum(replies + quotes + reposts + likes), sum(cost) "
        "from posts group by 1"
    )
    return {str(label): (n, views, done, cost) for label, n, views, done, cost in rows}


def regression(
    values: Sequence[float], strata: Sequence[object], group: Sequence[bool]
) -> tuple[float, float]:
    """The effect of a group beside a column for each stratum, and its HC3 error, by the whole
    matrix."""
    names = list(dict.fromkeys(strata))
    rows = [
        [Fraction(int(inside)), *(Fraction(int(stratum == name)) for name in names)]
        for inside, stratum in zip(group, strata, strict=True)
    ]
    y = [Fraction(value) for value in values]
    size = len(names) + 1
    inverse = _inverse([[sum(r[i] * r[j] for r in rows) for j in range(size)] for i in range(size)])
    moment = [sum(r[i] * v for r, v in zip(rows, y, strict=True)) for i in range(size)]
    beta = [sum(inverse[i][j] * moment[j] for j in range(size)) for i in range(size)]
    variance = Fraction(0)
    for row, value in zip(rows, y, strict=True):
        along = [sum(inverse[i][j] * row[j] for j in range(size)) for i in range(size)]
        leverage = sum(a * b for a, b in zip(row, along, strict=True))
        error = value - sum(a * b for a, b in zip(row, beta, strict=True))
        variance += (along[0] * error / (1 - leverage)) ** 2
    return float(beta[0]), sqrt(variance)


def _inverse(matrix: list[list[Fraction]]) -> list[list[Fraction]]:
    size = len(matrix)
    wide = [row + [Fraction(int(i == j)) for j in range(size)] for i, row in enumerate(matrix)]
    for column in range(size):
        pivot = next(row for row in range(column, size) if wide[row][column])
        wide[column], wide[pivot] = wide[pivot], wide[column]
        wide[column] = [value / wide[column][column] for value in wide[column]]
        for row in range(size):
            if row != column and wide[row][column]:
                times = wide[row][column]
                wide[row] = [a - times * b for a, b in zip(wide[row], wide[column], strict=True)]
    return [row[size:] for row in wide]


def t_above(value: float, freedom: int, steps: int = 20_000) -> float:
    """How much of Student's distribution lies above a value, by Simpson's rule."""
    scale = gamma((freedom + 1) / 2) / (sqrt(freedom * pi) * gamma(freedom / 2))

    def density(x: float) -> float:
        return scale * float((1 + x * x / freedom) ** (-(freedom + 1) / 2))

    wide = value / steps
    inner = sum((4 if n % 2 else 2) * density(n * wide) for n in range(1, steps))
    return 0.5 - (density(0) + inner + density(value)) * wide / 3


def t_quantile(above: float, freedom: int) -> float:
    """The value above which so much of Student's distribution lies, by halving."""
    low, high = 0.0, 100.0
    while high - low > 1e-7:
        middle = (low + high) / 2
        low, high = (middle, high) if t_above(middle, freedom, 2_000) > above else (low, middle)
    return low
