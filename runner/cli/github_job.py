"""The job of GitHub Actions in which a command runs: its repository, token, event and summary."""

import json
import re
from pathlib import Path
from typing import Final

from pydantic import JsonValue

from runner.cli.context import CommandContext
from runner.git import Git
from runner.github import Api
from runner.problems import BadUsage

LONGEST = 1024 * 1024
"""Bytes of a step's summary; a longer one GitHub drops whole (Workflow commands, 2026-11-21)."""
FORM: Final = Path(".github/workflows/decide.yml")
_ON_GITHUB: Final = re.compile(
    r"(https://([^@/]+@)?|ssh://git@|git@)github\.com[:/](?P<repository>[\w.-]+/[\w.-]+?)(\.git)?/?"
)


def api_of(context: CommandContext) -> Api:
    """GitHub, as the workflow that runs may call it. Raises BadUsage elsewhere."""
    return Api(
        url=context.environ.get("GITHUB_API_URL", "https://api.github.com").rstrip("/"),
        repository=_variable(context, "GITHUB_REPOSITORY"),
        token=_variable(context, "GITHUB_TOKEN"),
    )


def can_be_asked(context: CommandContext) -> bool:
    """Whether a workflow, or a person, has said which repository on GitHub, and with which
    token."""
    return all(context.environ.get(name) for name in ("GITHUB_REPOSITORY", "GITHUB_TOKEN"))


def decision_form(context: CommandContext) -> str | None:
    """The address of the form of decide.yml, where the repository has it and is on GitHub."""
    if not (context.root / FORM).is_file():
        return None
    server, repository = (context.environ.get(f"GITHUB_{x}") for x in ("SERVER_URL", "REPOSITORY"))
    if not (server and repository):
        url = Git(context.root, context.environ).answer("remote", "get-url", "origin") or ""
        found = _ON_GITHUB.fullmatch(url)
        server, repository = "https://github.com", found and found["repository"]
    return f"{server}/{repository}/actions/workflows/{FORM.name}" if repository else None


def event_of(context: CommandContext, name: str) -> JsonValue:
    """What GitHub says of the thing called `name` for which the workflow runs; None where it runs
    for another. Raises BadUsage outside of a workflow."""
    try:
        event = json.loads(Path(_variable(context, "GITHUB_EVENT_PATH")).read_bytes())
    except (OSError, ValueError):
        return None
    return event.get(name) if isinstance(event, dict) else None


def pull_number(pull: JsonValue) -> int | None:
    """The number of a pull request, as an event has it."""
    number = pull.get("number") if isinstance(pull, dict) else None
    return number if isinstance(number, int) else None


def summarise(context: CommandContext, markdown: str) -> None:
    """Adds Markdown to the job's summary, where a job runs; does nothing elsewhere."""
    path = context.environ.get("GITHUB_STEP_SUMMARY")
    if not path or not context.on_actions:
        return
    data = context.confidential.without_secrets(markdown).encode(errors="backslashreplace")
    try:
        with Path(path).open("ab") as file:
            fits = file.tell() + len(data) <= LONGEST
            if fits:
                file.write(data)
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        context.tell(f"This job's summary can't be written ({why}); it would say what stands here.")
        return
    if not fits:
        context.tell("This job's summary is full; what it would say stands above.")


def _variable(context: CommandContext, name: str) -> str:
    value = context.environ.get(name, "").strip()
    if not value:
        raise BadUsage(
            f"{name} is not set", help="it is for a workflow on GitHub Actions; as in preview.yml"
        )
    return value
