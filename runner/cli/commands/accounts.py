"""`runner accounts`: names the accounts, those with something to do first."""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from functools import partial
from typing import Annotated, Final

import typer

from runner.bugs import Bug, contained, noting
from runner.cli.context import CommandContext, here
from runner.cli.entry_point import version
from runner.cli.github_job import summarise
from runner.cli.machine import clock_at
from runner.cli.opened_project import OpenedProject, inputs_of, only
from runner.cli.options import Accounts, Campaigns, Now, duration
from runner.cli.planning import facts_ahead
from runner.cli.stores import ledger_of, open_published
from runner.cli.troubles import stop_summarised
from runner.cli.wanted_accounts import EVERY_ACCOUNT, WantedAccounts, accounts_with
from runner.contest import is_collected, is_step_due
from runner.plan import Action, PlanInputs, Verb, plan
from runner.problems import BadFiles
from runner.publish import LOOKS_AHEAD
from runner.value import replace
from runner.views.containment import bugs_as_text
from runner.views.markdown.escaping import plain
from runner.views.sums import next_of

JOBS: Final = 256
"""The most that a matrix may have (https://docs.github.com/en/actions/reference/limits, read
2026-11-29)."""


class AccountsFormat(StrEnum):
    TEXT = "text"
    JSON = "json"


def command(
    within: Annotated[
        str | None,
        typer.Option("--within", help="Only those with something to do until then: 10m."),
    ] = None,
    to_draw: Annotated[
        bool, typer.Option("--to-draw", help="Only those with a contest to be closed or drawn now.")
    ] = False,
    to_collect: Annotated[
        bool,
        typer.Option("--to-collect", help="Only those with a contest whose entries are read now."),
    ] = False,
    to_measure: Annotated[
        bool, typer.Option("--to-measure", help="Only those with posts to be measured now.")
    ] = False,
    with_inbox: Annotated[
        bool, typer.Option("--with-inbox", help="Only those whose mentions are read.")
    ] = False,
    account: Accounts = None,
    campaign: Campaigns = None,
    format: Annotated[
        AccountsFormat, typer.Option("--format", help="A line for each, or a list in JSON.")
    ] = AccountsFormat.TEXT,
    now: Now = None,
) -> None:
    """Name the accounts of runner.yaml. Sees no credentials, and asks X nothing."""
    context = here()
    if now:
        context = replace(context, clock=clock_at(now))
    contests = is_step_due if to_draw else is_collected if to_collect else None
    with stop_summarised(context):
        code = accounts(
            context,
            within=duration(within) if within else None,
            wanted=WantedAccounts(contests=contests, to_measure=to_measure, with_inbox=with_inbox),
            only_these=account or (),
            campaigns=[" ".join(each.split()) for each in campaign or ()],
            format=format,
        )
    raise typer.Exit(code)


def accounts(
    context: CommandContext,
    *,
    within: timedelta | None = None,
    wanted: WantedAccounts = EVERY_ACCOUNT,
    only_these: Sequence[str] = (),
    campaigns: Sequence[str] = (),
    format: AccountsFormat = AccountsFormat.TEXT,
) -> int:
    """Prints the accounts in the order of runner.yaml, those with something to do first.

    A bug is told, but does not fail the command: else no account would get a run.
    """
    with noting() as bugs:
        opened = open_published(context)
        inputs = _chosen_inputs(inputs_of(opened, context), only_these, campaigns)
        code = _say_names(context, opened, inputs, within, format, wanted)
    if bugs:
        context.tell(bugs_as_text(bugs, version()))
    return code


def _chosen_inputs(
    inputs: PlanInputs, accounts: Sequence[str], campaigns: Sequence[str]
) -> PlanInputs:
    """What plans need of these accounts and campaigns alone. Raises BadUsage for an unknown name,
    BadFiles where not one of these campaigns can be read."""
    chosen = only(inputs, accounts=accounts, campaigns=campaigns)
    if not campaigns:
        return chosen
    if not chosen.dated:
        raise BadFiles(
            f"{', '.join(campaigns)} can't be read", help="see what is wrong: runner validate"
        )
    on = {account for each in chosen.dated for account in each.campaign.accounts}
    return replace(chosen, accounts=chosen.accounts & on)


def _say_names(
    context: CommandContext,
    opened: OpenedProject,
    inputs: PlanInputs,
    within: timedelta | None,
    format: AccountsFormat,
    wanted: WantedAccounts,
) -> int:
    names = tuple(inputs.project.accounts)
    if within is not None:
        asking = partial(_busy_accounts, context, opened, within)
        busy = contained("asking", "who has something to do", asking)
        names = names if isinstance(busy, Bug) else busy
    names = tuple(name for name in names if name in inputs.accounts)
    if wanted != EVERY_ACCOUNT:
        having = accounts_with(context, inputs, names, wanted)
        names = tuple(name for name in names if name in having)
    if format is AccountsFormat.JSON:
        context.say(json.dumps(_jobs(context, names)))
    else:
        for name in names:
            context.say(f"{name}  @{inputs.project.accounts[name].handle}")
    return 0


def _busy_accounts(
    context: CommandContext, opened: OpenedProject, within: timedelta
) -> tuple[str, ...]:
    """The accounts whose run would send, look for, record or say something. All others follow where
    something is wrong that belongs to none of them: errors in the files, or open posts of an
    account that is gone."""
    inputs, now = inputs_of(opened, context), context.clock.now()
    ledger = ledger_of(context, inputs.project)
    facts, near = facts_ahead(inputs, ledger, now, now + max(LOOKS_AHEAD, within))
    planned = plan(inputs, near, facts, now=now, texts="due")
    busy = {action.key.account for action in planned.actions if _has_work(action, now + within)}
    busy |= {standing.key.account for standing in facts.unsettled} | facts.damaged.keys()
    _tell(context, next_of(planned, ahead=max(LOOKS_AHEAD, within)))
    names = sorted(inputs.project.accounts, key=lambda name: name not in busy)
    everybody = opened.errors or busy - inputs.accounts
    return tuple(name for name in names if everybody or name in busy)


def _jobs(context: CommandContext, names: tuple[str, ...]) -> tuple[str, ...]:
    """The accounts, but no more than one run of a workflow can start jobs for, since GitHub refuses
    a longer list whole."""
    if not context.on_actions or len(names) <= JOBS:
        return names
    said = f"{len(names)} accounts would get a job, and a run of GitHub has {JOBS} at most"
    _tell(context, f"{said}: the others are left to the next one.")
    return names[:JOBS]


def _tell(context: CommandContext, said: str) -> None:
    """Tells it to the log and to the summary of the job."""
    context.tell(said)
    summarise(context, f"{plain(said)}\n")


def _has_work(action: Action, until: datetime) -> bool:
    """Whether a run that stays `until` then has something to do for this action."""
    match action.verb:
        case Verb.WAIT:
            return (action.again_at or action.occurrence.due) <= until
        case Verb.SKIP | Verb.HOLD:
            return action.misses
        case _:
            return True
