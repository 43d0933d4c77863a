"""The figures of a report agree with a second computation, done another way."""

from datetime import date
from math import exp, log

import pytest

from runner.report import Finding, Numbers, Period, PostGroup, report_of
from runner.report.comparing import comparisons_of
from runner.report.measured_post import total
from runner.value import replace
from tests.unit.report.building import Shop
from tests.unit.report.second_computation import regression, sums_of, t_above, t_quantile

QUARTER = Period(since=date(2026, 4, 1), until=date(2026, 6, 30))
SHOP = Shop(posts=150, period=QUARTER, accounts=("shop", "tienda"))
MATERIAL = SHOP.material(11)
REPORT = report_of(MATERIAL)
LABELS = {
    "weekday": "case weekday when 1 then 'Monday' when 2 then 'Tuesday' when 3 then 'Wednesday' "
    "when 4 then 'Thursday' when 5 then 'Friday' when 6 then 'Saturday' else 'Sunday' end",
    "link": "case link when 1 then 'with a link' else 'without a link' end",
}


@pytest.mark.parametrize("dimension", ["campaign", "slot", "weekday", "language", "link"])
def test_the_sums_of_groups_are_those_of_a_database(dimension: str) -> None:
    sums = sums_of(MATERIAL.posts, LABELS.get(dimension, dimension))
    groups = [group for group in REPORT.groups if group.dimension == dimension]
    assert {group.label for group in groups} == sums.keys()
    for group in groups:
        posts, views, done, cost = sums[group.label]
        early = group.early
        assert (group.posts, early.impressions, early.engagements) == (posts, views, done)
        assert float(group.cost) == pytest.approx(cost)


def test_the_sums_of_weeks_and_of_the_whole_are_those_of_all_posts() -> None:
    ((_, posts, views, done, cost),) = (
        (key, *row) for key, row in sums_of(MATERIAL.posts, "1").items()
    )
    assert sum(week.posts for week in REPORT.weeks) == posts
    assert sum(week.early.impressions for week in REPORT.weeks) == views
    assert REPORT.money.engagements == done
    assert float(REPORT.money.posts) == pytest.approx(cost)


def the_group(dimension: str, label: str) -> PostGroup:
    return next(g for g in REPORT.groups if (g.dimension, g.label) == (dimension, label))


def score(numbers: Numbers) -> float:
    """Five for an answer or a quote, two for a share, one for a repost, a half for a like."""
    answers = numbers.replies + numbers.quotes
    return 5 * answers + 2 * (numbers.shares or 0) + numbers.reposts + numbers.likes / 2


@pytest.mark.parametrize(
    ("dimension", "label"), [("slot", "evening"), ("link", "with a link"), ("kind", "launch")]
)
def test_a_comparison_is_that_of_a_regression_with_all_its_columns(
    dimension: str, label: str
) -> None:
    rates = {}
    for account in ("shop", "tienda"):
        early = [post.early for post in MATERIAL.posts if post.account == account and post.early]
        rates[account] = sum(score(each) for each in early) / sum(e.impressions for e in early)
    values = [
        log((score(post.early) + 1) / (post.early.impressions + 1 / rates[post.account]))
        for post in MATERIAL.posts
        if post.early
    ]
    strata = [(post.account, f"{post.at:%Y-%m}") for post in MATERIAL.posts]
    inside = [
        {"slot": post.slot == label, "kind": post.kind == label, "link": post.has_link}[dimension]
        for post in MATERIAL.posts
    ]
    effect, error = regression(values, strata, inside)
    found = the_group(dimension, label).comparison
    freedom = min(found.posts, found.others) - 1
    wide = t_quantile(0.025, freedom) * error
    assert found.ratio is not None
    shown = (found.ratio.low, found.ratio.value, found.ratio.high)
    assert shown == pytest.approx((exp(effect - wide), exp(effect), exp(effect + wide)), rel=1e-4)
    assert found.chance == pytest.approx(2 * t_above(abs(effect) / error, freedom), rel=1e-4)


def test_what_differs_is_what_benjamini_and_hochberg_reject() -> None:
    chances = sorted(g.comparison.chance for g in REPORT.groups if g.comparison.ratio)
    passed = [p for n, p in enumerate(chances, 1) if p <= 0.05 * n / len(chances)]
    found = [
        group.comparison.chance
        for group in REPORT.groups
        if group.comparison.finding in (Finding.BETTER, Finding.WORSE)
    ]
    assert sorted(found) == chances[: chances.index(passed[-1]) + 1] if passed else found == []


def test_accounts_are_compared_with_themselves_alone() -> None:
    """Were they compared with each other, the second would do ten times as well."""
    small = [0.2 * (place % 2) + 0.001 * place for place in range(20)]
    values = [*small, *(2.3 + each for each in small)]
    strata = ["small"] * 20 + ["large"] * 20
    whole, parity = comparisons_of(values, strata, [range(20, 40), range(1, 40, 2)])
    assert (whole.posts, whole.ratio) == (0, None)
    assert parity.ratio is not None
    assert parity.ratio.value == pytest.approx(exp(0.201))


def test_shares_that_are_known_of_some_posts_are_engagements_with_all_of_them() -> None:
    some = [Numbers(impressions=100, likes=2, shares=shares) for shares in (3, None, 4)]
    assert total(some).engagements == sum(each.engagements for each in some) == 13
    assert total([replace(each, shares=None) for each in some]).shares is None
