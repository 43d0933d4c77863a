"""The model of a remote repository in worlds, below the real stores' code. Each fetch and push is a
step of the process that makes it."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from random import Random
from typing import TypeVar

from runner.git import GitFailed
from runner.stores.ledger_files import PROJECT
from runner.stores.refs import WITNESSES, At, Heads, Move, OldHeads
from tests.simulation.drafts import Draft
from tests.simulation.process import Process
from tests.simulation.world import Cut
from tests.unit.stores.remotes import Remote, RemoteCommits

OLD = "runner-ledger"
T = TypeVar("T")


class TamperedRemote(Remote):
    """The remote of a world: with versions of the files, and people who cut it and mend it."""

    def __init__(self) -> None:
        super().__init__()
        self.begun: dict[str, str] = {}
        """The newest commit of every ledger that was there since all of it was deleted."""
        self.drafts: list[Draft] = []
        """Of the default branch, oldest first."""
        self._pushed: list[dict[str, str]] = []
        """What had begun after each push, though somebody may have cut it out."""

    def heads(self, names: Collection[str] | None, *, tip: bool) -> Heads:
        self.tip = str(len(self.drafts) - 1)
        return super().heads(names, tip=tip)

    @property
    def damaged(self) -> bool:
        waits = self.old is not None and PROJECT not in self.branches
        return waits or self.branches != self.witnesses or self.begun != self.branches

    def cut(self, how: Cut, victim: str) -> None:
        """Somebody deletes the branch of a ledger, its witness or both, or sets the branch back; or
        sets both of the project back; or deletes all of them."""
        if how == "all":
            self.branches.clear()
            self.witnesses.clear()
            self.begun.clear()
        if how in ("branch", "both"):
            self.branches.pop(victim, None)
        if how in ("witness", "both"):
            self.witnesses.pop(victim, None)
        for _ in range(4):
            if how == "back" and (at := self.branches.get(victim)):
                self.branches[victim] = self.commits[at].parent or at
        if how == "project" and (at := self.branches.get(PROJECT)):
            self.branches[PROJECT] = self.witnesses[PROJECT] = self.commits[at].parent or at

    def back(self, writes: int) -> None:
        """Somebody pushes all ledgers as they were so many pushes ago, none of them cut."""
        before = self._pushed[-min(writes + 1, len(self._pushed))] if self._pushed else {}
        self.branches, self.witnesses, self.begun = dict(before), dict(before), dict(before)
        self._pushed.append(dict(before))

    def grow_old(self, files: Mapping[str, bytes], message: str) -> None:
        """All of it is, and always was, the ledger of an older release."""
        self.branches, self.witnesses, self.begun = {}, {}, {}
        first = self.commit(None, {}, "Begin\n")
        at = self.commit(first, files, message)
        self.old = OldHeads(name=OLD, branch=at, witness=at)

    def mend(self) -> None:
        """Both stand where they were left last."""
        self.branches, self.witnesses = dict(self.begun), dict(self.begun)

    def declared_at(self, tip: str) -> Mapping[str, str | None]:
        draft = self.drafts[int(tip)]
        return {"campaigns": draft.digest, "templates": None, "runner.yaml": "1"}

    def swap_refs(self, refs: Mapping[str, Move]) -> bool:
        if not super().swap_refs(refs):
            return False
        for ref, move in refs.items():
            folder, _, name = ref.rpartition("/")
            if folder == WITNESSES:
                self.begun[name] = move.new
        self._pushed.append(dict(self.begun))
        return True

    def kept(self) -> object:
        """What the branches hold, and say."""
        said = [(name, self.commits[at].message) for name, at in sorted(self.branches.items())]
        return said, sorted(self.files(self.branches).items())


@dataclass(kw_only=True)
class RefsOf(RemoteCommits):
    """The remote as one process sees it: satisfies `runner.stores.refs.Refs`."""

    remote: TamperedRemote
    process: Process
    failing: Callable[[], float]
    """The share of pushes that fail now."""
    chance: Random

    @property
    def refused(self) -> float:
        return self.failing()

    def heads(self, names: Collection[str] | None, *, tip: bool = False) -> Heads:
        return self._asked("fetch", lambda: self.remote.heads(names, tip=tip))

    def old(self) -> OldHeads | None:
        return self._asked("fetch", lambda: self.remote.old)

    def read(self, at: At, names: Collection[str]) -> Mapping[str, bytes]:
        self.process.breathe(0.2)
        if self.chance.random() < self.refused / 4:
            self.process.hurt = True
            raise GitFailed("the connection broke")
        return super().read(at, names)

    def push_refs(self, refs: Mapping[str, Move]) -> None:
        self._asked("push", lambda: self._push_refs(refs), fails=self.refused)

    def _push_refs(self, refs: Mapping[str, Move]) -> None:
        if not self.remote.swap_refs(refs):
            raise GitFailed("the remote has moved on")

    def push(self, moves: Mapping[str, Move]) -> None:
        self._asked("push", lambda: self._push(moves), fails=self.refused, covers=moves)

    def _push(self, moves: Mapping[str, Move]) -> None:
        if not self.remote.swap(moves):
            raise GitFailed("the remote has moved on")

    def _asked(
        self,
        what: str,
        do: Callable[[], T],
        *,
        fails: float | None = None,
        covers: Iterable[str] = (),
    ) -> T:
        share = self.refused / 4 if fails is None else fails
        if self.chance.random() >= share:
            return self.process.effect(what, do, takes=self.chance.choice([0.5, 2, 6]))
        self.process.hurt = True
        return self.process.effect(what, lambda: self._failed(what, do, covers), takes=10)

    def _failed(self, what: str, do: Callable[[], T], covers: Iterable[str]) -> T:
        """It did not happen; or it did and nobody says so, perhaps with a foreign commit on top."""
        self.process.tell(f"{self.process.name} {what} fails")
        how = self.chance.choice(["refused", "applied", "covered"])
        if how != "refused":
            do()
        if how == "covered":
            for name in covers:
                self._cover(name)
        raise GitFailed("the connection broke")

    def _cover(self, name: str) -> None:
        """Somebody else pushes right after us: a commit that changes nothing of ours."""
        here = self.remote.branches.get(name)
        if here:
            message = self.remote.commits[here].message
            new = self.remote.commit(here, {}, message)
            self.remote.swap({name: Move(old=here, new=new)})
