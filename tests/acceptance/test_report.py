"""A report over what went out, on a local X, and what was measured of it there."""

import json

import pytest

from runner.cli.commands.import_file import import_file
from runner.cli.commands.measure import measure
from runner.cli.commands.report import AskedReport, CsvTable, ReportFormat, report
from runner.measure.imports import ExportKind
from runner.problems import BadUsage, LedgerUnusable
from tests.acceptance.tips import send_tips


def send_and_measure_tips(desktop):
    send_tips(desktop, "01T09:00", "02T09:07")
    for moment in ("03T09:30", "04T09:30"):
        desktop.clock.set(f"2027-03-{moment}+02:00")
        assert measure(desktop.outside()) == 0


@pytest.fixture
def shop(after):
    """A desktop of which two tips went out, one of them late, and were measured."""
    return after(send_and_measure_tips)


def told(desktop, **asked) -> str:
    outside = desktop.outside()
    assert report(outside, AskedReport(**{"since": "2027-02-01", **asked})) == 0
    return outside.out.getvalue()


def test_a_report_tells_of_what_went_out_and_what_became_of_it(shop):
    text = told(shop)
    assert text.startswith("1 Feb 2027 to 4 Mar 2027\n")
    assert "1 of 2 (50 %) on time" in text
    assert "Do more of  not enough posts to tell" in text
    written = json.loads(told(shop, format=ReportFormat.JSON))
    first, second = written["posts"]
    assert first["key"] == "shop/tips/tip@2027-03-01.morning"
    assert (first["kind"], first["slot"], first["hashtags"]) == ("series", "morning", ["jeans"])
    # a thousand people, after four half-lives and a little more
    assert [each["numbers"]["48h"]["impressions"] for each in (first, second)] == [939, 938]
    assert written["money"]["posts"] == "0.030"
    assert written["money"]["reading"] == "0.022"  # two posts, and on two days the followers


def test_orders_and_shares_that_were_imported_are_told(shop):
    file = shop.root / "export.csv"
    file.write_text(
        "Date,Session campaign,Session manual ad content,Transactions,Total revenue,Currency\n"
        "2027-03-02,tips,tip,2,59.80,EUR\n2027-02-20,tips,tip,1,29.90,EUR\n"
        "2027-01-31,tips,tip,9,9.00,EUR\n"
    )
    assert import_file(shop.outside(), ExportKind.ORDERS, file) == 0
    text = told(shop)
    assert "3 orders, $0.0173 each; they brought 89.70 EUR\n" in text
    assert "0 orders\n" in told(shop, campaigns=("tips",), since="2027-03-03")
    first = json.loads(told(shop, format=ReportFormat.JSON))["posts"][0]
    file.write_text(
        "Post id,Date,Impressions,Shares,New follows\n"
        f'"{first["id"]}","Mon, Mar 1, 2027",1000,4,2\n'
    )
    assert import_file(shop.outside(), ExportKind.X_ANALYTICS, file) == 0
    first, second = json.loads(told(shop, format=ReportFormat.JSON))["posts"]
    assert [each["newest"]["shares"] for each in (first, second)] == [4, None]
    assert first["newest"]["follows"] == 2
    assert "\n            2 follows and 4 shares of 1 post in X’s export\n" in told(shop)


TWO = """\
timezone: Europe/Riga
slots: {morning: 09:00}
accounts:
  shop: {handle: acme_lv, locale: lv}
  tienda: {handle: acme_es, locale: es}
budget: {usd-per-month: 20}
goals: {engagement-rate: 2%, orders: 10, posts-per-day: 3}
rivals: [{handle: otherjeans}]
"""


def money(desktop, **asked) -> dict:
    return json.loads(told(desktop, format=ReportFormat.JSON, **asked))["money"]


