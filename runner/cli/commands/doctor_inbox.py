"""What the inbox needs: somebody who listens, and credentials of who answers for the others."""

from collections.abc import Iterator
from datetime import UTC

from runner.cli.commands.doctor_health import HealthCheck
from runner.cli.context import CommandContext
from runner.cli.inboxes import inbox_of
from runner.plan import PlanInputs
from runner.problems import LedgerUnusable
from runner.views.phrases import usd
from runner.x.auth import presence


def inbox_findings(context: CommandContext, inputs: PlanInputs) -> Iterator[HealthCheck]:
    """What is wrong with listening, of these accounts, where runner.yaml has an `inbox`."""
    settings = inputs.project.inbox
    if settings is None:
        return
    for account in inputs.project.accounts:
        if account in inputs.accounts:
            yield _heard(context, inputs, account)
    if settings.answers_from in inputs.accounts:
        yield _helper(context, inputs, settings.answers_from)


def _heard(context: CommandContext, inputs: PlanInputs, account: str) -> HealthCheck:
    try:
        found = inbox_of(context, inputs.project, account)
    except LedgerUnusable as error:
        return HealthCheck(what=error.message, note=True, help=error.help)
    if found.looked_on is None:
        return HealthCheck(
            what=f"nothing that others say to `{account}` was read yet",
            note=True,
            help="runner inbox; on GitHub Listen does it, from the account's first post on",
        )
    now = context.clock.now()
    cost, is_silent = usd(found.spent_in_month_of(now)), found.is_silent(now.astimezone(UTC).date())
    return HealthCheck(
        what=f"`{account}` was listened to on {found.looked_on} ({cost} this month)",
        note=is_silent,
        help="runner inbox, or see in Actions whether Listen runs" if is_silent else None,
    )


def _helper(context: CommandContext, inputs: PlanInputs, account: str) -> HealthCheck:
    handle = inputs.project.accounts[account].handle
    alone = len(inputs.accounts) == 1
    if missing := presence(account, context.environ, only_account=alone).missing:
        return HealthCheck(
            what=f"`{account}` can't answer for the others: it lacks {', '.join(missing)}",
            note=True,
            help=f"put them into the environment x-{account}, where Answer finds them",
        )
    return HealthCheck(what=f"`{account}` answers for the others whoever names @{handle}")
