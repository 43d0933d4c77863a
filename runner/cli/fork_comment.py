"""`runner comment` after a fork's Preview, whose own token may not write one.

The run that went before was a stranger's, and so is all that it left. GitHub says which commit it
ran for; the rest is checked against that, or quoted.
"""

import re
from typing import TYPE_CHECKING, Final

from runner.cli.comment import api_of, event_of
from runner.cli.outside import Outside
from runner.problems import BadUsage

if TYPE_CHECKING:
    from runner.github import Api, Artifact

MOST: Final = 256 * 1024
"""Bytes of a text that are read. A comment holds a quarter of it."""
_NAME: Final = re.compile(r"pull-([1-9][0-9]{0,8})\.txt", re.ASCII)
"""What preview.yml calls it: the number of the pull request is in it."""


def comment_of_fork(outside: Outside) -> int:
    """Quotes what the run printed; whatever else a stranger may have left only makes it say why it
    does not. Raises BadUsage where no run went before, Refused when GitHub says no."""
    run, head = _run(outside)
    outside.say(_comment(api_of(outside), run, head, f"{_repository(outside)}/actions/runs/{run}"))
    return 0


def _comment(api: "Api", run: int, head: str, url: str) -> str:
    from runner.github import is_open, keep_comment, text_of
    from runner.views.fork_markdown import fork_as_markdown

    left = _left(api, run)
    if left is None:
        return "No comment: the run has not left one text for one pull request."
    artifact, number = left
    if not is_open(api, number, head=head):
        return f"No comment: the run was not for what pull request {number} proposes now."
    text = text_of(api, artifact, most=MOST)
    if text is None:
        return f"No comment: the run has left more than {MOST:,} bytes."
    keep_comment(api, number, fork_as_markdown(text, url))
    return f"Commented on pull request {number}."


def _left(api: "Api", run: int) -> "tuple[Artifact, int] | None":
    from runner.github import artifacts

    named = [(each, _NAME.fullmatch(each.name)) for each in artifacts(api, run)]
    found = [(each, int(name[1])) for each, name in named if name]
    return found[0] if len(found) == 1 else None


def _run(outside: Outside) -> tuple[int, str]:
    run = event_of(outside, "workflow_run")
    id, head = (run.get("id"), run.get("head_sha")) if isinstance(run, dict) else (None, None)
    if not isinstance(id, int) or not isinstance(head, str):
        raise BadUsage(
            "this workflow does not run after another", help="name the file with the comment"
        )
    return id, head


def _repository(outside: Outside) -> str:
    environ = outside.environ
    server = environ.get("GITHUB_SERVER_URL", "https://github.com")
    return f"{server}/{environ.get('GITHUB_REPOSITORY', '')}"
