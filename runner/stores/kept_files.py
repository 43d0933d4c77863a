"""Numbered files beside the ledger: in a folder, or on a branch of their own of the remote."""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import Final

from runner.git import Git, GitFailed, ObjectBatch
from runner.problems import LedgerOutOfReach, LedgerUnusable
from runner.reading import FilesRaced
from runner.stores.durable_folder import Folder
from runner.stores.json_lines import bytes_of
from runner.stores.refs import Move, Refs

_FILES: Final = "files"
_PATIENCE: Final = 10.0
"""Seconds to wait for another process."""


class KeptBranch(StrEnum):
    """What is kept; the branches are below these names."""

    ENTRIES = "runner-entries"
    """Sealed readings of a contest."""
    LIST = "runner-contests"
    """The list of a contest's entries, for everyone."""
    MEASUREMENTS = "runner-measurements"
    """What was measured of an account's posts."""
    INBOX = "runner-inbox"
    """What others said to an account, without their words."""
    RIVALS = "runner-rivals"
    """Sums of what rivals post."""
    IMPORTS = "runner-imports"
    """What exports of X and of shops say."""
    TURNS = "runner-turns"
    """Whose turn it is to read X."""

    @property
    def witnesses(self) -> str:
        """The refs that move with the branches are below this one."""
        return f"refs/runner/{self}"

    def places(self, name: str) -> str:
        """Where one of these is kept, for people: on a branch, or in a folder beside the ledger."""
        return f"the branch {self}/{name}, or the folder ledger-{self.folder}/{name}"

    @property
    def folder(self) -> str:
        """How the folder beside the ledger's ends, where it is in one."""
        is_of_contests = self in (KeptBranch.ENTRIES, KeptBranch.LIST)
        return "contests" if is_of_contests else self.removeprefix("runner-")


def files_at(git: Git, commit: str) -> Mapping[str, bytes]:
    """The files that were kept at a commit, as this machine has them. Raises GitFailed."""
    found: dict[str, bytes] = {}
    with TemporaryDirectory(prefix="runner-files-") as folder:
        batch = ObjectBatch(git, Path(folder))
        for row in git("ls-tree", "-r", "-z", "--full-tree", commit).decode().split("\0")[:-1]:
            about, name = row.split("\t")
            if file := batch.opened(about.split()[-1]):
                with file:
                    found[name] = file.read()
    return found


class FolderKeptFiles:
    """Satisfies `KeptFiles` with a folder, for one machine."""

    commit: None = None

    def __init__(self, folder: Path) -> None:
        self._folder = Folder(folder)
        self._seen: frozenset[str] = frozenset()

    def read(self, names: Collection[str] | None = None) -> Mapping[str, bytes]:
        with self._explaining_errors("read"):
            files = self._there()
            self._seen = frozenset(files)
            wanted = files.keys() if names is None else names
            return {name: file.read_bytes() for name, file in files.items() if name in wanted}

    def add(
        self, name: str, data: bytes, *, beside: Mapping[str, bytes] = MappingProxyType({})
    ) -> None:
        with self._explaining_errors("written"), self._folder.locked(patience=_PATIENCE):
            if name in self._there():
                raise FilesRaced
            self._write({**beside, name: data})
            self._seen |= {name, *beside}

    def replace(self, files: Mapping[str, bytes]) -> None:
        with self._explaining_errors("written"), self._folder.locked(patience=_PATIENCE):
            if self._there().keys() != self._seen:
                raise FilesRaced
            for name in self._seen - files.keys():
                self._folder.remove(f"{_FILES}/{name}")
            self._write(files)
            self._seen = frozenset(files)

    def _there(self) -> dict[str, Path]:
        """The files, by name, in order."""
        path = self._folder.path / _FILES
        there = sorted(path.iterdir()) if path.is_dir() else ()
        return {each.name: each for each in there if each.suffix != ".new"}

    def _write(self, files: Mapping[str, bytes]) -> None:
        for name, data in files.items():
            self._folder.replace(f"{_FILES}/{name}", data)

    @contextmanager
    def _explaining_errors(self, what: str) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise LedgerUnusable(
                f"{self._folder.path} can't be {what}: {(error.strerror or str(error)).lower()}"
            ) from None


class BranchKeptFiles:
    """Satisfies `KeptFiles` with a branch of the remote, and a witness that moves with it: where
    the two differ, the branch was cut back. A push is the compare-and-swap."""

    def __init__(self, refs: Refs, kind: KeptBranch, name: str) -> None:
        self._refs = refs
        self._kind = kind
        self._name = name
        self.commit: str | None = None

    def read(self, names: Collection[str] | None = None) -> Mapping[str, bytes]:
        start = f"{self._name}/"
        try:
            self.commit = self._now()
            if self.commit is None:
                return {}
            at = {self._name: self.commit}
            wanted = self._refs.everything(at) if names is None else [start + n for n in names]
            files = self._refs.read(at, wanted)
        except GitFailed as failed:
            raise self._out_of_reach(failed) from None
        return {name.removeprefix(start): bytes_of(data) for name, data in files.items()}

    def add(
        self, name: str, data: bytes, *, beside: Mapping[str, bytes] = MappingProxyType({})
    ) -> None:
        self._move(self.commit, {**beside, name: data}, name)

    def replace(self, files: Mapping[str, bytes]) -> None:
        if files:
            self._move(None, files, "forgotten")
        elif self.commit:
            try:
                self._refs.remove({self._name: self.commit})
            except GitFailed as failed:
                self._settle(None, failed)
            self.commit = None

    def _move(self, parent: str | None, files: Mapping[str, bytes], what: str) -> None:
        """Moves the branch to a commit of these files upon its parent."""
        try:
            new = self._refs.commit(parent, files, f"{self._name}: {what}\n")
        except GitFailed as failed:
            raise self._out_of_reach(failed) from None
        try:
            self._refs.push({self._name: Move(old=self.commit, new=new)})
        except GitFailed as failed:
            self._settle(new, failed)
        self.commit = new

    def _settle(self, new: str | None, failed: GitFailed) -> None:
        """What became of a push that failed: it may have arrived."""
        try:
            head = self._now()
        except GitFailed:
            raise self._out_of_reach(failed) from None
        if head == new:
            return
        if head != self.commit:
            raise FilesRaced
        raise self._out_of_reach(failed)

    def _now(self) -> str | None:
        """The newest commit of the branch, if there is one. Raises LedgerUnusable where the branch
        was cut back."""
        heads = self._refs.heads([self._name])
        branch, witness = (at.get(self._name) for at in (heads.branches, heads.witnesses))
        if branch != witness:
            raise self._cut_back(branch, witness)
        return branch

    def _cut_back(self, branch: str | None, witness: str | None) -> LedgerUnusable:
        """Both stand where the last push has left them, but for the one that somebody has moved."""
        ours, second = f"refs/heads/{self._kind}", self._kind.witnesses
        ends = (ours, second) if witness else (second, ours)
        moved, other = (f"{each}/{self._name}" for each in ends)
        how = f"is not where {other} is" if branch and witness else "is gone"
        restored = f"git fetch origin {other} && git push --force origin FETCH_HEAD:{moved}"
        unless = "to restore it" if witness else "if nobody has changed the branch"
        return LedgerUnusable(
            f"what is kept of `{self._name}` was cut back, or put back: {moved} {how}",
            help=f"{unless}: {restored}",
        )

    def _out_of_reach(self, failed: GitFailed) -> LedgerOutOfReach:
        return LedgerOutOfReach(
            f"what is kept of `{self._name}` can't be reached: {failed.message}",
            help=failed.help,
        )
