"""Issues of the repository: one of a name, made once and edited from then on."""

import re
from collections.abc import Mapping
from typing import Final
from urllib.parse import quote

from pydantic import JsonValue

from runner.github.api import Api
from runner.github.pull_requests import AUTHOR
from runner.problems import Refused

_MARKER: Final = re.compile(r"<!-- campaign-runner: (.+?) -->\n")


def keep_issue(api: Api, *, name: str, title: str, text: str) -> int:
    """Makes the issue of this name say `text`, and gives its number; one that somebody has closed
    stays closed. Raises Refused, also for a text of more than 65,536 characters."""
    body: dict[str, JsonValue] = {"title": title, "body": marked(name, text)}
    for issue in api.list(f"/issues?state=all&creator={quote(AUTHOR)}"):
        if name_of(issue) == name and isinstance(number := issue.get("number"), int):
            api.call("PATCH", f"/issues/{number}", body=body)
            return number
    return make_issue(api, body)


def make_issue(api: Api, body: Mapping[str, JsonValue]) -> int:
    """Opens an issue; its number. Raises Refused."""
    made = api.call("POST", "/issues", body=body)
    number = made.get("number") if isinstance(made, dict) else None
    if not isinstance(number, int):
        raise Refused("GitHub does not tell the number of the issue that it opened")
    return number


def marked(name: str, text: str) -> str:
    """The text of an issue or of a comment that is found again by its name; nobody sees that."""
    return f"<!-- campaign-runner: {name} -->\n{text}"


def name_of(row: Mapping[str, JsonValue]) -> str | None:
    """The name of an issue or of a comment; nobody else's marker counts."""
    user = row.get("user")
    author = user.get("login") if isinstance(user, dict) else None
    found = _MARKER.match(str(row.get("body"))) if author == AUTHOR else None
    return found[1] if found else None
