"""Whether groups of posts did better than the others, or whether that may be chance.

Compared is how much people did with a post for each time that it was seen, 48 hours after it went
out, with the other posts of the same account and month. The groups of a report are judged together:
of all that are told to differ, no more than `FALSE_FINDINGS` differ by chance, on average.

scipy.stats would take seconds to import; what is needed of it are a few lines over the functions of
scipy.special.
"""

from collections.abc import Collection, Hashable, Sequence
from enum import StrEnum
from operator import attrgetter
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaincinv, stdtr, stdtrit

from runner.report.measured_post import MeasuredPost, Numbers
from runner.value import Value, replace
from runner.x_facts import WEIGHTS

FEWEST: Final = 8
"""Posts of a group, and of others to compare it with, below which nothing is told."""
FALSE_FINDINGS: Final = 0.05
CONFIDENCE: Final = 0.95
_PRIOR: Final = 1.0
"""The score that each post is lent at its account's rate, so that none is told to be good or bad
for what a few people saw."""
_NO_SCATTER: Final = 1e-9
"""Where posts differ by less, they are all the same, and what is left is how floats are rounded."""

Floats = NDArray[np.float64]
_COUNTS: Final = tuple(map(attrgetter, WEIGHTS))
_WEIGHTS: Final[Floats] = np.array(list(WEIGHTS.values()))
_HEAVIEST: Final = max(WEIGHTS.values())


class Finding(StrEnum):
    BETTER = "better"
    WORSE = "worse"
    ALIKE = "no difference to be seen"
    TOO_FEW = "not enough posts to tell"


class Interval(Value, kw_only=True):
    """An estimate, and between what the truth lies with a confidence of 95 %."""

    value: float
    low: float
    high: float


class GroupComparison(Value, kw_only=True):
    """How a group did beside the others. `ratio` is 1.5 where it did half as much again."""

    posts: int
    """Those that there are others for, of the same account and month, where it is judged."""
    others: int
    ratio: Interval | None = None
    chance: float = 1.0
    """How often chance alone makes such a difference, of this group."""
    finding: Finding = Finding.TOO_FEW


def stratum(post: MeasuredPost) -> tuple[str, int, int]:
    """Posts of one are alike in all that reports do not look at: who follows the account then."""
    return post.account, post.at.year, post.at.month


class Scores(Value, kw_only=True):
    """How many saw each of some posts, and what they did with it."""

    seen: Floats
    score: Floats
    """What people did, where an answer counts ten times as much as a like."""
    spread: Floats
    """The variance of the score, were each of its events chance."""

    @classmethod
    def of(cls, numbers: Sequence[Numbers]) -> "Scores":
        counts = [[count(each) or 0 for each in numbers] for count in _COUNTS]
        known, weights = np.array(counts, dtype=np.float64), _WEIGHTS[:, np.newaxis]
        seen = np.array([each.impressions for each in numbers], dtype=np.float64)
        score, spread = (known * weights).sum(axis=0), (known * weights**2).sum(axis=0)
        return cls(seen=seen, score=score, spread=spread)

    def shrunk_rates(self, usual: Floats) -> Floats:
        """Each score for each impression, nearer to what is usual the fewer have seen the post."""
        rates: Floats = (self.score + _PRIOR) / (self.seen + _PRIOR / usual)
        return rates

    def rates(self, *, confidence: float = CONFIDENCE) -> tuple[Floats, Floats, Floats]:
        """Each score for each impression, and between what it lies, were what people do chance. M.
        Fay and E. Feuer, Confidence intervals for directly standardized rates, 1997."""
        seen, tail = np.maximum(self.seen, 1), (1 - confidence) / 2
        low, some = np.zeros(len(seen)), self.score > 0
        score, spread = self.score[some], self.spread[some]
        low[some] = spread / score * gammaincinv(score**2 / spread, tail)
        more, wider = self.score + _HEAVIEST, self.spread + _HEAVIEST**2
        high = wider / more * gammaincinv(more**2 / wider, 1 - tail)
        return self.score / seen, low / seen, high / seen


