"""`runner post`: publishes what is due, once. Accounts that nobody has set up yet, as in a fresh
copy of the template, are passed over."""

from collections.abc import Sequence
from functools import partial
from typing import Annotated, Protocol

import typer

from runner.bugs import contained
from runner.cli.commands.post_run import PostOptions, PostRun
from runner.cli.context import CommandContext, here
from runner.cli.github_job import decision_form, summarise
from runner.cli.local_clock import is_local, set_local_clock
from runner.cli.machine import MachineClock, clock_at, hearing_signals
from runner.cli.opened_project import OpenedProject, inputs_of
from runner.cli.options import Accounts, Campaigns, Now, duration, waiting_time
from runner.cli.stores import ledger_of, open_published
from runner.cli.troubles import stop_summarised
from runner.ledger import Need
from runner.models import Project
from runner.problems import BadUsage, LedgerUnusable
from runner.publish import LOOKS_AHEAD, RunReport
from runner.value import replace
from runner.views.containment import outcome_shown, plan_shown, problems_shown
from runner.views.markdown.bounded import summary
from runner.views.markdown.escaping import plain
from runner.views.markdown.listing import listing_as_markdown
from runner.views.markdown.outcome import outcome_as_markdown
from runner.views.plan_listing import plan_listing
from runner.views.problems import as_text
from runner.views.terminal.listing import listing_as_text
from runner.views.terminal.outcome import outcome_as_text
from runner.views.terminal.status import search_lines
from runner.x.auth import ENDINGS, presence


def command(
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would happen; send nothing.")
    ] = False,
    account: Accounts = None,
    campaign: Campaigns = None,
    wait: Annotated[
        str | None,
        typer.Option("--wait", help="Stay for what falls due within this time: 10m, 5h30m."),
    ] = None,
    time_limit: Annotated[
        str | None,
        typer.Option(
            "--time-limit", help="How long the job lives: in its last two minutes nothing is begun."
        ),
    ] = None,
    if_set_up: Annotated[
        bool,
        typer.Option(
            "--if-set-up",
            help="Only say so where there are no credentials at all, and there never was a post.",
        ),
    ] = False,
    now: Now = None,
) -> None:
    """Publish everything that is due and within its grace, once, and record it."""
    asked = PostOptions(
        dry_run=dry_run,
        accounts=tuple(account or ()),
        campaigns=tuple(campaign or ()),
        wait=waiting_time(wait),
        time_limit=duration(time_limit) if time_limit else None,
        if_set_up=if_set_up,
    )
    with hearing_signals() as signals:
        context = replace(here(), signals=signals, clock=MachineClock(signals.stopped))
        if now:
            context = _as_if(context, now, dry_run=dry_run)
        raise typer.Exit(post(context, asked))


def _as_if(context: CommandContext, now: str, *, dry_run: bool) -> CommandContext:
    if not (dry_run or is_local(context)):
        raise BadUsage(
            "--now is for trying things out",
            help="add --dry-run, or set X_API_URL to a sandbox on this machine",
        )
    context = replace(context, clock=clock_at(now, context.signals.stopped))
    if not dry_run:
        set_local_clock(context)
    return context


class Runnable(Protocol):
    """Runs once over the project; `opened` has the files as they were read last."""

    opened: OpenedProject

    def run(self) -> RunReport:
        """Publishes what is due."""
        ...

    def dry_run(self) -> RunReport:
        """Says what `run` would do, and sends nothing."""
        ...


def post(context: CommandContext, asked: PostOptions, posting: Runnable | None = None) -> int:
    """One run, and its exit code. `posting` runs in place of the real X, ledger and files."""
    posting = posting or PostRun(context=context, asked=asked)
    try:
        with stop_summarised(context):
            if asked.if_set_up and all_new(context, asked.accounts):
                return 0
            ran = posting.dry_run() if asked.dry_run else posting.run()
    except LedgerUnusable as unusable:
        if context.signals.heard:  # it may be why no more was tried
            unusable.exit_code = 128 + context.signals.heard
        raise
    contained("summarising", "the run", lambda: _summarise(context, ran, dry_run=asked.dry_run))
    contained("reporting", "the run", lambda: _report(context, asked, ran, posting.opened))
    return _exit_code(context, ran, posting.opened)


