"""What the demonstration plays on: a clock that only moves when it is told to, and a local X."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from runner.cli.commands.sandbox import sandbox_module
from runner.cli.context import CommandContext

if TYPE_CHECKING:  # an extra, which says how to install it where it is not
    from runner.local_x.server import Accounts, Sandbox


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
    """An X of these accounts, with their handles, and its clock."""
    module = sandbox_module()
    with module.Sandbox.start(accounts, clock=lambda: start, folder=folder / "x") as sandbox:
        yield sandbox, SimulatedClock(sandbox, start)


def title(context: CommandContext, text: str) -> None:
    context.say(f"\n— {text} {'—' * max(2, 90 - len(text))}\n")
