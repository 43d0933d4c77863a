"""A report in each of its formats."""

import csv
import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from io import StringIO
from pathlib import Path

import jsonschema
import pytest

from runner.measure import DayOfOrders
from runner.report import ExportedDays, MeasuredPost, Numbers, PeriodReport, orders_of, report_of
from runner.rivals import WeekNumbers
from runner.value import replace
from runner.views.csv import posts_as_csv, rivals_as_csv
from runner.views.html.report import report_as_html
from runner.views.json.report import REPORT, ReportRecord, report_as_json
from runner.views.json.schema import schemas
from runner.views.markdown.bounded import Limit, comment, summary
from runner.views.markdown.report import report_as_markdown
from runner.views.report import number, pace, percent, two_figures
from runner.views.report.listing import report_listing
from runner.views.terminal.report import report_as_text
from tests.unit.report.building import Shop, a_listing, a_report, material, measured, post, rival

GOLDEN = Path(__file__).parents[2] / "golden" / "report"
HOSTILE = "<script>alert(1)</script> @everyone ![x](https://evil.lv/x.png) | `a` \u202e"


def test_a_report_looks_so_in_a_terminal_and_on_github(
    golden: Callable[[Path, str], None],
) -> None:
    listing = a_listing()
    golden(GOLDEN / "report.txt", report_as_text(listing, color=False))
    golden(GOLDEN / "report.md", report_as_markdown(listing, summary("See elsewhere.")))


def test_one_post_a_day_is_told_as_one() -> None:
    assert [pace(each) for each in (1 / 30, 0.5, 1, 2.96)] == [
        "0.03 posts a day",
        "0.5 posts a day",
        "1 post a day",
        "3.0 posts a day",
    ]


def test_figures_are_two_at_every_size_but_whole_where_they_are_large() -> None:
    shares = (0.314, 0.0996, 0.0234, 0.00997, 0.0025)
    assert [percent(each) for each in shares] == ["31 %", "10 %", "2.3 %", "1.0 %", "0.25 %"]
    assert [number(each) for each in (1_204, 9.97, 3.14)] == ["1,204", "10", "3.1"]
    assert [two_figures(each) for each in (0.25, 0.000_004_2)] == ["0.25", "0.0000042"]


def test_what_it_comes_to_fits_on_a_screen_of_twenty_four_lines() -> None:
    first, _, _ = report_as_text(a_listing(), color=False).partition("\nGoals\n")
    assert len(first.splitlines()) <= 24
    assert all(len(line) <= 100 for line in first.splitlines())


def hostile_report() -> PeriodReport:
    """Of posts whose words, and a notice, do all that words can do."""
    posts: list[MeasuredPost] = [
        measured(n, Numbers(impressions=1_000, likes=900 if n == 3 else 1), excerpt=HOSTILE)
        for n in range(12)
    ]
    return report_of(material(*posts, notices=(HOSTILE,)))


def test_nobodys_words_do_anything_in_any_format() -> None:
    listing = report_listing(hostile_report())
    html = report_as_html(listing)
    assert "<script" not in html
    assert "evil.lv" in html
    markdown = report_as_markdown(listing, summary("See elsewhere."))
    assert "@everyone" not in markdown
    assert "![x]" not in markdown
    assert "<script" not in markdown.replace("\\<", "")
    for each in (html, markdown, report_as_text(listing, color=False)):
        assert "\u202e" not in each
    assert HOSTILE not in posts_as_csv(hostile_report().posts)


def test_markdown_keeps_what_it_comes_to_and_says_what_is_left_out() -> None:
    limit = Limit(size=4_000, measure=len, rest="see the page.")
    short = report_as_markdown(a_listing(), limit)
    assert len(short) <= 4_000
    assert "Do more of" in short
    assert "more parts left out here:** see the page." in short
    whole = report_as_markdown(a_listing(), comment("see the page."))
    assert "left out here" not in whole


@pytest.mark.thorough
def test_the_json_is_as_its_schema_says() -> None:
    report = a_report()
    written = json.loads("".join(report_as_json(report)))
    jsonschema.validate(written, json.loads(schemas()["report.schema.json"]))
    assert len(written["posts"]) == len(report.posts)
    assert written["posts"][0]["numbers"]["48h"]["impressions"] > 0


