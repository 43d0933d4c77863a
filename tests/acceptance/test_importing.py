"""Exports of X and of shops are imported once, whatever overlaps, and nothing that is personal."""

import pytest

from runner.cli.commands.import_file import import_file
from runner.cli.commands.report import AskedReport, report
from runner.cli.measurements import all_imported
from runner.cli.opened_project import inputs_of, open_project
from runner.measure.imports import ExportKind
from runner.measure.numbers import DecimalMark
from runner.problems import BadFiles, BadUsage, LedgerUnusable
from tests.acceptance.clones import cloned, git
from tests.acceptance.conftest import PROJECT

ORDERS = """\
Order number,Email,Order date,Order total,Currency,UTM campaign,UTM content
501,anna@example.com,2027-03-01,119.80,EUR,winter-lois,announce
502,ilze@example.com,2027-03-02,59.90,EUR,winter-lois,announce
503,juris@example.com,2027-03-02,59.90,EUR,summer,tip
504,liga@example.com,2027-03-02,59.90,EUR,,
"""


def imported(desktop, text: str, kind: ExportKind = ExportKind.ORDERS) -> tuple[int, str]:
    (desktop.root / "export.csv").write_text(text)
    outside = desktop.outside()
    code = import_file(outside, kind, desktop.root / "export.csv")
    return code, outside.out.getvalue() + outside.talk.getvalue()


def kept(desktop):
    context = desktop.outside()
    return all_imported(context, inputs_of(open_project(context), context).project)


def files(desktop):
    return [each for each in (desktop.root / ".runner").rglob("0*") if each.is_file()]


def test_orders_of_our_campaigns_are_kept_by_day_and_post_and_no_others(desktop):
    code, text = imported(desktop, ORDERS)
    assert code == 0
    assert "export.csv: 2 orders of 2 days imported." in text
    assert "1 line left out: no link of a campaign has led there." in text
    assert "Left out, as there are no such campaigns: `summer`." in text
    assert "Kept in .runner/ledger-imports/orders." in text
    assert [(each.post, each.orders) for each in kept(desktop).orders] == [("announce", 1)] * 2
    (file,) = files(desktop)
    assert b"example.com" not in file.read_bytes()


def test_beside_a_ledger_on_branches_it_is_pushed_and_says_where_to(desktop, tmp_path):
    text = PROJECT.replace("store: files", "store: git")
    desktop.write("runner.yaml", text)
    cloned(desktop, tmp_path / "posts.git")
    assert "Kept on the branch runner-imports/orders of the remote." in imported(desktop, ORDERS)[1]
    assert git(tmp_path / "posts.git", "rev-parse", "--verify", "runner-imports/orders")
    assert sum(each.orders for each in kept(desktop).orders) == 2


def test_what_was_imported_already_counts_once(desktop):
    imported(desktop, ORDERS)
    more = ORDERS + "505,edite@example.com,2027-03-02,59.90,EUR,winter-lois,announce\n"
    _, text = imported(desktop, more)
    assert "2 orders of 1 day imported." in text
    assert "1 line said nothing new." in text
    assert sum(each.orders for each in kept(desktop).orders) == 3
    assert "export.csv: nothing in it is new." in imported(desktop, ORDERS)[1]
    assert len(files(desktop)) == 2


def test_the_numbers_of_x_are_kept_by_post(desktop):
    export = "Post id,Date,Impressions,New follows\n1895000000000000001,2027-03-01,98,2\n"
    _, text = imported(desktop, export, ExportKind.X_ANALYTICS)
    assert "export.csv: 1 line imported." in text
    assert kept(desktop).posts["1895000000000000001"].follows == 2


