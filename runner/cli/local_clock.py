"""Whether the commands talk to a local X, and taking its clock along."""

import json
from contextlib import suppress
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from runner.cli.context import CommandContext
from runner.cli.machine import ShiftedClock, clock_at
from runner.problems import BadUsage
from runner.value import replace


def is_local(context: CommandContext) -> bool:
    """Whether X is a sandbox on this machine."""
    host = urlsplit(context.environ.get("X_API_URL", "")).hostname
    return host in ("127.0.0.1", "localhost", "::1")


class LocalClock(ShiftedClock):
    """The clock that `--now` asks for, beside a local X whose own goes along: who sleeps is at the
    end of it at once."""

    def __init__(self, start: datetime, x: str) -> None:
        super().__init__(start)
        self._x, self._slept = x, timedelta(0)

    def now(self) -> datetime:
        return super().now() + self._slept

    def boot(self) -> float:
        return super().boot() + self._slept.total_seconds()

    def sleep(self, seconds: float) -> None:
        self._slept += timedelta(seconds=seconds)
        _set_clock(self._x, self.now())


def context_at(context: CommandContext, now: str | None) -> CommandContext:
    """The world of a command that writes, at the time that `--now` asks for; a local X goes along.
    Raises BadUsage."""
    if now is None:
        return context
    if not is_local(context):
        raise BadUsage(
            "--now is for trying things out", help="set X_API_URL to a sandbox on this machine"
        )
    clock = LocalClock(clock_at(now).now(), context.environ["X_API_URL"])
    set_local_clock(context := replace(context, clock=clock))
    return context


def set_local_clock(context: CommandContext) -> None:
    """Takes the local X along to the time that `--now` asks for; any other X on this machine keeps
    its own."""
    _set_clock(context.environ["X_API_URL"], context.clock.now())


def _set_clock(x: str, now: datetime) -> None:
    # here, since all commands ask whether X is local, and few go on to import HTTP and TLS
    from urllib.error import URLError
    from urllib.request import Request, urlopen

    request = Request(  # noqa: S310 — only a loopback address comes here
        x.rstrip("/") + "/_sandbox/clock",
        data=json.dumps({"now": now.isoformat()}).encode(),
        headers={"Content-Type": "application/json"},
        method="PUT",
    )
    with suppress(URLError, TimeoutError):
        urlopen(request, timeout=5).close()  # noqa: S310
