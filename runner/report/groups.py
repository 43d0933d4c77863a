"""The groups of a report's posts: what was seen and done, what it cost, how they compare."""

import math
from collections.abc import Mapping, Sequence
from decimal import Decimal

import numpy as np

from runner.report.comparing import GroupComparison, Scores, comparisons_of, stratum
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
    comparisons = _comparisons(posts, early, usual, [places for *_, places in parts])
    return tuple(
        PostGroup(
            dimension=dimension,
            label=label,
            posts=len(places),
            cost=sum([posts[place].cost for place in places], Decimal(0)),
            early=total([each for place in places if (each := early[place])]),
            comparison=comparison,
        )
        for (dimension, label, places), comparison in zip(parts, comparisons, strict=True)
    )


def _comparisons(
    posts: Sequence[MeasuredPost],
    early: Sequence[Numbers | None],
    usual: Mapping[str, float],
    groups: Sequence[Sequence[int]],
) -> tuple[GroupComparison, ...]:
    """How each group does beside the others, by the posts that have early numbers; groups are
    places among all posts."""
    known = [
        (place, post, numbers)
        for place, (post, numbers) in enumerate(zip(posts, early, strict=True))
        if numbers and usual[post.account]
    ]
    means = np.array([usual[post.account] for _, post, _ in known])
    rates = Scores.of([numbers for *_, numbers in known]).shrunk_rates(means)
    rank = {place: number for number, (place, *_) in enumerate(known)}
    return comparisons_of(
        [math.log(rate) for rate in rates.tolist()],
        [stratum(post) for _, post, _ in known],
        [[rank[place] for place in group if place in rank] for group in groups],
    )
