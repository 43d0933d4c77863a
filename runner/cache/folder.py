"""The folder of a project's cache, and the key with which all that lies there is signed.

The folder stands in the project, where a commit or an archive may bring anything along. The key
stands with its user, so that nobody else has written what is believed. It imports next to nothing,
since the quickest answer waits for it.
"""

import os
from collections.abc import Iterable, Mapping
from functools import partial
from hashlib import blake2b
from typing import NamedTuple

ELSEWHERE = "CAMPAIGN_RUNNER_CACHE"
"""A variable that names another folder, which has its key in it: for jobs, outside of what they
check out."""
FOLDER = os.path.join(".runner", "cache")
"""In a project."""
LARGEST = 512 * 1024 * 1024
"""Bytes of a file that is read at all."""
_KEY = "key"
_LENGTH = 32
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
    """The cache of a project; None where a link stands in the way, or nobody can keep a key."""
    elsewhere = environ.get(ELSEWHERE, "")
    if os.path.isabs(elsewhere):
        path, home = elsewhere, elsewhere
    else:
        path, home = os.path.join(root, FOLDER), _home(environ)
        if not home or any(map(os.path.islink, (os.path.dirname(path), path))):
            return None
    try:
        key = _read_key(home) or _new_key(home)
    except OSError:
        return None
    return CacheFolder(path, key)


def _home(environ: Mapping[str, str]) -> str:
    """Where this user's programs keep what they can make anew; empty where nothing says so."""
    home = environ.get("HOME", "")
    named = (environ.get("XDG_CACHE_HOME"), environ.get("LOCALAPPDATA"), home and f"{home}/.cache")
    found = next((each for each in named if each and os.path.isabs(each)), "")
    return found and os.path.join(found, "campaign-runner")


def _read_key(home: str) -> bytes | None:
    try:
        with open(os.path.join(home, _KEY), "rb") as file:
            key = file.read(_LENGTH + 1)
    except FileNotFoundError:
        return None
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
