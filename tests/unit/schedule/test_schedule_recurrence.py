"""Posts that recur: which days, which slots, from where to where."""

import pytest

from runner.problems import Place, Suggestion
from runner.schedule import Shift, timetable
from tests.unit.schedule.building import (
    PATH,
    at,
    campaign,
    contest,
    drawn_up,
    due,
    launch,
    problem_of,
    problems_of,
    project,
)

MONTH = {"starts": "2026-12-01", "ends": "2026-12-31"}


def tip(**every: object) -> dict:
    return {"tip": {"every": {"slots": ["morning"], **every}}}


def test_a_rhythm_has_its_days_and_slots_and_exceptions() -> None:
    posts = tip(days=["mon", "wed"], slots=["morning", "evening"], **{"except": ["2026-12-07"]})
    table = drawn_up(campaign(posts, starts="2026-12-02", ends="2026-12-09"))
    assert due(table) == {
        "shop tip@2026-12-02.morning": "2026-12-02 09:00 +0200",
        "shop tip@2026-12-02.evening": "2026-12-02 18:30 +0200",
        "shop tip@2026-12-09.morning": "2026-12-09 09:00 +0200",
        "shop tip@2026-12-09.evening": "2026-12-09 18:30 +0200",
    }


def test_every_day_is_the_rhythm_without_days() -> None:
    assert len(drawn_up(campaign(tip(), **MONTH)).all()) == 31


def test_a_slot_that_stands_twice_comes_once() -> None:
    assert len(drawn_up(campaign(tip(slots=["morning", "morning"]), **MONTH)).all()) == 31


def test_the_window_is_open_at_its_begin_and_closed_at_its_end() -> None:
    table = drawn_up(campaign(tip(), **MONTH))
    keys = [
        each.key.nominal
        for each in table.occurrences(at("2026-12-05 07:00"), at("2026-12-07 07:00"))
    ]
    assert keys == ["2026-12-06.morning", "2026-12-07.morning"]


@pytest.mark.parametrize(
    ("after", "until"),
    [
        ("2026-12-05 07:00", "2026-12-05 07:00"),
        ("2026-12-06 07:00", "2026-12-05 07:00"),
        ("2000-01-01 00:00", "2026-12-01 06:59"),
        ("2026-12-31 07:00", "2200-01-01 00:00"),
        ("0001-01-01 00:00", "0001-01-02 00:00"),
        ("9999-12-30 00:00", "9999-12-31 23:59"),
    ],
)
def test_an_empty_window_holds_nothing(after: str, until: str) -> None:
    assert drawn_up(campaign(tip(), **MONTH)).occurrences(at(after), at(until)) == ()


def test_the_widest_window_holds_everything() -> None:
    table = drawn_up(campaign(tip(), **MONTH))
    assert table.occurrences(at("0001-01-01 00:00"), at("9999-12-31 23:59")) == table.all()


def test_each_account_keeps_its_own_dates() -> None:
    table = drawn_up(campaign(tip(), accounts=["shop", "tienda"], **MONTH))
    first = table.all()[:2]
    assert due(first) == {
        "shop tip@2026-12-01.morning": "2026-12-01 09:00 +0200",
        "tienda tip@2026-12-01.morning": "2026-12-01 09:00 +0100",
    }


def test_a_rhythm_begins_at_the_opening_anchor_when_nothing_else_starts_it() -> None:
    posts = tip(slots=["morning", "noon"])
    table = drawn_up(contest(posts, ends="2026-12-02"))
    assert list(due(table)) == [
        "shop tip@2026-12-01.noon",
        "shop tip@2026-12-02.morning",
        "shop tip@2026-12-02.noon",
    ]


def test_starts_comes_before_the_opening_anchor() -> None:
    table = drawn_up(launch(tip(), starts="2027-01-31", ends="2027-02-01"))
    assert list(due(table)) == ["shop tip@2027-01-31.morning", "shop tip@2027-02-01.morning"]


def test_instants_bound_a_rhythm_to_the_minute_and_inclusively() -> None:
    posts = tip(slots=["morning", "noon", "evening"])
    file = campaign(posts, starts="2026-12-01 13:00", ends="2026-12-02 13:00")
    assert list(due(drawn_up(file))) == [
        "shop tip@2026-12-01.noon",
        "shop tip@2026-12-01.evening",
        "shop tip@2026-12-02.morning",
        "shop tip@2026-12-02.noon",
    ]


def test_an_instant_bounds_an_account_in_the_west_on_its_own_day() -> None:
    accounts = {"ny": {"handle": "a", "locale": "en", "timezone": "America/New_York"}}
    file = launch(
        tip(slots=["evening"]), account="ny", launches="2027-02-01 00:30", ends="2027-02-01"
    )
    table = drawn_up(file, project(accounts=accounts))
    assert list(due(table)) == ["ny tip@2027-01-31.evening", "ny tip@2027-02-01.evening"]


