"""What is wrong in a file, and where; and the errors that stop a run.

A problem carries a route, not a line: rules know `("posts", "launch", "text")`, and only the table
of the file they speak of knows where that stands. Problems are returned; exceptions stop the run.
"""

import re
from collections.abc import Iterable
from decimal import Decimal
from difflib import get_close_matches
from enum import StrEnum
from typing import Final
from unicodedata import normalize

from runner.value import Value

Route = tuple[str | int, ...]
LONGEST_QUOTE: Final = 60
LONGEST_VALUE: Final = 40
LONGEST_NAME: Final = 256
"""Characters of what may be a name: the longest that a file can have."""
LONGEST_END: Final = 24
"""Characters of the first and of the last words of a long text."""


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"


class Span(Value, kw_only=True):
    """A stretch of a file. Lines and columns count from 1, in code points; `end_column` is the one
    after the last."""

    line: int
    column: int
    end_line: int
    end_column: int

    @property
    def start(self) -> tuple[int, int]:
        """The line and the column where it begins."""
        return self.line, self.column


class Place(Value, kw_only=True):
    """Where a problem lies: a route into a YAML file, or a span of any file.

    `on_key` marks the key instead of its value. `inside` is (line, column), both from 1, within the
    text that the route leads to, for a mistake inside a template that stands in the YAML; column 0
    marks the line as a whole.
    """

    path: str
    route: Route = ()
    on_key: bool = False
    inside: tuple[int, int] | None = None
    span: Span | None = None

    @property
    def part(self) -> tuple[str, Route]:
        """The file, and the route to the post in it, else to the part or the list, that has it."""
        depth = 2 if self.route[:1] == ("posts",) else 1
        within = self.route and isinstance(self.route[0], str)
        return self.path, self.route[:depth] if within else ()


class Problem(Value, kw_only=True):
    """Something wrong in a file: a stable kebab-case rule id, one line without a full stop, and the
    thing to do."""

    rule: str
    message: str
    place: Place
    help: str | None = None
    severity: Severity = Severity.ERROR


class Suggestion(Value):
    """The name that was probably meant. As a text it is the thing to do; `scope` is what stands
    behind the name in it."""

    name: str
    scope: str = ""

    def __str__(self) -> str:
        name = self.name if self.name.startswith("@") else f"`{self.name}`"
        return f"did you mean {name}{self.scope}?"


class Message(Value):
    """What is wrong, made where that is known: a stable kebab-case rule id, one line without a full
    stop, and the thing to do."""

    rule: str
    text: str
    help: str | Suggestion | None = None

    def at(self, place: Place, severity: Severity = Severity.ERROR) -> Problem:
        help = None if self.help is None else str(self.help)
        return Problem(rule=self.rule, message=self.text, place=place, help=help, severity=severity)


class InvalidValue(ValueError):
    """Raised where a value can't be taken, with the message.

    `line` and `column` say where in its text, from 1. `below` leads from the value to what is
    wrong in it: to the key there, or with `on_key` off to that key's value.
    """

    def __init__(
        self,
        rule: str,
        text: str,
        help: str | Suggestion | None = None,
        *,
        column: int | None = None,
        line: int = 1,
        below: Route = (),
        on_key: bool = True,
    ) -> None:
        super().__init__(text)
        self.message = Message(rule, text, help)
        self.line = line
        self.column = column
        self.below = below
        self.on_key = on_key


def closest(name: str, known: Iterable[str]) -> str | None:
    """The known name that `name` was probably meant to be, or None: what is longer than a name is
    compared with none."""
    if len(name) > LONGEST_NAME:
        return None
    # 0.7: at difflib's own 0.6 `tweet` would become `text`
    matches = get_close_matches(name.lower(), sorted(known), 1, 0.7)
    return matches[0] if matches else None


def suggest(name: str, known: Iterable[str]) -> Suggestion | None:
    """The known name that `name` was probably meant to be, to be offered as the thing to do."""
    near = closest(name, known)
    return Suggestion(near) if near else None


def id_of(text: str) -> str:
    """The id that is most like a text; empty where nothing of it can stand in one."""
    plain = normalize("NFKD", text[:LONGEST_NAME]).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:64].rstrip("-")


def kebab_case(key: str) -> str:
    """A key as our keys are written."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", key.strip())
    return spaced.replace("_", "-").replace(" ", "-").lower()


def quoted(text: str) -> str:
    """The text in quotes, as YAML reads it back; cut where it is long."""
    if len(text) > LONGEST_QUOTE:
        text = text[:LONGEST_QUOTE].rstrip() + "…"
    if '"' not in text and "\\" not in text:
        return f'"{text}"'
    if "'" not in text:
        return f"'{text}'"
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def in_quotes(text: str) -> str:
    """The text in quotes, whole; where it is long, which quote to put where, since who copied a
    part of it would lose the rest."""
    if len(text) <= LONGEST_QUOTE:
        return quoted(text)
    mark = '"' if '"' not in text and "\\" not in text else "'"
    first, last = text[:LONGEST_END].rsplit(" ", 1)[0], text[-LONGEST_END:].split(" ", 1)[-1]
    doubled = ", and `''` for each `'` in it" if mark == "'" and "'" in text else ""
    return f"`{mark}` before `{first}` and behind `{last}`{doubled}"


def named(value: object) -> str:
    """A value of a file as a sentence names it."""
    match value:
        case None:
            return "nothing"
        case bool():
            return f"`{str(value).lower()}`"
        case int() | Decimal():
            return f"the number {value}"
        case list():
            return "a list"
        case dict():
            return "keys with values"
    text = str(value)
    short = text if len(text) <= LONGEST_VALUE else text[: LONGEST_VALUE - 1].rstrip() + "…"
    return f"the text {quoted(short)}"


def joined(words: Iterable[str], joint: str = "and") -> str:
    """`a`, `b` and `c`."""
    *most, last = (f"`{word}`" for word in words)
    return f"{', '.join(most)} {joint} {last}" if most else last


class Stop(Exception):
    """Stops the run. `exit_code` is the process's; `help` the thing to do."""

    exit_code = 70

    def __init__(self, message: str, *, help: str | Suggestion | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.help = None if help is None else str(help)


class BadFiles(Stop):
    """The files have problems that stand in the way."""

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


class LedgerOutOfReach(LedgerUnusable):
    """The ledger may be all right, but not from here: no network, no permission, another's."""
