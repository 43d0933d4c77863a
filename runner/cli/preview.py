"""`runner preview`: what will be published, when, at what cost."""

from collections.abc import Sequence
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from runner.cli.options import Accounts, Campaigns, Everything, Now
from runner.cli.outside import Outside, here

if TYPE_CHECKING:
    from runner.apply.ports import Ledger
    from runner.ledger import Facts
    from runner.plan import Desk, Plan
    from runner.problems import Problem

FAR = datetime(2300, 1, 1, tzinfo=UTC)


class Format(StrEnum):
    TEXT = "text"
    MARKDOWN = "markdown"


def command(
    format: Annotated[
        Format, typer.Option("--format", help="For a terminal, or Markdown.")
    ] = Format.TEXT,
    now: Now = None,
    account: Accounts = None,
    campaign: Campaigns = None,
    everything: Everything = False,
) -> None:
    """Show exactly what will be published, when, and at what cost. Publishes nothing."""
    from dataclasses import replace

    from runner.cli.outside import at

    outside = here()
    if now:
        outside = replace(outside, clock=at(now))
    raise typer.Exit(
        preview(
            outside,
            format=format,
            accounts=account or (),
            campaigns=campaign or (),
            everything=everything,
        )
    )


def preview(
    outside: Outside,
    *,
    format: Format = Format.TEXT,
    accounts: Sequence[str] = (),
    campaigns: Sequence[str] = (),
    everything: bool = False,
) -> int:
    """Shows the plan; the exit code is 1 where the files have errors."""
    from runner.cli.ledger import ledger_of
    from runner.cli.opening import desk_of, open_project
    from runner.cli.selection import only
    from runner.cli.validate import all_problems
    from runner.views.plan_markdown import plan_as_markdown
    from runner.views.plan_text import plan_as_text
    from runner.views.problems import as_text

    opened = open_project(outside)
    desk = only(desk_of(opened, outside), accounts=accounts, campaigns=campaigns)
    plan, found = plan_ahead(desk, ledger_of(outside, desk.project), outside.clock.now())
    problems = tuple(dict.fromkeys((*all_problems(opened, outside), *found)))
    if problems:
        outside.tell(as_text(problems, opened.sources, color=outside.colored(outside.talk)))
    if format is Format.MARKDOWN:
        outside.say(plan_as_markdown(plan, everything=everything))
    else:
        outside.say(plan_as_text(plan, everything=everything, color=outside.colored(outside.out)))
    errors = sum(problem.severity == "error" for problem in problems)
    if errors:
        outside.say(f"What these {errors} errors stand in the way of is marked ! or not shown.")
    return 1 if errors else 0


def plan_ahead(desk: "Desk", ledger: "Ledger", now: datetime) -> "tuple[Plan, tuple[Problem, ...]]":
    """The plan of all that is to come, with what only the clock and the ledger can tell."""
    from runner.cli.post import look_ahead
    from runner.plan import need_of, plan
    from runner.plan.proofs import scene_of_plan
    from runner.rules import Stage, check

    occurrences = look_ahead(desk, ledger, now, FAR)
    facts: Facts = ledger.read(need_of(occurrences, accounts=desk.project.accounts, now=now))
    planned = plan(desk, occurrences, facts, now=now)
    return planned, check(scene_of_plan(desk, planned, facts, occurrences), Stage.PLAN)
