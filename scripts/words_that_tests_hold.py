"""Prints how many tests fail when only words change: the label of a help line, "did you mean".

    python scripts/words_that_tests_hold.py [PATH OF TESTS …]

The tests are run in a copy of the work tree with all changes; those that fail, in copies with one
change each, and in one without any: what fails there does not count. Ends with 1 past a limit.
"""

import json
import shutil
import subprocess
import sys
import tempfile
import venv
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
TESTS = ("tests/unit", "tests/acceptance", "tests/docs", "tests/hardening", "tests/repository")
"""Those that read what the runner says; the others take long, and read what it did."""


@dataclass(frozen=True)
class Change:
    """Words that stand in the files below a folder, others in their place, and how many tests may
    fail of it."""

    what: str
    folder: str
    words: str
    others: str
    limit: int


CHANGES = (
    Change("the label of a help line", "runner/views", "= help:", "= hint:", 15),
    Change("a suggestion", "runner", "did you mean", "perhaps it is", 10),
)


def copied(folder: Path) -> Path:
    """The files of the work tree, and a Python that imports the runner from them alone."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True)  # noqa: S603
    for name in filter(None, listed.stdout.decode().split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    venv.create(folder / ".venv", symlinks=True)
    (packages,) = (folder / ".venv").glob("[Ll]ib/**/site-packages")
    (outside,) = (path for path in sys.path if path.endswith("site-packages"))
    (packages / "copy.pth").write_text(f"{folder}\n{outside}\n")
    return folder


def made(change: Change, folder: Path) -> int:
    """Makes the change, and returns in how many lines."""
    count = 0
    for path in sorted((folder / change.folder).rglob("*.py")):
        text = path.read_text("utf-8")
        count += text.count(change.words)
        path.write_text(text.replace(change.words, change.others), "utf-8")
    return count


def failed(folder: Path, tests: list[str]) -> list[str]:
    """The ids of the tests that fail there; without tests, none."""
    if not tests:
        return []
    python = folder / ".venv" / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    run = [str(python), "-m", "pytest", "-n", "0", "--tb=no", *tests]
    done = subprocess.run(run, cwd=folder, capture_output=True, text=True)  # noqa: S603
    if done.returncode not in (0, 1):
        sys.exit(done.stdout + done.stderr)
    kept = folder / ".pytest_cache/v/cache/lastfailed"
    return sorted(json.loads(kept.read_text("utf-8"))) if done.returncode else []


def main(tests: list[str]) -> int:
    with tempfile.TemporaryDirectory() as temporary:
        unchanged, altogether, *alone = (
            copied(Path(temporary, str(number))) for number in range(len(CHANGES) + 2)
        )
        for change in CHANGES:
            made(change, altogether)
        found = failed(altogether, tests)
        anyway = failed(unchanged, found)
        past = 0
        for change, folder in zip(CHANGES, alone, strict=True):
            lines = made(change, folder)
            held = [test for test in failed(folder, found) if test not in anyway]
            print(f"{change.what}, in {lines} lines: {len(held)} tests fail, of {change.limit}")
            print("".join(f"  {test}\n" for test in held), end="", flush=True)
            past += len(held) > change.limit
    return 1 if past else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:] or list(TESTS)))
