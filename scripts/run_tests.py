"""Runs tests for `make`, one plain pytest a core.

`quick`: the quick tests of the rooms. `sample [SEED]`: all of the rooms, but of what costs much
(marked `sampled`, or in a folder of whole commands) some that the seed draws, a fresh one where
none is said.

Under pytest-xdist every process would collect all tests, and one more would take in what comes of
each: a quarter more work.
"""

import os
import random
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
WHOLE_COMMANDS = ("acceptance", "hardening", "integration")
DRAWN = dict.fromkeys(WHOLE_COMMANDS, 1 / 3) | {"browser": 0.5, "workflows": 0.3}
"""Folders whose tests run commands, git, browsers or act: the share of modules of a sample."""
MOST = 8  # with more, each process would do little but start
PROGRESS = re.compile(r"[.sFEx]+ *\[ *\d+%\]")


def modules_in(tests: Path) -> list[Path]:
    return sorted(tests.rglob("test_*.py"))


def drawn(tests: Path, seed: str) -> list[Path]:
    """The modules of a sample: of some folders a share, at least one."""
    kept = set(modules_in(tests))
    for folder, share in DRAWN.items():
        modules = modules_in(tests / folder)
        left_out = int(len(modules) * (1 - share))
        kept -= set(random.Random(f"{seed} {folder}").sample(modules, left_out))  # noqa: S311
    return sorted(kept)


def deal(modules: Sequence[Path], hands: int) -> list[list[Path]]:
    """The modules, the largest first, each to the hand that has the least so far."""
    sizes = {module: module.stat().st_size for module in modules}
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
    return together(modules_in(tests / "unit"), cores, [*QUICK, *UNUSED], "check")


def sample(seed: str = "", tests: Path = TESTS, cores: int | None = os.cpu_count()) -> int:
    """0 where all tests pass that the seed draws, else 1."""
    seed = seed or str(secrets.randbelow(10**6))
    print(f"sample {seed}: `make test SAMPLE={seed}` draws the same tests", flush=True)
    return together(drawn(tests, seed), cores, ["--sample", seed], "sample")


def together(
    modules: Sequence[Path], cores: int | None, options: Sequence[str], profile: str
) -> int:
    hands = deal(modules, min(cores or 1, MOST))
    with ThreadPoolExecutor(len(hands)) as pool:
        return int(not all(pool.map(lambda hand: run(hand, options, profile), hands)))


if __name__ == "__main__":
    mode, *seed = sys.argv[1:]
    sys.exit(quick() if mode == "quick" else sample(*seed))
