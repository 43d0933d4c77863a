"""`runner new codeowners`: no file that can change what goes out is without its owner."""

import io
import re
import subprocess
from pathlib import Path

import pytest

from runner.cli.commands.new_files import new_codeowners
from runner.cli.context import CommandContext
from runner.problems import BadUsage

ROOT = Path(__file__).parents[2]
OWNERS, ENGINEERS = ("@acme/marketing", "@anna"), ("@acme/platform",)


def repository(top: Path, *, program: bool, below: str = "") -> CommandContext:
    (top / ".git").mkdir()
    if program:
        (top / "runner").mkdir()
        (top / "action.yml").touch()
    (top / below).mkdir(exist_ok=True)
    return CommandContext(root=top / below, out=io.StringIO(), talk=io.StringIO())


def written(outside: CommandContext, top: Path) -> str:
    assert new_codeowners(outside, owners=OWNERS, engineers=ENGINEERS) == 0
    return (top / ".github/CODEOWNERS").read_text(encoding="utf-8")


def owners_of(path: str, text: str) -> tuple[str, ...]:
    """As GitHub reads it: the last line that fits. Only the patterns that are used here."""
    found: tuple[str, ...] = ()
    for line in filter(re.compile(r"[^#\s]").match, text.splitlines()):
        pattern, *owners = line.split()
        fits = (
            path.startswith(pattern[1:])
            if pattern.startswith("/") and pattern.endswith("/")
            else path == pattern[1:]
            if pattern.startswith("/")
            else pattern in ("*", path.rpartition("/")[2])
        )
        found = tuple(owners) if fits else found
    return found


PROGRAM = (
    "runner/cli/commands/post.py",
    "bin/runner",
    "action.yml",
    "pyproject.toml",
    "uv.lock",
    ".github/workflows/post.yml",
    ".github/CODEOWNERS",
    ".gitattributes",
    "campaigns/.gitattributes",
    "uv.toml",
    "sitecustomize.py",
    "runner.yaml",
)
WORDS = ("campaigns/spring.yaml", "campaigns/media/jeans.jpg", "templates/contest/announce.lv.j2")


@pytest.mark.parametrize("program", [True, False], ids=["one-repository", "campaigns-alone"])
@pytest.mark.parametrize("path", [*PROGRAM, *WORDS], ids=lambda path: f"F4-{path}")
def test_every_file_has_its_owner(tmp_path: Path, path: str, program: bool) -> None:
    text = written(repository(tmp_path, program=program), tmp_path)
    assert owners_of(path, text) == (OWNERS if path in WORDS else ENGINEERS)
    assert ("uv.lock" in text) is program


def test_f4_every_file_of_this_repository_has_an_owner(tmp_path: Path) -> None:
    text = written(repository(tmp_path, program=True), tmp_path)
    command = ["git", "-c", "safe.directory=*", "-C", str(ROOT), "ls-files"]
    listed = subprocess.run(command, capture_output=True, check=True, text=True).stdout
    owned = {name: owners_of(name, text) for name in listed.splitlines()}
    words = {name.split("/")[0] for name, owners in owned.items() if owners == OWNERS}
    assert words == {"campaigns", "templates"}
    assert all(owned.values())


def test_f4_a_project_below_the_top_is_named_from_there(tmp_path: Path) -> None:
    text = written(repository(tmp_path, program=False, below="shop"), tmp_path)
    assert owners_of("shop/campaigns/spring.yaml", text) == OWNERS
    assert owners_of("campaigns/spring.yaml", text) == ENGINEERS


@pytest.mark.parametrize("place", [".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS"])
def test_f4_one_that_is_there_is_left_alone(tmp_path: Path, place: str) -> None:
    outside = repository(tmp_path, program=False)
    (tmp_path / place).parent.mkdir(exist_ok=True)
    (tmp_path / place).write_text("* @mine\n")
    with pytest.raises(BadUsage, match=f"{place} is already there"):
        new_codeowners(outside, owners=OWNERS, engineers=ENGINEERS)
    assert (tmp_path / place).read_text() == "* @mine\n"
    assert list(tmp_path.rglob("CODEOWNERS")) == [tmp_path / place]


@pytest.mark.parametrize(
    ("owner", "why"),
    [
        pytest.param((), "nobody is named with --owner", id="F4-nobody"),
        pytest.param(("marketing",), "`marketing` can't be an owner", id="F4-no-sign"),
        pytest.param(("@acme/",), "`@acme/` can't be an owner", id="F4-no-team"),
        pytest.param(("@a @b",), "`@a @b` can't be an owner", id="F4-two-in-one"),
        pytest.param(("@anna\n* @mallory",), "can't be an owner", id="F4-a-line-of-its-own"),
        pytest.param(("#@anna",), "can't be an owner", id="F4-a-remark"),
    ],
)
def test_who_can_be_no_owner_is_refused(tmp_path: Path, owner: tuple[str, ...], why: str) -> None:
    outside = repository(tmp_path, program=False)
    with pytest.raises(BadUsage, match=re.escape(why)):
        new_codeowners(outside, owners=owner, engineers=ENGINEERS)
    assert not (tmp_path / ".github").exists()


@pytest.mark.parametrize("owner", ["@anna", "@anna-b", "@acme/marketing.lv", "anna@example.com"])
def test_f4_a_person_a_team_and_an_address_can_be_owners(tmp_path: Path, owner: str) -> None:
    outside = repository(tmp_path, program=False)
    assert new_codeowners(outside, owners=[owner], engineers=ENGINEERS) == 0
