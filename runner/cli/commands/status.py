"""`runner status`: shows where everything stands."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Annotated

import typer

from runner.cli.contest_progress import posts_that_tell, progress_of, proposals, with_a_key
from runner.cli.context import CommandContext, here
from runner.cli.github_job import decision_form
from runner.cli.inboxes import answered_within, conversations_of
from runner.cli.local_clock import is_local, set_local_clock
from runner.cli.machine import clock_at
from runner.cli.opened_project import OpenedProject, inputs_of
from runner.cli.options import Now
from runner.cli.planning import facts_ahead
from runner.cli.reading_tallies import last_tallies, left_to_read
from runner.cli.reading_turns import turn_in_words, turn_taken
from runner.cli.stores import ledger_of, open_published
from runner.cli.x_accounts import asking_ports
from runner.contest import ContestProgress
from runner.ledger import Facts
from runner.plan import Plan, PlanInputs, as_post_would, drifts, plan
from runner.problems import BadUsage, LedgerUnusable
from runner.publish import (
    LOOKS_AHEAD,
    DeletionsFound,
    Ledger,
    look_for_deletions,
    may_be_forgotten,
    out_since,
    too_new_to_ask,
)
from runner.value import Value, replace
from runner.views.contest_stages import contests_as_text
from runner.views.phrases import usd
from runner.views.sums import next_of, plan_sums
from runner.views.terminal.inbox import standing_of
from runner.views.terminal.outcome import ask_lines
from runner.views.terminal.status import (
    accounted_as_text,
    asking_text,
    hindrance_lines,
    not_asking_text,
    refusal_lines,
    search_lines,
    standings_as_text,
)


def command(
    days: Annotated[int, typer.Option("--days", min=1, help="How far to look back.")] = 14,
    check_x: Annotated[
        bool,
        typer.Option("--check-x", help="Ask X what was deleted by hand, for $0.005 a post."),
    ] = False,
    now: Now = None,
) -> None:
    """Show what went out, what is next, what it cost, and what needs a person."""
    context = here()
    if now:
        context = replace(context, clock=clock_at(now))
        if check_x:
            _take_x_along(context)
    raise typer.Exit(status(context, days=days, check_x=check_x))


def _take_x_along(context: CommandContext) -> None:
    if not is_local(context):
        raise BadUsage(
            "--now is for trying things out, and X is asked as it is now",
            help="leave out --now or --check-x, or set X_API_URL to a sandbox on this machine",
        )
    set_local_clock(context)


def status(context: CommandContext, *, days: int = 14, check_x: bool = False) -> int:
    """Exits with 5 when the ledger of an account can't be believed, else with 4 when X could not be
    asked, else with 3 when something needs a person."""
    opened = open_published(context)
    inputs = inputs_of(opened, context)
    look = _Look(
        context=context,
        opened=opened,
        inputs=inputs,
        ledger=ledger_of(context, inputs.project),
        back=timedelta(days=days),
    )
    checked = look.check() if check_x else DeletionsFound()
    plan, facts = look.plan()
    recent = [each for each in facts.standings.values() if each.last.at > plan.now - look.back]
    color = context.colored(context.out)
    context.say(standings_as_text(recent, inputs.project, plan.drift, days=days, color=color))
    accounted = accounted_as_text(facts.accounted, inputs.project)
    refused = refusal_lines(checked.refusals)
    named = ask_lines(plan, form=decision_form(context), color=color)
    asks = (*named, *hindrance_lines(plan, color=color))
    sums = (*plan_sums(plan, ahead=LOOKS_AHEAD), next_of(plan, ahead=LOOKS_AHEAD))
    late = search_lines(may_be_forgotten(plan, facts, run=context.run_id))
    contests = contests_as_text(inputs.dated, _progress(context, inputs, facts), plan.now)
    reading = (*_reading(context, inputs), *_inboxes(context, inputs))
    context.say("\n".join([accounted, *refused, *asks, *contests, *sums, *reading, *late]))
    if plan.unreadable:
        return LedgerUnusable.exit_code
    if checked.refusals:
        return 4
    return 3 if plan.needs_a_person else 0


def _reading(context: CommandContext, inputs: PlanInputs) -> tuple[str, ...]:
    """What was read of X this month, where that is bounded."""
    bound = inputs.project.budget.reading if inputs.project.budget else None
    if bound is None:
        return ()
    try:
        left = left_to_read(context, inputs)
        taken = turn_taken(context, inputs.project)
    except LedgerUnusable as unusable:
        return (f"What reading has cost can't be told: {unusable.message}",)
    read = f"Reading: {usd(bound - (left or 0))} of {usd(bound)} this month."
    return (read, f"  Just now: {turn_in_words(taken)}.") if taken else (read,)


def _inboxes(context: CommandContext, inputs: PlanInputs) -> Iterator[str]:
    """A line for each account that was listened to: how many mentions wait, and for how long."""
    now, project = context.clock.now(), inputs.project
    within = answered_within(project)
    for account in project.accounts if project.inbox else ():
        try:
            found = conversations_of(context, project, account)
        except LedgerUnusable as unusable:
            yield f"What waits for {account} can't be told: {unusable.message}"
            continue
        if found.inbox.last:
            yield f"Inbox of {account}: {standing_of(found, now, within)}"


def _progress(
    context: CommandContext, inputs: PlanInputs, facts: Facts
) -> Mapping[str, ContestProgress]:
    """How far the contests with a key have come, by their ids."""
    contests = [dated for dated, _ in with_a_key(inputs)]
    if not contests:
        return {}
    read, proposed = last_tallies(context, inputs), proposals(context, inputs.project)
    return {
        each.id: progress_of(each, facts, read=read.get(each.id), proposed=proposed)
        for each in contests
    }


class _Look(Value, kw_only=True):
    """One look at the ledger beside the files, and at X when that is asked for."""

    context: CommandContext
    opened: OpenedProject
    inputs: PlanInputs
    ledger: Ledger
    back: timedelta

    def plan(self) -> tuple[Plan, Facts]:
        """The plan of the next days with its drift, and what the ledger knows of the last ones."""
        now = self.context.clock.now()
        since = now - self.back
        facts, near = facts_ahead(
            self.inputs,
            self.ledger,
            now,
            now + LOOKS_AHEAD,
            back=self.back,
            besides=posts_that_tell(self.inputs, now),
        )
        drift = drifts(self.inputs, facts, since=since, every_campaign=not self.opened.errors)
        planned = as_post_would(plan(self.inputs, near, facts, now=now), self.inputs.project, facts)
        return replace(planned, drift=drift), facts

    def check(self) -> DeletionsFound:
        """Asks X about what went out lately, after saying what that costs."""
        now = self.context.clock.now()
        facts, _ = facts_ahead(self.inputs, self.ledger, now, now, back=self.back)
        out = out_since(facts.standings.values(), since=now - self.back, now=now)
        for account, parts in out.items():
            self.context.tell(asking_text(account, parts))
        if new := too_new_to_ask(facts.standings.values(), now=now):
            self.context.tell(not_asking_text(new))
        ports = asking_ports(self.context, self.opened, self.ledger)
        return look_for_deletions(out, facts=facts, project=self.inputs.project, ports=ports)
