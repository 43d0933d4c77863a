"""Issues: one of a name, edited from then on; those that each hold a conversation: opened,
commented on, closed, and opened again."""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Final
from urllib.parse import quote

from pydantic import JsonValue

from runner.github.api import Api, NotOnGitHub
from runner.github.pull_requests import AUTHOR
from runner.inbox import FoundIssue
from runner.problems import Refused
from runner.value import Value

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


class IssueBoard(Value):
    """Satisfies `runner.inbox.ports.Board`. Methods raise Refused."""

    api: Api

    def issues(self, since: datetime | None) -> Mapping[str, Sequence[FoundIssue]]:
        """GET /issues, of those that are open, and of those that were changed since then."""
        asked = ["state=open"]
        if since:
            asked.append(f"state=all&since={since.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}")
        found: dict[str, dict[int, FoundIssue]] = {}
        for query in asked:
            for row in self.api.list(f"/issues?creator={quote(AUTHOR)}&{query}"):
                name, number = name_of(row), row.get("number")
                if name and isinstance(number, int):
                    issue = FoundIssue(number=number, is_open=row.get("state") == "open")
                    found.setdefault(name, {})[number] = issue
        return {name: [each[n] for n in sorted(each)] for name, each in found.items()}

    def was_closed_by_a_person(self, number: int) -> bool:
        """Whether a person, not the runner, has closed the issue, or deleted it: GET
        /issues/{number}."""
        try:
            found = self.api.call("GET", f"/issues/{number}")
        except NotOnGitHub:
            return True
        told = found if isinstance(found, dict) else {}
        by = told.get("closed_by")
        is_ours = isinstance(by, dict) and by.get("login") == AUTHOR
        return told.get("state") != "open" and not is_ours

    def open(self, name: str, title: str, text: str, labels: Sequence[str]) -> int:
        """POST /issues. GitHub makes a label that the repository lacks, in grey, and leaves one
        that it has as it is (https://github.com/github/docs/issues/35718, read 2026-11-30)."""
        said = {"title": title, "body": marked(name, text)}
        return make_issue(self.api, {**said, "labels": list[JsonValue](labels)})

    def label(self, number: int, labels: Sequence[str]) -> None:
        """POST /issues/{number}/labels, which does the same with those that are lacking."""
        named = list[JsonValue](labels)
        self.api.call("POST", f"/issues/{number}/labels", body={"labels": named})

    def comments(self, number: int) -> Mapping[str, Sequence[int]] | None:
        """GET /issues/{number}/comments."""
        found: dict[str, list[int]] = {}
        try:
            for row in self.api.list(f"/issues/{number}/comments"):
                if (name := name_of(row)) and isinstance(id := row.get("id"), int):
                    found.setdefault(name, []).append(id)
        except NotOnGitHub:
            if self._is_there(number):
                raise
            return None
        return found

    def comment(self, number: int, name: str, text: str, *, over: int | None) -> None:
        """POST /issues/{number}/comments, or PATCH of the one that it replaces."""
        body = {"body": marked(name, text)}
        if over is None:
            self.api.call("POST", f"/issues/{number}/comments", body=body)
        else:
            self.api.call("PATCH", f"/issues/comments/{over}", body=body)

    def remove_comment(self, id: int) -> None:
        """DELETE /issues/comments/{id}."""
        self.api.call("DELETE", f"/issues/comments/{id}")

    def close(self, number: int) -> None:
        """PATCH /issues/{number}; one that is not there any more is closed enough."""
        try:
            self.api.call("PATCH", f"/issues/{number}", body={"state": "closed"})
        except NotOnGitHub:
            if self._is_there(number):
                raise

    def reopen(self, number: int) -> None:
        """PATCH /issues/{number}."""
        self.api.call("PATCH", f"/issues/{number}", body={"state": "open"})

    def _is_there(self, number: int) -> bool:
        """Whether an issue is there after all, of which GitHub has just said that something is not:
        it says so of what may not be done, too."""
        try:
            self.api.call("GET", f"/issues/{number}")
        except NotOnGitHub:
            return False
        return True
