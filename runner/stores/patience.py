"""Trying again what a network did not do, for a while."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from itertools import count

from runner.publish.ports import Clock


class Patience:
    """`jitter` gives a share from 0 to 1, so that two runs don't keep step."""

    def __init__(self, clock: Clock, jitter: Callable[[], float]) -> None:
        self._clock = clock
        self._jitter = jitter

    def tries(self, until: datetime, *, at_most: int | None = None) -> Iterator[None]:
        """Yields for each try: once at least, with longer and longer pauses."""
        yield
        for number in range(at_most - 1) if at_most else count():
            pause = min(0.2 * 2 ** min(number, 10), 20) * (0.5 + self._jitter())
            if self._clock.now() + timedelta(seconds=pause) >= until:
                return
            began = self._clock.boot()
            self._clock.sleep(pause)
            woken = self._clock.boot() - began < pause / 2
            yield
            if woken:  # somebody wants us to end
                return
