"""Runs a world: the real plan, apply, doubt, stores and publisher over models of all the rest."""

from collections import Counter
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import count
from pathlib import Path
from random import Random

from runner.bugs import noting
from runner.plan import PlanInputs
from runner.problems import LedgerUnusable
from runner.publish import Run
from runner.publish import RunPorts as Collaborators
from runner.publish.before_request import OVER
from runner.publish.ports import Ledger, Publisher
from runner.publish.run import RunReport, run
from runner.value import replace
from runner.x.publisher import XPublisher
from tests.simulation.drafts import PICTURES, inputs_of
from tests.simulation.judge import Judge
from tests.simulation.model_x import ModelX, Tag
from tests.simulation.noting import Noting
from tests.simulation.people import People
from tests.simulation.process import Process
from tests.simulation.scheduler import Killed, Scheduler
from tests.simulation.sometimes import (
    HELD,
    OVER_BUDGET,
    REFS_GONE,
    ROLLED_BACK,
    TWO_IDS,
)
from tests.simulation.tampering import HONEST, Tampering
from tests.simulation.vaults import vault_of
from tests.simulation.weather import Line, Weather
from tests.simulation.world import BEGINS, SETTLED, Tick, World


class Simulation:
    """One world while it runs."""

    def __init__(
        self, world: World, *, tampering: Tampering = HONEST, root: Path | None = None
    ) -> None:
        """`root`: an empty folder, for a world whose git is real."""
        self.world = world
        self.scheduler = Scheduler(BEGINS)
        self.chance = Random(f"chance {world.seed}")
        self.trace: list[str] = []
        self.happened: Counter[str] = Counter()
        self.processes: list[Process] = []
        self.x = ModelX(
            {"acme_lv": "acme_lv", "acme_es": "acme_es"},
            clock=lambda: self.scheduler.now,
            fence=timedelta(hours=24) if world.fence else timedelta(0),
            lag=self.lag,
            old_names=world.old_names,
            born=lambda post: self.people.meddle(post),
        )
        self.weather = Weather(world.storms, self.chance, self.scheduler)
        self.vault = vault_of(world, self._failing, self.chance, root=root, refs=tampering.refs)
        self.judge = Judge(self)
        self.people = People(self)
        self._tampering = tampering
        self._attempts = count(1)
        self.prices: dict[Tag, Decimal] = {}
        self.dues: dict[Tag, datetime] = {}

    @property
    def kept(self) -> object:
        """All that the ledger says."""
        return self.vault.kept()

    # --- the time line

    def run(self) -> None:
        """Raises Broken when something that must hold does not."""
        for tick in (*self.world.ticks, *self._settling()):
            self.scheduler.at(tick.at, lambda tick=tick: self._start(tick))  # type: ignore[misc]
        for edit in self.world.edits:
            self.scheduler.at(edit.at, lambda name=edit.name: self.people.edit(name))  # type: ignore[misc]
        for act in self.world.acts:
            self.scheduler.at(act.at, lambda act=act: self.people.act(act))  # type: ignore[misc]
        self.scheduler.run()
        self.judge.at_the_end()

    def _settling(self) -> tuple[Tick, ...]:
        """When the dust settles: nothing goes wrong any more."""
        return tuple(Tick(at=moment) for moment in SETTLED)

    def tell(self, what: str) -> None:
        self.trace.append(f"{self.scheduler.now:%d %H:%M:%S.%f}"[:-3] + f" {what}")

    def lag(self) -> timedelta:
        now = self.scheduler.now
        return max((lag for a, b, lag in self.world.lags if a <= now < b), default=timedelta(0))

    def _failing(self) -> float:
        return self.world.refused if self.scheduler.now < SETTLED[0] else 0

    # --- a run

    def process(self, tick: Tick, name: str) -> Process:
        number = len(self.processes)
        process = Process(
            name=f"{name}-{number}",
            scheduler=self.scheduler,
            chance=Random(f"{self.world.seed} {number}"),
            fates=tick.fates,
            skew=tick.skew,
            fenced=self.world.fence,
            tell=self.tell,
            meanwhile=self.people.meanwhile,
        )
        process.deadline = tick.at + tick.skew + tick.job if tick.job else None
        process.hides = tick.hides
        process.hurt = bool(
            tick.hides or tick.behind or tick.job or abs(tick.skew) > timedelta(seconds=25)
        )
        self.processes.append(process)
        return process

    def _start(self, tick: Tick) -> None:
        process = self.process(tick, "run")
        process.start(lambda: self._work(process, tick))

    def _work(self, process: Process, tick: Tick) -> None:
        began, drafts = self.scheduler.now, len(self.vault.drafts)
        at = max(drafts - 1 - tick.behind, 0)
        self.tell(f"{process.name} begins, at version {at}, {tick.skew} ahead")
        with noting() as bugs:
            ran = self._run(process, tick, at)
        for bug in bugs:  # a run goes on in spite of it; a world must not hold in spite of it
            raise bug.error
        if ran:
            self._note(ran)
        unchanged = len(self.vault.drafts) == drafts
        self.judge.after_a_run(process, ran, began=began, unchanged=unchanged)

    def _run(self, process: Process, tick: Tick, version: int) -> RunReport | None:
        """What it did; None where it did not come to its end."""
        try:
            return run(lambda: self._begin(process, tick, version), wait=tick.wait)
        except Killed:
            self.happened["killed"] += 1
        except LedgerUnusable as unusable:
            self.tell(f"{process.name} stops: {unusable.message}")
            self.happened["ledger unusable"] += 1
            self._note_damage(unusable.message)
            process.hurt = True
        return None

    def _note_damage(self, told: str) -> None:
        self.happened[REFS_GONE] += "and its witness are gone" in told
        self.happened[ROLLED_BACK] += "accounts know more" in told

    def _note(self, ran: RunReport) -> None:
        """What a run tells of what has to happen in some worlds."""
        for notice in ran.plan.notices:
            self._note_damage(notice)
        for refusal in ran.outcome.refusals:
            self.happened[TWO_IDS] += "knows the user of account" in refusal.because
        for result in ran.outcome.results:
            self.happened[HELD] += result.because.startswith("held by")
            self.happened[OVER_BUDGET] += result.because == OVER.because

    def _begin(
        self, process: Process, tick: Tick, version: int
    ) -> tuple[PlanInputs, Collaborators]:
        if self.world.store == "files":
            version = len(self.vault.drafts) - 1
        inputs, accounts = inputs_of(self.vault.drafts[version]), None
        if tick.account:
            accounts = inputs.accounts & {tick.account}
            inputs = replace(inputs, accounts=accounts)
        process.accounts = accounts
        ledger = Noting(
            self._tampering.ledger(self.vault.ledger_of(process, version, accounts)),
            process,
            self.prices,
            self.dues,
            self.happened,
            lambda: self._forbidden(version),
        )
        return inputs, self.collaborators(process, inputs, ledger, version)

    def collaborators(
        self, process: Process, inputs: PlanInputs, ledger: Ledger, version: int
    ) -> Collaborators:
        return Collaborators(
            publisher_for=lambda account: self._publisher(process, inputs, account),
            ledger=ledger,
            clock=self._tampering.clock(process),
            read_media=PICTURES.__getitem__,
            run=Run(id=process.name, commit=f"{version:040x}", new_id=self._new_id),
            deadline=process.deadline,
            watch=lambda result: self.tell(
                f"{process.name} {result.key.short} {result.state} {result.because}"
            ),
            stopped=lambda: process.stopped,
            jitter=lambda: process.chance.uniform(1, 10),
        )

    def _forbidden(self, version: int) -> str | None:
        """Why nothing may be claimed from now on; what is asked of a claim that is under way may
        have been asked before."""
        if self.people.held:
            return "everything is on hold"
        if self.world.store == "git" and self.vault.drafts[version] != self.vault.drafts[-1]:
            return "its files are not those of the tip"
        return None

    def _publisher(self, process: Process, inputs: PlanInputs, account: str) -> Publisher:
        handle = inputs.project.accounts[account].handle
        line = Line(
            process=process,
            handle=handle,
            x=self.x,
            weather=self.weather,
            chance=self.chance,
            proof=self._tampering.proof(),
            slow=self.lag,
        )
        return self._tampering.publisher(XPublisher(line, handle, sleep=process.sleep))

    def _new_id(self) -> str:
        return f"attempt-{next(self._attempts)}"
