"""An X on this machine that answers as it is told, down to the bytes and the pauses."""

import json
import socket
import struct
import threading
from dataclasses import dataclass, field
from decimal import Decimal
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from runner.render.rendered import RenderedPart
from runner.x.auth import Credentials

REASONS = {status.value: status.phrase for status in HTTPStatus}
DATE = "Tue, 01 Dec 2026 08:00:00 GMT"
WHO = Credentials(
    api_key="key-of-the-app",
    api_secret="hush-app",
    access_token="42-token-of-shop",
    access_secret="hush-token",
)
POST = RenderedPart(text="Slim 27 ir klāt ✨ acme.lv/slim27", weight=32, cost=Decimal("0.2"))


@dataclass(kw_only=True)
class Say:
    """One answer; its body may follow from what was asked. `drip` seconds between its bytes;
    `reset` breaks the line in place of it."""

    status: int = 200
    body: object = None
    headers: dict[str, str] = field(default_factory=dict)
    after: float = 0
    drip: float = 0
    drip_head: float = 0
    reset: bool = False
    cut: bool = False


@dataclass(kw_only=True)
class Asked:
    """One request, as it came in."""

    method: str
    url: str
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


class LocalX:
    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self.script: list[Say] = []
        self.stop = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self._server.block_on_close = False
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        self._thread.start()

    def says(self, *answers: Say) -> None:
        self.script += answers

    def close(self) -> None:
        self.stop.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        local = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *args: object) -> None:
                pass

            def version_string(self) -> str:
                return "local"

            def handle_any(self) -> None:
                length = int(self.headers.get("Content-Length") or 0)
                local.asked.append(
                    Asked(
                        method=self.command,
                        url=f"http://{self.headers['Host']}{self.path}",
                        path=self.path.partition("?")[0],
                        headers={name.lower(): value for name, value in self.headers.items()},
                        body=self.rfile.read(length),
                    )
                )
                say = local.script.pop(0) if local.script else Say(status=599, body="no script")
                with_reset(self.connection) if say.reset else self.answer(say)
                self.close_connection = True

            do_GET = do_POST = do_PUT = do_DELETE = handle_any  # noqa: N815

            def answer(self, say: Say) -> None:
                local.stop.wait(say.after)
                said = say.body(local.asked[-1]) if callable(say.body) else say.body
                body = said if isinstance(said, bytes) else json.dumps(said).encode()
                head = {"Content-Type": "application/json", "Date": DATE, **say.headers}
                head["Content-Length"] = str(len(body) + (10 if say.cut else 0))
                lines = [
                    f"HTTP/1.1 {say.status} {REASONS.get(say.status, 'Odd')}",
                    *(f"{k}: {v}" for k, v in head.items()),
                ]
                self.dribble("\r\n".join([*lines, "", ""]).encode(), say.drip_head)
                self.dribble(body, say.drip)

            def dribble(self, data: bytes, pause: float) -> None:
                try:
                    if not pause:
                        self.wfile.write(data)
                        return
                    for byte in data:
                        self.wfile.write(bytes([byte]))
                        if local.stop.wait(pause):
                            return
                except OSError:
                    pass  # the caller has gone away

        return Handler


def with_reset(connection: socket.socket) -> None:
    """Breaks the line hard: the other side gets a reset, not an end."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.shutdown(socket.SHUT_RD)
    connection.close()
