"""Lengths of time, as files write them and as people say them."""

from datetime import timedelta

import pytest

from runner.durations import as_written, in_words, roughly, rounded_down
from runner.when import parse_duration

DAY = timedelta(days=1)


@pytest.mark.parametrize("text", ["1m", "45m", "90m", "1h", "36h", "1d", "30d"])
def test_a_duration_is_written_as_it_is_read(text):
    assert as_written(parse_duration(text)) == text


@pytest.mark.parametrize(("text", "written"), [("2w", "14d"), ("24h", "1d"), ("60m", "1h")])
def test_it_is_written_in_the_greatest_unit_that_leaves_nothing_over(text, written):
    assert as_written(parse_duration(text)) == written


@pytest.mark.parametrize(
    ("minutes", "written"),
    [
        (1.9, "1m"),
        (119, "119m"),
        (120, "2h"),
        (179, "2h"),
        (2 * 1_440 - 1, "47h"),
        (2 * 1_440, "2d"),
        (3 * 1_440 - 1, "2d"),
    ],
)
def test_it_is_rounded_down_to_what_is_short_to_write(minutes, written):
    assert as_written(rounded_down(timedelta(minutes=minutes))) == written


def test_without_days_hours_stay_hours():
    assert as_written(DAY, days=False) == "24h"
    assert as_written(timedelta(minutes=90), days=False) == "90m"


def test_nothing_is_no_minute():
    assert as_written(timedelta(0)) == "0m"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "0 seconds"),
        (1, "1 second"),
        (59.9, "59 seconds"),
        (60, "1 minute"),
        (119, "1 minute"),
        (3_600, "1 hour"),
        (22_320, "6 hours 12 minutes"),
        (86_399, "23 hours 59 minutes"),
        (86_400 + 3_599, "1 day"),
        (3 * 86_400 + 4 * 3_600, "3 days 4 hours"),
        (-22_320, "6 hours 12 minutes"),
    ],
)
def test_two_units_at_most_are_said_rounded_down(seconds, words):
    assert in_words(timedelta(seconds=seconds)) == words


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (1, "1 day"),
        (60, "60 days"),
        (61, "2 months"),
        (1_095, "35 months"),
        (1_096, "3 years"),
        (1_500, "4 years"),
    ],
)
def test_what_is_far_away_is_said_in_one_unit(days, words):
    assert roughly(days * DAY) == words
