"""The folder of the cache: read if it is ours, written whole or not at all.

It imports next to nothing, since the quickest answer waits for it.
"""

import os
from collections.abc import Iterable

FOLDER = os.path.join(".runner", "cache")
"""In a project."""
LARGEST = 512 * 1024 * 1024
"""Bytes of a file that is read at all."""
_FOURTH = (4).to_bytes(4)
_IGNORE_ALL = "# made by runner, and made anew when it is deleted\n*\n"


def read_from(root: str, name: str) -> bytes:
    """A file of a project's cache; nothing where there is none, or where a commit brought it
    along."""
    place = os.path.join(root, FOLDER, name)
    try:
        if os.path.islink(place) or os.stat(place).st_size > LARGEST or _is_committed(root):
            return b""
        with open(place, "rb") as file:
            return file.read()
    except OSError:
        return b""


def write_into(root: str, name: str, lines: Iterable[bytes]) -> None:
    """A file of the cache, in the place of the one before. Raises OSError."""
    folder = os.path.join(root, FOLDER)
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, ".gitignore"), "w", encoding="utf-8") as file:
        file.write(_IGNORE_ALL)
    new = os.path.join(folder, f"{name}.{os.getpid()}")
    try:
        with open(new, "wb") as written:
            written.writelines(lines)
        os.replace(new, os.path.join(folder, name))
    except OSError:
        if os.path.exists(new):
            os.remove(new)
        raise


def _is_committed(root: str) -> bool:
    """Whether git knows files of the folder: who wrote those, nobody can tell.

    Its index names each path in full; in its fourth version as what differs from the path before,
    so that of this version nothing is believed (https://git-scm.com/docs/index-format, read
    2026-11-29).
    """
    below = FOLDER.replace(os.sep, "/").encode() + b"/"
    parent = os.path.abspath(root)
    while not os.path.lexists(place := os.path.join(parent, ".git")):
        if parent == os.path.dirname(parent):
            return False
        parent = os.path.dirname(parent)
    if os.path.isfile(place):
        with open(place, encoding="utf-8", errors="replace") as file:
            place = os.path.join(parent, file.read().removeprefix("gitdir:").strip())
    for name in os.listdir(place):
        if "index" in name and os.path.isfile(index := os.path.join(place, name)):
            with open(index, "rb") as known:
                data = known.read()
            if below in data or data[4:8] == _FOURTH:
                return True
    return False
