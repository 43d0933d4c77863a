"""Of what is chance alone nothing is found; what is planted is found, and as what it is."""

import secrets
from datetime import date
from math import comb

import pytest

from runner.report import Finding, MeasuredPost, Period, PostGroup, report_of
from runner.value import replace
from tests.unit.report.building import Shop

pytestmark = pytest.mark.thorough

QUARTER = Period(since=date(2026, 4, 1), until=date(2026, 6, 30))
NOISE = {
    "a shop": Shop(),
    "a shop whose posts differ much": Shop(scatter=1.3),
    "a shop whose posts are all alike": Shop(scatter=0),
    "a shop that few see": Shop(reach=60, rate=0.01),
    "two accounts of different fame": Shop(
        accounts=("shop", "tienda"),
        effects={
            lambda post: post.account == "tienda": 4,
        },
    ),
    "an account that grows": Shop(
        posts=150,
        period=QUARTER,
        effects={
            lambda post: post.at.month == 5: 1.6,
            lambda post: post.at.month == 6: 2.5,
        },
    ),
}
STATED = 0.05
"""Of what is found, so much is chance, at the most; of reports in which all is chance, so many find
anything."""


def found(shop: Shop, seed: int) -> tuple[PostGroup, ...]:
    report = report_of(shop.material(seed))
    return (*report.found(Finding.BETTER), *report.found(Finding.WORSE))


def most_by_chance(reports: int, share: float) -> int:
    """So many of the reports that more come up once in a million, if each does with this share."""
    left, number = 1.0, -1
    while left > 1e-6:
        number += 1
        left -= comb(reports, number) * share**number * (1 - share) ** (reports - number)
    return number


@pytest.mark.parametrize("name", NOISE)
def test_chance_is_not_found_more_often_than_stated(name: str) -> None:
    first, reports = secrets.randbelow(10**9), 8
    any_found = [seed for seed in range(first, first + reports) if found(NOISE[name], seed)]
    assert len(any_found) <= most_by_chance(reports, STATED), any_found


@pytest.mark.slow
@pytest.mark.parametrize("name", NOISE)
def test_chance_is_not_found_more_often_than_stated_in_many_worlds(name: str) -> None:
    first, reports = secrets.randbelow(10**9), 300
    any_found = [seed for seed in range(first, first + reports) if found(NOISE[name], seed)]
    assert len(any_found) <= most_by_chance(reports, STATED), any_found


EVENING = Shop(posts=240, period=QUARTER, effects={lambda post: post.slot == "evening": 2.2})
LAUNCH = Shop(posts=240, period=QUARTER, effects={lambda post: post.kind == "launch": 0.4})


@pytest.mark.parametrize(
    ("shop", "dimension", "label", "finding"),
    [
        (EVENING, "slot", "evening", Finding.BETTER),
        (LAUNCH, "kind", "launch", Finding.WORSE),
    ],
)
def test_what_is_planted_is_found_as_what_it_is(
    shop: Shop, dimension: str, label: str, finding: Finding
) -> None:
    first, reports, truth = secrets.randbelow(10**9), 8, next(iter(shop.effects.values()))
    seen, held = 0, 0
    for seed in range(first, first + reports):
        report = report_of(shop.material(seed))
        group = next(g for g in report.groups if (g.dimension, g.label) == (dimension, label))
        seen += group.comparison.finding is finding
        ratio = group.comparison.ratio
        held += ratio is not None and ratio.low <= truth <= ratio.high
    assert seen >= 7, first
    assert held >= 4, first  # each holds the truth 19 times of 20: fewer once in 25,000


def test_a_group_of_seven_posts_is_never_judged() -> None:
    def is_late(post: MeasuredPost) -> bool:
        return post.slot == "evening"

    material = Shop(posts=200, effects={is_late: 50}).material(1)
    late = [post for post in material.posts if is_late(post)][:7]
    early = [post for post in material.posts if not is_late(post)]
    report = report_of(replace(material, posts=(*early, *late)))
    group = next(group for group in report.groups if group.label == "evening")
    assert group.comparison.finding is Finding.TOO_FEW
    assert group.comparison.ratio is None


def test_no_post_stands_out_of_posts_that_are_all_alike() -> None:
    first, reports = secrets.randbelow(10**9), 20
    alike = Shop(scatter=0)
    made = [
        (seed, report_of(alike.material(seed)).standouts) for seed in range(first, first + reports)
    ]
    some = [seed for seed, each in made if each.best or each.worst]
    assert len(some) <= most_by_chance(reports, STATED), some


def test_a_post_that_did_much_better_than_all_others_is_the_best() -> None:
    material = Shop(scatter=0, effects={lambda post: post.id.endswith("017"): 6}).material(5)
    best = report_of(material).standouts.best
    assert [each.post.id[-3:] for each in best] == ["017"]
