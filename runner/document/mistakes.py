"""One of pydantic's errors, and what the file has in its place."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from runner.document.levels import Data
from runner.document.shapes import Way
from runner.document.traps import quoted

LONGEST: Final = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """One of pydantic's errors, where it leads to, and what stands there."""

    type: str
    way: Way
    found: Data
    written: str
    """What stands there as the file writes it, where it is one line."""
    context: Mapping[str, Any]
    said: str
    expected: tuple[str, ...] = ()
    """The types of error that the members of a union gave, when all of them did."""

    @property
    def key(self) -> str:
        """The last key on its way; empty at the top of the file."""
        return next((step for step in reversed(self.way.route) if isinstance(step, str)), "")


def found(value: Data) -> str:
    """A value as a sentence names it."""
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
            return "a mapping"
    short = value if len(value) <= LONGEST else value[: LONGEST - 1].rstrip() + "…"
    return f"the text {quoted(short)}"
