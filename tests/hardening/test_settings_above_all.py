"""What a pull request changes beside words: it stands above all posts, in every format."""

import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from runner.cli.commands.preview import preview
from runner.cli.commands.preview_formats import PreviewFormat
from runner.cli.opened_project import open_project
from runner.models import CampaignFile
from runner.models.project import Project
from runner.plan.settings import ANOTHER_LEDGER, settings
from runner.value import replace
from tests.hardening.pull_requests import (
    FORMATS,
    Edits,
    Repository,
    plain,
    repository,
    rows,
    write,
)

PROJECT = """\
timezone: Europe/Riga
slots: {morning: 09:00, noon: 13:00}
accounts:
  shop: {handle: acme_lv, locale: en}
  tienda: {handle: acme_es, locale: en}
partners:
  lois: {handle: loisjeans, name: Lois, relationship: paid, until: 2027-12-01}
disclosure: {paid: {en: "#ad"}}
budget: {usd-per-month: 20}
ledger: {store: git}
rules: {too-many-hashtags: {at-most: 2}, quiet-hours: ["22:00", "07:00"]}
"""
SALE = """\
kind: series
account: shop
posts:
  opener: {at: 2027-02-01 10:00, text: The winter sale is open.}
  reminder:
    at: 2027-02-04 10:00
    text: The sale goes on.
    ignore: {link-cost: no link is in it}
"""
FIT = """\
kind: partner
account: shop
partner: lois
posts: {fit: {at: 2027-02-02 10:00, text: "@loisjeans fit. #ad"}}
"""
FILES: Edits = {
    "runner.yaml": PROJECT,
    "campaigns/sale.yaml": SALE,
    "campaigns/fit.yaml": FIT,
    "templates/note.j2": "A note",
}


def project(*edits: tuple[str, str]) -> Edits:
    return {"runner.yaml": edited(PROJECT, *edits)}


def sale(*edits: tuple[str, str]) -> Edits:
    return {"campaigns/sale.yaml": edited(SALE, *edits)}


def fit(*edits: tuple[str, str]) -> Edits:
    return {"campaigns/fit.yaml": edited(FIT, *edits)}


def edited(text: str, *edits: tuple[str, str]) -> str:
    for old, new in edits:
        assert old in text
        text = text.replace(old, new)
    return text


