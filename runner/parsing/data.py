"""Plain data: what a file holds, as it was read and while it is read, and what its scalars mean.

An unquoted scalar means what it does in the core schema of YAML 1.2, where people mean the same. A
number is what JSON calls one, without an exponent. Everything else is the text as it is written:
`12:30`, `no`, `2026-12-01`, and also `010`, `+371200`, `0x1F`, `1e5`, `1_000` and `.inf`, which the
core schema (or YAML 1.1) would turn into other numbers. Nobody writes a price in these ways, while
codes, times and telephone numbers do look like this, and a text keeps what the author sees. A field
that wants a number says so where it gets such a text.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import Final, Literal, TypeAlias

from yaml.events import Event

from runner.problems import Problem, Route
from runner.sources import Source
from runner.text import HIDDEN_CHARACTER
from runner.value import Value

Data: TypeAlias = "str | int | Decimal | bool | list[Data] | dict[str, Data] | None"
"""What a file holds: nothing but these types, whatever it says."""
Top = Literal["mapping", "list"]
TOPS: Final[dict[Top, type]] = {"mapping": dict, "list": list}
DEEPEST: Final = 32
"""Levels of nesting."""
MOST: Final = 30_000
"""Events of the parser in a file."""
Scalar = str | int | Decimal | bool | None
PLAIN: Final = (None, "")
"""The styles of an unquoted scalar."""
# longer runs of digits are ids; int() itself gives up at 4300
INTEGER: Final = re.compile(r"-?(0|[1-9][0-9]{0,39})")
FRACTION: Final = re.compile(r"-?(0|[1-9][0-9]{0,39})\.[0-9]{1,40}")
NUMBERS_BEGIN_WITH: Final = "-0123456789"
WORDS: Final[dict[str, bool | None]] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}


class Parsed(Value, kw_only=True):
    """A file as plain data. `data` is None where it could not be read; with problems it is only
    good for finding more of them."""

    data: Data
    source: Source
    problems: tuple[Problem, ...]
    written: int = 0
    """How many keys and values there are."""
    cuts: Mapping[Route, str | None] = MappingProxyType({})
    """Keys without a value that may be the rest of a text, which a comma ended: of the first one
    the whole text, of the others None."""

    @property
    def is_legible(self) -> bool:
        """Whether the data is what was meant, but for characters that nobody sees."""
        return self.data is not None and all(
            problem.rule == HIDDEN_CHARACTER for problem in self.problems
        )

    def at(self, route: Route) -> Data:
        """What stands at a route; None where nothing does."""
        data = self.data
        for step in route:
            if isinstance(data, dict) and isinstance(step, str):
                data = data.get(step)
            elif isinstance(data, list) and isinstance(step, int) and step < len(data):
                data = data[step]
            else:
                return None
        return data

    def entries(self, route: Route) -> Iterable[tuple[str, Data]]:
        """The keys and values of the mapping at a route; none where there is none."""
        mapping = self.at(route)
        return mapping.items() if isinstance(mapping, dict) else ()


@dataclass(slots=True, kw_only=True)
class Level:
    """A list or mapping that is being read. Without a route it is read and thrown away."""

    into: "list[Data] | dict[str, Data]"
    route: Route | None
    start: int
    column: int
    flow: bool
    key: str | None = None
    """The key whose value comes next; None when that value is thrown away."""
    awaits_value: bool = False
    last_text: tuple[str, int] | None = None
    """The scalar that was read last, as far as it was meant to go, and where that ends."""
    cut: Route | None = None
    """The first of the keys without a value that came right after it."""

    @property
    def awaits_key(self) -> bool:
        return isinstance(self.into, dict) and not self.awaits_value

    def begin(self, key: str | None) -> None:
        """A key was read; without one its value is thrown away."""
        self.awaits_value, self.key = True, key

    def note_scalar(self, text: str, end: int) -> None:
        """A scalar was read, which ends there."""
        self.last_text, self.cut = (text, end), None

    def take(self, value: Data) -> Route | None:
        """Put a value in its place. Returns its route, or None where it is not kept."""
        if isinstance(self.into, list):
            self.into.append(value)
            return None if self.route is None else (*self.route, len(self.into) - 1)
        self.awaits_value = False
        if self.route is None or self.key is None:
            return None
        self.into[self.key] = value
        return (*self.route, self.key)

    def correct(self, value: Data) -> None:
        """Replace the value taken last."""
        if isinstance(self.into, list):
            self.into[-1] = value
        elif self.key is not None:
            self.into[self.key] = value


def plain_value(plain: str) -> Scalar:
    """The value of an unquoted scalar. Fractions keep their digits: `59.90` is not `59.9`."""
    if plain in WORDS:
        return WORDS[plain]
    if plain[0] not in NUMBERS_BEGIN_WITH:
        return plain
    if INTEGER.fullmatch(plain):
        return int(plain)
    if FRACTION.fullmatch(plain):
        return Decimal(plain)
    return plain


def extent(event: Event) -> tuple[int, int]:
    """Where an event's text begins and ends. Marks count code points."""
    start, end = event.start_mark, event.end_mark
    return (start.index if start else 0), (end.index if end else 0)
