"""The groups of a report's posts: what was seen and done, what it cost, how they compare."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from runner.report.comparing import GroupComparison, compared, shrunk_rate, stratum
from runner.report.dimensions import DIMENSIONS, grouped
from runner.report.measured_post import MeasuredPost, Numbers, total
from runner.report.standouts import usual_rates


@dataclass(frozen=True, slots=True, kw_only=True)
class PostGroup:
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


def groups_of(posts: Sequence[MeasuredPost]) -> tuple[PostGroup, ...]:
    """By dimension and label, where a dimension tells posts apart, and otherwise than one before
    it does: slots are hours, and an account has its language."""
    parts: list[tuple[str, str, list[MeasuredPost]]] = []
    known: set[frozenset[tuple[int, ...]]] = set()
    for dimension in DIMENSIONS:
        labels = grouped(posts, dimension)
        parted = frozenset(labels.values())
        if len(parted) > 1 and parted not in known:
            known.add(parted)
            parts += [
                (dimension.name, label, [posts[place] for place in places])
                for label, places in labels.items()
            ]
    comparisons = _comparisons(posts, [part for *_, part in parts])
    return tuple(
        PostGroup(
            dimension=dimension,
            label=label,
            posts=len(part),
            cost=sum((post.cost for post in part), Decimal(0)),
            early=total(post.early for post in part if post.early),
            comparison=comparison,
        )
        for (dimension, label, part), comparison in zip(parts, comparisons, strict=True)
    )


def _comparisons(
    posts: Sequence[MeasuredPost], groups: Sequence[Sequence[MeasuredPost]]
) -> tuple[GroupComparison, ...]:
    usual = usual_rates(posts)
    known = [post for post in posts if post.early and usual[post.account]]
    places = {post.id: place for place, post in enumerate(known)}
    return compared(
        [math.log(shrunk_rate(each.early, usual[each.account])) for each in known if each.early],
        [stratum(post) for post in known],
        [[places[post.id] for post in group if post.id in places] for group in groups],
    )
