"""Runs random worlds, and a fifth as many in which accounts share a budget, and in which people are
answered, of seeds that nobody ran before unless `--first` says which; or replays one: `python -m
tests.simulation --seed 17`, or with `--budget-seed` or `--answer-seed`. A whole run fails where
something of `sometimes` has never happened."""

import argparse
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from hashlib import sha256
from multiprocessing import Pool
from random import SystemRandom

from tests.simulation.answer_world import answer_world
from tests.simulation.answers import AnswerSimulation
from tests.simulation.budgets import BudgetSimulation, budget_world
from tests.simulation.simulation import Simulation
from tests.simulation.sometimes import SOMETIMES, WHOLE, never
from tests.simulation.world_maker import world_of

Made = Simulation | BudgetSimulation | AnswerSimulation
Work = tuple[str, int]
"""One world: of which kind, and its seed."""
Outcome = tuple[Work, str, Counter[str]]
KINDS: dict[str, Callable[[int], Made]] = {
    "seed": lambda seed: Simulation(world_of(seed)),
    "budget-seed": lambda seed: BudgetSimulation(budget_world(seed)),
    "answer-seed": lambda seed: AnswerSimulation(answer_world(seed)),
}
"""By the option with which one is replayed."""


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.simulation", description=__doc__)
    for kind in KINDS:
        parser.add_argument(f"--{kind}", type=int, help="replay one world, with all that happens")
    parser.add_argument("--worlds", type=int, default=10_000)
    parser.add_argument("--first", type=int, help="the first seed; by default a fresh one")
    parser.add_argument("--jobs", type=int, default=2)
    given = parser.parse_args()
    for kind, made in KINDS.items():
        if (seed := getattr(given, kind.replace("-", "_"))) is not None:
            return replay(made(seed))
    first = fresh() if given.first is None else given.first
    return many(range(first, first + given.worlds), given.jobs)


def fresh() -> int:
    """A seed far from those that tests run."""
    return SystemRandom().randrange(10**9, 10**12)


def many(seeds: range, jobs: int) -> int:
    """Says what happened in all of them, and how to replay those that are broken."""
    say(f"seeds {seeds.start} to {seeds.stop - 1}")
    began, happened, broken = time.perf_counter(), Counter[str](), 0
    work = [(kind, seed) for kind in KINDS for seed in seeds[:: 1 if kind == "seed" else 5]]
    for (kind, seed), error, counted in outcomes(work, jobs):
        happened += counted
        if error:
            broken += 1
            say(f"python -m tests.simulation --{kind} {seed}   # {error}")
    for what, number in sorted(happened.items()):
        if what not in SOMETIMES:
            say(f"{number:8,} {what}")
    say("", *(f"{happened[what]:8,} {what}" for what in SOMETIMES))
    say(f"{len(work):8,} worlds in {time.perf_counter() - began:.0f} s, {broken} broken")
    return bool(broken) or falls_short(happened, len(seeds))


def falls_short(happened: Counter[str], worlds: int) -> bool:
    """Whether a run does not prove what it should."""
    missing = never(happened)
    if missing and worlds < WHOLE:
        say(
            f"never happened, which fewer than {WHOLE:,} worlds need not show: {'; '.join(missing)}"
        )
    elif missing:
        say(f"FAILED: never happened: {'; '.join(missing)}")
    return bool(missing) and worlds >= WHOLE


def outcomes(work: list[Work], jobs: int) -> Iterator[Outcome]:
    """Of each, as they come; where one job does it all, this process does."""
    if jobs == 1:
        yield from map(outcome, work)
        return
    with Pool(jobs) as pool:
        yield from pool.imap_unordered(outcome, work, chunksize=10)


def outcome(work: Work) -> Outcome:
    """What is broken, and what happened."""
    kind, seed = work
    simulation = KINDS[kind](seed)
    try:
        simulation.run()
    except Exception as error:
        return work, f"{type(error).__name__}: {error}"[:300], simulation.happened
    return work, "", simulation.happened


def say(*lines: str) -> None:
    sys.stdout.writelines(f"{line}\n" for line in lines)
    sys.stdout.flush()


def replay(simulation: Made) -> int:
    say(str(simulation.world))
    try:
        simulation.run()
    except Exception:
        say(*simulation.trace)
        traceback.print_exc()
        return 1
    say(*simulation.trace, digest(simulation))
    return 0


def digest(simulation: Made) -> str:
    """Of all bytes that the ledger has in the end."""
    return f"the ledger: {sha256(repr(simulation.kept).encode()).hexdigest()}"


if __name__ == "__main__":
    raise SystemExit(main())
