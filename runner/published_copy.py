"""A copy of what a contest published, at an address: read as anybody does, without credentials."""

from typing import Final
from urllib.parse import urlsplit

import requests

from runner.problems import BadUsage
from runner.reading import NotRead

_TIME_OUT: Final = (5, 15)
"""Seconds to connect, and to wait for an answer."""
_MOST: Final = 200_000_000
"""Bytes of a file: a list of more than a million entries."""


def is_address(place: str) -> bool:
    return urlsplit(place).scheme in ("http", "https")


def fetched(address: str, name: str) -> bytes | NotRead:
    """A file below an address. Raises BadUsage for what is no address of a host."""
    if not urlsplit(address).hostname:
        raise BadUsage(f"`{address}` is no address", help="write https://… , or name a folder")
    url = f"{address.rstrip('/')}/{name}"
    try:
        with requests.get(url, timeout=_TIME_OUT, stream=True, allow_redirects=False) as answer:
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
