"""What folders hold, as a digest: names, and whether each is a file, a folder or a link.

It imports next to nothing, since the quickest answer waits for it.
"""

import os
from collections.abc import Iterator
from contextlib import suppress
from hashlib import sha256

UNREADABLE = "unreadable"


def listing(root: str, path: str) -> str:
    """A digest of a folder of a project. In the project's own, what begins with a dot does not
    count."""
    try:
        with os.scandir(os.path.join(root, path)) as entries:
            found = sorted(
                f"{_kind(entry)} {entry.name}\n"
                for entry in entries
                if path or not entry.name.startswith(".")
            )
    except OSError:
        return UNREADABLE
    return sha256("".join(found).encode("utf-8", "surrogateescape")).hexdigest()


def below(root: str, path: str) -> Iterator[str]:
    """A folder and all that are below it, none through a link."""
    waiting = [path]
    while waiting:
        yield (folder := waiting.pop())
        with suppress(OSError), os.scandir(os.path.join(root, folder)) as entries:
            inner = (each.name for each in entries if each.is_dir(follow_symlinks=False))
            waiting += [f"{folder}/{name}" for name in inner]


def _kind(entry: "os.DirEntry[str]") -> str:
    """A link that leads to a folder hides what is in it. Files come first, since they are many."""
    if entry.is_file(follow_symlinks=False):
        return "file"
    if entry.is_symlink():
        return "link to a folder" if entry.is_dir() else "link"
    return "folder" if entry.is_dir(follow_symlinks=False) else "other"
