"""What was imported from exports of X and of shops, as it is kept and as it reads together.

Exports overlap. X's numbers of a post are those since it was posted, so the greater ones are the
later ones. Orders are kept by day, and of two exports that tell of the same day, the one with more
of them saw more of that day.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Final, TypeVar

from pydantic import ConfigDict, Field, TypeAdapter
from pydantic.dataclasses import dataclass

from runner.ledger import Id
from runner.ledger.fields import PostId
from runner.measure.measurement import Count, Counts
from runner.reading import BadReadings, expect_whole

T = TypeVar("T")
_CONFIG: Final = ConfigDict(extra="forbid", defer_build=True)
Revenue = Annotated[Decimal, Field(gt=-(10**12), lt=10**12, allow_inf_nan=False)]


@dataclass(frozen=True, slots=True, kw_only=True, config=_CONFIG)
class ExportedCounts:
    """What an export of X says of a post, or of a day of the account."""

    post: PostId | None = None
    day: date | None = None
    counts: Counts


@dataclass(frozen=True, slots=True, kw_only=True, config=_CONFIG)
class DayOfOrders:
    """The orders of a day that a campaign's links have led to; of one post, where its links say."""

    day: date
    campaign: Id
    post: Id | None = None
    orders: Count
    revenue: Revenue | None = None
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")] | None = None


class ExportKind(StrEnum):
    """What a file is an export of."""

    X_ANALYTICS = "x-analytics"
    ORDERS = "orders"


ImportedLine = ExportedCounts | DayOfOrders
_LINE: Final[TypeAdapter[ImportedLine]] = TypeAdapter(
    ImportedLine, config=ConfigDict(defer_build=True)
)


class Imported:
    """All that was imported, export after export, as one."""

    def __init__(self, lines: Iterable[ImportedLine] = ()) -> None:
        self.posts: dict[str, Counts] = {}
        """What X's exports say of each post."""
        self.days: dict[date, Counts] = {}
        """What they say of each day."""
        self._orders: dict[tuple[date, str, str | None], DayOfOrders] = {}
        for line in lines:
            self.add(line)

    def add(self, line: ImportedLine) -> bool:
        """The next line; whether it says anything new."""
        if isinstance(line, DayOfOrders):
            return self._add_orders(line)
        if line.post is not None:
            return _grow(self.posts, line.post, line.counts)
        return line.day is not None and _grow(self.days, line.day, line.counts)

    def _add_orders(self, line: DayOfOrders) -> bool:
        which = (line.day, line.campaign, line.post)
        before = self._orders.get(which)
        if before and (before.orders > line.orders or before == line):
            return False
        self._orders[which] = line
        return True

    @property
    def orders(self) -> tuple[DayOfOrders, ...]:
        """All orders, sorted by day, campaign and post."""
        return tuple(
            self._orders[w] for w in sorted(self._orders, key=lambda w: (*w[:2], str(w[2])))
        )


def _grow(known: dict[T, Counts], of: T, counts: Counts) -> bool:
    """Adds what is told of a post or a day; whether any of it is new."""
    before = known.get(of, Counts())
    known[of] = before.at_least(counts)
    return known[of] != before


def as_lines(lines: Iterable[ImportedLine]) -> bytes:
    """The bytes of what an export says."""
    return b"".join(_LINE.dump_json(line, exclude_defaults=True) + b"\n" for line in lines)


def lines_in(files: Mapping[str, bytes]) -> tuple[ImportedLine, ...]:
    """What these files say. Raises BadReadings where one is missing, or can't be read."""
    expect_whole(files)
    try:
        return tuple(
            _LINE.validate_json(line) for data in files.values() for line in data.splitlines()
        )
    except ValueError:
        raise BadReadings("a line is none that the runner has written") from None
