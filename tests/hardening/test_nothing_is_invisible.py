"""Whatever a person wrote is in the preview with what becomes of it: wrong years, drafts, holds."""

import json
from collections.abc import Callable

import pytest

from runner.cli.commands.preview_formats import PreviewFormat
from tests.hardening.pull_requests import FORMATS, Edits, Repository, plain, repository, rows

PROJECT = """\
timezone: Europe/Riga
slots: {morning: 09:00, noon: 13:00}
accounts: {shop: {handle: acme_lv, locale: en}}
ledger: {store: files}
"""
SLIM = """\
kind: launch
account: shop
product: {name: Slim}
launches: 2027-02-08 10:00
ends: 2027-02-20
posts:
  teaser: {at: launches - 7d noon, text: Something slim.}
  launch: {at: launches, text: Here it is.}
  thanks: {at: 2027-02-19 10:00, text: Thank you all.}
"""
TIPS = """\
kind: series
account: shop
starts: 2027-02-01
ends: 2027-02-05
posts:
  tip: {every: {slots: [morning]}, items: [{text: One}, {text: Two}, {text: Three}]}
"""
OLD = """\
kind: series
account: shop
posts:
  a: {at: 2025-06-01 10:00, text: Long ago.}
  b: {at: 2025-06-02 10:00, text: Longer ago.}
"""
DRAWN = """\
kind: contest
account: shop
prize: three pairs of jeans
opens: 2027-03-01 10:00
closes: 2027-03-08 20:00
entry: {how: reply}
posts:
  announce: {at: opens, text: "Reply, one of you wins three pairs of jeans."}
  winners: {at: drawn + 1h, text: They won., ignore: {link-cost: no link}}
"""


