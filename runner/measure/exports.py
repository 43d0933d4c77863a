"""What exports of X, of Google Analytics and of shops say; nothing that is personal leaves here."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Final, TypeVar
from urllib.parse import parse_qs, urlsplit

from runner.ledger import is_id
from runner.measure.imports import DayOfOrders, ExportedCounts, ImportedLine
from runner.measure.measurement import Counts
from runner.measure.numbers import DecimalMark, amount, day, decimal_mark, whole
from runner.measure.tables import Cell, Columns, Table, TableRow, read_table
from runner.problems import InvalidValue, Message, Place, Problem, Span
from runner.value import Value, replace

T = TypeVar("T")
_X_COUNTS: Final = {
    "impressions": ("impressions",),
    "likes": ("likes",),
    "engagements": ("engagements",),
    "bookmarks": ("bookmarks",),
    "shares": ("shares",),
    "follows": ("new follows",),
    "unfollows": ("unfollows",),
    "replies": ("replies",),
    "reposts": ("reposts", "retweets"),
    "profile_clicks": ("profile visits",),
    "link_clicks": ("url clicks", "link clicks"),
}
_X_COLUMNS: Final[Columns] = {"post": ("^post id", "^tweet id"), "day": ("^date",), **_X_COUNTS}
ORDER_COLUMNS: Final[Columns] = {
    "campaign": ("utm campaign", "utm campaign name", "session campaign", "^campaign"),
    "content": (
        "utm content",
        "utm campaign content",
        "session manual ad content",
        "manual ad content",
    ),
    "source": ("utm source", "utm campaign source", "session source"),
    "landing": ("landing site", "landing page", "landing page url", "session entry"),
    "day": ("^created at", "order date", "date created", "^day", "^date"),
    "order": ("order id", "order number", "order no", "transaction id", "^name", "^order"),
    "orders": ("ecommerce purchases", "^purchases", "^transactions", "^orders"),
    "revenue": (
        "purchase revenue",
        "total revenue",
        "total sales",
        "order total amount",
        "order total",
        "^total",
    ),
    "currency": ("order currency", "currency code", "currency"),
}
"""The headings of GA4, Shopify and WooCommerce, in English."""
_UTM: Final = ("campaign", "content", "source")


class BadExport(Exception):
    """A file from which nothing is imported, with what is wrong in it."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = tuple(problems)


class Export(Value, kw_only=True):
    """What a file says."""

    lines: tuple[ImportedLine, ...]
    rows: int
    """How many lines the file has."""
    others: int = 0
    """How many of them are about orders to which no link of a campaign has led."""


@dataclass(kw_only=True)
class _Reader:
    """Reads cells, and notes what is wrong with them."""

    path: str
    problems: list[Problem] = field(default_factory=list)

    def table(self, data: bytes, columns: Columns, required: Sequence[str], help: str) -> Table:
        """The rows of an export with these columns. Raises BadExport where it is no such table."""
        try:
            return read_table(data, columns, required)
        except InvalidValue as wrong:
            message = Message(wrong.message.rule, wrong.message.text, help)
            top = Span(line=1, column=1, end_line=1, end_column=2)
            raise BadExport([message.at(Place(path=self.path, span=top))]) from None

    def table_of_either(
        self, data: bytes, columns: Columns, either: Sequence[str], other: Sequence[str], help: str
    ) -> Table:
        """Those of the first columns, or else of the others. Raises BadExport, for the first."""
        try:
            return self.table(data, columns, either, help)
        except BadExport as bad:
            with suppress(BadExport):
                return self.table(data, columns, other, help)
            raise bad from None

    def read(self, row: TableRow, name: str, read: Callable[[str], T]) -> T | None:
        """What a cell says; None where it is empty, or wrong."""
        cell = row.get(name)
        if cell is None or not cell.text:
            return None
        try:
            return read(cell.text)
        except InvalidValue as wrong:
            said, text = wrong.message, f"{cell.heading}: {wrong.message.text}"
            self.refuse(cell, Message(said.rule, text, said.help))
            return None

    def refuse(self, cell: Cell, message: Message) -> None:
        self.problems.append(cell.wrong(self.path, message))

    def done(self) -> None:
        """Ends the reading. Raises BadExport where anything was wrong."""
        if self.problems:
            raise BadExport(self.problems)


def read_x_analytics(data: bytes, path: str) -> Export:
    """X's export of the posts of an account, or of its days. Raises BadExport."""
    reader = _Reader(path=path)
    help = "export it on x.com: Analytics, Content, Export; of orders: runner import orders"
    posts, days = ("post", "impressions"), ("day", "impressions", "profile_clicks")
    table = reader.table_of_either(data, _X_COLUMNS, posts, days, help)
    _expect_true_ids(reader, table)
    lines: list[ImportedLine] = []
    for row in table.rows:
        counts = Counts(**{name: reader.read(row, name, whole) for name in _X_COUNTS})
        if "post" in row and (post := reader.read(row, "post", _post_id)):
            lines.append(ExportedCounts(post=post, counts=counts))
        elif "post" not in row and (at := reader.read(row, "day", day)):
            lines.append(ExportedCounts(day=at, counts=counts))
    reader.done()
    return Export(lines=tuple(lines), rows=len(table.rows))


