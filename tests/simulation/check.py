"""Runs worlds for tests; one that breaks says how to replay it."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tests.simulation.simulation import Simulation
from tests.simulation.sometimes import OF_POSTS
from tests.simulation.tampering import Tampering
from tests.simulation.world import World

TOLD = ("runs", "killed", *OF_POSTS)
_COUNTED: list[dict[str, int]] = []


@contextmanager
def counting(into: dict[str, int]) -> Iterator[None]:
    """What is counted meanwhile adds up there."""
    _COUNTED.append(into)
    try:
        yield
    finally:
        _COUNTED.remove(into)


def counted(figures: Mapping[str, int]) -> None:
    for into in _COUNTED:
        for what, number in figures.items():
            into[what] = into.get(what, 0) + number


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
    happened = simulation.happened
    counted({"worlds that held": 1, **{f"worlds, {what}": happened[what] for what in TOLD}})
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
