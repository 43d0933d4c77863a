"""Posts that are due once: anchors, slots, zones, and clocks that are changed."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from runner.models import DrawProof
from runner.problems import Place, Severity, Suggestion
from runner.schedule import timetable
from runner.value import replace
from tests.unit.schedule.building import (
    PATH,
    campaign,
    contest,
    drawn_up,
    due,
    launch,
    problem_of,
    problems_of,
    project,
)


def test_a_date_and_time_is_in_the_campaigns_zone() -> None:
    posts = {"hello": {"at": "2026-12-01 10:00"}}
    table = drawn_up(campaign(posts, account="tienda", timezone="America/New_York"))
    assert due(table) == {"tienda hello": "2026-12-01 10:00 -0500"}
    assert table.all()[0].zone == ZoneInfo("America/New_York")


def test_the_campaigns_zone_is_the_projects_unless_it_has_its_own() -> None:
    table = drawn_up(campaign({"hello": {"at": "2026-12-01 10:00"}}, account="tienda"))
    assert due(table) == {"tienda hello": "2026-12-01 10:00 +0200"}


def test_a_slot_is_in_each_accounts_zone_so_accounts_differ() -> None:
    table = drawn_up(launch({"teaser": {"at": "launches - 7d noon"}}, accounts=["tienda", "shop"]))
    assert due(table) == {
        "shop teaser": "2027-01-25 13:00 +0200",
        "tienda teaser": "2027-01-25 13:00 +0100",
    }
    assert [each.zone.key for each in table.all()] == ["Europe/Riga", "Europe/Madrid"]


def test_a_slot_of_an_instant_falls_on_its_day_in_the_campaigns_zone() -> None:
    posts = {"launch": {"at": "launches noon"}}
    table = drawn_up(launch(posts, launches="2027-02-01 00:30", account="tienda"))
    assert due(table) == {"tienda launch": "2027-02-01 13:00 +0100"}


def test_a_campaigns_slots_come_before_the_accounts_before_the_projects() -> None:
    accounts = {
        "shop": {"handle": "a", "locale": "lv", "slots": {"noon": "12:30", "dawn": "06:00"}}
    }
    posts = {name: {"at": f"2026-12-01 {name}"} for name in ("morning", "noon", "dawn")}
    table = drawn_up(campaign(posts, slots={"dawn": "05:00"}), project(accounts=accounts))
    assert due(table) == {
        "shop dawn": "2026-12-01 05:00 +0200",
        "shop morning": "2026-12-01 09:00 +0200",
        "shop noon": "2026-12-01 12:30 +0200",
    }


@pytest.mark.parametrize(
    ("moment", "local"),
    [
        ("opens", "2026-12-01 10:00 +0200"),
        ("opens + 2h", "2026-12-01 12:00 +0200"),
        ("opens - 90m", "2026-12-01 08:30 +0200"),
        ("opens + 1d", "2026-12-02 10:00 +0200"),
        ("opens - 1w", "2026-11-24 10:00 +0200"),
        ("closes - 1d 09:00", "2026-12-07 09:00 +0200"),
        ("closes 00:00", "2026-12-08 00:00 +0200"),
        ("closes + 1d evening", "2026-12-09 18:30 +0200"),
    ],
)
def test_anchors_move_by_elapsed_or_calendar_time(moment: str, local: str) -> None:
    assert due(drawn_up(contest({"news": {"at": moment}}))) == {"shop news": local}


@pytest.mark.parametrize(
    ("moment", "local"),
    [
        ("launches + 1d", "2027-03-28 09:00 +0300"),
        ("launches + 24h", "2027-03-28 10:00 +0300"),
        ("launches + 1440m", "2027-03-28 10:00 +0300"),
    ],
)
def test_a_day_is_a_day_of_the_calendar_and_an_hour_sixty_minutes(moment: str, local: str) -> None:
    file = launch({"news": {"at": moment}}, launches="2027-03-27 09:00")
    assert due(drawn_up(file)) == {"shop news": local}


def test_anchors_may_stand_on_each_other_in_any_order() -> None:
    file = contest(
        {"last": {"at": "offer-ends - 1h"}},
        opens="2026-12-01 10:00",
        closes="opens + 7d 20:00",
        ends="starts + 13d",
        starts="2026-12-01",
        offer={"code": "S", "until": "closes + 1d morning"},
    )
    table = drawn_up(file)
    riga = ZoneInfo("Europe/Riga")
    assert dict(table.anchors) == {
        "starts": date(2026, 12, 1),
        "ends": date(2026, 12, 14),
        "opens": datetime(2026, 12, 1, 10, tzinfo=riga),
        "closes": datetime(2026, 12, 8, 20, tzinfo=riga),
        "offer-ends": datetime(2026, 12, 9, 9, tzinfo=riga),
    }
    assert due(table) == {"shop last": "2026-12-09 08:00 +0200"}


def test_whole_days_give_times_once_they_have_one() -> None:
    posts = {"first": {"at": "starts morning"}, "last": {"at": "ends 20:00"}}
    table = drawn_up(campaign(posts, starts="2026-12-01", ends="2026-12-03"))
    assert due(table) == {
        "shop first": "2026-12-01 09:00 +0200",
        "shop last": "2026-12-03 20:00 +0200",
    }


def test_a_post_without_recurrence_has_no_nominal_date() -> None:
    (occurrence,) = drawn_up(campaign({"hello": {"at": "2026-12-01 10:00"}})).all()
    assert str(occurrence.key) == "shop/slim/hello"
    assert occurrence.post is occurrence.campaign.posts["hello"]


def test_drafts_and_holds_have_their_times_too() -> None:
    posts = {"hello": {"at": "2026-12-01 10:00", "draft": True, "hold": True}}
    assert len(drawn_up(campaign(posts, draft=True)).all()) == 1


# --- What is not known yet


def test_posts_wait_for_the_draw() -> None:
    posts = {
        "winners": {"at": "drawn + 1h"},
        "thanks": {"at": "ends - 1d noon"},
        "tip": {"every": {"slots": ["noon"]}},
        "closed": {"at": "closes"},
    }
    table = drawn_up(contest(posts, ends="drawn + 7d"))
    assert {str(key): each.awaits for key, each in table.waiting.items()} == {
        "shop/slim/winners": "drawn",
        "shop/slim/thanks": "drawn",
        "shop/slim/tip": "drawn",
    }
    assert due(table) == {"shop closed": "2026-12-08 20:00 +0200"}
    assert "drawn" not in table.anchors


def test_once_drawn_they_have_their_times() -> None:
    table = drawn_up(contest({"winners": {"at": "drawn + 1h"}}, drawn="closes + 1d 12:00"))
    assert due(table) == {"shop winners": "2026-12-09 13:00 +0200"}
    assert not table.waiting


def test_a_problem_of_the_draw_stands_in_its_file() -> None:
    problem = problem_of(contest({"winners": {"at": "drawn + 1h"}}, drawn="2026-12-09"))
    assert problem.rule == "missing-time"
    assert problem.place == Place(path="campaigns/results/slim.yaml", route=("drawn",))


# --- What can't be


@pytest.mark.parametrize(
    ("moment", "rule", "message", "help"),
    [
        ("open + 2h", "unknown-anchor", "there is no anchor `open`", str(Suggestion("opens + 2h"))),
        (
            "party",
            "unknown-anchor",
            "there is no anchor `party`",
            "known: `claim-by`, `closes`, `drawn`, `opens`, `redrawn`",
        ),
        ("opens-7d", "unknown-anchor", "no anchor `opens-7d`", str(Suggestion("opens - 7d"))),
        ("noon", "unknown-anchor", "there is no anchor `noon`", "a slot; begin with a date"),
        (
            "opens nooon",
            "unknown-slot",
            "account `shop` has no slot `nooon`",
            str(Suggestion("opens noon")),
        ),
        (
            "opens midnight",
            "unknown-slot",
            "has no slot `midnight`",
            "write `opens 00:00`",
        ),
        (
            "2026-12-01",
            "missing-time",
            "`2026-12-01` is a whole day; its time of day is missing",
            "add it: `2026-12-01 10:00` or `2026-12-01 morning`",
        ),
        (
            "2026-12-01 + 2h",
            "missing-time",
            "`2026-12-01` is a whole day, from which no hours or minutes can be counted",
            "write a time of day: `2026-12-01 10:00`",
        ),
        (
            "2027-03-28 03:30",
            "skipped-time",
            "the clocks of Europe/Riga jump over 2027-03-28 03:30",
            "write `2027-03-28 02:59` or `2027-03-28 04:00`",
        ),
        (
            "2027-03-28 03:30 +02:00",
            "skipped-time",
            "the clocks of Europe/Riga jump over 2027-03-28 03:30",
            "write `2027-03-28 02:59` or `2027-03-28 04:00`",
        ),
        (
            "2026-10-25 03:30",
            "repeated-time",
            "the clocks of Europe/Riga show 2026-10-25 03:30 twice",
            "write `2026-10-25 03:30 +03:00` or `2026-10-25 03:30 +02:00`",
        ),
        (
            "2026-10-25 03:30 +01:00",
            "wrong-offset",
            "Europe/Riga is at +03:00 or +02:00 on 2026-10-25 03:30",
            "write `2026-10-25 04:30`",
        ),
        (
            "2026-07-01 10:00 +02:00",
            "wrong-offset",
            "Europe/Riga is at +03:00 on 2026-07-01 10:00",
            "write `2026-07-01 11:00`",
        ),
    ],
)
def test_a_moment_that_comes_to_nothing_says_why(
    moment: str, rule: str, message: str, help: str
) -> None:
    problem = problem_of(contest({"news": {"at": moment}}))
    assert problem.rule == rule
    assert message in problem.message
    assert help in (problem.help or "")
    assert problem.place == Place(path=PATH, route=("posts", "news", "at"))
    assert problem.severity is Severity.ERROR


@pytest.mark.parametrize(
    ("offset", "local"), [("+03:00", "03:30 +0300"), ("+02:00", "03:30 +0200")]
)
def test_the_offset_says_which_of_two_is_meant(offset: str, local: str) -> None:
    table = drawn_up(campaign({"news": {"at": f"2026-10-25 03:30 {offset}"}}))
    assert due(table) == {"shop news": f"2026-10-25 {local}"}


def test_an_offset_that_fits_is_never_wrong() -> None:
    table = drawn_up(campaign({"news": {"at": "2026-07-01 10:00 +03:00"}}))
    assert due(table) == {"shop news": "2026-07-01 10:00 +0300"}


def test_an_anchor_shown_twice_stays_the_one_that_was_meant() -> None:
    file = launch({"now": {"at": "launches"}}, launches="2026-10-25 03:30 +02:00")
    assert due(drawn_up(file)) == {"shop now": "2026-10-25 03:30 +0200"}


def test_a_day_later_than_the_second_of_two_is_a_day_like_any_other() -> None:
    file = launch({"news": {"at": "launches + 1d"}}, launches="2026-10-25 03:30 +02:00")
    assert due(drawn_up(file)) == {"shop news": "2026-10-26 03:30 +0200"}


def test_a_slot_that_is_skipped_is_corrected_in_the_campaigns_zone() -> None:
    file = campaign(
        {"news": {"at": "2027-03-28 night"}}, account="tienda", slots={"night": "02:30"}
    )
    problem = problem_of(file)
    assert problem.message == "the clocks of Europe/Madrid jump over 2027-03-28 02:30"
    assert problem.help == "write `2027-03-28 02:59` or `2027-03-28 04:00`"


def test_a_slot_that_is_repeated_is_told_apart_in_the_campaigns_zone() -> None:
    posts = {"news": {"at": "2026-10-25 night"}}
    file = campaign(posts, account="tienda", slots={"night": "02:30"}, timezone="UTC")
    problem = problem_of(file)
    assert problem.rule == "repeated-time"
    assert problem.help == "write `2026-10-25 00:30` or `2026-10-25 01:30`"


def test_a_whole_day_that_was_skipped_has_neighbours() -> None:
    problem = problem_of(campaign({"news": {"at": "2011-12-30 10:00"}}, timezone="Pacific/Apia"))
    assert problem.rule == "skipped-time"
    assert problem.help == "write `2011-12-29 23:59` or `2011-12-31 00:00`"


@pytest.mark.parametrize(
    ("name", "help"),
    [
        ("opens", "add it: `2026-12-05 10:00` or `2026-12-05 morning`"),
        ("closes", "write `2026-12-05 23:59` where all of that day counts"),
    ],
)
def test_an_anchor_that_is_an_instant_needs_a_time(name: str, help: str) -> None:
    problem = problem_of(contest({"news": {"at": f"{name} + 1h"}}, **{name: "2026-12-05"}))
    assert problem.rule == "missing-time"
    assert problem.place == Place(path=PATH, route=(name,))
    assert problem.help == help


def test_the_end_of_an_offer_is_an_instant_and_stands_under_the_offer() -> None:
    problem = problem_of(launch({"now": {"at": "launches"}}, offer={"until": "2027-02-08"}))
    assert problem.rule == "missing-time"
    assert problem.place.route == ("offer", "until")


def test_an_instant_can_not_stand_on_a_whole_day_alone() -> None:
    problem = problem_of(
        launch({"now": {"at": "launches"}}, starts="2027-02-01", launches="starts")
    )
    assert problem.message == "`starts` is a whole day; its time of day is missing"
    assert problem.help == "add it: `starts 10:00` or `starts morning`"


def test_anchors_that_wait_for_each_other_are_named_once() -> None:
    posts = {"news": {"at": "opens + 1h"}, "more": {"at": "closes"}}
    problem = problem_of(
        contest(posts, opens="closes - 7d", closes="ends 20:00", ends="opens + 9d")
    )
    assert problem.rule == "anchor-cycle"
    assert problem.place.route == ("ends",)
    assert problem.message == (
        "`ends` → `opens` → `closes` → `ends`: these anchors wait for each other"
    )
    assert problem.help == "give one of them a date"


def test_an_anchor_that_stands_on_itself_is_a_cycle() -> None:
    problem = problem_of(contest({"news": {"at": "opens"}}, opens="opens + 1d"))
    assert problem.message == "`opens` → `opens`: these anchors wait for each other"


def test_a_slot_of_an_anchor_has_to_mean_one_moment_on_all_accounts() -> None:
    posts = {"now": {"at": "launches"}}
    problem = problem_of(launch(posts, accounts=["tienda", "shop"], launches="2027-02-01 morning"))
    assert problem.rule == "ambiguous-slot"
    assert problem.place.route == ("launches",)
    assert problem.message == "`morning` is not the same moment on shop and tienda"
    file = launch(posts, account="tienda", launches="2027-02-01 morning")
    assert due(drawn_up(file)) == {"tienda now": "2027-02-01 10:00 +0200"}


# --- Problems and the rest of the campaign


def test_a_problem_leaves_the_other_posts_in_the_timetable() -> None:
    file = campaign({"bad": {"at": "2026-12-01"}, "good": {"at": "2026-12-02 10:00"}})
    table, problems = timetable(file, project())
    assert [problem.rule for problem in problems] == ["missing-time"]
    assert table
    assert list(due(table)) == ["shop good"]


def test_all_problems_of_a_campaign_come_at_once_and_each_once() -> None:
    file = contest(
        {"a": {"at": "opens"}, "b": {"at": "opened"}, "c": {"at": "closes noooon"}},
        opens="2026-12-01",
        accounts=["shop", "tienda"],
    )
    assert [(p.rule, p.place.route) for p in problems_of(file)] == [
        ("missing-time", ("opens",)),
        ("unknown-anchor", ("posts", "b", "at")),
        ("unknown-slot", ("posts", "c", "at")),
    ]


def test_an_unknown_account_is_named_where_it_stands() -> None:
    file = campaign({"hello": {"at": "2026-12-01 10:00"}}, accounts=["shop", "tiends"])
    table, (problem,) = timetable(file, project())
    assert problem.rule == "unknown-account"
    assert problem.place == Place(path=PATH, route=("accounts", 1))
    assert problem.message == "there is no account `tiends` in runner.yaml"
    assert problem.help == str(Suggestion("tienda"))
    assert table
    assert list(due(table)) == ["shop hello"]


def test_without_a_known_account_there_is_no_timetable() -> None:
    file = campaign({"hello": {"at": "2026-12-01 10:00"}}, account="nobody")
    table, (problem,) = timetable(file, project())
    assert table is None
    assert problem.place.route == ("account",)
    assert problem.help == "known: `shop`, `tienda`"


def test_without_slots_the_help_says_how_to_add_one() -> None:
    problem = problem_of(campaign({"hello": {"at": "2026-12-01 noon"}}), project(slots={}))
    assert problem.help == 'add it under `slots`: noon: "09:00"'
    problem = problem_of(campaign({"hello": {"at": "2026-12-01"}}), project(slots={}))
    assert problem.help == "add it: `2026-12-01 10:00`"


def test_a_series_without_anchors_says_how_a_moment_begins() -> None:
    problem = problem_of(campaign({"hello": {"at": "party"}}))
    assert problem.help == "begin with a date: `2026-12-01 10:00`"


# --- The order of things


@pytest.mark.parametrize(
    ("fields", "rule", "route", "message"),
    [
        (
            {"closes": "2026-12-01 10:00"},
            "closes-before-opens",
            ("closes",),
            "`closes` (2026-12-01 10:00) is not after `opens` (2026-12-01 10:00)",
        ),
        (
            {"starts": "2026-12-01", "ends": "2026-11-30"},
            "ends-before-start",
            ("ends",),
            "`ends` (2026-11-30) is not after `starts` (2026-12-01)",
        ),
        (
            {"ends": "2026-11-30"},
            "ends-before-start",
            ("ends",),
            "`ends` (2026-11-30) is not after `opens` (2026-12-01 10:00)",
        ),
    ],
)
def test_what_ends_before_it_begins_is_a_problem(
    fields: dict, rule: str, route: tuple, message: str
) -> None:
    problem = problem_of(contest({"news": {"at": "opens"}}, **fields))
    assert (problem.rule, problem.place.route, problem.message) == (rule, route, message)
    assert problem.help


def test_a_launch_ends_after_it() -> None:
    problem = problem_of(launch({"now": {"at": "launches"}}, ends="2027-01-31"))
    assert problem.rule == "ends-before-start"
    assert "`launches`" in problem.message


def test_winners_are_drawn_after_the_contest_closed() -> None:
    problem = problem_of(contest({"winners": {"at": "drawn"}}, drawn="closes - 1h"))
    assert problem.rule == "drawn-before-closes"
    assert problem.place.path == "campaigns/results/slim.yaml"


def test_who_has_won_can_claim_after_the_draw() -> None:
    posts = {"winners": {"at": "drawn"}}
    problem = problem_of(contest(posts, drawn="closes + 1d", **{"claim-by": "closes + 1h"}))
    assert problem.rule == "claim-by-before-drawn"


def test_a_draw_that_anyone_can_check_comes_after_its_round() -> None:
    file = contest({"winners": {"at": "drawn"}}, drawn="closes + 1d", draws="closes + 2d")
    assert problems_of(file) == ()
    proof = DrawProof.model_validate(
        {"closing-post": "1", "signature": "0" * 96, "expired": "2027-12-01"}
    )
    assert file.draw
    proven = replace(file, draw=file.draw.model_copy(update={"proof": proof}))
    assert problem_of(proven).rule == "drawn-before-draws"


def test_a_campaign_may_begin_and_end_on_one_day() -> None:
    file = contest({"a": {"at": "opens"}}, starts="2026-12-01", ends="2026-12-01")
    assert problems_of(file) == ()


def test_the_longest_grace_bounds_how_far_a_look_goes_back() -> None:
    posts = {"a": {"at": "opens"}, "b": {"at": "closes", "grace": "3d"}}
    assert drawn_up(contest(posts)).longest_grace == timedelta(days=3)
