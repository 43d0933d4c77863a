"""Every point at which a run can die, one after the other."""

from itertools import count, product

import pytest

from tests.simulation.check import holds
from tests.simulation.crashes import SMALL, dying, frozen, scenario, soon, steps, upgrading
from tests.simulation.sometimes import HALF_UPGRADE

TURNS = 12
"""In each of them it is every so-many-th step; they are all of them together."""


@pytest.mark.sampled(1)
@pytest.mark.parametrize("store", ["git", "files"])
@pytest.mark.parametrize("turn", range(TURNS))
def test_a_run_may_die_at_every_step(store, turn):
    world = scenario(SMALL, store=store)
    for step in range(1 + turn, steps(world, 0) + 1, TURNS):
        holds(dying(world, (0, step)))


@pytest.mark.sampled(1)
@pytest.mark.parametrize("counts", ["wall", "boot"])
@pytest.mark.parametrize("turn", range(TURNS))
def test_a_run_may_freeze_at_every_step(turn, counts):
    """Of its two clocks one alone may tell; where both do, the test of the clocks has it."""
    world = scenario(SMALL)
    for step in range(1 + turn, steps(world, 0) + 1, TURNS):
        holds(frozen(world, step, counts))


@pytest.mark.sampled(1)
@pytest.mark.parametrize("store", ["git", "files"])
@pytest.mark.parametrize("turn", range(4))
def test_an_upgrade_may_die_at_every_step(store, turn):
    world = scenario(SMALL, store=store)
    for step in count(1 + turn, 4):
        happened = holds(upgrading(world, step)).happened
        if not happened[HALF_UPGRADE]:
            break
    assert step > 12
    assert happened["upgraded"] == 3


@pytest.mark.slow
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("store", ["git", "files"])
@pytest.mark.parametrize("company", [False, True])
def test_a_run_of_all_kinds_of_posts_may_die_at_every_step(store, company):
    world = scenario(store=store)
    world = soon(world) if company else world
    for step in range(1, steps(world, 0) + 1):
        holds(dying(world, (0, step)))


@pytest.mark.slow
@pytest.mark.timeout(1800)
@pytest.mark.parametrize(("store", "stride"), [("git", 1), ("files", 4)])
@pytest.mark.parametrize("turn", range(8))
def test_the_run_after_a_death_may_die_at_every_step_too(store, stride, turn):
    """In the folder each file is a step of its own; every fourth will do."""
    world = scenario(SMALL, store=store)
    for first in range(1 + turn, steps(world, 0) + 1, 8):
        once = dying(world, (0, first))
        for second in range(1, steps(once, 1) + 1, stride):
            holds(dying(world, (0, first), (1, second)))


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_two_runs_at_once_may_both_die():
    world = soon(scenario(SMALL))
    for first, second in product(range(1, steps(world, 0) + 1, 2), range(1, 60, 3)):
        holds(dying(world, (0, first), (1, second)))
