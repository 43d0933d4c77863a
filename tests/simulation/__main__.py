"""Runs random worlds, of seeds that nobody ran before unless `--first` says which, or replays one:
`python -m tests.simulation --seed 17`."""

import argparse
import sys
import time
import traceback
from collections import Counter
from multiprocessing import Pool
from random import SystemRandom

from tests.simulation.simulation import Simulation
from tests.simulation.world import world_of


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.simulation")
    parser.add_argument("--seed", type=int, help="replay one world, with all that happens in it")
    parser.add_argument("--worlds", type=int, default=10_000)
    parser.add_argument("--first", type=int, help="the first seed; by default a fresh one")
    parser.add_argument("--jobs", type=int, default=2)
    given = parser.parse_args()
    if given.seed is not None:
        return replay(given.seed)
    first = fresh() if given.first is None else given.first
    return many(range(first, first + given.worlds), given.jobs)


def fresh() -> int:
    """A seed far from those that tests run."""
    return SystemRandom().randrange(10**9, 10**12)


def many(seeds: range, jobs: int) -> int:
    """Says what happened in all of them, and how to replay those that are broken."""
    say(f"seeds {seeds.start} to {seeds.stop - 1}")
    began, happened, broken = time.perf_counter(), Counter[str](), 0
    with Pool(jobs) as pool:
        for seed, error, counted in pool.imap_unordered(outcome, seeds, chunksize=10):
            happened += counted
            if error:
                broken += 1
                say(f"python -m tests.simulation --seed {seed}   # {error}")
    for what, number in sorted(happened.items()):
        say(f"{number:8,} {what}")
    say(f"{len(seeds):8,} worlds in {time.perf_counter() - began:.0f} s, {broken} broken")
    return bool(broken)


def outcome(seed: int) -> tuple[int, str, Counter[str]]:
    """What is broken, and what happened."""
    simulation = Simulation(world_of(seed))
    try:
        simulation.run()
    except Exception as error:
        return seed, f"{type(error).__name__}: {error}"[:300], simulation.happened
    return seed, "", simulation.happened


def say(*lines: str) -> None:
    sys.stdout.writelines(f"{line}\n" for line in lines)
    sys.stdout.flush()


def replay(seed: int) -> int:
    simulation = Simulation(world_of(seed))
    say(str(simulation.world))
    try:
        simulation.run()
    except Exception:
        say(*simulation.trace)
        traceback.print_exc()
        return 1
    say(*simulation.trace)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
