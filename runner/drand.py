"""The beacon of draws over HTTP: drand's hosts, of which none has to be believed.

Source: https://docs.drand.love/developer/http-api (`/{chain}/public/{round}`). A signature is worth
nothing until it was verified, so any host may be asked, over any line.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

import requests

from runner.problems import BadUsage
from runner.reading import NotRead

HOSTS: Final = ("https://api.drand.sh", "https://drand.cloudflare.com")
VARIABLE: Final = "BEACON_URLS"
"""Other hosts, with a space between them."""
_TIME_OUT: Final = (5, 15)
"""Seconds to connect, and to wait for an answer."""
_MOST: Final = 4096
"""Bytes of an answer."""
_SIGNATURE: Final = 48


@dataclass(frozen=True, slots=True)
class DrandHosts:
    """Satisfies `runner.contest.ports.Beacon` for one chain."""

    chain: str
    hosts: tuple[str, ...] = HOSTS

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
                body = next(answer.iter_content(_MOST), b"") if status == 200 else b""
        except requests.RequestException as error:
            return NotRead(because=f"{name} could not be reached ({type(error).__name__})")
        if status != 200:
            return NotRead(because=f"{name} answered {status}")
        return _signature(body) or NotRead(because=f"{name} answered no signature")


def drand_hosts(chain: str, environ: Mapping[str, str]) -> DrandHosts:
    """The hosts that the environment names, or drand's own. Raises BadUsage for what is no
    address."""
    named = tuple(environ.get(VARIABLE, "").split())
    for each in named:
        parts = urlsplit(each)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise BadUsage(f"{VARIABLE} names `{each}`, which is no address of a host")
    return DrandHosts(chain, named or HOSTS)


def _signature(body: bytes) -> bytes | None:
    try:
        found = bytes.fromhex(json.loads(body)["signature"])
    except (ValueError, KeyError, TypeError):
        return None
    return found if len(found) == _SIGNATURE else None
