"""A picture, a template or a list of items alone: the posts that it changes are shown."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from runner.cli.commands.preview_formats import PreviewFormat
from runner.problems import BadUsage
from tests.hardening.pull_requests import FORMATS, Edits, Repository, plain, repository, rows
from tests.unit.views.building import picture

STANDARD = Path(__file__).parents[2] / "templates/launch/teaser.en.j2"
PROJECT = """\
timezone: Europe/Riga
slots: {morning: 09:00}
accounts: {shop: {handle: acme_lv, locale: en}}
ledger: {store: files}
"""
SALE = """\
kind: series
account: shop
starts: 2027-02-01
ends: 2027-02-03
posts:
  look: {at: 2027-02-08 10:00, text: Look., media: [{file: media/a.png, alt: Blue jeans}]}
  long: {at: 2027-02-09 10:00, template: long}
  plain: {at: 2027-02-10 10:00, text: Plain.}
  tip: {every: {slots: [morning]}, items: data/tips.yaml}
"""
LAUNCH = """\
kind: launch
account: shop
product: {name: Slim}
launches: 2027-03-08 10:00
posts: {teaser: {at: launches - 7d 12:00}}
"""
CONTEST = """\
kind: contest
account: shop
prize: jeans
opens: 2027-04-01 10:00
closes: 2027-04-08 20:00
entry: {how: mention}
posts: {winners: {at: drawn + 1h, template: won, media: [{file: media/b.png, alt: Jeans}]}}
"""
LONG = '{% import "parts.j2" as parts %}{{ parts.greet("you") }}'
FILES: Edits = {
    "runner.yaml": PROJECT,
    "campaigns/sale.yaml": SALE,
    "campaigns/draw.yaml": CONTEST,
    "campaigns/media/a.png": picture(40, 30),
    "campaigns/media/b.png": picture(44, 30),
    "campaigns/data/tips.yaml": "- One tip.\n- Two tips.\n- Three tips.\n".replace(
        "- ", "- text: "
    ),
    "templates/long.j2": LONG,
    "templates/parts.j2": "{% macro greet(who) %}Good day, {{ who }}.{% endmacro %}",
    "templates/won.j2": "They won.",
}


@pytest.fixture(scope="module")
def one(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    return repository(tmp_path_factory.mktemp("material"), FILES)


@pytest.fixture(scope="module")
def launch(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    """Of a post that takes its text from a standard template."""
    files = {"runner.yaml": PROJECT, "campaigns/slim.yaml": LAUNCH}
    return repository(tmp_path_factory.mktemp("launch"), files)


ALONE: dict[str, tuple[Edits, str, str, list[str]]] = {
    "P5-picture-of-the-same-name": (
        {"campaigns/media/a.png": picture(80, 30)},
        "campaigns/media/a.png",
        "changed",
        ["sale/look"],
    ),
    "P5-macro-of-a-template": (
        {"templates/parts.j2": "{% macro greet(who) %}Good night, {{ who }}.{% endmacro %}"},
        "templates/parts.j2",
        "changed",
        ["sale/long"],
    ),
    "P5-items": (
        {"campaigns/data/tips.yaml": "- text: One tip.\n- text: 2 tips.\n- text: Three tips.\n"},
        "campaigns/data/tips.yaml",
        "changed",
        ["sale/tip"],
    ),
    "P5-template-of-what-waits": (
        {"templates/won.j2": "All of them won."},
        "templates/won.j2",
        "changed",
        ["draw/winners"],
    ),
    "P5-picture-of-what-waits": (
        {"campaigns/media/b.png": picture(88, 30)},
        "campaigns/media/b.png",
        "changed",
        ["draw/winners"],
    ),
}


@pytest.mark.sampled(1)
@pytest.mark.parametrize("name", rows(ALONE, always=3))
def test_a_file_alone_shows_the_posts_that_it_changes(
    pull: Callable[[Edits], Repository], name: str
) -> None:
    edits, path, fate, posts = ALONE[name]
    change = json.loads(pull(edits).shown(PreviewFormat.JSON)[1])["change"]
    assert change["files"] == [{"path": path, "fate": fate, "posts": posts}]
    changed = {each["key"].partition("@")[0] for each in change["changes"]}
    assert changed == {f"shop/{post}" for post in posts}
    assert all(each["kind"] == "changed" and each["fields"] for each in change["changes"])


@pytest.mark.parametrize("format", rows(FORMATS, always=2))
def test_each_of_them_is_in_every_format(
    pull: Callable[[Edits], Repository], format: PreviewFormat
) -> None:
    edits = {path: text for each, _, _, _ in ALONE.values() for path, text in each.items()}
    shown = plain(format, pull(edits).shown(format)[1])
    for _, path, fate, posts in ALONE.values():
        assert path in shown
        if format is not PreviewFormat.JSON:
            assert f"{path} {fate}: {posts[0]}" in shown
            assert shown.index(f"{path} {fate}") < shown.index("Good night, you.")
    for words in ("Good night, you.", "2 tips.", "changed: media"):
        assert words in shown or format is PreviewFormat.JSON
    assert "All of them won." in shown


@pytest.mark.sampled(1)
@pytest.mark.parametrize("format", rows(FORMATS, always=1))
def test_a_standard_template_that_is_newly_overridden_shows_its_post(
    launch: Repository, format: PreviewFormat
) -> None:
    path = "templates/launch/teaser.en.j2"
    launch.edit({path: STANDARD.read_text(encoding="utf-8")})
    assert "Files of posts" not in launch.shown(PreviewFormat.TEXT)[1]
    launch.edit({path: "Something else is coming."})
    said = plain(format, launch.shown(format)[1])
    assert path in said
    assert "Something else is coming." in said
    if format is not PreviewFormat.JSON:
        assert f"{path} changed: slim/teaser" in said


OTHER: dict[str, tuple[Edits, list[dict[str, object]]]] = {
    "P5-template-deleted-with-its-post": (
        {
            "templates/won.j2": None,
            "campaigns/draw.yaml": CONTEST.replace("template: won", "text: Won"),
        },
        [{"path": "templates/won.j2", "fate": "removed", "posts": ["draw/winners"]}],
    ),
    "P5-template-that-says-the-same": (
        {"templates/long.j2": f"{{# a note #}}{LONG}"},
        [{"path": "templates/long.j2", "fate": "changed", "posts": []}],
    ),
    "A3-picture-of-a-campaign-that-can-not-be-read": (
        {
            "campaigns/media/a.png": picture(80, 30),
            "campaigns/sale.yaml": SALE.replace("kind: series", "kind: series\nknid: a"),
        },
        [{"path": "campaigns/media/a.png", "fate": "changed", "posts": ["sale/look"]}],
    ),
    "A3-picture-that-is-gone-with-it": (
        {
            "campaigns/media/a.png": None,
            "campaigns/sale.yaml": SALE.replace("kind: series", "kind: series\nknid: a"),
        },
        [{"path": "campaigns/media/a.png", "fate": "removed", "posts": ["sale/look"]}],
    ),
    "P5-template-that-nobody-uses": ({"templates/unused.j2": "Nobody."}, []),
    "P5-picture-that-is-new": (
        {
            "campaigns/media/c.png": picture(66, 30),
            "campaigns/sale.yaml": SALE.replace("media/a.png", "media/c.png"),
        },
        [
            {"path": "campaigns/media/c.png", "fate": "added", "posts": ["sale/look"]},
        ],
    ),
}


@pytest.mark.sampled(2)
@pytest.mark.parametrize("name", rows(OTHER, always=1))
def test_what_becomes_of_other_files(pull: Callable[[Edits], Repository], name: str) -> None:
    edits, expected = OTHER[name]
    assert json.loads(pull(edits).shown(PreviewFormat.JSON)[1])["change"]["files"] == expected


@pytest.mark.parametrize("format", rows(FORMATS, always=4))
def test_of_a_campaign_that_can_not_be_read_settings_may_change(
    pull: Callable[[Edits], Repository], format: PreviewFormat
) -> None:
    """A3"""
    broken = SALE.replace("kind: series", "kind: series\nknid: a")
    shown = plain(format, pull({"campaigns/sale.yaml": broken}).shown(format)[1])
    assert "campaigns/sale.yaml can’t be read: its settings" in shown


WRONG: dict[str, Edits] = {
    "P5-too-long": {"campaigns/sale.yaml": SALE.replace("Plain.", "x" * 300)},
    "P5-unreadable-project": {"runner.yaml": "accounts: ["},
    "P5-well": {},
    "P5-template-of-what-waits": {"templates/won.j2": "{{ nobody }}"},
    "P5-unreadable-campaign": {"campaigns/sale.yaml": "posts: ["},
    "P5-picture-that-is-none": {"campaigns/media/a.png": b"no picture"},
    "P5-no-project": {"runner.yaml": None},
    "P5-no-campaigns": {
        "campaigns/sale.yaml": None,
        "campaigns/draw.yaml": None,
    },
    "P5-warning": {"campaigns/sale.yaml": SALE.replace("Plain.", "PLAIN TALK FROM HERE")},
    "P5-another-campaign": {"campaigns/draw.yaml": CONTEST.replace("drawn + 1h", "drawing + 1h")},
}


@pytest.mark.sampled(1)
@pytest.mark.parametrize("name", rows(WRONG, always=1))
def test_preview_and_validate_say_the_same(pull: Callable[[Edits], Repository], name: str) -> None:
    repository = pull(WRONG[name])
    code = repository.validated()
    asked: list[dict[str, object]] = [{"base": "main"}, {"base": None}]
    if "project" not in name and "campaigns" not in name:
        asked += [{"base": "main", "accounts": ["shop"], "campaigns": ["sale"]}]
    for each in asked:
        assert repository.shown(PreviewFormat.TEXT, **each)[0] == code
    for format in (PreviewFormat.MARKDOWN, PreviewFormat.HTML, PreviewFormat.JSON):
        answered, shown, _ = repository.shown(format)
        assert answered == code
        said = plain(format, shown)
        if format is PreviewFormat.JSON:
            severities = [each["severity"] for each in json.loads(shown)["problems"]]
            assert ("error" in severities) is bool(code)
        else:
            assert bool(re.search(r"[1-9] error|error\[", said)) is bool(code)


def test_a_campaign_that_can_not_be_read_is_no_unknown_one(
    pull: Callable[[Edits], Repository],
) -> None:
    repository = pull({"campaigns/sale.yaml": "posts: ["})
    assert repository.shown(PreviewFormat.TEXT, base=None, campaigns=["sale"])[0] == 1
    with pytest.raises(BadUsage, match="there is no campaign `nobody`"):
        repository.shown(PreviewFormat.TEXT, base=None, campaigns=["nobody"])
