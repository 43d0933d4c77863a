"""A whole project in a temporary folder, a local X over real HTTP, and a clock that tests move."""

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from runner.cli.context import CommandContext
from runner.local_x.server import Sandbox

PROJECT = """\
timezone: Europe/Riga
slots: {morning: 09:00, noon: 13:00, evening: 18:30}
accounts:
  shop: {handle: acme_lv, locale: en}
ledger: {store: files}
rules: {min-gap: 10m}
"""
CONTEST = """\
kind: contest
account: shop
prize: three pairs of skinny jeans
opens: 2027-03-01 10:00
closes: 2027-03-08 20:00
entry: {how: reply, phrase: "#WinterLois"}
winners: 3
posts:
  announce: {at: opens}
  last-call: {at: closes - 1d 09:00}
  closed: {at: closes}
  winners: {at: drawn + 1h}
"""


class TestClock:
    """Moves when somebody sleeps or sets it, and takes the local X along."""

    __test__ = False

    def __init__(self, start: str, sandbox: Sandbox) -> None:
        self._sandbox = sandbox
        self._passed = 0.0
        self.set(start)

    def set(self, now: str | datetime) -> None:
        self._now = datetime.fromisoformat(now) if isinstance(now, str) else now
        self._sandbox.set_clock(self._now)

    def now(self) -> datetime:
        return self._now

    def boot(self) -> float:
        return self._passed

    def sleep(self, seconds: float) -> None:
        self._passed += seconds
        self.set(self._now + timedelta(seconds=seconds))


@dataclass
class Desktop:
    """A person's project: its folder, its clock, the local X, and what the commands printed."""

    root: Path
    sandbox: Sandbox
    clock: TestClock
    environ: dict[str, str] = field(default_factory=dict)

    def write(self, path: str, text: str) -> None:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def outside(self) -> CommandContext:
        return CommandContext(
            root=self.root,
            clock=self.clock,
            environ=self.environ,
            out=io.StringIO(),
            talk=io.StringIO(),
        )

    def without_credentials(self) -> "Desktop":
        return replace(self, environ={"X_API_URL": self.sandbox.url})


def output_of(desktop: Desktop, command: Callable[..., int], *words: object, **more: object) -> str:
    """What a command that goes well prints."""
    outside = desktop.outside()
    assert command(outside, *words, **more) == 0
    return outside.out.getvalue()


@pytest.fixture
def desktop(tmp_path: Path) -> Iterator[Desktop]:
    start = datetime.fromisoformat("2027-02-28T12:00+02:00")
    with Sandbox.start({"shop": "acme_lv"}, clock=lambda: start) as sandbox:
        made = Desktop(
            root=tmp_path,
            sandbox=sandbox,
            clock=TestClock("2027-02-28T12:00+02:00", sandbox),
            environ=dict(sandbox.environment()),
        )
        made.write("runner.yaml", PROJECT)
        made.write("campaigns/winter-lois.yaml", CONTEST)
        yield made
