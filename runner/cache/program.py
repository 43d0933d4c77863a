"""A digest of the program: what may change its answers, beside the files that it reads."""

import json
import os
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path
from zoneinfo import TZPATH

import runner
from runner.cache.installed import libraries, program_files

_ZONES = "tzdata.zi"
"""A list of all rules of time zones, which begins with its version."""
_HEAD = 64
"""Bytes of it that are read."""


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
        with open(path, "rb", buffering=0) as file:
            yield file.read()
    yield from map(os.fsencode, libraries())
    for folder in map(Path, TZPATH):
        zones = folder / _ZONES
        yield zones.read_bytes()[:_HEAD] if zones.is_file() else str(folder.is_dir()).encode()
