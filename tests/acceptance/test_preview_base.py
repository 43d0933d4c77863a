"""What a pull request changes, beside what was planned before it."""

import json
import re
from pathlib import Path

import jsonschema
import pytest

from runner.cli.commands.post import post
from runner.cli.commands.post_run import PostOptions
from runner.cli.commands.preview import preview
from runner.cli.commands.preview_formats import MarkdownLimit, PreviewFormat
from runner.problems import BadUsage
from tests.acceptance.commits import begin, commit, git

pytestmark = pytest.mark.sampled(6)
GOLDEN = Path(__file__).parents[1] / "golden" / "change"
SCHEMA = Path(__file__).parents[2] / "schemas" / "plan.schema.json"
SALE = """\
kind: series
account: shop
starts: 2027-03-01
ends: 2027-03-31
posts:
  opener: {at: 2027-03-01 10:00, text: The winter sale is open.}
  teaser: {at: 2027-03-03 10:00, text: Something warm is coming.}
  offer:
    at: 2027-03-04 10:00
    text: |
      Five pairs of jeans for the price of four.

      Until Sunday, in every shop.
  extra: {at: 2027-03-05 10:00, text: One more thing.}
  tip:
    every: {days: [mon, fri], slots: [morning]}
    items: [{text: Wash cold.}, {text: Dry in the shade.}, {text: Iron never.}]
"""
THANKS = "  thanks: {at: 2027-03-20 18:00, text: Thank you all!}\n"
LETTER = f"  letter: {{at: 2027-03-22 18:00, text: {'A long letter. ' * 20}}}\n"
EDITS = (
    ("is open.", "is open!"),
    ("2027-03-03 10:00", "2027-03-03 12:30"),
    ("Five pairs", "Three pairs"),
    ("  extra: {at: 2027-03-05 10:00, text: One more thing.}\n", ""),
    ("  tip:", f"{THANKS}{LETTER}  tip:"),
)


def begin_sale(desktop):
    (desktop.root / "campaigns/winter-lois.yaml").unlink()
    desktop.write("campaigns/sale.yaml", SALE)
    desktop.write(".gitignore", ".runner/\n")
    begin(desktop.root)
    for moment in ("09:01", "10:01"):
        desktop.clock.set(f"2027-03-01T{moment}+02:00")
        assert post(desktop.outside(), PostOptions()) == 0
    desktop.clock.set("2027-03-02T09:00+02:00")


@pytest.fixture
def sale(after):
    """A campaign on `main`, whose first post is out; the day after, on another branch."""
    return after(begin_sale)


def edited(desktop, *edits: tuple[str, str]) -> None:
    text = (desktop.root / "campaigns/sale.yaml").read_text()
    for old, new in edits:
        assert old in text
        text = text.replace(old, new)
    desktop.write("campaigns/sale.yaml", text)


def shown(desktop, base: str = "main", **asked) -> str:
    outside = desktop.outside()
    preview(outside, base=base, **asked)
    return re.sub(r"status/\d+", "status/1", outside.out.getvalue())


def rows(desktop, **asked) -> dict[str, str]:
    """Name → sign and what happens."""
    lines = re.findall(
        r"^  (\S) (\S+) .*?(added|changed|moved|removed)", shown(desktop, **asked), re.M
    )
    return {name: f"{sign} {what}" for sign, name, what in lines}


@pytest.mark.parametrize("format", [PreviewFormat.TEXT, PreviewFormat.MARKDOWN])
def test_a_pull_request_shows_what_it_changes(sale, golden, format):
    edited(sale, *EDITS)
    golden(GOLDEN / f"edits.{format}.txt", shown(sale, format=format))


def test_the_same_edit_is_shown_the_same_every_time(sale):
    edited(sale, *EDITS)
    assert shown(sale) == shown(sale)


def test_each_kind_of_change_has_its_sign(sale):
    edited(sale, *EDITS)
    assert rows(sale) == {
        "opener": "= changed",
        "teaser": "> moved",
        "offer": "~ changed",
        "extra": "- removed",
        "thanks": "+ added",
        "letter": "! added",
    }


def test_a_program_gets_the_change_with_old_and_new_for_each_field(sale):
    edited(sale, *EDITS)
    read = json.loads(shown(sale, format=PreviewFormat.JSON))
    jsonschema.Draft7Validator(json.loads(SCHEMA.read_text())).validate(read)
    found = {each["key"].removeprefix("shop/sale/"): each for each in read["change"]["changes"]}
    assert {name: each["kind"] for name, each in found.items()} == {
        "opener": "changed",
        "teaser": "moved",
        "offer": "changed",
        "extra": "removed",
        "thanks": "added",
        "letter": "added",
    }
    assert [name for name, each in found.items() if each["out"]] == ["opener"]
    assert [name for name, each in found.items() if each["asks"]] == ["letter"]
    moved = found["teaser"]
    assert (moved["was-due"], moved["due"]) == (
        "2027-03-03T10:00:00+02:00",
        "2027-03-03T12:30:00+02:00",
    )
    (said,) = found["offer"]["fields"]
    assert (said["name"], said["part"]) == ("text", 0)
    assert said["old"].startswith("Five pairs of jeans")
    assert said["new"].startswith("Three pairs of jeans")
    (gone,) = found["extra"]["fields"]
    assert (gone["old"], gone["new"], found["extra"]["due"]) == ("One more thing.", None, None)
    (new,) = found["thanks"]["fields"]
    assert (new["old"], new["new"]) == (None, "Thank you all!")


