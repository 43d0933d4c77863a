"""`runner watch`: whether a workflow on GitHub still does its work."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from runner.cli.context import Outside, here

if TYPE_CHECKING:
    from runner.github import Api

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
    from runner.cli.durations import duration

    raise typer.Exit(watch(here(), workflow, alarm=duration(alarm), keep=keep or ()))


def watch(outside: Outside, workflow: str, *, alarm: timedelta, keep: Sequence[str] = ()) -> int:
    """Exits with 3 when it is time for the alarm. Raises BadUsage, Refused."""
    from runner.cli.commands.comment import api_of
    from runner.cli.job_summary import summarise
    from runner.github import enable

    api = api_of(outside)
    for file in keep:
        enable(api, file)
    said, code = _look(api, workflow, outside.clock.now(), alarm)
    outside.say(said)
    summarise(outside, f"{said}\n")
    return code


def _look(api: "Api", workflow: str, now: datetime, alarm: timedelta) -> tuple[str, int]:
    from runner.github import last_success
    from runner.views.phrases import stretch

    last = last_success(api, workflow)
    if last is None:
        return f"{workflow} has never succeeded. {WHAT_TO_DO}", 3
    ago = f"{workflow} last succeeded {stretch(now - last)} ago"
    if now - last <= alarm:
        return f"{ago}.", 0
    return f"{ago}, which is too long. {WHAT_TO_DO}", 3
