"""What Linux, macOS and Windows do differently; and when Python collects garbage."""

import gc
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import TextIO

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]
    import msvcrt

READ = (
    os.O_RDONLY
    | getattr(os, "O_NOFOLLOW", 0)  # Windows follows; who cares looks first
    | getattr(os, "O_NONBLOCK", 0)  # a pipe that nobody writes to opens at once
    | getattr(os, "O_BINARY", 0)  # Windows would end a file at its first Ctrl-Z
)
"""How a file of somebody else is opened: for reading, as bytes, no link, without waiting."""
OPENS_FOLDERS = hasattr(os, "O_DIRECTORY")
"""Whether a folder can be opened as a file is; not on Windows."""
_junction = getattr(os.path, "isjunction", lambda _: False)  # from Python 3.12 on


@contextmanager
def collector_paused() -> Iterator[None]:
    """Lets very many objects be made without a look, again and again, at which are garbage."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def cores() -> int:
    """How many this process may use; one elsewhere than on Linux, where alone forking is safe."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1


def is_link(path: "str | os.PathLike[str]") -> bool:
    """Whether it leads elsewhere: a symbolic link, or a junction of Windows."""
    return os.path.islink(path) or bool(_junction(path))


def locked(descriptor: int) -> bool:
    """Takes a file for this process alone, until it is closed; False where another one has it."""
    try:
        if fcntl:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        else:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
    except (BlockingIOError, PermissionError):
        return False
    return True


def sync_folder(folder: Path) -> None:
    """The names in a folder are on the disk when this returns; where folders can't be opened, the
    file system's own journal has to do."""
    if not OPENS_FOLDERS:
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def in_utf8(stream: TextIO) -> TextIO:
    """The stream, which takes every character: on Windows a pipe and a file begin with the code
    page of the country, which lacks most of them."""
    if isinstance(stream, TextIOWrapper) and stream.encoding.lower().startswith("cp"):
        stream.reconfigure(encoding="utf-8")
    return stream


def since_boot() -> float:
    """Seconds that never go back, counting those asleep, as far as the system can tell."""
    if hasattr(time, "clock_gettime"):
        return time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))
    return time.monotonic()
