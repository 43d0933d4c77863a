"""The folder of the cache: read if it is ours, written whole or not at all.

It imports little, since the quickest answer waits for it.
"""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Final

LARGEST: Final = 512 * 1024 * 1024
"""Bytes of a file that is read at all."""
_FOURTH: Final = (4).to_bytes(4)
_IGNORE_ALL: Final = "# made by runner, and made anew when it is deleted\n*\n"


def read_from(folder: Path, name: str) -> bytes:
    """A file of the cache; nothing where there is none, or where a commit brought it along."""
    place = folder / name
    try:
        is_odd = place.is_symlink() or place.stat().st_size > LARGEST
        return b"" if is_odd or _is_committed(folder) else place.read_bytes()
    except OSError:
        return b""


def write_into(folder: Path, name: str, lines: Iterable[bytes]) -> None:
    """A file of the cache, in the place of the one before. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / ".gitignore").write_text(_IGNORE_ALL, encoding="utf-8")
    new = folder / f"{name}.{os.getpid()}"
    try:
        with new.open("wb") as file:
            file.writelines(lines)
        new.replace(folder / name)
    except OSError:
        new.unlink(missing_ok=True)
        raise


def _is_committed(folder: Path) -> bool:
    """Whether git knows files of the folder: who wrote those, nobody can tell.

    Its index names each path in full; in its fourth version as what differs from the path before,
    so that of this version nothing is believed (https://git-scm.com/docs/index-format, read
    2026-11-29).
    """
    below = f"{folder.parent.name}/{folder.name}/".encode()
    for parent in folder.parents:
        place = parent / ".git"
        if place.is_file():
            place = parent / place.read_text("utf-8", "replace").removeprefix("gitdir:").strip()
        if place.is_dir():
            indexes = (each.read_bytes() for each in place.glob("*index*") if each.is_file())
            return any(below in each or each[4:8] == _FOURTH for each in indexes)
    return False