def test_the_json_has_all_that_makes_up_the_cost_and_what_the_export_tells() -> None:
    days = ExportedDays(follows=7, unfollows=2, profile_visits=90)
    costs = {"reading": Decimal("0.3"), "answering": Decimal("0.02")}
    made = report_of(material(post(1), exported=days, **costs))
    read = json.loads("".join(report_as_json(made)))
    money = {name: Decimal(read["money"][name]) for name in ("posts", "answers", "reading")}
    assert money["answers"] == Decimal("0.02")
    assert sum(money.values()) == Decimal(read["money"]["spent"])
    assert read["exported"] == {"follows": 7, "unfollows": 2, "profile-visits": 90}


def test_the_json_is_what_its_models_make_of_the_report() -> None:
    many = Shop(posts=1_203).material(5)
    foreign = replace(many.posts[7], excerpt="", slot="nakts 🌙 – Ž", due=many.posts[7].at)
    for made in (a_report(), report_of(replace(many, posts=(foreign, *many.posts)))):
        record = ReportRecord.model_validate(made)
        whole = REPORT.dump_json(record, by_alias=True, indent=2, ensure_ascii=True).decode()
        lines = list(report_as_json(made))
        assert "".join(lines) == f"{whole}\n"
        assert all(each.endswith("\n") for each in lines)


def test_a_spreadsheet_has_a_row_for_each_post_with_its_numbers() -> None:
    report = a_report()
    rows = list(csv.DictReader(StringIO(posts_as_csv(report.posts))))
    assert len(rows) == len(report.posts)
    seen = sum(int(row["impressions-48h"]) for row in rows)
    assert seen == sum(each.early.impressions for each in report.posts if each.early)
    assert {row["impressions-28d"] for row in rows} == {""}
    told = Numbers(impressions=9, shares=4, follows=0)
    (row,) = csv.DictReader(StringIO(posts_as_csv((replace(post(), newest=told),))))
    assert (row["shares"], row["follows"], row["impressions-48h"]) == ("4", "0", "")


@pytest.mark.parametrize("number", [0, 1, 5])
def test_few_posts_are_told_as_too_few_to_tell(number: int) -> None:
    posts = [measured(n, Numbers(impressions=100, likes=n)) for n in range(number)]
    text = report_as_text(report_listing(report_of(material(*posts))), color=False)
    assert "Do more of  not enough posts to tell" in text
    assert "better" not in text


def test_a_post_of_which_nobody_took_notice_is_told_as_measured() -> None:
    ignored, unmeasured = measured(1, Numbers(impressions=0)), post(2)
    texts = [
        report_as_text(report_listing(report_of(material(each))), color=False)
        for each in (ignored, unmeasured)
    ]
    said = "Nobody has answered, shared or liked a post of these days in its first 48 hours."
    assert [said in text for text in texts] == [True, False]
    assert ["has been measured at 48 hours." in text for text in texts] == [False, True]


def test_where_nothing_is_known_no_plot_is_drawn() -> None:
    assert "<svg" not in report_as_html(report_listing(report_of(material(post()))))
    assert "<svg" in report_as_html(a_listing())


def test_the_page_is_the_same_byte_for_byte() -> None:
    assert report_as_html(a_listing()) == report_as_html(a_listing())


def test_the_cost_of_one_click_is_not_told_where_there_are_none() -> None:
    post = measured(1, Numbers(impressions=100, clicks=0))
    report = report_of(material(replace(post, newest=Numbers(impressions=100, clicks=0))))
    text = report_as_text(report_listing(report), color=False)
    assert "0 clicks\n" in text


def test_what_nobody_has_measured_is_told_and_counts_as_unknown_and_not_as_nothing() -> None:
    numbers = Numbers(impressions=100, likes=2)
    known = replace(measured(1, numbers), newest=numbers)
    told = {n: comes_to(*[known][:n], post(2), post(3)) for n in (0, 1)}
    line = "2 of them without numbers: reposts, posts younger than 48 hours, or never measured"
    assert all(line in text for text in told.values())
    assert "engagement" not in told[0]
    assert "2 engagements, " in told[1]
    assert "without numbers" not in comes_to(known)
    weeks = report_listing(report_of(material(post(2)))).sections[-3]
    assert weeks.title == "Week by week"
    assert weeks.table
    assert {row[2:4] for row in weeks.table.rows} == {("–", "–")}


def comes_to(*posts: MeasuredPost, **given: object) -> str:
    """What stands above the tables."""
    report = report_of(material(*posts, **given))
    return "".join(f"{line}\n" for each in report_listing(report).headlines for line in each.lines)


