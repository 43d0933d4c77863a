"""Single posts that did better or worse than chance makes of posts that are all alike."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import numpy as np

from runner.report.comparing import FALSE_FINDINGS, Interval, Scores
from runner.report.measured_post import MeasuredPost, Numbers
from runner.value import Value

MOST: Final = 5
"""Of the best posts, and of the worst."""


class Standout(Value, kw_only=True):
    """A post, and how its score for each impression compares with its account's."""

    post: MeasuredPost
    numbers: Numbers
    ratio: Interval
    """Of its rate and its account's. Those of all posts are right at once, 19 times of 20."""


class Standouts(Value, kw_only=True):
    best: tuple[Standout, ...] = ()
    worst: tuple[Standout, ...] = ()
    compared: int = 0
    """Posts that there are numbers of."""


def usual_rates(posts: Iterable[MeasuredPost]) -> Mapping[str, float]:
    """The score for each impression that is usual of each account: that of all its posts."""
    found: dict[str, list[Numbers]] = defaultdict(list)
    for post in posts:
        if early := post.early:
            found[post.account].append(early)
    scores = {account: Scores.of(numbers) for account, numbers in found.items()}
    return {
        account: float(each.score.sum() / each.seen.sum()) if each.seen.any() else 0.0
        for account, each in scores.items()
    }


def standouts(posts: Sequence[MeasuredPost], usual: Mapping[str, float]) -> Standouts:
    """The best and the worst of those that surely differ from what is usual of their account."""
    known = [
        (post, early)
        for post in posts
        if (early := post.early) and early.impressions and usual[post.account]
    ]
    if not known:
        return Standouts()
    scores = Scores.of([numbers for _, numbers in known])
    means = np.array([usual[post.account] for post, _ in known])
    rates = scores.rates(confidence=1 - FALSE_FINDINGS / len(known))
    value, low, high = ((each / means).tolist() for each in rates)
    order = (scores.shrunk_rates(means) / means).tolist()
    # nearly all are neither
    best = [(-order[at], post.id, at) for at, (post, _) in enumerate(known) if low[at] > 1]
    worst = [(order[at], post.id, at) for at, (post, _) in enumerate(known) if high[at] < 1]

    def standout(at: int) -> Standout:
        ratio = Interval(value=value[at], low=low[at], high=high[at])
        return Standout(post=known[at][0], numbers=known[at][1], ratio=ratio)

    first, last = (
        tuple(standout(at) for *_, at in sorted(found)[:MOST]) for found in (best, worst)
    )
    return Standouts(best=first, worst=last, compared=len(known))
