"""`runner comment`: Markdown as the one comment on the pull request of a workflow's run."""

from pathlib import Path
from typing import Annotated

import typer

from runner.cli.commands.comment_artifact import comment_of_what_was_left
from runner.cli.context import CommandContext, here
from runner.cli.github_job import api_of, event_of, pull_number
from runner.github import keep_comment
from runner.problems import BadUsage


def command(
    file: Annotated[
        Path | None,
        typer.Argument(
            help="What it says, in Markdown. Without it, the comment is what a job has left that "
            "may not write one itself, as that of Preview does."
        ),
    ] = None,
) -> None:
    """Write a comment on the pull request that this workflow runs for, or edit the one there is.

    Needs GITHUB_TOKEN, which may write to pull requests; without FILE, read actions, too.
    """
    if file is None:
        raise typer.Exit(comment_of_what_was_left(here()))
    raise typer.Exit(comment(here(), file))


def comment(context: CommandContext, file: Path) -> int:
    """Writes the file's text as the comment. Raises BadUsage where no pull request's workflow runs,
    Refused when GitHub says no."""
    number = pull_number(event_of(context, "pull_request"))
    if number is None:
        raise BadUsage("this workflow does not run for a pull request")
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise BadUsage(f"{file} can't be read") from None
    keep_comment(api_of(context), number, text)
    return 0
