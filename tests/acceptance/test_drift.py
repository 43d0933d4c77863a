"""What people are shown when the files, or X, came to differ from what went out."""

import re
from pathlib import Path

import pytest

from runner.cli.commands.post import post
from runner.cli.commands.post_run import PostOptions
from runner.cli.commands.preview import preview
from runner.cli.commands.preview_formats import PreviewFormat
from runner.cli.commands.status import status

GOLDEN = Path(__file__).parents[1] / "golden" / "drift"
SPRING = """\
kind: series
account: shop
starts: 2027-03-01
ends: 2027-03-20
posts:
  hello: {at: 2027-03-01 10:00, text: "Spring is here. Our new jackets hang in the shop window."}
  fit:
    at: 2027-03-01 10:20
    thread: [First the waist., "Then the leg, which is the hard part.", "Last, the hem."]
  tip:
    every: {days: [mon, thu], slots: [noon]}
    items: [{id: wash, text: Wash denim cold.}, {id: dry, text: Dry it in the shade.}]
"""
BYE = "kind: series\naccount: shop\nposts: {bye: {at: 2027-03-01 11:00, text: Bye}}\n"


def send_first_posts(desktop):
    (desktop.root / "campaigns/winter-lois.yaml").unlink()
    desktop.write("campaigns/spring.yaml", SPRING)
    desktop.write("campaigns/bye.yaml", BYE)
    for moment in ("10:01", "10:21", "11:01", "13:01"):
        desktop.clock.set(f"2027-03-01T{moment}+02:00")
        assert post(desktop.outside(), PostOptions()) == 0
    assert len(desktop.sandbox.timeline()) == 6
    desktop.clock.set("2027-03-02T09:00+02:00")


@pytest.fixture
def out(after):
    """A desktop whose first posts are out: three of a series, one of a small campaign."""
    return after(send_first_posts)


def edit(desktop) -> None:
    """A text, a part of a thread, two times, a slot; and a campaign and an item are removed."""
    changed = (
        SPRING.replace("jackets hang", "coats hang")
        .replace("the hard part", "the easy part")
        .replace("2027-03-01 10:20", "2027-03-01 10:40")
        .replace("{id: wash, text: Wash denim cold.}, ", "")
        .replace("[{id: dry", "[{id: air, text: Air it.}, {id: dry")
    )
    desktop.write("campaigns/spring.yaml", changed)
    (desktop.root / "campaigns/bye.yaml").unlink()


def shown(desktop, command=status, **asked) -> tuple[int, str]:
    outside = desktop.outside()
    code = command(outside, **asked)
    return code, outside.out.getvalue()


def words(text: str) -> str:
    """Without the ids, which are random."""
    return re.sub(r"/status/\d+", "/status/…", text)


def test_nothing_is_said_while_the_files_are_as_they_were(out):
    assert " since: " not in shown(out)[1]
    assert " since: " not in shown(out, preview)[1]


@pytest.mark.parametrize(("name", "command"), [("status.txt", status), ("preview.txt", preview)])
def test_drift_is_shown_and_changes_no_exit_code(out, golden, name, command):
    edit(out)
    code, text = shown(out, command)
    assert code == 0
    golden(GOLDEN / name, words(text))


def test_markdown_says_it_in_the_row_of_the_post(out):
    edit(out)
    code, text = shown(out, preview, format=PreviewFormat.MARKDOWN)
    assert code == 0
    rows = [line for line in text.splitlines() if " since: " in line]
    names = [re.search(r"\[(\S+)\]\(https://x.com", row)[1] for row in rows]
    assert [name.split("/")[-1][:3] for name in names] == ["hel", "fit", "tip", "bye"]
    assert all("=" in row.split("|")[1] for row in rows)
    assert (
        "edited since: text: “…here. Our new jackets hang in the shop…” → “…here. Our new coats"
        in text
    )
    assert "moved since: Mon  1 Mar 2027 10:20 +02:00 → Mon  1 Mar 2027 10:40 +02:00" in text


def test_drift_asks_x_nothing_and_writes_nothing(out):
    edit(out)
    before = out.sandbox.requests()
    ledger = {file: file.read_bytes() for file in out.root.glob(".runner/**/*.json*")}
    shown(out)
    shown(out, preview)
    assert out.sandbox.requests() == before
    assert {file: file.read_bytes() for file in out.root.glob(".runner/**/*.json*")} == ledger


def test_after_the_window_nobody_speaks_of_it_any_more(out):
    edit(out)
    out.clock.set("2027-03-09T09:00+02:00")
    assert "removed since" not in shown(out, preview)[1]
    assert "removed since: there is no campaign `bye`" in shown(out)[1]
    assert "removed since" not in shown(out, days=7)[1]
    out.clock.set("2027-03-16T09:00+02:00")
    assert "removed since" not in shown(out)[1]


def test_a_look_back_over_months_finds_what_was_removed(out):
    edit(out)
    out.clock.set("2027-06-09T09:00+03:00")
    assert "removed since: there is no campaign `bye`" in shown(out, days=120)[1]


def test_a_file_that_can_not_be_read_is_not_taken_for_removed(out):
    out.write("campaigns/bye.yaml", "kind: nonsense\n")
    assert "removed since" not in shown(out)[1]
    assert "removed since" not in shown(out, preview)[1]


def test_a_preview_of_one_campaign_says_nothing_of_the_others(out):
    edit(out)
    text = shown(out, preview, campaigns=("spring",))[1]
    assert "edited since" in text
    assert "removed since" not in text


def test_another_template_is_told_by_what_it_changes(out):
    out.write(
        "campaigns/sale.yaml",
        "kind: launch\naccount: shop\ntitle: Sale\nlaunches: 2027-03-02 10:00\nends: 2027-03-04\n"
        "product: {name: Slim 27, category: jeans}\nposts: {news: {at: launches}}\n",
    )
    out.write("templates/launch/news.j2", "{{ product.name }} is here.\n")
    out.clock.set("2027-03-02T10:01+02:00")
    assert post(out.outside(), PostOptions()) == 0
    out.write("templates/launch/news.j2", "{{ product.name }} has come.\n")
    assert "edited since: text: “Slim 27 is here.” → “Slim 27 has come.”" in shown(out)[1]
