"""What lies on this machine: the program's own files, the libraries beside it, the time zones, and
what folders hold; and digests of these.

It imports next to nothing, since the quickest answer waits for it.
"""

import json
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from functools import cache
from hashlib import sha256

UNREADABLE = "unreadable"
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
    """The folders in which Python looks for time zones, `told` being the variable that names them.
    They are those of `zoneinfo.TZPATH`, which takes several times as long to import."""
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


def basis_of(seen: Mapping[str, str], templates: Mapping[str, str]) -> str:
    """A digest of what all campaigns rest on: the program, what was read of the project, and all
    templates by their names."""
    whole = json.dumps([program_digest(), sorted(seen.items()), sorted(templates.items())])
    return sha256(whole.encode()).hexdigest()


@cache
def program_digest() -> str:
    """A digest of our own code and data, of Python and its switches, of all libraries by their
    versions, and of the zones."""
    digest = sha256()
    for part in _parts():
        digest.update(len(part).to_bytes(8))
        digest.update(part)
    return digest.hexdigest()


def _parts() -> Iterator[bytes]:
    from zoneinfo import TZPATH

    yield repr((sys.version, sys.flags)).encode()
    top = os.path.dirname(_PACKAGE)
    for path in program_files():
        yield os.fsencode(path.removeprefix(top))
        yield _read(path)
    yield from map(os.fsencode, libraries())
    for path in about_zones(TZPATH):
        yield os.fsencode(path)
        yield _read(path) if os.path.isfile(path) else str(os.stat(path).st_mtime_ns).encode()


def _read(path: str) -> bytes:
    with open(path, "rb", buffering=0) as file:
        return file.read()
