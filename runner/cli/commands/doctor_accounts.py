"""What `doctor` says of each thing that it looks at; and what it looks at of accounts: whether
their posts are measured, whether somebody listens to what others say to them, and whether their
credentials are there and right."""

from collections.abc import Iterator
from datetime import UTC, timedelta
from typing import Final

from runner.cli.context import CommandContext
from runner.cli.inboxes import inbox_of
from runner.cli.measurements import measurements_of
from runner.cli.x_accounts import publisher_of
from runner.durations import in_words
from runner.plan import PlanInputs
from runner.problems import LedgerUnusable, Refused, Stop
from runner.publish import prove_identity
from runner.value import Value
from runner.views.phrases import usd
from runner.x.auth import presence

_MEASURED_WITHIN: Final = timedelta(days=2)
"""Longer ago, and posts have come of age that nobody has measured."""


class HealthCheck(Value, kw_only=True):
    """A finding about one thing: `code` is the exit code that it leads to, 0 when all is well; a
    `note` is something to do that keeps no run from its work."""

    what: str
    code: int = 0
    note: bool = False
    help: str | None = None


def measurement_findings(context: CommandContext, inputs: PlanInputs) -> Iterator[HealthCheck]:
    """What is wrong with measuring, of accounts that were ever measured."""
    for account in sorted(inputs.accounts):
        try:
            found = measurements_of(context, inputs.project, account)
        except LedgerUnusable as error:
            yield HealthCheck(what=error.message, note=True, help=error.help)
            continue
        if found.last is None:
            continue
        now = context.clock.now()
        ago, cost = in_words(now - found.last), usd(found.spent_in_month_of(now))
        is_behind = now - found.last > _MEASURED_WITHIN
        yield HealthCheck(
            what=f"`{account}` was measured {ago} ago ({cost} this month)",
            note=is_behind,
            help="runner measure: X tells your own numbers for 30 days" if is_behind else None,
        )


def inbox_findings(context: CommandContext, inputs: PlanInputs) -> Iterator[HealthCheck]:
    """What is wrong with listening, of these accounts, where runner.yaml has an `inbox`."""
    settings = inputs.project.inbox
    if settings is None:
        return
    for account in inputs.project.accounts:
        if account in inputs.accounts:
            yield _listening_check(context, inputs, account)
    if settings.answers_from in inputs.accounts:
        yield _answering_check(context, inputs, settings.answers_from)


def _listening_check(context: CommandContext, inputs: PlanInputs, account: str) -> HealthCheck:
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


def _answering_check(context: CommandContext, inputs: PlanInputs, account: str) -> HealthCheck:
    handle = inputs.project.accounts[account].handle
    alone = len(inputs.accounts) == 1
    if missing := presence(account, context.environ, only_account=alone).missing:
        return HealthCheck(
            what=f"`{account}` can't answer for the others: it lacks {', '.join(missing)}",
            note=True,
            help=f"put them into the environment x-{account}, where Answer finds them",
        )
    return HealthCheck(what=f"`{account}` answers for the others whoever names @{handle}")


def account_finding(
    context: CommandContext, inputs: PlanInputs, account: str, *, offline: bool
) -> HealthCheck:
    handle = inputs.project.accounts[account].handle
    try:
        publisher = publisher_of(account, inputs.project, context, alone=len(inputs.accounts) == 1)
        if offline:
            return HealthCheck(what=f"`{account}` has its four credentials (X was not asked)")
        prove_identity(publisher, handle, context.clock)
    except Refused as refused:
        return HealthCheck(
            what=f"`{account}`: {refused.message}", code=refused.exit_code, help=refused.help
        )
    except Stop as stop:
        return HealthCheck(what=f"`{account}`: {stop.message}", code=stop.exit_code, help=stop.help)
    return HealthCheck(what=f"`{account}` posts as @{handle}; its clock and ours agree")
