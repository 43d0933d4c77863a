"""A remote in memory: commits as values, two refs, and what goes wrong on the way to them."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from runner.git import GitFailed
from runner.stores.git import GitLedger
from runner.stores.refs import Heads

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

    branch: str | None = None
    witness: str | None = None
    tip: str | None = "tip-1"
    commits: dict[str, Commit] = field(default_factory=dict)
    declared: dict[str, Mapping[str, str | None]] = field(default_factory=lambda: {"tip-1": FILES})

    def history(self) -> list[Commit]:
        """From the branch down to its first commit."""
        found, at = [], self.branch
        while at:
            found.append(self.commits[at])
            at = self.commits[at].parent
        return found


class ModelRefs:
    """Satisfies `Refs`. Before each call by name the next step of `steps` for it is done: it may
    raise, or change the remote."""

    def __init__(self, remote: Remote) -> None:
        self.remote = remote
        self.calls: list[str] = []
        self.steps: dict[str, list[Callable[[], None] | None]] = {}
        self.after_push: list[Callable[[], None] | None] = []

    def heads(self) -> Heads:
        self._step("heads")
        remote = self.remote
        return Heads(branch=remote.branch, witness=remote.witness, tip=remote.tip)

    def declared_at(self, tip: str) -> Mapping[str, str | None]:
        self._step("declared_at")
        return self.remote.declared[tip]

    def read(self, commit: str, names: Collection[str]) -> Mapping[str, bytes]:
        self._step("read")
        files = self.remote.commits[commit].files
        return {name: files[name] for name in names if name in files}

    def names(self, commit: str, folder: str) -> tuple[str, ...]:
        files = self.remote.commits[commit].files
        return tuple(sorted(name for name in files if name.rpartition("/")[0] == folder))

    def message(self, commit: str) -> str:
        return self.remote.commits[commit].message

    def commit(self, parent: str | None, changes: Mapping[str, bytes], message: str) -> str:
        before = self.remote.commits[parent].files if parent else {}
        new = f"commit-{len(self.remote.commits) + 1}"
        self.remote.commits[new] = Commit(parent, {**before, **changes}, message)
        return new

    def push(self, new: str, *, old: str | None) -> None:
        self._step("push")
        remote = self.remote
        if (remote.branch, remote.witness) != (old, old):
            raise GitFailed("failed to push some refs")
        remote.branch = remote.witness = new
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
    deadline: datetime | None = None
    clock: Clock = field(default_factory=Clock)

    def __post_init__(self) -> None:
        self.refs = ModelRefs(self.remote)
        self.ledger = GitLedger(
            self.refs,
            clock=self.clock,
            files=self.files,
            repository=self.repository,
            deadline=self.deadline,
            jitter=lambda: 0.5,
        )


def fails(message: str = "the remote end hung up", *, final: bool = False) -> Callable[[], None]:
    def step() -> None:
        raise GitFailed(message, final=final)

    return step
