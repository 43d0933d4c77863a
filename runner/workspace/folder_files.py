"""A project's folder on this machine."""

import errno
import os
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from runner.system import OPENS_FOLDERS, READ, is_link
from runner.workspace.project_files import (
    LIKE_FILES,
    UnreadableFile,
    cause,
    composed,
    missing,
    refuse_elsewhere,
)


@dataclass(frozen=True, slots=True)
class FolderFiles:
    """Satisfies ProjectFiles for a folder."""

    root: Path
    listing: Callable[[Path], list[str]] = os.listdir
    """The names in a folder, as its file system has them."""

    def read(self, path: str, limit: int) -> bytes:
        with self._open(path) as file:
            try:  # asked for more than there is, Python would make room for all of it
                return file.read(min(limit, os.fstat(file.fileno()).st_size))
            except OSError as error:
                raise cause(error) from None

    def note_reuse(self, path: str) -> None:
        """Does nothing: nobody notes here what rests on a file."""

    def exists(self, path: str) -> bool:
        return os.path.lexists(self.root / path)

    def is_plain(self, path: str) -> bool:
        try:
            return stat.S_ISREG((self.root / path).lstat().st_mode)
        except (OSError, ValueError):
            return False

    def hides(self, path: str) -> bool:
        place = self.root / path
        return place.is_dir() or (place.is_symlink() and not place.suffix)

    def names(self, folder: str = "") -> list[str]:
        place = self.root / folder
        try:
            return [] if folder and is_link(place) else sorted(os.listdir(place))
        except OSError:
            return []

    def walk(self, folder: str, *, skip: frozenset[str] = frozenset()) -> Iterator[str]:
        waiting = [folder]
        while waiting:
            path = waiting.pop()
            place = f"{self.root}/{path}"
            try:
                if is_link(place):
                    raise OSError(errno.ELOOP, path)
                with os.scandir(place) as entries:
                    found = sorted(entries, key=lambda entry: entry.name)
            except FileNotFoundError:
                continue
            except OSError:
                yield path
                continue
            inner = dict.fromkeys(entry.name for entry in found if _is_entered(entry))
            yield from (f"{path}/{each.name}" for each in found if each.name not in inner)
            waiting += [f"{path}/{name}" for name in reversed(inner) if name not in skip]

    def opened(self, path: str) -> BinaryIO:
        return self._open(path)

    def _open(self, path: str) -> BinaryIO:
        file = self._inside(path)
        try:
            descriptor = os.open(file, READ)
        except (FileNotFoundError, NotADirectoryError):
            raise self._missing(path) from None
        except OSError as error:
            if not OPENS_FOLDERS and os.path.isdir(file):
                raise UnreadableFile("is a folder", "put a file in its place") from None
            raise cause(error) from None
        mode = os.fstat(descriptor).st_mode
        if not stat.S_ISREG(mode):
            os.close(descriptor)
            what = "is a folder" if stat.S_ISDIR(mode) else "is not a file"
            raise UnreadableFile(what, "put a file in its place")
        return os.fdopen(descriptor, "rb")

    def _inside(self, path: str) -> Path:
        refuse_elsewhere(path)
        way = self.root
        for part in PurePosixPath(path).parts:
            try:
                way = self._spelt(way, part)
            except FileNotFoundError:
                raise self._missing(path) from None
            if is_link(way):
                raise UnreadableFile("is a symbolic link", "put the file itself there")
        return way

    def _spelt(self, folder: Path, name: str) -> Path:
        """What has that name in a folder: accents may be written in another form of Unicode, as on
        macOS; but where case does not count, on Windows and macOS, it has to be right all the same,
        since elsewhere it counts. Raises FileNotFoundError."""
        way = folder / name
        if os.path.lexists(way):
            if folds(self.root) and composed(name) not in self._names(folder):
                raise FileNotFoundError(name)
            return way
        return folder / (name if name.isascii() else self._names(folder).get(composed(name), name))

    def _names(self, folder: Path) -> dict[str, str]:
        """The names in a folder, by their composed forms."""
        try:
            return {composed(name): name for name in self.listing(folder)}
        except OSError:
            return {}

    def _missing(self, path: str) -> UnreadableFile:
        return missing(path, lambda folder: self._names(self.root / folder))


@cache
def folds(root: Path) -> bool:
    """Whether the file system finds a file by a name that differs in case."""
    return os.path.lexists(root / "RUNNER.YAML")


def _is_entered(entry: "os.DirEntry[str]") -> bool:
    return entry.is_dir(follow_symlinks=False) and not entry.name.endswith(LIKE_FILES)
