"""What lies below the git store: a remote repository's refs, and the commits behind them.

The real one is `remote.py`, through the git program. A model of it needs no git: commits are values
(parent, files, message) by an id that it makes up, and the remote is refs with a compare-and-swap.
Whoever asks has patience: a network may do the second time what it did not do the first.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import datetime, timedelta
from itertools import count
from typing import Final, Protocol

from runner.publish import Clock
from runner.stores.json_lines import Content
from runner.value import Value, field

BRANCH: Final = "runner-ledgers"
"""Below it each account has a branch, and the project one."""
WITNESSES: Final = "refs/runner/heads"
"""Below it each branch has a ref that moves with it, always."""
OLD_WITNESS: Final = "refs/runner/head"
"""Of the one branch that older releases kept."""
At = Mapping[str, str]
"""A commit of each ledger, by account or `_project`."""


class Heads(Value, kw_only=True):
    """The remote's view of its refs, as commit ids; what is not there is left out."""

    branches: At = field(default_factory=dict)
    witnesses: At = field(default_factory=dict)
    tip: str | None = None
    """The default branch, where it was asked for and there is one."""


class OldHeads(Value, kw_only=True):
    """The branch that older releases kept for all accounts, and its witness."""

    name: str
    branch: str | None
    witness: str | None


class Move(Value, kw_only=True):
    """A branch and its witness, from where both stand (None: are not there) to a new commit."""

    old: str | None
    new: str


class Refs(Protocol):
    """The remote. Every method but `commit` may raise GitFailed.

    A commit that is asked about is one that `heads` has shown, that stands below such a one, or
    that this object has made; what is not at hand of it is fetched. Names of files begin with that
    of the ledger in whose commit they are: `shop/open.jsonl`.
    """

    def heads(self, names: Collection[str] | None, *, tip: bool = False) -> Heads:
        """The refs of these ledgers as they are at this moment, or of all that there are; cheap.
        With the default branch if its `tip` is asked for."""
        ...

    def old(self) -> OldHeads | None:
        """The ledger of an older release, if there is one."""
        ...

    def declared_at(self, tip: str) -> Mapping[str, str | None]:
        """Ids of what people declare (`campaigns`, `templates`, `runner.yaml`, by these names) at a
        commit of the default branch; None where there is none. Equal ids are equal contents."""
        ...

    def read(self, at: At, names: Collection[str]) -> Mapping[str, Content]:
        """The named files that are there; one round trip, however many."""
        ...

    def names(self, at: At, folders: Collection[str]) -> tuple[str, ...]:
        """The files right in these folders, as full names in order; none of what is not there."""
        ...

    def everything(self, at: At) -> tuple[str, ...]:
        """All files, as full names in order."""
        ...

    def messages(self, at: At) -> Mapping[str, str]:
        """The whole message of each of these commits."""
        ...

    def parent(self, commit: str) -> str | None:
        """The commit before this one; None where it is the first."""
        ...

    def commit(
        self,
        parent: str | None,
        changes: Mapping[str, bytes],
        message: str,
        *,
        date: datetime | None = None,
    ) -> str:
        """Makes a commit on this machine alone: the parent's files with these anew, here without
        the name of the ledger before theirs. None begins a history. Two calls never give the same
        id unless they were asked for the same; with a `date`, two that were asked for the same do.
        """
        ...

    def push(self, moves: Mapping[str, Move]) -> None:
        """Moves all of these branches and witnesses, or none, only if each stands where it is said
        to. Returns when the remote has said that it did; GitFailed tells nothing."""
        ...

    def remove(self, at: At) -> None:
        """Removes these branches with their witnesses, or none, as `push` moves them."""
        ...


class Patience:
    """Tries again, for a while. `jitter` gives a share from 0 to 1, so that two runs don't keep
    step."""

    def __init__(self, clock: Clock, jitter: Callable[[], float]) -> None:
        self._clock = clock
        self._jitter = jitter

    def tries(self, until: datetime, *, at_most: int | None = None) -> Iterator[None]:
        """Yields for each try: once at least, with longer and longer pauses."""
        yield
        for number in range(at_most - 1) if at_most else count():
            pause = min(0.2 * 2 ** min(number, 10), 20) * (0.5 + self._jitter())
            if self._clock.now() + timedelta(seconds=pause) >= until:
                return
            began = self._clock.boot()
            self._clock.sleep(pause)
            woken = self._clock.boot() - began < pause / 2
            yield
            if woken:  # somebody wants us to end
                return
