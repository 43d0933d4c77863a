"""The same worlds with the git program and a bare repository below the real store."""

from collections import Counter
from itertools import count
from pathlib import Path

import pytest

from runner.value import replace
from tests.simulation.check import holds
from tests.simulation.crashes import SMALL, scenario, upgrading
from tests.simulation.sometimes import HALF_UPGRADE
from tests.simulation.world import World
from tests.simulation.world_maker import world_of

pytestmark = pytest.mark.sampled(1)


def with_git(seed: int) -> World:
    """A shorter one: every step is a run of git or two."""
    world = world_of(seed)
    return replace(world, store="git", ticks=world.ticks[:6])


@pytest.mark.parametrize("seed", [2])
def test_worlds_hold_with_real_git(seed, tmp_path):
    holds(with_git(seed), root=tmp_path)


def upgraded(step: int, root: Path) -> Counter[str]:
    """What happened where real git had an older release's ledger, and who took it over died."""
    root.mkdir()
    happened = holds(upgrading(scenario(SMALL), step), root=root).happened
    assert happened["upgraded"]
    return happened


def test_an_upgrade_that_is_cut_in_half_goes_on_with_real_git(tmp_path):
    assert upgraded(8, tmp_path / "world")[HALF_UPGRADE] == 1


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_so_it_does_wherever_it_is_cut(tmp_path, record_property):
    steps = count(1)
    while upgraded(step := next(steps), tmp_path / str(step))[HALF_UPGRADE]:
        pass
    record_property("figures", {"upgrades cut with real git": step - 1})
    assert step > 10


@pytest.mark.slow
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("seed", range(100, 160))
def test_more_worlds_hold_with_real_git(seed, tmp_path):
    holds(with_git(seed), root=tmp_path)