def test_a_program_is_told_of_a_renamed_campaign(sale):
    file = sale.root / "campaigns/sale.yaml"
    file.rename(file.with_name("winter.yaml"))
    change = json.loads(shown(sale, format=PreviewFormat.JSON))["change"]
    assert change["renamed"] == {"winter": "sale"}
    assert change["same"] > 0


def test_the_page_shows_what_changes(sale):
    edited(sale, *EDITS)
    page = shown(sale, format=PreviewFormat.HTML)
    assert "<dt>This change</dt>" in page
    assert '<del dir="auto">Five pairs' in page
    assert "No longer planned" in page


def test_a_calendar_has_no_room_for_a_change(sale):
    with pytest.raises(BadUsage, match="not what changes"):
        shown(sale, format=PreviewFormat.ICS)


def test_without_an_edit_nothing_changes(sale):
    said = shown(sale)
    assert "Change: no post changes." in said
    assert rows(sale) == {}


def test_what_main_got_since_is_not_taken_for_an_edit(sale):
    commit(sale.root)
    git(sale.root, "switch", "--quiet", "main")
    edited(sale, ("Iron never.", "Iron cold."))
    commit(sale.root)
    git(sale.root, "switch", "--quiet", "edit")
    assert rows(sale) == {}


def test_a_renamed_campaign_is_no_new_one(sale):
    file = sale.root / "campaigns/sale.yaml"
    file.rename(file.with_name("winter.yaml"))
    said = shown(sale)
    assert "campaigns/winter.yaml (was campaigns/sale.yaml)" in said
    assert "1 campaign renamed" in said
    assert "write `id: sale` in campaigns/winter.yaml" in said
    assert not {"+", "-"} & {each[0] for each in rows(sale).values()}


def test_a_page_tells_of_a_renamed_campaign_as_a_terminal_does(sale):
    (sale.root / "campaigns/sale.yaml").rename(sale.root / "campaigns/winter.yaml")
    notice = "campaigns/winter.yaml (was campaigns/sale.yaml): renamed, and so another campaign"
    page = shown(sale, format=PreviewFormat.HTML)
    assert notice in page
    assert "write `id: sale` in campaigns/winter.yaml" in page


def test_another_campaign_is_no_renamed_one(sale):
    (sale.root / "campaigns/sale.yaml").unlink()
    other = "kind: series\naccount: shop\nposts: {hello: {at: 2027-04-01 10:00, text: Hello}}\n"
    sale.write("campaigns/spring.yaml", other)
    said = rows(sale)
    assert said["hello"] == "+ added"
    assert said["offer"] == "- removed"
    assert said["opener"] == "= removed"


def test_a_changed_picture_shows_though_its_name_is_the_same(sale):
    picture = Path(__file__).parents[2] / "campaigns/media"
    first, second, *_ = sorted(picture.glob("*.jpg"))
    target = sale.root / "campaigns/jeans.jpg"
    media = "media: [{file: jeans.jpg, alt: A pair of jeans}]}"
    edited(sale, ("text: One more thing.}", f"text: One more thing., {media}"))
    target.write_bytes(first.read_bytes())
    commit(sale.root)
    git(sale.root, "branch", "--force", "main", "edit")
    assert rows(sale) == {}
    target.write_bytes(second.read_bytes())
    edited(sale, ("A pair of jeans", "Two pairs of jeans"))
    said = shown(sale)
    assert "changed: media, alt of campaigns/jeans.jpg" in said
    assert "alt of campaigns/jeans.jpg: A pair of jeans → Two pairs of jeans" in said


def test_one_edit_of_a_rhythm_is_not_shown_for_each_of_its_days(sale):
    edited(sale, ("Dry in the shade.", "Dry in the sun."), ("Wash cold.", "Wash cold!"))
    edited(sale, ("Iron never.", "Iron never!"))
    said = shown(sale)
    assert said.count("changed: text") == 3
    assert re.search(r"and \d more of tip changed until", said)
    assert shown(sale, everything=True).count("changed: text") > 3


def test_one_campaign_alone_can_be_looked_at(sale):
    other = "kind: series\naccount: shop\nposts: {hello: {at: 2027-04-01 10:00, text: Hello}}\n"
    sale.write("campaigns/spring.yaml", other)
    edited(sale, *EDITS)
    assert rows(sale, campaigns=["spring"]) == {"hello": "+ added"}


