"""On this machine: a beacon that gives the recorded rounds, or whatever a test wants; and X as
anybody sees it."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlsplit

from tests.unit.contest.building import ROUNDS


class QuietHandler(BaseHTTPRequestHandler):
    """Answers, and prints nothing of it."""

    def answer(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def a_beacon(answers: dict[int, object] | None = None, status: int = 200) -> Iterator[str]:
    """Its address. `answers` are what it gives for a round in place of the truth."""
    given: dict[int, object] = {
        **{round: {"round": round, "signature": signed} for round, signed in ROUNDS.items()},
        **(answers or {}),
    }

    class Handler(QuietHandler):
        def do_GET(self) -> None:
            round = int(self.path.rpartition("/")[2])
            body = json.dumps(given.get(round, {"error": "not yet"})).encode()
            self.answer(status if round in given else 404, body)

    with served(Handler) as url:
        yield url


@contextmanager
def served(handler: type[BaseHTTPRequestHandler]) -> Iterator[str]:
    """The address of a server on this machine."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def a_public_x(posts: dict[str, tuple[str, str]], status: int = 200) -> Iterator[str]:
    """The address of what X shows to anybody: posts by id, with their author and text."""

    class Handler(QuietHandler):
        def do_GET(self) -> None:
            asked = parse_qs(urlsplit(self.path).query)["url"][0].rpartition("/")[2]
            author, text = posts.get(asked, ("", ""))
            page = f'<blockquote><p lang="lv">{escape(text)}</p>&mdash; {author}</blockquote>'
            told = {"author_url": f"https://x.com/{author}", "html": page}
            body = json.dumps(told).encode()
            self.answer(status if asked in posts else 404, body)

    with served(Handler) as url:
        yield url
