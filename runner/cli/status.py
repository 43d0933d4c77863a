"""`runner status`: where everything stands."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from runner.cli.options import Now
from runner.cli.outside import Outside, at, here

if TYPE_CHECKING:
    from runner.apply.ports import Ledger
    from runner.ledger import Facts
    from runner.plan import Desk, Plan


def command(
    days: Annotated[int, typer.Option("--days", min=1, help="How far to look back.")] = 14,
    now: Now = None,
) -> None:
    """Show what went out, what is next, what it cost, and what needs a person."""
    from dataclasses import replace

    outside = here()
    if now:
        outside = replace(outside, clock=at(now))
    raise typer.Exit(status(outside, days=days))


def status(outside: Outside, *, days: int = 14) -> int:
    """Exits with 3 when something needs a person."""
    from runner.cli.ledger import ledger_of
    from runner.cli.opening import desk_of, open_project
    from runner.views.outcome_text import standings_as_text
    from runner.views.plan_text import closing

    desk = desk_of(open_project(outside), outside)
    now = outside.clock.now()
    plan, facts = _look(desk, ledger_of(outside, desk.project), now, timedelta(days=days))
    color = outside.colored(outside.out)
    outside.say(standings_as_text(tuple(facts.standings.values()), desk.project, color=color))
    outside.say("\n".join(closing(plan)))
    return 3 if plan.needs_a_person else 0


def _look(desk: "Desk", ledger: "Ledger", now: datetime, back: timedelta) -> "tuple[Plan, Facts]":
    from dataclasses import replace

    from runner.cli.post import NEAR, look_ahead
    from runner.plan import need_of, plan

    window = [
        occurrence
        for table in desk.timetables
        for occurrence in table.occurrences(now - back, now + NEAR)
    ]
    need = need_of(window, accounts=desk.project.accounts, now=now)
    facts = ledger.read(need)
    near = look_ahead(desk, ledger, now, now + NEAR)
    recent = {key: each for key, each in facts.standings.items() if each.last.at > now - back}
    return plan(desk, near, facts, now=now), replace(facts, standings=recent)
