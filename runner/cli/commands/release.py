"""`runner release`: lets publishing go on that `runner hold` has stopped."""

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
from runner.views.decisions import released_as_text


def command(
    account: Account = None,
    campaign: Campaign = None,
    because: Because = None,
    now: Now = None,
) -> None:
    """Let publishing go on that `runner hold` has stopped."""
    scope = Scope(account=account, campaign=campaign)
    raise typer.Exit(release(context_at(here(), now), scope, because=required_reason(because)))


def release(context: CommandContext, scope: Scope, *, because: str) -> int:
    """What is not on hold stays as it is. Raises BadUsage for an unknown name."""
    inputs, facts = inputs_and_facts(context)
    stands = hold_of(scope, facts)
    if stands:
        write_hold(context, inputs, scope, because, held=False)
    else:
        refuse_unknown(scope, inputs)
    others = tuple(hold for hold in facts.holds if hold is not stands)
    context.say(released_as_text(scope.what, stands, others))
    return 0
