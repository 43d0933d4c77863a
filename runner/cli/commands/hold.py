"""`runner hold`: a person stops publishing."""

from typing import Annotated

import typer

from runner.cli.commands.hold_scope import (
    Account,
    Campaign,
    Scope,
    desk_and_facts,
    hold_of,
    refuse_unknown,
    write_hold,
)
from runner.cli.context import Outside, here
from runner.cli.local_x import as_if
from runner.cli.options import Because, Now, reason
from runner.views.terminal.holds import hold_as_text, stops


def command(
    account: Account = None,
    campaign: Campaign = None,
    because: Because = None,
    only_list: Annotated[bool, typer.Option("--list", help="Only show what is on hold.")] = False,
    now: Now = None,
) -> None:
    """Stop publishing until `runner release`: everything, an account, or a campaign."""
    scope = Scope(account=account, campaign=campaign)
    outside = as_if(here(), now)
    raise typer.Exit(show(outside) if only_list else hold(outside, scope, because=reason(because)))


def hold(outside: Outside, scope: Scope, *, because: str) -> int:
    """What is on hold already stays as it is. Raises BadUsage for an unknown name."""
    desk, facts = desk_and_facts(outside)
    stands = hold_of(scope, facts)
    if stands:
        outside.say(f"It was already: {hold_as_text(stands)}.")
        return 0
    refuse_unknown(scope, desk)
    line = write_hold(outside, desk, scope, because, held=True)
    outside.say(f"{hold_as_text(line)}.\n{stops(line)}")
    return 0


def show(outside: Outside) -> int:
    """What is on hold by the ledger."""
    holds = desk_and_facts(outside)[1].holds
    outside.say("\n".join(map(hold_as_text, holds)) or "Nothing is on hold by `runner hold`.")
    return 0
