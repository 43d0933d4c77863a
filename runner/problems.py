"""What is wrong in a file, and where; and the errors that stop a run.

A problem carries a route, not a line: rules know `("posts", "launch", "text")`, and only the table of
the file they speak of knows where that stands. Problems are returned; exceptions stop the run.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from enum import StrEnum

Route = tuple[str | int, ...]


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A stretch of a file: lines and columns from 1, columns in code points, `end_column` exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a problem lies: a route into a YAML file, or a span of any file.

    `on_key` marks the key instead of its value. `inside` is (line, column), both from 1, within the
    text that the route leads to, for a mistake inside a template that stands in the YAML.
    """

    path: str
    route: Route = ()
    on_key: bool = False
    inside: tuple[int, int] | None = None
    span: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something wrong in a file: a stable kebab-case rule id, one line without a full stop, and the
    thing to do."""

    rule: str
    message: str
    place: Place
    help: str | None = None
    severity: Severity = Severity.ERROR


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A file as it was read, with the spans of its keys and values by route."""

    path: str
    text: str
    keys: Mapping[Route, Span] = field(default_factory=dict)
    values: Mapping[Route, Span] = field(default_factory=dict)
    texts: Mapping[Route, Span] = field(default_factory=dict)
    """Of the scalars that are written line by line: where their text proper begins."""

    def locate(self, place: Place) -> Span:
        """The span of a place; the nearest enclosing one when the place itself is not written."""
        if place.span:
            return place.span
        route = place.route
        if place.inside and route in self.texts:
            return self._inside(self.texts[route], *place.inside)
        if place.on_key and route in self.keys:
            return self.keys[route]
        while route not in self.values and route:
            route = route[:-1]
            if route in self.keys:
                return self.keys[route]
        return self.values.get(route, Span(line=1, column=1, end_line=1, end_column=2))

    def _inside(self, start: Span, line: int, column: int) -> Span:
        first = start.line + line - 1
        indent = start.column - 1
        at = indent + column
        return Span(line=first, column=at, end_line=first, end_column=at + 1)

    def line(self, number: int) -> str:
        """The source line, without its end; empty past the end of the file."""
        lines = self.text.splitlines()
        return lines[number - 1] if 0 < number <= len(lines) else ""


def closest(name: str, known: "list[str] | tuple[str, ...] | set[str] | frozenset[str]") -> str | None:
    """The known name that `name` was probably meant to be, or None."""
    # 0.7: at difflib's own 0.6 `tweet` would become `text`
    matches = get_close_matches(name.lower(), sorted(known), 1, 0.7)
    return matches[0] if matches else None


class Stop(Exception):  # noqa: N818 — it reads as what it does: it stops the run
    """Stops the run. `exit_code` is the process's; `help` the thing to do."""

    exit_code = 70

    def __init__(self, message: str, *, help: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.help = help


class BadFiles(Stop):
    """The files have problems, so nothing is published."""

    exit_code = 1


class BadUsage(Stop):
    """The command was called in a way that can't work."""

    exit_code = 2


class Refused(Stop):
    """X refused the credentials, the credit or the connection."""

    exit_code = 4


class LedgerUnusable(Stop):
    """The ledger could not be read or written; nothing is sent past it."""

    exit_code = 5
