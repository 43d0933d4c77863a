"""Issues that each hold a conversation: opened, commented on, closed, and opened again."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import quote

from runner.github.api import Api, NotOnGitHub
from runner.github.issues import make_issue, marked, name_of
from runner.github.pull_requests import AUTHOR
from runner.inbox.ports import FoundIssue


@dataclass(frozen=True, slots=True)
class IssueBoard:
    """Satisfies `runner.inbox.ports.Board`. Methods raise Refused."""

    api: Api

    def issues(self, since: datetime) -> Mapping[str, FoundIssue]:
        """GET /issues, of those that were changed since then."""
        asked = (
            f"state=all&creator={quote(AUTHOR)}&since={since.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
        )
        found: dict[str, FoundIssue] = {}
        for row in self.api.list(f"/issues?{asked}"):
            name, number = name_of(row), row.get("number")
            if name and isinstance(number, int):
                found[name] = FoundIssue(number=number, is_open=row.get("state") == "open")
        return found

    def open(self, name: str, title: str, text: str) -> int:
        """POST /issues."""
        return make_issue(self.api, {"title": title, "body": marked(name, text)})

    def comments(self, number: int) -> Mapping[str, int] | None:
        """GET /issues/{number}/comments."""
        try:
            rows = list(self.api.list(f"/issues/{number}/comments"))
        except NotOnGitHub:
            return None
        return {
            name: id
            for row in rows
            if (name := name_of(row)) and isinstance(id := row.get("id"), int)
        }

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
        with suppress(NotOnGitHub):
            self.api.call("PATCH", f"/issues/{number}", body={"state": "closed"})

    def reopen(self, number: int) -> None:
        """PATCH /issues/{number}."""
        self.api.call("PATCH", f"/issues/{number}", body={"state": "open"})