@pytest.fixture(scope="module")
def one(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    files = {"runner.yaml": PROJECT, "campaigns/slim.yaml": SLIM, "campaigns/old.yaml": OLD}
    files |= {"campaigns/tips.yaml": TIPS, "campaigns/drawn.yaml": DRAWN}
    return repository(tmp_path_factory.mktemp("dates"), files)


def slim(*edits: tuple[str, str], path: str = "campaigns/slim.yaml") -> Edits:
    text = SLIM
    for old, new in edits:
        assert old in text
        text = text.replace(old, new)
    return {path: text}


WRONG_YEAR = slim(("posts:", "posts:\n  early: {at: 2026-02-04 10:00, text: Very soon.}"))


@pytest.mark.parametrize("format", rows(FORMATS, always=2))
@pytest.mark.parametrize("base", ["main", None], ids=["A6-change", "A6-plan"])
def test_a_post_of_last_year_is_listed_warned_of_and_counted(
    pull: Callable[[Edits], Repository], format: PreviewFormat, base: str | None
) -> None:
    code, shown, talk = pull(WRONG_YEAR).shown(format, base=base)
    assert code == 0
    assert "warning[past-post]: `early` lies 11 months back, at 2026-02-04 10:00" in talk
    assert "campaigns/slim.yaml:7:15  (posts.early.at)" in talk
    assert "is the year right?" in talk
    if format is PreviewFormat.JSON:
        (post,) = (each for each in json.loads(shown)["posts"] if each["post"] == "early")
        assert (post["symbol"], post["over"]) == ("-", True)
        assert post["because"] == "it lies 11 months back"
        return
    said = plain(format, shown)
    assert "it lies 11 months back" in said
    counted = (
        "1 in the past, not sent" if format is PreviewFormat.HTML else "1 lies in the past and does"
    )
    assert counted in said
    if format is PreviewFormat.TEXT:
        assert "\n  - early " in shown


BECOMES: dict[str, tuple[Edits, tuple[str, ...]]] = {
    "A6-whole-launch-of-last-year": (
        slim(("2027", "2026"), path="campaigns/next.yaml"),
        (
            "- teaser  Sun  1 Feb 2026 13:00 +02:00   added   it lies 11 months back",
            "- launch ",
            "- thanks ",
            "3 added; 3 lie in the past and do not go out",
            "warning[past-post]: all posts of `next` lie in the past",
            "campaigns/next.yaml:4:11\n",
        ),
    ),
    "A6-series-of-last-year": (
        {"campaigns/next.yaml": TIPS.replace("2027", "2026")},
        ("- tip@2026-02-01.morning ", "it lies 11 months back", "5 times of `tip` lie in the past"),
    ),
    "A7-teaser-in-the-past": (
        slim(("2027-02-08 10:00", "2027-01-18 10:00")),
        (
            "- teaser  Mon 11 Jan 2027 13:00 +02:00   moved into the past: will not go out, was ",
            "was Mon  1 Feb 2027 13:00 +02:00",
            "2 moved; 2 lie in the past",
        ),
    ),
    "A6-far-ahead": (
        slim(("2027-02-19", "2029-02-19")),
        ("> thanks ", "warning[distant-post]: `thanks` is due in 24 months", "is the year right?"),
    ),
    "A6-error-in-its-time": (
        slim(("2027-02-19 10:00", "launchs + 1d 10:00")),
        ("! thanks ", "needs a person", "there is no anchor"),
    ),
    "A6-draft": (
        slim(("text: Thank you all.", "text: Thank you all., draft: true")),
        ("~ thanks ", "does not go out: draft", "as before, goes out: teaser, launch"),
    ),
    "A6-draft-of-last-year": (
        slim(("posts:", "posts:\n  idea: {at: 2026-02-04 10:00, text: Hm., draft: true}")),
        ("+ idea ", "   draft"),
    ),
    "A6-hold": (
        slim(("text: Thank you all.", "text: Thank you all., hold: true")),
        ("~ thanks ", "the post is on hold"),
    ),
    "A6-waiting": (
        {"campaigns/drawn.yaml": DRAWN.replace("They won.", "They have won.")},
        ("~ winners ", "waits for `drawn`", "ignores link-cost: no link", "They have won."),
    ),
    "A6-nothing-of-a-changed-file-changes": (
        slim(("product: {name: Slim}", "product: {name: Slim}\ntitle: A launch")),
        ("campaigns/slim.yaml", "as before, goes out: teaser, launch, thanks"),
    ),
    "A6-finished-campaign-that-is-touched": (
        {"campaigns/old.yaml": OLD.replace("kind:", "owner: anna\nkind:")},
        ("campaigns/old.yaml", "as before, does not go out: it lies 19 months back: a, b"),
    ),
    "A6-new-post-with-an-error-in-its-time": (
        slim(("posts:", "posts:\n  new: {at: launchs + 1d 10:00, text: New.}")),
        ("new has no time: there is no anchor",),
    ),
    "A6-unreadable-file": (
        slim(("posts:", "posts: [")),
        ("! teaser ", "! launch ", "! thanks ", "can’t be planned:"),
    ),
    "A6-account-that-is-gone": (
        slim(("account: shop", "account: shopp")),
        ("! teaser ", "there is no account `shopp`"),
    ),
    "A7-within-its-last-days": (
        slim(("2027-02-08 10:00", "2027-01-26 10:00")),
        ("- teaser  Tue 19 Jan 2027 13:00 +02:00   moved into the past: will not go out",),
    ),
    "A7-to-another-year": (
        slim(("2027-02-19", "2026-02-19")),
        ("- thanks  Thu 19 Feb 2026 10:00 +02:00   moved into the past: will not go out",),
    ),
    "A7-into-the-past-of-a-rhythm": (
        {"campaigns/tips.yaml": TIPS.replace("2027-02-0", "2026-02-0")},
        ("- tip@2026-02-01.morning ", "added   ", "- tip@2027-02-01.morning "),
    ),
}


@pytest.mark.sampled(2)
@pytest.mark.parametrize("name", rows(BECOMES, always=7))
def test_every_post_of_a_changed_file_is_shown_with_what_becomes_of_it(
    pull: Callable[[Edits], Repository], name: str
) -> None:
    edits, expected = BECOMES[name]
    _, shown, talk = pull(edits).shown(PreviewFormat.TEXT)
    for each in expected:
        assert each in shown + talk, f"{each}\n\n{talk}{shown}"
    assert "  - teaser  Mon  1 Feb 2027 13:00 +02:00   removed" not in shown


def test_a_post_that_comes_back_from_the_past_has_moved(
    pull: Callable[[Edits], Repository],
) -> None:
    repository = pull({"campaigns/old.yaml": OLD.replace("2025-06-02", "2027-06-02")})
    said = repository.shown(PreviewFormat.TEXT)[1]
    assert "> b  Wed  2 Jun 2027 10:00 +03:00   moved: state, was Mon  2 Jun 2025" in said


def test_finished_campaigns_are_nobody_s_news(pull: Callable[[Edits], Repository]) -> None:
    """Where nothing is compared they are one line, unless the ledger knows them."""
    repository = pull({})
    for base, told in ((None, 1), ("main", 0)):
        code, shown, talk = repository.shown(PreviewFormat.TEXT, base=base)
        assert (shown + talk).count("campaigns/old.yaml") == told
        assert "past-post" not in talk
        assert code == 0


def test_the_page_has_its_own_place_for_what_has_no_time(
    pull: Callable[[Edits], Repository],
) -> None:
    repository = pull({"campaigns/drawn.yaml": DRAWN.replace("They won.", "They have won.")})
    page = repository.shown(PreviewFormat.HTML)[1]
    assert "Without a time" in page
    assert "No longer planned" not in page
