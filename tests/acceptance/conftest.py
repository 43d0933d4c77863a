"""A whole project in a temporary folder, a local X over real HTTP, and a clock that tests move."""

import io
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

import pytest

from runner.cli.context import CommandContext
from runner.local_x.server import Sandbox
from runner.value import replace

START = "2027-02-28T12:00+02:00"
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


@contextmanager
def opened(
    project: Path, on_x: Path | None = None, now: str | datetime = START
) -> Iterator[Desktop]:
    """That project, and a local X that goes on with what stands in a folder of its own."""
    start = datetime.fromisoformat(START)
    with Sandbox.start({"shop": "acme_lv"}, clock=lambda: start, folder=on_x) as sandbox:
        environ = dict(sandbox.environment())
        yield Desktop(project, sandbox, TestClock(now, sandbox), environ)


def begin(desktop: Desktop) -> None:
    desktop.write("runner.yaml", PROJECT)
    desktop.write("campaigns/winter-lois.yaml", CONTEST)


@pytest.fixture
def desktop(tmp_path: Path) -> Iterator[Desktop]:
    with opened(tmp_path) as made:
        begin(made)
        yield made


# --- What many tests begin with: made once, and copied for each of them

Step = Callable[[Desktop], object]


@dataclass(frozen=True)
class Prepared:
    """A project, and what stands on the local X, as some steps have left them."""

    project: Path
    on_x: Path
    now: datetime
    environ: dict[str, str]

    @contextmanager
    def copied(self, project: Path, on_x: Path) -> Iterator[Desktop]:
        shutil.copytree(self.project, project, symlinks=True, dirs_exist_ok=True)
        shutil.copytree(self.on_x, on_x)
        with opened(project, on_x, self.now) as desktop:
            desktop.environ = self.environ | desktop.environ
            yield desktop


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Prepared]:
    """`prepared(step, step)`: what these steps make of the `desktop`."""

    @cache
    def prepare(*steps: Step) -> Prepared:
        folder = tmp_path_factory.mktemp("prepared")
        project, on_x = folder / "project", folder / "x"
        if not steps:
            with opened(project, on_x) as desktop:
                begin(desktop)
                return Prepared(project, on_x, desktop.clock.now(), desktop.environ)
        with prepare(*steps[:-1]).copied(project, on_x) as desktop:
            steps[-1](desktop)
            return Prepared(project, on_x, desktop.clock.now(), desktop.environ)

    return prepare


@pytest.fixture
def after(
    prepared: Callable[..., Prepared], tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[..., Desktop]]:
    """`after(step, step)`: a desktop of the test's own on which these were done already. Of the
    local X only what stands there is copied: no audience, no faults, no counts."""
    with ExitStack() as stack:
        yield lambda *steps: stack.enter_context(
            prepared(*steps).copied(tmp_path, tmp_path_factory.mktemp("x") / "x")
        )
