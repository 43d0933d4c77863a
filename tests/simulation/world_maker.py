"""Makes a world from a seed; each draws what goes wrong in it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from runner.value import replace
from tests.simulation.drafts import EDITS, MENU, MUTE, Draft
from tests.simulation.process import Fate
from tests.simulation.weather import KINDS, LOST, OUTAGES, REFUSALS, Storm
from tests.simulation.world import BEGINS, ENDS, Act, Edit, Tick, World

APART = (0, 0, 0, 1, 5)
"""Seconds between two jobs that a schedule starts at once."""


def world_of(seed: int) -> World:
    chance = Random(seed)
    fence = chance.random() < 0.3
    maker = _Maker(chance, fence=fence)
    calm = chance.random() < 0.04
    world = World(
        seed=seed,
        store="git" if chance.random() < 0.75 else "files",
        # by a chance of its own, so that seeds stay what they were
        draft=replace(maker.draft(), quotes=Random(f"quotes {seed}").random() < 1 / 4),
        ticks=maker.ticks(calm=calm),
        fence=fence,
        old_names=chance.random() < 0.3,
        calm=calm,
    )
    if calm:
        return world
    # by a chance of its own, so that seeds stay what they were
    back = rolled_back(maker.troubled(world), Random(f"back {seed}"))
    hidden = mistaken(hiding(back, Random(f"hides {seed}")), Random(f"mistaken {seed}"))
    apart = side_by_side(hidden, Random(f"side by side {seed}"))
    old = upgraded(without_a_project(apart, Random(f"project {seed}")), Random(f"old {seed}"))
    return deleted(old, Random(f"deleted {seed}"))


def deleted(world: World, chance: Random) -> World:
    """In one world in sixteen the ledger is deleted as a whole, and a slot or a post is moved, and
    nothing else edited: only what X shows can say what was sent at the old time."""
    if chance.random() >= 1 / 16 or world.rolled:
        return world
    moments = [BEGINS + (ENDS - BEGINS) * chance.random() for _ in range(2)]
    mute = {MUTE} if chance.random() < 0.5 else set()
    return replace(
        world,
        draft=replace(world.draft, menu=world.draft.menu | {"tip"} | mute),
        edits=(Edit(at=moments[0], name=chance.choice(["a moved slot", "another time"])),),
        acts=(Act(at=moments[1], what="cut", cut="all"),),
        lags=(),
        meddling=0.0,
    )


def upgraded(world: World, chance: Random) -> World:
    """In one world in ten an older release has kept the ledger up to some moment."""
    if chance.random() >= 1 / 10 or world.rolled:
        return world
    moment = BEGINS + (ENDS - BEGINS) * chance.random()
    act = Act(at=moment, what="upgrade", writes=chance.randint(1, 16))
    return replace(world, acts=tuple(sorted((*world.acts, act), key=lambda act: act.at)))


def without_a_project(world: World, chance: Random) -> World:
    """Who cuts a witness may roll back the project's own ledger instead, with its witness."""
    acts = tuple(
        replace(act, cut="project") if act.cut == "witness" and chance.random() < 0.5 else act
        for act in world.acts
    )
    return replace(world, acts=acts)


def side_by_side(world: World, chance: Random) -> World:
    """In one world in five each account has a job of its own, at the same moment, or nearly; under
    an old name there is nothing to do. Who cuts a ledger may take a branch with its witness."""
    acts = tuple(
        replace(act, cut="both") if act.cut == "branch" and chance.random() < 0.5 else act
        for act in world.acts
    )
    world = replace(world, acts=acts)
    if chance.random() >= 1 / 5:
        return world
    ticks = tuple(
        replace(tick, account=name, at=tick.at + timedelta(seconds=chance.choice(APART)))
        for tick in world.ticks
        for name in ("shop", "tienda", "boutique")
    )
    return replace(world, ticks=ticks)


