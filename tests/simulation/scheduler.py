"""One time line for everything that happens in a world. Runners are threads, of which one at a time
has the baton: it is handed over where time passes, to whoever is next, so a world is repeatable."""

import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from heapq import heappop, heappush
from itertools import count

Event = Callable[[], None]


class Killed(BaseException):
    """The process is gone; nothing runs after it."""


class Scheduler:
    """The true time, and what is still to come."""

    def __init__(self, start: datetime) -> None:
        self.now = start
        self._queue: list[tuple[datetime, int, Event]] = []
        self._order = count()

    def at(self, moment: datetime, event: Event) -> None:
        heappush(self._queue, (max(moment, self.now), next(self._order), event))

    def after(self, seconds: float, event: Event) -> None:
        self.at(self.now + timedelta(seconds=seconds), event)

    def idle_until(self, moment: datetime) -> bool:
        """Whether nothing else happens up to a moment."""
        return not self._queue or moment < self._queue[0][0]

    def run(self) -> None:
        """Until nothing is to come. What an event raises is raised here."""
        while self._queue:
            self.now, _, event = heappop(self._queue)
            event()


class Baton:
    """A thread of its own that runs only while it has the baton."""

    def __init__(self, scheduler: Scheduler, work: Event) -> None:
        self._scheduler = scheduler
        self._work = work
        self._mine, self._theirs = threading.Lock(), threading.Lock()
        self._mine.acquire()
        self._theirs.acquire()
        self._raised: BaseException | None = None
        self.done = False

    def begin(self) -> None:
        """Runs until the work passes time for the first time, or ends."""
        threading.Thread(target=self._body, daemon=True).start()
        self._switch()

    def pass_time(self, seconds: float) -> None:
        """Called by the work: others go on, until so many seconds have passed."""
        scheduler = self._scheduler
        moment = scheduler.now + timedelta(seconds=seconds)
        if scheduler.idle_until(moment):
            scheduler.now = moment
            return
        scheduler.at(moment, self._switch)
        self._theirs.release()
        self._mine.acquire()

    def _switch(self) -> None:
        if self.done:
            return
        self._mine.release()
        self._theirs.acquire()
        if self._raised:
            raise self._raised

    def _body(self) -> None:
        self._mine.acquire()
        try:
            self._work()
        except BaseException as error:  # raised again where the scheduler runs
            self._raised = error
        self.done = True
        self._theirs.release()
