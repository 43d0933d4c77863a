"""Rivals beside ours: like is compared with like, what is planted is found, and chance is not."""

import random
from datetime import UTC, datetime, timedelta
from math import exp, log
from statistics import fmean, median

import pytest

from runner.measure import Window
from runner.report import Finding, Numbers, report_of
from runner.report.rivals import rival_reports
from runner.rivals import RivalState, WeekNumbers
from runner.value import replace
from tests.unit.report.building import JUNE, a_week, material, measured, rival

FOLLOWERS = 1_204


def ours(dice, *, weeks=3, a_week=14, usual=16.0, window=Window.WEEK, **more):
    """Posts that come to as much for each follower as those of the rival, but for chance."""
    made = []
    for number in range(weeks * a_week):
        done = round(usual * exp(dice.gauss(0, 0.6)))
        numbers = Numbers(impressions=900, likes=done)
        at = datetime(2026, 6, 1, 9, tzinfo=UTC) + timedelta(days=7 * number / a_week)
        made.append(replace(measured(number, numbers, at=at, **more), numbers={window: numbers}))
    return made


def of(posts, *rivals):
    return report_of(material(*posts, rivals=rivals)).rivals


def weeks(dice, *, count=3, **more):
    return [a_week(dice, **more) for _ in range(count)]


def test_a_rival_that_does_better_for_each_follower_is_found():
    dice = random.Random(1)
    (found,) = of(ours(dice), rival(*weeks(dice, usual=120)))
    assert found.comparison.finding is Finding.BETTER
    assert found.comparison.ratio.low < 3 < found.comparison.ratio.high
    assert (found.comparison.posts, found.comparison.others) == (51, 42)


@pytest.mark.thorough
def test_where_all_is_chance_hardly_anything_is_found():
    dice = random.Random(2)
    wrong = 0
    for _ in range(60):
        pair = rival(*weeks(dice)), rival(*weeks(dice), handle="denim_daily")
        found = rival_reports(pair, ours(dice), JUNE)
        wrong += any(each.comparison.finding is not Finding.ALIKE for each in found)
    assert wrong <= 8  # in one report of twenty, on average


def test_the_ratio_is_that_of_a_second_computation():
    dice = random.Random(3)
    posts, seen = ours(dice, weeks=1), a_week(dice)
    (found,) = of(posts, rival(seen))
    theirs = [log((n + 1) / 3_000) for n, count in seen.engagements.items() for _ in range(count)]
    own = [log((post.numbers[Window.WEEK].likes + 1) / FOLLOWERS) for post in posts]
    assert found.comparison.ratio.value == pytest.approx(exp(fmean(theirs) - fmean(own)))
    expanded = [n for n, count in seen.engagements.items() for _ in range(count)]
    assert found.theirs.engagement == median(expanded)
    assert found.theirs.per_thousand == pytest.approx(median(expanded) / 3)
    assert found.theirs.per_day == pytest.approx(17 / 6.2)
    assert found.ours.per_day == 2


@pytest.mark.parametrize(
    "given",
    [{"window": Window.TWO_DAYS}, {"is_boosted": True}, {"account": "tienda"}, {"a_week": 2}],
)
def test_what_is_not_alike_is_not_compared(given):
    dice = random.Random(4)
    (found,) = of(ours(dice, **given), rival(*weeks(dice)))
    assert found.comparison.finding is Finding.TOO_FEW
    assert found.comparison.ratio is None


def test_weeks_of_which_we_have_no_posts_count_for_the_rhythm_alone():
    dice = random.Random(5)
    (found,) = of(ours(dice, weeks=1), rival(*weeks(dice)))
    assert (found.theirs.posts, found.comparison.posts) == (51, 17)


def test_only_weeks_that_the_period_has_whole_are_told():
    dice = random.Random(6)
    (found,) = of([], rival(*weeks(dice, count=5)))  # the fifth ends in July
    assert len(found.weeks) == 4


def test_of_several_weeks_the_best_of_each_come_first():
    first, second = (
        WeekNumbers(days=7, best=tuple(str(base + n) for n in range(5))) for base in (10, 20)
    )
    (found,) = of([], rival(first, second))
    assert found.theirs.best == ("20", "10", "21", "11", "22")


def test_a_rival_without_followers_or_posts_is_compared_with_nothing():
    none = WeekNumbers(days=7)
    (found,) = of(
        ours(random.Random(7)), rival(none, replace(a_week(random.Random(7)), followers=0))
    )
    assert found.comparison.finding is Finding.TOO_FEW
    assert found.theirs.per_thousand is None


def test_of_who_can_not_be_seen_there_is_only_that():
    (found,) = of([], rival(state=RivalState.SUSPENDED))
    assert (found.weeks, found.last.state) == ((), RivalState.SUSPENDED)
