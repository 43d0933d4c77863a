"""The server itself: uvicorn on a socket of loopback, and a way to cut a connection."""

import asyncio
import socket
import threading
from collections.abc import Callable
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

from runner.local_x import routes, routes_control, routes_media, routes_page, routes_users
from runner.local_x.access import AccessGuard, is_loopback
from runner.local_x.request_handling import SEVER, not_there
from runner.local_x.site import Site


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
