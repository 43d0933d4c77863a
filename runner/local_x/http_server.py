"""The server itself: uvicorn on a socket of loopback, a way to cut a connection, and who is let in:
programs and people of this machine, who call it by one of its own names.

A page of the web can make its visitor's browser ask this machine. By a name that it has pointed
here (DNS rebinding) it could read the answers, too. Who calls by a name that is not loopback's own
is sent away, and who changes something from a page that is not of this machine.
"""

import asyncio
import ipaddress
import socket
import threading
from collections.abc import Callable
from typing import Any, Final
from urllib.parse import urlsplit

import uvicorn
from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

from runner.local_x import routes, routes_control, routes_media, routes_page, routes_users
from runner.local_x.request_handling import SEVER, not_there
from runner.local_x.site import Site

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


def application(site: Site) -> ASGIApp:
    """The local X as an ASGI application."""

    def unknown(status: int) -> Callable[[Request, Exception], Response]:
        return lambda _request, _error: not_there(site, status)

    rooms = (routes, routes_users, routes_media, routes_control, routes_page)
    return AccessGuard(
        Starlette(
            routes=[route for room in rooms for route in room.routes(site)],
            exception_handlers={404: unknown(404), 405: unknown(405)},
        )
    )


def listen(host: str, port: int) -> socket.socket:
    """A socket on loopback. Raises ValueError for any other host, OSError when it is taken."""
    if not is_loopback(host):
        raise ValueError(f"the sandbox listens on loopback only, not on `{host}`")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # asyncio sends small answers at once only where the protocol is named
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
    except BaseException:
        listener.close()
        raise
    return listener


class Server(uvicorn.Server):
    """Calls `ready` once it answers; `finish` may be called from any thread."""

    def __init__(self, site: Site, ready: Callable[[], None]) -> None:
        self._site, self._ready = site, ready
        self._loop: asyncio.AbstractEventLoop | None = None
        self._finish = asyncio.Event()
        super().__init__(
            uvicorn.Config(
                application(site),
                http=_Severable,
                ws="none",
                loop="asyncio",
                lifespan="off",
                log_config=None,
                log_level="error",
                access_log=False,
                date_header=False,
                server_header=False,
                proxy_headers=False,
                timeout_keep_alive=300,
            )
        )

    async def main_loop(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._ready()
        if threading.current_thread() is threading.main_thread():
            await super().main_loop()  # looks for signals ten times a second
        else:
            await self._finish.wait()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """As uvicorn's, which sleeps a tenth of a second in any case: too long between tests."""
        self._site.closing.set()
        for listener in (*self.servers, *(sockets or ())):
            listener.close()
        for connection in list(self.server_state.connections):
            connection.shutdown()
        await asyncio.gather(*self.server_state.tasks, return_exceptions=True)
        for connection in list(self.server_state.connections):
            connection.transport.abort()
        while self.server_state.connections:
            await asyncio.sleep(0)

    def finish(self) -> None:
        if self._loop:
            self._loop.call_soon_threadsafe(self._finish.set)


class _Severable(H11Protocol):
    """Leaves in each request's scope what cuts its connection without an answer."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        app: Any = self.app

        async def severable(scope: Scope, receive: Receive, send: Send) -> None:
            scope[SEVER] = transport.abort
            await app(scope, receive, send)

        self.app = severable
