"""`runner comment`: Markdown as the one comment on the pull request of a workflow's run."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from runner.cli.context import Outside, here
from runner.problems import BadUsage

if TYPE_CHECKING:
    from pydantic import JsonValue

    from runner.github import Api


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
        from runner.cli.commands.comment_artifact import comment_of_what_was_left

        raise typer.Exit(comment_of_what_was_left(here()))
    raise typer.Exit(comment(here(), file))


def comment(outside: Outside, file: Path) -> int:
    """Raises BadUsage where no pull request's workflow runs, Refused when GitHub says no."""
    from runner.github import keep_comment

    number = number_of(event_of(outside, "pull_request"))
    if number is None:
        raise BadUsage("this workflow does not run for a pull request")
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise BadUsage(f"{file} can't be read") from None
    keep_comment(api_of(outside), number, text)
    return 0


def api_of(outside: Outside) -> "Api":
    """GitHub, as the workflow that runs may call it. Raises BadUsage elsewhere."""
    from runner.github import Api

    return Api(
        url=outside.environ.get("GITHUB_API_URL", "https://api.github.com").rstrip("/"),
        repository=_variable(outside, "GITHUB_REPOSITORY"),
        token=_variable(outside, "GITHUB_TOKEN"),
    )


def event_of(outside: Outside, name: str) -> "JsonValue":
    """What GitHub says of the thing called `name` for which the workflow runs; None where it runs
    for another. Raises BadUsage outside of a workflow."""
    import json

    try:
        event = json.loads(Path(_variable(outside, "GITHUB_EVENT_PATH")).read_bytes())
    except (OSError, ValueError):
        return None
    return event.get(name) if isinstance(event, dict) else None


def number_of(pull: "JsonValue") -> int | None:
    """The number of a pull request, as an event has it."""
    number = pull.get("number") if isinstance(pull, dict) else None
    return number if isinstance(number, int) else None


def _variable(outside: Outside, name: str) -> str:
    value = outside.environ.get(name, "").strip()
    if not value:
        raise BadUsage(
            f"{name} is not set", help="it is for a workflow on GitHub Actions; as in preview.yml"
        )
    return value
