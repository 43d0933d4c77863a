"""Two to eight accounts at once with one budget and no common lock: never over it, and never stuck
while money is left."""

from collections import Counter

import pytest

from tests.simulation.budgets import BudgetSimulation, budget_world
from tests.simulation.check import counted
from tests.simulation.sometimes import FOUND, LOST_SWAP, OVER_BUDGET

TOLD = ("sent", "killed", "did not fit", OVER_BUDGET, LOST_SWAP, FOUND)
FEW, SAMPLE = 4, 60
"""Worlds of a test, and of a run of all tests that are not long proofs."""
ALL, CHUNK = 2_000, 50
EVENTFUL = range(40, 41)
"""In it happens what can."""


def happened(seeds: range, *, young: bool = False) -> Counter[str]:
    found: Counter[str] = Counter()
    for seed in seeds:
        simulation = BudgetSimulation(budget_world(seed), young=young)
        try:
            simulation.run()
        except AssertionError as broken:
            told = "\n".join(simulation.trace[-40:])
            raise AssertionError(f"budget world {seed}: {broken}\n{told}") from broken
        found += simulation.happened
    counted(
        {"budget worlds": len(seeds), **{f"budget worlds, {what}": found[what] for what in TOLD}}
    )
    return found


@pytest.mark.sampled(1)
@pytest.mark.parametrize("first", range(0, SAMPLE, FEW))
def test_no_budget_is_passed_and_none_is_left_while_something_fits(first):
    happened(range(first, first + FEW))


def test_so_it_is_where_all_happens_that_can():
    found = happened(EVENTFUL)
    for what in ("sent", OVER_BUDGET, FOUND, "absent", "killed", "did not fit"):
        assert found[what], what


@pytest.mark.slow
@pytest.mark.parametrize("first", range(SAMPLE, ALL, CHUNK))
def test_so_it_is_in_two_thousand_worlds(first):
    happened(range(first, first + CHUNK))


def test_accounts_whose_first_posts_fall_due_at_once_lose_races_and_nothing_but_time():
    found = happened(range(4), young=True)
    assert found[LOST_SWAP] > 10
    assert found["sent"] > 10


def test_without_the_look_after_the_claim_a_budget_is_passed():
    def run_all() -> None:
        for seed in range(SAMPLE):
            BudgetSimulation(budget_world(seed), lonely=True).run()

    with pytest.raises(AssertionError, match="USD were spent"):
        run_all()


def test_a_seed_says_all_that_happens():
    first, again = (BudgetSimulation(budget_world(33)) for _ in range(2))
    first.run()
    again.run()
    assert first.trace == again.trace
    assert first.kept == again.kept
