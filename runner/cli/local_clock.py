"""Whether the commands talk to a local X, and taking its clock along."""

import json
from contextlib import suppress
from dataclasses import replace
from urllib.parse import urlsplit

from runner.cli.context import CommandContext, clock_at
from runner.problems import BadUsage


def is_local(context: CommandContext) -> bool:
    """Whether X is a sandbox on this machine."""
    host = urlsplit(context.environ.get("X_API_URL", "")).hostname
    return host in ("127.0.0.1", "localhost", "::1")


def context_at(context: CommandContext, now: str | None) -> CommandContext:
    """The world of a command that writes, at the time that `--now` asks for. Raises BadUsage."""
    if now is None:
        return context
    if not is_local(context):
        raise BadUsage(
            "--now is for trying things out", help="set X_API_URL to a sandbox on this machine"
        )
    return replace(context, clock=clock_at(now))


def set_local_clock(context: CommandContext) -> None:
    """Takes the local X along to the time that `--now` asks for; any other X on this machine keeps
    its own."""
    # here, since all commands ask whether X is local, and few go on to import HTTP and TLS
    from urllib.error import URLError
    from urllib.request import Request, urlopen

    request = Request(  # noqa: S310 — only a loopback address comes here
        context.environ["X_API_URL"].rstrip("/") + "/_sandbox/clock",
        data=json.dumps({"now": context.clock.now().isoformat()}).encode(),
        headers={"Content-Type": "application/json"},
        method="PUT",
    )
    with suppress(URLError, TimeoutError):
        urlopen(request, timeout=5).close()  # noqa: S310
