"""A digest of the program: what may change its answers, beside the files that it reads."""

import json
import os
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from hashlib import sha256
from zoneinfo import TZPATH

import runner
from runner.cache.installed import about_zones, libraries, program_files


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
    yield repr((sys.version, sys.flags)).encode()
    top = os.path.dirname(os.path.dirname(runner.__file__))
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
