"""Where the ledger of a world is kept, below the real stores' code: a folder in memory that several
processes share, with a lock. Each write is a step of the process that writes."""

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from random import Random
from typing import TypeVar

from runner.git import GitFailed
from runner.problems import LedgerUnusable
from runner.stores.refs import Heads
from tests.simulation.drafts import Draft
from tests.simulation.process import Process
from tests.simulation.world import Cut
from tests.unit.stores.folders import MemoryFolder

T = TypeVar("T")


class Kept:
    """The files, and who holds the lock."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.holder: Process | None = None
        self._backups: list[dict[str, bytes]] = []

    def back_up(self) -> None:
        """A copy of what a write has left."""
        if not self._backups or self._backups[-1] != self.files:
            self._backups.append(dict(self.files))

    def back(self, writes: int) -> None:
        """The copy that was made so many writes ago is put back."""
        if self._backups:
            backup = self._backups[-min(writes + 1, len(self._backups))]
            self.files.clear()
            self.files.update(backup)

    def folder_of(self, process: Process) -> "SharedFolder":
        return SharedFolder(self, process)


class SharedFolder(MemoryFolder):
    """The folder as one process sees it; the system gives the lock back when its holder is dead."""

    def __init__(self, kept: Kept, process: Process) -> None:
        super().__init__(kept.files)
        self._kept, self._process = kept, process

    def read(self, name: str) -> bytes | None:
        self._process.breathe(0.002)
        return super().read(name)

    def replace(self, name: str, data: bytes) -> None:
        replace = super().replace
        self._process.effect(f"write {name}", lambda: replace(name, data), takes=0.02)

    def remove(self, name: str) -> None:
        remove = super().remove
        self._process.effect(f"remove {name}", lambda: remove(name), takes=0.02)

    @contextmanager
    def locked(self, *, patience: float) -> Iterator[None]:
        waited = 0.0
        while (holder := self._kept.holder) and not holder.dead:
            if waited >= patience:
                raise LedgerUnusable("another run holds the ledger", help="wait")
            self._process.breathe(0.5)
            waited += 0.5
        self._kept.holder = self._process
        try:
            yield
        finally:
            if self._kept.holder is self._process:
                self._kept.holder = None
                self._kept.back_up()


@dataclass(frozen=True, kw_only=True)
class Commit:
    parent: str | None
    files: Mapping[str, bytes]
    message: str


class Remote:
    """A model of a remote repository: two refs that move together, and the default branch."""

    def __init__(self) -> None:
        self.commits: dict[str, Commit] = {}
        self.branch: str | None = None
        self.witness: str | None = None
        self.drafts: list[Draft] = []
        """Of the default branch, oldest first."""

    @property
    def heads(self) -> Heads:
        return Heads(branch=self.branch, witness=self.witness, tip=str(len(self.drafts) - 1))

    def cut(self, how: Cut) -> None:
        """Somebody deletes the branch, the witness or both, or sets the branch back."""
        if how in ("branch", "all"):
            self.branch = None
        if how in ("witness", "all"):
            self.witness = None
        for _ in range(4):
            if how == "back" and self.branch:
                self.branch = self.commits[self.branch].parent or self.branch

    def back(self, writes: int) -> None:
        """Somebody pushes both of its refs as they were so many commits ago."""
        for _ in range(writes):
            if self.branch and (parent := self.commits[self.branch].parent):
                self.branch = self.witness = parent

    def mend(self) -> None:
        """Both stand where the other one is, or was left last."""
        self.branch = self.witness = self.witness or self.branch

    def declared_at(self, tip: str) -> Mapping[str, str | None]:
        draft = self.drafts[int(tip)]
        return {"campaigns": draft.digest, "templates": None, "runner.yaml": "1"}

    def swap(self, new: str, old: str | None) -> bool:
        if not self.branch == self.witness == old:
            return False
        self.branch = self.witness = new
        return True

    def commit(self, parent: str | None, changes: Mapping[str, bytes], message: str) -> str:
        files = {**(self.commits[parent].files if parent else {}), **changes}
        new = f"c{len(self.commits):04d}"
        self.commits[new] = Commit(parent=parent, files=files, message=message)
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

    def heads(self) -> Heads:
        return self._asked("fetch", lambda: self.remote.heads)

    def declared_at(self, tip: str) -> Mapping[str, str | None]:
        return self.remote.declared_at(tip)

    def read(self, commit: str, names: Collection[str]) -> Mapping[str, bytes]:
        self.process.breathe(0.2)
        if self.chance.random() < self.refused / 4:
            self.process.hurt = True
            raise GitFailed("the connection broke")
        files = self.remote.commits[commit].files
        return {name: files[name] for name in names if name in files}

    def names(self, commit: str, folder: str) -> tuple[str, ...]:
        files = self.remote.commits[commit].files
        return tuple(sorted(name for name in files if name.rpartition("/")[0] == folder))

    def message(self, commit: str) -> str:
        return self.remote.commits[commit].message

    def commit(self, parent: str | None, changes: Mapping[str, bytes], message: str) -> str:
        return self.remote.commit(parent, changes, message)

    def push(self, new: str, *, old: str | None) -> None:
        self._asked("push", lambda: self._push(new, old), fails=self.refused)

    def _push(self, new: str, old: str | None) -> None:
        if not self.remote.swap(new, old):
            raise GitFailed("the remote has moved on")

    def _asked(self, what: str, do: Callable[[], T], *, fails: float | None = None) -> T:
        share = self.refused / 4 if fails is None else fails
        if self.chance.random() >= share:
            return self.process.effect(what, do, takes=self.chance.choice([0.5, 2, 6]))
        self.process.hurt = True
        return self.process.effect(what, lambda: self._failed(what, do), takes=10)

    def _failed(self, what: str, do: Callable[[], T]) -> T:
        """It did not happen; or it did and nobody says so, perhaps with a foreign commit on top."""
        self.process.tell(f"{self.process.name} {what} fails")
        how = self.chance.choice(["refused", "applied", "covered"])
        if how != "refused":
            do()
        if how == "covered" and what == "push":
            self._cover()
        raise GitFailed("the connection broke")

    def _cover(self) -> None:
        """Somebody else pushes right after us: a commit that changes nothing of ours."""
        here = self.remote.branch
        if here:
            message = self.remote.commits[here].message
            self.remote.swap(self.remote.commit(here, {}, message), here)
