"""A guess is only made where what it proposes can be read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runner.models.moment_suggestions import guess
from runner.problems import InvalidValue
from runner.when import parse_clock, parse_date, parse_duration, parse_when


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("01.12.2026 10:00", "`2026-12-01 10:00`"),
        ("1.2.2026 9:05", "`2026-02-01 9:05`"),
        ("13/12/2026 10:00", "`2026-12-13 10:00`"),
        ("12/13/2026 10:00", "`2026-12-13 10:00`"),
        ("01/12/2026 10:00", "`2026-12-01 10:00` or `2026-01-12 10:00`"),
        ("2026/12/01 10:00", "`2026-12-01 10:00`"),
        ("20261201 10:00", "`2026-12-01 10:00`"),
        ("1st Dec 2026 10:00", "`2026-12-01 10:00`"),
        ("December 1st, 2026, 10 am", "`2026-12-01 10:00`"),
        ("2026-12-01 12am", "`2026-12-01 00:00`"),
        ("2026-12-01 12 p.m.", "`2026-12-01 12:00`"),
        ("2026-12-31 24:00", "`2027-01-01 00:00`"),
        ("2026-12-01 10h30", "`2026-12-01 10:30`"),
        ("launches – 7 days at 9.00", "`launches - 7d 09:00`"),
        ("2 weeks before launches", "`launches - 2w`"),
        ("2 hours after opens", "`opens + 2h`"),
        ("offer-ends noon - 1d", "`offer-ends - 1d noon`"),
        ("launches + 0.5d", "`launches + 12h`"),
    ],
)
def test_moments_of_other_habits_are_known(written, meant):
    assert guess(written, parse_when) == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [("45 mins", "`45m`"), ("1h 30m", "`90m`"), ("0.5h", "`30m`"), ("1:30", "`90m`")],
)
def test_durations_of_other_habits_are_known(written, meant):
    assert guess(written, parse_duration) == meant


@pytest.mark.parametrize(
    ("written", "meant"), [("9 pm", "`21:00`"), ("9.30", "`09:30`"), ("9", "`09:00`")]
)
def test_times_of_day_of_other_habits_are_known(written, meant):
    assert guess(written, parse_clock) == meant


@pytest.mark.parametrize(
    "written", ["", "soon", "2026-02-30 10:00", "12:30", "launches + 7", "1 month", "x" * 100]
)
def test_what_may_mean_anything_is_not_guessed(written):
    assert guess(written, parse_when) is None


PIECES = st.sampled_from(
    [
        *("2026", "12", "31", "01", "9", "24", "00", "-", "/", ".", ":", ",", "+", " ", "–", "é"),
        *("am", "pm", "h", "d", "days", "launches", "before", "after", "T", "Z", "noon", "Dec"),
    ]
)


@given(st.lists(PIECES, max_size=9).map("".join), st.sampled_from([parse_when, parse_date]))
def test_whatever_is_written_a_guess_can_be_read(text, parse):
    try:
        parse(text)
    except InvalidValue:
        for meant in (guess(text, parse) or "").split("`")[1::2]:
            parse(meant)
