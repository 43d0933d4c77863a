"""`runner preview`: what will be published, when, at what cost."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from runner.cli.context import Outside, here
from runner.cli.options import Accounts, Campaigns, Everything, Now, Output
from runner.problems import BadUsage, Severity

if TYPE_CHECKING:
    from runner.cli.commands.preview_base import Base
    from runner.cli.opened_project import Opened
    from runner.plan import Plan
    from runner.plan.change import Comparison
    from runner.problems import Problem


class Format(StrEnum):
    TEXT = "text"
    MARKDOWN = "markdown"
    HTML = "html"
    ICS = "ics"
    JSON = "json"


class Room(StrEnum):
    """What GitHub takes of Markdown in one piece."""

    COMMENT = "comment"
    SUMMARY = "summary"


def command(
    format: Annotated[
        Format, typer.Option("--format", help="For a terminal, for a page, for programs.")
    ] = Format.TEXT,
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
        Room, typer.Option("--limit", help="How much Markdown: a comment’s, or a job summary’s.")
    ] = Room.SUMMARY,
    now: Now = None,
    account: Accounts = None,
    campaign: Campaigns = None,
    everything: Everything = False,
) -> None:
    """Show exactly what will be published, when, and at what cost. Publishes nothing."""
    from runner.cli.context import at

    outside = here()
    if now:
        outside = replace(outside, clock=at(now))
    raise typer.Exit(
        preview(
            outside,
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
    outside: Outside,
    *,
    format: Format = Format.TEXT,
    output: Path | None = None,
    base: str | None = None,
    room: Room = Room.SUMMARY,
    accounts: Sequence[str] = (),
    campaigns: Sequence[str] = (),
    everything: bool = False,
) -> int:
    """Shows the plan; the exit code is 1 where the files have errors."""
    from runner.cli.commands.preview_formats import deliver
    from runner.cli.opened_project import desk_of
    from runner.views.containment import plan_shown

    if base is not None and format is Format.ICS:
        raise BadUsage(
            "a calendar shows what is planned, not what changes",
            help="leave out --base, or ask for another --format",
        )
    seen = _look(outside, base, accounts=accounts, campaigns=campaigns)
    if format is Format.ICS:
        desk_of(seen.opened, outside)  # whoever subscribes to it would lose all that was planned
    color = output is None and outside.colored(outside.out)
    before = _foreword(seen, color=color) if format is Format.TEXT else ""
    if output is None and before:
        outside.say(before)  # above all problems, which may be many
        before = ""
    _tell(seen, outside)

    def made(plan: "Plan", change: "Comparison | None") -> str:
        shown = replace(seen, plan=plan, change=change)
        return _made(format, shown, outside, room, everything=everything, color=color)

    deliver(before + plan_shown(seen.plan, made, seen.change), output, outside)
    if seen.errors and format is Format.TEXT:
        these = "this error stands" if seen.errors == 1 else f"these {seen.errors} errors stand"
        outside.say(f"What {these} in the way of is marked ! or not shown.")
    return 1 if seen.errors else 0


def _tell(seen: "Seen", outside: Outside) -> None:
    """What is wrong, before anything else."""
    from runner.views.containment import problems_shown
    from runner.views.problems import as_text

    if seen.problems:
        colored = outside.colored(outside.talk)
        view = partial(as_text, sources=seen.opened.sources, color=colored)
        outside.tell(problems_shown(seen.problems, view))


@dataclass(frozen=True, kw_only=True)
class Seen:
    """What there is to show: the plan, what changes in it, and what is wrong."""

    opened: "Opened"
    plan: "Plan"
    change: "Comparison | None"
    problems: "tuple[Problem, ...]"

    @property
    def errors(self) -> int:
        return sum(problem.severity is Severity.ERROR for problem in self.problems)


def _look(
    outside: Outside, base: str | None, *, accounts: Sequence[str], campaigns: Sequence[str]
) -> Seen:
    from runner.cli.commands.preview_base import base_of, change_since, edited_since
    from runner.cli.commands.validate import all_problems
    from runner.cli.ledger_store import Glimpse, ledger_of
    from runner.cli.opened_project import open_project
    from runner.cli.planning import plan_ahead
    from runner.cli.selection import only
    from runner.plan.second_names import with_second_names

    now = outside.clock.now().replace(microsecond=0)
    opened = open_project(outside)
    old = None if base is None else base_of(outside, base)
    if opened.desk is None:
        return _nothing(opened, old, now)
    project = opened.desk.project
    desk = only(opened.desk, accounts=accounts, campaigns=campaigns)
    wrong = all_problems(opened, outside)  # first: it stops what asks for too much work
    ledger = Glimpse(lambda: ledger_of(outside, project))
    plan, found = plan_ahead(
        desk,
        ledger,
        now,
        every_campaign=not (campaigns or opened.errors),
        whole=edited_since(old, opened) if old else campaigns or None,
    )
    change = None
    if old:
        change = change_since(old, opened, (desk, plan), ledger=ledger, campaigns=campaigns)
    problems = _each_once(wrong, found, plan)
    if change:
        problems = with_second_names(problems, change)
    return Seen(opened=opened, plan=plan, change=change, problems=problems)


def _nothing(opened: "Opened", base: "Base | None", now: datetime) -> Seen:
    """What is seen where runner.yaml can't be read: why, and what changes of the program."""
    from runner.cli.commands.preview_base import change_of_program
    from runner.plan import Plan

    is_gone = "no-project" in {each.rule for each in opened.problems}
    why = "there is no runner.yaml" if is_gone else "runner.yaml can’t be read"
    return Seen(
        opened=opened,
        plan=Plan(now=now, actions=(), unplanned=why),
        change=change_of_program(base) if base else None,
        problems=opened.problems,
    )


