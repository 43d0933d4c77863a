"""The project's folder: what may be read of it, and how much."""

import errno
import os
import re
import stat
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from typing import BinaryIO, Final

from runner.problems import Message, Suggestion, closest
from runner.system import OPENS_FOLDERS, READ, is_link

YAML_LIMIT: Final = 256 * 1024 + 1
"""Bytes read of a YAML file: one more than the dialect takes, so that it can say so."""
MEDIA_LIMIT: Final = 512 * 10**6
"""Bytes of the largest media file: X takes none that is larger."""
LIKE_FILES: Final = (".yaml", ".yml", ".j2")
"""How a folder must not end."""
ELSEWHERE: Final = (
    (
        r"(^|/)https?:/|^[A-Za-z][A-Za-z0-9+.-]+://",
        "is an address, not a file",
        "save it beside the campaign, and name the file",
    ),
    (r"\\", "has a backslash in it", "write `/` between folder and file: `media/jeans.jpg`"),
    (
        r"^/|(^|/)[A-Za-z]:",
        "is a path on one machine",
        "copy it beside the campaign, and name it from there",
    ),
    (r"(^|/)\.\.(/|$)|\0|^$", "lies outside of the project", "keep it beside the campaign"),
)
"""Paths that are never looked at."""
RESERVED: Final = frozenset(
    {"con", "prn", "aux", "nul"} | {f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10)}
)
"""Names of devices on Windows, with any ending (https://learn.microsoft.com/windows/win32/fileio/
naming-a-file, read 2026-11-29)."""
CAUSES: Final = MappingProxyType(
    {
        errno.EACCES: ("can't be read: permission denied", "mend its permissions"),
        errno.EPERM: ("can't be read: permission denied", "mend its permissions"),
        errno.ENAMETOOLONG: ("has a name that is too long", "shorten it"),
        errno.ELOOP: ("is a symbolic link", "put the file itself there"),
    }
)


class UnreadableFile(OSError):
    """A file that can't be had: the text of its message is the end of a sentence that begins with
    the file; a suggestion is the path, from the root, of the file that was probably meant."""

    def __init__(self, because: str, help: str | Suggestion) -> None:
        super().__init__(because)
        self.message = Message("unreadable-file", because, help)


@dataclass(frozen=True, slots=True)
class ProjectFiles:
    """A project's folder. Paths are relative to it, with `/`; nothing outside of it is ever read,
    and no symbolic link is followed."""

    root: Path
    listing: Callable[[Path], list[str]] = os.listdir
    """The names in a folder, as its file system has them."""

    def read(self, path: str, limit: int) -> bytes:
        """Up to `limit` bytes of a file. Raises UnreadableFile."""
        with self._open(path) as file:
            try:  # asked for more than there is, Python would make room for all of it
                return file.read(min(limit, os.fstat(file.fileno()).st_size))
            except OSError as error:
                raise cause(error) from None

    def again(self, path: str) -> None:
        """Says that something rests on a file which was read before."""

    def exists(self, path: str) -> bool:
        """Whether anything is there, be it a link that leads nowhere."""
        return os.path.lexists(self.root / path)

    def is_plain(self, path: str) -> bool:
        """Whether it is a file, and no link to one."""
        try:
            return stat.S_ISREG((self.root / path).lstat().st_mode)
        except (OSError, ValueError):
            return False

    def hides(self, path: str) -> bool:
        """Whether files may stand below it, of which nobody will know: a folder that `walk` does
        not enter, or a link that may have led to one."""
        place = self.root / path
        return place.is_dir() or (place.is_symlink() and not place.suffix)

    def names(self, folder: str = "") -> list[str]:
        """What stands in a folder, the project's own by default, in order; nothing where it can't
        be read, or is a link."""
        place = self.root / folder
        try:
            return [] if folder and is_link(place) else sorted(os.listdir(place))
        except OSError:
            return []

    def walk(self, folder: str, *, skip: frozenset[str] = frozenset()) -> Iterator[str]:
        """The paths below a folder, in order: of all files, and of folders that are not entered
        (links, folders named like files, folders without permission). None in `skip` are."""
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
            inner = [entry.name for entry in found if _is_entered(entry)]
            yield from (f"{path}/{each.name}" for each in found if each.name not in inner)
            waiting += [f"{path}/{name}" for name in reversed(inner) if name not in skip]

    def opened(self, path: str) -> BinaryIO:
        """A file, to be read and closed. Raises UnreadableFile."""
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
        for pattern, because, help in ELSEWHERE:
            if re.search(pattern, path):
                raise UnreadableFile(because, help)
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
            if folds(self.root) and _composed(name) not in self._names(folder):
                raise FileNotFoundError(name)
            return way
        return folder / (name if name.isascii() else self._names(folder).get(_composed(name), name))

    def _names(self, folder: Path) -> dict[str, str]:
        """The names in a folder, by their composed forms."""
        try:
            return {_composed(name): name for name in self.listing(folder)}
        except OSError:
            return {}

    def _missing(self, path: str) -> UnreadableFile:
        """What to do about a file that is not there."""
        near = PurePosixPath()
        for part in PurePosixPath(path).parts:
            names = self._names(self.root / near)
            alike = (name for name in names if name.casefold() == _composed(part).casefold())
            found = part if part in names else next(alike, None) or closest(part, names)
            if found is None:
                return UnreadableFile("is not there", f"add the file {path}")
            near /= found
        is_case = str(near).casefold() == _composed(path).casefold()
        because = "is not there: its capitals are others" if is_case else "is not there"
        return UnreadableFile(because, Suggestion(str(near)))


@cache
def folds(root: Path) -> bool:
    """Whether the file system finds a file by a name that differs in case."""
    return os.path.lexists(root / "RUNNER.YAML")


def folded(path: str) -> str:
    """Equal for two paths that are one to Windows or macOS."""
    return path.lower() if path.isascii() else _composed(path.casefold())


def one_of_two(first: str) -> tuple[str, str]:
    """What is wrong with a file whose name is that of `first` but for case, and what to do."""
    return (
        f"Windows and macOS take it for the same file as {first}",
        "rename one of the two: by more than capitals, and by more than how accents are written",
    )


def _composed(name: str) -> str:
    return unicodedata.normalize("NFC", name)


def _is_entered(entry: "os.DirEntry[str]") -> bool:
    return entry.is_dir(follow_symlinks=False) and not entry.name.endswith(LIKE_FILES)


def cause(error: OSError) -> UnreadableFile:
    """What the machine says of a file, for people."""
    because, help = CAUSES.get(error.errno or 0, (f"can't be read: {error.strerror}", "look at it"))
    return UnreadableFile(because, help)
