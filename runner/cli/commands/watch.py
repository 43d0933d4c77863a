"""`runner watch`: checks whether a workflow on GitHub still does its work."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Annotated

import typer

from runner.cli.context import CommandContext, here
from runner.cli.github_job import api_of, summarise
from runner.cli.inboxes import answered_within, conversations_of
from runner.cli.opened_project import inputs_of, open_project
from runner.cli.options import duration
from runner.durations import in_words
from runner.github import Api, enable, last_success
from runner.models import Project
from runner.views.phrases import count

WHAT_TO_DO = (
    "If its last run failed, see what it says. If none was started, start one by hand, and let "
    "something outside of GitHub start it from now on."
)


def command(
    workflow: Annotated[str, typer.Argument(help="Its file: post.yml.")] = "post.yml",
    alarm: Annotated[
        str, typer.Option("--alarm", help="How long it may go without a success: 12h.")
    ] = "12h",
    keep: Annotated[
        list[str] | None,
        typer.Option("--keep", help="Keep GitHub from switching this file off; may be repeated."),
    ] = None,
    inbox: Annotated[
        bool,
        typer.Option(
            "--inbox",
            help="Also when somebody waits for longer than `goals.answered-within`, or nobody "
            "listens.",
        ),
    ] = False,
) -> None:
    """Fail when a workflow has not succeeded for too long. For a workflow of its own, watch.yml.

    Needs GITHUB_TOKEN, which may read actions, and with --keep write to them. Outside of a workflow
    --inbox looks at the inbox alone.
    """
    context = here()
    code = 0
    if context.on_actions or not inbox:
        code = watch(context, workflow, alarm=duration(alarm), keep=keep or ())
    raise typer.Exit(max(code, watch_inboxes(context)) if inbox else code)


def watch(
    context: CommandContext, workflow: str, *, alarm: timedelta, keep: Sequence[str] = ()
) -> int:
    """Exits with 3 when it is time for the alarm. Raises BadUsage, Refused."""
    api = api_of(context)
    for file in keep:
        enable(api, file)
    said, code = _look(api, workflow, context.clock.now(), alarm)
    _tell(context, said)
    return code


def watch_inboxes(context: CommandContext) -> int:
    """Exits with 3 when somebody has waited for an answer for too long, as any account, or nobody
    listens any more. Raises BadFiles, LedgerUnusable."""
    project = inputs_of(open_project(context), context).project
    names = project.accounts if project.inbox else ()
    alarms = [each for name in names for each in _alarms(context, project, name)]
    for each in alarms:
        _tell(context, each)
    return 3 if alarms else 0


def _alarms(context: CommandContext, project: Project, account: str) -> Iterator[str]:
    now, within = context.clock.now(), answered_within(project)
    found = conversations_of(context, project, account)
    if within and (late := found.late(within, now)):
        waits = count(len(late), "mention waits", "mentions wait")
        longest = in_words(now - min(each.at for each in late))
        yield f"{account}: {waits} for longer than {in_words(within)}, up to {longest}."
    if found.inbox.is_silent(now.astimezone(UTC).date()):
        yield f"{account}: nobody has listened since {found.inbox.looked_on}. {WHAT_TO_DO}"


def _tell(context: CommandContext, said: str) -> None:
    context.say(said)
    summarise(context, f"{said}\n")


def _look(api: Api, workflow: str, now: datetime, alarm: timedelta) -> tuple[str, int]:
    last = last_success(api, workflow)
    if last is None:
        return f"{workflow} has never succeeded. {WHAT_TO_DO}", 3
    ago = f"{workflow} last succeeded {in_words(now - last)} ago"
    if now - last <= alarm:
        return f"{ago}.", 0
    return f"{ago}, which is too long. {WHAT_TO_DO}", 3
