"""The git program and a bare repository in place of the model of refs."""

import os
import subprocess
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from random import Random
from typing import TypeVar

from runner.git import GitFailed
from runner.git.checkout import Checkout
from runner.ledger import Record
from runner.publish.ports import Ledger
from runner.stores.git import GitLedger
from runner.stores.json_lines import Content
from runner.stores.ledger_files import PROJECT
from runner.stores.refs import BRANCH, OLD_WITNESS, WITNESSES, At, Heads, Move, OldHeads
from runner.stores.remote import RemoteRefs
from runner.stores.upgrade import GitUpgrade
from tests.simulation.drafts import Draft
from tests.simulation.keeping import OLD
from tests.simulation.process import Process
from tests.simulation.vaults import REPOSITORY, Accounts, Observer
from tests.simulation.world import Cut
from tests.unit.stores.old_ledgers import old_files_of, old_message_of

BRANCHES = "refs/heads/runner-ledgers"
T = TypeVar("T")


@dataclass(kw_only=True)
class SteppedRefs:
    """The real refs, whose ways to the remote are steps of a process."""

    inner: RemoteRefs
    process: Process
    failing: Callable[[], float]
    chance: Random
    pushed: Callable[[], None]

    def heads(self, names: Collection[str] | None, *, tip: bool = False) -> Heads:
        return self._stepped("fetch", lambda: self.inner.heads(names, tip=tip))

    def old(self) -> OldHeads | None:
        return self._stepped("fetch", self.inner.old)

    def declared_at(self, tip: str) -> Mapping[str, str | None]:
        return self.inner.declared_at(tip)

    def parent(self, commit: str) -> str | None:
        return self.inner.parent(commit)

    def read(self, at: At, names: Collection[str]) -> Mapping[str, Content]:
        self.process.breathe(0.2)
        return self.inner.read(at, names)

    def names(self, at: At, folders: Collection[str]) -> tuple[str, ...]:
        return self.inner.names(at, folders)

    def everything(self, at: At) -> tuple[str, ...]:
        return self.inner.everything(at)

    def messages(self, at: At) -> Mapping[str, str]:
        return self.inner.messages(at)

    def commit(
        self,
        parent: str | None,
        changes: Mapping[str, bytes],
        message: str,
        *,
        date: datetime | None = None,
    ) -> str:
        return self.inner.commit(parent, changes, message, date=date)

    def push(self, moves: Mapping[str, Move]) -> None:
        self._push(lambda: self.inner.push(moves))

    def push_refs(self, refs: Mapping[str, Move]) -> None:
        self._push(lambda: self.inner.push_refs(refs))

    def _push(self, push: Callable[[], None]) -> None:
        def pushed() -> None:
            push()
            self.pushed()

        self._stepped("push", pushed)

    def _stepped(self, what: str, do: Callable[[], T]) -> T:
        if self.chance.random() >= self.failing():
            return self.process.effect(what, do)
        self.process.hurt = True

        def fails() -> T:
            if self.chance.random() < 0.5:
                do()
            raise GitFailed("the connection broke")

        return self.process.effect(what, fails)