def mistaken(world: World, chance: Random) -> World:
    """In one world in ten somebody says of what is in doubt that it is not out, without a look.
    What X shows too late, or in other words, nobody can know."""
    if chance.random() >= 1 / 10 or (world.lags and not world.fence):
        return world
    acts = [
        Act(at=BEGINS + (ENDS - BEGINS) * chance.random(), what="resolve wrongly") for _ in range(3)
    ]
    return replace(
        world,
        acts=tuple(sorted((*world.acts, *acts), key=lambda act: act.at)),
        meddling=world.meddling if world.fence else 0.0,
    )


def hiding(world: World, chance: Random) -> World:
    """In one world in twelve some machines have a library that hides what was sent."""
    if chance.random() >= 1 / 12:
        return world
    ticks = tuple(replace(tick, hides=chance.random() < 0.4) for tick in world.ticks)
    return replace(world, ticks=ticks)


def rolled_back(world: World, chance: Random) -> World:
    """One world in eight has its ledger rolled back as a whole, once or twice: a mirror that
    is pushed back, a backup that is restored. Its files and X's view of the past stay as they are,
    as only what X shows in the same words can make up for the ledger."""
    if chance.random() >= 1 / 8:
        return world
    acts = [
        Act(
            at=BEGINS + (ENDS - BEGINS) * chance.random(),
            what="back",
            writes=chance.choice([1, 2, 3, 5, 9]),
        )
        for _ in range(chance.randint(1, 2))
    ]
    mute = {MUTE} if chance.random() < 0.5 else set()
    return replace(
        world,
        draft=replace(world.draft, menu=world.draft.menu | mute),
        acts=tuple(sorted((*world.acts, *acts), key=lambda act: act.at)),
        edits=(),
        lags=(),
        meddling=0.0,
        storms=tuple(each for each in world.storms if "queued" not in each.kinds),
        old=chance.random() < 0.6,
        rolled=True,
    )


