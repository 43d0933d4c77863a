"""`runner comment`: writes Markdown as the runner's one comment on a pull request. The text comes
from a file, or from a job that ran the pull request's code and so may not write comments itself.

What such a job left may be anybody's. GitHub says for which commit, pull request and repository it
ran; the rest is checked against that, and shown so that it can do no harm.
"""

import re
from pathlib import Path
from typing import Annotated, Final

import typer
from pydantic import JsonValue

from runner.cli.context import CommandContext, here
from runner.cli.github_job import api_of, event_of, pull_number
from runner.github import Api, Artifact, artifacts, is_open, keep_comment, text_of
from runner.problems import BadUsage
from runner.value import Value
from runner.views.markdown.bounded import fork_as_markdown, own_as_markdown

MOST: Final = 256 * 1024
"""Bytes of a text that are read at most. A comment holds a quarter of that."""
_NAME: Final = re.compile(r"pull-([1-9][0-9]{0,8})\.(txt|md)", re.ASCII)
"""The name that preview.yml gives an artifact, with the number of the pull request in it."""


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


class _Run(Value, kw_only=True):
    """The run of a workflow that left a text, as GitHub describes it; `number` is that of the pull
    request, where GitHub tells it."""

    id: int
    head: str
    ending: str
    number: int | None = None


def comment_of_what_was_left(context: CommandContext) -> int:
    """Comments on a pull request with what a run left for it, or says why not. Raises BadUsage
    where no run left anything, Refused when GitHub says no."""
    run = _this_run(context) or _run_before(context)
    context.say(_comment(api_of(context), run, f"{_repository(context)}/actions/runs/{run.id}"))
    return 0


def _comment(api: Api, run: _Run, url: str) -> str:
    """Writes the comment, unless the run has left none; a sentence about what was done."""
    left = _left_artifact(api, run)
    if left is None:
        return "No comment: the run has not left one text for one pull request."
    artifact, number = left
    if not is_open(api, number, head=run.head):
        return f"No comment: the run was not for what pull request {number} proposes now."
    text = text_of(api, artifact, most=MOST)
    if text is None:
        return f"No comment: the run has left more than {MOST:,} bytes."
    as_markdown = fork_as_markdown if run.number is None else own_as_markdown
    keep_comment(api, number, as_markdown(text, url))
    return f"Commented on pull request {number}."


def _left_artifact(api: Api, run: _Run) -> tuple[Artifact, int] | None:
    """The one text that the run has left, and the number of its pull request; None where there are
    several, or none."""
    named = [(each, _NAME.fullmatch(each.name)) for each in artifacts(api, run.id)]
    found = [(each, int(name[1])) for each, name in named if name and name[2] == run.ending]
    if len(found) != 1 or run.number not in (None, found[0][1]):
        return None
    return found[0]


def _this_run(context: CommandContext) -> _Run | None:
    """This run itself, in which another job has left the text: for a branch of this repository."""
    run = context.environ.get("GITHUB_RUN_ID", "")
    number, commit = _pull(context)
    if number is None or not isinstance(commit, str) or not run.isdecimal():
        return None
    return _Run(id=int(run), head=commit, ending="md", number=number)


def _pull(context: CommandContext) -> tuple[int | None, JsonValue]:
    """The pull request that the workflow runs for, and the commit that it proposes; also where
    `runner draw` has started the workflow for it."""
    pull, inputs = event_of(context, "pull_request"), event_of(context, "inputs")
    given = inputs.get("pull") if isinstance(inputs, dict) else None
    if isinstance(given, str) and given.isdecimal():
        return int(given), context.environ.get("GITHUB_SHA")
    head = pull.get("head") if isinstance(pull, dict) else None
    return pull_number(pull), head.get("sha") if isinstance(head, dict) else None


def _run_before(context: CommandContext) -> _Run:
    """The run after which GitHub has started this one: for a fork's branch."""
    run = event_of(context, "workflow_run")
    id, head = (run.get("id"), run.get("head_sha")) if isinstance(run, dict) else (None, None)
    if not isinstance(id, int) or not isinstance(head, str):
        raise BadUsage(
            "this workflow does not run after another", help="name the file with the comment"
        )
    return _Run(id=id, head=head, ending="txt")


def _repository(context: CommandContext) -> str:
    environ = context.environ
    server = environ.get("GITHUB_SERVER_URL", "https://github.com")
    return f"{server}/{environ.get('GITHUB_REPOSITORY', '')}"
