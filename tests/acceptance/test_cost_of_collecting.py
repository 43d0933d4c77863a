"""The preview says what collecting will cost, and which way would be cheaper."""

import json

import pytest

from runner.cli.commands.preview import preview
from runner.cli.commands.report import AskedReport, ReportFormat, report
from tests.acceptance.open_contests import collected, contest_by, enter, rewritten


def previewed(shop) -> str:
    outside = shop.outside()
    preview(outside)
    return outside.out.getvalue()


COSTS = {
    ("mention", ""): "$1.00, and $1.80 to look at each once more at the end; "
    "by hashtag or repost $5.00, and $5.00 to look",
    ("reply", ""): "$1.00, and $1.80 to look",
    ("hashtag", ""): "$5.00, and $5.00 to look at each once more at the end; "
    "by mention or reply $1.00, and $1.80",
    ("repost", ""): "$5.00, and $5.00",
    ("mention", "owned: false"): "$5.00, and $5.00 to look at each once more at the end; "
    "$1.00, and $1.80 to look at each once more at the end if the account's user owns the app",
}


@pytest.mark.parametrize(("how", "owned"), COSTS)
def test_a_thousand_entries_have_their_price(desktop, how, owned):
    shop = contest_by(desktop, how)
    shop.clock.set("2027-03-01T09:59+02:00")
    if owned:
        path = shop.root / "runner.yaml"
        path.write_text(path.read_text().replace("locale: en", f"locale: en, {owned}"))
    said = f"Notice: collecting about 1,000 entries of `winter-lois` costs {COSTS[how, owned]}"
    assert said in previewed(shop)


def test_the_number_that_is_expected_counts(desktop):
    shop = contest_by(desktop, "hashtag")
    rewritten(shop, "how: hashtag", "how: hashtag, expected: 12000")
    assert "collecting about 12,000 entries of `winter-lois` costs $60.00" in previewed(shop)


def test_nothing_is_said_of_contests_that_are_drawn_by_hand_or_have_closed(desktop):
    shop = contest_by(desktop, "mention")
    assert "collecting about" in previewed(shop)
    shop.clock.set("2027-03-08T20:00+02:00")
    assert "collecting about" not in previewed(shop)
    shop.clock.set("2027-03-01T10:01+02:00")
    rewritten(shop, "key: ", "vars: ")
    assert "collecting about" not in previewed(shop)


def reading(shop, since: str) -> str:
    """What a report says that reading has cost from this day on."""
    outside = shop.outside()
    report(outside, AskedReport(since=since, format=ReportFormat.JSON))
    return json.loads(outside.out.getvalue())["money"]["reading"]


def test_a_report_counts_what_collecting_has_cost_in_its_days(desktop):
    shop = contest_by(desktop, "mention")
    for handle in ("anna", "karlis", "juris"):
        enter(shop, handle)
    collected(shop)
    shop.clock.set("2027-03-02T10:00+02:00")
    assert (reading(shop, "2027-03-01"), reading(shop, "2027-03-02")) == ("0.003", "0")
