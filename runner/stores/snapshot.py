"""The heads of the ledgers on a remote at one moment, and which of them can be believed."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import partial
from typing import Final, TypeVar

from runner.problems import LedgerUnusable
from runner.publish import Clock
from runner.stores.commit_message import head_in
from runner.stores.layout import LedgerLayout
from runner.stores.ledger_files import PROJECT, Head
from runner.stores.losses import Losses
from runner.stores.refs import At, Heads, OldHeads, Refs
from runner.value import Value, replace

_LOOKS: Final = 5
"""A server may show one ref of a push before the other."""
_APART: Final = 0.5
T = TypeVar("T")


class Snapshot(Value, kw_only=True):
    """Commits and heads of the ledgers that can be believed, and why others can't. `project` is the
    project's own head, where its newest commit says how many lines it has."""

    at: At
    heads: Mapping[str, Head]
    project: Head | None = None
    damaged: Mapping[str, LedgerUnusable]
    tip: str | None

    @property
    def accounts(self) -> frozenset[str]:
        """The accounts whose ledgers can be believed."""
        return frozenset(self.heads)

    def commits(self, names: Iterable[str]) -> dict[str, str | None]:
        """The commits of these ledgers, None of one that has not begun. Raises LedgerUnusable."""
        wanted = tuple(names)
        self.expect(wanted)
        return {name: self.at.get(name) for name in wanted}

    def expect(self, names: Iterable[str]) -> None:
        """Checks that all of these can be believed. Raises LedgerUnusable where one can't."""
        for name in names:
            if name in self.damaged:
                raise self.damaged[name]

    def beside(self, first: "Snapshot", asked: Collection[str]) -> "Snapshot":
        """This snapshot, but for what was asked of the first one, which is as it was, or was
        not there. What came later may have seen more of the project."""
        later = {
            name: replace(head, project=0) for name, head in self.heads.items() if name not in asked
        }
        return Snapshot(
            at={**_without(self.at, asked), **first.at},
            heads={**later, **first.heads},
            project=first.project,
            damaged={**_without(self.damaged, asked), **first.damaged},
            tip=self.tip,
        )