def test_weeks_of_rivals_are_a_table_with_ours_below_each() -> None:
    rows = list(csv.DictReader(StringIO(rivals_as_csv(a_report().rivals))))
    assert [row["who"] for row in rows] == ["otherjeans", "shop"] * 3
    theirs, ours = rows[:2]
    assert (theirs["week"], theirs["posts"], theirs["replies"]) == ("2026-06-01", "17", "2")
    assert (ours["ours"], ours["week"], ours["replies"], ours["videos"]) == (
        "yes",
        "2026-06-01",
        "",
        "",
    )
    assert theirs["best"].startswith("https://x.com/i/status/2150000000000000001 ")


def test_what_a_large_share_of_followers_does_is_told_in_figures_that_people_read() -> None:
    week = WeekNumbers(days=7, followers=40, originals=12, engagements={12_000: 12})
    report = report_of(material(rivals=(rival(week),)))
    assert "12,000              300,000" in report_as_text(report_listing(report), color=False)
    (row, _) = csv.DictReader(StringIO(rivals_as_csv(report.rivals)))
    assert (row["engagement"], row["per-thousand-followers"]) == ("12000", "300000")


def test_an_account_is_like_no_other_however_few_posts_it_has() -> None:
    posts = [
        measured(n, Numbers(impressions=100, likes=n), account="tienda" if n < 3 else "shop")
        for n in range(20)
    ]
    sections = report_listing(report_of(material(*posts))).sections
    (table,) = (each.table for each in sections if each.title == "By account")
    assert table is not None
    assert [row[-1] for row in table.rows] == ["nothing like it"] * 2


@pytest.mark.parametrize(("languages", "is_told"), [("lv es", True), ("lv lv", False)])
def test_where_each_account_has_its_language_that_is_told(languages: str, is_told: bool) -> None:
    posts = [
        measured(n, Numbers(impressions=100, likes=n), account=account, language=language)
        for n, (account, language) in enumerate(
            zip(("shop", "tienda"), languages.split(), strict=True)
        )
    ]
    text = report_as_text(report_listing(report_of(material(*posts))), color=False)
    assert ("so that this is by language, too" in text) is is_told


def test_names_of_our_posts_lead_to_them() -> None:
    listing, best = a_listing(), a_report().standouts.best[0].post
    html, markdown = report_as_html(listing), report_as_markdown(listing, comment("See."))
    assert f'<a href="{best.url}" rel="noopener noreferrer">' in html
    assert f"[{best.name}]({best.url})" in markdown
    assert posts_as_csv((best,)).splitlines()[1].startswith(f"{best.name},{best.url},shop,")


def test_links_to_the_best_posts_of_rivals_can_be_followed_on_the_page() -> None:
    html = report_as_html(a_listing())
    address = "https://x.com/i/status/2150000000000000001"
    assert f'<a href="{address}" rel="noopener noreferrer">{address}</a>' in html


def test_hashtags_of_rivals_do_nothing_in_any_format() -> None:
    tag = "<script>alert(1)</script>@everyone|`a`\u202e"
    week = WeekNumbers(days=7, originals=9, hashtags={tag: 9})
    listing = report_listing(report_of(material(rivals=(rival(week),))))
    assert "<script" not in report_as_html(listing)
    assert "@everyone" not in report_as_markdown(listing, summary("See elsewhere."))
    assert "\u202e" not in report_as_text(listing, color=False)


def test_what_is_known_and_compared_with_no_others_is_told() -> None:
    numbers = Numbers(impressions=100, likes=2)
    compared = replace(measured(1, numbers), newest=numbers)
    boosted = replace(measured(2, numbers), newest=numbers, is_boosted=True)
    late = replace(post(3), newest=numbers)
    line = "2 of them compared with no others: boosted, or not measured at 48 hours"
    assert line in comes_to(compared, boosted, late, post(4))
    assert "compared with no others" not in comes_to(compared, post(4))


def test_what_orders_brought_is_told_where_an_export_names_no_currency() -> None:
    day = DayOfOrders(day=date(2026, 6, 2), campaign="tips", orders=2, revenue=Decimal("1119.8"))
    euro = replace(day, campaign="slim27", currency="EUR")
    assert "they brought 1,119.80\n" in comes_to(post(), orders=orders_of([day]))
    both = comes_to(post(), orders=orders_of([day, euro]))
    assert "4 orders, $0.0038 each; they brought 1,119.80 and 1,119.80 EUR\n" in both
