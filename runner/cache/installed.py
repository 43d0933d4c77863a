"""What is installed: the program's own files, the libraries beside it, and the time zones.

It imports next to nothing, since the quickest answer waits for it.
"""

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress

_PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
_TEMPLATES = os.path.join(os.path.dirname(_PACKAGE), "templates")
"""Where the package is not built yet; else they stand in it."""
_ABOUT_LIBRARIES = (".dist-info", ".egg-info")
_ABOUT_ZONES = ("tzdata.zi", "+VERSION")
"""The list of all rules, which begins with its version; on macOS the version alone."""


def program_files() -> Iterator[str]:
    """Code and data, always in the same order."""
    for top in (_PACKAGE, _TEMPLATES):
        for folder, folders, names in os.walk(top):
            folders[:] = sorted(set(folders) - {"__pycache__"})
            paths = (os.path.join(folder, name) for name in sorted(names))
            yield from filter(os.path.isfile, paths)  # and no lock of an editor, which is a link


def libraries() -> Iterator[str]:
    """Each library that is installed, with its version."""
    for folder in sys.path:
        with suppress(OSError):  # there is none, or nobody may look into it
            yield from sorted(
                name for name in os.listdir(folder) if name.endswith(_ABOUT_LIBRARIES)
            )


def zone_folders(told: str | None) -> list[str]:
    """Where Python looks for time zones, `told` being its variable: as `zoneinfo.TZPATH`, which
    takes several times as long to import."""
    if told is None:
        from sysconfig import get_config_var

        told = get_config_var("TZPATH") or ""
    return [folder for folder in told.split(os.pathsep) if os.path.isabs(folder)]


def about_zones(folders: Iterable[str]) -> Iterator[str]:
    """The paths that change with the time zones: what says their version, or their folder itself,
    where nothing says it."""
    for folder in folders:
        lists = (os.path.join(folder, name) for name in _ABOUT_ZONES)
        yield from filter(os.path.exists, [*filter(os.path.isfile, lists)] or [folder])
