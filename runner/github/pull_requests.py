"""Pull requests: which there are, opening one, and the one comment on each, made once and edited
from then on."""

from typing import Final
from urllib.parse import quote

from runner.github.api import Api
from runner.problems import Refused
from runner.value import Value

MARKER: Final = "<!-- campaign-runner: preview -->"
"""Its first line, which nobody sees, tells it from others."""
AUTHOR: Final = "github-actions[bot]"
"""Who a workflow's own token speaks as; the marker in anybody else's comment counts for nothing."""


def is_open(api: Api, number: int, *, head: str) -> bool:
    """Whether pull request `number` is open, and the commit `head` is what it proposes now. Raises
    Refused."""
    for pull in api.list("/pulls"):
        if pull.get("number") == number:
            at = pull.get("head")
            return isinstance(at, dict) and at.get("sha") == head
    return False


class PullRequest(Value, kw_only=True):
    """A pull request; `is_open` until it was merged or closed."""

    number: int
    is_open: bool


def pull_of(api: Api, branch: str) -> PullRequest | None:
    """The newest one that proposes this branch of the repository. Raises Refused."""
    owner = api.repository.partition("/")[0]
    for pull in api.list(f"/pulls?head={owner}:{quote(branch)}&state=all"):
        if isinstance(number := pull.get("number"), int):
            return PullRequest(number=number, is_open=pull.get("state") == "open")
    return None


def open_pull(api: Api, *, branch: str, into: str, title: str, text: str) -> int:
    """Opens one; gives its number. It starts no workflow where a workflow's own token opens it.
    Raises Refused."""
    body = {"head": branch, "base": into, "title": title, "body": text}
    made = api.call("POST", "/pulls", body=body)
    number = made.get("number") if isinstance(made, dict) else None
    if not isinstance(number, int):
        raise Refused("GitHub does not tell the number of the pull request that it opened")
    return number


def keep_comment(api: Api, number: int, text: str) -> None:
    """Makes the comment on pull request `number` say `text`. Raises Refused, also for a text of
    more than 65,536 characters."""
    body = {"body": f"{MARKER}\n{text}"}
    own = _own(api, number)
    if own is None:
        api.call("POST", f"/issues/{number}/comments", body=body)
    else:
        api.call("PATCH", f"/issues/comments/{own}", body=body)


def _own(api: Api, number: int) -> int | None:
    for comment in api.list(f"/issues/{number}/comments"):
        user, id, body = (comment.get(name) for name in ("user", "id", "body"))
        author = user.get("login") if isinstance(user, dict) else None
        if author == AUTHOR and isinstance(id, int) and str(body).startswith(MARKER):
            return id
    return None
