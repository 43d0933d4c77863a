"""What a report takes grows with its posts, and no faster; it is counted, since clocks differ."""

import sys
from types import FrameType

from runner.report import Finding, Numbers, report_of
from runner.views.report.listing import report_listing
from tests.unit.report.building import Shop, material, measured

CALLS = 160
"""Of functions, for one more post."""


def calls_of(posts: int) -> int:
    """How many functions of ours are called for a report of so many posts."""
    made, called = Shop(posts=posts).material(1), 0

    def count(frame: FrameType, event: str, argument: object) -> None:
        nonlocal called
        called += event == "call" and "/runner/" in frame.f_code.co_filename

    sys.setprofile(count)
    try:
        report_listing(report_of(made))
    finally:
        sys.setprofile(None)
    return called


def test_one_more_post_costs_as_much_in_a_large_report_as_in_a_small_one() -> None:
    small, middle, large = (calls_of(posts) for posts in (200, 400, 800))
    assert (middle - small) / 200 <= CALLS
    assert (large - middle) / 400 <= CALLS


def test_posts_that_all_did_the_same_differ_in_nothing() -> None:
    same = Numbers(impressions=937, likes=18, replies=3)
    posts = [measured(n, same, has_link=n % 3 == 0, slot=f"slot-{n % 2}") for n in range(40)]
    groups = report_of(material(*posts)).groups
    assert len(groups) > 10
    assert not [
        group.label
        for group in groups
        if group.comparison.finding in (Finding.BETTER, Finding.WORSE)
    ]
