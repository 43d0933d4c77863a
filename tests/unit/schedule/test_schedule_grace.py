"""Until when something due may still go out."""

from datetime import timedelta

import pytest

from runner.models import CampaignFile
from runner.models.project import Project
from tests.unit.schedule.building import campaign, contest, drawn_up, lasts, launch, project

QUIET = project(rules={"quiet-hours": ["22:00", "07:00"]})


def until(file: CampaignFile, of: Project | None = None) -> str:
    (occurrence,) = drawn_up(file, of).all()
    return f"{occurrence.until:%d %H:%M}"


@pytest.mark.parametrize(
    ("kind", "hours"), [("series", 12), ("curation", 12), ("partner", 6), ("launch", 4)]
)
def test_each_kind_has_its_grace(kind: str, hours: int) -> None:
    more = {"partner": {"partner": "lois"}, "launch": {"product": {"name": "x"}}}.get(kind, {})
    if kind == "launch":
        more["launches"] = "2027-02-01 09:00"
    file = campaign({"hello": {"at": "2026-12-01 10:00"}}, kind=kind, **more)
    (occurrence,) = drawn_up(file).all()
    assert lasts(occurrence) == timedelta(hours=hours)


def test_the_projects_grace_of_a_kind_comes_before_the_default() -> None:
    file = campaign({"hello": {"at": "2026-12-01 10:00"}})
    assert until(file, project(grace={"series": "2h"})) == "01 12:00"


def test_the_campaigns_grace_comes_before_the_projects() -> None:
    file = campaign({"hello": {"at": "2026-12-01 10:00"}}, grace="3h")
    assert until(file, project(grace={"series": "2h"})) == "01 13:00"


def test_grace_ends_at_midnight() -> None:
    assert until(campaign({"hello": {"at": "2026-12-01 18:00"}})) == "02 00:00"
    assert until(campaign({"hello": {"at": "2026-12-01 18:00"}}, grace="9d")) == "02 00:00"


def test_grace_ends_at_midnight_where_the_account_is() -> None:
    (occurrence,) = drawn_up(campaign({"hi": {"at": "2026-12-01 18:00"}}, account="tienda")).all()
    assert f"{occurrence.until:%d %H:%M %z}" == "02 01:00 +0200"


def test_midnight_itself_has_a_whole_day() -> None:
    assert until(campaign({"hello": {"at": "2026-12-01 00:00"}}, grace="9d")) == "02 00:00"


def test_grace_ends_when_quiet_hours_begin() -> None:
    assert until(campaign({"hello": {"at": "2026-12-01 18:00"}}), QUIET) == "01 22:00"


def test_grace_ends_at_the_next_anchor() -> None:
    assert until(contest({"news": {"at": "closes - 2h"}})) == "08 20:00"


def test_an_anchor_at_the_same_moment_ends_nothing() -> None:
    assert until(contest({"news": {"at": "closes"}}, closes="2026-12-08 15:00")) == "08 19:00"


def test_a_whole_day_ends_grace_where_it_begins_and_the_last_where_it_is_over() -> None:
    days = {"starts": "2026-12-02", "ends": "2026-12-04", "account": "tienda", "grace": "5h"}
    # a day begins an hour sooner in the campaign's zone than where the account is
    assert until(campaign({"before": {"at": "2026-12-01 22:00"}}, **days)) == "02 00:00"
    assert until(campaign({"last": {"at": "2026-12-04 22:00"}}, **days)) == "05 00:00"
    assert until(campaign({"during": {"at": "2026-12-03 22:00"}}, **days)) == "04 01:00"


@pytest.mark.parametrize(
    ("moment", "end"),
    [("2026-12-01 21:30", "01 22:30"), ("2026-12-01 23:30", "02 00:30")],
)
def test_grace_lasts_at_least_an_hour(moment: str, end: str) -> None:
    assert until(campaign({"hello": {"at": moment}}), QUIET) == end


def test_grace_lasts_at_least_an_hour_past_an_anchor() -> None:
    assert until(contest({"last-call": {"at": "closes - 10m"}})) == "08 20:50"


def test_a_grace_shorter_than_an_hour_is_what_it_is() -> None:
    assert until(campaign({"hello": {"at": "2026-12-01 10:00"}}, grace="20m")) == "01 10:20"


def test_what_a_post_sets_itself_ends_at_nothing_else() -> None:
    posts = {"news": {"at": "closes - 1h", "grace": "9h"}}
    assert until(contest(posts), QUIET) == "09 04:00"


@pytest.mark.parametrize("fields", [{}, {"grace": "2h"}])
def test_a_post_after_the_draw_waits_seven_days_for_approval(fields: dict) -> None:
    posts = {"winners": {"at": "drawn + 1h"}}
    fields = {**fields, "ends": "2026-12-12"}
    assert until(contest(posts, drawn="2026-12-09 12:00", **fields), QUIET) == "16 13:00"


def test_a_post_after_the_draw_may_have_a_grace_of_its_own() -> None:
    posts = {"winners": {"at": "drawn + 1h", "grace": "1d"}}
    assert until(contest(posts, drawn="2026-12-09 12:00")) == "10 13:00"


def test_the_draw_is_an_anchor_that_ends_the_grace_of_others() -> None:
    assert until(contest({"closed": {"at": "closes"}}, drawn="closes + 2h")) == "08 22:00"


def test_hours_of_grace_pass_whatever_the_clocks_do() -> None:
    file = launch({"now": {"at": "launches"}}, launches="2027-03-28 02:30")
    (occurrence,) = drawn_up(file).all()
    assert lasts(occurrence) == timedelta(hours=4)
    assert f"{occurrence.until:%H:%M}" == "07:30"


def test_midnight_may_be_skipped() -> None:
    beirut = {"timezone": "Asia/Beirut", "account": "beirut", "grace": "9h"}
    accounts = {"beirut": {"handle": "a", "locale": "en", "timezone": "Asia/Beirut"}}
    file = campaign({"hello": {"at": "2027-03-27 20:00"}}, **beirut)
    assert until(file, project(accounts=accounts)) == "28 01:00"


def test_quiet_hours_may_be_skipped() -> None:
    quiet = project(rules={"quiet-hours": ["03:30", "07:00"]})
    file = campaign({"hello": {"at": "2027-03-28 01:00"}}, grace="9h")
    assert until(file, quiet) == "28 04:00"