def test_a_comment_says_where_the_rest_is(sale):
    sale.environ |= {
        "GITHUB_SERVER_URL": "https://github.com",
        "GITHUB_REPOSITORY": "acme/shop",
        "GITHUB_RUN_ID": "7",
    }
    posts = "\n".join(
        f"  p{n}: {{at: 2027-04-{n % 28 + 1:02} {n // 28 + 8:02}:00, text: '{'🧵' * 130}{n}'}}"
        for n in range(300)
    )
    edited(sale, ("  tip:", f"{posts}\n  tip:"), ("2027-03-31", "2027-04-30"))
    said = shown(sale, format=PreviewFormat.MARKDOWN, room=MarkdownLimit.COMMENT)
    assert len(said.encode("utf-16-le")) / 2 < 65_536
    left = int(re.search(r"\*\*(\d+) more posts are left out here:\*\*", said)[1])
    assert "[the summary of the run](https://github.com/acme/shop/actions/runs/7)" in said
    assert len(re.findall(r"^\| `\+`.\*\*p\d+", said, re.M)) + left == 300


@pytest.mark.parametrize("format", [PreviewFormat.TEXT, PreviewFormat.MARKDOWN])
def test_no_line_of_a_text_is_a_command_of_the_workflow(sale, format):
    command = '"One\\n::error::no\\n  ##[group]\\nhere"'
    edited(sale, ("text: One more thing.", f"text: {command}"))
    commit(sale.root)
    git(sale.root, "branch", "--force", "main", "edit")
    edited(sale, ("One\\n", "Two\\n"))
    for said in (shown(sale, format=format), shown(sale, "HEAD~1", format=format)):
        assert "::error::no" in said
        assert not re.search(r"^\s*::|##\[", said, re.M)


def test_what_is_wrong_with_a_post_stands_beside_it_and_in_full_above(sale):
    project = (sale.root / "runner.yaml").read_text()
    rules = 'rules: {min-gap: 10m, quiet-hours: ["22:00", "07:00"]}'
    sale.write("runner.yaml", project.replace("rules: {min-gap: 10m}", rules))
    sale.write(
        "campaigns/night.yaml",
        "kind: series\naccount: shop\nposts:\n  owl: {at: 2027-03-10 23:00, text: Good night.}\n"
        "  lark: {at: 2027-03-03 12:35, text: Good day.}\n",
    )
    edited(sale, ("2027-03-03 10:00", "2027-03-03 12:30"))
    said = shown(sale, format=PreviewFormat.MARKDOWN)
    assert re.search(r"\*\*owl\*\* .*⚠ quiet-hours", said)
    assert re.search(r"\*\*lark\*\* .*⚠ min-gap", said)
    assert "<summary>2 warnings</summary>" in said
    assert "warning[quiet-hours]: `owl` is due at 23:00" in said


def test_a_day_on_which_the_clocks_change_says_so(sale):
    sale.clock.set("2027-03-25T09:00+02:00")
    sale.write(
        "campaigns/dawn.yaml",
        "kind: series\naccount: shop\nslots: {dawn: 03:30}\nstarts: 2027-03-27\nends: 2027-03-29\n"
        "posts:\n"
        "  tip: {every: {slots: [dawn]}, items: [{text: One}, {text: Two}, {text: Three}]}\n",
    )
    said = shown(sale, format=PreviewFormat.MARKDOWN)
    assert re.search(r"tip@.2027-03-28\.dawn.*the clocks go forward over its time", said)


# --- Renamed, edited and moved to another day


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    ("day", "format"),
    [
        ("03-02 12:00", PreviewFormat.TEXT),
        ("03-09 12:00", PreviewFormat.MARKDOWN),
        ("03-09 12:00", PreviewFormat.JSON),
        ("03-01 10:00", PreviewFormat.HTML),
    ],
)
def test_what_is_out_under_the_old_name_of_its_campaign_is_an_error(sale, day, format):
    """A8: `post` alone knows of a day; who compares two commits knows for good."""
    text = (sale.root / "campaigns/sale.yaml").read_text().replace("sale is open", "sale begins")
    text = text.replace("2027-03-01 10:00", f"2027-{day}")
    (sale.root / "campaigns/sale.yaml").unlink()
    sale.write("campaigns/jeans.yaml", text)
    outside = sale.outside()
    assert preview(outside, base="main", format=format) == 1
    said = outside.out.getvalue() + outside.talk.getvalue()
    assert "renamed-post" in outside.talk.getvalue()
    assert "id: sale" in said
    assert "past-post" not in said
    if format is PreviewFormat.TEXT:
        assert re.search(r"! opener .*", said)
        assert "= opener" not in said

    sale.write("campaigns/jeans.yaml", f"id: sale\n{text}")
    outside = sale.outside()
    is_moved = day != "03-01 10:00"
    assert preview(outside, base="main") == is_moved
    assert "= opener" in outside.out.getvalue()
    assert "renamed-post" not in outside.talk.getvalue()
    assert ("moved-in-vain" in outside.talk.getvalue()) is is_moved
