"""No command pays for what it doesn't need."""

import subprocess
import sys

import pytest

HEAVY = (
    *("tweepy", "requests", "babel", "PIL", "rich", "starlette", "uvicorn", "jinja2", "yaml"),
    *("numpy", "scipy", "drawsvg"),
)
BEYOND_FILES = ("plan", "reconcile", "publish", "stores", "x", "github", "local_x")
"""Rooms that know more than the files say."""


def imported(desktop, *words: str) -> set[str]:
    program = (
        "import sys, runner.cli as c\n"
        f"sys.argv = ['runner', *{list(words)!r}]\n"
        "try: c.main()\n"
        "except SystemExit: pass\n"
        "print('\\n' + '\\n'.join(sys.modules), file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=desktop.root,
        env=desktop.environ,
        capture_output=True,
        text=True,
        timeout=60,
    )
    modules = set(done.stderr.split())
    assert "typer" in modules, done.stderr
    return modules


@pytest.mark.parametrize(
    ("words", "needed"),
    [
        (("--help",), set()),
        (("schema", "--check"), set()),
        (("validate",), {"yaml", "jinja2"}),
        (("preview",), {"yaml", "jinja2"}),
        (("status",), {"yaml", "jinja2"}),
        (("post",), {"yaml", "jinja2"}),
        (("doctor", "--offline"), {"yaml", "jinja2"}),
        (("report",), {"yaml", "jinja2", "numpy", "scipy"}),
    ],
)
def test_a_command_imports_only_the_libraries_that_it_needs(desktop, words, needed):
    desktop.write(
        "campaigns/winter-lois.yaml",
        """\
kind: series
account: shop
posts: {hello: {at: 2027-03-01 10:00, text: Hello}}
""",
    )
    modules = imported(desktop, *words)
    assert modules & set(HEAVY) <= needed
    if words == ("validate",):
        assert not modules & {f"runner.{room}" for room in BEYOND_FILES}


@pytest.mark.parametrize(
    ("words", "commands"),
    [(("--help",), set()), (("valdate",), set()), (("watch", "-h"), {"runner.cli.commands.watch"})],
    ids=["list", "unknown", "one"],
)
def test_a_command_is_imported_when_it_is_called(words, commands):
    program = (
        "import sys, runner.cli as c\n"
        f"sys.argv = ['runner', *{list(words)!r}]\n"
        "try: c.main()\n"
        "except SystemExit: pass\n"
        "print(*(m for m in sys.modules if m.startswith('runner.cli.commands.')))\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert set(done.stdout.splitlines()[-1].split()) == commands


def test_help_starts_without_pydantic_models_of_campaigns(desktop):
    program = "import sys, runner.cli.app; print('runner.models' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.stdout.strip() == "False"
