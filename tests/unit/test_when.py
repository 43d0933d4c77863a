"""Moments, durations and times of day, as people write them."""

from collections.abc import Callable
from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runner.problems import InvalidValue
from runner.when import When, parse_clock, parse_date, parse_duration, parse_when

NAMES = st.from_regex(r"[a-z][a-z0-9-]{0,20}", fullmatch=True)
CLOCKS = st.builds(time, st.integers(0, 23), st.integers(0, 59))
OFFSETS = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timedelta(minutes=minutes))
DATES = st.dates(date(1970, 1, 1), date(2199, 12, 31))
PARSERS: tuple[Callable[[str], object], ...] = (parse_when, parse_duration, parse_clock, parse_date)
DAYS = st.integers(-3660, 3660)
TEN_YEARS = 3660 * 24 * 60
"""Minutes."""


@st.composite
def moments(draw: st.DrawFn) -> When:
    base = draw(DATES | NAMES)
    if draw(st.booleans()):
        minutes = draw(st.integers(-TEN_YEARS, TEN_YEARS))
        return When(base=base, elapsed=timedelta(minutes=minutes))
    clock = draw(st.none() | CLOCKS | NAMES)
    offset = draw(st.none() | OFFSETS) if isinstance(clock, time) else None
    return When(base=base, days=draw(DAYS), clock=clock, offset=offset)


@given(moments())
def test_what_is_written_out_is_read_back(when: When) -> None:
    assert parse_when(str(when)) == when


@given(st.text())
def test_any_text_is_a_moment_or_an_error_within_the_text(text: str) -> None:
    for error in (error_of(parse, text) for parse in PARSERS):
        if error:
            assert error.message.text
            assert error.message.help
            assert error.column is not None
            assert 1 <= error.column <= len(text) + 1


def error_of(parse: Callable[[str], object], text: str) -> InvalidValue | None:
    try:
        parse(text)
    except InvalidValue as error:
        return error
    return None


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("2026-12-01", When(base=date(2026, 12, 1))),
        ("2026-12-01 9:05", When(base=date(2026, 12, 1), clock=time(9, 5))),
        ("2026-12-01 morning", When(base=date(2026, 12, 1), clock="morning")),
        ("2026-12-01 00:00", When(base=date(2026, 12, 1), clock=time(0))),
        ("opens", When(base="opens")),
        ("opens + 2h", When(base="opens", elapsed=timedelta(hours=2))),
        ("opens +90m", When(base="opens", elapsed=timedelta(minutes=90))),
        ("opens - 30m", When(base="opens", elapsed=timedelta(minutes=-30))),
        ("closes - 1d 09:00", When(base="closes", days=-1, clock=time(9))),
        ("closes -1 d  09:00", When(base="closes", days=-1, clock=time(9))),
        ("launches + 2w noon", When(base="launches", days=14, clock="noon")),
        ("offer-ends - 1d morning", When(base="offer-ends", days=-1, clock="morning")),
        ("closes + 0d 21:00", When(base="closes", clock=time(21))),
        ("closes + 0001d", When(base="closes", days=1)),
        (
            "2026-10-25 03:30 +03:00",
            When(base=date(2026, 10, 25), clock=time(3, 30), offset=timedelta(hours=3)),
        ),
        (
            "2026-11-01 01:30 -04:30",
            When(base=date(2026, 11, 1), clock=time(1, 30), offset=timedelta(hours=-4.5)),
        ),
        (" 2026-12-01\u00a010:00 ", When(base=date(2026, 12, 1), clock=time(10))),
    ],
)
def test_moments_are_read_as_they_are_meant(text: str, when: When) -> None:
    assert parse_when(text) == when


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("opens + 2w", "opens + 14d"),
        ("opens + 120m", "opens + 2h"),
        ("opens - 90m", "opens - 90m"),
        ("2026-12-01 9:05", "2026-12-01 09:05"),
        ("2026-11-01 01:30 -04:30", "2026-11-01 01:30 -04:30"),
        ("2026-11-01 01:30 -00:30", "2026-11-01 01:30 -00:30"),
    ],
)
def test_moments_are_written_one_way(text: str, shown: str) -> None:
    assert str(parse_when(text)) == shown


