"""`runner comment`: Markdown as the one comment on the pull request of a workflow's run."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from runner.cli.outside import Outside, here
from runner.problems import BadUsage

if TYPE_CHECKING:
    from pydantic import JsonValue

    from runner.github import Api


def command(
    file: Annotated[
        Path | None,
        typer.Argument(
            help="What it says, in Markdown. Leave it out in a workflow that runs after a fork’s "
            "Preview: then it quotes what that printed."
        ),
    ] = None,
) -> None:
    """Write a comment on the pull request that this workflow runs for, or edit the one there is.

    Needs GITHUB_TOKEN, which may write to pull requests; after a fork’s run, read actions, too.
    """
    if file is None:
        from runner.cli.fork_comment import comment_of_fork

        raise typer.Exit(comment_of_fork(here()))
    raise typer.Exit(comment(here(), file))


def comment(outside: Outside, file: Path) -> int:
    """Raises BadUsage where no pull request's workflow runs, Refused when GitHub says no."""
    from runner.github import keep_comment

    number = _pull_request(outside)
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


def _pull_request(outside: Outside) -> int:
    pull = event_of(outside, "pull_request")
    number = pull.get("number") if isinstance(pull, dict) else None
    if not isinstance(number, int):
        raise BadUsage("this workflow does not run for a pull request")
    return number


def _variable(outside: Outside, name: str) -> str:
    value = outside.environ.get(name, "").strip()
    if not value:
        raise BadUsage(
            f"{name} is not set", help="it is for a workflow on GitHub Actions; see preview.yml"
        )
    return value
