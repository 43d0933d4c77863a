"""A beacon on this machine that gives the recorded rounds, or whatever a test wants."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from tests.unit.contest.building import ROUNDS


@contextmanager
def a_beacon(answers: dict[int, object] | None = None, status: int = 200) -> Iterator[str]:
    """Its address. `answers` are what it gives for a round in place of the truth."""
    given: dict[int, object] = {
        **{round: {"round": round, "signature": signed} for round, signed in ROUNDS.items()},
        **(answers or {}),
    }

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            round = int(self.path.rpartition("/")[2])
            body = json.dumps(given.get(round, {"error": "not yet"})).encode()
            self.send_response(status if round in given else 404)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
