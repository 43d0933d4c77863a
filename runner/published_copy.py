"""A copy of what a contest published, at an address: read as anybody does, without credentials."""

from collections.abc import Iterable, Mapping
from typing import Final
from urllib.parse import urlsplit

import requests

from runner.problems import BadUsage
from runner.reading import NotRead

_TIME_OUT: Final = (5, 15)
"""Seconds to connect, and to wait for an answer."""
_MOST: Final = 16_000_000
"""Bytes of a file: the largest is one of 256 that hold thirty million entries."""


def is_address(place: str) -> bool:
    return urlsplit(place).scheme in ("http", "https")


def fetched(address: str, names: Iterable[str]) -> Mapping[str, bytes] | NotRead:
    """Files below an address, by name. Raises BadUsage for what is no address of a host."""
    if not urlsplit(address).hostname:
        raise BadUsage(f"`{address}` is no address", help="write https://… , or name a folder")
    found: dict[str, bytes] = {}
    with requests.Session() as session:
        for name in names:
            file = _file(session, f"{address.rstrip('/')}/{name}")
            if isinstance(file, NotRead):
                return file
            found[name] = file
    return found


def _file(session: requests.Session, url: str) -> bytes | NotRead:
    try:
        with session.get(url, timeout=_TIME_OUT, stream=True, allow_redirects=False) as answer:
            if answer.status_code != 200:
                return NotRead(because=f"{url} answered {answer.status_code}")
            body = bytearray()
            for piece in answer.iter_content(65_536):
                body += piece
                if len(body) > _MOST:
                    return NotRead(because=f"{url} is larger than any list")
    except requests.RequestException as error:
        return NotRead(because=f"{url} could not be read ({type(error).__name__})")
    return bytes(body)


def why_not_there(address: str, files: Mapping[str, bytes]) -> str | None:
    """Why not all of these files can be read at an address as they are; None where they can. Raises
    BadUsage."""
    found = fetched(address, files)
    if isinstance(found, NotRead):
        return found.because
    other = [name for name, data in files.items() if found[name] != data]
    return f"{address.rstrip('/')}/{other[0]} is not what was published last" if other else None
