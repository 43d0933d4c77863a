"""The folder of the cache: read if it is ours, written whole or not at all.

It imports next to nothing, since the quickest answer waits for it.
"""

import errno
import os
from collections.abc import Iterable

FOLDER = os.path.join(".runner", "cache")
"""In a project."""
LARGEST = 512 * 1024 * 1024
"""Bytes of a file that is read at all."""
_FOURTH = (4).to_bytes(4)
_OURS = (b".runner/", b".runner\0")
_IGNORE_ALL = b"# made by runner, and made anew when it is deleted\n*\n"


def read_from(root: str, name: str) -> bytes:
    """A file of a project's cache; nothing where there is none, or where a commit brought it
    along."""
    place = os.path.join(root, FOLDER, name)
    try:
        if _is_led_astray(root, name) or not os.path.isfile(place) or _is_committed(root):
            return b""
        with open(place, "rb") as file:
            return file.read(LARGEST)
    except OSError:
        return b""


def write_into(root: str, name: str, lines: Iterable[bytes]) -> None:
    """A file of the cache, in the place of the one before. Raises OSError."""
    if _is_led_astray(root, name):
        raise OSError(errno.ELOOP, FOLDER)
    folder = os.path.join(root, FOLDER)
    os.makedirs(folder, exist_ok=True)
    ignored = os.path.join(folder, ".gitignore")
    if not os.path.lexists(ignored):
        _write_new(ignored, [_IGNORE_ALL])
    new = os.path.join(folder, f"{name}.{os.getpid()}")
    if os.path.lexists(new):
        os.remove(new)  # of a run that died
    try:
        _write_new(new, lines)
        os.replace(new, os.path.join(folder, name))
    except OSError:
        if os.path.lexists(new):
            os.remove(new)
        raise


def _write_new(place: str, lines: Iterable[bytes]) -> None:
    """A file that was not there; through no link."""
    with open(place, "xb") as file:
        file.writelines(lines)


def _is_led_astray(root: str, name: str) -> bool:
    """Whether a link stands in the way, which a commit may have brought along."""
    way = root
    for part in (*FOLDER.split(os.sep), name):
        way = os.path.join(way, part)
        if os.path.islink(way):
            return True
    return False


def _is_committed(root: str) -> bool:
    """Whether git knows the folder, anything in it, or a link or a repository in its place: nobody
    can tell who wrote that.

    Its index names each path in full; in its fourth version as what differs from the path before,
    so that of this version nothing is believed (https://git-scm.com/docs/index-format, read
    2026-11-29).
    """
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
            if data[4:8] == _FOURTH or any(each in data.lower() for each in _OURS):
                return True
    return False