class Snapshots:
    """Takes snapshots of what is on the remote. `branch` is above the ledgers' branches."""

    def __init__(self, refs: Refs, clock: Clock, branch: str) -> None:
        self._refs = refs
        self._clock = clock
        self._branch = branch
        self._losses = Losses(refs=refs, branch=branch)

    def take(self, names: Collection[str] | None, *, tip: bool = False) -> Snapshot:
        """Takes one of the project and these accounts, or of all that there are, and of the `tip`
        of the default branch. Raises GitFailed, and LedgerUnusable where nothing can be believed.
        """
        heads = self._agreed_heads(names, tip=tip)
        there = heads.branches.keys() | heads.witnesses.keys()
        asked = _names_looked_at(names, heads)
        damaged = {
            name: self._losses.cut_back(name, heads) for name in asked if not _agrees(name, heads)
        }
        if PROJECT in damaged:
            expect_another_name(self._refs.old(), self._branch)
            raise damaged[PROJECT]
        if PROJECT not in there:
            self._expect_nothing(there)
            return Snapshot(at={}, heads={}, damaged={}, tip=heads.tip)
        at = {name: heads.branches[name] for name in (asked & there) - damaged.keys()}
        if names is None or asked - there:
            gone = self._begun_accounts(at) - there
            damaged |= {
                each: self._losses.cut_back(each, heads) for each in gone if _is_in(each, names)
            }
        read = dict(self._read(at))
        project = read.pop(PROJECT)
        damaged |= {name: why for name, why in read.items() if isinstance(why, LedgerUnusable)}
        return Snapshot(
            at={name: commit for name, commit in at.items() if name not in damaged},
            heads={name: head for name, head in read.items() if isinstance(head, Head)},
            project=_own_head(project),
            damaged=damaged,
            tip=heads.tip,
        )

    def layout(self, snapshot: Snapshot) -> LedgerLayout:
        """The files of the ledgers that it shows."""
        return self._layout(snapshot.at, snapshot.heads, snapshot.damaged, snapshot.project)

    def layout_at(self, commits: Mapping[str, str | None]) -> LedgerLayout:
        """The files of the ledgers at these commits. Raises LedgerUnusable."""
        at = {name: commit for name, commit in commits.items() if commit}
        heads = {}
        project = None
        for name, head in self._read(at):
            if name == PROJECT:
                project = _own_head(head)
            elif isinstance(head, LedgerUnusable):
                raise head
            else:
                heads[name] = head
        return self._layout(at, heads, {}, project)

    def _layout(
        self,
        at: At,
        heads: Mapping[str, Head],
        damaged: Mapping[str, LedgerUnusable],
        project: Head | None = None,
    ) -> LedgerLayout:
        return LedgerLayout(
            partial(self._refs.read, at),
            partial(self._refs.names, at),
            heads,
            damaged=damaged,
            where=self._where,
            project=project,
        )

    def _where(self, name: str) -> str:
        account, _, path = name.partition("/")
        return f"{self._branch}/{account}:{path}"

    def _agreed_heads(self, names: Collection[str] | None, *, tip: bool) -> Heads:
        heads = self._refs.heads(names, tip=tip)
        for _ in range(_LOOKS - 1):
            if all(_agrees(name, heads) for name in _names_looked_at(names, heads)):
                break
            self._clock.sleep(_APART)
            heads = self._refs.heads(names, tip=tip)
        return heads

    def _begun_accounts(self, at: At) -> frozenset[str]:
        """The accounts that have begun, by what the project says."""
        origin = self._layout(at, {}, {}).origin()
        return frozenset(origin.accounts if origin else ())

    def _read(self, at: At) -> Iterator[tuple[str, Head | LedgerUnusable]]:
        for name, message in self._refs.messages(at).items():
            try:
                yield name, head_in(message, where=f"{self._branch}/{name}")
            except LedgerUnusable as unusable:
                yield name, unusable

    def _expect_nothing(self, there: Collection[str]) -> None:
        """Raises LedgerUnusable where accounts have ledgers though the project has none, or where
        an older release kept one ledger for all; else nothing has begun yet."""
        old = self._refs.old()
        expect_another_name(old, self._branch)
        if old:
            raise LedgerUnusable(
                f"no account has a ledger of its own; there is one for all of them, `{old.name}`, "
                "as older releases kept it",
                help="runner ledger upgrade (with --dry-run it only says what it would do)",
            )
        if there:
            raise self._losses.cut_back(PROJECT, Heads())


def _own_head(project: Head | LedgerUnusable) -> Head | None:
    """The project's own head; None where a person, or an older release, has written the commit."""
    return project if isinstance(project, Head) and project.project else None


def expect_another_name(old: OldHeads | None, branch: str) -> None:
    """Refuses a branch below which git could not keep the ledgers, as it is there itself. Raises
    LedgerUnusable."""
    if old and old.branch and old.name == branch:
        raise LedgerUnusable(
            f"the branch `{branch}` is the ledger of an older release, and git keeps no "
            f"`{branch}/shop` beside it",
            help=f"write `branch: {branch}s` below `ledger:` in runner.yaml, merge it, then: "
            "runner ledger upgrade",
        )


def _names_looked_at(names: Collection[str] | None, heads: Heads) -> frozenset[str]:
    """What a snapshot of these names is of."""
    if names is None:
        return frozenset((PROJECT, *heads.branches, *heads.witnesses))
    return frozenset((PROJECT, *names))


def _without(found: Mapping[str, T], names: Collection[str]) -> dict[str, T]:
    return {name: each for name, each in found.items() if name not in names}


def _agrees(name: str, heads: Heads) -> bool:
    return heads.branches.get(name) == heads.witnesses.get(name)


def _is_in(name: str, names: Collection[str] | None) -> bool:
    return names is None or name in names
