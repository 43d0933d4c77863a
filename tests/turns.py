"""A turn to read X, as a run has it while nobody else reads."""

from dataclasses import dataclass
from datetime import datetime

from runner.reading import NotRead


@dataclass
class OwnTurn:
    """Satisfies `ReadingTurn`."""

    waits: bool = False
    """Whether the run lasts until X takes requests again."""
    lost_after: int | None = None
    """After so many requests another run has taken it."""
    held: int = 0

    def hold(self) -> NotRead | None:
        self.held += 1
        is_lost = self.lost_after is not None and self.held > self.lost_after
        return NotRead(because="another run reads by now") if is_lost else None

    def wait_until(self, moment: datetime) -> bool:
        return self.waits
