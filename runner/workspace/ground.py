"""The project's folder: what may be read of it, and how much."""

import errno
import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from typing import BinaryIO, Final

from runner.problems import closest

YAML_LIMIT: Final = 256 * 1024 + 1
"""Bytes read of a YAML file: one more than the dialect takes, so that it can say so."""
MEDIA_LIMIT: Final = 512 * 10**6
"""Bytes of the largest media file: X takes none that is larger."""
LIKE_FILES: Final = (".yaml", ".yml", ".j2")
"""How a folder must not end."""
ELSEWHERE: Final = (
    (
        r"(^|/)https?:/",
        "is an address, not a file",
        "save it beside the campaign, and name the file",
    ),
    (r"\\", "has a backslash in it", "write `/` between folder and file: `media/jeans.jpg`"),
    (r"^/", "is a path on one machine", "copy it beside the campaign, and name it from there"),
    (r"(^|/)\.\.(/|$)|\0|^$", "lies outside of the project", "keep it beside the campaign"),
)
"""Paths that are never looked at."""
CAUSES: Final = MappingProxyType(
    {
        errno.EACCES: ("can't be read: permission denied", "mend its permissions"),
        errno.EPERM: ("can't be read: permission denied", "mend its permissions"),
        errno.ENAMETOOLONG: ("has a name that is too long", "shorten it"),
        errno.ELOOP: ("is a symbolic link", "put the file itself there"),
    }
)


class Unreadable(OSError):
    """A file that can't be had: `because` is a sentence's end, `help` the thing to do."""

    def __init__(self, because: str, help: str) -> None:
        super().__init__(because)
        self.because = because
        self.help = help


@dataclass(frozen=True, slots=True)
class Ground:
    """A project's folder. Paths are relative to it, with `/`; nothing outside of it is ever read,
    and no symbolic link is followed."""

    root: Path

    def read(self, path: str, limit: int) -> bytes:
        """Up to `limit` bytes of a file. Raises Unreadable."""
        with self.opened(path) as file:
            try:  # asked for more than there is, Python would make room for all of it
                return file.read(min(limit, os.fstat(file.fileno()).st_size))
            except OSError as error:
                raise cause(error) from None

    def size(self, path: str) -> int:
        """The bytes of a file. Raises Unreadable."""
        with self.opened(path) as file:
            return os.fstat(file.fileno()).st_size

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

    def walk(self, folder: str, *, skip: frozenset[str] = frozenset()) -> Iterator[str]:
        """The paths below a folder, in order: of all files, and of folders that are not entered
        (links, folders named like files, folders without permission). None in `skip` are."""
        waiting = [folder]
        while waiting:
            path = waiting.pop()
            place = f"{self.root}/{path}"
            try:
                if os.path.islink(place):
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
        """A file, to be read and closed. Raises Unreadable."""
        file = self._inside(path)
        try:
            descriptor = os.open(file, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        except (FileNotFoundError, NotADirectoryError):
            raise Unreadable("is not there", self._neighbours(path)) from None
        except OSError as error:
            raise cause(error) from None
        mode = os.fstat(descriptor).st_mode
        if not stat.S_ISREG(mode):
            os.close(descriptor)
            what = "is a folder" if stat.S_ISDIR(mode) else "is not a file"
            raise Unreadable(what, "put a file in its place")
        return os.fdopen(descriptor, "rb")

    def _inside(self, path: str) -> Path:
        for pattern, because, help in ELSEWHERE:
            if re.search(pattern, path):
                raise Unreadable(because, help)
        way = self.root
        for part in PurePosixPath(path).parts:
            way = way / part
            if os.path.islink(way):
                raise Unreadable("is a symbolic link", "put the file itself there")
        return way

    def _neighbours(self, path: str) -> str:
        """The thing to do about a file that is not there."""
        wanted = PurePosixPath(path)
        try:
            names = os.listdir(self.root / wanted.parent)
        except OSError:
            names = []
        near = closest(wanted.name, names)
        return f"did you mean `{near}`?" if near else f"add the file {path}"


def _is_entered(entry: "os.DirEntry[str]") -> bool:
    return entry.is_dir(follow_symlinks=False) and not entry.name.endswith(LIKE_FILES)


def cause(error: OSError) -> Unreadable:
    """What the machine says of a file, for people."""
    because, help = CAUSES.get(error.errno or 0, (f"can't be read: {error.strerror}", "look at it"))
    return Unreadable(because, help)
