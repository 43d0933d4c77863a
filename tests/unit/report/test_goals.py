"""Goals: met or not, how sure that is, and where they are heading."""

import secrets
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from runner.models.report_settings import Goals
from runner.report import (
    AnswerTimes,
    GoalResult,
    MeasuredPost,
    Numbers,
    Orders,
    Period,
    Trend,
    report_of,
)
from tests.unit.report.building import Shop, material, measured, post
from tests.unit.report.second_computation import t_quantile


def the_goal(goals: Goals, *posts: object, **given: object) -> GoalResult:
    (found,) = report_of(material(*posts, goals=goals, **given)).goals  # type: ignore[arg-type]
    return found


RATE = Goals.model_validate({"engagement-rate": "2%"})
REPLIES = Goals.model_validate({"replies-per-post": Decimal(2)})
ORDERS = Goals.model_validate({"orders": 10})


def by_day(numbers: Mapping[date, int]) -> Orders:
    return Orders(by_day=numbers, revenue={})


def test_the_engagement_rate_is_that_of_all_views_together() -> None:
    small = measured(1, Numbers(impressions=10, likes=5))
    large = measured(2, Numbers(impressions=990, likes=10, replies=3, quotes=1, reposts=1))
    assert the_goal(RATE, small, large).value == pytest.approx(20 / 1000)


def test_a_goal_that_is_just_reached_is_met() -> None:
    found = the_goal(RATE, measured(1, Numbers(impressions=100, likes=2)))
    assert found.is_met is True
    assert found.interval is None  # of one post nothing can be told
    assert found.may_be_chance


def test_a_goal_of_few_posts_may_be_chance_however_far_beyond_it_they_are() -> None:
    def judged(number: int) -> bool:
        posts = [measured(n, Numbers(impressions=100, replies=9 + n % 2)) for n in range(number)]
        return the_goal(REPLIES, *posts).may_be_chance

    assert [judged(number) for number in (1, 7, 8)] == [True, True, False]


def test_the_interval_of_a_mean_is_students() -> None:
    replies = [0, 1, 1, 2, 2, 3, 4, 7, 2, 3]
    posts = [measured(n, Numbers(impressions=100, replies=each)) for n, each in enumerate(replies)]
    mean = sum(replies) / 10
    deviation = (sum((each - mean) ** 2 for each in replies) / 9) ** 0.5
    wide = t_quantile(0.025, 9) * deviation / 10**0.5
    found = the_goal(REPLIES, *posts)
    assert found.interval == pytest.approx((mean - wide, mean + wide), rel=1e-5)
    assert found.is_met is True
    assert found.may_be_chance


def test_what_is_far_beyond_a_goal_is_not_chance() -> None:
    posts = [measured(n, Numbers(impressions=100, replies=9 + n % 2)) for n in range(10)]
    found = the_goal(REPLIES, *posts)
    assert found.is_met is True
    assert not found.may_be_chance


def test_nobody_knows_of_orders_that_were_never_imported() -> None:
    assert the_goal(ORDERS, post(1)).is_met is None


def test_orders_of_fifteen_days_count_twice_for_a_goal_of_thirty() -> None:
    half = Period(since=date(2026, 6, 1), until=date(2026, 6, 15))
    found = the_goal(ORDERS, period=half, orders=by_day({date(2026, 6, 3): 6}))
    assert found.value == pytest.approx(12)


def test_orders_that_come_late_are_rising_and_two_more_are_no_trend() -> None:
    early, late = date(2026, 6, 2), date(2026, 6, 28)
    assert the_goal(ORDERS, orders=by_day({early: 2, late: 20})).trend is Trend.RISING
    assert the_goal(ORDERS, orders=by_day({early: 20, late: 2})).trend is Trend.FALLING
    assert the_goal(ORDERS, orders=by_day({early: 9, late: 11})).trend is Trend.STEADY
    assert the_goal(ORDERS, orders=by_day({early: 1, late: 6})).trend is Trend.UNKNOWN


@pytest.mark.parametrize("days", [1, 3, 7])
def test_the_same_each_day_is_no_trend_however_many_days_the_halves_have(days) -> None:
    period = Period(since=date(2026, 6, 1), until=date(2026, 6, days))
    each_day = dict.fromkeys((date(2026, 6, day) for day in range(1, days + 1)), 400)
    assert the_goal(ORDERS, orders=by_day(each_day), period=period).trend is Trend.STEADY


def test_a_trend_of_thousands_of_visits_can_be_told() -> None:
    def visited(number: int, visits: int) -> MeasuredPost:
        at = datetime(2026, 6, 1, 9, tzinfo=UTC) + timedelta(days=number)
        return measured(number, Numbers(impressions=9, profile_visits=visits + number % 2), at=at)

    few, many = [visited(n, 10) for n in range(15)], [visited(n, 9_000) for n in range(15, 30)]
    goal = Goals.model_validate({"profile-visits": 10})
    assert the_goal(goal, *few, *many).trend is Trend.RISING


def test_a_rate_that_doubles_is_rising() -> None:
    first, found = secrets.randbelow(10**9), []
    shop = Shop(posts=200, effects={lambda each: each.at.day > 15: 2.2})
    for seed in range(first, first + 5):
        made = shop.material(seed)
        found.append(the_goal(RATE, *made.posts).trend)
    assert found.count(Trend.RISING) >= 4, first


def test_posts_per_day_are_those_of_all_accounts() -> None:
    start = datetime(2026, 6, 1, 9, tzinfo=UTC)
    posts = [
        post(n, at=start + timedelta(days=n % 30), account=("shop", "tienda")[n % 2])
        for n in range(60)
    ]
    found = the_goal(Goals.model_validate({"posts-per-day": Decimal(2)}), *posts)
    assert (found.value, found.is_met, found.interval) == (2, True, None)


def test_a_post_that_was_boosted_is_in_no_rate() -> None:
    bought = measured(1, Numbers(impressions=10_000, likes=900), is_boosted=True)
    honest = measured(2, Numbers(impressions=100, likes=1))
    assert the_goal(RATE, bought, honest).value == pytest.approx(0.01)


ANSWERED = Goals.model_validate({"answered-within": "4h"})


@pytest.mark.parametrize(
    ("in_time", "late", "value", "is_met"), [(9, 0, 1, True), (3, 1, 0.75, False)]
)
def test_each_who_asks_counts_for_how_soon_they_are_answered(in_time, late, value, is_met) -> None:
    found = the_goal(ANSWERED, answers=AnswerTimes(in_time=in_time, late=late))
    assert (found.value, found.is_met, found.may_be_chance) == (value, is_met, False)


@pytest.mark.parametrize("answers", [None, AnswerTimes(in_time=0, late=0)])
def test_where_nobody_has_asked_nothing_is_known_of_how_soon(answers) -> None:
    assert the_goal(ANSWERED, answers=answers).is_met is None
