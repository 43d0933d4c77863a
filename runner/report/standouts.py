"""Single posts that did better or worse than chance makes of posts that are all alike."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from runner.report.comparing import (
    FALSE_FINDINGS,
    Interval,
    overall_rate,
    rate_of,
    shrunk_rate,
)
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
    """What is usual of each account."""
    found: dict[str, list[Numbers]] = defaultdict(list)
    for post in posts:
        if post.early:
            found[post.account].append(post.early)
    return {account: overall_rate(numbers) for account, numbers in found.items()}


def standouts(posts: Sequence[MeasuredPost], usual: Mapping[str, float]) -> Standouts:
    """The best and the worst of those that surely differ from what is usual of their account."""
    known = [
        (post, post.early)
        for post in posts
        if post.early and post.early.impressions and usual[post.account]
    ]
    if not known:
        return Standouts()
    confidence = 1 - FALSE_FINDINGS / len(known)
    best, worst = [], []
    for post, numbers in known:
        rate, mean = rate_of(numbers, confidence=confidence), usual[post.account]
        ratio = Interval(value=rate.value / mean, low=rate.low / mean, high=rate.high / mean)
        if ratio.low <= 1 <= ratio.high:  # as of nearly all
            continue
        order = shrunk_rate(numbers, mean) / mean
        if ratio.low > 1:
            best.append((-order, post.id, Standout(post=post, numbers=numbers, ratio=ratio)))
        else:
            worst.append((order, post.id, Standout(post=post, numbers=numbers, ratio=ratio)))
    first, last = ([each for *_, each in sorted(found)[:MOST]] for found in (best, worst))
    return Standouts(best=tuple(first), worst=tuple(last), compared=len(known))
