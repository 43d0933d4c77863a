"""Who is let in: programs and people of this machine, who call it by one of its own names.

A page of the web can make its visitor's browser ask this machine. By a name that it has pointed
here (DNS rebinding) it could read the answers, too. Who calls by a name that is not loopback's own
is sent away, and who changes something from a page that is not of this machine.
"""

import ipaddress
from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

_ONLY_LOOKS: Final = frozenset({"GET", "HEAD", "OPTIONS"})


def is_loopback(host: str) -> bool:
    """Whether a name or an address, without port and brackets, can only be this machine."""
    try:
        return host.lower() == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


class AccessGuard:
    """An ASGI application before the application."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        refusal = _refusal(Headers(scope=scope), scope["method"])
        await (refusal or self._app)(scope, receive, send)


def _refusal(headers: Headers, method: str) -> PlainTextResponse | None:
    hosts = headers.getlist("host")
    if len(hosts) != 1 or not is_loopback(_name(f"//{hosts[0]}")):
        said = "This is a local X: it answers to localhost, 127.0.0.1 and [::1] alone.\n"
        return PlainTextResponse(said, 421)
    origins = headers.getlist("origin")
    if method not in _ONLY_LOOKS and not all(is_loopback(_name(origin)) for origin in origins):
        said = "This is a local X: it is not for other sites' pages.\n"
        return PlainTextResponse(said, 403)
    return None


def _name(address: str) -> str:
    """The host of an address; empty where it has none, or has more than host and port."""
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError:
        return ""
    is_plain = "@" not in parts.netloc and not (parts.path or parts.query or parts.fragment)
    return (parts.hostname or "") if is_plain else ""
