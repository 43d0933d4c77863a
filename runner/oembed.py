"""What anybody may read of a post on X, without credentials: its author and its text.

Source: https://docs.x.com/x-for-websites/oembed-api (November 2026): `GET /oembed?url=…`, JSON with
`author_url` and `html`; 404 for a post that is gone, 403 for one of a protected account.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Final
from urllib.parse import urlsplit

import requests

from runner.contest.ports import NotShown, ShownPost
from runner.problems import BadUsage
from runner.reading import NotRead

URL: Final = "https://publish.x.com"
VARIABLE: Final = "X_OEMBED_URL"
"""Another address, for tests."""
_TIME_OUT: Final = (5, 15)
_MOST: Final = 65_536
"""Bytes of an answer."""
_HIDDEN: Final = frozenset({403, 404, 410})


@dataclass(frozen=True, slots=True)
class PublicPosts:
    """Satisfies `runner.contest.ports.PostReader`."""

    url: str = URL

    def show(self, id: str) -> ShownPost | NotShown | NotRead:
        """Asks X once."""
        asked = {"url": f"https://x.com/i/status/{id}", "omit_script": "true", "dnt": "true"}
        try:
            with requests.get(
                f"{self.url}/oembed",
                params=asked,
                timeout=_TIME_OUT,
                stream=True,
                allow_redirects=False,
            ) as answer:
                status = answer.status_code
                body = b"".join(answer.iter_content(8192))[:_MOST] if status == 200 else b""
        except requests.RequestException as error:
            return NotRead(because=f"X could not be reached ({type(error).__name__})")
        if status in _HIDDEN:
            return NotShown()
        return _shown_post(body) or NotRead(because=f"X answered {status} without a post")


def public_posts(environ: Mapping[str, str]) -> PublicPosts:
    """X, or what the environment names in its place. Raises BadUsage for what is no address."""
    named = environ.get(VARIABLE, "").strip()
    parts = urlsplit(named)
    if named and (parts.scheme not in ("http", "https") or not parts.hostname):
        raise BadUsage(f"{VARIABLE} is no address", help=f"leave it out, or write {URL}")
    return PublicPosts(named.rstrip("/") or URL)


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
