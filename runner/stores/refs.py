"""What lies below the git store: a remote repository's refs, and the commits behind them.

The real one is `remote.py`, through the git program. A model of it needs no git: commits are values
(parent, files, message) by an id that it makes up, and the remote is two refs with a
compare-and-swap.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final, Protocol

from runner.stores.json_lines import Content

WITNESS: Final = "refs/runner/head"


@dataclass(frozen=True, slots=True, kw_only=True)
class Heads:
    """The remote's view of its refs, as commit ids; None where there is no such ref."""

    branch: str | None
    """The ledger's branch."""
    witness: str | None
    """The ref that moves with the branch, always."""
    tip: str | None
    """The default branch."""


class Refs(Protocol):
    """The remote. Every method but `commit` may raise GitFailed.

    `commit` in `read`, `names` and `message` is one that `heads` has shown, or that this object has
    made; what is not at hand of it is fetched.
    """

    def heads(self) -> Heads:
        """The refs as they are at this moment; cheap."""
        ...

    def declared_at(self, tip: str) -> Mapping[str, str | None]:
        """Ids of what people declare (`campaigns`, `templates`, `runner.yaml`, by these names) at a
        commit of the default branch; None where there is none. Equal ids are equal contents."""
        ...

    def read(self, commit: str, names: Collection[str]) -> Mapping[str, Content]:
        """Those of the named files that the commit has; one round trip, however many."""
        ...

    def names(self, commit: str, folder: str) -> tuple[str, ...]:
        """The files right in a folder, as full names in order; none when there is no such one."""
        ...

    def everything(self, commit: str) -> tuple[str, ...]:
        """All its files, as full names in order."""
        ...

    def message(self, commit: str) -> str:
        """The commit's whole message."""
        ...

    def commit(self, parent: str | None, changes: Mapping[str, bytes], message: str) -> str:
        """Makes a commit on this machine alone: the parent's files with these anew. None begins a
        history. Two calls never give the same id unless they were asked for the same."""
        ...

    def push(self, new: str, *, old: str | None) -> None:
        """Moves branch and witness to `new`, both or none, only if both stand at `old` (None: are
        not there). Returns when the remote has said that it did; GitFailed tells nothing."""
        ...
