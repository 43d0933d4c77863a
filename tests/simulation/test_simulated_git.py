"""The same worlds with the git program and a bare repository below the real store."""

from dataclasses import replace

import pytest

from tests.simulation.check import holds
from tests.simulation.world import World
from tests.simulation.world_maker import world_of


def with_git(seed: int) -> World:
    """A shorter one: every step is a run of git or two."""
    world = world_of(seed)
    return replace(world, store="git", ticks=world.ticks[:6])


@pytest.mark.parametrize("seed", [2, 3])
def test_worlds_hold_with_real_git(seed, tmp_path):
    holds(with_git(seed), root=tmp_path)


@pytest.mark.slow
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("seed", range(100, 160))
def test_more_worlds_hold_with_real_git(seed, tmp_path):
    holds(with_git(seed), root=tmp_path)
