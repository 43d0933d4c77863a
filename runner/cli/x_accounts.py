"""X as an account of the project: for who publishes, who asks about posts, and who reads."""

from datetime import UTC, datetime, timedelta
from secrets import token_hex
from typing import Final

from runner.cli.context import CommandContext
from runner.cli.opened_project import OpenedProject, commit_of, inputs_of
from runner.models import Project
from runner.publish import Ledger, Publisher, Run, RunPorts
from runner.value import Value
from runner.x.client import Client, client_of
from runner.x.publisher import publisher_for

_PAUSE: Final = timedelta(seconds=60)
"""The least time between two requests that X refuses for their number."""


def publisher_of(
    account: str, project: Project, context: CommandContext, *, alone: bool = False
) -> Publisher:
    """X as an account; `alone` where the run is for no other, so that the four variables without a
    name can only mean it. Raises Refused without credentials, BadUsage for a bad X_API_URL."""
    return publisher_for(
        account,
        project.accounts[account].handle,
        context.environ,
        only_account=alone or len(project.accounts) == 1,
        sleep=context.clock.sleep,
        abandoned=context.signals.abandoned,
    )


def asking_ports(
    context: CommandContext, opened: OpenedProject, ledger: Ledger, *, alone: bool = False
) -> RunPorts:
    """What a command has that asks X about posts, and sends none; `alone` where it asks as no other
    account."""
    project = inputs_of(opened, context).project
    return RunPorts(
        publisher_for=lambda account: publisher_of(account, project, context, alone=alone),
        ledger=ledger,
        clock=context.clock,
        read_media=opened.media,
        run=Run(id=context.run_id, commit=commit_of(opened, context), new_id=lambda: token_hex(12)),
    )


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


class RateLimitPatience(Value):
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
