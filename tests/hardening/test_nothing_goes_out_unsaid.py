"""What a preview says of posts that never go out: campaigns and series that lie in the past."""

import json
from datetime import datetime

import pytest

from runner.cli.commands.preview_formats import PreviewFormat
from runner.ledger import Closed, Key, Record, State
from runner.stores.files import FilesLedger
from tests.hardening.pull_requests import FORMATS, NOW, Repository, plain, repository, rows

PROJECT = """\
timezone: Europe/Riga
slots: {morning: 09:00, noon: 13:00}
accounts: {shop: {handle: acme_lv, locale: en}}
ledger: {store: files}
"""
LAUNCH = """\
kind: launch
account: shop
product: {name: Slim}
launches: 2026-02-08 10:00
ends: 2026-02-20
posts:
  teaser: {at: launches - 7d noon, text: Something slim.}
  launch: {at: launches, text: Here it is.}
"""
TIPS = """\
kind: series
account: shop
starts: 2026-11-02
ends: 2027-02-05
posts:
  tip: {every: {days: [mon], slots: [morning]}, items: [{text: One}, {text: Two}, {text: Three}]}
"""
OVER = TIPS.replace("2027-02-05", "2026-12-31")
"""Eleven Mondays until the end of January, four of them to come; nine until the end of the year."""


