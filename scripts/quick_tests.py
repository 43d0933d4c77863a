"""Runs the quick tests of the rooms, as `make check` does: each core has some of the rooms.

Under pytest-xdist every process would collect the tests of all rooms, and one more would take in
what comes of each test: a quarter more work.
"""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOMS = Path("tests/unit")
QUICK = ["-n", "0", "-m", "not slow and not thorough"]
# What the tests of the rooms make no use of, and each of them would pay for.
UNUSED = ["-p", "no:anyio", "-p", "no:vcr", "-p", "no:logging"]
MOST = 8  # with more, each process would do little but start


def deal(rooms: Path, hands: int) -> list[list[Path]]:
    """All that holds tests, the largest first, each to who has the least so far."""
    sizes = {path: size(path) for path in rooms.iterdir()}
    dealt: list[list[Path]] = [[] for _ in range(hands)]
    for path in sorted(filter(sizes.get, sizes), key=lambda path: (-sizes[path], path)):
        min(dealt, key=lambda hand: sum(sizes[path] for path in hand)).append(path)
    return dealt


def size(path: Path) -> int:
    """The bytes of the tests in a module, or in a room."""
    modules = path.rglob("test_*.py") if path.is_dir() else [path] * path.match("test_*.py")
    return sum(module.stat().st_size for module in modules)


def run(paths: list[Path]) -> bool:
    """Whether these pass; prints what pytest says of them, of success its last line alone."""
    command = [sys.executable, "-m", "pytest", *QUICK, *UNUSED, *map(str, paths)]
    ended = subprocess.run(  # noqa: S603 — our own tests
        command,
        check=False,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "HYPOTHESIS_PROFILE": "check"},
    )
    passed = ended.returncode == 0
    lines = ended.stdout.splitlines()
    print("\n".join(lines[-1:] if passed else lines), flush=True)
    return passed


def main(rooms: Path = ROOMS, cores: int | None = os.cpu_count()) -> int:
    """0 where all pass, else 1."""
    hands = min(cores or 1, MOST)
    with ThreadPoolExecutor(hands) as pool:
        return int(not all(pool.map(run, deal(rooms, hands))))


if __name__ == "__main__":
    sys.exit(main())