class RealGitVault:
    """A bare repository, and a clone of it in which people commit."""

    def __init__(self, root: Path, failing: Callable[[], float], chance: Random) -> None:
        self.forgot = self.busy = False
        self.repository = REPOSITORY
        self.drafts = _Commits(self._commit)
        self._failing, self._chance = failing, chance
        self._bare, self._clone = root / "remote.git", root / "clone"
        self._environ = {"PATH": os.environ["PATH"], "HOME": os.environ["HOME"]}
        self._ids: list[Mapping[str, str | None]] = []
        self._pushed: list[Mapping[str, str]] = []
        self._git(root, "init", "--quiet", "--bare", "-b", "main", str(self._bare))
        self._git(root, "clone", "--quiet", self._bare.as_uri(), str(self._clone))
        self._git(self._clone, "checkout", "--quiet", "-B", "main")
        self._eyes = self._refs()

    @property
    def damaged(self) -> bool:
        heads = self._eyes.heads(None)
        waits = PROJECT not in heads.branches and self._eyes.old() is not None
        return waits or heads.branches != heads.witnesses or heads.branches != self._kept

    def ledger_of(
        self, process: Process, version: int | None = None, accounts: Accounts = None
    ) -> Ledger:
        return GitLedger(
            self._refs_of(process),
            clock=process,
            accounts=accounts,
            files=None if version is None else self._ids[version],
            repository=REPOSITORY,
            deadline=process.deadline,
            jitter=process.chance.random,
        )

    def _refs_of(self, process: Process) -> SteppedRefs:
        return SteppedRefs(
            inner=self._refs(),
            process=process,
            failing=self._failing,
            chance=self._chance,
            pushed=self._note,
        )

    def outside(self) -> Ledger:
        return GitLedger(self._eyes, clock=Observer(), repository=REPOSITORY)

    def begin(self, record: Record) -> None:
        self.outside().record(record)
        self._note()

    def state(self) -> object:
        return self._git(self._bare, "for-each-ref")

    def kept(self) -> object:
        return self.state()

    def cut(self, how: Cut) -> None:
        self.forgot |= how == "all"
        heads = self._eyes.heads(None)
        names = sorted(heads.branches)
        victims = names if how == "all" else names[:1]
        if how == "project":
            self._one_back(BRANCHES, WITNESSES, name=PROJECT)
        for branch, witness in ((f"{BRANCHES}/{name}", f"{WITNESSES}/{name}") for name in victims):
            if how in ("branch", "both", "all"):
                self._git(self._bare, "update-ref", "-d", branch)
            if how in ("witness", "both", "all"):
                self._git(self._bare, "update-ref", "-d", witness)
        if how == "back":
            for name in victims:
                self._one_back(BRANCHES, name=name)
        if how == "all":
            self._note()

    def _one_back(self, *folders: str, name: str) -> None:
        for ref in (f"{folder}/{name}" for folder in folders):
            if "parent" in self._git(self._bare, "cat-file", "commit", ref):
                self._git(self._bare, "update-ref", ref, f"{ref}^")

    def mend(self) -> None:
        for name, kept in self._kept.items():
            self._git(self._bare, "update-ref", f"{BRANCHES}/{name}", kept)
            self._git(self._bare, "update-ref", f"{WITNESSES}/{name}", kept)

    def back(self, writes: int) -> None:
        self.forgot = True
        before = self._pushed[-min(writes + 1, len(self._pushed))] if self._pushed else {}
        for name in self._eyes.heads(None).branches:
            for ref in (f"{BRANCHES}/{name}", f"{WITNESSES}/{name}"):
                there = before.get(name)
                self._git(self._bare, "update-ref", *((ref, there) if there else ("-d", ref)))
        self._note()

    def grow_old(self) -> None:
        record = self.outside().everything()
        first = self._eyes.commit(None, {}, "Begin\n")
        last = self._eyes.commit(first, old_files_of(record), old_message_of(record))
        for name in self._eyes.heads(None).branches:
            for folder in (BRANCHES, WITNESSES):
                self._git(self._bare, "update-ref", "-d", f"{folder}/{name}")
        there = Move(old=None, new=last)
        self._eyes.push_refs({f"refs/heads/{OLD}": there, OLD_WITNESS: there})
        self._note()

    def upgrade(self, process: Process) -> None:
        GitUpgrade(self._refs_of(process), branch=BRANCH).upgrade()

    @property
    def _kept(self) -> Mapping[str, str]:
        """What the last push has left."""
        return self._pushed[-1] if self._pushed else {}

    def _note(self) -> None:
        self._pushed.append(self._eyes.heads(None).branches)

    def _refs(self) -> RemoteRefs:
        return RemoteRefs(Checkout(self._clone, self._environ), self._environ)

    def _commit(self, draft: Draft) -> None:
        """A merge into the default branch."""
        folder = self._clone / "campaigns"
        folder.mkdir(exist_ok=True)
        (folder / "slim.yaml").write_text(draft.digest)
        self._git(self._clone, "add", "--all")
        self._git(self._clone, "commit", "--quiet", "-m", "Edit")
        self._git(self._clone, "push", "--quiet", "origin", "main")
        self._ids.append(self._eyes.declared_at(self._eyes.heads((), tip=True).tip or ""))

    def _git(self, where: Path, *words: str) -> str:
        who = ("-c", "user.name=ann", "-c", "user.email=ann@example.com")
        return subprocess.run(
            ["git", *who, *words],
            cwd=where,
            env=self._environ,
            check=True,
            capture_output=True,
            text=True,
        ).stdout


class _Commits(list[Draft]):
    """The versions of the files; each that is added is committed."""

    def __init__(self, commit: Callable[[Draft], None]) -> None:
        super().__init__()
        self._commit = commit

    def append(self, draft: Draft) -> None:
        super().append(draft)
        self._commit(draft)
