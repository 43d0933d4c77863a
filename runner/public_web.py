"""What contests read of others on the web, as anybody does, without credentials: the beacon of
draws, posts as X embeds them, copies of what was published.
"""

import json
from collections.abc import Iterable, Mapping
from html.parser import HTMLParser
from typing import Final
from urllib.parse import urlsplit

import requests

from runner.contest import NotShown, ShownPost
from runner.problems import BadUsage
from runner.reading import NotRead
from runner.value import Value
from runner.x_facts import post_address

DRAND_HOSTS: Final = ("https://api.drand.sh", "https://drand.cloudflare.com")
DRAND_VARIABLE: Final = "BEACON_URLS"
"""Other hosts, with a space between them."""
_TIME_OUT: Final = (5, 15)
"""Seconds to connect, and to wait for an answer."""
_MOST_OF_A_ROUND: Final = 4096
"""Bytes of an answer."""
_SIGNATURE: Final = 48
OEMBED_URL: Final = "https://publish.x.com"
OEMBED_VARIABLE: Final = "X_OEMBED_URL"
"""Another address, for tests."""
_MOST_OF_A_POST: Final = 65_536
"""Bytes of an answer."""
_HIDDEN: Final = frozenset({403, 404, 410})
_MOST_OF_A_LIST: Final = 16_000_000
"""Bytes of a file: the largest is one of 256 that hold thirty million entries."""


class DrandHosts(Value):
    """Asks drand's hosts for the rounds of one chain: a `runner.contest.ports.Beacon`.

    No host has to be believed: a signature is worth nothing until it was verified, so any may be
    asked, over any line (https://docs.drand.love/developer/http-api, `/{chain}/public/{round}`).
    """

    chain: str
    hosts: tuple[str, ...] = DRAND_HOSTS

    def signatures(self, round: int) -> tuple[bytes, ...] | NotRead:
        """What each host that answers gives as the signature of a round."""
        answers = [self._ask(host, round) for host in self.hosts]
        found = tuple(each for each in answers if isinstance(each, bytes))
        if found:
            return found
        why = "; ".join(each.because for each in answers if isinstance(each, NotRead))
        return NotRead(because=why or "no host is named", help="run it again: the round stays")

    def _ask(self, host: str, round: int) -> bytes | NotRead:
        name = urlsplit(host).hostname
        url = f"{host}/{self.chain}/public/{round}"
        try:
            with requests.get(url, timeout=_TIME_OUT, stream=True, allow_redirects=False) as answer:
                status = answer.status_code
                body = next(answer.iter_content(_MOST_OF_A_ROUND), b"") if status == 200 else b""
        except requests.RequestException as error:
            return NotRead(because=f"{name} could not be reached ({type(error).__name__})")
        if status != 200:
            return NotRead(because=f"{name} answered {status}")
        return _signature(body) or NotRead(because=f"{name} answered no signature")


def drand_hosts(chain: str, environ: Mapping[str, str]) -> DrandHosts:
    """The hosts that the environment names, or drand's own. Raises BadUsage for what is no
    address."""
    named = tuple(environ.get(DRAND_VARIABLE, "").split())
    for each in named:
        parts = urlsplit(each)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise BadUsage(f"{DRAND_VARIABLE} names `{each}`, which is no address of a host")
    return DrandHosts(chain, named or DRAND_HOSTS)


def _signature(body: bytes) -> bytes | None:
    try:
        found = bytes.fromhex(json.loads(body)["signature"])
    except (ValueError, KeyError, TypeError):
        return None
    return found if len(found) == _SIGNATURE else None


class PublicPosts(Value):
    """Satisfies `runner.contest.ports.PostReader`.

    X answers `GET /oembed?url=…` with JSON that has `author_url` and `html`; with 404 for a post
    that is gone, and with 403 for one of a protected account
    (https://docs.x.com/x-for-websites/oembed-api, November 2026).
    """

    url: str = OEMBED_URL

    def show(self, id: str) -> ShownPost | NotShown | NotRead:
        """Asks X once."""
        asked = {"url": post_address(id), "omit_script": "true", "dnt": "true"}
        try:
            with requests.get(
                f"{self.url}/oembed",
                params=asked,
                timeout=_TIME_OUT,
                stream=True,
                allow_redirects=False,
            ) as answer:
                status = answer.status_code
                body = (
                    b"".join(answer.iter_content(8192))[:_MOST_OF_A_POST] if status == 200 else b""
                )
        except requests.RequestException as error:
            return NotRead(because=f"X could not be reached ({type(error).__name__})")
        if status in _HIDDEN:
            return NotShown()
        return _shown_post(body) or NotRead(because=f"X answered {status} without a post")


def public_posts(environ: Mapping[str, str]) -> PublicPosts:
    """X, or what the environment names in its place. Raises BadUsage for what is no address."""
    named = environ.get(OEMBED_VARIABLE, "").strip()
    parts = urlsplit(named)
    if named and (parts.scheme not in ("http", "https") or not parts.hostname):
        raise BadUsage(
            f"{OEMBED_VARIABLE} is no address", help=f"leave it out, or write {OEMBED_URL}"
        )
    return PublicPosts(named.rstrip("/") or OEMBED_URL)


def _shown_post(body: bytes) -> ShownPost | None:
    try:
        told = json.loads(body)
        author, html = urlsplit(told["author_url"]).path.strip("/"), told["html"]
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    if not author or not isinstance(html, str):
        return None
    text = _Text()
    text.feed(html)
    return ShownPost(author=author, text="".join(text.pieces))


class _Text(HTMLParser):
    """What a page says, without its tags."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []

    def handle_data(self, data: str) -> None:
        self.pieces.append(data)


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
                if len(body) > _MOST_OF_A_LIST:
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
