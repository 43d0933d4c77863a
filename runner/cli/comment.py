"""`runner comment`: Markdown as the one comment on the pull request of a workflow's run."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from runner.cli.outside import Outside, here
from runner.problems import BadUsage

if TYPE_CHECKING:
    from runner.github import Api


def command(
    file: Annotated[Path, typer.Argument(help="What it says, in Markdown.")],
) -> None:
    """Write a comment on the pull request that this workflow runs for, or edit the one there is.

    Needs GITHUB_TOKEN, which may write to pull requests.
    """
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


def _pull_request(outside: Outside) -> int:
    import json

    try:
        event = json.loads(Path(_variable(outside, "GITHUB_EVENT_PATH")).read_bytes())
        number = event["pull_request"]["number"]
    except (OSError, ValueError, KeyError, TypeError):
        number = None
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