@pytest.fixture(scope="module")
def one(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    return repository(tmp_path_factory.mktemp("past"), {"runner.yaml": PROJECT})


def record(repository: Repository, *keys: Key, state: State = State.MISSED) -> None:
    """The ledger knows how these ended."""
    at = datetime.fromisoformat(NOW)
    entries = tuple(Closed(key=key, at=at, run="1", state=state, because="late") for key in keys)
    FilesLedger(repository.root / ".runner/no-ledger").record(Record(entries=entries))


@pytest.mark.sampled(1)
@pytest.mark.parametrize("format", rows(FORMATS, always=2))
def test_a6_a_finished_campaign_that_nobody_knows_is_named_without_a_base(pull, format):
    code, shown, _ = pull({"campaigns/next.yaml": LAUNCH}).shown(format, base=None)
    assert code == 0
    said = plain(format, shown)
    assert "campaigns/next.yaml lies 11 months back" in said
    assert "nothing of it goes out (is the year right?)" in said


def test_a6_only_the_newest_are_named_and_the_others_counted(pull):
    files = {
        f"campaigns/old{year}.yaml": LAUNCH.replace("2026", str(year)) for year in range(2017, 2027)
    }
    _, shown, _ = pull(files).shown(PreviewFormat.TEXT, base=None)
    named = [line for line in shown.splitlines() if "lies " in line]
    assert [line.split()[1] for line in named] == [
        f"campaigns/old{year}.yaml" for year in range(2026, 2021, -1)
    ]
    assert "Notice: the ledger knows nothing of 5 older campaigns either" in shown


@pytest.mark.sampled(1)
@pytest.mark.parametrize("base", [None, "main"], ids=["A6-plan", "A6-change"])
def test_a_finished_campaign_that_went_its_way_is_nobody_s_news(pull, base):
    repository = pull({"campaigns/next.yaml": LAUNCH, "campaigns/over.yaml": OVER})
    record(repository, Key("shop", "next", "launch"), last_tip("over"))
    repository.commit()
    _, shown, talk = repository.shown(PreviewFormat.TEXT, base=base and "HEAD")
    assert "lies " not in shown + talk
    assert "tip" not in shown + talk


def test_a6_who_asks_for_a_campaign_by_name_sees_all_of_it(pull):
    _, shown, _ = pull({"campaigns/next.yaml": LAUNCH}).shown(
        PreviewFormat.TEXT, base=None, campaigns=("next",)
    )
    assert "- teaser " in shown
    assert "- launch " in shown
    assert "2 lie in the past and do not go out" in shown


def last_tip(campaign: str) -> Key:
    return Key("shop", campaign, "tip", "2026-12-28.morning")


@pytest.mark.sampled(1)
@pytest.mark.parametrize("base", [None, "main"], ids=["A6-plan", "A6-change"])
def test_a6_all_missed_times_of_a_new_series_are_counted(pull, base):
    code, shown, talk = pull({"campaigns/tips.yaml": TIPS}).shown(PreviewFormat.TEXT, base=base)
    assert code == 0
    assert "12 lie in the past and do not go out" in shown
    assert "warning[past-post]: 11 times of `tip` lie in the past, the first 2 months back" in talk
    first, *others = [line for line in shown.splitlines() if "  - tip@" in line]
    assert "tip@2026-11-02.morning " in first
    folded = 12 - 1 - len(others)
    assert len(others) == (2 if base else 0)
    assert (
        f"and {folded} more of tip {'added ' * bool(base)}until Mon 18 Jan 2027, which lie" in shown
    )
    assert shown.count("  + tip@2027-0") == 2


def test_a6_a_series_of_last_year_is_counted_whole(pull):
    _, shown, talk = pull({"campaigns/tips.yaml": OVER.replace("2026", "2025")}).shown(
        PreviewFormat.TEXT
    )
    assert "9 added; 9 lie in the past and do not go out" in shown
    assert "warning[past-post]: 9 times of `tip` lie in the past, the first 14 months back" in talk


def test_a6_programs_get_each_missed_time(pull):
    _, shown, _ = pull({"campaigns/tips.yaml": TIPS}).shown(PreviewFormat.JSON)
    posts = json.loads(shown)["posts"]
    assert sum(post["over"] for post in posts) == 12
    assert {post["cost-usd"] for post in posts if post["over"]} == {"0"}


def test_a6_a_series_that_lives_is_not_told_of_times_that_a_new_slot_would_have_had(pull):
    repository = pull({"campaigns/tips.yaml": TIPS.replace("[morning]", "[morning, noon]")})
    record(repository, Key("shop", "tips", "tip", "2027-01-18.morning"))
    for base in (None, "main"):
        _, shown, talk = repository.shown(PreviewFormat.TEXT, base=base)
        assert "past-post" not in talk
        assert "2026" not in shown


# --- What needs a person, and what stays missed

WRONG = """\
kind: series
account: shop
posts:
  a: {at: 2027-01-21 10:00, text: "See {{ nobody }} https://acme.lv/a"}
  b: {at: 2027-01-22 10:00, text: Good morning.}
  c: {at: 2027-01-23 10:00, text: "{{ posts.gone.url }}"}
  gone: {at: 2027-01-20 11:00, text: Something., grace: 30m}
"""


@pytest.mark.sampled(2)
@pytest.mark.parametrize("format", rows(FORMATS, always=4))
@pytest.mark.parametrize("base", [None, "main"], ids=["plan", "change"])
def test_a6_what_needs_a_person_is_not_due_not_next_and_costs_nothing(pull, format, base):
    repository = pull({"campaigns/wrong.yaml": WRONG})
    record(repository, Key("shop", "wrong", "gone"))
    code, shown, _ = repository.shown(format, base=base)
    assert code == 1
    said = plain(format, shown)
    if format is PreviewFormat.JSON:
        found = json.loads(shown)
        assert (found["next"], found["cost-usd"]) == ("shop/wrong/b", "0.015")
        assert base is None or found["change"]["cost-after-usd"] == "0.015"
    elif format is PreviewFormat.HTML:
        assert "1 post 0 due now · 1 later · 0 already out" in said.replace("\u00a0", " ")
        assert "wrong on shop, Fri 22 Jan 2027 10:00" in said
        assert "$0.015" in said
        assert "2 posts need a person" in said
    else:
        assert "Next: shop/wrong/b, " in said
        assert "$0.215" not in said.partition("Next:")[0].rpartition("Cost:")[2]
        assert "$0.015 for" in said
        assert "2 of them need a person" in said if base else "1 later" in said
        assert base or "2 posts need a person" in said


ENDED = """\
kind: series
account: shop
posts:
  gone: {at: 2027-01-20 10:00, text: Something., grace: 30m}
  next: {at: 2027-02-20 10:00, text: Something else.}
"""
EDITS = {
    "A7-missed-and-moved": (("2027-01-20 10:00", "2027-02-01 10:00"), State.MISSED, "moved"),
    "A7-missed-and-edited": (("Something.,", "Anything.,"), State.MISSED, "changed"),
    "A7-missed-moved-and-edited": (
        ("2027-01-20 10:00, text: Something.", "2027-02-01 10:00, text: Anything."),
        State.MISSED,
        "moved",
    ),
    "A7-skipped-and-moved": (("2027-01-20 10:00", "2027-02-01 10:00"), State.SKIPPED, "moved"),
}


@pytest.mark.sampled(2)
@pytest.mark.parametrize("name", EDITS)
def test_what_ended_for_good_does_not_look_alive(pull, name):
    (old, new), state, what = EDITS[name]
    repository = pull({"campaigns/ended.yaml": ENDED})
    record(repository, Key("shop", "ended", "gone"), state=state)
    repository.commit()
    repository.edit({"campaigns/ended.yaml": ENDED.replace(old, new)})
    code, shown, talk = repository.shown(PreviewFormat.TEXT, base="HEAD")
    is_error = what == "moved" and state is State.MISSED
    assert (code, "error[moved-in-vain]: `gone` was missed" in talk) == (is_error, is_error)
    (row,) = [line for line in shown.splitlines() if line.startswith("  - gone ")]
    assert f"{what}, but it stays {state}: give it a new id" in row
    assert "Next: shop/ended/next" in shown
    if what == "moved":
        plan = repository.shown(PreviewFormat.TEXT, base=None)[1]
        assert "  - gone " in plan
        assert (f"it stays {state}: give it a new id" in plan) == (state is State.MISSED)


def test_a7_an_edited_series_does_not_name_each_time_that_it_missed(pull):
    repository = pull({"campaigns/tips.yaml": TIPS})
    record(repository, Key("shop", "tips", "tip", "2027-01-18.morning"))
    repository.commit()
    repository.edit({"campaigns/tips.yaml": TIPS.replace("text: One", "text: First")})
    shown = repository.shown(PreviewFormat.TEXT, base="HEAD")[1]
    assert "2027-01-18" not in shown
    assert "as before, does not go out: missed: tip" in shown
