"""An interpreter that lacks what Windows lacks, for a process of its own: `become()` comes before
anything of ours is imported. What Windows has in its place is made of what is here.

It stands in for the modules and flags of Windows, not for its paths and its file system: those a
real Windows tries, in CI.
"""

import fcntl
import os
import signal
import subprocess  # noqa: F401 - the system's own need what they will lack
import sys
import tempfile  # noqa: F401
import time
from types import ModuleType

real_open = os.open


def open_no_folder(path, flags, *rest, **more):
    if os.path.isdir(path) and "dir_fd" not in more:  # as the library does that knows POSIX
        raise PermissionError(13, "Permission denied", path)
    return real_open(path, flags, *rest, **more)


def locking(descriptor: int, mode: int, _count: int) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise PermissionError(13, "Permission denied") from None


def become() -> None:
    """Names of POSIX are gone, and asking for one is an error, as it is there."""
    gone = (
        "killpg",
        "setsid",
        "getuid",
        "geteuid",
        "fork",
        "O_NOFOLLOW",
        "O_NONBLOCK",
        "O_DIRECTORY",
    )
    for name in gone:
        if hasattr(os, name):
            delattr(os, name)
    for name in ("SIGHUP", "SIGUSR1"):
        delattr(signal, name)
    for name in ("clock_gettime", "CLOCK_BOOTTIME", "CLOCK_MONOTONIC"):
        delattr(time, name)
    os.open = open_no_folder
    for name in ("fcntl", "pwd", "grp", "resource", "termios"):
        sys.modules[name] = None  # type: ignore[assignment]
    windows = ModuleType("msvcrt")
    windows.LK_NBLCK, windows.locking = 2, locking  # type: ignore[attr-defined]
    sys.modules["msvcrt"] = windows
