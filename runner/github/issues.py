"""Issues of the repository: one of a name, made once and edited from then on."""

from urllib.parse import quote

from runner.github.api import Api
from runner.github.pull_requests import AUTHOR
from runner.problems import Refused


def keep_issue(api: Api, *, name: str, title: str, text: str) -> int:
    """Makes the issue of this name say `text`, and gives its number; one that somebody has closed
    stays closed. Raises Refused, also for a text of more than 65,536 characters."""
    marker = f"<!-- campaign-runner: {name} -->"
    body = {"title": title, "body": f"{marker}\n{text}"}
    own = _own(api, marker)
    if own is not None:
        api.call("PATCH", f"/issues/{own}", body=body)
        return own
    made = api.call("POST", "/issues", body=body)
    number = made.get("number") if isinstance(made, dict) else None
    if not isinstance(number, int):
        raise Refused("GitHub does not tell the number of the issue that it opened")
    return number


def _own(api: Api, marker: str) -> int | None:
    """The number of what this has opened before; nobody else's marker counts."""
    for issue in api.list(f"/issues?state=all&creator={quote(AUTHOR)}"):
        user, number, body = (issue.get(key) for key in ("user", "number", "body"))
        author = user.get("login") if isinstance(user, dict) else None
        if author == AUTHOR and isinstance(number, int) and str(body).startswith(marker):
            return number
    return None
