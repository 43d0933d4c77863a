"""Objects of the person's repository and of its remote, as git keeps them.

They are read through a repository of our own that borrows the person's: no working file counts, and
no index, ref, replacement, attribute or filter of theirs. What is not there is fetched.
"""

from collections.abc import Collection, Iterator, Mapping
from typing import BinaryIO, Final

from runner.git.failure import GitFailed
from runner.git.object_batch import ObjectBatch
from runner.git.scratch import EXACT, FETCH, ScratchRepository
from runner.value import Value

_SECONDS: Final = 300.0
"""How long a fetch may take, which may bring films."""


class TreeEntry(Value):
    """An entry of a folder: what one name leads to."""

    mode: str
    id: str

    @property
    def is_folder(self) -> bool:
        return self.mode == "40000"

    @property
    def is_file(self) -> bool:
        return self.mode.startswith("100")

    @property
    def is_link(self) -> bool:
        return self.mode == "120000"


class Objects:
    """Objects by their ids. `scratch` reaches the remote, and has what it borrowed."""

    def __init__(self, scratch: ScratchRepository) -> None:
        self._scratch = scratch
        self._git = scratch.git
        self._batch = ObjectBatch(self._git, scratch.folder)
        self._entries: dict[str, Mapping[str, TreeEntry]] = {}

    def entries(self, tree: str) -> Mapping[str, TreeEntry]:
        """What stands in a folder, by name. Raises GitFailed."""
        if tree not in self._entries:
            with self.opened(tree) as file:
                self._entries[tree] = dict(entries_of(file.read(), len(tree)))
        return self._entries[tree]

    def opened(self, id: str) -> BinaryIO:
        """The contents of an object. Raises GitFailed."""
        file = self._here(id)
        if file is None:
            self._fetch([id])
            file = self._here(id)
        if file is None:
            raise _not_sent([id])
        return file

    def _here(self, id: str) -> BinaryIO | None:
        try:
            return self._batch.opened(id)
        except (GitFailed, OSError):
            # what is damaged ends git, and what is half read puts it out of step
            self._batch = ObjectBatch(self._git, self._scratch.folder)
            raise

    def fetch_below(self, folder: str) -> None:
        """Brings all that is not here of what a folder holds. Raises GitFailed."""
        walk = ("rev-list", "--objects", "--missing=print", "--no-object-names")
        asked: set[str] = set()
        while True:  # the folders in it first, where they are not here either
            listed = self._git(*walk, folder).decode().splitlines()
            missing = {line.removeprefix("?") for line in listed if line.startswith("?")}
            if not missing:
                return
            if missing <= asked:
                raise _not_sent(missing)
            self._fetch(missing)
            asked |= missing

    def _fetch(self, ids: Collection[str]) -> None:
        """Commits without their history, commits and folders without their files."""
        lines = "".join(f"{id}\n" for id in ids).encode()
        how = ("--depth=1", "--filter=blob:none", "--stdin", "origin")
        self._git(*EXACT, *FETCH, *how, stdin=lines, seconds=_SECONDS)


def _not_sent(ids: Collection[str]) -> GitFailed:
    return GitFailed(f"the remote did not send {min(ids)}")


def entries_of(tree: bytes, digits: int) -> Iterator[tuple[str, TreeEntry]]:
    """Names and what they stand for, in git's form of a folder: `<mode> <name>`, a zero, and the id
    in half as many bytes as it has digits."""
    at = 0
    while at < len(tree):
        end = tree.index(b"\0", at)
        mode, _, name = tree[at:end].decode(errors="surrogateescape").partition(" ")
        at = end + 1 + digits // 2
        yield name, TreeEntry(mode.lstrip("0"), tree[end + 1 : at].hex())
