"""X as an account, for the commands that read it."""

from runner.cli.context import CommandContext
from runner.x.client import Client, client_of


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
