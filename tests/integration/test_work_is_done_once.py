"""Whatever costs time is done exactly as often as it must be. Counts repeat, seconds do not; those
are judged by `make prove`."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from runner.rules import Stage
from runner.rules.catalogue import RULES
from scripts.fair_project import NOW, a_project
from tests.acceptance.commits import begin

pytestmark = pytest.mark.timeout(240)  # each count runs a command under a profiler

ROOT = Path(__file__).parents[2]
COUNTED = Path(__file__).with_name("counted_run.py")
SOME, TWICE_AS_MANY, ACCOUNTS = 16, 32, 4
"""Campaigns: four accounts, of each all four kinds."""
ONE_DUE = "2027-03-04T09:10+02:00"
"""Of each account its first campaign's post with a picture, which has the same tags in each."""
OCCURRENCES, PARTS_MORE, WITHOUT_TAGS = 14, 2, 2
"""Of a campaign; one post is a thread of three."""
SHIFTED = 2
"""Texts of items that look at the day, and may go out on another one when a run is missed."""

WITHIN = 3
"""Texts of a series' `tip`, which has three items, that the standard template puts in its frame."""
SERIES = 4
"""One campaign in so many."""


@dataclass(frozen=True, kw_only=True)
class Counts:
    opened: dict[str, int]
    compiled: dict[str, int]
    rendered: int
    built: int
    parsed: int
    looks: dict[str, int]
    """By rule, where calls were counted."""


def counts(folder: Path, *command: str) -> Counts:
    environ = {**os.environ, "PYTHONPATH": str(ROOT), "X_API_URL": "http://127.0.0.1:9"}
    words = [sys.executable, str(COUNTED), *command]
    done = subprocess.run(words, cwd=folder, env=environ, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout.splitlines()[-1])
    assert found.pop("code") == 0, done.stdout
    return Counts(**found)


@pytest.fixture(scope="module")
def projects(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Path]:
    made = {}
    for size in (SOME, TWICE_AS_MANY):
        made[size] = tmp_path_factory.mktemp("project")
        a_project(made[size], size)
    return made


@pytest.fixture(scope="module")
def validated(projects: dict[int, Path]) -> dict[int, Counts]:
    return {size: counts(folder, "validate", "--strict") for size, folder in projects.items()}


def files_of(folder: Path) -> dict[str, int]:
    """Each once."""
    paths = [folder / "runner.yaml", *(folder / "campaigns").rglob("*.*")]
    return {path.relative_to(folder).as_posix(): 1 for path in paths}


def opened_of(found: Counts) -> dict[str, int]:
    own = ("runner.yaml", "campaigns/")
    return {path: number for path, number in found.opened.items() if path.startswith(own)}


def test_each_model_is_built_once(validated) -> None:
    assert 0 < validated[SOME].built == validated[TWICE_AS_MANY].built < TWICE_AS_MANY


@pytest.mark.parametrize("size", [SOME, TWICE_AS_MANY])
def test_each_file_is_read_once(projects, validated, size: int) -> None:
    assert len(files_of(projects[size])) > size
    assert opened_of(validated[size]) == files_of(projects[size])
    assert validated[size].parsed == size + 1


def test_each_rule_looks_once_at_each_campaign_or_account(tmp_path: Path) -> None:
    a_project(tmp_path / "project", SOME)
    looks = counts(tmp_path / "project", "--calls", "validate", "--strict").looks
    of_files = [looks.pop(rule.id) for rule in RULES if rule.stage is Stage.FILE]
    assert len(of_files) > 30
    assert set(of_files) == {SOME}
    assert {rule.id for rule in RULES if rule.stage is Stage.PROJECT} == looks.keys()
    assert set(looks.values()) == {1, ACCOUNTS}


def test_texts_that_differ_in_words_alone_are_compiled_once(validated) -> None:
    some, more = validated[SOME].compiled, validated[TWICE_AS_MANY].compiled
    assert set(some.values()) == set(more.values()) == {1}
    assert len(some) == len(more) < 40


def test_each_text_is_rendered_once(validated) -> None:
    more = validated[TWICE_AS_MANY].rendered - validated[SOME].rendered
    texts = OCCURRENCES + PARTS_MORE - WITHOUT_TAGS + SHIFTED + WITHIN / SERIES
    assert more == (TWICE_AS_MANY - SOME) * texts


def test_a_preview_does_no_more_than_a_check(projects, validated) -> None:
    found = counts(projects[SOME], "preview", "--now", NOW)
    assert opened_of(found) == files_of(projects[SOME])
    assert found.compiled == validated[SOME].compiled
    assert found.rendered == validated[SOME].rendered


def test_a_comparison_renders_of_the_old_files_only_what_has_changed(
    projects, validated, tmp_path: Path
) -> None:
    folder = tmp_path / "compared"
    shutil.copytree(projects[SOME], folder, ignore=shutil.ignore_patterns(".runner"))
    begin(folder)
    edited = sorted((folder / "campaigns").glob("*.yaml"))[0]
    edited.write_text(edited.read_text(encoding="utf-8") + "# edited\n", encoding="utf-8")
    found = counts(folder, "preview", "--now", NOW, "--base", "main")
    # once more to be compared with what it was
    assert opened_of(found) == {**files_of(folder), edited.relative_to(folder).as_posix(): 2}
    assert found.compiled == validated[SOME].compiled
    of_one = (validated[TWICE_AS_MANY].rendered - validated[SOME].rendered) / SOME
    assert validated[SOME].rendered < found.rendered < validated[SOME].rendered + 2 * of_one


def test_a_run_with_nothing_due_reads_and_renders_nothing_more(projects) -> None:
    found = counts(projects[SOME], "post", "--now", NOW)
    # the settings that lie here say whether what is published lies elsewhere
    assert opened_of(found) == {**files_of(projects[SOME]), "runner.yaml": 2}
    assert found.compiled == {}
    assert found.rendered == 0
    assert found.parsed == SOME + 2


def test_a_run_with_one_post_of_each_account_due_renders_these_alone(projects) -> None:
    found = counts(projects[SOME], "post", "--dry-run", "--now", ONE_DUE)
    files, opened = files_of(projects[SOME]), opened_of(found)
    again = {path for path, number in opened.items() if number == 2}
    assert opened == {**files, **dict.fromkeys(again, 2)}
    assert again == {"runner.yaml", *(f"campaigns/c{of:05}.yaml" for of in range(ACCOUNTS))}
    assert found.parsed == SOME + 2 + ACCOUNTS
    assert list(found.compiled.values()) == [1]
    assert found.rendered == ACCOUNTS
