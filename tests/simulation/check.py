"""Runs worlds for tests; one that breaks says how to replay it."""

from collections.abc import Iterable
from pathlib import Path

from tests.simulation.simulation import Simulation
from tests.simulation.tampering import Tampering
from tests.simulation.world import World


def holds(world: World, *, root: Path | None = None) -> Simulation:
    """Raises AssertionError, with the way to replay it, when the world breaks."""
    simulation = Simulation(world, root=root)
    try:
        simulation.run()
    except Exception as error:
        last = "\n".join(simulation.trace[-40:])
        raise AssertionError(
            f"{error}\nreplay: python -m tests.simulation --seed {world.seed}\n{last}"
        ) from error
    return simulation


def first_broken(worlds: Iterable[World], tampering: Tampering, *, saying: str = "") -> str | None:
    """What breaks first, in these words, where something is tampered with; None if nothing does."""
    for world in worlds:
        try:
            Simulation(world, tampering=tampering).run()
        except AssertionError as broken:
            if saying in str(broken):
                return str(broken)
    return None