def comparisons_of(
    values: Sequence[float], strata: Sequence[Hashable], groups: Sequence[Collection[int]]
) -> tuple[GroupComparison, ...]:
    """Each group, by the places of its posts, beside the others of the same strata. The values are
    logarithms."""
    known = {each: place for place, each in enumerate(dict.fromkeys(strata))}
    places = [known[each] for each in strata]
    numbers, codes = np.array(values, dtype=np.float64), np.array(places, dtype=np.intp)
    counted = np.bincount(codes)
    sizes, of_all = counted.tolist(), counted.astype(np.float64)
    made = [
        _comparison(numbers, codes, of_all, list(group))
        if len(group) >= FEWEST
        else _of_too_few(group, places, sizes)
        for group in groups
    ]
    return tuple(_judged(made))


def _of_too_few(
    group: Collection[int], strata: Sequence[int], sizes: Sequence[int]
) -> GroupComparison:
    """What is told of a group that is too small, as most are where there are many."""
    beside = sum([sizes[stratum] for stratum in {strata[place] for place in group}])
    return GroupComparison(posts=len(group), others=beside - len(group))


def _comparison(
    values: Floats, codes: NDArray[np.intp], of_all: Floats, group: list[int]
) -> GroupComparison:
    """A regression on the group within the strata, which have so many posts. Its errors are as the
    posts scatter, each side for itself (HC3, MacKinnon and White 1985), with the smaller side's
    degrees of freedom."""
    inside = np.zeros(len(values))
    inside[group] = 1.0
    share = np.bincount(codes, inside) / of_all
    both = (share > 0) & (share < 1)
    used = both[codes]
    values, codes, inside = values[used], codes[used], inside[used]
    posts = int(inside.sum())
    others = len(inside) - posts
    if min(posts, others) < FEWEST:
        return GroupComparison(posts=posts, others=others)
    within = inside - share[codes]
    means = np.bincount(codes, values, len(of_all)) / of_all
    centred, total = values - means[codes], float((within**2).sum())
    effect = float((within * centred).sum()) / total
    leverage = np.minimum(1 / of_all[codes] + within**2 / total, 0.99)
    errors = (centred - effect * within) / (1 - leverage)
    deviation = float(np.sqrt(((within * errors) ** 2).sum())) / total
    return _tested(effect, deviation, posts, others)


def _tested(effect: float, deviation: float, posts: int, others: int) -> GroupComparison:
    """By a t test of the effect, which is a difference of logarithms."""
    if deviation < _NO_SCATTER:
        return GroupComparison(posts=posts, others=others)
    freedom = min(posts, others) - 1
    wide = float(stdtrit(freedom, (1 + CONFIDENCE) / 2)) * deviation
    low, middle, high = np.exp([effect - wide, effect, effect + wide])
    return GroupComparison(
        posts=posts,
        others=others,
        ratio=Interval(value=float(middle), low=float(low), high=float(high)),
        chance=2 * float(stdtr(freedom, -abs(effect / deviation))),
        finding=Finding.ALIKE,
    )


def _judged(found: Sequence[GroupComparison]) -> list[GroupComparison]:
    """Which differ, by Y. Benjamini and Y. Hochberg, Controlling the False Discovery Rate, 1995."""
    chances = sorted(each.chance for each in found if each.ratio)
    bounds = (FALSE_FINDINGS * place / len(chances) for place in range(1, len(chances) + 1))
    passed = [chance for chance, bound in zip(chances, bounds, strict=True) if chance <= bound]
    most = max(passed, default=-1.0)
    return [
        replace(each, finding=Finding.BETTER if each.ratio.value > 1 else Finding.WORSE)
        if each.ratio and each.chance <= most
        else each
        for each in found
    ]
