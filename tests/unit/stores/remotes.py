"""A remote in memory: commits as values, refs, and what goes wrong on the way to them."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from runner.git import GitFailed
from runner.stores.git import GitLedger
from runner.stores.refs import BRANCH, OLD_WITNESS, WITNESSES, At, Heads, Move, OldHeads
from runner.value import replace

BRANCHES = f"refs/heads/{BRANCH}"
OURS = "github.com/acme/posts"
FILES: Mapping[str, str | None] = {"campaigns": "c1", "templates": None, "runner.yaml": "r1"}


@dataclass(frozen=True)
class Commit:
    parent: str | None
    files: Mapping[str, bytes]
    message: str
    date: datetime | None = None


class Remote:
    """What all runners share: commits, and refs with a compare-and-swap."""

    def __init__(self) -> None:
        self.commits: dict[str, Commit] = {}
        self.branches: dict[str, str] = {}
        self.witnesses: dict[str, str] = {}
        self.tip: str | None = "tip-1"
        self.declared: dict[str, Mapping[str, str | None]] = {"tip-1": FILES}
        self.old: OldHeads | None = None
        """The ledger of an older release."""

    def heads(self, names: Collection[str] | None, *, tip: bool) -> Heads:
        asked = None if names is None else {"_project", *names}
        if asked and not asked <= self.branches.keys() & self.witnesses.keys():
            asked = None

        def told(refs: Mapping[str, str]) -> dict[str, str]:
            return {name: id for name, id in refs.items() if asked is None or name in asked}

        newest = self.tip if tip else None
        return Heads(branches=told(self.branches), witnesses=told(self.witnesses), tip=newest)

    def declared_at(self, tip: str) -> Mapping[str, str | None]:
        return self.declared[tip]

    def history(self, name: str = "shop") -> list[Commit]:
        """From a branch down to its first commit."""
        found, at = [], self.branches.get(name)
        while at:
            found.append(self.commits[at])
            at = self.commits[at].parent
        return found

    def files(self, at: At | None = None) -> dict[str, bytes]:
        """All that there are, in these commits or in those of the branches."""
        return {
            f"{name}/{path}": data
            for name, commit in (self.branches if at is None else at).items()
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
        made = Commit(parent, files, message, date)
        if date and (same := [id for id, each in self.commits.items() if each == made]):
            return same[0]
        new = f"c{len(self.commits):04d}"
        self.commits[new] = made
        return new

    def swap(self, moves: Mapping[str, Move]) -> bool:
        """Whether these branches and witnesses stood where they were said to, and have moved."""
        return self.swap_refs(
            {
                f"{folder}/{name}": move
                for name, move in moves.items()
                for folder in (BRANCHES, WITNESSES)
            }
        )

    def swap_refs(self, refs: Mapping[str, Move]) -> bool:
        """The same by full names, the old ledger's among them."""
        stands = self._refs()
        if any(stands.get(ref) != move.old for ref, move in refs.items()):
            return False
        for ref, move in refs.items():
            folder, _, name = ref.rpartition("/")
            if folder in (BRANCHES, WITNESSES):
                (self.branches if folder == BRANCHES else self.witnesses)[name] = move.new
        if self.old:
            moved = {ref: move.new for ref, move in refs.items()}
            self.old = replace(
                self.old,
                branch=moved.get(f"refs/heads/{self.old.name}", self.old.branch),
                witness=moved.get(OLD_WITNESS, self.old.witness),
            )
        return True

    def _refs(self) -> dict[str, str | None]:
        old = self.old
        branches = {f"{BRANCHES}/{name}": id for name, id in self.branches.items()}
        witnesses = {f"{WITNESSES}/{name}": id for name, id in self.witnesses.items()}
        of_old = {f"refs/heads/{old.name}": old.branch, OLD_WITNESS: old.witness} if old else {}
        return {**branches, **witnesses, **of_old}


class RemoteCommits:
    """What `Refs` asks of the commits of a remote, which are all at hand."""

    remote: Remote

    def declared_at(self, tip: str) -> Mapping[str, str | None]:
        return self.remote.declared_at(tip)

    def read(self, at: At, names: Collection[str]) -> Mapping[str, bytes]:
        files = self.remote.files(at)
        return {name: files[name] for name in names if name in files}

    def names(self, at: At, folders: Collection[str]) -> tuple[str, ...]:
        files = self.remote.files(at)
        return tuple(sorted(name for name in files if name.rpartition("/")[0] in folders))

    def everything(self, at: At) -> tuple[str, ...]:
        return tuple(sorted(self.remote.files(at)))

    def messages(self, at: At) -> Mapping[str, str]:
        return {name: self.remote.commits[commit].message for name, commit in at.items()}

    def parent(self, commit: str) -> str | None:
        return self.remote.commits[commit].parent

    def commit(
        self,
        parent: str | None,
        changes: Mapping[str, bytes],
        message: str,
        *,
        date: datetime | None = None,
    ) -> str:
        return self.remote.commit(parent, changes, message, date=date)


class ModelRefs(RemoteCommits):
    """Satisfies `Refs`. Before each call by name the next step of `steps` for it is done: it may
    raise, or change the remote."""

    def __init__(self, remote: Remote) -> None:
        self.remote = remote
        self.calls: list[str] = []
        self.steps: dict[str, list[Callable[[], None] | None]] = {}
        self.after_push: list[Callable[[], None] | None] = []

    def heads(self, names: Collection[str] | None, *, tip: bool = False) -> Heads:
        self._step("heads")
        return self.remote.heads(names, tip=tip)

    def old(self) -> OldHeads | None:
        return self.remote.old

    def declared_at(self, tip: str) -> Mapping[str, str | None]:
        self._step("declared_at")
        return super().declared_at(tip)

    def read(self, at: At, names: Collection[str]) -> Mapping[str, bytes]:
        self._step("read")
        return super().read(at, names)

    def push(self, moves: Mapping[str, Move]) -> None:
        self._push(lambda: self.remote.swap(moves))

    def push_refs(self, refs: Mapping[str, Move]) -> None:
        self._push(lambda: self.remote.swap_refs(refs))

    def remove(self, at: Mapping[str, str]) -> None:
        self._push(lambda: self._removed(at))

    def _removed(self, at: Mapping[str, str]) -> bool:
        remote = self.remote
        if any({remote.branches.get(n), remote.witnesses.get(n)} != {c} for n, c in at.items()):
            return False
        for name in at:
            del remote.branches[name], remote.witnesses[name]
        return True

    def _push(self, push: Callable[[], bool]) -> None:
        self._step("push")
        if not push():
            raise GitFailed("failed to push some refs")
        if self.after_push and (step := self.after_push.pop(0)):
            step()

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