def test_days_of_x_are_taken_where_there_is_one_account(desktop):
    days = "Date,Impressions,New follows,Unfollows,Profile visits\n2027-02-27,98,2,1,1204\n"
    assert "1 line imported" in imported(desktop, days, ExportKind.X_ANALYTICS)[1]
    outside = desktop.outside()
    report(outside, AskedReport(since="2027-02-27", until="2027-03-02"))
    told = "by X’s export: 2 followed, 1 unfollowed, 1,204 looked at the profile"
    assert told in outside.out.getvalue()
    two = PROJECT.replace("ledger:", "  tienda: {handle: acme_es, locale: es}\nledger:")
    desktop.write("runner.yaml", two)
    with pytest.raises(BadUsage, match="does not say of which of your accounts these days are"):
        imported(desktop, days, ExportKind.X_ANALYTICS)
    outside = desktop.outside()
    report(outside, AskedReport(since="2027-02-27", until="2027-03-02"))
    assert "by X’s export" not in outside.out.getvalue()


def test_what_is_wrong_is_told_at_its_place_and_names_nobody(desktop):
    spoiled = ORDERS.replace("2027-03-02,59.90,EUR,winter", "soon,a lot,EUR,winter")
    (desktop.root / "export.csv").write_text(spoiled)
    outside = desktop.outside()
    with pytest.raises(BadFiles, match=r"nothing was imported of export.csv"):
        import_file(outside, ExportKind.ORDERS, desktop.root / "export.csv")
    told = outside.talk.getvalue()
    assert "export.csv:3:22" in told
    assert "Order date: no day since X began stands here" in told
    assert "export.csv:3:27" in told
    assert "ilze" not in told
    assert not files(desktop)


def test_a_file_of_another_program_is_refused_and_it_says_what_to_export(desktop):
    (desktop.root / "export.csv").write_text(ORDERS)
    outside = desktop.outside()
    with pytest.raises(BadFiles):
        import_file(outside, ExportKind.X_ANALYTICS, desktop.root / "export.csv")
    assert "no column is called `post id`" in outside.talk.getvalue()
    assert "runner import orders" in outside.talk.getvalue()
    with pytest.raises(BadUsage, match="can't be read"):
        import_file(outside, ExportKind.ORDERS, desktop.root / "gone.csv")


def test_a_file_about_others_alone_says_that_nothing_of_it_was_imported(desktop):
    _, text = imported(desktop, "Date,Campaign,Orders\n2027-03-01,(not set),4\n")
    assert "export.csv: nothing of it was imported." in text
    assert "1 line left out: no link of a campaign has led there." in text
    assert "Kept" not in text


def test_what_of_a_file_could_not_count_is_told(desktop):
    mixed = ORDERS.replace("502,ilze@example.com,2027-03-02", "502,ilze@example.com,2027-03-01")
    mixed = mixed.replace("59.90,EUR,winter", "59.90,USD,winter")
    below = "# Sessions\nDate,Sessions\n2027-03-01,7\n"
    _, text = imported(desktop, mixed + below)
    assert "2 orders of 1 day imported." in text
    assert "On 1 day a campaign has orders in several currencies" in text
    assert "2 lines below left out: they are of another table." in text


def test_a_mark_of_decimals_is_of_orders_alone(desktop):
    (desktop.root / "export.csv").write_text(ORDERS)
    file, mark = desktop.root / "export.csv", DecimalMark.COMMA
    with pytest.raises(BadUsage, match="--decimal is of orders alone"):
        import_file(desktop.outside(), ExportKind.X_ANALYTICS, file, mark=mark)


def test_a_file_of_headings_alone_is_told_as_that(desktop):
    _, text = imported(desktop, "Date,Campaign,Orders\n")
    assert "export.csv: nothing stands below its headings." in text


def test_imports_that_can_not_be_read_are_added_to_no_more(desktop):
    imported(desktop, ORDERS)
    (file,) = files(desktop)
    file.write_bytes(b"{}\n")
    with pytest.raises(LedgerUnusable, match="what was imported of orders can't be read"):
        imported(desktop, ORDERS)
