"""What was imported from exports of X and of shops, as it is kept and as it reads together.

Exports overlap. X's numbers of a post are those since it was posted, so the greater ones are the
later ones. Orders are kept by day, and of two exports that tell of the same day, the one with more
of them saw more of that day.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Final, TypeVar

import msgspec
from msgspec import Meta

from runner.ledger import are_post_ids, is_id
from runner.measure.measurement import Count, Counts
from runner.reading import BadReadings, expect_whole
from runner.value import Value

T = TypeVar("T")
_MOST: Final = 10**12
"""In any currency."""


class ExportedCounts(Value, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """What an export of X says of a post, or of a day of the account."""

    post: str | None = None
    day: date | None = None
    counts: Counts


class DayOfOrders(Value, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """The orders of a day that a campaign's links have led to; of one post, where its links say."""

    day: date
    campaign: str
    post: str | None = None
    whole: bool = False
    """Whether those of the campaign's posts are among them: an export that tells no posts apart."""
    orders: Count
    revenue: Decimal | None = None
    currency: Annotated[str, Meta(pattern=r"^[A-Z]{3}\Z")] | None = None


class ExportKind(StrEnum):
    """What a file is an export of."""

    X_ANALYTICS = "x-analytics"
    ORDERS = "orders"


ImportedLine = ExportedCounts | DayOfOrders
_COUNTS: Final = msgspec.json.Decoder(ExportedCounts)
_ORDERS: Final = msgspec.json.Decoder(DayOfOrders)


class Imported:
    """All that was imported, export after export, as one."""

    def __init__(self, lines: Iterable[ImportedLine] = ()) -> None:
        self.posts: dict[str, Counts] = {}
        """What X's exports say of each post."""
        self.days: dict[date, Counts] = {}
        """What they say of each day."""
        self._orders: dict[tuple[date, str], dict[str | None, DayOfOrders]] = defaultdict(dict)
        self._wholes: dict[tuple[date, str], DayOfOrders] = {}
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
        which = (line.day, line.campaign)
        before = self._wholes.get(which) if line.whole else self._orders[which].get(line.post)
        if before and (before.orders > line.orders or before == line):
            return False
        if not line.whole:
            self._orders[which][line.post] = line
        elif _is_more(line, self._orders[which]):
            self._wholes[which] = line
        else:
            return False
        return True

    @property
    def orders(self) -> tuple[DayOfOrders, ...]:
        """All orders, sorted by day, campaign and post: those of a campaign's posts, or the whole
        where that is more."""
        found: list[DayOfOrders] = []
        for which in sorted(self._orders):
            parts = self._orders[which]
            whole = self._wholes.get(which)
            if whole and _is_more(whole, parts):
                found.append(whole)
            else:
                found += (parts[post] for post in sorted(parts, key=str))
        return tuple(found)


def _is_more(whole: DayOfOrders, parts: Mapping[str | None, DayOfOrders]) -> bool:
    """Whether the whole tells of more orders than its parts, or there are none: on a day without an
    order something may be paid back."""
    return not parts or whole.orders > sum(part.orders for part in parts.values())


def _grow(known: dict[T, Counts], of: T, counts: Counts) -> bool:
    """Adds what is told of a post or a day; whether any of it is new."""
    before = known.get(of, Counts())
    known[of] = before.at_least(counts)
    return known[of] != before


def as_lines(lines: Iterable[ImportedLine]) -> bytes:
    """The bytes of what an export says. Raises BadReadings where it could not be read again."""
    data = msgspec.json.Encoder().encode_lines(list(lines))
    _lines_of(data)
    return data


def lines_in(files: Mapping[str, bytes]) -> tuple[ImportedLine, ...]:
    """What these files say. Raises BadReadings where one is missing, or can't be read."""
    expect_whole(files)
    return tuple(line for data in files.values() for line in _lines_of(data))


def _lines_of(data: bytes) -> list[ImportedLine]:
    if not data.endswith(b"\n"):
        raise BadReadings("a file is cut off")
    try:
        lines = list(map(_line_of, data.splitlines()))
    except (msgspec.DecodeError, UnicodeDecodeError):
        lines = None
    if lines is None or not all(map(_is_ours, lines)):
        raise BadReadings("a line is none that the runner has written")
    return lines


def _line_of(line: bytes) -> ImportedLine:
    return (_ORDERS if b'"orders":' in line else _COUNTS).decode(line)


def _is_ours(line: ImportedLine) -> bool:
    """Whether it says what the runner may have written, as far as types don't tell."""
    if isinstance(line, ExportedCounts):
        return line.post is None or are_post_ids([line.post])
    names = [line.campaign] if line.post is None else [line.campaign, line.post]
    taken = line.revenue or Decimal(0)
    is_one = line.post is None or not line.whole
    return is_one and all(map(is_id, names)) and taken.is_finite() and abs(taken) < _MOST
