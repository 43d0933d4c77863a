"""Reading X, which costs money: why something is not read, why a run ends early, and the numbered
files beside the ledger that keep what was read."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from functools import partial
from types import MappingProxyType
from typing import Final, Protocol, TypeVar

from runner.value import Value

PAGE: Final = 100
"""Posts that X lets a page have, at the most."""
LEAST_PAGE: Final = 5
"""Posts that X lets a page have, at the least."""
KEPT_AT: Final = 10 * PAGE
"""Posts after which what was read is kept: if a run dies, so many may have to be read again."""

T = TypeVar("T")


class NotRead(Value, kw_only=True):
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
    """Raised when nothing more can be read for now."""

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


class ReadingBudget(Value, kw_only=True):
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
        if until <= since:
            return
        if upper < until:
            yield max(upper, since), until
        until = min(until, lower)
    if since < until:
        yield since, until


def file_name(number: int) -> str:
    """The name of the file of this number; the first has 1."""
    return f"{number:06}"


class BadReadings(Exception):
    """What was read of X and kept can't be read any more; the text says why."""


def expect_whole(files: Iterable[str]) -> None:
    """Checks that no number is left out in these names of files, which are in order. Raises
    BadReadings where one is missing."""
    if any(name != file_name(number) for number, name in enumerate(files, start=1)):
        raise BadReadings("a reading is missing")


class FilesRaced(Exception):
    """Somebody else has written since this was read."""


class KeptFiles(Protocol):
    """Files that are added, and changed only to forget. Methods raise LedgerUnusable."""

    @property
    def commit(self) -> str | None:
        """The commit of the files as they were read or added last, where they are in commits."""
        ...

    def read(self, names: Collection[str] | None = None) -> Mapping[str, bytes]:
        """All files, by name, in order; or of these names those that are there."""
        ...

    def add(
        self, name: str, data: bytes, *, beside: Mapping[str, bytes] = MappingProxyType({})
    ) -> None:
        """Adds a file; it is on stable storage when this returns, and so is what lies `beside` it,
        which counts for nothing without it. Adds nothing, and raises FilesRaced, where others have
        added to what was read."""
        ...

    def replace(self, files: Mapping[str, bytes]) -> None:
        """Puts these in the place of all that was read, with nothing before them: what is forgotten
        leaves the history, too. Without any, nothing is left. Raises FilesRaced as `add` does."""
        ...
