"""What may be read of a project, and how much, wherever its files are."""

import errno
import re
import unicodedata
from collections.abc import Callable, Collection, Iterator
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import BinaryIO, Final, Protocol

from runner.problems import Message, Suggestion, closest

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


class ProjectFiles(Protocol):
    """The files of a project, in a folder or in a commit. Paths are relative to it, with `/`;
    nothing outside of it is ever read, and no symbolic link is followed."""

    def read(self, path: str, limit: int) -> bytes:
        """Up to `limit` bytes of a file. Raises UnreadableFile."""
        ...

    def opened(self, path: str) -> BinaryIO:
        """A file, to be read and closed. Raises UnreadableFile."""
        ...

    def note_reuse(self, path: str) -> None:
        """Notes that something rests on a file which was read before."""

    def exists(self, path: str) -> bool:
        """Whether anything is there, be it a link that leads nowhere."""
        ...

    def is_plain(self, path: str) -> bool:
        """Whether it is a file, and no link to one."""
        ...

    def hides(self, path: str) -> bool:
        """Whether files may stand below it, of which nobody will know: a folder that `walk` does
        not enter, or a link that may have led to one."""
        ...

    def names(self, folder: str = "") -> list[str]:
        """What stands in a folder, the project's own by default, in order; nothing where it can't
        be read, or is a link."""
        ...

    def walk(self, folder: str, *, skip: frozenset[str] = frozenset()) -> Iterator[str]:
        """The paths below a folder, in order: of all files, and of folders that are not entered
        (links, folders named like files, folders without permission). None in `skip` are."""
        ...


def refuse_elsewhere(path: str) -> None:
    """Refuses a path that is never looked at. Raises UnreadableFile."""
    for pattern, because, help in ELSEWHERE:
        if re.search(pattern, path):
            raise UnreadableFile(because, help)


def missing(path: str, names: Callable[[str], Collection[str]]) -> UnreadableFile:
    """What to do about a file that is not there; `names` are what stands in a folder, composed."""
    near = ""
    for part in PurePosixPath(path).parts:
        there = names(near)
        alike = (name for name in there if name.casefold() == composed(part).casefold())
        found = part if part in there else next(alike, None) or closest(part, there)
        if found is None:
            return UnreadableFile("is not there", f"add the file {path}")
        near = f"{near}/{found}".removeprefix("/")
    is_case = near.casefold() == composed(path).casefold()
    because = "is not there: its capitals are others" if is_case else "is not there"
    return UnreadableFile(because, Suggestion(near))


def folded(path: str) -> str:
    """Equal for two paths that are one to Windows or macOS."""
    return path.lower() if path.isascii() else composed(path.casefold())


def one_of_two(first: str) -> tuple[str, str]:
    """What is wrong with a file whose name is that of `first` but for case, and what to do."""
    return (
        f"Windows and macOS take it for the same file as {first}",
        "rename one of the two: by more than capitals, and by more than how accents are written",
    )


def composed(name: str) -> str:
    """The name with accents in one form, whatever the system or the editor writes."""
    return unicodedata.normalize("NFC", name)


def cause(error: OSError) -> UnreadableFile:
    """What the machine says of a file, for people."""
    because, help = CAUSES.get(error.errno or 0, (f"can't be read: {error.strerror}", "look at it"))
    return UnreadableFile(because, help)
