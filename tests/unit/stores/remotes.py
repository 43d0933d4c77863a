"""A remote in memory: commits as values, refs, and what goes wrong on the way to them."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from runner.git import GitFailed
from runner.stores.git import GitLedger
from runner.stores.refs import BRANCH, WITNESSES, At, Heads, Move, OldHeads
from runner.stores.upgrade import OLD_WITNESS

OURS = "github.com/acme/posts"
FILES: Mapping[str, str | None] = {"campaigns": "c1", "templates": None, "runner.yaml": "r1"}


@dataclass(frozen=True)
class Commit:
    parent: str | None
    files: dict[str, bytes]
    message: str


@dataclass
class Remote:
    """What all runners share."""

    branches: dict[str, str] = field(default_factory=dict)
    witnesses: dict[str, str] = field(default_factory=dict)
    tip: str | None = "tip-1"
    before: OldHeads | None = None
    commits: dict[str, Commit] = field(default_factory=dict)
    declared: dict[str, Mapping[str, str | None]] = field(default_factory=lambda: {"tip-1": FILES})

    def history(self, name: str = "shop") -> list[Commit]:
        """From a branch down to its first commit."""
        found, at = [], self.branches.get(name)
        while at:
            found.append(self.commits[at])
            at = self.commits[at].parent
        return found

    def files(self) -> dict[str, bytes]:
        """All that there are."""
        return {
            f"{name}/{path}": data
            for name, commit in self.branches.items()
            for path, data in self.commits[commit].files.items()
        }


class ModelRefs:
    """Satisfies `Refs`. Before each call by name the next step of `steps` for it is done: it may
    raise, or change the remote."""

    def __init__(self, remote: Remote) -> None:
        self.remote = remote
        self.calls: list[str] = []
        self.steps: dict[str, list[Callable[[], None] | None]] = {}
        self.after_push: list[Callable[[], None] | None] = []

    def heads(self, names: Collection[str] | None, *, tip: bool = False) -> Heads:
        self._step("heads")
        remote = self.remote
        asked = None if names is None else {"_project", *names}
        if asked and not asked <= remote.branches.keys() & remote.witnesses.keys():
            asked = None

        def told(refs: Mapping[str, str]) -> dict[str, str]:
            return {name: id for name, id in refs.items() if asked is None or name in asked}

        return Heads(
            branches=told(remote.branches),
            witnesses=told(remote.witnesses),
            tip=remote.tip if tip else None,
        )

    def old(self) -> OldHeads | None:
        return self.remote.before

    def declared_at(self, tip: str) -> Mapping[str, str | None]:
        self._step("declared_at")
        return self.remote.declared[tip]

    def read(self, at: At, names: Collection[str]) -> Mapping[str, bytes]:
        self._step("read")
        files = self._files(at)
        return {name: files[name] for name in names if name in files}

    def names(self, at: At, folders: Collection[str]) -> tuple[str, ...]:
        return tuple(sorted(name for name in self._files(at) if name.rpartition("/")[0] in folders))

    def everything(self, at: At) -> tuple[str, ...]:
        return tuple(sorted(self._files(at)))

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
        before = self.remote.commits[parent].files if parent else {}
        made = Commit(parent, {**before, **changes}, message)
        if date and (same := [id for id, each in self.remote.commits.items() if each == made]):
            return same[0]
        new = f"commit-{len(self.remote.commits) + 1}"
        self.remote.commits[new] = made
        return new

    def push(self, moves: Mapping[str, Move]) -> None:
        self._step("push")
        remote = self.remote
        for name, move in moves.items():
            if {remote.branches.get(name), remote.witnesses.get(name)} != {move.old}:
                raise GitFailed("failed to push some refs")
        for name, move in moves.items():
            remote.branches[name] = remote.witnesses[name] = move.new
        if self.after_push and (step := self.after_push.pop(0)):
            step()

    def remove(self, at: Mapping[str, str]) -> None:
        self._step("push")
        remote = self.remote
        if any({remote.branches.get(n), remote.witnesses.get(n)} != {c} for n, c in at.items()):
            raise GitFailed("failed to push some refs")
        for name in at:
            del remote.branches[name], remote.witnesses[name]
        if self.after_push and (step := self.after_push.pop(0)):
            step()

    def parent(self, commit: str) -> str | None:
        return self.remote.commits[commit].parent

    def push_refs(self, refs: Mapping[str, Move]) -> None:
        self._step("push")
        stands = self._refs()
        if any(stands.get(ref) != move.old for ref, move in refs.items()):
            raise GitFailed("failed to push some refs")
        self._set({**stands, **{ref: move.new for ref, move in refs.items()}})
        if self.after_push and (step := self.after_push.pop(0)):
            step()

    def _refs(self) -> dict[str, str | None]:
        remote, old = self.remote, self.remote.before
        branches = {f"refs/heads/{BRANCH}/{name}": id for name, id in remote.branches.items()}
        witnesses = {f"{WITNESSES}/{name}": id for name, id in remote.witnesses.items()}
        of_old = {f"refs/heads/{old.name}": old.branch, OLD_WITNESS: old.witness} if old else {}
        return {**branches, **witnesses, **of_old}

    def _set(self, refs: Mapping[str, str | None]) -> None:
        remote, old = self.remote, self.remote.before
        for ref, id in refs.items():
            start, _, name = ref.rpartition("/")
            if start == f"refs/heads/{BRANCH}" and id:
                remote.branches[name] = id
            elif start == WITNESSES and id:
                remote.witnesses[name] = id
        if old:
            remote.before = OldHeads(
                name=old.name, branch=refs[f"refs/heads/{old.name}"], witness=refs[OLD_WITNESS]
            )

    def _files(self, at: At) -> dict[str, bytes]:
        return {
            f"{name}/{path}": data
            for name, commit in at.items()
            for path, data in self.remote.commits[commit].files.items()
        }

    def _step(self, call: str) -> None:
        self.calls.append(call)
        if self.steps.get(call) and (step := self.steps[call].pop(0)):
            step()


class Clock:
    """Goes on only by sleeping."""

    def __init__(self) -> None:
        self.wall = datetime(2026, 12, 1, 8, tzinfo=UTC)
        self.slept: list[float] = []
        self.woken = False

    def now(self) -> datetime:
        return self.wall

    def boot(self) -> float:
        return self.wall.timestamp()

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        if not self.woken:
            self.wall += timedelta(seconds=seconds)


@dataclass
class Runner:
    """One process with a ledger of its own."""

    remote: Remote
    files: Mapping[str, str | None] | None = field(default_factory=lambda: FILES)
    repository: str | None = OURS
    accounts: Collection[str] | None = None
    deadline: datetime | None = None
    clock: Clock = field(default_factory=Clock)

    def __post_init__(self) -> None:
        self.refs = ModelRefs(self.remote)
        self.ledger = GitLedger(
            self.refs,
            clock=self.clock,
            accounts=self.accounts,
            files=self.files,
            repository=self.repository,
            deadline=self.deadline,
            jitter=lambda: 0.5,
        )


def fails(message: str = "the remote end hung up", *, final: bool = False) -> Callable[[], None]:
    def step() -> None:
        raise GitFailed(message, final=final)

    return step
