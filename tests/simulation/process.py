"""A process that runs the runner: its steps, what befalls it at one of them, its clocks."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Literal, TypeVar

from runner.publish.sending import PLAN_HOLDS
from tests.simulation.scheduler import Baton, Killed, Scheduler

T = TypeVar("T")
Blow = Literal["kill", "freeze", "stop", "jump", "meanwhile"]


@dataclass(frozen=True, kw_only=True)
class Fate:
    """What befalls a process at its so-many-th step: it is killed; it is frozen for `seconds`,
    which both of its clocks count, or the `wall` alone, or the one since boot alone; a signal asks
    it to stop; its wall clock jumps; or somebody does something else meanwhile."""

    blow: Blow
    step: int
    seconds: float = 0
    counts: Literal["both", "wall", "boot", "none"] = "both"


@dataclass(eq=False)
class Process:
    """One run of the runner. `effect` is the only way in which it touches the world."""

    name: str
    scheduler: Scheduler
    chance: Random
    fates: tuple[Fate, ...] = ()
    skew: timedelta = timedelta(0)
    fenced: bool = True
    """X refuses what was said before: only then may it be frozen right before a create call, with
    nothing that tells; design says so, and names the duplicate filter."""
    tell: Callable[[str], None] = lambda _: None
    meanwhile: Callable[[], None] = lambda: None
    steps: list[str] = field(default_factory=list)
    hurt: bool = False
    """Something went wrong on its way, so nothing may be expected of it."""
    dead: bool = False
    stopped: bool = False
    hides: bool = False
    """Its library sends without anybody's seeing that something leaves."""
    flying: bool = False
    """It has claimed, and not yet recorded what came of it."""
    dozes: bool = False
    """It has slept, though not for so long that it looks at X anew before it goes on."""
    deadline: datetime | None = None
    """When its job ends, by its own clock."""
    accounts: frozenset[str] | None = None
    """Those that it is for; None for all."""
    claim: tuple[str, int] | None = None
    """The key and part of its last claim."""
    _boot: float = 1000.0
    """What its clock since boot is ahead of the true time."""

    def start(self, work: Callable[[], None]) -> None:
        self.baton = Baton(self.scheduler, work)
        self.baton.begin()

    # --- effects

    def effect(self, what: str, do: Callable[[], T], *, takes: float = 0.5) -> T:
        """Does something to the world; others may go on before and after it."""
        share = self.chance.random()
        self._step(f"before {what}", takes * share)
        result = do()
        self._step(f"after {what}", takes * (1 - share))
        return result

    def breathe(self, seconds: float = 0.01) -> None:
        """Time passes, without an effect."""
        if self.dead:
            raise Killed
        self.baton.pass_time(seconds)

    def _step(self, label: str, seconds: float) -> None:
        if self.dead:
            raise Killed
        self.steps.append(label)
        for fate in self.fates:
            if fate.step == len(self.steps):
                self._suffer(fate, label)
        self.breathe(seconds)

    def _suffer(self, fate: Fate, label: str) -> None:
        if fate.blow == "freeze" and not self.fenced and label.startswith("before POST /2/"):
            return
        self.hurt = True
        self.tell(f"{self.name} {fate.blow} at step {fate.step}, {label}")
        match fate.blow:
            case "kill":
                self.dead = True
                raise Killed
            case "stop":
                self.stopped = True
            case "meanwhile":
                self.scheduler.after(0, self.meanwhile)
            case "jump":
                self.skew += timedelta(seconds=fate.seconds)
            case "freeze":
                self.dozes = fate.seconds <= PLAN_HOLDS.total_seconds()
                self.baton.pass_time(fate.seconds)
                if fate.counts not in ("both", "wall"):
                    self.skew -= timedelta(seconds=fate.seconds)
                if fate.counts not in ("both", "boot"):
                    self._boot -= fate.seconds

    # --- its clock: satisfies `runner.publish.ports.Clock`

    def now(self) -> datetime:
        return self.scheduler.now + self.skew

    def boot(self) -> float:
        return self.scheduler.now.timestamp() + self._boot

    def sleep(self, seconds: float) -> None:
        self._step(f"asleep for {seconds:.0f} s", 0)
        end = self.scheduler.now + timedelta(seconds=max(seconds, 0.001))  # time never stands still
        while not self.stopped and (left := (end - self.scheduler.now).total_seconds()) > 0:
            self.breathe(min(left, 60.0))
