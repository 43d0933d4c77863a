"""The folder of a project's cache, and the key with which all that lies there is signed.

The folder stands in the project, where a commit or an archive may bring anything along. The key
stands with its user, and never in what is checked out, so that nobody else has written what is
believed. It imports next to nothing, since the quickest answer waits for it.
"""

import os
import stat
from collections.abc import Iterable, Mapping
from functools import partial
from hashlib import blake2b
from typing import NamedTuple

ELSEWHERE = "CAMPAIGN_RUNNER_CACHE"
"""A variable that names another folder, which has its key in it: for jobs, outside of what they
check out."""
FOLDER = os.path.join(".runner", "cache")
"""Where the cache lies in a project."""
LARGEST = 512 * 1024 * 1024
"""Bytes of a file that is read at all."""
_KEY = "key"
_LENGTH = 32
_HAS_OWNERS = hasattr(os, "geteuid")
"""Whether files say whose they are, and who else may read them; not on Windows."""
_IGNORE_ALL = b"# made by runner, and made anew when it is deleted\n*\n"


class CacheFolder(NamedTuple):
    path: str
    key: bytes

    def signature(self, *parts: bytes) -> bytes:
        """What nobody else can write beside these parts."""
        digest = blake2b(key=self.key, digest_size=_LENGTH)
        for part in parts:
            digest.update(len(part).to_bytes(8))
            digest.update(part)
        return digest.hexdigest().encode()

    def read(self, name: str) -> bytes:
        """A file of it; nothing where there is none."""
        place = os.path.join(self.path, name)
        try:
            if os.path.islink(place) or not os.path.isfile(place):
                return b""
            with open(place, "rb") as file:
                return file.read(LARGEST)
        except OSError:
            return b""

    def write(self, name: str, lines: Iterable[bytes]) -> None:
        """A file of it, in the place of the one before. Raises OSError."""
        os.makedirs(self.path, exist_ok=True)
        ignored = os.path.join(self.path, ".gitignore")
        if not os.path.lexists(ignored):
            _put(ignored, [_IGNORE_ALL])
        _put(os.path.join(self.path, name), lines)


def cache_folder(root: str, environ: Mapping[str, str]) -> CacheFolder | None:
    """The cache of a project; None where a link stands in the way, where its key may have come
    along with the project, or nobody can keep one."""
    elsewhere = environ.get(ELSEWHERE, "")
    if os.path.isabs(elsewhere):
        path, home = elsewhere, elsewhere
    else:
        path, home = os.path.join(root, FOLDER), _home(environ)
        if not home or any(map(os.path.islink, (os.path.dirname(path), path))):
            return None
    try:
        if _came_along(home, root):
            return None
        key = _read_key(home) or _new_key(home)
    except OSError:
        return None
    return CacheFolder(path, key)


def _came_along(home: str, root: str) -> bool:
    """Whether a folder lies in what is checked out, so that a commit may have written it."""
    within, top = (os.path.join(os.path.realpath(each), "") for each in (home, _top(root)))
    return within.startswith(top)


def _top(root: str) -> str:
    """The nearest folder that is a repository; without one, the project's own."""
    root = folder = os.path.realpath(root)
    while not os.path.lexists(os.path.join(folder, ".git")):
        inner, folder = folder, os.path.dirname(folder)
        if inner == folder:
            return root
    return folder


def _home(environ: Mapping[str, str]) -> str:
    """Where this user's programs keep what they can make anew; empty where nothing says so."""
    home = environ.get("HOME", "")
    named = (environ.get("XDG_CACHE_HOME"), environ.get("LOCALAPPDATA"), home and f"{home}/.cache")
    found = next((each for each in named if each and os.path.isabs(each)), "")
    return found and os.path.join(found, "campaign-runner")


def _read_key(home: str) -> bytes | None:
    """The key; None where there is none, or others may know it. Raises OSError, also where the key
    is somebody else's, who may need it."""
    place = os.path.join(home, _KEY)
    try:
        about = os.lstat(place)
    except FileNotFoundError:
        return None
    if _HAS_OWNERS and about.st_uid != os.geteuid():
        raise PermissionError(place)
    if not stat.S_ISREG(about.st_mode) or (_HAS_OWNERS and about.st_mode & 0o77):
        return None
    with open(place, "rb") as file:
        key = file.read(_LENGTH + 1)
    return key if len(key) == _LENGTH else None


def _new_key(home: str) -> bytes:
    os.makedirs(home, mode=0o700, exist_ok=True)
    key = os.urandom(_LENGTH)
    _put(os.path.join(home, _KEY), [key])
    return key


def _put(place: str, lines: Iterable[bytes]) -> None:
    """A file for its user alone, whole or not at all, and through no link."""
    new = f"{place}.{os.getpid()}"
    if os.path.lexists(new):
        os.remove(new)  # of a run that died
    try:
        with open(new, "xb", opener=partial(os.open, mode=0o600)) as file:
            file.writelines(lines)
        os.replace(new, place)
    finally:
        if os.path.lexists(new):
            os.remove(new)
