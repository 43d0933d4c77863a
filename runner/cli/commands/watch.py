"""`runner watch`: whether a workflow on GitHub still does its work."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Annotated

import typer

from runner.cli.context import CommandContext, here
from runner.cli.github_job import api_of, summarise
from runner.cli.options import duration
from runner.durations import in_words
from runner.github import Api, enable, last_success

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
) -> None:
    """Fail when a workflow has not succeeded for too long. For a workflow of its own, watch.yml.

    Needs GITHUB_TOKEN, which may read actions, and with --keep write to them.
    """
    raise typer.Exit(watch(here(), workflow, alarm=duration(alarm), keep=keep or ()))


def watch(
    context: CommandContext, workflow: str, *, alarm: timedelta, keep: Sequence[str] = ()
) -> int:
    """Exits with 3 when it is time for the alarm. Raises BadUsage, Refused."""
    api = api_of(context)
    for file in keep:
        enable(api, file)
    said, code = _look(api, workflow, context.clock.now(), alarm)
    context.say(said)
    summarise(context, f"{said}\n")
    return code


def _look(api: Api, workflow: str, now: datetime, alarm: timedelta) -> tuple[str, int]:
    last = last_success(api, workflow)
    if last is None:
        return f"{workflow} has never succeeded. {WHAT_TO_DO}", 3
    ago = f"{workflow} last succeeded {in_words(now - last)} ago"
    if now - last <= alarm:
        return f"{ago}.", 0
    return f"{ago}, which is too long. {WHAT_TO_DO}", 3