@pytest.fixture(scope="module")
def one(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    return repository(tmp_path_factory.mktemp("settings"), FILES)


IN_EACH_FORMAT = project(
    ("20}", "20000}"),
    ("acme_es", "acme_evil"),
    ('en: "#ad"', 'en: "#x"'),
    (", until: 2027-12-01", ""),
    ("loisjeans", "lois_evil"),
    (', quiet-hours: ["22:00", "07:00"]', ""),
    ("{at-most: 2}", "{at-most: 9}"),
    ("Europe/Riga", "Europe/Madrid"),
    ("noon: 13:00", "noon: 03:00"),
    ("store: git", "store: git, branch: elsewhere"),
    ("handle: acme_lv,", "handle: acme_lv, tier: enterprise,"),
) | sale(("text: The winter sale is open.", "text: Open., ignore: {undisclosed-partner: trust me}"))
ROWS = {
    "A3-budget": ("money", "runner.yaml", "budget.usd-per-month", "20", "20000"),
    "A3-tier": ("money", "runner.yaml", "accounts.shop.tier", "pay-per-use", "enterprise"),
    "A3-handle": ("identity", "runner.yaml", "accounts.tienda.handle", "acme_es", "acme_evil"),
    "A3-partner": ("identity", "runner.yaml", "partners.lois.handle", "loisjeans", "lois_evil"),
    "A3-until": ("disclosure", "runner.yaml", "partners.lois.until", "2027-12-01", None),
    "A3-words": ("disclosure", "runner.yaml", "disclosure.paid.en", "#ad", "#x"),
    "A3-ignore": (
        "disclosure",
        "campaigns/sale.yaml",
        "posts.opener.ignore.undisclosed-partner",
        None,
        "trust me",
    ),
    "A3-branch": ("ledger", "runner.yaml", "ledger.branch", "runner-ledgers", "elsewhere"),
    "A3-quiet": ("rules", "runner.yaml", "rules.quiet-hours", "22:00, 07:00", None),
    "A3-rule": ("rules", "runner.yaml", "rules.too-many-hashtags.at-most", "2", "9"),
    "A3-zone": ("time", "runner.yaml", "timezone", "Europe/Riga", "Europe/Madrid"),
    "A3-slot": ("time", "runner.yaml", "slots.noon", "13:00", "03:00"),
}


@pytest.mark.sampled(1)
@pytest.mark.parametrize("format", FORMATS)
def test_every_setting_stands_first_in_every_format(
    pull: Callable[[Edits], Repository], format: PreviewFormat
) -> None:
    shown = pull(IN_EACH_FORMAT).shown(format)[1]
    said, listed = plain(format, shown), list(ROWS.values())
    if format is PreviewFormat.JSON:
        found = json.loads(shown)["change"]["settings"]
        names = ("concern", "path", "key", "old", "new")
        assert sorted(tuple(each[name] for name in names) for each in found) == sorted(
            listed, key=str
        )
        first_post = said.index('"changes"')
    else:
        first_post = said.index("opener")  # of the row of the `ignore`
        assert said.index("Settings") < first_post
    for concern, _path, key, old, new in listed:
        if format is not PreviewFormat.JSON:
            assert key in said, key
            assert said.index(key) < said.index("winter sale is open"), key
            assert all(value or "not set" in said for value in (old, new))
            assert concern in said
    assert first_post < said.index("winter sale is open")


SINGLE: dict[str, tuple[Edits, list[tuple[str, str, str | None, str | None]]]] = {
    "A3-budget-removed": (
        project(("budget: {usd-per-month: 20}\n", "")),
        [("money", "budget.usd-per-month", "20", None)],
    ),
    "A3-ledger-store": (
        project(("store: git", "store: files")),
        [("ledger", "ledger.store", "git", "files")],
    ),
    "A3-links": (
        project(("rules:", "links: {utm: {}}\nrules:")),
        [
            ("other", "links.utm.medium", None, "social"),
            ("other", "links.utm.source", None, "x"),
        ],
    ),
    "A3-hold": (project(("rules:", "hold: true\nrules:")), [("holds", "hold", None, "true")]),
    "A3-account-renamed": (
        project(("  tienda:", "  store:")),
        [
            ("money", "accounts.tienda.tier", "pay-per-use", None),
            ("money", "accounts.store.tier", None, "pay-per-use"),
            ("identity", "accounts.tienda.handle", "acme_es", None),
            ("identity", "accounts.tienda.locale", "en", None),
            ("identity", "accounts.store.handle", None, "acme_es"),
            ("identity", "accounts.store.locale", None, "en"),
        ],
    ),
    "A3-ignore-removed": (
        sale(("    ignore: {link-cost: no link is in it}\n", "")),
        [("money", "posts.reminder.ignore.link-cost", "no link is in it", None)],
    ),
    "A3-ignore-reworded": (
        sale(("no link is in it", "because")),
        [("money", "posts.reminder.ignore.link-cost", "no link is in it", "because")],
    ),
    "A3-ignore-of-a-new-post": (
        sale(
            ("posts:", "posts:\n  new: {at: 2027-02-09 10:00, text: New, ignore: {min-gap: why}}")
        ),
        [("rules", "posts.new.ignore.min-gap", None, "why")],
    ),
    "A3-campaign": (
        sale(
            (
                "account: shop",
                "accounts: [tienda, shop]\nbudget: 5\nhold: true\ngrace: 2h\npromotional: true",
            ),
            ("posts:", "timezone: Europe/Madrid\nposts:"),
        ),
        [
            ("money", "budget", None, "5"),
            ("identity", "accounts", "shop", "shop, tienda"),
            ("disclosure", "promotional", None, "true"),
            ("time", "grace", None, "2h"),
            ("time", "timezone", None, "Europe/Madrid"),
            ("holds", "hold", None, "true"),
        ],
    ),
    "A3-label-of-a-post": (
        fit(('#ad"}', '#ad", paid-partnership: false, promotional: false}')),
        [
            ("disclosure", "posts.fit.paid-partnership", None, "false"),
            ("disclosure", "posts.fit.promotional", None, "false"),
        ],
    ),
    "A3-partner-of-a-new-campaign": (
        {"campaigns/new.yaml": FIT.replace("fit:", "new:").replace("02-02", "03-02")},
        [("disclosure", "partner", None, "lois")],
    ),
}


def side_of(root: Path) -> tuple[Project, dict[str, CampaignFile]]:
    """The settings of a folder, and its campaigns by id."""
    inputs = open_project(Repository(root).outside()).inputs
    assert inputs
    return inputs.project, {each.id: file for each in inputs.dated if (file := each.source())}


def compared(root: Path, edits: Edits) -> list[tuple[str, str, str | None, str | None]]:
    """The settings that differ between two folders."""
    sides = []
    for name, more in (("old", {}), ("new", edits)):
        write(root / name, {**FILES, **more})
        sides.append(side_of(root / name))
    old, new = sides
    return [(each.concern.value, each.key, each.old, each.new) for each in settings(old, new)]


@pytest.mark.sampled(4)
@pytest.mark.parametrize("name", SINGLE)
def test_a_setting_is_told_with_old_and_new(tmp_path: Path, name: str) -> None:
    edits, expected = SINGLE[name]
    assert compared(tmp_path, edits) == expected


SAME = {
    "comments-and-spaces": project(("timezone:", "# why\n\ntimezone:"), (", noon", ",   noon")),
    "keys-in-another-order": project(
        ("budget: {usd-per-month: 20}\n", ""),
        ("timezone:", "budget: {usd-per-month: 20}\ntimezone:"),
    ),
    "quotes": project(("morning: 09:00", 'morning: "09:00"')),
    "the-same-number": project(("usd-per-month: 20}", "usd-per-month: 20.00}")),
    "a-default-written-out": project(("locale: en}\n  t", "locale: en, hold: false}\n  t")),
    "one-account-as-a-list": sale(("account: shop", "accounts: [shop]")),
    "a-post-in-another-place": sale(
        ("posts:", "posts:\n  last: {at: 2027-03-01 10:00, text: Bye.}")
    ),
}


@pytest.mark.sampled(2)
@pytest.mark.parametrize("name", SAME)
def test_what_means_the_same_is_no_change_of_settings(tmp_path: Path, name: str) -> None:
    assert compared(tmp_path, SAME[name]) == []


def test_the_comment_cuts_posts_and_never_the_gravest_setting(
    pull: Callable[[Edits], Repository],
) -> None:
    people = "".join(
        f"  p{n}: {{handle: p{n}, name: '{'|' * 400}', relationship: none}}\n" for n in range(150)
    )
    posts = "".join(
        f"  p{n}: {{at: 2027-04-{n % 28 + 1:02} {n // 28 + 8:02}:00, text: '{'🧵' * 130}{n}'}}\n"
        for n in range(110)
    )
    repository = pull(
        project(("20}", "20000}"), ("partners:\n", f"partners:\n{people}"))
        | sale(("posts:\n", f"posts:\n{posts}"))
        | {f".github/workflows/{'x' * 180}{n}.yml": "x" for n in range(12)}
    )
    shown = repository.shown(PreviewFormat.MARKDOWN)[1]
    assert len(shown.encode("utf-16-le")) / 2 < 65_536
    assert shown.index("| **money** | budget.usd-per-month | 20 | 20000 |") < 12_000
    assert "more settings change (" in shown
    assert "more posts are left out here" in shown


@pytest.mark.slow
def test_a_fork_is_shown_the_settings_above_all_problems(
    pull: Callable[[Edits], Repository],
) -> None:
    long = "".join(
        f"  p{n}: {{at: 2027-04-01 {n // 60:02}:{n % 60:02}, text: '{'x' * 300}{n}'}}\n"
        for n in range(30)
    )
    repository = pull(project(("20}", "20000}")) | sale(("posts:\n", f"posts:\n{long}")))
    outside = replace(repository.outside(), talk=(printed := io.StringIO()), out=printed)
    assert preview(outside, base="main") == 1
    said = printed.getvalue()
    assert said.index("budget.usd-per-month: 20 → 20000") < said.index("error[too-long]")


@pytest.mark.sampled(1)
@pytest.mark.parametrize(
    ("broken", "told"),
    [
        pytest.param("accounts: [", "runner.yaml of main can’t be read", id="A3-base-unreadable"),
        pytest.param(None, "main has no runner.yaml", id="A3-base-without-one"),
    ],
)
def test_a_base_that_can_not_be_read_is_said(tmp_path: Path, broken: str | None, told: str) -> None:
    files = {path: text for path, text in FILES.items() if broken or path != "runner.yaml"}
    made = repository(tmp_path, {**files, **({"runner.yaml": broken} if broken else {})})
    said = made.edit({"runner.yaml": PROJECT}).shown(PreviewFormat.TEXT)[1]
    assert said.startswith(f"Settings\n  {told}, so all counts as added\n")
    assert "budget.usd-per-month: not set → 20" in said


@pytest.mark.sampled(1)
@pytest.mark.parametrize("format", rows(FORMATS, always=2))
@pytest.mark.parametrize("text", [None, "accounts: ["], ids=["A3-deleted", "A3-unreadable"])
def test_a_runner_yaml_that_is_gone_is_shown_in_every_format(
    pull: Callable[[Edits], Repository], format: PreviewFormat, text: str | None
) -> None:
    repository = pull({"runner.yaml": text, ".github/CODEOWNERS": "* @nobody"})
    code, shown, _ = repository.shown(format)
    said = plain(format, shown)
    assert code == repository.validated() == 1
    assert ".github/CODEOWNERS" in said
    assert "runner.yaml can’t be read" in said
    why = "runner.yaml can’t be read" if text else "there is no runner.yaml"
    if format is PreviewFormat.JSON:
        assert json.loads(shown)["unplanned"] == why
        return
    assert f"{why}, so nothing can be told of any post, and nothing goes out" in said
    for false in ("no post changes", "Nothing due", "0 posts due", "no post is planned", "$0.00"):
        assert false not in said


@pytest.mark.parametrize("text", [None, "accounts: ["], ids=["A3-deleted", "A3-unreadable"])
def test_where_there_is_no_runner_yaml_nothing_is_said_to_be_planned(
    pull: Callable[[Edits], Repository], text: str | None
) -> None:
    code, shown, _ = pull({"runner.yaml": text}).shown(PreviewFormat.TEXT, base=None)
    assert code == 1
    assert shown.startswith("Plan: ")
    assert "nothing can be told of any post, and nothing goes out" in shown
    assert "0 posts" not in shown


LEDGERS = {
    "A3-ledger-files": (("store: git", "store: files"), True),
    "A3-ledger-branch": (("store: git", "store: git, branch: elsewhere"), True),
    "A3-ledger-gone": (("ledger: {store: git}\n", ""), True),
    "A3-ledger-folder-of-no-store": (("store: git", "store: git, folder: elsewhere"), False),
    "A3-ledger-as-it-was": (("20}", "21}"), False),
}


@pytest.mark.sampled(1)
@pytest.mark.parametrize("name", LEDGERS)
def test_another_ledger_that_knows_nothing_is_said_beside_its_setting(
    pull: Callable[[Edits], Repository], name: str
) -> None:
    edit, told = LEDGERS[name]
    for format in (
        (PreviewFormat.TEXT, PreviewFormat.JSON)
        if name == "A3-ledger-files"
        else (PreviewFormat.TEXT,)
    ):
        said = plain(format, pull(project(edit)).shown(format)[1])
        assert (ANOTHER_LEDGER in said) is told


UNUSED = {
    "A3-link-that-no-post-uses": ("link", "https://acme.lv/a", "https://evil.example/a"),
    "A3-product-that-no-post-names": ("product.url", "https://acme.lv/p", "https://evil.example"),
    "A3-var-that-no-post-shows": ("vars.code", "ten", "twenty"),
    "A3-hashtags-that-no-post-shows": ("hashtags", "slim", "denim"),
    "A3-title-that-no-post-shows": ("title", "A sale", "No sale"),
}
LAUNCH = """\
kind: launch
account: shop
title: A sale
link: https://acme.lv/a
hashtags: [slim]
vars: {code: ten}
product: {name: Slim, url: https://acme.lv/p}
launches: 2027-02-08 10:00
ends: 2027-02-20
posts: {launch: {at: launches, text: Here it is.}}
"""


@pytest.mark.sampled(2)
@pytest.mark.parametrize("name", UNUSED)
def test_what_no_post_shows_is_told_where_it_changes(tmp_path: Path, name: str) -> None:
    key, old, new = UNUSED[name]
    snapshots = []
    for name, text in (("old", LAUNCH), ("new", LAUNCH.replace(old, new))):
        write(tmp_path / name, {"runner.yaml": PROJECT, "campaigns/a.yaml": text})
        snapshots.append(side_of(tmp_path / name))
    (found,) = settings(*snapshots)
    assert (found.concern.value, found.key, found.old, found.new) == ("content", key, old, new)


@pytest.mark.sampled(1)
@pytest.mark.parametrize("asked", [{"campaigns": ("sale",)}, {"accounts": ("tienda",)}], ids=str)
def test_what_it_costs_in_part_is_not_said_to_be_all(
    pull: Callable[[Edits], Repository], asked: dict[str, tuple[str, ...]]
) -> None:
    repository = pull(sale(("The sale goes on.", "The sale goes on!")))
    assert (
        "+$0.00 by this change, $0.045 for all that is planned;"
        in repository.shown(PreviewFormat.TEXT)[1]
    )
    shown = repository.shown(PreviewFormat.TEXT, **asked)[1]
    cost = "$0.03" if "campaigns" in asked else "$0.00"
    assert f"+$0.00 by this change, {cost} for all of it that was asked for; " in shown
    assert f" month so far, {cost} of it still to come in it" in shown or "campaigns" in asked
    assert "all that is planned" not in shown


@pytest.mark.parametrize("format", rows(FORMATS, always=1))
@pytest.mark.parametrize("base", [None, "main"], ids=["A3-plan", "A3-change"])
def test_a_reason_to_ignore_stands_beside_its_post(
    pull: Callable[[Edits], Repository], format: PreviewFormat, base: str | None
) -> None:
    repository = pull(sale(("The sale goes on.", "The sale goes on!")))
    shown = repository.shown(format, base=base)[1]
    if format is PreviewFormat.JSON:
        (post,) = (each for each in json.loads(shown)["posts"] if each["post"] == "reminder")
        assert post["ignored"] == {"link-cost": "no link is in it"}
    else:
        assert "ignores link-cost: no link is in it" in plain(format, shown)


@pytest.mark.sampled(2)
@pytest.mark.parametrize("format", rows(FORMATS, always=1))
def test_no_value_hides_or_says_more_than_it_is(
    pull: Callable[[Edits], Repository], format: PreviewFormat
) -> None:
    hostile = 'en: "ad|<img src=x> @acme `\\n::error::no"'
    shown = pull(project(('en: "#ad"', hostile))).shown(format)[1]
    if format is PreviewFormat.JSON:
        return
    commands = [line for line in shown.splitlines() if line.lstrip().startswith("::")]
    assert not commands or format is PreviewFormat.HTML
    assert "<img src=x>" not in shown or format is not PreviewFormat.HTML
    if format is PreviewFormat.MARKDOWN:
        (row,) = (line for line in shown.splitlines() if "disclosure.paid.en" in line)
        assert len(row.replace("\\|", "").split("|")) == 6
        assert "@acme" not in row
        assert "<img" not in row.replace("\\<", "")
