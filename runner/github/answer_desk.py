"""Comments on issues that have something answered: who has written them, and what is said back."""

from collections.abc import Mapping, Sequence
from typing import Final
from urllib.parse import quote

from pydantic import JsonValue

from runner.github.api import Api, NotOnGitHub, moment
from runner.github.issues import IssueBoard, name_of
from runner.inbox import PersonsComment
from runner.value import Value

_WRITERS: Final = ("admin", "write")
"""GitHub says `write` of who may maintain, and `read` of who may triage
(https://docs.github.com/rest/collaborators/collaborators, read 2026-11-30)."""


class IssueAnswerDesk(Value):
    """Satisfies `runner.inbox.ports.AnswerDesk`. Methods raise Refused."""

    api: Api

    def name(self, number: int) -> str | None:
        """GET /issues/{number}."""
        try:
            found = self.api.call("GET", f"/issues/{number}")
        except NotOnGitHub:
            return None
        return name_of(found) if isinstance(found, dict) else None

    def comments(self, number: int) -> Sequence[PersonsComment]:
        """GET /issues/{number}/comments."""
        rows = self.api.list(f"/issues/{number}/comments")
        return [each for row in rows if (each := _by_a_person(row))]

    def may_write(self, author: str) -> bool:
        """Whether this author may write to the repository: GET
        /collaborators/{username}/permission."""
        try:
            found = self.api.call("GET", f"/collaborators/{quote(author, safe='')}/permission")
        except NotOnGitHub:
            return False
        return isinstance(found, dict) and found.get("permission") in _WRITERS

    def has_replied(self, number: int, name: str) -> bool:
        """Whether the issue has the comment of this name: GET /issues/{number}/comments."""
        return name in (self._board.comments(number) or {})

    def reply(self, number: int, name: str, text: str) -> None:
        """POST /issues/{number}/comments, or PATCH of the one of this name."""
        there = (self._board.comments(number) or {}).get(name, ())
        self._board.comment(number, name, text, over=next(iter(there), None))

    @property
    def _board(self) -> IssueBoard:
        return IssueBoard(self.api)


def _by_a_person(row: Mapping[str, JsonValue]) -> PersonsComment | None:
    """The comment, where GitHub says that a person has written it, and not an app."""
    user, id, text = (row.get(key) for key in ("user", "id", "body"))
    if not isinstance(user, dict) or user.get("type") != "User":
        return None
    author = user.get("login")
    if not (isinstance(author, str) and isinstance(id, int) and isinstance(text, str)):
        return None
    at = moment(row.get("created_at"))
    return PersonsComment(id=id, author=author, at=at, text=text) if at else None