def test_orders_count_for_the_accounts_whose_links_led_to_them(shop):
    shop.write("runner.yaml", TWO)
    at = '{at: 2027-04-01 10:00, text: "https://acme.lv"}'
    shop.write(
        "campaigns/both.yaml",
        f"kind: series\naccounts: [shop, tienda]\nposts: {{hello: {at}}}\n",
    )
    file = shop.root / "orders.csv"
    file.write_text("Day,UTM campaign,Orders\n2027-03-02,tips,3\n2027-03-02,both,4\n")
    assert import_file(shop.outside(), ExportKind.ORDERS, file) == 0
    whose = {"all": (), "shop": ("shop",), "tienda": ("tienda",)}
    found = {name: money(shop, accounts=each)["orders"] for name, each in whose.items()}
    assert found == {"all": 7, "shop": 3, "tienda": 0}
    assert money(shop, accounts=("tienda",), campaigns=("tips",))["orders"] == 0
    said = "! orders of both are of shop and tienda together, and are not counted here"
    assert said in told(shop, accounts=("shop",))
    assert "together" not in told(shop)


def test_what_is_read_of_an_account_is_no_cost_of_a_campaign(shop):
    assert money(shop)["reading"] == "0.022"
    assert money(shop, campaigns=("tips",))["reading"] == "0"


def test_goals_of_all_that_is_posted_judge_no_part_of_it(shop):
    shop.write("runner.yaml", TWO)
    for part in ({"accounts": ("shop",)}, {"campaigns": ("tips",)}):
        goals = json.loads(told(shop, format=ReportFormat.JSON, **part))["goals"]
        assert [each["name"] for each in goals] == ["engagement-rate"]
    whole = json.loads(told(shop, format=ReportFormat.JSON, accounts=("shop", "tienda")))
    assert len(whole["goals"]) == 3


def test_a_page_a_table_and_markdown_are_written_where_they_are_asked_for(shop):
    for format in ("html", "csv", "markdown"):
        file = shop.root / f"report.{format}"
        told(shop, format=ReportFormat(format), output=file)
        assert "tip" in file.read_text(encoding="utf-8")


def test_a_table_of_rivals_is_told_to_be_of_csv(shop):
    with pytest.raises(BadUsage, match="rivals are a table of CSV alone"):
        told(shop, table=CsvTable.RIVALS)
    assert told(shop, table=CsvTable.RIVALS, format=ReportFormat.CSV).startswith("who,ours,week")


def test_a_campaign_that_there_is_not_is_told(shop):
    with pytest.raises(BadUsage, match="there is no campaign `tip`") as raised:
        told(shop, campaigns=("tip",))
    assert "`tips`?" in (raised.value.help or "")


def test_days_that_are_none_are_told(shop):
    with pytest.raises(BadUsage, match="is not a date"):
        told(shop, until="yesterday")
    with pytest.raises(BadUsage, match="there is no day from 2027-02-01 to 2027-01-01"):
        told(shop, until="2027-01-01")
    with pytest.raises(BadUsage, match="2027-06-01 is yet to come"):
        told(shop, since="2027-06-01", until="2027-06-30")


def test_days_that_are_yet_to_come_are_no_silence(shop):
    assert told(shop, until="2027-06-30") == told(shop)
    assert told(shop, since=None, until="2027-06-30") == told(shop, since=None)


def test_what_was_measured_and_can_not_be_read_stops_the_report(shop):
    (file,) = shop.root.rglob("000001")
    file.write_bytes(b"nonsense\n")
    with pytest.raises(LedgerUnusable, match="what was measured of `shop` can't be read"):
        told(shop)


def test_without_a_measurement_it_says_what_to_do(desktop):
    text = told(desktop)
    assert "! nothing of shop was measured yet: `runner measure`, or listen.yml" in text


def test_a_month_that_nobody_has_measured_is_told_as_that(after):
    desktop = after(lambda desktop: send_tips(desktop, "01T09:00", "02T09:07"))
    desktop.clock.set("2027-05-10T09:30+02:00")
    assert measure(desktop.outside()) == 0
    text = told(desktop, since="2027-03-01", until="2027-03-31")
    assert "2 of them without numbers: reposts, posts younger than 48 hours, or never" in text
    assert "No post of these days has been measured at 48 hours." in text
    assert "engagements" not in text