def _each_once(
    of_files: "tuple[Problem, ...]", of_today: "tuple[Problem, ...]", plan: "Plan"
) -> "tuple[Problem, ...]":
    """What is wrong in the files, today, and with the posts as they would go out; of the last only
    what nothing else tells of their place."""
    told = {(each.rule, each.place) for each in (*of_files, *of_today)}
    of_posts = (
        problem
        for action in plan.actions
        for problem in action.problems
        if problem.severity == "error" and (problem.rule, problem.place) not in told
    )
    return tuple(dict.fromkeys((*of_files, *of_today, *of_posts)))


def _foreword(seen: Seen, *, color: bool) -> str:
    """What stands above everything: the program and the settings that a change touches."""
    from runner.bugs import contained
    from runner.views.foreword import foreword, foreword_as_text

    change = seen.change
    if change is None:
        return ""
    made = contained(
        "showing", "the settings", lambda: foreword_as_text(foreword(change), color=color)
    )
    return made if isinstance(made, str) else f"What stands above all else {made.told}.\n"


def _made(
    format: Format, seen: Seen, outside: Outside, room: Room, *, everything: bool, color: bool
) -> str:
    from runner.cli.commands.preview_formats import Export, exported

    match format:
        case Format.MARKDOWN:
            return _as_markdown(seen, outside, room, everything=everything)
        case Format.TEXT:
            return _as_text(seen, everything=everything, color=color)
    return exported(
        Export(format.value),
        seen.plan,
        opened=seen.opened,
        problems=seen.problems,
        change=seen.change,
        everything=everything,
    )


def _as_text(seen: Seen, *, everything: bool, color: bool) -> str:
    from runner.views.terminal.change import change_as_text
    from runner.views.terminal.plan import plan_as_text

    if seen.change:
        return change_as_text(seen.change, seen.plan, everything=everything, color=color)
    return plan_as_text(seen.plan, everything=everything, color=color)


def _as_markdown(seen: Seen, outside: Outside, room: Room, *, everything: bool) -> str:
    from runner.views.markdown.bounded import comment, summary
    from runner.views.markdown.change import change_as_markdown
    from runner.views.markdown.plan import plan_as_markdown
    from runner.views.markdown.problems import wrong_of

    limit = (comment if room is Room.COMMENT else summary)(_rest(outside, room))
    wrong = wrong_of(seen.problems, seen.opened.sources, limit)
    if seen.change:
        return change_as_markdown(seen.change, seen.plan, limit, wrong, everything=everything)
    return plan_as_markdown(seen.plan, limit, wrong, everything=everything)


def _rest(outside: Outside, room: Room) -> str:
    """Where what does not fit can be read, as Markdown."""
    server, repository, run = (
        outside.environ.get(f"GITHUB_{name}") for name in ("SERVER_URL", "REPOSITORY", "RUN_ID")
    )
    if room is Room.COMMENT and server and repository and run:
        return f"see [the summary of the run]({server}/{repository}/actions/runs/{run})."
    return "`runner preview` on a machine shows everything."
