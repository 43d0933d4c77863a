"""Reading X, which costs money: what is not read, and why a run that reads ends before its end."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import partial
from typing import Final, Protocol, TypeVar

PAGE: Final = 100
"""Posts that X lets a page have, at the most."""
LEAST_PAGE: Final = 5
"""Posts that X lets a page have, at the least."""
KEPT_AT: Final = 10 * PAGE
"""Posts that may be read twice if a run dies."""

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


class ReadingTurn(Protocol):
    """A run's turn to read: where a budget bounds reading, one run reads at a time."""

    def hold(self) -> NotRead | None:
        """Keeps the turn for a request; why there is none, where another run has taken it."""
        ...

    def wait_until(self, moment: datetime) -> bool:
        """Sleeps until X takes requests again, if the run lasts so long."""
        ...


def _keep_nothing() -> None:
    """Keeps nothing before a wait: what was read until then is of no use by itself."""


@dataclass(frozen=True, kw_only=True)
class ReadingBudget:
    """What one run may spend on reading X: it asks within that and in its turn, and waits for X."""

    usd: Decimal | None
    """None where nothing bounds it."""
    spent: Callable[[], Decimal]
    """What of it is spent by now."""
    keep: Callable[[], None] = _keep_nothing
    """Keeps what was read, before a wait in which the run may be stopped."""
    turn: ReadingTurn

    @property
    def left(self) -> Decimal | None:
        """USD that may still be spent."""
        return None if self.usd is None else self.usd - self.spent()

    def afford(self, worst: Decimal) -> None:
        """Checks that there is money for the next request. Raises ReadingStopped where that may
        cost more than is left."""
        left = self.left
        if left is not None and worst > left:
            raise ReadingStopped(OUT_OF_BUDGET)

    def ask(self, request: Callable[[], T | NotRead], worst: Decimal) -> T:
        """X's answer, which costs `worst` at most, after a wait where it takes no requests for now.
        Raises ReadingStopped."""
        self.afford(worst)
        while isinstance(found := self.turn.hold() or request(), NotRead):
            if found.again_at is None:
                raise ReadingStopped(found)
            self.keep()
            if not self.turn.wait_until(found.again_at):
                raise ReadingStopped(found)
        return found

    def ask_page(self, request: Callable[[int], T | NotRead], price: Decimal) -> T:
        """X's answer, asked for as many posts, each at this price, as a page may have and what is
        left allows. Raises ReadingStopped."""
        left = self.left
        size = PAGE if left is None else max(min(PAGE, int(left / price)), LEAST_PAGE)
        return self.ask(partial(request, size), price * size)


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
