"""No command pays for what it doesn't need.

One process runs them all, since a start of Python takes longer than most commands: those first that
need least, so that what a command finds imported already is nothing that it may not import itself.
"""

import json
import subprocess
import sys
from collections.abc import Mapping

import pytest

from tests.acceptance.conftest import PROJECT, opened

HEAVY = {
    *("tweepy", "requests", "babel", "PIL", "rich", "starlette", "uvicorn", "jinja2", "yaml"),
    *("numpy", "scipy", "drawsvg"),
}
BEYOND_FILES = ("plan", "reconcile", "publish", "stores", "x", "github", "local_x")
"""Rooms that know more than the files say."""
ENDS = {
    "--help": 0,
    "valdate": 2,
    "schema -h": 0,
    "schema --check": 1,
    "validate": 0,
    "preview": 0,
    "status": 0,
    "post": 0,
    "doctor --offline": 0,
    "report": 0,
}
"""The commands in this order, and the exit code of each."""
PROGRAM = """\
import json, shutil, sys, runner.cli
for line in sys.stdin.read().splitlines():
    shutil.rmtree(".runner", ignore_errors=True)  # to each the project is new
    sys.argv = ["runner", *line.split()]
    try:
        runner.cli.main()
    except SystemExit as end:
        with open("ends.jsonl", "a") as file:
            print(json.dumps([line, end.code, list(sys.modules)]), file=file)
"""


@pytest.fixture(scope="module")
def imported(tmp_path_factory) -> Mapping[str, set[str]]:
    """What was imported by the end of each command."""
    with opened(tmp_path_factory.mktemp("project")) as desktop:
        desktop.write("runner.yaml", PROJECT)
        desktop.write(
            "campaigns/winter-lois.yaml",
            """\
kind: series
account: shop
posts: {hello: {at: 2027-03-01 10:00, text: Hello}}
""",
        )
        done = subprocess.run(
            [sys.executable, "-c", PROGRAM],
            cwd=desktop.root,
            env=desktop.environ,
            input="\n".join(ENDS),
            capture_output=True,
            text=True,
            timeout=60,
        )
        lines = (desktop.root / "ends.jsonl").read_text().splitlines()
    ends = list(map(json.loads, lines))
    assert {words: code for words, code, _ in ends} == ENDS, done.stderr
    return {words: set(modules) for words, _, modules in ends}


@pytest.mark.parametrize(
    ("words", "needed"),
    [
        ("--help", set()),
        ("schema --check", set()),
        ("validate", {"yaml", "jinja2"}),
        ("preview", {"yaml", "jinja2"}),
        ("status", {"yaml", "jinja2"}),
        ("post", {"yaml", "jinja2"}),
        ("doctor --offline", {"yaml", "jinja2"}),
        ("report", {"yaml", "jinja2", "numpy", "scipy"}),
    ],
)
def test_a_command_imports_only_the_libraries_that_it_needs(imported, words, needed):
    assert "typer" in imported[words]
    assert imported[words] & HEAVY <= needed


def test_what_is_about_files_knows_nothing_beyond_them(imported):
    assert not imported["validate"] & {f"runner.{room}" for room in BEYOND_FILES}


@pytest.mark.parametrize(
    ("words", "commands"),
    [("--help", set()), ("valdate", set()), ("schema -h", {"runner.cli.commands.schema"})],
    ids=["list", "unknown", "one"],
)
def test_a_command_is_imported_when_it_is_called(imported, words, commands):
    found = {name for name in imported[words] if name.startswith("runner.cli.commands.")}
    assert found == commands


def test_help_starts_without_pydantic_models_of_campaigns(imported):
    assert "runner.models" not in imported["--help"]
