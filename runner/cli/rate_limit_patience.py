"""Waiting where X takes no requests for now."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from runner.cli.context import CommandContext

_PAUSE: Final = timedelta(seconds=60)
"""The least time between two requests that X refuses for their number."""


@dataclass(frozen=True)
class RateLimitPatience:
    """Waits until X takes requests again, as long as the whole run may take."""

    context: CommandContext
    until: datetime

    def wait(self, again_at: datetime) -> bool:
        """Whether it is time to ask again."""
        now = self.context.clock.now()
        wakes = max(again_at, now + _PAUSE)
        if wakes > self.until:
            return False
        self.context.tell(f"X takes requests again at {wakes.astimezone(UTC):%H:%M:%S} UTC.")
        self.context.clock.sleep((wakes - now).total_seconds())
        return not self.context.signals.abandoned()
