"""Pull requests: which are open, and the one comment on each, made once and edited from then on."""

from typing import Final

from runner.github.api import Api

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