@pytest.mark.parametrize(
    ("text", "column", "message", "help"),
    [
        ("", 1, "a moment is missing", "2026-12-01 10:00"),
        ("  ", 1, "a moment is missing", "2026-12-01 10:00"),
        ("10:00", 1, "`10:00` is not a date", "first: `2026-12-01 10:00`"),
        ("01.12.2026 10:00", 1, "`01.12.2026` is not a date", "first: `2026-12-01 10:00`"),
        (" 2026-12-1", 2, "`2026-12-1` is not a date", "first: `2026-12-01 10:00`"),
        ("2026-02-30 10:00", 1, "there is no day `2026-02-30`", "calendar"),
        ("0226-12-01 10:00", 1, "the year of `0226-12-01` is far away", "1970 to 2199"),
        (
            " 2026-12-01T10:00:00Z",
            2,
            "`2026-12-01T10:00:00Z` is written for machines",
            "in the campaign's zone: `2026-12-01 10:00`",
        ),
        ("Opens", 1, "`Opens` is neither a date nor an anchor", "small letters: `opens`"),
        ("opens+2h", 1, "`opens+2h` is neither", "spaces around the +: `opens + 2h`"),
        ("!opens", 1, "`!opens` is neither", "write it as in `2026-12-01 10:00`"),
        ("opens + 2 hours", 11, "`hours` is not a unit of time", "m (minutes), h (hours)"),
        ("opens + 1D", 10, "`D` is not a unit of time", "d (days)"),
        ("opens + 7", 10, "`+ 7` has no unit of time", "`- 7d`"),
        ("opens + 600w", 7, "`600w` is more than ten years", "write less"),
        (f"opens + {'9' * 5000}w", 7, "is more than ten years", "write less"),
        ("opens + 1d + 2h", 12, "`+ 2h` is a second step", "write it as in `2026-12-01 10:00`"),
        ("opens + 2h 09:00", 12, "take no time of day after them", "`opens + 2h`"),
        ("opens + 2h noon", 12, "take no time of day after them", "`opens + 2h`"),
        ("opens 9am", 7, "`9am` is not a time of day", "hours and minutes: `09:00`"),
        ("opens 24:00", 7, "there is no time of day `24:00`", "`00:00` to `23:59`"),
        ("opens 10:60", 7, "there is no time of day `10:60`", "`00:00` to `23:59`"),
        ("opens 10:00:30", 7, "seconds are too fine for a post", "write `10:00`"),
        (
            "opens Noon!",
            7,
            "`Noon!` is neither a time of day nor a slot",
            "as in `2026-12-01 10:00`",
        ),
        ("opens 03:30+03:00", 7, "is not a time of day", "a space between: `03:30 +03:00`"),
        ("opens 03:30 +3:00", 13, "there is no offset `+3:00`", "`+03:00`"),
        ("opens 03:30 +15:00", 13, "there is no offset `+15:00`", "`+03:00`"),
        ("opens morning +03:00", 15, "an offset belongs to a time of day", "03:30 +03:00"),
        ("opens +03:00", 7, "an offset belongs to a time of day", "03:30 +03:00"),
        ("opens 09:00 sharp", 13, "`sharp` is too much in a moment", "as in `2026-12-01 10:00`"),
        ("٢٠٢٦-١٢-٠١", 1, "`٢٠٢٦-١٢-٠١` is not a date", "first: `2026-12-01 10:00`"),
    ],
)
def test_a_malformed_moment_says_what_where_and_what_to_do(
    text: str, column: int, message: str, help: str
) -> None:
    with pytest.raises(InvalidValue) as caught:
        parse_when(text)
    said = caught.value.message
    assert message in said.text
    assert help in str(said.help)
    assert caught.value.column == column
    assert str(caught.value) == said.text


@pytest.mark.parametrize(
    ("text", "duration"),
    [
        ("45m", timedelta(minutes=45)),
        (" 4 h ", timedelta(hours=4)),
        ("30d", timedelta(days=30)),
        ("2w", timedelta(weeks=2)),
        ("1234567m", timedelta(minutes=1_234_567)),
        ("0005270400m", timedelta(days=3660)),
    ],
)
def test_durations_are_a_number_and_a_unit(text: str, duration: timedelta) -> None:
    assert parse_duration(text) == duration


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "`` is not a duration"),
        ("0h", "`0h` is not a duration"),
        ("00m", "`00m` is not a duration"),
        ("1.5h", "`1.5h` is not a duration"),
        ("-4h", "`-4h` is not a duration"),
        ("4", "`4` is not a duration"),
        ("4H", "`4H` is not a duration"),
        ("4 hours", "`4 hours` is not a duration"),
        ("99999w", "`99999w` is more than ten years"),
        ("10000000m", "`10000000m` is more than ten years"),
        ("100000000m", "`100000000m` is more than ten years"),
    ],
)
def test_a_malformed_duration_says_what_to_write(text: str, message: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        parse_duration(text)
    assert caught.value.message.text == message
    assert caught.value.message.help


def test_a_date_alone_has_no_time() -> None:
    with pytest.raises(InvalidValue, match="`2026-12-01 10:00` is not a date"):
        parse_date("2026-12-01 10:00")


def test_a_moment_knows_its_anchor_and_its_slot() -> None:
    assert parse_when("opens - 1d noon").anchor == "opens"
    assert parse_when("opens - 1d noon").slot == "noon"
    assert parse_when("2026-12-01 10:00").anchor is None
    assert parse_when("2026-12-01 10:00").slot is None
