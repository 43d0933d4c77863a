"""A pull request that touches the program that holds the credentials says so above everything."""

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from runner.cli.commands.preview_formats import PreviewFormat
from runner.plan.program import program_paths
from runner.workspace.commit import fork_point
from tests.acceptance.commits import git
from tests.hardening.pull_requests import FORMATS, Repository, plain, repository, rows

PROJECT = """\
timezone: Europe/Riga
accounts: {shop: {handle: acme_lv, locale: en}}
ledger: {store: files}
"""
SALE = """\
kind: series
account: shop
posts: {opener: {at: 2027-02-01 10:00, text: The winter sale is open.}}
"""
FILES = {
    "runner.yaml": PROJECT,
    "campaigns/sale.yaml": SALE,
    "runner/post.py": "send()",
    "runner/run.sh": "#!/bin/sh",
    "uv.lock": "lock",
}


@pytest.fixture(scope="module")
def one(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    return repository(tmp_path_factory.mktemp("program"), FILES)


@pytest.mark.parametrize("format", FORMATS)
def test_it_stands_above_everything_in_every_format(
    restored: Repository, format: PreviewFormat
) -> None:
    restored.edit(
        {
            ".github/workflows/post.yml": "on: push",
            "runner.yaml": PROJECT + "budget: 20\n".replace("20", "{usd-per-month: 20}"),
            "campaigns/sale.yaml": SALE.replace("open.", "open!"),
        }
    )
    shown = restored.shown(format)[1]
    said = plain(format, shown)
    if format is PreviewFormat.JSON:
        assert json.loads(shown)["change"]["program"] == [".github/workflows/post.yml"]
        assert said.index(".github/workflows/post.yml") < said.index("budget.usd-per-month")
    else:
        first = said.index("This changes the program that holds the credentials")
        assert first < said.index(".github/workflows/post.yml") < said.index("Settings")
        assert said.index("line by line") < said.index("Settings") < said.index("sale is open!")


@pytest.mark.parametrize(
    ("path", "project", "is_program"),
    [
        ("runner/publish/sending.py", "", True),
        ("bin/runner", "", True),
        ("action.yml", "", True),
        (".github/workflows/post.yml", "", True),
        (".github/CODEOWNERS", "", True),
        ("CODEOWNERS", "", True),
        ("docs/CODEOWNERS", "", True),
        ("pyproject.toml", "", True),
        ("uv.lock", "", True),
        (".gitattributes", "", True),
        ("campaigns/.gitattributes", "", True),
        (".gitmodules", "", True),
        ("requirements.txt", "", True),  # A4: what is installed, started or read beside it
        ("runner.py", "", True),
        (".env", "", True),
        (".tool-versions", "", True),
        ("lib/evil.pth", "", True),
        ("Makefile", "", True),
        ("runner", "", True),  # a submodule or a link in its place
        ("Runner/x.py", "", True),  # where capitals don't count
        ("shop/runner/x.py", "shop/", True),
        (".github/workflows/post.yml", "shop/", True),
        ("campaigns/runner/sale.yaml", "", False),
        ("campaigns/sale.yaml", "", False),
        ("templates/contest/announce.j2", "", False),
        ("runner.yaml", "", False),
        ("docs/tutorial.md", "", False),
        ("website/runner/x.py", "", False),
    ],
)
def test_which_files_are_the_program(path: str, project: str, is_program: bool) -> None:
    assert bool(program_paths([path], project)) is is_program


def chmod(root: Path) -> None:
    (root / "runner/run.sh").chmod(0o755)


def linked(root: Path) -> None:
    (root / "runner/post.py").unlink()
    (root / "runner/post.py").symlink_to("run.sh")


def moved_away(root: Path) -> None:
    (root / "elsewhere").mkdir()
    (root / "runner/post.py").rename(root / "elsewhere/post.py")


def hidden(root: Path) -> None:
    (root / ".git/info/attributes").write_text("* -diff linguist-generated export-ignore\n")
    (root / "runner/post.py").write_text("evil()")


def ignored_submodule(root: Path) -> None:
    settings = '[submodule "runner/x"]\npath = runner/x\nurl = ./x\nignore = all\n'
    (root / ".gitmodules").write_text(settings)
    head = git(root, "rev-parse", "HEAD")
    git(root, "update-index", "--add", "--cacheinfo", f"160000,{head},runner/x")
    git(root, "add", ".gitmodules")


def with_odd_name(root: Path) -> None:
    (root / "runner/\n ä .py").write_text("evil()")


HIDING = {
    "A4-mode": (chmod, {"runner/run.sh"}),
    "A4-link": (linked, {"runner/post.py"}),
    "A4-rename": (moved_away, {"runner/post.py"}),
    "A4-attributes": (hidden, {"runner/post.py"}),
    "A4-submodule": (ignored_submodule, {".gitmodules", "runner/x"}),
    "A4-name": (with_odd_name, {"runner/\n ä .py"}),
}


@pytest.fixture
def kept(restored: Repository) -> Iterator[Repository]:
    yield restored
    (restored.root / ".git/info/attributes").unlink(missing_ok=True)


@pytest.mark.parametrize("way", rows(HIDING, always=3))
@pytest.mark.parametrize("committed", [True, pytest.param(False, marks=pytest.mark.slow)])
def test_nothing_hides_it(kept: Repository, way: str, committed: bool) -> None:
    hide, paths = HIDING[way]
    hide(kept.root)
    if committed:
        if way != "A4-submodule":
            git(kept.root, "add", "--all")
        git(kept.root, "commit", "--quiet", "--message", "An edit")
    touched = fork_point(kept.root, "main", {"PATH": os.environ["PATH"]}).touched()
    assert set(program_paths(touched)) == paths


def test_a_project_below_the_top_of_its_repository_is_told_of_the_whole(
    restored: Repository,
) -> None:
    restored.edit({"shop/runner.yaml": PROJECT, "shop/runner/x.py": "x", "action.yml": "x"})
    commit = fork_point(restored.root / "shop", "main", {"PATH": os.environ["PATH"]})
    assert program_paths(commit.touched(), commit.prefix()) == ("action.yml", "shop/runner/x.py")


def test_campaigns_alone_are_not_the_program(restored: Repository) -> None:
    restored.edit({"campaigns/sale.yaml": SALE.replace("open.", "open!"), "templates/x.j2": "x"})
    said = restored.shown(PreviewFormat.TEXT)[1]
    assert "credentials" not in said


@pytest.mark.parametrize("campaigns", [("sale",), ()], ids=["A4-one-campaign", "A4-all"])
def test_no_filter_hides_it(restored: Repository, campaigns: tuple[str, ...]) -> None:
    restored.edit({"uv.lock": "evil", "runner.yaml": PROJECT + "hold: true\n"})
    said = restored.shown(PreviewFormat.TEXT, campaigns=campaigns, accounts=("shop",))[1]
    assert said.startswith("! This changes the program that holds the credentials: uv.lock\n")
    assert "hold: not set → true" in said