@dataclass
class _Maker:
    chance: Random
    fence: bool

    def draft(self) -> Draft:
        menu = self.chance.sample(MENU, self.chance.randint(2, 5))
        if {"answer", "link"} & set(menu):
            menu.append("announce")
        return Draft(
            menu=frozenset(menu),
            gap=self.chance.choice([0, 0, 0, 15]),
            grace=self.chance.choice(["4h", "4h", "1h"]),
            budget=self.chance.choice([None, None, None, "0.05", "0.30"]),
        )

    def moment(self) -> datetime:
        return BEGINS + (ENDS - BEGINS) * self.chance.random()

    def ticks(self, *, calm: bool) -> tuple[Tick, ...]:
        """Every 10 to 40 minutes; GitHub drops some, and delays others by hours."""
        every = self.chance.choice([15, 20, 40])
        found = []
        moment = BEGINS
        while moment < ENDS:
            moment += timedelta(minutes=every * self.chance.uniform(0.7, 1.3))
            wait = timedelta(minutes=self.chance.choice([0, 0, 0, 10, 45]))
            if not calm and self.chance.random() < 0.15:
                moment += timedelta(minutes=self.chance.choice([20, 60, 180]))
            found.append(Tick(at=moment, wait=wait))
        return tuple(found)

    def troubled(self, world: World) -> World:
        some: list[Callable[[World], World]] = [
            self.with_blows,
            self.with_blows,
            self.with_company,
            self.with_storms,
            self.with_storms,
            self.with_edits,
            self.with_lag,
            self.with_acts,
            self.with_stale_ticks,
            self.with_skew,
            self.with_refused_pushes,
        ]
        for change in self.chance.sample(some, self.chance.randint(1, 5)):
            world = change(world)
        return replace(world, meddling=self.chance.choice([0.0, 0.0, 0.5]))

    # --- what troubles it

    def with_blows(self, world: World) -> World:
        ticks = tuple(
            replace(tick, fates=(*tick.fates, self.fate())) if self.chance.random() < 0.4 else tick
            for tick in world.ticks
        )
        return replace(world, ticks=ticks)

    def fate(self) -> Fate:
        blow = self.chance.choice(["kill", "kill", "kill", "freeze", "stop", "jump", "meanwhile"])
        step = self.chance.randint(1, self.chance.choice([12, 30, 80]))
        counts = self.chance.choice(["both", "both", "wall", "boot"])
        seconds = self.chance.choice([70, 200, 900, 7200, 20000])
        if blow == "jump":
            seconds = self.chance.choice([-3600, -40, 40, 3600])
        if self.fence and self.chance.random() < 0.2:
            counts = "none"
        return Fate(blow=blow, step=step, seconds=seconds, counts=counts)  # type: ignore[arg-type]

    def with_company(self, world: World) -> World:
        """Two and three runners at once."""
        more = [
            replace(tick, at=tick.at + timedelta(seconds=self.chance.choice([0, 1, 5, 30, 90])))
            for tick in world.ticks
            for _ in range(self.chance.choice([0, 1, 1, 2]))
        ]
        return replace(world, ticks=(*world.ticks, *more))

    def with_storms(self, world: World) -> World:
        kinds = self.chance.choice([KINDS, OUTAGES, REFUSALS, LOST[:1], LOST, ("queued",)])
        begins = self.moment()
        storm = Storm(
            begins=begins,
            ends=begins + timedelta(minutes=self.chance.choice([10, 40, 120])),
            kinds=kinds,
            share=self.chance.choice([0.2, 0.5, 1.0]),
            routes=self.chance.choice(["", "POST /2/", "POST /2/", "POST /2/tweets", "GET /2/"]),
            queued=900 if self.fence else 80,
        )
        return replace(world, storms=(*world.storms, storm))

    def with_edits(self, world: World) -> World:
        names = self.chance.choices(sorted(EDITS), k=self.chance.randint(1, 3))
        edits = sorted((Edit(at=self.moment(), name=name) for name in names), key=lambda e: e.at)
        return replace(world, edits=tuple(edits))

    def with_lag(self, world: World) -> World:
        """Up to two minutes where the runner has to find out by looking; hours behind the fence."""
        minutes = [20, 90, 240] if self.fence else [0.5, 1, 2]
        begins = self.moment()
        lasts = timedelta(minutes=self.chance.choice([30, 120, 400]))
        lag = timedelta(minutes=self.chance.choice(minutes))
        return replace(world, lags=((begins, begins + lasts, lag),))

    def with_acts(self, world: World) -> World:
        acts: list[Act] = []
        some = ["hold", "cut", "say", "resolve", "resolve"]
        for what in self.chance.sample(some, self.chance.randint(1, 3)):
            moment = self.moment()
            cut = self.chance.choice(["branch", "back", "witness", "all"])
            acts.append(Act(at=moment, what=what, cut=cut))  # type: ignore[arg-type]
            if what == "hold" and self.chance.random() < 0.7:
                over = timedelta(minutes=self.chance.choice([5, 30, 120]))
                acts.append(Act(at=moment + over, what="release"))
            if what == "cut" and self.chance.random() < 0.6:
                later = timedelta(minutes=self.chance.choice([2, 30, 120]))
                acts.append(Act(at=moment + later, what="mend"))
        return replace(world, acts=tuple(sorted(acts, key=lambda act: act.at)))

    def with_stale_ticks(self, world: World) -> World:
        """Somebody re-runs an old commit."""
        more = [Tick(at=self.moment(), behind=self.chance.choice([1, 2])) for _ in range(3)]
        return replace(world, ticks=(*world.ticks, *more))

    def with_skew(self, world: World) -> World:
        seconds = [-25, -10, 10, 25, -25, 25, 45, 3600, -7200]
        ticks = tuple(
            replace(tick, skew=timedelta(seconds=self.chance.choice(seconds)))
            if self.chance.random() < 0.5
            else tick
            for tick in world.ticks
        )
        return replace(world, ticks=ticks)

    def with_refused_pushes(self, world: World) -> World:
        return replace(world, refused=self.chance.choice([0.1, 0.4]))
