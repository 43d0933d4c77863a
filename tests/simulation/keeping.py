"""A model of a remote repository, below the real stores' code. Each fetch and push is a step of the
process that makes it."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from random import Random
from typing import TypeVar

from runner.git import GitFailed
from runner.stores.ledger_files import PROJECT
from runner.stores.refs import BRANCH, WITNESSES, At, Heads, Move, OldHeads
from runner.stores.upgrade import OLD_WITNESS
from tests.simulation.drafts import Draft
from tests.simulation.process import Process
from tests.simulation.world import Cut

OLD = "runner-ledger"
T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Commit:
    parent: str | None
    files: Mapping[str, bytes]
    message: str
    date: datetime | None = None


class Remote:
    """A model of a remote repository: branches with their witnesses, and the default branch."""

    def __init__(self) -> None:
        self.commits: dict[str, Commit] = {}
        self.branches: dict[str, str] = {}
        self.witnesses: dict[str, str] = {}
        self.begun: dict[str, str] = {}
        """The newest commit of every ledger that was there since all of it was deleted."""
        self.drafts: list[Draft] = []
        """Of the default branch, oldest first."""
        self.old: OldHeads | None = None
        """The ledger of an older release."""
        self._pushed: list[dict[str, str]] = []
        """What had begun after each push, though somebody may have cut it out."""

    def heads(self, names: Collection[str] | None, *, tip: bool) -> Heads:
        asked = None if names is None else {"_project", *names}
        if asked and not asked <= self.branches.keys() & self.witnesses.keys():
            asked = None

        def told(refs: Mapping[str, str]) -> dict[str, str]:
            return {name: id for name, id in refs.items() if asked is None or name in asked}

        newest = str(len(self.drafts) - 1) if tip else None
        return Heads(branches=told(self.branches), witnesses=told(self.witnesses), tip=newest)

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

    def swap(self, moves: Mapping[str, Move]) -> bool:
        for name, move in moves.items():
            if not self.branches.get(name) == self.witnesses.get(name) == move.old:
                return False
        for name, move in moves.items():
            self.branches[name] = self.witnesses[name] = move.new
            self.begun[name] = move.new
        self._pushed.append(dict(self.begun))
        return True

    def swap_refs(self, refs: Mapping[str, Move]) -> bool:
        """The same by full names, the old ledger's among them."""
        before = self._refs()
        if any(before.get(ref) != move.old for ref, move in refs.items()):
            return False
        after = {**before, **{ref: move.new for ref, move in refs.items()}}
        if self.old:
            self.old = replace(
                self.old, branch=after[f"refs/heads/{OLD}"], witness=after[OLD_WITNESS]
            )
        names = {ref.rpartition("/")[2] for ref in refs if ref.startswith(f"{WITNESSES}/")}
        self.swap({name: refs[f"{WITNESSES}/{name}"] for name in names})
        return True

    def _refs(self) -> dict[str, str | None]:
        branches = {f"refs/heads/{BRANCH}/{name}": at for name, at in self.branches.items()}
        witnesses = {f"{WITNESSES}/{name}": at for name, at in self.witnesses.items()}
        old = self.old
        of_old = {f"refs/heads/{OLD}": old.branch, OLD_WITNESS: old.witness} if old else {}
        return {**branches, **witnesses, **of_old}

    def kept(self) -> object:
        """What the branches hold, and say."""
        said = [(name, self.commits[at].message) for name, at in sorted(self.branches.items())]
        return said, sorted(self.files(self.branches).items())

    def files(self, at: At) -> dict[str, bytes]:
        return {
            f"{name}/{path}": data
            for name, commit in at.items()
            for path, data in self.commits[commit].files.items()
        }

    def commit(
        self,
        parent: str | None,
        changes: Mapping[str, bytes],
        message: str,
        *,
        date: datetime | None = None,
    ) -> str:
        files = {**(self.commits[parent].files if parent else {}), **changes}
        made = Commit(parent=parent, files=files, message=message, date=date)
        if date and (same := [id for id, each in self.commits.items() if each == made]):
            return same[0]
        new = f"c{len(self.commits):04d}"
        self.commits[new] = made
        return new


@dataclass(kw_only=True)
class RefsOf:
    """The remote as one process sees it: satisfies `runner.stores.refs.Refs`."""

    remote: Remote
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

    def parent(self, commit: str) -> str | None:
        return self.remote.commits[commit].parent

    def declared_at(self, tip: str) -> Mapping[str, str | None]:
        return self.remote.declared_at(tip)

    def read(self, at: At, names: Collection[str]) -> Mapping[str, bytes]:
        self.process.breathe(0.2)
        if self.chance.random() < self.refused / 4:
            self.process.hurt = True
            raise GitFailed("the connection broke")
        files = self.remote.files(at)
        return {name: files[name] for name in names if name in files}

    def names(self, at: At, folders: Collection[str]) -> tuple[str, ...]:
        files = self.remote.files(at)
        return tuple(sorted(name for name in files if name.rpartition("/")[0] in folders))

    def everything(self, at: At) -> tuple[str, ...]:
        return tuple(sorted(self.remote.files(at)))

    def messages(self, at: At) -> Mapping[str, str]:
        return {name: self.remote.commits[commit].message for name, commit in at.items()}

    def commit(
        self,
        parent: str | None,
        changes: Mapping[str, bytes],
        message: str,
        *,
        date: datetime | None = None,
    ) -> str:
        return self.remote.commit(parent, changes, message, date=date)

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
