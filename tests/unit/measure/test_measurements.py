"""What a measurement tells of its post, and how all of an account are kept and read."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from runner.measure import Counts, PostTraits, Window, measured_account
from runner.measure.measured_account import MeasuredAccount
from runner.measure.record import as_bytes, read_record
from runner.reading import BadReadings, file_name
from tests.unit.measure.building import POSTED, measurement, post_of, record

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("window", "age", "late"),
    [
        (Window.TWO_DAYS, 48 * HOUR, False),
        (Window.TWO_DAYS, 60 * HOUR, False),
        (Window.TWO_DAYS, 61 * HOUR, True),
        (Window.WEEK, 8 * DAY, False),
        (Window.WEEK, 9 * DAY, True),
        (Window.FOUR_WEEKS, 30 * DAY, False),
    ],
)
def test_a_measurement_is_late_once_it_is_a_quarter_older_than_its_window(window, age, late):
    found = measurement(window=window, after=age)
    assert found.age == age
    assert found.is_late is late


@pytest.mark.parametrize(
    ("public", "organic", "boosted"),
    [
        (2082, 98, True),
        (100, 99, False),
        (3, 2, False),
        (100, 89, True),
        (100, 90, False),
        (0, 0, False),
        (100, None, False),
    ],
)
def test_a_post_is_boosted_where_a_tenth_of_its_reach_is_not_organic(public, organic, boosted):
    found = measurement(public=Counts(impressions=public), organic=Counts(impressions=organic))
    assert found.is_boosted is boosted


def test_without_organic_numbers_nobody_knows_of_a_boost():
    assert not measurement(public=Counts(impressions=9000)).is_boosted


def test_organic_counts_compare_and_public_ones_stand_in_where_x_tells_no_others():
    public = Counts(impressions=2082, likes=9, quotes=2, bookmarks=1)
    organic = Counts(impressions=98, likes=3, link_clicks=4)
    both = Counts(impressions=98, likes=3, link_clicks=4, quotes=2, bookmarks=1)
    assert measurement(public=public, organic=organic).comparable == both
    assert measurement(public=public).comparable == public
    assert measurement(public=None, deleted=True).comparable is None


def test_what_is_kept_reads_back_as_it_was():
    whole = measurement(
        key="shop/denim-tips/tip@2026-11-02.morning",
        part=2,
        root="1",
        answers="7",
        traits=PostTraits(has_media=True, has_link=True, hashtags=2, language="lv"),
        organic=Counts(impressions=98),
        private=Counts(engagements=7),
    )
    kept = record(
        whole,
        measurement(public=None, deleted=True),
        usd=Decimal("0.012"),
        followers=412,
        stretches=[(Window.WEEK, 5, 9)],
    )
    assert read_record(as_bytes(kept)) == kept
    assert b"null" not in as_bytes(kept)


@pytest.mark.parametrize(
    "spoiled",
    [
        b"",
        b"{}\n",
        as_bytes(record(measurement()))[:-1],
        as_bytes(record(measurement())).replace(b'"48h"', b'"47h"'),
        as_bytes(record(measurement())).replace(b'"likes":3', b'"likes":-3'),
        as_bytes(record(measurement())).replace(b'"likes"', b'"loves"'),
        as_bytes(record(measurement(answers="7"))).replace(b'"answers":"7"', b'"answers":""'),
    ],
    ids=["empty", "no head", "cut off", "window", "count", "name", "no id"],
)
def test_what_the_runner_has_not_written_is_not_read(spoiled):
    with pytest.raises(BadReadings):
        read_record(spoiled)


def test_a_missing_record_is_noticed():
    lines = as_bytes(record(measurement()))
    assert measured_account({file_name(1): lines, file_name(2): lines}).count == 2
    with pytest.raises(BadReadings, match="missing"):
        measured_account({file_name(1): lines, file_name(3): lines})


def test_each_post_is_measured_once_at_an_age():
    first, again = measurement(), measurement(after=50 * HOUR)
    week = measurement(window=Window.WEEK)
    account = MeasuredAccount([record(first), record(again, week)])
    assert account.measurements == (first, week)
    assert account.of(week.post, Window.WEEK) == week
    assert account.of(first.post, Window.TWO_DAYS) is first


def test_an_account_tells_its_followers_and_its_costs():
    account = MeasuredAccount(
        [
            record(at=POSTED, usd=Decimal("0.030"), followers=400),
            record(at=POSTED + DAY, usd=Decimal("0.002")),
            record(at=POSTED + 30 * DAY, usd=Decimal("0.010"), followers=412),
        ]
    )
    assert account.followers == {date(2026, 11, 2): 400, date(2026, 12, 2): 412}
    assert account.spent_in_month_of(POSTED) == Decimal("0.032")
    assert account.spent_in_month_of(POSTED + 30 * DAY) == Decimal("0.010")
    assert account.last == POSTED + 30 * DAY


def test_what_is_deleted_is_told():
    gone = measurement(public=None, deleted=True)
    account = MeasuredAccount([record(gone, measurement(POSTED + DAY))])
    assert account.deleted == {post_of(POSTED)}


@pytest.mark.parametrize(
    ("read", "unread"),
    [
        ([], [(10, 50)]),
        ([(0, 10)], [(10, 50)]),
        ([(50, 60)], [(10, 50)]),
        ([(0, 60)], []),
        ([(10, 30)], [(30, 50)]),
        ([(20, 30)], [(30, 50), (10, 20)]),
        ([(20, 30), (25, 40)], [(40, 50), (10, 20)]),
        ([(30, 70), (0, 12)], [(12, 30)]),
    ],
)
def test_what_was_not_read_is_read_next_the_newest_first(read, unread):
    kept = record(stretches=[(Window.WEEK, since, until) for since, until in read])
    account = MeasuredAccount([kept])
    assert list(account.unread(Window.WEEK, 10, 50)) == unread
    assert list(account.unread(Window.TWO_DAYS, 10, 50)) == [(10, 50)]
