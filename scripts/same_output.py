"""Whether two trees say the same: `python scripts/same_output.py BEFORE [AFTER]`.

Runs `validate`, `preview` in all formats, `post --dry-run` and `status` of both over the example
campaigns of BEFORE, since it may not know a later key, and over 300 generated ones, and prints what
differs. Both run with this tree's libraries, and with the standard templates of BEFORE, since their
words may change. What was changed since c3c5153 on purpose stands in
scripts/intended_differences.py, and does not count; the exit code is 1 where anything else differs.
"""

import argparse
import difflib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from fair_project import a_project
from intended_differences import NOT_COMPARED, both_as_before, lines_of

ROOT = Path(__file__).parents[1]
NOW = "2027-02-01T09:00+02:00"
COMMANDS = (
    "validate",
    "validate --format json",
    "validate --format github",
    *(
        f"preview --now {NOW} --format {format}"
        for format in ("text", "markdown", "html", "ics", "json")
    ),
    f"preview --now {NOW} --all",
    f"post --dry-run --now {NOW}",
    "status",
)
GENERATED = 300
SHOWN = 40
"""Lines of a difference, unless all are asked for."""


def with_templates_of(other: Path, tree: Path, folder: Path) -> Path:
    """A copy of a tree that has another one's standard templates."""
    shutil.copytree(tree / "runner", folder / "runner")
    shutil.copytree(other / "templates", folder / "templates")
    return folder


def projects(before: Path, folder: Path) -> Iterator[tuple[str, Path]]:
    examples = folder / "examples"
    shutil.copytree(before / "campaigns", examples / "campaigns")
    shutil.copy(before / "runner.yaml", examples)
    yield "the examples", examples
    generated = folder / "generated"
    generated.mkdir()
    a_project(generated, GENERATED)
    yield f"{GENERATED} campaigns", generated


def said(tree: Path, project: Path, command: str) -> list[str]:
    """Exit code, output and messages of a command, line by line."""
    done = subprocess.run(  # noqa: S603 — our own program
        [sys.executable, "-m", "runner", *command.split()],
        cwd=project,
        env={
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(tree),
            "HOME": str(project),
            "X_API_URL": "http://127.0.0.1:9",  # so that `--now` is taken; nobody asks it
        },
        capture_output=True,
        text=True,
    )
    return [f"exit {done.returncode}", *lines_of(done.stdout), *done.stderr.splitlines()]


def compared(name: str, command: str, old: list[str], new: list[str], most: int | None) -> bool:
    """Says whether both are the same; whether they are, but for what is intended."""
    before, after = both_as_before(old, new, command)
    verdict = "same" if old == new else "as meant" if before == after else "DIFFERS"
    print(f"{verdict:<8} {name}: {command}", flush=True)
    delta = difflib.unified_diff(before, after, "before", "after", lineterm="", n=0)
    print("".join(f"{line[:300]}\n" for line in list(delta)[:most]), end="")
    return before == after


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("before", type=Path, help="a tree")
    parser.add_argument("after", type=Path, nargs="?", default=ROOT, help="by default this one")
    parser.add_argument("--only", default="", help="commands with these words in them")
    parser.add_argument("--whole", action="store_true", help="print all lines that differ")
    asked = parser.parse_args()
    commands = [command for command in COMMANDS if asked.only in command]
    before, differ = asked.before.resolve(), 0
    with tempfile.TemporaryDirectory() as folder:
        after = with_templates_of(before, asked.after.resolve(), Path(folder, "after"))
        for name, project in projects(before, Path(folder)):
            for command in commands:
                old, new = (said(tree, project, command) for tree in (before, after))
                differ += not compared(name, command, old, new, None if asked.whole else SHOWN)
    print(f"{differ} of {2 * len(commands)} outputs differ but for what is meant. {NOT_COMPARED}")
    return 1 if differ else 0


if __name__ == "__main__":
    sys.exit(main())
