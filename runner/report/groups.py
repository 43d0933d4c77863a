"""The groups of a report's posts: what was seen and done, what it cost, how they compare."""

import math
from collections.abc import Collection, Hashable, Mapping, Sequence
from decimal import Decimal
from typing import Final

import numpy as np

from runner.report.comparing import Finding, GroupComparison, Scores, comparisons_of, stratum
from runner.report.dimensions import DIMENSIONS, grouped
from runner.report.measured_post import MeasuredPost, Numbers, total
from runner.value import Value


class PostGroup(Value, kw_only=True):
    """Posts that have something in common. `early` is what X counted of them at 48 hours, together,
    of those that are measured."""

    dimension: str
    label: str
    posts: int
    cost: Decimal
    early: Numbers
    comparison: GroupComparison
    is_distinct: bool = False
    """Whether it differs from posts that are alike in all that differs more surely, too. Else it
    may be the same told again: a slot, and the hours that it lies in."""

    @property
    def ratio(self) -> float:
        """How it did beside others: 1 where there is nothing to compare."""
        return self.comparison.ratio.value if self.comparison.ratio else 1.0


def groups_of(posts: Sequence[MeasuredPost], usual: Mapping[str, float]) -> tuple[PostGroup, ...]:
    """The posts by dimension and label. A dimension is left out where it doesn't tell posts apart,
    or parts them as one before it does, as where each account has its language."""
    parts: list[tuple[str, str, tuple[int, ...]]] = []
    known: set[frozenset[tuple[int, ...]]] = set()
    for dimension in DIMENSIONS:
        labels = grouped(posts, dimension)
        parted = frozenset(labels.values())
        if len(parted) > 1 and parted not in known:
            known.add(parted)
            parts += [(dimension.name, label, places) for label, places in labels.items()]
    early = [post.early for post in posts]
    comparisons, distinct = _comparisons(posts, early, usual, [places for *_, places in parts])
    return tuple(
        PostGroup(
            dimension=dimension,
            label=label,
            posts=len(places),
            cost=sum([posts[place].cost for place in places], Decimal(0)),
            early=total([each for place in places if (each := early[place])]),
            comparison=comparison,
            is_distinct=number in distinct,
        )
        for number, ((dimension, label, places), comparison) in enumerate(
            zip(parts, comparisons, strict=True)
        )
    )


def _comparisons(
    posts: Sequence[MeasuredPost],
    early: Sequence[Numbers | None],
    usual: Mapping[str, float],
    groups: Sequence[Sequence[int]],
) -> tuple[tuple[GroupComparison, ...], frozenset[int]]:
    """How each group does beside the others, by the posts that have early numbers; and which are
    distinct. Groups are places among all posts."""
    known = [
        (place, post, numbers)
        for place, (post, numbers) in enumerate(zip(posts, early, strict=True))
        if numbers and usual[post.account]
    ]
    means = np.array([usual[post.account] for _, post, _ in known])
    rates = Scores.of([numbers for *_, numbers in known]).shrunk_rates(means)
    rank = {place: number for number, (place, *_) in enumerate(known)}
    values = [math.log(rate) for rate in rates.tolist()]
    strata = [stratum(post) for _, post, _ in known]
    inside = [[rank[place] for place in group if place in rank] for group in groups]
    compared = comparisons_of(values, strata, inside)
    return compared, _distinct_groups(compared, values, strata, inside)


def _distinct_groups(
    compared: Sequence[GroupComparison],
    values: Sequence[float],
    strata: Sequence[Hashable],
    groups: Sequence[Collection[int]],
) -> frozenset[int]:
    """Which of the groups that differ do so by themselves. The surest does. What is left is
    compared once more, now among posts that are alike in that one, too; and so on with those that
    still differ in the same way. So no two of them are one thing told twice."""
    found = [n for n, each in enumerate(compared) if each.finding in _SURE]
    left = sorted(found, key=lambda n: _doubt(compared[n]))
    distinct: set[int] = set()
    while left:
        surest, *left = left
        distinct.add(surest)
        members = set(groups[surest])
        strata = [(stratum, place in members) for place, stratum in enumerate(strata)]
        again = comparisons_of(values, strata, [groups[n] for n in left])
        still = zip(left, again, strict=True)
        left = [n for n, each in still if each.finding is compared[n].finding]
    return frozenset(distinct)


def _doubt(compared: GroupComparison) -> tuple[float, bool]:
    """Less where it is surer that a group differs. Two halves of all posts are equally sure, but
    for how floats are rounded; then what does better goes first."""
    return float(f"{compared.chance:.6e}"), compared.finding is Finding.WORSE


_SURE: Final = frozenset({Finding.BETTER, Finding.WORSE})
