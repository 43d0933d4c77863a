"""What a command has of its machine: its clocks, its dice, the signals that ask a run to end, and
how to install what is not there.

The signals are SIGINT, SIGTERM, SIGHUP, and SIGBREAK of Windows. After the first nothing more is
begun, and the request in flight has a few seconds to end, so that its result is recorded. GitHub
sends SIGKILL ten seconds after its first signal.
"""

import random
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from types import FrameType

from runner.problems import BadUsage
from runner.system import since_boot

IN_FLIGHT = 6.0
"""Seconds that a request in flight has left after the first signal."""
_NAMES = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
_HEARD = tuple(getattr(signal, name) for name in _NAMES if hasattr(signal, name))
"""Those that this system has: Windows has SIGBREAK for SIGHUP."""
_JITTER = (0.2, 2.0)
"""Seconds between which a run waits after a lost race."""
_SLICE = 0.5
"""Seconds between two questions whether to stop sleeping."""


class Signals:
    """What was heard so far."""

    def __init__(self) -> None:
        self.heard = 0
        """The number of the first signal, or 0."""
        self._at = 0.0

    @property
    def name(self) -> str:
        """The name of the first signal, as the system calls it: `SIGINT`."""
        return signal.Signals(self.heard).name

    def stopped(self) -> bool:
        """Whether nothing more may be begun."""
        return self.heard != 0

    def abandoned(self) -> bool:
        """Whether what is in flight has to be left as it is."""
        return self.heard != 0 and time.monotonic() - self._at >= IN_FLIGHT

    def hear(self, number: int, _: FrameType | None = None) -> None:
        """Handles a signal of the system: the first one is kept."""
        if not self.heard:
            self.heard, self._at = number, time.monotonic()


@contextmanager
def hearing_signals() -> Iterator[Signals]:
    """Hears them in place of dying at once, until the block ends."""
    signals = Signals()
    before = {number: signal.signal(number, signals.hear) for number in _HEARD}
    try:
        yield signals
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


class MachineClock:
    """The machine's clocks. A sleep ends early when `stopped` says so."""

    def __init__(self, stopped: Callable[[], bool] = lambda: False) -> None:
        self._stopped = stopped

    def now(self) -> datetime:
        return datetime.now(UTC)

    def boot(self) -> float:
        return since_boot()

    def sleep(self, seconds: float) -> None:
        end = self.boot() + seconds
        while (left := end - self.boot()) > 0 and not self._stopped():
            time.sleep(min(left, _SLICE))


class ShiftedClock(MachineClock):
    """A wall clock that shows a given instant when it is first asked, and goes on from there: who
    asks once gets that instant, however long it took to start."""

    def __init__(self, start: datetime, stopped: Callable[[], bool] = lambda: False) -> None:
        super().__init__(stopped)
        self._start = start
        self._began: float | None = None

    def now(self) -> datetime:
        if self._began is None:
            self._began = time.monotonic()
            return self._start.astimezone(UTC)
        return datetime.fromtimestamp(self._start.timestamp() + time.monotonic() - self._began, UTC)

    def boot(self) -> float:
        return time.monotonic()


def clock_at(text: str, stopped: Callable[[], bool] = lambda: False) -> ShiftedClock:
    """The clock that `--now` asks for. Raises BadUsage."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise BadUsage(
            f"`{text}` is not an instant", help="write it with its offset: 2026-12-01T10:00+02:00"
        ) from None
    if moment.tzinfo is None:
        raise BadUsage(
            f"`{text}` has no offset from UTC", help="write it with one: 2026-12-01T10:00+02:00"
        )
    return ShiftedClock(moment, stopped)


def jitter() -> float:
    """Seconds to wait after a lost race, so that two runs do not meet again."""
    return random.uniform(*_JITTER)  # noqa: S311 — to part two runs, not to hide


def how_to_install(extra: str) -> str:
    """The command that installs an extra, for where its libraries are missing."""
    return f'pip install "campaign-runner[{extra}]"'
