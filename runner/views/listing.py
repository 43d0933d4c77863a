"""What a preview lists, whatever the format: campaigns, a row for each post, and the sums."""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable
from datetime import datetime
from typing import TypeVar

from runner.value import Value
from runner.views.difference import Line
from runner.views.phrases import day, moment

T = TypeVar("T")


class Row(Value, kw_only=True):
    """One occurrence. `facts` are lengths, pictures, cost; `notes` what a reader has to know."""

    symbol: str
    name: str
    post: str
    at: datetime | None = None
    waits: str | None = None
    """The anchor that it waits for, where it has no time yet."""
    was: datetime | None = None
    """Its former time, where it moved."""
    what: str = ""
    """What changes of it."""
    facts: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    """Rules that it ignores, each with the reason."""
    drift: tuple[str, ...] = ()
    """What came to differ from the files since it went out."""
    blocks: tuple[tuple[Line, ...], ...] = ()
    """Its text, one block for each part of a thread; or what differs, in one block."""
    url: str | None = None

    @property
    def when(self) -> str:
        """Its time, or what it waits for."""
        if self.waits:
            return f"waits for `{self.waits}`"
        return moment(self.at) if self.at else ""


class Group(Value, kw_only=True):
    """A campaign's rows; `notes` tell what else there is of it. It `was` the file of that path."""

    path: str
    heading: str
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()
    was: str | None = None


class Listing(Value, kw_only=True):
    """All groups; `sums` with how many and how much, the heading first; `next` says what comes
    next."""

    groups: tuple[Group, ...]
    sums: tuple[str, ...]
    next: str
    legend: str
    compares: bool = False
    """Whether it is of what changes."""


def fold(
    things: Iterable[T],
    *,
    series: Callable[[T], Hashable],
    content: Callable[[T], Hashable],
    most: Callable[[T], int],
) -> tuple[list[T], list[list[T]]]:
    """What is shown, and what is not, in lists of one series each. Of a series the first `most` are
    shown, and of the others those whose content no earlier one has; what is of no series (None) is
    always shown."""
    told: dict[Hashable, set[Hashable]] = defaultdict(set)
    met: Counter[Hashable] = Counter()
    rest: dict[Hashable, list[T]] = defaultdict(list)
    shown = []
    for thing in things:
        if (name := series(thing)) is None:
            shown.append(thing)
            continue
        says = content(thing)
        if met[name] < most(thing) or says not in told[name]:
            shown.append(thing)
        else:
            rest[name].append(thing)
        met[name] += 1
        told[name].add(says)
    return shown, list(rest.values())


def and_more(number: int, of: str, until: datetime, *, over: bool) -> str:
    """A line for what is folded; `over` where its time is."""
    why = "which lie in the past and do not go out" if over else "saying the same"
    return f"and {number} more of {of} until {day(until)}, {why}"
