"""A model of GitHub's issues below the real code that asks it, and what goes wrong on the way."""

import json
import re
from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import UTC, datetime
from random import Random
from typing import Any, Final
from urllib.parse import parse_qs, unquote, urlsplit

from pydantic import JsonValue

from runner.github import Api
from runner.problems import Refused
from tests.simulation.process import Process

BOT: Final = "github-actions[bot]"
REFUSALS: Final = (403, 404, 410, 429, 500, 502, 503)
FAULTS: Final = ("lost-request", "lost-answer", "twice", "refused", "502-done")
GONE: Final[tuple[int, JsonValue]] = (410, {"message": "This issue was deleted"})
NOT_FOUND: Final[tuple[int, JsonValue]] = (404, {"message": "Not Found"})
Row = dict[str, Any]


@dataclass
class ModelGitHub:
    """A private repository. Numbers and ids are never used again."""

    clock: Callable[[], datetime]
    people: Mapping[str, str]
    """What each may do."""
    issues: dict[int, Row] = field(default_factory=dict)
    comments: dict[int, Row] = field(default_factory=dict)
    opened: list[tuple[str, int]] = field(default_factory=list)
    """The name and number of each issue that was ever opened."""
    _last: int = 100

    # --- what people do by hand

    def says(self, author: str, text: str, *, on: int) -> int:
        """Somebody comments; the comment's id."""
        return self._comment(on, author, "User", text)["id"]

    def delete_issue(self, number: int) -> None:
        del self.issues[number]
        self.comments = {id: row for id, row in self.comments.items() if row["on"] != number}

    def set_state(self, number: int, state: str) -> None:
        by = {"closed_by": {"login": "marta"}} if state == "closed" else {}
        self.issues[number] |= {"state": state, **by, "updated_at": self._now()}

    # --- what is asked of it

    def answer(self, method: str, asked: str, body: Row) -> tuple[int, JsonValue]:
        """As GitHub answers; `asked` begins below the repository."""
        url = urlsplit(asked)
        query = {name: values[0] for name, values in parse_qs(url.query).items()}
        status, found = self._routed(method, url.path.strip("/").split("/"), query, body)
        return status, deepcopy(found)

    def _routed(
        self, method: str, path: list[str], query: Mapping[str, str], body: Row
    ) -> tuple[int, Any]:
        match method, path:
            case "GET", [""]:
                return 200, {"private": True, "default_branch": "main"}
            case "GET", ["collaborators", who, "permission"]:
                may = self.people.get(unquote(who))
                return (200, {"permission": may}) if may else NOT_FOUND
            case "GET", ["issues"]:
                return 200, self._page(self._listed(query), query)
            case "POST", ["issues"]:
                return 201, self._open(body)
            case _, ["issues", "comments", id]:
                return self._one_comment(method, int(id), body)
            case _, ["issues", number, *rest]:
                if int(number) not in self.issues:
                    return GONE
                return self._one_issue(method, int(number), rest, query, body)
        raise AssertionError(f"the model has no route {method} {path}")

    def _listed(self, query: Mapping[str, str]) -> list[Row]:
        """Newest first."""
        since, state = query.get("since", ""), query.get("state", "open")
        return [
            row
            for row in reversed(self.issues.values())
            if row["updated_at"] >= since and state in ("all", row["state"])
        ]

    def _page(self, rows: list[Row], query: Mapping[str, str]) -> list[Row]:
        size, page = int(query["per_page"]), int(query["page"])
        return rows[size * (page - 1) : size * page]

    def _open(self, body: Row) -> Row:
        self._last += 1
        row = {"number": self._last, "user": {"login": BOT}, "state": "open", **body}
        row["updated_at"] = self._now()
        self.issues[self._last] = row
        name = re.match(r"<!-- campaign-runner: (.+?) -->", body["body"])
        assert name, "an issue of the runner has a name"
        self.opened.append((name[1], self._last))
        return row

    def _one_issue(
        self, method: str, number: int, rest: list[str], query: Mapping[str, str], body: Row
    ) -> tuple[int, Any]:
        match method, rest:
            case "GET", []:
                return 200, self.issues[number]
            case "PATCH", []:
                by = {"closed_by": {"login": BOT}} if body.get("state") == "closed" else {}
                self.issues[number] |= {**body, **by, "updated_at": self._now()}
                return 200, self.issues[number]
            case "GET", ["comments"]:
                return 200, self._page(self.below(number), query)
            case "POST", ["comments"]:
                return 201, self._comment(number, BOT, "Bot", body["body"])
            case "POST", ["labels"]:
                labels = self.issues[number]["labels"]
                labels += [each for each in body["labels"] if each not in labels]
                return 200, labels
        raise AssertionError(f"the model has no route {method} {rest} of an issue")

    def _one_comment(self, method: str, id: int, body: Row) -> tuple[int, Any]:
        if id not in self.comments:
            return NOT_FOUND
        if method == "DELETE":
            return 204, self.comments.pop(id) and None
        assert method == "PATCH"
        self.comments[id] |= body
        return 200, self.comments[id]

    def _comment(self, on: int, author: str, type: str, text: str) -> Row:
        self._last += 1
        user = {"login": author, "type": type}
        row = {"id": self._last, "on": on, "user": user, "body": text, "created_at": self._now()}
        self.comments[self._last] = row
        self.issues[on]["updated_at"] = self._now()
        return row

    def _now(self) -> str:
        return f"{self.clock().astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"

    # --- what a judge sees

    def below(self, number: int) -> list[Row]:
        """The comments on an issue, oldest first."""
        return [row for row in self.comments.values() if row["on"] == number]

    def kept(self) -> str:
        return json.dumps([list(self.issues.values()), list(self.comments.values())])


@dataclass(frozen=True, slots=True, kw_only=True)
class GitHubLine(Api):
    """The API as one process calls it."""

    github: ModelGitHub
    process: Process
    chance: Random
    failing: Callable[[], float]
    """The share of calls that go wrong now."""
    told: Callable[[str], object]
    """Notes what has gone wrong."""

    def _answer(
        self,
        method: str,
        route: str,
        body: Mapping[str, JsonValue] | None,
        params: Mapping[str, int | str] | None,
    ) -> tuple[int, JsonValue]:
        more = "&".join(f"{name}={value}" for name, value in (params or {}).items())
        asked = f"{route}{'&' if '?' in route else '?'}{more}"
        do: Callable[[], tuple[int, JsonValue]] = lambda: self.github.answer(  # noqa: E731
            method, asked, dict(body or {})
        )
        what = f"{method} {route.partition('?')[0]}"
        takes = self.chance.choice([0.1, 0.3, 1.0, 5.0])
        if self.chance.random() >= self.failing():
            return self.process.effect(what, do, takes=takes)
        fault = self.chance.choice(FAULTS)
        self.process.hurt = True
        self.process.tell(f"{self.process.name} {what}: {fault}")
        self.told(fault)
        return self.process.effect(what, lambda: self._wrong(fault, do), takes=takes)

    def _wrong(self, fault: str, do: Callable[[], tuple[int, JsonValue]]) -> tuple[int, JsonValue]:
        if fault == "refused":
            return self.chance.choice(REFUSALS), {"message": "No"}
        if fault == "lost-request":
            raise Refused("GitHub gave no answer that can be read (ConnectTimeout)")
        do()
        if fault == "lost-answer":
            raise Refused("GitHub gave no answer that can be read (ReadTimeout)")
        return do() if fault == "twice" else (502, {"message": "Server Error"})
