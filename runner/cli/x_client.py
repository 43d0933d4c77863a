"""X as an account, for the commands that read it; waiting where it takes no requests for now."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from runner.cli.context import CommandContext
from runner.x.client import Client, client_of

_PAUSE: Final = timedelta(seconds=60)
"""The least time between two requests that X refuses for their number."""


def x_client(account: str, context: CommandContext, *, alone: bool) -> Client:
    """X as an account of the project; `alone` where there is no other, so that the four variables
    without a name can only mean it. Raises Refused without credentials, BadUsage for a bad
    X_API_URL."""
    return client_of(
        account,
        context.environ,
        only_account=alone,
        abandoned=context.signals.abandoned,
    )


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
