"""Whether the goals of runner.yaml were met, how sure that is, and where it is heading."""

import math
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

import numpy as np
from scipy.special import betaincinv, gammaincinv, stdtrit

from runner.models import Goals
from runner.report.comparing import CONFIDENCE, FALSE_FINDINGS, FEWEST, comparisons_of
from runner.report.measured_post import MeasuredPost, Numbers
from runner.report.money import Orders
from runner.report.period import Period
from runner.value import Value

MONTH: Final = 30
"""Days of a month, for goals that count what a month brings."""
_TAIL: Final = (1 - CONFIDENCE) / 2


class Trend(StrEnum):
    """The second half of a period beside the first."""

    RISING = "rising"
    FALLING = "falling"
    STEADY = "no trend to be seen"
    UNKNOWN = "too little to tell a trend"


class GoalResult(Value, kw_only=True):
    """One goal, and what came of it. `value` is None where nobody knows."""

    name: str
    target: float
    value: float | None = None
    interval: tuple[float, float] | None = None
    """Where the value of a like period may lie; None where nothing of it is chance, or where there
    is too little to tell."""
    is_of_few: bool = False
    """Whether it is of too few posts to tell what of it is chance."""
    trend: Trend = Trend.UNKNOWN
    within: timedelta | None = None
    """Within what time it is to be done, where the goal says so."""

    @property
    def is_met(self) -> bool | None:
        return None if self.value is None else self.value >= self.target

    @property
    def may_be_chance(self) -> bool:
        """Whether a like period may end on the other side of the goal."""
        if self.interval is None:
            return self.is_of_few
        return self.interval[0] < self.target <= self.interval[1]


class AnswerTimes(Value, kw_only=True):
    """How much of what others have said was answered in time; `late` is what waits, too."""

    in_time: int
    late: int


