"""The real publisher of an account."""

from runner.cli.context import CommandContext
from runner.models.project import Project
from runner.publish.ports import Publisher
from runner.x.publisher import publisher_for


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
