"""Runs a world: the real plan, apply, doubt, stores and publisher over models of all the rest."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial
from itertools import count
from pathlib import Path
from random import Random

from runner.bugs import noting
from runner.git import GitFailed
from runner.ledger import Hold, Need, Record
from runner.plan import PlanInputs
from runner.problems import LedgerUnusable
from runner.publish import Run
from runner.publish import RunPorts as Collaborators
from runner.publish.ports import Ledger, Publisher
from runner.publish.releases import OVER
from runner.publish.resolution_look import refuse_if_shown
from runner.publish.run import RunReport, run
from runner.x.publisher import XPublisher
from tests.simulation.drafts import EDITS, PICTURES, inputs_of
from tests.simulation.judge import EVERYTHING, Judge
from tests.simulation.model_x import ModelX, Post, Tag
from tests.simulation.noting import Noting
from tests.simulation.person import resolve, resolve_wrongly
from tests.simulation.process import Fate, Process
from tests.simulation.scheduler import Killed, Scheduler
from tests.simulation.sometimes import (
    HALF_UPGRADE,
    HELD,
    OVER_BUDGET,
    REFS_GONE,
    ROLLED_BACK,
    TWO_IDS,
)
from tests.simulation.tampering import HONEST, Tampering
from tests.simulation.vaults import vault_of
from tests.simulation.weather import Line, Weather
from tests.simulation.world import BEGINS, SETTLED, Act, Tick, World


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
            born=self._meddle,
        )
        self.weather = Weather(world.storms, self.chance, self.scheduler)
        self.vault = vault_of(world, self._failing, self.chance, root=root, refs=tampering.refs)
        self.judge = Judge(self)
        self._tampering = tampering
        self._attempts = count(1)
        self._held = False
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
            self.scheduler.at(edit.at, lambda name=edit.name: self._edit(name))  # type: ignore[misc]
        for act in self.world.acts:
            self.scheduler.at(act.at, lambda act=act: self._act(act))  # type: ignore[misc]
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

    # --- what people do

    def _edit(self, name: str) -> None:
        if self.world.rolled:
            return
        draft = EDITS[name](self.vault.drafts[-1], self.chance)
        if draft != self.vault.drafts[-1]:
            self.tell(f"edit: {name}")
            self.happened[f"edit: {name}"] += 1
            self.vault.drafts.append(draft)

    def _act(self, act: Act) -> None:
        self.tell(f"act: {act.what} {act.cut if act.what == 'cut' else ''}")
        self.happened[f"act: {act.what}"] += 1
        match act.what:
            case "cut":
                self._held = False
                whole = act.cut == "all" or self.world.store == "files"
                if not whole or self._can_forget():
                    self.vault.cut(act.cut)
            case "mend":
                self.vault.mend()
            case "back":
                self._when_idle(lambda: self._back(act))
            case "upgrade":
                self._when_idle(lambda: self._grow_old(act))
            case "resolve":
                person = self._process(Tick(at=self.scheduler.now), "person")
                person.start(lambda: self._resolve(person))
            case "resolve wrongly":
                person = self._process(Tick(at=self.scheduler.now), "person")
                person.start(lambda: self._resolve_wrongly(person))
            case "say":
                self.x.write("acme_lv", "Something that a person wrote by hand")
            case "hold" | "release" as what:
                person = self._process(Tick(at=self.scheduler.now), "person")
                person.start(lambda: self._hold(person, held=what == "hold"))

    def _resolve(self, person: Process) -> None:
        try:
            resolve(person, self.vault.ledger_of(person), self.x, EVERYTHING)
        except LedgerUnusable as unusable:
            self.tell(f"{person.name} can't: {unusable.message}")

    def _resolve_wrongly(self, person: Process) -> None:
        ledger = self.vault.ledger_of(person)
        inputs = inputs_of(self.vault.drafts[-1])
        ports = self._collaborators(person, inputs, ledger, len(self.vault.drafts) - 1)
        look = partial(refuse_if_shown, project=inputs.project, ports=ports)
        try:
            resolve_wrongly(person, ledger, look, EVERYTHING)
        except LedgerUnusable as unusable:
            self.tell(f"{person.name} can't: {unusable.message}")

    def _can_forget(self) -> bool:
        """Whether X shows all that was sent, so that a look can make up for the whole ledger; of
        what is under way just then nobody knows, but X where it refuses a second copy."""
        world = self.world
        flying = any(each.flying and not each.dead for each in self.processes)
        settled = not flying and not self.vault.busy
        seen = not (world.lags or world.storms or self.happened["somebody edits by hand"])
        return world.fence or (settled and seen)

    def _when_idle(self, do: Callable[[], bool], *, tries: int = 60) -> None:
        """When nobody is at work, and it can be done; else a little later."""
        if self.vault.damaged or not tries:
            return
        at_work = any(not each.dead and not each.baton.done for each in self.processes)
        if at_work or not do():
            self.scheduler.after(60, lambda: self._when_idle(do, tries=tries - 1))

    def _back(self, act: Act) -> bool:
        """Only while whatever would go out again would do so late."""
        lately = self.scheduler.now - timedelta(minutes=3)
        if any(self.dues[post.tag] >= lately for post in self.x.posts if post.tag):
            return False
        self._held = False
        self.tell(f"the ledger is rolled back by {act.writes}")
        self.happened["rolled back"] += 1
        self.vault.back(act.writes)
        return True

    def _grow_old(self, act: Act) -> bool:
        """Somebody takes over what an older release has kept up to now: is killed, and does it
        again later, and again."""
        if self.vault.outside().whose() is None:
            return False
        self.tell("the ledger is that of an older release")
        self.vault.grow_old()
        kill = Fate(blow="kill", step=act.writes)
        for minutes, fates in ((0.0, (kill,)), (15.0, ()), (60.0, ())):
            self.scheduler.after(60 * minutes, partial(self._upgrade, fates))
        return True

    def _upgrade(self, fates: tuple[Fate, ...]) -> None:
        person = self._process(Tick(at=self.scheduler.now, fates=fates), "upgrade")
        person.start(lambda: self._upgraded(person))

    def _upgraded(self, person: Process) -> None:
        try:
            self.vault.upgrade(person)
        except Killed:
            self.happened[HALF_UPGRADE] += 1
        except (LedgerUnusable, GitFailed) as failed:
            self.tell(f"{person.name} can't: {failed}")
        else:
            self.happened["upgraded"] += 1

    def _hold(self, person: Process, *, held: bool) -> None:
        now = self.scheduler.now
        hold = Hold(at=now, run=person.name, level="project", held=held, by="ann", because="why")
        try:
            self.vault.ledger_of(person).record(Record(holds=(hold,)))
            # somebody may have deleted the ledger, and the hold in it, before that was known
            self._held = bool(self.vault.outside().read(Need()).holds)
        except LedgerUnusable as unusable:
            self.tell(f"{person.name} can't: {unusable.message}")

    def _meddle(self, post: Post) -> None:
        """Somebody deletes or edits by hand what has just come up."""
        if self.chance.random() >= self.world.meddling / 3:
            return
        edit = post.repost_of is None and self.chance.random() < 0.5
        what = "edits" if edit else "deletes"

        def meddle() -> None:
            self.tell(f"somebody {what} {post.id} {post.tag}")
            self.happened[f"somebody {what} by hand"] += 1
            self.x.edit(post, f"{post.text} (mended)") if edit else self.x.delete(post)

        self.scheduler.after(self.chance.choice([5, 60, 300, 1800]), meddle)

    def _meanwhile(self) -> None:
        """Right between two steps of a run."""
        match self.chance.choice(["edit", "edit", "hold", "cut", "say"]):
            case "edit":
                self._edit(self.chance.choice(sorted(EDITS)))
            case "cut":
                self._act(Act(at=self.scheduler.now, what="cut", cut="all"))
            case "hold":
                self._act(Act(at=self.scheduler.now, what="hold"))
            case "say":
                self._act(Act(at=self.scheduler.now, what="say"))

    # --- a run

    def _process(self, tick: Tick, name: str) -> Process:
        number = len(self.processes)
        process = Process(
            name=f"{name}-{number}",
            scheduler=self.scheduler,
            chance=Random(f"{self.world.seed} {number}"),
            fates=tick.fates,
            skew=tick.skew,
            fenced=self.world.fence,
            tell=self.tell,
            meanwhile=self._meanwhile,
        )
        process.deadline = tick.at + tick.skew + tick.job if tick.job else None
        process.hides = tick.hides
        process.hurt = bool(
            tick.hides or tick.behind or tick.job or abs(tick.skew) > timedelta(seconds=25)
        )
        self.processes.append(process)
        return process

    def _start(self, tick: Tick) -> None:
        process = self._process(tick, "run")
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
        return inputs, self._collaborators(process, inputs, ledger, version)

    def _collaborators(
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
        if self._held:
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
