"""A digest of the program: what may change its answers, beside the files that it reads."""

import json
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path
from zoneinfo import TZPATH

import runner

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
    """Of our own code and data, of Python, of all libraries by their versions, and of the zones."""
    digest = sha256()
    for part in _parts():
        digest.update(len(part).to_bytes(8))
        digest.update(part)
    return digest.hexdigest()


def _parts() -> Iterator[bytes]:
    yield sys.version.encode()
    package = Path(runner.__file__).parent
    for path in sorted(package.rglob("*")):
        if path.is_file() and path.suffix != ".pyc":
            yield str(path.relative_to(package)).encode()
            yield path.read_bytes()
    for folder in map(Path, sys.path):
        if folder.is_dir():
            yield from (each.name.encode() for each in sorted(folder.glob("*.dist-info")))
    for folder in map(Path, TZPATH):
        zones = folder / _ZONES
        yield zones.read_bytes()[:_HEAD] if zones.is_file() else str(folder.is_dir()).encode()
