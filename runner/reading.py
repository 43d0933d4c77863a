"""Reading X, which costs money: what is not read, and why a run that reads ends before its end."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Final, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class NotRead:
    """X, or the beacon, could not be asked. Nothing is known, and nothing is lost by it."""

    because: str
    help: str | None = None
    again_at: datetime | None = None
    """When X takes requests again, where it says so."""


OUT_OF_BUDGET: Final = NotRead(
    because="what reading may cost this month is used up",
    help="raise `budget.reading` in runner.yaml, and merge that",
)


class ReadingStopped(Exception):
    """Nothing more can be read for now."""

    def __init__(self, why: NotRead) -> None:
        super().__init__(why.because)
        self.why = why


def answer(
    ask: Callable[[], T | NotRead],
    *,
    worst: Decimal,
    left: Decimal | None,
    wait_until: Callable[[datetime], bool],
) -> T:
    """X's answer, after a wait where it takes no requests for now. `worst` is what it may cost, of
    what is `left` to spend; both in USD. Raises ReadingStopped."""
    if left is not None and worst > left:
        raise ReadingStopped(OUT_OF_BUDGET)
    while isinstance(found := ask(), NotRead):
        if found.again_at is None or not wait_until(found.again_at):
            raise ReadingStopped(found)
    return found


def page_size(price: Decimal, left: Decimal | None, *, least: int, most: int) -> int:
    """How many things a page may have, each at this price, of what is `left` to spend."""
    return most if left is None else max(min(most, int(left / price)), least)


def unread(read: Iterable[tuple[int, int]], since: int, until: int) -> Iterator[tuple[int, int]]:
    """The parts between two ids that are in none of those that were read, newest first. Each goes
    from its first id up to its second, that one not included."""
    for lower, upper in sorted(read, key=lambda part: -part[1]):
        if upper < until:
            yield max(upper, since), until
        until = min(until, lower)
        if until <= since:
            return
    if since < until:
        yield since, until