class GoalJudge(Value, kw_only=True):
    """Holds a period against goals. `orders` and `answers` are None where nobody knows."""

    goals: Goals
    posts: Sequence[MeasuredPost]
    period: Period
    orders: Orders | None
    answers: AnswerTimes | None = None

    def results(self) -> tuple[GoalResult, ...]:
        """The result of each goal that is declared."""
        return tuple(self._results())

    def _results(self) -> Iterator[GoalResult]:
        goals = self.goals
        if goals.engagement_rate is not None:
            yield self._engagement_rate(float(goals.engagement_rate) / 100)
        if goals.replies_per_post is not None:
            yield self._replies_per_post(float(goals.replies_per_post))
        if goals.profile_visits is not None:
            yield self._profile_visits(goals.profile_visits)
        if goals.orders is not None:
            yield self._orders(goals.orders)
        if goals.posts_per_day is not None:
            yield self._posts_per_day(float(goals.posts_per_day))
        if goals.answered_within is not None:
            yield self._answered_within()

    def _engagement_rate(self, target: float) -> GoalResult:
        """Whether all impressions together meet it. Each post is one draw of what may happen to
        posts."""
        known = self._early()
        seen = np.array([each.impressions for _, each in known], dtype=np.float64)
        done = np.array([each.engagements for _, each in known], dtype=np.float64)
        if not seen.sum():
            return GoalResult(name="engagement-rate", target=target)
        value = float(done.sum() / seen.sum())
        lent = 1 / value if value else 1.0
        rates = [math.log((e.engagements + 1) / (e.impressions + lent)) for _, e in known]
        return GoalResult(
            name="engagement-rate",
            target=target,
            value=value,
            interval=_around(value, [float(x) for x in (done - value * seen) / seen.mean()]),
            is_of_few=len(known) < FEWEST,
            trend=self._trend([post for post, _ in known], rates),
        )

    def _replies_per_post(self, target: float) -> GoalResult:
        known = self._early()
        replies = [float(each.replies) for _, each in known]
        value = sum(replies) / len(replies) if replies else None
        return GoalResult(
            name="replies-per-post",
            target=target,
            value=value,
            interval=None if value is None else _around(value, [x - value for x in replies]),
            is_of_few=len(replies) < FEWEST,
            trend=self._trend([post for post, _ in known], replies),
        )

    def _profile_visits(self, target: float) -> GoalResult:
        """Whether the visits that are known meet it, up to the last measurement."""
        known = [
            (post, float(post.newest.profile_visits))
            for post in self.posts
            if post.newest and post.newest.profile_visits is not None
        ]
        if not known:
            return GoalResult(name="profile-visits", target=target)
        visits = [each for _, each in known]
        mean, scale = sum(visits) / len(visits), len(visits) * MONTH / self.period.days
        around = _around(mean, [each - mean for each in visits])
        return GoalResult(
            name="profile-visits",
            target=target,
            value=mean * scale,
            interval=(around[0] * scale, around[1] * scale) if around else None,
            is_of_few=len(visits) < FEWEST,
            trend=self._trend([post for post, _ in known], visits),
        )

    def _orders(self, target: float) -> GoalResult:
        """Whether the orders meet it, which come one by one, as rain does."""
        if self.orders is None:
            return GoalResult(name="orders", target=target)
        number, scale = self.orders.number, MONTH / self.period.days
        low = float(gammaincinv(number, _TAIL)) if number else 0.0
        high = float(gammaincinv(number + 1, 1 - _TAIL))
        middle = self._middle
        late = sum(count for day, count in self.orders.by_day.items() if day >= middle)
        return GoalResult(
            name="orders",
            target=target,
            value=number * scale,
            interval=(low * scale, high * scale),
            trend=self._trend_of_counts(number - late, late),
        )

    def _posts_per_day(self, target: float) -> GoalResult:
        middle = self._middle
        late = sum(post.at.date() >= middle for post in self.posts)
        return GoalResult(
            name="posts-per-day",
            target=target,
            value=len(self.posts) / self.period.days,
            trend=self._trend_of_counts(len(self.posts) - late, late),
        )

    def _answered_within(self) -> GoalResult:
        """A promise to each who asks, so that all of it counts, and nothing of it is chance."""
        answers = self.answers
        heard = answers.in_time + answers.late if answers else 0
        return GoalResult(
            name="answered-within",
            target=1.0,
            value=answers.in_time / heard if answers and heard else None,
            within=self.goals.answered_within,
        )

    def _early(self) -> list[tuple[MeasuredPost, Numbers]]:
        return [(post, early) for post in self.posts if (early := post.early)]

    @property
    def _middle(self) -> date:
        """The first day of the second half."""
        return self.period.since + timedelta(days=self.period.days // 2)

    def _trend(self, posts: Sequence[MeasuredPost], values: Sequence[float]) -> Trend:
        middle = self._middle
        late = [place for place, post in enumerate(posts) if post.at.date() >= middle]
        # only the direction is told, so that counts need be no logarithms, if they are small
        greatest = max(map(abs, values), default=0.0) or 1.0
        scaled = [value / greatest for value in values]
        (found,) = comparisons_of(scaled, [post.account for post in posts], [late])
        if found.ratio is None:
            return Trend.UNKNOWN
        if found.chance > self._chance:
            return Trend.STEADY
        return Trend.RISING if found.ratio.value > 1 else Trend.FALLING

    def _trend_of_counts(self, early: int, late: int) -> Trend:
        """Whether surely more of what comes one by one came in the later half than in as many days
        of the earlier one, or less. C. Clopper and E. Pearson, The use of confidence or fiducial
        limits, 1934."""
        if early + late < FEWEST:
            return Trend.UNKNOWN
        tail = self._chance / 2
        even = 1 - (self.period.days // 2) / self.period.days  # a day more where they are odd
        low = float(betaincinv(late, early + 1, tail)) if late else 0.0
        high = float(betaincinv(late + 1, early, 1 - tail)) if early else 1.0
        if low > even:
            return Trend.RISING
        return Trend.FALLING if high < even else Trend.STEADY

    @property
    def _chance(self) -> float:
        """How often chance alone may make a trend of one goal, so that of all together it makes one
        in no more of the reports than `FALSE_FINDINGS`."""
        return FALSE_FINDINGS / len(self.goals.model_fields_set)


def _around(value: float, deviations: Sequence[float]) -> tuple[float, float] | None:
    """Where a mean may lie whose summands deviate from it like this; it is not negative."""
    number = len(deviations)
    if number < FEWEST:
        return None
    error = math.sqrt(sum(each**2 for each in deviations) / (number - 1) / number)
    wide = float(stdtrit(number - 1, 1 - _TAIL)) * error
    return max(value - wide, 0.0), value + wide
