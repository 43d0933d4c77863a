"""`runner hold`: stops publishing, by a person's word."""

from datetime import datetime
from typing import Annotated

import typer

from runner.cli.commands.hold_scope import (
    Account,
    Campaign,
    Scope,
    hold_of,
    inputs_and_facts,
    refuse_unknown,
    write_hold,
)
from runner.cli.context import CommandContext, here
from runner.cli.local_clock import context_at
from runner.cli.options import Because, Now, required_reason
from runner.cli.stores import ledger_of
from runner.ledger import Facts, Hold, Key, Need, State
from runner.problems import LedgerUnusable
from runner.views.decisions import hold_as_text, what_a_hold_means


def command(
    account: Account = None,
    campaign: Campaign = None,
    because: Because = None,
    only_list: Annotated[bool, typer.Option("--list", help="Only show what is on hold.")] = False,
    now: Now = None,
) -> None:
    """Stop publishing until `runner release`: everything, an account, or a campaign."""
    scope = Scope(account=account, campaign=campaign)
    context = context_at(here(), now)
    raise typer.Exit(
        show(context) if only_list else hold(context, scope, because=required_reason(because))
    )


def hold(context: CommandContext, scope: Scope, *, because: str) -> int:
    """Puts the scope on hold, unless it is already, and names posts for which that may be too late.
    Raises BadUsage for an unknown name."""
    inputs, facts = inputs_and_facts(context)
    stands = hold_of(scope, facts)
    if stands:
        context.say(f"It was already: {hold_as_text(stands)}.")
        return 0
    refuse_unknown(scope, inputs)
    line = write_hold(context, inputs, scope, because, held=True)
    context.say(f"{hold_as_text(line)}.\n{what_a_hold_means(line)}")
    try:
        facts = ledger_of(context, inputs.project).read(Need())
    except LedgerUnusable as unusable:  # the hold stands all the same
        context.say(f"Whether a run has just claimed a post can't be seen: {unusable.message}.")
        return 0
    for key in _under_way(facts, line, context.clock.now()):
        context.say(f"It may be too late for {key}: a run has just claimed it.")
    return 0


def _under_way(facts: Facts, line: Hold, now: datetime) -> list[Key]:
    """Posts that a run claimed before it could see the hold, and may still send."""
    return [
        each.key
        for each in facts.unsettled
        if line.stops(each.key)
        and each.state is State.ATTEMPTING
        and any(attempt.send_by > now for attempt in each.open(each.next_part))
    ]


def show(context: CommandContext) -> int:
    """Prints what the ledger has on hold."""
    holds = inputs_and_facts(context)[1].holds
    context.say("\n".join(map(hold_as_text, holds)) or "Nothing is on hold by `runner hold`.")
    return 0