def _expect_true_ids(reader: _Reader, table: Table) -> None:
    """A spreadsheet knows fifteen digits of a number, and puts zeros in the place of the others."""
    ids = [row["post"] for row in table.rows if "post" in row]
    if len(ids) > 1 and all(cell.text.endswith("000") for cell in ids):
        reader.refuse(ids[0], _MANGLED)


_MANGLED: Final = Message(
    "mangled-id",
    "a spreadsheet has rounded the ids of the posts",
    "import the file as X gave it, and not as a spreadsheet has saved it",
)


def _post_id(text: str) -> str:
    """The id of a post that a cell holds. Raises InvalidValue for what is none."""
    if text.isascii() and text.isdecimal() and len(text) <= 19 and text[0] != "0":
        return text
    raise InvalidValue(_MANGLED.rule, f"`{text[:40]}` is no id of a post", _MANGLED.help)


def read_orders(data: bytes, path: str, *, source: str, mark: DecimalMark | None) -> Export:
    """The orders of each day by campaign and post, of GA4, Shopify or WooCommerce. `source` is the
    utm_source of our links, `mark` what stands before decimals where the file does not tell. Raises
    BadExport."""
    reader = _Reader(path=path)
    table = _order_table(reader, data)
    mark = mark or decimal_mark(row["revenue"].text for row in table.rows if "revenue" in row)
    totals: dict[tuple[date, str, str | None], _Total] = defaultdict(_Total)
    is_whole = not any(row.keys() & {"content", "landing"} for row in table.rows)
    others, seen = 0, set[str]()
    for row in table.rows:
        campaign, post = _link(row, source)
        if campaign is None:
            others += 1
            continue
        at, count = reader.read(row, "day", day), _count(reader, row, seen)
        revenue = reader.read(row, "revenue", lambda text: amount(text, mark))
        if at is not None:
            totals[at, campaign, post].add(count, revenue if count else None, row.get("currency"))
    reader.done()
    lines = (total.line(*which) for which, total in totals.items())
    told = tuple(replace(line, whole=True) if is_whole else line for line in lines)
    return Export(lines=told, rows=len(table.rows), others=others)


def _order_table(reader: _Reader, data: bytes) -> Table:
    """The orders of an export, by campaign or else by landing page. Raises BadExport where it has
    neither, which names the first."""
    help = (
        "export orders with their day and utm_campaign, or the landing page; of GA4 a report by "
        "Date, Session campaign and Session manual ad content"
    )
    return reader.table_of_either(
        data, ORDER_COLUMNS, ("campaign", "day"), ("landing", "day"), help
    )


def _link(row: TableRow, source: str) -> tuple[str | None, str | None]:
    """The campaign and the post whose link has led to it; None where no link of ours has."""
    told = {name: row[name].text for name in _UTM if name in row}
    if not told.get("campaign") and "landing" in row:
        query = parse_qs(urlsplit(row["landing"].text).query)
        told = {
            name: query.get(f"utm_{name}", [""])[0] for name in ("campaign", "content", "source")
        }
    campaign, post = told.get("campaign", ""), told.get("content", "")
    if not is_id(campaign) or told.get("source", source) not in ("", source):
        return None, None
    return campaign, post if is_id(post) else None


def _count(reader: _Reader, row: TableRow, seen: set[str]) -> int:
    """How many orders a line tells of: what it says, else one, unless it only goes on with one."""
    if "orders" in row:
        return reader.read(row, "orders", whole) or 0
    order = row["order"].text if "order" in row else ""
    is_new = not order or order not in seen
    seen.add(order)
    return int(is_new)


@dataclass
class _Total:
    """The orders of a day."""

    orders: int = 0
    revenue: Decimal | None = None
    currencies: set[str] = field(default_factory=set)

    def add(self, orders: int, revenue: Decimal | None, currency: Cell | None) -> None:
        self.orders += orders
        if revenue is not None:
            self.revenue = (self.revenue or Decimal(0)) + revenue
        if currency and len(currency.text) == 3 and currency.text.isascii():
            self.currencies.add(currency.text.upper())

    def line(self, at: date, campaign: str, post: str | None) -> DayOfOrders:
        """The orders of a day as they are kept; of several currencies no sum tells anything."""
        is_one = len(self.currencies) <= 1
        return DayOfOrders(
            day=at,
            campaign=campaign,
            post=post,
            orders=self.orders,
            revenue=self.revenue if is_one else None,
            currency=next(iter(self.currencies), None) if is_one else None,
        )
