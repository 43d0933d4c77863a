"""Signals that ask a run to end: SIGINT, SIGTERM, SIGHUP, and SIGBREAK of Windows.

After the first nothing more is begun, and the request in flight has a few seconds to end, so that
its result is recorded. GitHub sends SIGKILL ten seconds after its first signal.
"""

import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

IN_FLIGHT = 6.0
"""Seconds that a request in flight has left after the first signal."""
_NAMES = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
_HEARD = tuple(getattr(signal, name) for name in _NAMES if hasattr(signal, name))
"""Those that this system has: Windows has SIGBREAK for SIGHUP."""


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
def heard() -> Iterator[Signals]:
    """Hears them in place of dying at once, until the block ends."""
    signals = Signals()
    before = {number: signal.signal(number, signals.hear) for number in _HEARD}
    try:
        yield signals
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
