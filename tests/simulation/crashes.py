"""A mixed scenario, and every point at which one of its runs can die."""

from datetime import timedelta
from typing import Literal

from runner.value import replace
from tests.simulation.drafts import Draft
from tests.simulation.process import Fate
from tests.simulation.simulation import Simulation
from tests.simulation.world import Act, Cut, Tick, World
from tests.unit.stores.building import at

MENU = frozenset({"announce", "photo", "story", "share", "answer", "tip", "hello"})
"""A link, a picture, a thread, a repost, an answer, a ring of items, another account."""
SMALL = frozenset({"photo", "story", "share"})
TICKS = ("11:45", "11:53", "12:01", "12:45", "14:05", "14:20")


def scenario(menu: frozenset[str] = MENU, *, store: Literal["git", "files"] = "git") -> World:
    """Everything that is due goes out in the first run, unless something befalls it."""
    return World(
        seed=0,
        store=store,
        draft=Draft(menu=menu),
        ticks=tuple(Tick(at=at(f"2026-12-01 {moment}")) for moment in TICKS),
        calm=True,
    )


def dying(world: World, *deaths: tuple[int, int]) -> World:
    """The same, but runs are killed: (which, at which of its steps)."""
    ticks = list(world.ticks)
    for run, step in deaths:
        ticks[run] = replace(ticks[run], fates=(Fate(blow="kill", step=step),))
    return replace(world, ticks=tuple(ticks), calm=False)


def frozen(world: World, step: int, counts: Literal["both", "wall", "boot"] = "both") -> World:
    """The same, but the first run stands still for two hours at one of its steps."""
    fate = Fate(blow="freeze", step=step, seconds=7200, counts=counts)
    first, *rest = world.ticks
    return replace(world, ticks=(replace(first, fates=(fate,)), *rest), calm=False)


def cut(world: World, how: Cut, moment: str) -> World:
    """The same, but somebody cuts the ledger."""
    act = Act(at=at(f"2026-12-01 {moment}"), what="cut", cut=how)
    return replace(world, acts=(act,), calm=False)


def upgrading(world: World, step: int) -> World:
    """The same, but an older release has kept the ledger, and who takes it over is killed."""
    act = Act(at=at("2026-12-01 12:10"), what="upgrade", writes=step)
    return replace(world, acts=(act,), calm=False)


def steps(world: World, run: int) -> int:
    """How many steps a run takes, each of which may be its last."""
    return len(_labels(world, run))


def before_sending(world: World) -> int:
    """The step of the first run after which X has its first post."""
    return 1 + _labels(world, 0).index("before POST /2/tweets")


def _labels(world: World, run: int) -> list[str]:
    simulation = Simulation(world)
    simulation.run()
    return simulation.processes[run].steps


def soon(world: World) -> World:
    """The same, but the second run comes while the first may still be at work."""
    first, second, *rest = world.ticks
    return replace(
        world, ticks=(first, replace(second, at=first.at + timedelta(seconds=20)), *rest)
    )
