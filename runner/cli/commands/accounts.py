"""`runner accounts`: who posts, and who has something to do."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Annotated

import typer

from runner.bugs import Bug, contained, noting
from runner.cli.context import CommandContext, clock_at, here
from runner.cli.exit_code import version
from runner.cli.github_job import summarise
from runner.cli.job_summary import stop_summarised
from runner.cli.ledger_store import ledger_of
from runner.cli.opened_project import OpenedProject, inputs_of
from runner.cli.options import Accounts, Now, duration
from runner.cli.planning import facts_ahead
from runner.cli.published_project import open_published
from runner.cli.selection import only
from runner.plan import Action, Plan, Verb, plan
from runner.publish.run import NEAR
from runner.views.markdown.escaping import plain
from runner.views.terminal.bugs import bugs_as_text
from runner.views.unpublished import next_of


class AccountsFormat(StrEnum):
    TEXT = "text"
    JSON = "json"


def command(
    within: Annotated[
        str | None,
        typer.Option("--within", help="Only those with something to do until then: 10m."),
    ] = None,
    account: Accounts = None,
    format: Annotated[
        AccountsFormat, typer.Option("--format", help="A line for each, or a list in JSON.")
    ] = AccountsFormat.TEXT,
    now: Now = None,
) -> None:
    """Name the accounts of runner.yaml. Sees no credentials, and asks X nothing."""
    context = here()
    if now:
        context = replace(context, clock=clock_at(now))
    length = duration(within) if within else None
    with stop_summarised(context):
        raise typer.Exit(accounts(context, within=length, only_these=account or (), format=format))


def accounts(
    context: CommandContext,
    *,
    within: timedelta | None = None,
    only_these: Sequence[str] = (),
    format: AccountsFormat = AccountsFormat.TEXT,
) -> int:
    """Names them in the order of runner.yaml.

    A bug is told, and is no failure: whoever starts a run for each account would start none.
    """
    with noting() as bugs:
        code = _named(context, within, only_these, format)
    if bugs:
        context.tell(bugs_as_text(bugs, version()))
    return code


def _named(
    context: CommandContext,
    within: timedelta | None,
    only_these: Sequence[str],
    format: AccountsFormat,
) -> int:
    opened = open_published(context)
    inputs = only(inputs_of(opened, context), accounts=only_these, campaigns=())
    chosen = inputs.accounts
    if within is not None:
        busy = contained(
            "asking", "who has something to do", lambda: _busy(context, opened, within)
        )
        chosen = chosen if isinstance(busy, Bug) else chosen & busy
    names = [name for name in inputs.project.accounts if name in chosen]
    if format is AccountsFormat.JSON:
        context.say(json.dumps(names))
    else:
        for name in names:
            context.say(f"{name}  @{inputs.project.accounts[name].handle}")
    return 0


def _busy(context: CommandContext, opened: OpenedProject, within: timedelta) -> frozenset[str]:
    """Those whose run would send, look for, record or say something. All of them where something is
    wrong that is nobody's own: errors in the files, or what an account left open that is gone."""
    inputs, now = inputs_of(opened, context), context.clock.now()
    ledger = ledger_of(context, inputs.project)
    facts, near = facts_ahead(inputs, ledger, now, now + max(NEAR, within))
    planned = plan(inputs, near, facts, now=now, texts="due")
    busy = {action.key.account for action in planned.actions if _calls(action, now + within)}
    busy |= {standing.key.account for standing in facts.unsettled} | facts.damaged.keys()
    _tell_next(context, planned, max(NEAR, within))
    return inputs.accounts if opened.errors or busy - inputs.accounts else frozenset(busy)


def _tell_next(context: CommandContext, planned: Plan, ahead: timedelta) -> None:
    said = next_of(planned, ahead=ahead)
    context.tell(said)
    summarise(context, f"{plain(said)}\n")


def _calls(action: Action, until: datetime) -> bool:
    """Whether a run that stays `until` then has something to do with it."""
    match action.verb:
        case Verb.WAIT:
            return (action.again_at or action.occurrence.due) <= until
        case Verb.SKIP | Verb.HOLD:
            return action.misses
        case _:
            return True
