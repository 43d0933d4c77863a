"""A project's files as the default branch has them, out of git's objects."""

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from hashlib import file_digest
from pathlib import PurePosixPath
from typing import BinaryIO, Final

from runner.git import GitFailed, Tip, TreeEntry
from runner.media import LFS_POINTER
from runner.value import Value
from runner.workspace.project_files import (
    LIKE_FILES,
    UnreadableFile,
    composed,
    missing,
    refuse_elsewhere,
)

_POINTER: Final = 1024
"""Bytes that a pointer of Git LFS has at most."""
_OID: Final = re.compile(rb"^oid sha256:([0-9a-f]{64})$", re.MULTILINE)


class TipFiles(Value):
    """Satisfies ProjectFiles for the tip of the default branch. Nothing of the working files, or of
    how git was told to change them, has a say; what Git LFS keeps is what its pointer says."""

    tip: Tip

    def read(self, path: str, limit: int) -> bytes:
        with self.opened(path) as file:
            return file.read(limit)

    def opened(self, path: str) -> BinaryIO:
        try:
            file = self.tip.objects.opened(self._file(path).id)
        except GitFailed as failed:
            because = f"can't be had out of git: {failed.message}"
            raise UnreadableFile(because, failed.help or "run again") from None
        if (start := file.read(_POINTER)).startswith(LFS_POINTER):
            return self._kept_by_lfs(start)
        file.seek(0)
        return file

    def note_reuse(self, path: str) -> None:
        """Does nothing: nobody notes here what rests on a file."""

    def exists(self, path: str) -> bool:
        return self._entry(path) is not None

    def is_plain(self, path: str) -> bool:
        entry = self._entry(path)
        return entry is not None and entry.is_file

    def hides(self, path: str) -> bool:
        entry = self._entry(path)
        if entry is None or entry.is_file:
            return False
        return not (entry.is_link and PurePosixPath(path).suffix)

    def names(self, folder: str = "") -> list[str]:
        return sorted(self._inside(folder))

    def walk(self, folder: str, *, skip: frozenset[str] = frozenset()) -> Iterator[str]:
        entry = self._entry(folder)
        if entry and not entry.is_folder:
            yield folder
        waiting = [folder]
        while waiting:
            path = waiting.pop()
            found = sorted(self._inside(path).items(), key=lambda each: each[0])
            inner = dict.fromkeys(name for name, entry in found if _is_entered(name, entry))
            yield from (f"{path}/{name}" for name, _ in found if name not in inner)
            waiting += [f"{path}/{name}" for name in reversed(inner) if name not in skip]

    def _file(self, path: str) -> TreeEntry:
        """The entry of a file in the commit's tree. Raises UnreadableFile where it is none, or lies
        behind a link."""
        refuse_elsewhere(path)
        entry: TreeEntry | None = None
        way = ""
        for part in PurePosixPath(path).parts:
            way = f"{way}/{part}".removeprefix("/")
            if (entry := self._entry(way)) is None:
                raise missing(path, lambda folder: {composed(n) for n in self._inside(folder)})
            _refuse_leading_elsewhere(entry)
        if entry is None or entry.is_folder:
            raise UnreadableFile("is a folder", "put a file in its place")
        return entry

    def _entry(self, path: str) -> TreeEntry | None:
        """What stands there; accents may be written in another form of Unicode."""
        found: TreeEntry | None = None
        inside = self._top()
        for part in PurePosixPath(path).parts:
            found = inside.get(part) or _alike(part, inside)
            if found is None:
                return None
            inside = self.tip.objects.entries(found.id) if found.is_folder else {}
        return found

    def _inside(self, folder: str) -> Mapping[str, TreeEntry]:
        """What stands in a folder; nothing where it is none."""
        if not folder:
            return self._top()
        entry = self._entry(folder)
        return self.tip.objects.entries(entry.id) if entry and entry.is_folder else {}

    def _top(self) -> Mapping[str, TreeEntry]:
        return self.tip.objects.entries(self.tip.folder) if self.tip.folder else {}

    def _kept_by_lfs(self, pointer: bytes) -> BinaryIO:
        """Only what has the digest that was merged."""
        found = _OID.search(pointer)
        oid = found[1].decode() if found else "none"
        with suppress(OSError):
            file = (self.tip.checkout.lfs / oid[:2] / oid[2:4] / oid).open("rb")
            if file_digest(file, "sha256").hexdigest() == oid:
                file.seek(0)
                return file
            file.close()
        raise UnreadableFile(
            "is kept by Git LFS, and what its pointer stands for is not on this machine",
            "bring it: on GitHub by the repository's variable `RUNNER_LFS`, `true`, elsewhere by "
            "`git lfs fetch`",
        )


def _alike(name: str, inside: Mapping[str, TreeEntry]) -> TreeEntry | None:
    if name.isascii():
        return None
    return next((inside[each] for each in inside if composed(each) == composed(name)), None)


def _is_entered(name: str, entry: TreeEntry) -> bool:
    return entry.is_folder and not name.endswith(LIKE_FILES)


def _refuse_leading_elsewhere(entry: TreeEntry) -> None:
    if entry.is_link:
        raise UnreadableFile("is a symbolic link", "put the file itself there")
    if not (entry.is_file or entry.is_folder):
        raise UnreadableFile(
            "is a git repository of its own, so that no merge says what is in it",
            "keep the files themselves in this repository",
        )
