"""Runs tests for `make`, one plain pytest a core.

`quick`: the quick tests of the rooms. `sample [SEED]`: all tests, but of what costs much (marked
`sampled`) some that the seed draws, a fresh one where none is said.

Under pytest-xdist every process would collect all tests, and one more would take in what comes of
each: a quarter more work.
"""

import os
import re
import secrets
import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

TESTS = Path("tests")
PYTEST = Path(sys.executable).with_name("pytest")  # under `-m` the runner would call itself pytest
QUICK = ["-m", "not slow and not thorough"]
# What the tests of the rooms make no use of, and each of them would pay for.
UNUSED = ["-p", "no:anyio", "-p", "no:vcr", "-p", "no:logging"]
MOST = 8  # with more, each process would do little but start
PROGRESS = re.compile(r"[.sFEx]+ *\[ *\d+%\]")


def deal(tests: Path, hands: int) -> list[list[Path]]:
    """The modules of tests, the largest first, each to the hand that has the least so far."""
    sizes = {module: module.stat().st_size for module in tests.rglob("test_*.py")}
    dealt: list[list[Path]] = [[] for _ in range(hands)]
    for module in sorted(sizes, key=lambda module: (-sizes[module], module)):
        min(dealt, key=lambda hand: sum(map(sizes.__getitem__, hand))).append(module)
    return dealt


def run(modules: Sequence[Path], options: Sequence[str], profile: str) -> bool:
    """Whether these pass; progress is printed as it comes, all else once they have ended."""
    started = subprocess.Popen(  # noqa: S603 — our own tests
        [PYTEST, *options, *map(str, modules)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "HYPOTHESIS_PROFILE": profile},
    )
    with started:
        said = list(without_progress(started.stdout or ()))
    print("".join(said), end="", flush=True)
    return started.returncode == 0


def without_progress(lines: Sequence[str] | Iterator[str]) -> Iterator[str]:
    """Prints the lines that tell how far the tests are, and gives the others."""
    for line in lines:
        if PROGRESS.fullmatch(line.rstrip("\n")):
            print(line, end="", flush=True)
        elif line.strip():
            yield line


def quick(tests: Path = TESTS, cores: int | None = os.cpu_count()) -> int:
    """0 where the quick tests of the rooms pass, else 1."""
    return together(tests / "unit", cores, [*QUICK, *UNUSED], "check")


def sample(seed: str = "", tests: Path = TESTS, cores: int | None = os.cpu_count()) -> int:
    """0 where all tests pass that the seed draws, else 1."""
    seed = seed or str(secrets.randbelow(10**6))
    print(f"sample {seed}: `make test SAMPLE={seed}` draws the same tests", flush=True)
    return together(tests, cores, ["--sample", seed], "sample")


def together(tests: Path, cores: int | None, options: Sequence[str], profile: str) -> int:
    hands = deal(tests, min(cores or 1, MOST))
    with ThreadPoolExecutor(len(hands)) as pool:
        return int(not all(pool.map(lambda hand: run(hand, options, profile), hands)))


if __name__ == "__main__":
    mode, *seed = sys.argv[1:]
    sys.exit(quick() if mode == "quick" else sample(*seed))
