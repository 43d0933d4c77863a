"""What people do to a world, by plan or by chance: edits, holds, words on a post, and harm to the
ledger."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from runner.git import GitFailed
from runner.ledger import Hold, Need, Record
from runner.problems import LedgerUnusable
from runner.publish.resolution_target import refuse_if_shown
from tests.simulation.drafts import EDITS, inputs_of
from tests.simulation.judge import EVERYTHING
from tests.simulation.model_x import Post
from tests.simulation.person import resolve, resolve_wrongly
from tests.simulation.process import Fate, Process
from tests.simulation.scheduler import Killed
from tests.simulation.sometimes import HALF_UPGRADE
from tests.simulation.world import Act, Tick

if TYPE_CHECKING:
    from tests.simulation.simulation import Simulation


class People:
    """Of one world while it runs."""

    def __init__(self, simulation: "Simulation") -> None:
        self._of = simulation
        self.held = False
        """Everything is on hold, and the ledger says so."""

    def edit(self, name: str) -> None:
        if self._of.world.rolled:
            return
        draft = EDITS[name](self._of.vault.drafts[-1], self._of.chance)
        if draft != self._of.vault.drafts[-1]:
            self._of.tell(f"edit: {name}")
            self._of.happened[f"edit: {name}"] += 1
            self._of.vault.drafts.append(draft)

    def act(self, act: Act) -> None:
        self._of.tell(f"act: {act.what} {act.cut if act.what == 'cut' else ''}")
        self._of.happened[f"act: {act.what}"] += 1
        match act.what:
            case "cut":
                self.held = False
                whole = act.cut == "all" or self._of.world.store == "files"
                if not whole or self._can_forget():
                    self._of.vault.cut(act.cut)
            case "mend":
                self._of.vault.mend()
            case "back":
                self._when_idle(lambda: self._back(act))
            case "upgrade":
                self._when_idle(lambda: self._grow_old(act))
            case "resolve":
                person = self._of.process(Tick(at=self._of.scheduler.now), "person")
                person.start(lambda: self._resolve(person))
            case "resolve wrongly":
                person = self._of.process(Tick(at=self._of.scheduler.now), "person")
                person.start(lambda: self._resolve_wrongly(person))
            case "say":
                self._of.x.write("acme_lv", "Something that a person wrote by hand")
            case "hold" | "release" as what:
                person = self._of.process(Tick(at=self._of.scheduler.now), "person")
                person.start(lambda: self._hold(person, held=what == "hold"))

    def _resolve(self, person: Process) -> None:
        try:
            resolve(person, self._of.vault.ledger_of(person), self._of.x, EVERYTHING)
        except LedgerUnusable as unusable:
            self._of.tell(f"{person.name} can't: {unusable.message}")

    def _resolve_wrongly(self, person: Process) -> None:
        ledger = self._of.vault.ledger_of(person)
        inputs = inputs_of(self._of.vault.drafts[-1])
        ports = self._of.collaborators(person, inputs, ledger, len(self._of.vault.drafts) - 1)
        look = partial(refuse_if_shown, project=inputs.project, ports=ports)
        try:
            resolve_wrongly(person, ledger, look, EVERYTHING)
        except LedgerUnusable as unusable:
            self._of.tell(f"{person.name} can't: {unusable.message}")

    def _can_forget(self) -> bool:
        """Whether X shows all that was sent, so that a look can make up for the whole ledger; of
        what is under way just then, or acts upon a look of before its sleep, nobody knows, but X
        where it refuses a second copy."""
        world = self._of.world
        flying = any(
            (each.flying or each.dozes) and not (each.dead or each.baton.done)
            for each in self._of.processes
        )
        settled = not flying and not self._of.vault.busy
        seen = not (world.lags or world.storms or self._of.happened["somebody edits by hand"])
        return world.fence or (settled and seen)

    def _when_idle(self, do: Callable[[], bool], *, tries: int = 60) -> None:
        """When nobody is at work, and it can be done; else a little later."""
        if self._of.vault.damaged or not tries:
            return
        at_work = any(not each.dead and not each.baton.done for each in self._of.processes)
        if at_work or not do():
            self._of.scheduler.after(60, lambda: self._when_idle(do, tries=tries - 1))

    def _back(self, act: Act) -> bool:
        """Only while whatever would go out again would do so late."""
        lately = self._of.scheduler.now - timedelta(minutes=3)
        if any(self._of.dues[post.tag] >= lately for post in self._of.x.posts if post.tag):
            return False
        self.held = False
        self._of.tell(f"the ledger is rolled back by {act.writes}")
        self._of.happened["rolled back"] += 1
        self._of.vault.back(act.writes)
        return True

    def _grow_old(self, act: Act) -> bool:
        """Somebody takes over what an older release has kept up to now: is killed, and does it
        again later, and again."""
        if self._of.vault.outside().origin() is None:
            return False
        self._of.tell("the ledger is that of an older release")
        self._of.vault.grow_old()
        kill = Fate(blow="kill", step=act.writes)
        for minutes, fates in ((0.0, (kill,)), (15.0, ()), (60.0, ())):
            self._of.scheduler.after(60 * minutes, partial(self._upgrade, fates))
        return True

    def _upgrade(self, fates: tuple[Fate, ...]) -> None:
        person = self._of.process(Tick(at=self._of.scheduler.now, fates=fates), "upgrade")
        person.start(lambda: self._upgraded(person))

    def _upgraded(self, person: Process) -> None:
        try:
            self._of.vault.upgrade(person)
        except Killed:
            self._of.happened[HALF_UPGRADE] += 1
        except (LedgerUnusable, GitFailed) as failed:
            self._of.tell(f"{person.name} can't: {failed}")
        else:
            self._of.happened["upgraded"] += 1

    def _hold(self, person: Process, *, held: bool) -> None:
        now = self._of.scheduler.now
        hold = Hold(at=now, run=person.name, level="project", held=held, by="ann", because="why")
        try:
            self._of.vault.ledger_of(person).record(Record(holds=(hold,)))
            # somebody may have deleted the ledger, and the hold in it, before that was known
            self.held = bool(self._of.vault.outside().read(Need()).holds)
        except LedgerUnusable as unusable:
            self._of.tell(f"{person.name} can't: {unusable.message}")

    def meddle(self, post: Post) -> None:
        """Somebody deletes or edits by hand what has just come up."""
        if self._of.chance.random() >= self._of.world.meddling / 3:
            return
        edit = post.repost_of is None and self._of.chance.random() < 0.5
        what = "edits" if edit else "deletes"

        def meddle() -> None:
            self._of.tell(f"somebody {what} {post.id} {post.tag}")
            self._of.happened[f"somebody {what} by hand"] += 1
            self._of.x.edit(post, f"{post.text} (mended)") if edit else self._of.x.delete(post)

        self._of.scheduler.after(self._of.chance.choice([5, 60, 300, 1800]), meddle)

    def meanwhile(self) -> None:
        """Right between two steps of a run."""
        match self._of.chance.choice(["edit", "edit", "hold", "cut", "say"]):
            case "edit":
                self.edit(self._of.chance.choice(sorted(EDITS)))
            case "cut":
                self.act(Act(at=self._of.scheduler.now, what="cut", cut="all"))
            case "hold":
                self.act(Act(at=self._of.scheduler.now, what="hold"))
            case "say":
                self.act(Act(at=self._of.scheduler.now, what="say"))
