"""The world in which `runner demo` plays: a clock that moves only when it is told to, a local X,
and the issues of a repository on GitHub."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pydantic import JsonValue

from runner.cli.commands.sandbox import sandbox_module
from runner.cli.context import CommandContext
from runner.github import AUTHOR

if TYPE_CHECKING:  # an extra, which says how to install it where it is not
    from runner.local_x import Accounts, Sandbox

_REPOSITORY: Final = "acme/campaigns"
JsonObject = dict[str, JsonValue]


class SimulatedClock:
    """A clock that only moves when somebody sleeps, and takes the local X along."""

    def __init__(self, sandbox: "Sandbox", start: datetime) -> None:
        self._sandbox = sandbox
        self._start = start
        self.set(start)

    def set(self, now: datetime) -> None:
        self._now = now
        self._sandbox.set_clock(now)

    def now(self) -> datetime:
        return self._now

    def boot(self) -> float:
        return (self._now - self._start).total_seconds()

    def sleep(self, seconds: float) -> None:
        self.set(self._now + timedelta(seconds=seconds))


@contextmanager
def local_x(
    accounts: "Accounts", folder: Path, start: datetime
) -> "Iterator[tuple[Sandbox, SimulatedClock]]":
    """A local X of these accounts, and the clock that moves it."""
    module = sandbox_module()
    with module.Sandbox.start(accounts, clock=lambda: start, folder=folder / "x") as sandbox:
        yield sandbox, SimulatedClock(sandbox, start)


def say_title(context: CommandContext, text: str) -> None:
    context.say(f"\n— {text} {'—' * max(2, 90 - len(text))}\n")


@dataclass(kw_only=True)
class DemoGitHub:
    """A repository on GitHub, played: its issues and comments, in the order in which they came."""

    now: Callable[[], datetime]
    issues: list[JsonObject] = field(default_factory=list)
    comments: list[JsonObject] = field(default_factory=list)

    def says(self, who: str, text: str, *, on: int, type: str = "User") -> int:
        """Adds somebody's comment to an issue; the comment's id."""
        id, at = len(self.comments) + 1, f"{self.now().astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
        user: JsonObject = {"login": who, "type": type}
        self.comments.append({"id": id, "on": on, "user": user, "body": text, "created_at": at})
        return id

    def answer(self, method: str, path: list[str], body: JsonObject) -> JsonValue:
        """GitHub's answer to a request; the path is that below the repository. Raises ValueError
        for a request that the demonstration does not make."""
        match method, path:
            case "GET", []:
                return {"private": True}
            case "GET", ["issues", *rest]:
                return self._issues_at(rest)
            case "GET", ["collaborators", _, "permission"]:
                return {"permission": "write"}
            case "POST", ["issues"]:
                made: JsonObject = {"number": len(self.issues) + 1, "state": "open", **body}
                self.issues.append({**made, "user": {"login": AUTHOR, "type": "Bot"}})
                return made
            case "POST", ["issues", number, "comments"]:
                id = self.says(AUTHOR, str(body["body"]), on=int(number), type="Bot")
                return self.comments[id - 1]
            case "POST", ["issues", number, "labels"]:
                return self.issues[int(number) - 1]["labels"]
            case "PATCH", ["issues", "comments", id]:
                self.comments[int(id) - 1] |= body
                return self.comments[int(id) - 1]
            case "PATCH", ["issues", number]:
                self.issues[int(number) - 1] |= body
                return self.issues[int(number) - 1]
            case _:
                raise ValueError(f"{method} {'/'.join(path)} is not played here")

    def _issues_at(self, path: list[str]) -> JsonValue:
        """All issues, one of them, or its comments."""
        if not path:
            return list[JsonValue](self.issues)
        number = int(path[0])
        if path[1:]:
            return [each for each in self.comments if each["on"] == number]
        return self.issues[number - 1]


@contextmanager
def demo_github(now: Callable[[], datetime]) -> Iterator[tuple[DemoGitHub, dict[str, str]]]:
    """A played repository, and the environment variables of a job in it."""
    github = DemoGitHub(now=now)

    class FakeGitHubHandler(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            asked = json.loads(
                self.rfile.read(int(self.headers.get("Content-Length") or 0)) or "{}"
            )
            path = self.path.partition("?")[0].removeprefix(f"/repos/{_REPOSITORY}").split("/")[1:]
            said = json.dumps(github.answer(self.command, path, asked)).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        do_GET = do_POST = do_PATCH = _answer  # noqa: N815

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), FakeGitHubHandler)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        yield (
            github,
            {
                "GITHUB_ACTIONS": "true",
                "GITHUB_API_URL": f"http://127.0.0.1:{server.server_port}",
                "GITHUB_REPOSITORY": _REPOSITORY,
                "GITHUB_TOKEN": "of the demonstration",
            },
        )
    finally:
        server.shutdown()
        server.server_close()
