"""`runner preview`: shows what will be published, when, and at what cost."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from runner.cli.commands.preview_base import (
    BaseProject,
    base_project,
    change_of_program,
    change_since,
    files_since,
)
from runner.cli.commands.preview_formats import (
    MarkdownLimit,
    PreviewContent,
    PreviewFormat,
    foreword_of,
    shown_as,
)
from runner.cli.contest_progress import posts_that_tell, progress_of
from runner.cli.context import CommandContext, here
from runner.cli.file_problems import all_problems
from runner.cli.machine import clock_at
from runner.cli.opened_campaigns import KnownCampaigns
from runner.cli.opened_project import OpenedProject, inputs_of, only, open_project
from runner.cli.options import Accounts, Campaigns, Everything, Now, Output, deliver
from runner.cli.planning import PlanAhead, plan_ahead
from runner.cli.reading_tallies import last_tallies
from runner.cli.stores import LedgerIfReachable, ledger_of
from runner.plan import SAME_FILES, Comparison, Plan, with_second_names
from runner.problems import BadUsage, Problem, Severity
from runner.value import replace
from runner.views.containment import plan_shown, problems_shown
from runner.views.contest_stages import seen_phrases, stage_sentences
from runner.views.problems import as_text
from runner.views.reading_costs import collecting_notices, rival_cost


def command(
    format: Annotated[
        PreviewFormat, typer.Option("--format", help="For a terminal, for a page, for programs.")
    ] = PreviewFormat.TEXT,
    output: Output = None,
    base: Annotated[
        str | None,
        typer.Option(
            "--base",
            metavar="REF",
            help="Show what changes since the commit at which HEAD left this branch.",
        ),
    ] = None,
    limit: Annotated[
        MarkdownLimit,
        typer.Option("--limit", help="How much Markdown: a comment’s, or a job summary’s."),
    ] = MarkdownLimit.SUMMARY,
    now: Now = None,
    account: Accounts = None,
    campaign: Campaigns = None,
    everything: Everything = False,
) -> None:
    """Show exactly what will be published, when, and at what cost. Publishes nothing."""
    context = here()
    if now:
        context = replace(context, clock=clock_at(now))
    raise typer.Exit(
        preview(
            context,
            format=format,
            output=output,
            base=base,
            room=limit,
            accounts=account or (),
            campaigns=campaign or (),
            everything=everything,
        )
    )


def preview(
    context: CommandContext,
    *,
    format: PreviewFormat = PreviewFormat.TEXT,
    output: Path | None = None,
    base: str | None = None,
    room: MarkdownLimit = MarkdownLimit.SUMMARY,
    accounts: Sequence[str] = (),
    campaigns: Sequence[str] = (),
    everything: bool = False,
) -> int:
    """Shows the plan; the exit code is 1 where the files have errors."""
    if base is not None and format is PreviewFormat.ICS:
        raise BadUsage(
            "a calendar shows what is planned, not what changes",
            help="leave out --base, or ask for another --format",
        )
    seen = _look(context, base, accounts=accounts, campaigns=campaigns)
    if format is PreviewFormat.ICS:
        inputs_of(seen.opened, context)  # whoever subscribes to it would lose all that was planned
    color = output is None and context.colored(context.out)
    before = foreword_of(seen, color=color) if format is PreviewFormat.TEXT else ""
    if output is None and before:
        context.say(before)  # above all problems, which may be many
        before = ""
    _tell(seen, context)

    def view(plan: Plan, change: Comparison | None) -> str:
        shown = replace(seen, plan=plan, change=change)
        return shown_as(format, shown, context, room, everything=everything, color=color)

    deliver(before + plan_shown(seen.plan, view, seen.change), output, context)
    if seen.errors and format is PreviewFormat.TEXT:
        these = "this error stands" if seen.errors == 1 else f"these {seen.errors} errors stand"
        context.say(f"What {these} in the way of is marked ! or not shown.")
    return 1 if seen.errors else 0


def _tell(seen: PreviewContent, context: CommandContext) -> None:
    """What is wrong, before anything else."""
    if seen.problems:
        colored = context.colored(context.talk)
        view = partial(as_text, sources=seen.opened.sources, color=colored)
        context.tell(problems_shown(seen.problems, view))


def _look(
    context: CommandContext, base: str | None, *, accounts: Sequence[str], campaigns: Sequence[str]
) -> PreviewContent:
    if base is None:
        return _comparison(open_project(context, checked=True), None, context, accounts, campaigns)
    known = KnownCampaigns()
    opened = open_project(context, checked=True, known=known)
    with base_project(context, base, known) as old:
        return _comparison(opened, old, context, accounts, campaigns)


def _comparison(
    opened: OpenedProject,
    old: BaseProject | None,
    context: CommandContext,
    accounts: Sequence[str],
    campaigns: Sequence[str],
) -> PreviewContent:
    now = context.clock.now().replace(microsecond=0)
    if opened.inputs is None:
        return _nothing(opened, old, now)
    project = opened.inputs.project
    inputs = only(opened.inputs, accounts=accounts, campaigns=campaigns)
    wrong = all_problems(opened)  # before a plan takes up work of its own
    ledger = LedgerIfReachable(lambda: ledger_of(context, project))
    files = files_since(old, opened) if old else SAME_FILES
    ahead = plan_ahead(
        inputs,
        ledger,
        now,
        every_campaign=not (campaigns or opened.errors),
        whole=frozenset(files.edited) if old else campaigns or None,
        besides=posts_that_tell(inputs, now),
    )
    found = ahead.problems()
    change = None
    if old:
        after = inputs, ahead.plan
        change = change_since(old, opened, after, files=files, ledger=ledger, campaigns=campaigns)
    notices = (*ahead.plan.notices, *_of_listening(context, ahead, now))
    shown = replace(ahead.plan, notices=notices)
    problems = _each_once(wrong, found, ahead.plan)
    if change:
        problems = with_second_names(problems, change)
    return PreviewContent(opened=opened, plan=shown, change=change, problems=problems)


def _of_listening(context: CommandContext, ahead: PlanAhead, now: datetime) -> Iterator[str]:
    """Where the contests stand, what was seen of their entries, and what all reading will cost."""
    dated, project = ahead.inputs.dated, ahead.inputs.project
    read = last_tallies(context, ahead.inputs)
    contests = (each for each in dated if each.campaign.contest)
    known = {each.id: progress_of(each, ahead.facts, read=read.get(each.id)) for each in contests}
    for each, sentence in stage_sentences(dated, known, now):
        yield "; ".join((sentence, *seen_phrases(each, known)))
    yield from collecting_notices(dated, project, now)
    if cost := rival_cost(project):
        yield cost


def _nothing(opened: OpenedProject, base: BaseProject | None, now: datetime) -> PreviewContent:
    """What is seen where runner.yaml can't be read: why, and what changes of the program."""
    is_gone = "no-project" in {each.rule for each in opened.problems}
    why = "there is no runner.yaml" if is_gone else "runner.yaml can’t be read"
    return PreviewContent(
        opened=opened,
        plan=Plan(now=now, actions=(), unplanned=why),
        change=change_of_program(base) if base else None,
        problems=opened.problems,
    )


def _each_once(
    of_files: tuple[Problem, ...], of_today: tuple[Problem, ...], plan: Plan
) -> tuple[Problem, ...]:
    """What is wrong in the files, today, and with the posts as they would go out; of the last only
    what nothing else tells of their place."""
    told = {(each.rule, each.place) for each in (*of_files, *of_today)}
    of_posts = (
        problem
        for action in plan.actions
        for problem in action.problems
        if problem.severity is Severity.ERROR and (problem.rule, problem.place) not in told
    )
    return tuple(dict.fromkeys((*of_files, *of_today, *of_posts)))
