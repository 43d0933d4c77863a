"""Whether two trees say the same: `python scripts/same_output.py BEFORE [AFTER]`.

Runs `validate`, `preview` in all formats, `post --dry-run` and `status` of both over the example
campaigns and over 300 generated ones, and prints what differs, with WHOLE=1 in the environment all
of it; the exit code is 1 where something does. Both run with this tree's libraries, and with the
standard templates of BEFORE, since their words may change. Of a page its text is compared.
"""

import difflib
import html
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from fair_project import a_project

ROOT = Path(__file__).parents[1]
NOW = "2027-02-01T09:00+02:00"
COMMANDS = (
    ("validate",),
    ("validate", "--format", "json"),
    ("validate", "--format", "github"),
    *(
        ("preview", "--now", NOW, "--format", format)
        for format in ("text", "markdown", "html", "ics", "json")
    ),
    ("preview", "--now", NOW, "--all"),
    ("post", "--dry-run", "--now", NOW),
    ("status",),
)
GENERATED = 300
SHOWN = None if os.environ.get("WHOLE") else 40
"""Lines of a difference."""
FLEETING = re.compile(r"^DTSTAMP:.*")
"""What differs from run to run."""
MARKUP = re.compile(r"(?s)<(style|script)\b.*?</\1>|<[^>]*>")


def with_templates_of(other: Path, tree: Path, folder: Path) -> Path:
    """A copy of a tree that has another one's standard templates."""
    shutil.copytree(tree / "runner", folder / "runner")
    shutil.copytree(other / "templates", folder / "templates")
    return folder


def projects(folder: Path) -> Iterator[tuple[str, Path]]:
    examples = folder / "examples"
    shutil.copytree(ROOT / "campaigns", examples / "campaigns")
    shutil.copy(ROOT / "runner.yaml", examples)
    yield "the examples", examples
    generated = folder / "generated"
    generated.mkdir()
    a_project(generated, GENERATED)
    yield f"{GENERATED} campaigns", generated


def said(tree: Path, project: Path, command: tuple[str, ...]) -> list[str]:
    """Exit code, output and messages of a command, line by line."""
    done = subprocess.run(  # noqa: S603 — our own program
        [sys.executable, "-m", "runner", *command],
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
    lines = (text_of(done.stdout) + done.stderr).splitlines()
    return [f"exit {done.returncode}", *(FLEETING.sub("…", line) for line in lines)]


def text_of(output: str) -> str:
    """What a person reads of a page; other output as it is."""
    if not output.lower().startswith("<!doctype html>"):
        return output
    lines = (line.strip() for line in html.unescape(MARKUP.sub("\n", output)).splitlines())
    return "\n".join(line for line in lines if line)


def main() -> int:
    before = Path(sys.argv[1]).resolve()
    after = Path(sys.argv[2]).resolve() if sys.argv[2:] else ROOT
    differ = 0
    with tempfile.TemporaryDirectory() as folder:
        after = with_templates_of(before, after, Path(folder, "after"))
        for name, project in projects(Path(folder)):
            for command in COMMANDS:
                old, new = (said(tree, project, command) for tree in (before, after))
                words = " ".join(command)
                print(f"{'same' if old == new else 'DIFFERS':<8} {name}: {words}", flush=True)
                if old != new:
                    differ += 1
                    delta = list(
                        difflib.unified_diff(old, new, "before", "after", lineterm="", n=0)
                    )
                    print("\n".join(line[:300] for line in delta[:SHOWN]))
    print(f"{differ} of {2 * len(COMMANDS)} outputs differ")
    return 1 if differ else 0


if __name__ == "__main__":
    sys.exit(main())
