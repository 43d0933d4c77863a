"""What a report takes grows with its posts, and no faster; it is counted, since clocks differ."""

import sys
from collections.abc import Callable
from datetime import timedelta
from types import FrameType

from runner.measure import Counts, MeasuredAccount, Window
from runner.report import AccountNumbers, Finding, Numbers, report_of
from runner.views.report.listing import report_listing
from tests.unit.measure.building import POSTED, measurement, record
from tests.unit.report.building import Shop, material, measured

CALLS = 40
"""Of functions, for one more post in a report."""
CALLS_TO_READ = 40
"""Of functions, for the numbers of one more post, measured in each window."""


def calls_in(work: Callable[[], object]) -> int:
    """How many functions of ours are called for it."""
    called = 0

    def count(frame: FrameType, event: str, argument: object) -> None:
        nonlocal called
        called += event == "call" and "/runner/" in frame.f_code.co_filename

    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(None)
    return called


def calls_to_tell(posts: int) -> int:
    made = Shop(posts=posts).material(1)
    return calls_in(lambda: report_listing(report_of(made)))


def calls_to_read(posts: int) -> int:
    organic = Counts(impressions=90, likes=2)
    hours = [POSTED + timedelta(hours=number) for number in range(posts)]
    found = [measurement(hour, window, organic=organic) for hour in hours for window in Window]
    account = MeasuredAccount([record(*found)])

    def read() -> None:
        numbers = AccountNumbers(account)
        assert all(len(numbers.of([id]).at) == len(Window) for id in account.posts)

    return calls_in(read)


def test_one_more_post_costs_as_much_in_a_large_report_as_in_a_small_one() -> None:
    small, middle, large = (calls_to_tell(posts) for posts in (200, 400, 800))
    assert (middle - small) / 200 <= CALLS
    assert (large - middle) / 400 <= CALLS


def test_the_numbers_of_one_more_post_are_told_at_the_same_cost() -> None:
    small, large = (calls_to_read(posts) for posts in (50, 150))
    assert (large - small) / 100 <= CALLS_TO_READ


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
