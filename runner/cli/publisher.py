"""The real publisher of an account, and who only asks it."""

from secrets import token_hex

from runner.cli.context import CommandContext
from runner.cli.opened_project import OpenedProject, commit_of, inputs_of
from runner.models.project import Project
from runner.publish import Run, RunPorts
from runner.publish.ports import Ledger, Publisher
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
