"""The collaborators of a run."""

from collections.abc import Callable
from datetime import datetime

from runner.plan import Action
from runner.publish.ledger_writer import Run, Writer
from runner.publish.outcome import Result
from runner.publish.ports import Clock, Ledger, PublisherFor, ReadMedia
from runner.value import Value

WatchResult = Callable[[Result], object]


Review = Callable[[Action], Action]


def unreviewed(action: Action) -> Action:
    return action


def _unwatched(_: Result) -> None:
    pass


def _never() -> bool:
    return False


def _at_once() -> float:
    return 0.0


class RunPorts(Value, kw_only=True):
    """What a run does things with."""

    publisher_for: PublisherFor
    ledger: Ledger
    clock: Clock
    read_media: ReadMedia
    run: Run
    deadline: datetime | None = None
    """When the job ends, if it does."""
    watch: WatchResult = _unwatched
    """Told of each result as it comes."""
    stopped: Callable[[], bool] = _never
    """Whether a signal asked the run to end: nothing more is begun."""
    review: Review = unreviewed
    """Has a last look at what would go out now: it may have to wait, or a person to look."""
    jitter: Callable[[], float] = _at_once
    """Seconds to wait after a lost race, by chance."""

    @property
    def writer(self) -> Writer:
        return Writer(run=self.run, clock=self.clock)

    def pause(self, seconds: float) -> bool:
        """Sleeps; False when somebody stopped the run meanwhile."""
        if not self.stopped():
            self.clock.sleep(seconds)
        return not self.stopped()