def _report(
    context: CommandContext, asked: PostOptions, ran: RunReport, opened: OpenedProject
) -> None:
    color = context.colored(context.out)
    if asked.dry_run:
        context.say(
            plan_shown(
                ran.plan,
                lambda plan, _: listing_as_text(plan_listing(plan, ahead=LOOKS_AHEAD), color=color),
            )
        )
        for line in search_lines(ran.would_search):
            context.say(line)
    else:
        view = partial(outcome_as_text, form=decision_form(context), color=color)
        context.say(outcome_shown(ran.outcome, ran.plan, view))
    if opened.errors:
        context.tell(problems_shown(opened.problems, partial(as_text, sources=opened.sources)))


def _summarise(context: CommandContext, ran: RunReport, *, dry_run: bool) -> None:
    """Writes into the job's summary what a run did, or what it would do."""
    if dry_run:
        limit = summary("See the log of this run.")
        said = plan_shown(
            ran.plan,
            lambda plan, _: listing_as_markdown(plan_listing(plan, ahead=LOOKS_AHEAD), limit),
        )
        said += "".join(f"\n{plain(line)}\n" for line in search_lines(ran.would_search))
    else:
        view = partial(outcome_as_markdown, form=decision_form(context))
        said = outcome_shown(ran.outcome, ran.plan, view)
    summarise(context, said)


def _exit_code(context: CommandContext, ran: RunReport, opened: OpenedProject) -> int:
    """The code of the gravest thing that happened. An unusable ledger (5) has ended the run before,
    and of bugs tells `exit_code_of` of `cli/entry_point.py`."""
    if context.signals.heard:
        context.tell(f"Stopped by {context.signals.name}: what was not begun is still due.")
        return 128 + context.signals.heard
    if ran.last.stale or ran.moved:
        context.tell("The default branch has moved on: the next run goes on from there.")
    if ran.plan.unreadable:
        return LedgerUnusable.exit_code
    if ran.last.refused or ran.last.unsent or ran.rests:
        return 4
    if ran.plan.needs_a_person or ran.outcome.needs_a_person:
        return 3
    return 1 if opened.errors else 0


def all_new(context: CommandContext, accounts: Sequence[str]) -> bool:
    """Whether none of the run's accounts has a credential or has ever posted; says so, if it is so.

    Where some credentials are missing, or all of an account that has posted, that is a mistake, and
    no new account. Raises BadFiles, LedgerUnusable.
    """
    if _any_present(context, accounts):  # as is most often so, and then nothing is read twice
        return False
    project = inputs_of(open_published(context), context).project
    names = accounts or tuple(project.accounts)
    if _any_present(context, names):
        return False
    origin = ledger_of(context, project, accounts=()).read(Need()).origin
    if origin and set(names) & origin.users.keys():
        return False
    _tell_not_set_up(context, project, [each for each in names if each in project.accounts])
    return True


def _any_present(context: CommandContext, names: Sequence[str]) -> bool:
    alone = len(names) == 1
    return any(presence(each, context.environ, only_account=alone).present for each in names)


def _tell_not_set_up(context: CommandContext, project: Project, names: Sequence[str]) -> None:
    for name in names:
        handle = project.accounts[name].handle
        variables = ", ".join(f"X_{ending}" for ending in ENDINGS)
        said = (
            f"Nothing goes out as @{handle}: `{name}` has no credentials, and has never posted. "
            f"On GitHub, add {variables} to the environment `x-{name}`."
        )
        context.say(f"::warning title=Not set up yet::{said}" if context.on_actions else said)
        summarise(context, f"{plain(said)}\n")
