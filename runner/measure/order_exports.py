"""What exports of Google Analytics and of shops say of orders.

Nothing that is personal leaves here.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Final
from urllib.parse import parse_qs, urlsplit

from runner.ledger import is_id
from runner.measure.days import day, slashed_day
from runner.measure.exports import Export, ExportReader
from runner.measure.imports import DayOfOrders
from runner.measure.numbers import DecimalMark, amount, decimal_mark, whole
from runner.measure.tables import Columns, TableForm, TableRow
from runner.problems import InvalidValue
from runner.value import replace

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
_FORM: Final = TableForm(
    columns=ORDER_COLUMNS,
    either=(("campaign", "day"), ("landing", "day")),
    uncut=frozenset({"campaign", "landing", "day", "orders", "revenue"}),
)
_UTM: Final = ("campaign", "content", "source")
_HELP: Final = (
    "export orders with their day and utm_campaign, or the landing page; of GA4 a report by "
    "Date, Session campaign and Session manual ad content"
)


def read_orders(data: bytes, path: str, *, source: str, mark: DecimalMark | None) -> Export:
    """The orders of each day by campaign and post, of GA4, Shopify or WooCommerce. `source` is the
    utm_source of our links, `mark` what stands before decimals where the file does not tell. Raises
    BadExport."""
    reader = ExportReader(data, path, _FORM, help=_HELP)
    mark = mark or decimal_mark(row.text("revenue") for row in reader.rows)
    first = slashed_day(row.text("day") for row in reader.rows)
    totals: dict[tuple[date, str, str | None], _Total] = defaultdict(_Total)
    others = 0
    for row in _first_of_orders(reader):
        campaign, post = _link(row, source)
        if campaign is None and not _may_be_ours(row):
            others += 1
        elif reader.fits(row) and campaign is not None:
            at = reader.need(row, "day", lambda text: day(text, first))
            count = reader.read(row, "orders", whole) or 0 if "orders" in reader.has else 1
            revenue = reader.read(row, "revenue", lambda text: amount(text, mark))
            currency = reader.read(row, "currency", _currency)
            if at is not None:
                totals[at, campaign, post].add(count, revenue, currency)
    reader.done()
    lines = (total.line(*which) for which, total in totals.items())
    is_whole = not reader.has & {"content", "landing"}
    told = tuple(replace(line, whole=True) if is_whole else line for line in lines)
    return Export(
        lines=told,
        rows=len(reader.rows),
        others=others,
        why_others="no link of a campaign has led there",
        more=reader.more,
        mixed_days=len({at for (at, *_), total in totals.items() if len(total.currencies) > 1}),
    )


def _may_be_ours(row: TableRow) -> bool:
    """Whether its values may stand in the wrong columns. Google Analytics' grand total does not fit
    the headings either, and names no campaign."""
    return row.is_cut or bool(row.misfit and (row.text("campaign") or row.text("landing")))


def _first_of_orders(reader: ExportReader) -> Iterator[TableRow]:
    """The rows without those that only go on with an order: shops write one for each product."""
    seen = set[str]()
    for row in reader.rows:
        order = "" if "orders" in reader.has else row.text("order")
        if not order or order not in seen:
            yield row
        seen.add(order)


def _link(row: TableRow, source: str) -> tuple[str | None, str | None]:
    """The campaign and the post whose link has led to it; None where no link of ours has."""
    told = {name: row.text(name) for name in _UTM if name in row.cells}
    if not told.get("campaign") and row.text("landing"):
        query = parse_qs(urlsplit(row.text("landing")).query)
        told = {name: query.get(f"utm_{name}", [""])[0] for name in _UTM}
    campaign, post = told.get("campaign", ""), told.get("content", "")
    if not is_id(campaign) or told.get("source", source) not in ("", source):
        return None, None
    return campaign, post if is_id(post) else None


def _currency(text: str) -> str:
    """A code of ISO 4217. Raises InvalidValue."""
    if len(text) == 3 and text.isascii() and text.isalpha():
        return text.upper()
    raise InvalidValue("no-currency", "no code of a currency stands here, such as EUR")


@dataclass
class _Total:
    """The orders of a day."""

    orders: int = 0
    revenue: Decimal | None = None
    currencies: set[str] = field(default_factory=set)

    def add(self, orders: int, revenue: Decimal | None, currency: str | None) -> None:
        self.orders += orders
        if revenue is not None:
            self.revenue = (self.revenue or Decimal(0)) + revenue
        if currency:
            self.currencies.add(currency)

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