def test_a_recurring_time_that_is_skipped_moves_to_the_next_valid_instant() -> None:
    posts = tip(slots=["night"])
    table = drawn_up(
        campaign(posts, slots={"night": "03:30"}, starts="2027-03-27", ends="2027-03-29")
    )
    assert due(table) == {
        "shop tip@2027-03-27.night": "2027-03-27 03:30 +0200",
        "shop tip@2027-03-28.night": "2027-03-28 04:00 +0300",
        "shop tip@2027-03-29.night": "2027-03-29 03:30 +0300",
    }
    assert [each.shift for each in table.all()] == [None, Shift.SKIPPED, None]


def test_a_recurring_time_that_is_repeated_takes_the_first() -> None:
    posts = tip(slots=["night"])
    table = drawn_up(
        campaign(posts, slots={"night": "03:30"}, starts="2026-10-25", ends="2026-10-26")
    )
    assert due(table) == {
        "shop tip@2026-10-25.night": "2026-10-25 03:30 +0300",
        "shop tip@2026-10-26.night": "2026-10-26 03:30 +0200",
    }
    assert [each.shift for each in table.all()] == [Shift.REPEATED, None]


def test_what_is_repeated_sorts_by_the_instant_and_not_by_the_clock() -> None:
    posts = {
        "second": {"at": "2026-10-25 03:10 +02:00"},
        "first": {"at": "2026-10-25 03:50 +03:00"},
    }
    assert list(due(drawn_up(campaign(posts)))) == ["shop first", "shop second"]


def test_a_skipped_day_moves_to_the_instant_after_it_though_it_is_the_last() -> None:
    file = campaign(
        tip(), timezone="Pacific/Apia", account="samoa", starts="2011-12-29", ends="2011-12-30"
    )
    accounts = {"samoa": {"handle": "a", "locale": "en", "timezone": "Pacific/Apia"}}
    assert due(drawn_up(file, project(accounts=accounts))) == {
        "samoa tip@2011-12-29.morning": "2011-12-29 09:00 -1000",
        "samoa tip@2011-12-30.morning": "2011-12-31 00:00 +1400",
    }


# --- What can't be


def test_an_unknown_slot_of_a_rhythm_is_shown_where_it_stands() -> None:
    problem = problem_of(campaign(tip(slots=["morning", "evenin"]), **MONTH))
    assert problem.rule == "unknown-slot"
    assert problem.place == Place(path=PATH, route=("posts", "tip", "every", "slots", 1))
    assert problem.help == str(Suggestion("evening"))


def test_a_rhythm_needs_a_start() -> None:
    problem = problem_of(campaign(tip(), ends="2026-12-31"))
    assert problem.rule == "missing-start"
    assert problem.place.route == ("posts", "tip", "every")
    assert problem.message == "what recurs needs a first day, and the campaign has no `starts`"
    assert problem.help == "add it to the campaign: `starts: 2026-12-01`"


@pytest.mark.parametrize("start", ["2026-01-01", "2026-01-01 10:00"])
def test_a_rhythm_lasts_at_most_366_days(start: str) -> None:
    assert not problems_of(campaign(tip(), starts=start, ends="2027-01-02"))
    file = campaign(tip(), starts=start, ends="2027-01-03")
    problem = problem_of(file)
    assert problem.rule == "too-long-rhythm"
    assert problem.place.route == ("ends",)
    assert problem.message == "`tip` recurs for 367 days; 366 is the most"
    assert problem.help == "end it sooner, and go on in a new file next year"


def test_what_lasts_too_long_is_not_expanded() -> None:
    table, _ = timetable(campaign(tip(), starts="2026-01-01", ends="2199-01-03"), project())
    assert table
    assert table.all() == ()


def test_a_campaign_without_rhythm_may_last_longer() -> None:
    posts = {"hello": {"at": "starts morning"}}
    assert not problems_of(campaign(posts, starts="2026-01-01", ends="2029-01-01"))


def test_a_rhythm_that_never_comes_is_a_problem() -> None:
    problem = problem_of(campaign(tip(days=["sun"]), starts="2026-12-01", ends="2026-12-05"))
    assert problem.rule == "never-due"
    assert problem.place.route == ("posts", "tip", "every")
    assert problem.message == "`tip` never comes between 2026-12-01 and 2026-12-05"
    assert problem.help


def test_a_rhythm_within_a_broken_campaign_is_left_out_without_a_word_of_its_own() -> None:
    problem = problem_of(campaign(tip(), starts="begin", ends="2026-12-05"))
    assert (problem.rule, problem.place.route) == ("unknown-anchor", ("starts",))
